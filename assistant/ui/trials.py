"""Try out what this machine is set up with (自检): model service, embedding, Chroma, fonts, LibreOffice.

Each trial really uses the part and says in one plain sentence what came of it. Nothing of a report is sent.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import pipeline
from assistant.domain.passage import Query
from assistant.export.layout import read_layout
from assistant.office import chinese_fonts, convert, substitute
from assistant.ui.boundary import fault_of
from assistant.ui.desk import Desk

#: A service that has not answered a word in so many seconds is of no use for writing.
_PATIENCE = 20.0
_NEAR = ("预算执行率偏低", "资金支付进度较慢")
_FAR = "食堂新增两个窗口"
_READ_BACK = "预算执行率92.40%"


@dataclass(frozen=True)
class Verdict:
    """What came of a trial: `good` is None where there is nothing to try."""

    good: bool | None
    words: str
    remedy: str = ""


def try_out(trial: Callable[[Desk], Verdict], at: Desk) -> Verdict:
    """Run a trial; what stops it is its verdict."""
    told: list[Verdict] = []
    fault = fault_of(lambda: told.append(trial(at)))
    return told[0] if fault is None else Verdict(False, fault.message, fault.remedy)


def try_endpoint(at: Desk) -> Verdict:
    """Ask the model service one harmless question; the question stands in the record of what left."""
    if not at.settings.has_endpoint:
        return Verdict(None, "没有配置模型服务：起草、校核、助手都在本机完成。")
    from assistant.drafting.model_writer import LangChainModel

    settings = at.settings.model_copy(update={"timeout": min(at.settings.timeout, _PATIENCE)})
    begun = time.monotonic()
    answer = "".join(LangChainModel(settings, at.workbench.egress).stream("只答一个字。", "请回答：好"))
    spent = time.monotonic() - begun
    if not answer.strip():
        return Verdict(False, f"模型“{settings.model}”回应了，但没有内容", "请核对 OPENAI_MODEL 是否写对")
    return Verdict(True, f"模型“{settings.model}”{spent:.1f}秒内作了回答。")


def try_embedding(at: Desk) -> Verdict:
    """Embed three sentences: the two of one meaning must be nearer to each other than to the third."""
    from assistant.search.embedding import load_embedder

    folder = at.settings.embedding_model
    model = load_embedder(Path(folder) if folder else None)
    one, other, third = model.encode([*_NEAR, _FAR])
    if float(one @ other) <= float(one @ third):
        return Verdict(
            False, f"{model.name}分不清意思相近和不相近的话", "请换用中文模型，或清空 ZHIJI_EMBEDDING_MODEL"
        )
    return Verdict(True, f"{model.name}正常，{len(one)}维。")


def try_chroma(at: Desk) -> Verdict:
    """Ask the semantic index, on the Chroma server where one is set, one question."""
    where = f"Chroma 服务“{at.settings.chroma_url}”" if at.settings.chroma_url else "本机的语义索引"
    if not at.workbench.library.exists():
        return Verdict(None, "资料库还没有建立，语义索引无从检查。", "请先在“查往年”的“资料库”里读入往年报告")
    found = at.workbench.library.search(Query(text=_NEAR[0], mode="semantic", limit=1)).passages
    if not found:
        return Verdict(False, f"{where}有回应，但什么也没有查到", "请运行 zhiji doctor --fix 重建语义索引")
    return Verdict(True, f"{where}正常。")


def try_fonts(at: Desk) -> Verdict:
    """Say which fonts of the layout this machine has, and what it shows instead of the others."""
    count = chinese_fonts()
    if count is None:
        return Verdict(None, "这台机器上查不出装了哪些字体；Word 文件里写的总是规定的字体。")
    if count == 0:
        return Verdict(
            False, "这台机器没有中文字体，转不了 PDF", "请安装中文字体，例如 Noto CJK 或办公软件自带的字体"
        )
    fonts = read_layout(at.settings.layout).fonts
    wanted = dict.fromkeys((fonts.title, fonts.body, fonts.heading1, fonts.heading2))
    others = [f"{name}用“{other}”代替" for name in wanted if (other := substitute(name))]
    if not others:
        return Verdict(True, "版式要用的字体这台机器都有。")
    return Verdict(
        None,
        f"Word 文件里写的是规定的字体；在这台机器上显示和转 PDF 时，{'，'.join(others)}。",
        "在装有这些字体的电脑上打开即是规定的样子",
    )


def try_office(at: Desk) -> Verdict:
    """Let LibreOffice make a PDF of one line of Chinese and read it back."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhiji-") as folder:
        source = Path(folder) / "试.txt"
        source.write_text(_READ_BACK, encoding="utf-8-sig")
        words = pipeline.read_text(str(convert(source, "pdf", Path(folder) / "out")), str)
    if _READ_BACK not in words.replace(" ", ""):
        return Verdict(False, "LibreOffice 转出的 PDF 里中文不对", "请安装中文字体后重试")
    return Verdict(
        True, f"能转换文件，转一页用了{time.monotonic() - begun:.0f}秒；可以读 .doc、.wps、.xls，可以出 PDF。"
    )


#: Every trial by its name on the page.
TRIALS: dict[str, Callable[[Desk], Verdict]] = {
    "模型服务": try_endpoint,
    "向量模型": try_embedding,
    "语义索引（Chroma）": try_chroma,
    "公文字体": try_fonts,
    "LibreOffice": try_office,
}
