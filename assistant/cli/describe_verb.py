"""The verb describe: what the library says of each past report, and the user's own word for it."""

from __future__ import annotations

import argparse

from assistant.bootstrap import open_workbench
from assistant.cli.printing import print_json
from assistant.search.describing import KINDS, LABELS, Description, Field
from assistant.settings import read_settings


def describe(options: argparse.Namespace) -> int:
    """Print one report with every guess and its evidence, after keeping what was said; without FILE list all."""
    said = {name: value for name in LABELS if (value := getattr(options, name)) is not None}
    with open_workbench(read_settings(), options.index) as workbench:
        found: tuple[Description, ...]
        if options.file:
            found = (workbench.library.describe(options.file, **said),)
        else:
            found = workbench.library.descriptions()
    if options.json:
        rows = [one.model_dump(mode="json") for one in found]
        print_json(rows[0] if options.file else rows)
    elif options.file:
        _print_fields(found[0])
    else:
        _print_list(found)
    return 0


def _print_fields(found: Description) -> None:
    print(found.source)
    for field in found.fields:
        print(f"  {field.label}：{_shown(field, field.value) or '（不详）'}　{_origin(field)}".rstrip("　"))
    if found.alike:
        print(f"  {said_of_versions(found)}")


def _origin(field: Field) -> str:
    """Return where a value is from: the user, or what the guess was made of."""
    taken = f"取自{field.evidence}" if field.evidence else ""
    if not field.corrected:
        return taken
    guess = f"，原推定为“{_shown(field, field.guess)}”，{taken}" if field.guess else ""
    return f"用户指定{guess}"


def _shown(field: Field, value: str) -> str:
    return KINDS.get(value, value) if field.name == "kind" else value


def said_of_versions(found: Description) -> str:
    """Return which other files are versions of the same report, in words."""
    others = "、".join(f"“{source}”" for source in found.alike)
    return f"与{others}是同一份报告的不同版本（{'本份最新' if found.newest else '有更新的一份'}）"


def _print_list(found: tuple[Description, ...]) -> None:
    for one in found:
        shown = [_shown(one[name], one[name].value) for name in ("unit_name", "year", "kind", "project")]
        own = "（有用户指定的内容）" if any(field.corrected for field in one.fields) else ""
        print(f"  {one.source}：{'，'.join(filter(None, shown)) or '（不详）'}{own}")
        if one.alike:
            print(f"      {said_of_versions(one)}")
    print(f"资料库现有 {len(found)} 份报告。")
