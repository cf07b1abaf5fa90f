"""The command line (`zhiji`): parse, call the pipeline, print in Chinese or as JSON; exit 0, 1 or 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.cli.arguments import UsageFault, build_parser
from assistant.cli.printing import print_error
from assistant.errors import ZhijiError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return 0 done, 1 done with red findings, 2 cannot go on."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    words = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        options = build_parser().parse_args(words)
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
