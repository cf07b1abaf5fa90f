"""The server of the web application: Streamlit on this machine only, made ready while the browser opens.

python -m assistant.ui.serve --port N
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys

from assistant.settings import ROOT, quiet_libraries
from assistant.ui import warming

FONTS = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
APP = ROOT / "app.py"


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    quiet_libraries()
    warming.begin(first_page, later_pages)
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", str(APP), *flags(port)]
    cli.main(prog_name="streamlit")


def flags(port: int) -> list[str]:
    """Return the options of the server; headless, because otherwise it would ask for an e-mail address first."""
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "50",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": "127.0.0.1",
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        "theme.font": FONTS,
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def first_page() -> None:
    """Import what the first page needs and open the desk."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    from assistant.ui.boundary import fault_of
    from assistant.ui.desk import desk

    importlib.import_module("assistant.ui.home_page")
    fault_of(desk)


def later_pages() -> None:
    """Import what tables and pictures need; read the sample reports into a library that was never used."""
    from assistant.ui.boundary import fault_of
    from assistant.ui.desk import desk
    from assistant.ui.reading_job import start_sample

    for name in (
        "pandas",
        "streamlit.elements.arrow",
        "assistant.ui.figures_page",
        "assistant.ui.draft_page",
    ):
        importlib.import_module(name)
    fault_of(lambda: start_sample(desk()))


if __name__ == "__main__":
    main()
