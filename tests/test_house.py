"""The house keeps its own rules: floors, sizes, doors, and words that do not belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*(ROOT / "assistant").rglob("*.py"), ROOT / "app.py", ROOT / "run.py"])
LONGEST_FILE, LONGEST_FUNCTION = 300, 60
DOORS = {
    "streamlit": ("app.py", "assistant/ui/"),
    "langchain": (
        "assistant/drafting/model_writer.py",
        "assistant/drafting/model.py",
        "assistant/chat/",
        "assistant/search/semantic.py",
    ),
    "langchain_core": ("assistant/drafting/", "assistant/chat/", "assistant/search/"),
    "langchain_openai": ("assistant/drafting/", "assistant/chat/"),
    "langchain_chroma": ("assistant/search/",),
    "chromadb": ("assistant/search/",),
    "model2vec": ("assistant/search/semantic.py", "assistant/search/embedding.py"),
    "sentence_transformers": ("assistant/search/",),
    "torch": ("assistant/search/",),
    "sqlite3": ("assistant/search/database.py",),
    "docx": ("assistant/intake/", "assistant/library/", "assistant/export/"),
    "openpyxl": ("assistant/intake/", "assistant/library/", "assistant/export/"),
    "pypdf": ("assistant/library/",),
    "sqlalchemy": ("assistant/workspace/",),
    "alembic": ("assistant/workspace/",),
    "psycopg": (),
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_imports_go_downwards_only() -> None:
    """Floors and doors are the contract of pyproject.toml, checked by import-linter."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_holds_one_idea_of_at_most_300_lines(path: Path) -> None:
    assert path.read_text("utf-8").count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_has_at_most_60_lines(path: Path) -> None:
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in functions(tree_of(path))
        if f.end_lineno - f.lineno >= LONGEST_FUNCTION
    }
    assert not long


def test_most_functions_are_short() -> None:
    """Half of all functions have fewer than 10 lines, 19 of 20 at most 30."""
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in MODULES for f in functions(tree_of(path)))
    assert lengths[len(lengths) // 2] < 10
    assert lengths[int(len(lengths) * 0.95)] <= 30


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_has_its_own_door(path: Path) -> None:
    name = name_of(path)
    strays = {lib for lib in imports(tree_of(path)) if lib in DOORS and not name.startswith(DOORS[lib])}
    assert not strays


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nobody_catches_everything_but_the_one_boundary_in_ui(path: Path) -> None:
    broad = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert len(broad) <= (1 if name_of(path) == "assistant/ui/boundary.py" else 0)


def test_no_module_is_a_drawer_of_odds_and_ends() -> None:
    odd = re.compile(r"(^|_)(utils?|common|helpers?|misc|manager|legacy|v2|new)(_|$)")
    assert not [name_of(path) for path in MODULES if odd.search(path.stem)]


def test_importing_the_package_does_no_work() -> None:
    """No model, no framework and no database is loaded by importing the package and its front doors."""
    heavy = (
        "streamlit",
        "torch",
        "chromadb",
        "sentence_transformers",
        "langchain_openai",
        "sqlalchemy",
        "pandas",
    )
    code = f"import sys, assistant, assistant.cli, assistant.bootstrap; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_no_secret_and_no_note_to_self_lies_in_the_source() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|sk-[A-Za-z0-9]{20,}|/(home|root|work)/")
    found = [
        f"{name_of(path)}:{n}"
        for path in MODULES
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found
