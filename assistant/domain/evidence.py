"""Evidence (佐证材料): where a figure is proven outside the report."""

from __future__ import annotations

from assistant.domain.base import Frozen


class Evidence(Frozen):
    """A file, the page in it, and its SHA-256."""

    file: str
    page: str = ""
    sha256: str = ""
