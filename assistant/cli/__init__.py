"""The command line (`zhiji`): parse, call the pipeline, print in Chinese or as JSON; exit 0, 1 or 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.cli.parser import Parser, UsageFault
from assistant.cli.printing import print_error
from assistant.errors import ZhijiError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 done, 1 done with red findings, 2 cannot go on."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        parser, rest = _parser_for(words)
        options = parser.parse_args(rest)
        status: int = options.run(options)
    except UsageFault as fault:
        return print_error("usage", fault.message, fault.remedy, as_json=as_json)
    except ZhijiError as error:
        return print_error(error.code, error.message, error.remedy, as_json=as_json)
    except KeyboardInterrupt:
        print("已取消。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    return status


def _parser_for(words: Sequence[str]) -> tuple[Parser, Sequence[str]]:
    """Return the parser and the words for it; `app` has one of its own, so that it loads nothing of the other verbs."""
    if words[:1] == ["app"]:
        from assistant.cli.app_verb import app_parser

        return app_parser(), words[1:]
    from assistant.cli.arguments import build_parser

    return build_parser(), words
