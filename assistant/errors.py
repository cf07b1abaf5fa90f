"""The exceptions of the house: raised only where the program cannot go on.

Wrong figures are findings (`domain.finding`), not exceptions. Each class builds its own Chinese
sentence from its arguments and carries a remedy (怎么办) and a stable code.

    ZhijiError
    ├── InputError            输入有误
    │   ├── FileMissing       找不到文件
    │   ├── UnsupportedFile   格式不支持
    │   ├── DamagedFile       文件打不开
    │   ├── EmptyFile         文件没有内容
    │   ├── FileTooLarge      文件过大
    │   ├── InvalidReport     报告数据不合约定
    │   └── InvalidTemplate   模板有误
    ├── RulesError            评分规则有误
    │   ├── UnknownRules      没有这套规则
    │   └── RulesNotInForce   规则尚未生效
    ├── OutputError           结果写不出去
    ├── IndexFault            资料库有误
    │   ├── IndexMissing      资料库还没有建立
    │   │   └── IndexOutdated 资料库由另一个版本建立
    │   ├── ModelMismatch     资料库与向量模型不符
    │   ├── IndexBusy         资料库正被占用
    │   └── VectorServerFault Chroma 服务不可用
    ├── ModelError            向量模型不可用
    ├── EndpointError         模型服务不可用
    ├── PromptError           提示词文件有误
    ├── SettingsError         设置有误
    ├── WorkspaceError        工作区有误
    │   └── StaleVersion      已被他人修改
    ├── OfficeMissing         需要 LibreOffice
    └── FontsMissing          本机没有中文字体
"""

from __future__ import annotations

from pathlib import Path


class ZhijiError(Exception):
    """A reason to stop, said in Chinese: what is wrong, and what to do."""

    code = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """One line for people: the message and its remedy."""
        return f"{self.message}。{self.remedy}" if self.remedy else f"{self.message}。"


class InputError(ZhijiError):
    """The input cannot be used at all (输入有误)."""

    code = "input"


class FileMissing(InputError):
    """No such file or folder (找不到文件)."""

    code = "file_missing"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"找不到文件“{path}”", "请核对路径后重试")


class UnsupportedFile(InputError):
    """The format is not read here (格式不支持)."""

    code = "unsupported_file"

    def __init__(self, path: Path | str, accepted: str, remedy: str = "") -> None:
        super().__init__(
            f"不支持“{Path(path).name}”的格式，可用的格式为 {accepted}", remedy or "请另存为可用格式后重试"
        )


class DamagedFile(InputError):
    """The file cannot be opened as what it claims to be (文件打不开)."""

    code = "damaged_file"

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"文件“{Path(path).name}”打不开：{why}", "请用办公软件打开并另存一份后重试")


class EmptyFile(InputError):
    """The file holds nothing to read (文件没有内容)."""

    code = "empty_file"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"文件“{Path(path).name}”没有内容", "请确认选对了文件")


class FileTooLarge(InputError):
    """The file is larger than any report (文件过大); it is not read at all."""

    code = "file_too_large"

    def __init__(self, path: Path | str, came: str, bound: str) -> None:
        super().__init__(
            f"文件“{Path(path).name}”过大：{came}，上限为 {bound}", "请确认它是报告，或拆成几份后重试"
        )


class InvalidReport(InputError):
    """The report data break the contract: place, bound, and what came."""

    code = "invalid_report"

    def __init__(self, file: str, place: str, bound: str, came: str) -> None:
        where = f"{file} 的 {place}" if place else file
        super().__init__(f"{where}：{bound}，现为“{came}”", "请按 zhiji schema 的约定改正")


class InvalidTemplate(InputError):
    """A unit's Word template has tags that cannot be filled (模板有误): the first of them, and how many there are."""

    code = "invalid_template"

    def __init__(self, name: str, first: str, count: int) -> None:
        more = f"（共 {count} 处）" if count > 1 else ""
        super().__init__(
            f"模板“{name}”不能用{more}：{first}", "用 zhiji template 文件 可列出全部问题和可用的名称"
        )


