"""LibreOffice, where it is present: find it, let it convert a file into another format, ask for its fonts.

Every call runs with a profile folder of its own, so that calls do not disturb each other or an office
program that the user has open. This module knows nothing about reports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import DamagedFile, FileMissing, OfficeMissing

#: Seconds one conversion may take.
TIMEOUT = 120

_COMMANDS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


def find_soffice() -> Path | None:
    """Return the LibreOffice program of this machine, None where there is none."""
    for command in _COMMANDS:
        found = shutil.which(command)
        if found:
            return Path(found)
    return next((place for place in map(Path, _PLACES) if place.exists()), None)


def chinese_fonts() -> int | None:
    """Return how many fonts with Chinese letters this machine has, None where it cannot be asked."""
    told = _fontconfig("fc-list", ":lang=zh", "family")
    return None if told is None else len(told.splitlines())


def substitute(font: str) -> str:
    """Return the font that this machine sets instead of `font`, "" where it has it or cannot be asked."""
    told = _fontconfig("fc-match", "--format", "%{family}", font)
    return "" if not told or font in told.split(",") else told.split(",")[0]


def _fontconfig(program: str, *words: str) -> str | None:
    found = shutil.which(program)
    if found is None:
        return None
    done = subprocess.run([found, *words], capture_output=True, timeout=TIMEOUT, check=False)
    return done.stdout.decode("utf-8", "replace")


def convert(path: Path, to: str, folder: Path) -> Path:
    """Return `path` converted to the format `to` (docx, xlsx, pdf), written into `folder`.

    Raises FileMissing, OfficeMissing where LibreOffice is absent, DamagedFile where it cannot read the
    file or does not end in time.
    """
    if not path.exists():
        raise FileMissing(path)
    program = find_soffice()
    if program is None:
        raise OfficeMissing(f"把“{path.name}”转换为 .{to} ")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zhiji-office-") as scratch:
        made = _run(program, path, to, Path(scratch))
        return Path(shutil.move(made, folder / f"{path.stem}.{to}"))


def _run(program: Path, path: Path, to: str, scratch: Path) -> Path:
    profile, output = scratch / "profile", scratch / "output"
    command = [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        to,
        "--outdir",
        str(output),
        str(path.resolve()),
    ]
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    try:
        subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False, env=environment)
    except subprocess.TimeoutExpired:
        raise DamagedFile(path, f"LibreOffice 超过 {TIMEOUT} 秒没有转换完") from None
    made = sorted(output.glob("*")) if output.exists() else []
    if not made:
        raise DamagedFile(path, "LibreOffice 无法转换，可能已损坏或设有密码")
    return made[0]
