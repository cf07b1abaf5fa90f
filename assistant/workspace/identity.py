"""Who works at this machine (姓名): from the settings, else a name given once and kept in the data folder.

No login: the name only signs the audit trail. It lies beside the database, not in it, since several
machines may share one database.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import WorkspaceError

_FILE = "user.txt"
_LONGEST = 40


class Identity:
    """The name of the one who works here."""

    def __init__(self, folder: Path, configured: str = "") -> None:
        self._file, self._configured = folder / _FILE, configured.strip()

    @property
    def fixed(self) -> bool:
        """Whether the settings give the name, so that it cannot be changed here."""
        return bool(self._configured)

    def __call__(self) -> str:
        """Return the name, "" where none has been given."""
        if self._configured:
            return self._configured
        try:
            return self._file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def set(self, name: str) -> None:
        """Keep the name; WorkspaceError where it cannot be written or is no name."""
        plain = " ".join(name.split())
        if not plain or len(plain) > _LONGEST:
            raise WorkspaceError(f"姓名应为1至{_LONGEST}个字，现为“{plain}”", "请填写姓名")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(plain + "\n", "utf-8")
        except OSError as error:
            raise WorkspaceError(
                f"姓名写不进“{self._file}”：{error.strerror}", "请检查数据文件夹是否可写"
            ) from None
