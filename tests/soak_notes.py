"""Long runs that can be stopped and gone on with: where each one stands, and what came out, in docs/measurements.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASUREMENTS = ROOT / "docs" / "measurements.md"
PLACES = ROOT / ".pytest_cache" / "soak"


def remaining(name: str, seeds: range) -> Iterator[int]:
    """Yield the seeds that no earlier run has done; a seed counts as done when the next one is asked for."""
    place = PLACES / name
    place.parent.mkdir(parents=True, exist_ok=True)
    done = int(place.read_text()) if place.exists() else 0
    for number, seed in enumerate(seeds):
        if number >= done:
            yield seed
            place.write_text(str(number + 1))
    place.unlink(missing_ok=True)


def note(line: str) -> None:
    """Append a line with the date to the measurements."""
    fresh = not MEASUREMENTS.exists()
    with MEASUREMENTS.open("a", encoding="utf-8") as notes:
        notes.write("# 实测记录\n\n" if fresh else "")
        notes.write(f"- {line}，{date.today()}\n")
