"""The documents name what there is: every command, every setting, every kind of rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli.arguments import build_parser
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")


def verbs() -> list[str]:
    actions = build_parser()._subparsers
    assert actions is not None
    return sorted(actions._group_actions[0].choices or ())


@pytest.mark.parametrize("verb", verbs())
def test_every_command_is_in_the_guide(verb: str) -> None:
    assert f"zhiji {verb}" in GUIDE


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_guide(name: str) -> None:
    service = {"base_url": "OPENAI_BASE_URL", "api_key": "OPENAI_API_KEY", "model": "OPENAI_MODEL"}
    assert service.get(name, f"ZHIJI_{name.upper()}") in GUIDE


@pytest.mark.parametrize(
    "name", ["README.md", "README.en.md", "docs/guide.md", "docs/decisions.md", "CHANGELOG.md"]
)
def test_a_document_has_no_unfilled_place(name: str) -> None:
    assert "@@" not in (ROOT / name).read_text("utf-8")


def test_links_of_the_readme_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    assert targets
    assert [
        target for target in targets if not target.startswith("http") and not (ROOT / target).exists()
    ] == []
