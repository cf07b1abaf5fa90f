"""The words of the command line and what they mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from assistant.cli import (
    app_verb,
    describe_verb,
    library_verbs,
    report_verbs,
    round_trip_verbs,
    scoring_verbs,
    service_verbs,
    similar_verb,
    standing_verb,
    word_verbs,
)
from assistant.cli.parser import Parser
from assistant.domain.passage import SectionKind
from assistant.search.describing import KINDS, LABELS

Run = Callable[[argparse.Namespace], int]


def build_parser() -> Parser:
    """Return the parser of every verb; each sets `run`."""
    parser = Parser(
        prog="zhiji", description="知绩：绩效自评报告助手。数字由程序计算，文稿逐字校核，默认不联网。"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="命令", required=True)
    _library_verbs(verbs)
    _report_verbs(verbs)
    _word_verbs(verbs)
    _service_verbs(verbs)
    return parser


def _verb(
    verbs: argparse._SubParsersAction[Parser], name: str, text: str, run: Run, *, json: bool = True
) -> Parser:
    parser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    if json:
        parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _index_option(parser: Parser) -> None:
    parser.add_argument("--index", type=Path, metavar="文件夹", help="资料库所在文件夹")


def _library_verbs(verbs: argparse._SubParsersAction[Parser]) -> None:
    index = _verb(verbs, "index", "把往年报告读入资料库", library_verbs.index)
    index.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹")
    index.add_argument("--rebuild", action="store_true", help="全部重建")
    _index_option(index)
    search = _verb(verbs, "search", "在往年报告中查找", library_verbs.search)
    search.add_argument("query", nargs="?", default="", metavar="QUERY", help="要查的话")
    search.add_argument("--queries", metavar="FILE.jsonl", help='每行一个 {"q": …}，逐行输出命中')
    search.add_argument("--limit", type=int, default=10, help="最多几条")
    search.add_argument(
        "--section", choices=[kind.value for kind in SectionKind], default="", help="只查某类章节"
    )
    search.add_argument("--topic", default="", metavar="P01", help="只查某类问题")
    search.add_argument("--unit", default="", help="只查某单位")
    search.add_argument("--year", type=int, help="只查某年度")
    search.add_argument("--kind", choices=list(KINDS), default="", help="只查某类报告")
    search.add_argument("--region", default="", help="只查某地区")
    search.add_argument("--project", default="", help="只查某子项目")
    search.add_argument(
        "--mode", choices=["hybrid", "keyword", "semantic"], default="hybrid", help="查找方式"
    )
    _index_option(search)
    similar = _verb(verbs, "similar", "查重：逐句看一份文稿在往年报告中是否已有", similar_verb.similar)
    similar.add_argument("file", metavar="FILE", help=".docx/.txt/.md/.pdf，- 为标准输入")
    _index_option(similar)

    standing = _verb(verbs, "standing", "看预算执行率在往年同类报告中的位置", standing_verb.standing)
    standing.add_argument("report", metavar="REPORT", help="填好的表或报告数据，- 为标准输入")
    _index_option(standing)
    _describe_verb(verbs)


def _describe_verb(verbs: argparse._SubParsersAction[Parser]) -> None:
    describe = _verb(verbs, "describe", "看或改资料库对一份报告的说明", describe_verb.describe)
    describe.add_argument(
        "file", nargs="?", default="", metavar="FILE", help="文件名、路径或 sha256 开头；不写则列出全部"
    )
    for name, label in LABELS.items():
        flag = f"--{name.removesuffix('_name')}"
        describe.add_argument(flag, dest=name, metavar=label, help=f"指定{label}；空串恢复程序的推定")
    _index_option(describe)


def _report_verbs(verbs: argparse._SubParsersAction[Parser]) -> None:
    intake = _verb(verbs, "intake", "读取填好的表", report_verbs.intake)
    intake.add_argument("file", metavar="FILE", help=".xlsx 或 .json，- 为标准输入")
    score = _verb(verbs, "score", "计算得分", scoring_verbs.score)
    score.add_argument("report", metavar="REPORT", help="填好的表或报告数据")
    score.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    score.add_argument("--target", default="", metavar="优|95", help="要达到这个等级或分数，最少改什么")
    selfcheck = _verb(verbs, "selfcheck", "用变形关系自检本报告的评分，出具证书", scoring_verbs.selfcheck)
    selfcheck.add_argument("report", metavar="REPORT", help="填好的表或报告数据")
    selfcheck.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    draft = _verb(verbs, "draft", "起草并校核，导出 Word", report_verbs.draft)
    draft.add_argument("report", metavar="REPORT", help="填好的表或报告数据")
    draft.add_argument("--section", action="append", default=[], metavar="ID", help="只写某一部分，可重复")
    draft.add_argument("--writer", choices=["offline", "model"], default="offline", help="由谁措辞")
    draft.add_argument("--length", choices=["short", "normal", "long"], default="normal", help="篇幅")
    draft.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    draft.add_argument("--allow-unproven", action="store_true", help="未通过校核也导出，每页标明未校核稿")
    draft.add_argument("--cover", action="store_true", help="加封面（评价年度、评价单位、填报日期）")
    draft.add_argument("--contents", action="store_true", help="加目录")
    draft.add_argument("--figures", action="store_true", help="加图示附件（得分瀑布、执行率、完成率）")
    draft.add_argument("--pdf", action="store_true", help="同时转出 PDF（须装有 LibreOffice）")
    draft.add_argument("--template", type=Path, metavar="FILE.docx", help="本单位的 Word 模板（样式或标签）")
    draft.add_argument("--layout", type=Path, metavar="FILE.toml", help="自备版式，默认 GB/T 9704")
    draft.add_argument("--no-provenance", action="store_true", help="Word 文件里不放出处信息")
    draft.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT",
        help=".docx、.zip（报送包）、.json 或 .md；不写则显示在屏幕上",
    )
    _index_option(draft)
    check = _verb(verbs, "check", "逐个数字校核一份文稿", report_verbs.check)
    check.add_argument("file", metavar="FILE", help=".docx/.txt/.md，- 为标准输入")
    check.add_argument("--report", metavar="REPORT", help="对照的填报数据；没有则自相对照")
    check.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    form = _verb(verbs, "form", "导出自评表", report_verbs.form, json=False)
    what = form.add_mutually_exclusive_group(required=True)
    what.add_argument("--blank", action="store_true", help="空白表")
    form.add_argument("--department", action="store_true", help="与 --blank 同用：部门整体支出绩效自评表")
    what.add_argument("report", nargs="?", metavar="REPORT", help="填好的数据")
    form.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx", help="写到哪里")


def _word_verbs(verbs: argparse._SubParsersAction[Parser]) -> None:
    template = _verb(verbs, "template", "检查 Word 模板：样式对应、标签哪里写错", word_verbs.template)
    template.add_argument("file", nargs="?", metavar="FILE.docx", help="模板；不写则列出可用的标签名称")
    verify = _verb(verbs, "verify", "只凭导出的文件本身再校核一遍，指出导出后的改动", word_verbs.verify)
    verify.add_argument("file", metavar="FILE", help="zhiji draft 导出的 .docx 或 .zip")
    review = _verb(verbs, "review", "审阅一份文稿，意见写成 Word 批注", word_verbs.review)
    review.add_argument("file", metavar="FILE", help=".docx/.doc/.pdf/.txt 等；文件夹则逐份审阅并出汇总表")
    review.add_argument("--report", metavar="REPORT", help="对照的填报数据；没有则自相对照")
    review.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    review.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.docx", help="写到哪里；审阅文件夹时为文件夹"
    )

    take = _verb(verbs, "take", "把导出后在 Word 中改过的文件取回文稿，点明改动的数字", round_trip_verbs.take)
    take.add_argument("file", metavar="FILE.docx", help="zhiji draft 导出、经人改过的 Word 文件")
    take.add_argument("--report", metavar="REPORT", help="填报数据；没有则用文件里的出处信息")
    take.add_argument("--rules", default="", metavar="NAME", help="评分规则")
    take.add_argument("--allow-unproven", action="store_true", help="未通过校核也写出，每页标明未校核稿")
    take.add_argument("-o", "--output", type=Path, metavar="OUT", help=".docx、.zip、.json 或 .md")

    compare = _verb(
        verbs, "compare", "比对两个版本，改动标成 Word 修订，改动的数字排在最前", round_trip_verbs.compare
    )
    compare.add_argument("old", type=Path, metavar="OLD", help="先前的文件：.docx/.doc/.pdf/.txt 等")
    compare.add_argument("new", type=Path, metavar="NEW", help="后来的文件")
    compare.add_argument("-o", "--output", type=Path, metavar="OUT.docx", help="写到哪里；不写则只列出改动")


def _service_verbs(verbs: argparse._SubParsersAction[Parser]) -> None:
    app_verb.add_options(_verb(verbs, "app", app_verb.HELP, app_verb.app, json=False))
    rules = _verb(verbs, "rules", "列出评分规则", service_verbs.rules)
    rules.add_argument("name", nargs="?", default="", metavar="NAME", help="看某一套")
    rules.add_argument("--findings", action="store_true", help="列出校核规则登记簿")
    _verb(verbs, "schema", "输出报告数据的 JSON Schema", service_verbs.schema, json=False)
    doctor = _verb(verbs, "doctor", "检查本机环境和资料库", service_verbs.doctor)
    doctor.add_argument("--fix", action="store_true", help="修复资料库")
    _index_option(doctor)
    _verb(verbs, "version", "版本", service_verbs.version, json=False)
