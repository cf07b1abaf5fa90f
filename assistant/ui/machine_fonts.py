"""Which font families this machine has (字体): asked of fontconfig, or of the registry of Windows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

_STYLE = re.compile(r"\s*\((TrueType|OpenType)\)$|\s+(Regular|Bold|Italic|Light)$")


def font_families() -> frozenset[str]:
    """Return the names of all families, in every language they have; empty where that cannot be found out."""
    if sys.platform == "win32":
        return _registered()
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    told = subprocess.run([program, ":", "family"], capture_output=True, timeout=30, check=False).stdout
    lines = told.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())


def _registered() -> frozenset[str]:
    """Return the families that Windows lists; a file with several names them with “&”."""
    if sys.platform != "win32":
        return frozenset()
    import winreg

    with winreg.OpenKey(
        winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    ) as key:
        count = winreg.QueryInfoKey(key)[1]
        names = [winreg.EnumValue(key, number)[0] for number in range(count)]
    return frozenset(
        _STYLE.sub("", part).strip() for name in names for part in _STYLE.sub("", name).split("&")
    )
