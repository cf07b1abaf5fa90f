"""A real PostgreSQL of one test session, from Debian's package, on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SYSTEM_USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the newest server programs, None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


class Server:
    """A running server; `create(name)` makes an empty database and returns its URL."""

    def __init__(self, bin_dir: Path, folder: Path) -> None:
        self._bin, self._folder = bin_dir, folder

    def create(self, name: str) -> str:
        self._call("psql", "-h", str(self._folder), "-U", SYSTEM_USER, "-c", f'CREATE DATABASE "{name}"')
        return f"postgresql:///{name}?host={self._folder}&user={SYSTEM_USER}"

    def start(self) -> None:
        data = self._folder / "data"
        self._call("initdb", "-D", str(data), "-U", SYSTEM_USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c fsync=off"
        log = self._folder / "log"
        self._call("pg_ctl", "-D", str(data), "-l", str(log), "-o", options, "-w", "start")

    def stop(self) -> None:
        self._call("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")

    def _call(self, program: str, *words: str) -> None:
        command = [*as_nobody_special(), str(self._bin / program), *words]
        done = subprocess.run(
            command, cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert done.returncode == 0, done.stderr


def as_nobody_special() -> Sequence[str]:
    """The server refuses to run as root; then it runs as the user of its package."""
    return ("runuser", "-u", SYSTEM_USER, "--") if os.geteuid() == 0 else ()


@contextmanager
def running(bin_dir: Path) -> Iterator[Server]:
    """Start a server in a new folder and end it, folder and all."""
    folder = Path(tempfile.mkdtemp(prefix="zhiji-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam(SYSTEM_USER)
        os.chown(folder, account.pw_uid, account.pw_gid)
    server = Server(bin_dir, folder)
    try:
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
