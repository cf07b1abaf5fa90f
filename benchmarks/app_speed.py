"""How soon the application is usable, how quickly it answers, and what ten people at once cost, in a real Chromium.

A bare Streamlit page with one switch does the same beside it in the same run. Needs Chromium and playwright.

    python benchmarks/app_speed.py [--rounds 30] [--sessions 10] [--note]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, Page, async_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.bootstrap import open_workbench
from assistant.domain.indicator import Indicator
from assistant.domain.report import Funding, Project, Report
from assistant.settings import Settings
from assistant.workspace.store import Workspace

ROOT = Path(__file__).resolve().parent.parent
INDICATORS = 30
WAIT = 60_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
BARE = """import streamlit as st
on = st.toggle("开关")
st.html(f'<p>{"有未保存的修改" if on else "都已保存"}</p>')
"""


class Server(NamedTuple):
    """A page to measure: the command, what to wait for first, the path and the name of its switch."""

    name: str
    command: list[str]
    first: str
    path: str
    switch: str


def report_of(count: int) -> Report:
    """A report with that many indicators; every seventh falls short."""
    rows = tuple(
        Indicator(
            category="产出指标",
            dimension="数量指标",
            name=f"第{number}号指标",
            annual_target="≥10次",
            actual="9次" if number % 7 == 0 else "10次",
            weight=Decimal(90) / count,
        )
        for number in range(1, count + 1)
    )
    money = Funding(source="财政拨款", annual_budget=Decimal(100), expenditure=Decimal("92.40"))
    project = Project(name="设施管护", funding=(money,), indicators=rows)
    return Report(unit_name="云溪市城市管理局", title="设施管护项目", year=2024, projects=(project,))


@contextmanager
def running(server: Server, port: int, environment: dict[str, str]) -> Iterator[tuple[float, int]]:
    """Start a server and yield when it was started and its process; it ends with the block."""
    command = [word.replace("PORT", str(port)) for word in server.command]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _open(port):
            time.sleep(0.02)
        yield begun, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory(process: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss"], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()[1:]]
    family, grown = {process}, True
    while grown:
        more = {pid for pid, parent, _ in rows if parent in family} - family
        grown = bool(more)
        family |= more
    return sum(size for pid, _, size in rows if pid in family) / 1024


async def switched(page: Page, name: str) -> float:
    """Return the milliseconds from a click on the switch until the page says what it changed."""
    tag = page.get_by_text("有未保存的修改", exact=True).first
    before = await tag.is_visible()
    begun = time.perf_counter()
    await page.get_by_text(name, exact=True).first.click()
    await tag.wait_for(state="hidden" if before else "visible", timeout=WAIT)
    return (time.perf_counter() - begun) * 1000


async def opened(browser: Browser, server: Server, port: int, path: str, words: str) -> Page:
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = await context.new_page()
    page.set_default_timeout(WAIT)
    await page.goto(f"http://127.0.0.1:{port}/{path}")
    await page.get_by_text(words).first.wait_for()
    return page


async def measured(browser: Browser, server: Server, folder: Path, rounds: int, sessions: int) -> list[str]:
    """Return a line for each thing measured of one server."""
    environment = {
        **os.environ,
        "ZHIJI_DATA_DIR": str(folder / "data"),
        "ZHIJI_INDEX_DIR": str(folder / "index"),
    }
    environment |= {"OPENAI_BASE_URL": "", "PYTHONPATH": str(ROOT)}
    starts, lines = [], []
    for _ in range(3):
        port = free_port()
        with running(server, port, environment) as (begun, process):
            page = await opened(browser, server, port, "", server.first)
            starts.append(time.perf_counter() - begun)
            await page.context.close()
    lines.append(f"启动到可用 {statistics.median(starts):.2f} 秒（{min(starts):.2f}—{max(starts):.2f}）")
    port = free_port()
    with running(server, port, environment) as (_, process):
        page = await opened(browser, server, port, server.path, server.switch)
        spent = [await switched(page, server.switch) for _ in range(rounds)]
        lines.append(f"往返 {_told(spent)}，内存 {memory(process):.0f} MB")
        pages = [await opened(browser, server, port, server.path, server.switch) for _ in range(sessions)]
        together = await asyncio.gather(*(_several(page, server.switch, rounds // 3) for page in pages))
        faults = sum([await one.locator(".zj-fault, .stException").count() for one in pages])
        lines.append(
            f"{sessions}人同时 {_told([one for each in together for one in each])}，"
            f"错误 {faults}，内存 {memory(process):.0f} MB"
        )
    return [f"{server.name}：{line}" for line in lines]


async def _several(page: Page, name: str, count: int) -> list[float]:
    return [await switched(page, name) for _ in range(max(1, count))]


def _told(spent: Sequence[float]) -> str:
    ordered = sorted(spent)
    return f"p50 {statistics.median(ordered):.0f}／p95 {ordered[int(len(ordered) * 0.95) - 1]:.0f} 毫秒"


def servers(folder: Path) -> list[Server]:
    """Return ours and the bare page."""
    bare = folder / "bare.py"
    bare.write_text(BARE, encoding="utf-8")
    options = "--server.headless true --server.address 127.0.0.1 --server.fileWatcherType none --browser.gatherUsageStats false"
    python = sys.executable
    run = [python, "-m", "streamlit", "run", str(bare), "--server.port", "PORT", *options.split()]
    ours = [python, "-m", "assistant.cli", "app", "--headless", "--port", "PORT"]
    return [
        Server("空白页", run, "都已保存", "", "开关"),
        Server("知绩", ours, "起草这份报告", "figures", "保密"),
    ]


async def main(rounds: int, sessions: int) -> list[str]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="zhiji-bench-") as name:
        folder = Path(name)
        settings = Settings(data_dir=folder / "data", index_dir=folder / "index")
        with open_workbench(settings) as workbench:
            workbench.index([ROOT / "corpus"])
        workspace = Workspace(settings.workspace_url)
        workspace.add_report(report_of(INDICATORS))
        workspace.close()
        lines = []
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            for server in servers(folder):
                lines += await measured(browser, server, folder, rounds, sessions)
            await browser.close()
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--note", action="store_true", help="append the result to docs/measurements.md")
    options = parser.parse_args()
    told = asyncio.run(main(options.rounds, options.sessions))
    print("\n".join(told))
    if options.note:
        with (ROOT / "docs" / "measurements.md").open("a", encoding="utf-8") as notes:
            notes.write(
                f"- 网页应用速度（benchmarks/app_speed.py，{INDICATORS}项指标，2核共用，{date.today()}）：{'；'.join(told)}\n"
            )
