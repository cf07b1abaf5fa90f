"""What the server gets ready while the browser is still opening (预热): imports first, then heavy parts nobody waits for.

Importing this module does nothing; a page that is asked for too early waits for what it needs.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable

_light = threading.Event()
_begun = threading.Event()
_shown = threading.Event()
#: A page that has waited so long goes on by itself.
_PATIENCE = 30.0
#: Where nobody opens a page for so long, the heavy parts are got ready all the same.
_UNASKED = 10.0


def begin(light: Callable[[], object], heavy: Callable[[], object]) -> None:
    """Get ready what the first page needs, then what later ones need, in a thread of its own."""

    def work() -> None:
        try:
            light()
        finally:
            _light.set()
        _shown.wait(_UNASKED)
        heavy()
        _leave_alone()

    _begun.set()
    threading.Thread(target=work, name="warming", daemon=True).start()


def _leave_alone() -> None:
    """Take what was imported out of the garbage collector's sight: Streamlit has it look at everything after each run."""
    gc.collect()
    gc.freeze()


def shown() -> None:
    """Say that a page has been shown, so that what nobody waits for can begin."""
    _shown.set()


def wait() -> None:
    """Wait until what the first page needs is there; at once where nothing was begun."""
    if _begun.is_set():
        _light.wait(_PATIENCE)
