"""The verb app: starts the server of the web application and ends with it. Imports little, so that the page is there soon."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from types import FrameType

from assistant.cli.parser import Parser
from assistant.errors import SettingsError
from assistant.settings import ROOT, read_settings

HELP = "打开网页应用（只在本机 127.0.0.1）"


def app_parser() -> Parser:
    """Return a parser that knows this verb only."""
    parser = Parser(prog="zhiji app", description=HELP)
    add_options(parser)
    parser.set_defaults(run=app)
    return parser


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this verb."""
    parser.add_argument("--port", type=int, help="端口")
    parser.add_argument("--headless", action="store_true", help="不自动打开浏览器")


def app(options: argparse.Namespace) -> int:
    """Serve the application on 127.0.0.1 until it is ended; SIGTERM ends it and its children."""
    settings = read_settings()
    port = settings.port if options.port is None else options.port
    _check_port(port)
    command = [sys.executable, "-m", "assistant.ui.serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)

    def end(number: int, frame: FrameType | None) -> None:
        process.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    address = f"http://127.0.0.1:{port}"
    if _answers(port, process):
        print(f"知绩在 {address} ，按 Ctrl+C 结束。", flush=True)
        if not options.headless:
            webbrowser.open(address)
    status = process.wait()
    return 0 if status in (0, -signal.SIGTERM, -signal.SIGINT) else status


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; False where it ended first."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _check_port(port: int) -> None:
    """Refuse a port that cannot be used, before anything is started."""
    if not 1 <= port <= 65535:
        raise SettingsError(f"端口应在 1 至 65535 之间，现为“{port}”", "请换一个端口")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SettingsError(
                f"端口 {port} 已被占用", f"请关闭占用它的程序，或用 zhiji app --port {port + 1}"
            ) from None
