"""Set up and start 知绩 with nothing but Python 3.11+: `python run.py app`, `python run.py test`.

Makes .venv beside this file, installs the locked dependencies with a CPU build of PyTorch where there is
one, and runs the verb. A second run starts at once. `python run.py kit` gathers every package in wheels/
for machines without a network; where wheels/ exists it is the only source used.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
WHEELS = ROOT / "wheels"
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
LOCK = ROOT / "constraints.txt"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
USAGE = "用法：python run.py app | test [pytest 参数…] | check | lint | soak | install | kit"


def main(arguments: list[str]) -> int:
    """Run one verb and return its exit status."""
    if not (3, 11) <= sys.version_info[:2] < (3, 15):
        return fail(f"需要 Python 3.11 至 3.14，现为 {sys.version.split()[0]}。请换用合适的 Python 后重试")
    verb, rest = (arguments[0] if arguments else "app"), arguments[1:]
    if verb == "kit":
        return gather_kit()
    if verb not in VERBS:
        return fail(USAGE)
    extra, commands = VERBS[verb]
    status = install(extra)
    for command in commands:
        status = status or run([str(PYTHON), "-m", *command, *(rest if command is commands[-1] else [])])
    return status


#: Tests of one file stay together, so that what they share is built once; soak tests run alone.
TESTS = ["pytest", "-n", "auto", "--dist", "loadfile"]
LINT = [["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]]
VERBS: dict[str, tuple[str, list[list[str]]]] = {
    "install": ("", []),
    "app": ("", [["assistant.cli", "app"]]),
    "test": ("[dev]", [TESTS]),
    "check": ("[dev]", [*LINT, TESTS]),
    "lint": ("[dev]", LINT),
    "soak": ("[dev]", [["pytest", "-m", "soak", "-v"]]),
}


def install(extra: str) -> int:
    """Make the environment and install what `extra` needs, unless that was done from the same lock."""
    stamp, mark = ENVIRONMENT / f"installed{extra}", fingerprint()
    wider = ENVIRONMENT / "installed[dev]"
    if any(path.exists() and path.read_text("utf-8") == mark for path in (stamp, wider)):
        return 0
    say("第一次运行：正在准备运行环境，约需下载 600 MB、占用磁盘 2.2 GB，只需一次。")
    start = time.monotonic()
    if not PYTHON.exists():
        say("1/2 建立虚拟环境 .venv")
        venv.create(ENVIRONMENT, with_pip=True)
    say("2/2 安装依赖（下面是 pip 的进度）")
    status = run([str(PYTHON), "-m", "pip", "install", *sources(), "-c", str(LOCK), "-e", f".{extra}"])
    if status:
        return fail(
            "安装没有完成。常见原因与办法：① 网络中断：再运行一次，已下载的不会重来；"
            "② 内网：设置镜像 PIP_INDEX_URL=镜像地址 后重试；"
            "③ 不能联网：在能联网的同类机器上运行 python run.py kit，把 wheels 文件夹拷到本目录后重试"
        )
    stamp.write_text(mark, "utf-8")
    say(f"环境已就绪，用时 {time.monotonic() - start:.0f} 秒。")
    return 0


def fingerprint() -> str:
    """Return what the installation depends on: project file, lock and Python version."""
    content = (ROOT / "pyproject.toml").read_bytes() + LOCK.read_bytes() + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def sources() -> list[str]:
    """Return pip's options for where packages come from: wheels/ alone, or the index plus PyTorch's CPU index."""
    if WHEELS.is_dir():
        return ["--no-index", "--find-links", str(WHEELS)]
    if sys.platform == "linux" and reachable(TORCH_INDEX + "/torch/"):
        return ["--extra-index-url", TORCH_INDEX]
    return []


def reachable(address: str) -> bool:
    """Return whether the address answers within five seconds (through the proxy of the environment)."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError, ValueError):
        return False


def gather_kit() -> int:
    """Download every package for this kind of machine into wheels/, for installation without a network."""
    online = [option for option in sources() if WHEELS.is_dir() is False]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        *online,
        "-c",
        str(LOCK),
        "-d",
        str(WHEELS),
        "setuptools>=77",
    ]
    status = run([*command, ".[dev]"])
    say(f"离线安装包在 {WHEELS}" if status == 0 else "下载没有完成，请检查网络后重试")
    return status


def run(command: list[str]) -> int:
    """Run a command in the checkout and return its exit status; Ctrl+C ends it quietly."""
    try:
        return subprocess.call(command, cwd=ROOT)
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """Print one line for the user."""
    print(f"知绩 · {text}", flush=True)


def fail(text: str) -> int:
    """Print what is wrong and return the status of failure."""
    print(f"知绩 · {text}", file=sys.stderr, flush=True)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
