# 知绩: every verb works from nothing but Python 3.11+ (see run.py).
PYTHON ?= python3

.PHONY: app test check lint format corpus kit soak clean

app:      ## 准备环境并打开应用（示例数据）
	@$(PYTHON) run.py app

test:     ## 准备环境并运行测试
	@$(PYTHON) run.py test

check:    ## 格式、静态检查、类型、导入约定、测试
	@$(PYTHON) run.py check

lint:     ## 格式、静态检查、类型
	@$(PYTHON) run.py lint

format:   ## 整理代码格式
	@.venv/bin/python -m ruff format . && .venv/bin/python -m ruff check --fix .

corpus:   ## 由可读的源文件重做示例报告
	@.venv/bin/python scripts/build_corpus.py

soak:     ## 全数浸泡测试，可中断续跑，结果记入 docs/measurements.md
	@$(PYTHON) run.py soak

kit:      ## 收集离线安装包到 wheels/
	@$(PYTHON) run.py kit

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
