"""A rule pack as JSON that can be kept in a file and read back years later, and figures scored again by it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from assistant.scoring.rules import Rules


def rules_to_json(rules: Rules) -> dict[str, Any]:
    """Return the pack in the form of its own file, so that `rules_from_json` gives an equal pack."""
    data: dict[str, Any] = rules.model_dump(mode="json", by_alias=True)
    clause = data.pop("grades_clause", "")
    data["grades"] = {**data["grades"], "clause": clause}
    return data


def rules_from_json(data: dict[str, Any]) -> Rules | None:
    """Return the pack, None where this version of the program no longer understands it."""
    try:
        return Rules.model_validate(data)
    except ValidationError:
        return None