class RulesError(ZhijiError):
    """A rule pack cannot be used (评分规则有误)."""

    code = "rules"


class UnknownRules(RulesError):
    """No rule pack of that name (没有这套规则): never replaced by a default."""

    code = "unknown_rules"

    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"没有名为“{name}”的评分规则", f"可用的规则：{known}")


class RulesNotInForce(RulesError):
    """The pack took effect only after the report of that year was due (规则尚未生效)."""

    code = "rules_not_in_force"

    def __init__(self, name: str, effective: str, year: int) -> None:
        super().__init__(
            f"评分规则“{name}”自{effective}起施行，不能用于{year}年度的报告",
            "请用 zhiji rules 查看各规则的施行日期，另选一套",
        )


class OutputError(ZhijiError):
    """The result cannot be written (结果写不出去); nothing half-written is left."""

    code = "output"

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(f"无法写入“{path}”：{why}", "请换一个可写的位置")


class IndexFault(ZhijiError):
    """The library index cannot be used (资料库有误)."""

    code = "index"


class IndexMissing(IndexFault):
    """The index has not been built (资料库还没有建立)."""

    code = "index_missing"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"资料库“{path}”还没有建立", "请先运行 zhiji index 往年报告所在文件夹")


class IndexOutdated(IndexMissing):
    """The index is of another version of the program (资料库由另一个版本建立)."""

    code = "index_outdated"

    def __init__(self, path: Path | str) -> None:
        IndexFault.__init__(self, f"资料库“{path}”由另一个版本建立", "请运行 zhiji index --rebuild 重建")


class ModelMismatch(IndexFault):
    """The index was built with another embedding model (资料库与向量模型不符)."""

    code = "index_model"

    def __init__(self, path: Path | str, built_with: str, current: str) -> None:
        super().__init__(
            f"资料库“{path}”用模型“{built_with}”建立，当前模型为“{current}”",
            "请运行 zhiji index --rebuild 重建，或把模型改回去",
        )


class IndexBusy(IndexFault):
    """Another process is writing the index (资料库正被占用)."""

    code = "index_busy"

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"资料库“{path}”正由另一个程序写入", "请等它结束后重试")


class VectorServerFault(IndexFault):
    """The Chroma server that was set cannot be used (Chroma 服务不可用); never replaced by another one."""

    code = "vector_server"

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"Chroma 服务“{url}”不可用：{why}",
            "请启动服务（chroma run）或核对 ZHIJI_CHROMA_URL；清空它就改用本机索引，关键词查找不受影响",
        )


class ModelError(ZhijiError):
    """The embedding model cannot be used (向量模型不可用); never replaced by another one."""

    code = "embedding_model"


class EndpointError(ZhijiError):
    """The configured model endpoint does not answer as it should (模型服务不可用)."""

    code = "endpoint"


class PromptError(ZhijiError):
    """A file under prompts/ is missing or has unknown slots (提示词文件有误)."""

    code = "prompt"


class SettingsError(ZhijiError):
    """A setting cannot be used (设置有误)."""

    code = "settings"


class WorkspaceError(ZhijiError):
    """Saved work cannot be read or written (工作区有误)."""

    code = "workspace"


class StaleVersion(WorkspaceError):
    """Somebody saved a newer version first (已被他人修改); nothing is overwritten."""

    code = "stale_version"

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}”已被另一个窗口或同事保存了新版本", "请刷新后在新版本上修改")


class OfficeMissing(ZhijiError):
    """LibreOffice is needed and absent (需要 LibreOffice)."""

    code = "office_missing"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}需要 LibreOffice，本机没有找到", "请安装 LibreOffice，或先在办公软件里另存为 .docx/.xlsx"
        )


class FontsMissing(ZhijiError):
    """This machine has no font with Chinese letters (本机没有中文字体): every letter would come out as a box."""

    code = "fonts_missing"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}需要中文字体，本机一种也没有，文字会变成方框",
            "请安装中文字体（如思源宋体或系统自带的宋体、仿宋），或在装有字体的电脑上用办公软件另存为 PDF",
        )
