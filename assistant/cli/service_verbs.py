"""The verbs around the work: rules, schema, doctor, version."""

from __future__ import annotations

import argparse
import sys

from assistant import __version__
from assistant.bootstrap import open_workbench
from assistant.cli.pack_printing import print_pack, print_pack_line
from assistant.cli.printing import print_json
from assistant.domain.register import registered
from assistant.intake.contract import schema as report_schema
from assistant.office import find_soffice
from assistant.scoring.rules import list_rules, load_rules
from assistant.settings import read_settings


def rules(options: argparse.Namespace) -> int:
    """List the rule packs, one pack, or the register of findings."""
    folder = read_settings().rules_dir
    if options.findings:
        register = [info.model_dump(mode="json") for info in registered().values()]
        if options.json:
            print_json(register)
        else:
            for info in registered().values():
                print(f"{info.id}  {info.severity.lamp}  {info.title}")
        return 0
    packs = [load_rules(options.name, folder)] if options.name else list_rules(folder)
    if options.json:
        print_json([pack.model_dump(mode="json") for pack in packs])
    else:
        for pack in packs:
            if options.name:
                print_pack(pack)
            else:
                print_pack_line(pack)
    return 0


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of a Report."""
    print_json(report_schema())
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Say what is there and what is not; --fix rebuilds what is derived."""
    settings = read_settings()
    with open_workbench(settings, options.index) as workbench:
        info = workbench.library.examine(fix=options.fix)
    office = find_soffice()
    state = {
        "version": __version__,
        "python": sys.version.split()[0],
        "libreoffice": str(office) if office else None,
        "endpoint": settings.base_url or None,
        "index": info,
    }
    if options.json:
        print_json(state)
        return 0
    print(f"知绩 {__version__}，Python {state['python']}")
    print(f"LibreOffice：{office or '没有找到（.doc/.wps 需要先另存为 .docx）'}")
    print(f"模型服务：{settings.base_url or '未配置，全部在本机完成'}")
    for name, value in info.items():
        print(f"资料库 {name}：{value}")
    return 0


def version(options: argparse.Namespace) -> int:
    """Print the version."""
    print(f"zhiji {__version__}")
    return 0
