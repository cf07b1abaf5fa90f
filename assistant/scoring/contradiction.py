"""What a rule pack may not say, as an error that knows its place in the pack."""

from __future__ import annotations

from pydantic_core import PydanticCustomError


def contradiction(place: str, bound: str, came: object) -> PydanticCustomError:
    """Return the error of a pack that contradicts itself: key within the table, what must hold, what came."""
    return PydanticCustomError(
        "contradiction", "{bound}", {"place": place, "bound": bound, "came": str(came)}
    )
