"""The job that reviews files handed over: each is kept with its commented copy; a break loses no finished one.

A review (审阅) is a folder below `data_dir/reviews`: `given/` holds the files as they came, `made/` what
became of each. Knows nothing about drawing.
"""

from __future__ import annotations

import io
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from assistant import pipeline
from assistant.domain.base import Frozen
from assistant.domain.finding import Finding, Severity
from assistant.errors import WorkspaceError, ZhijiError
from assistant.export.provenance import read_word_file
from assistant.pipeline import Evaluation, Review
from assistant.ui.desk import Desk, Upload, kept
from assistant.ui.standing_jobs import Task
from assistant.workspace.job_store import JobRecord

KIND = "review"
_OUTCOME = "outcome"
_GIVEN, _MADE, _FORM = "given", "made", "form"


class Outcome(Frozen):
    """What became of one file: counts by lamp and comments, or why it was not reviewed."""

    number: int
    name: str
    proven: bool = False
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    comments: int = 0
    fault: str = ""
    remedy: str = ""


def key_of(name: str) -> str:
    """Return the key of the job of a review."""
    return f"{KIND}-{name}"


def start_review(
    at: Desk, files: Sequence[Upload], form: Upload | None = None, report: tuple[int, int] | None = None
) -> str:
    """Keep the files and begin to review them; return the name of the review.

    They are held against a form, or against a saved report (id and version), or each against itself.
    """
    name = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    folder = _folder(at, name)
    for number, upload in enumerate(files):
        kept(upload, folder / _GIVEN / str(number))
    if form is not None:
        kept(form, folder / _FORM)
    (folder / _MADE).mkdir(parents=True)
    at.standing.start(KIND, key_of(name), "审阅", {"review": name, "report": list(report or ())})
    return name


def review(at: Desk, task: Task) -> None:
    """Review the files that no earlier run has reviewed; a file that cannot be read is said and stops nothing."""
    folder = _folder(at, str(task.spec["review"]))
    done = {int(piece.key): piece.body for piece in task.kept if piece.kind == _OUTCOME}
    files = _given(folder)
    evaluation = _evaluation(at, folder, task.spec["report"])
    for number, path in enumerate(files):
        task.progress(number, len(files), path.name)
        if number not in done:
            done[number] = _reviewed(path, number, folder, evaluation).model_dump_json()
            task.add(_OUTCOME, str(number), done[number])
    task.progress(len(files), len(files), "完成")
    told = "\n".join(done[number] for number in sorted(done))
    task.finish(lambda session: told)


def _reviewed(path: Path, number: int, folder: Path, evaluation: Evaluation | None) -> Outcome:
    target = folder / _MADE / f"{number}.docx"
    try:
        made = pipeline.review_file(path, evaluation, target)
    except ZhijiError as error:
        return Outcome(number=number, name=path.name, fault=error.message, remedy=error.remedy)
    target.with_suffix(".json").write_text(made.model_dump_json(), encoding="utf-8")
    return Outcome(
        number=number,
        name=path.name,
        proven=made.proven,
        errors=_count(made.findings, Severity.ERROR),
        warnings=_count(made.findings, Severity.WARNING),
        infos=_count(made.findings, Severity.INFO),
        comments=made.comments,
    )


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(found.severity is severity for found in findings)


def _evaluation(at: Desk, folder: Path, report: Sequence[int]) -> Evaluation | None:
    form = next(iter((folder / _FORM).glob("*")), None)
    if form is not None:
        read = pipeline.read_figures(str(form), str)
        return at.workbench.evaluate(read.report, "", read.findings)
    return at.evaluate(at.workspace.report(*report)[0]) if report else None


def reviews(at: Desk) -> list[str]:
    """Return the names of the reviews that are kept, the latest first."""
    root = at.settings.data_dir / "reviews"
    return sorted((path.name for path in root.iterdir()), reverse=True) if root.is_dir() else []


def title_of(at: Desk, name: str) -> str:
    """Return how a review is called in lists: when, and which files."""
    files = [path.name for path in _given(_folder(at, name))]
    more = f" 等{len(files)}份" if len(files) > 1 else ""
    day, hour, *_ = name.split("-")
    return f"{day[4:6]}-{day[6:]} {hour[:2]}:{hour[2:4]}　{files[0] if files else '没有文件'}{more}"


def outcomes(record: JobRecord) -> list[Outcome]:
    """Return what became of each file of a review that has ended."""
    return [Outcome.model_validate_json(line) for line in record.result.splitlines()]


def text_and_findings(at: Desk, name: str, number: int) -> tuple[str, Review]:
    """Return the text of one reviewed file and what was found in it; WorkspaceError where it is gone."""
    word = _made(at, name, number)
    try:
        told = Review.model_validate_json(word.with_suffix(".json").read_text(encoding="utf-8"))
    except OSError:
        raise WorkspaceError("这份审阅稿已经不在了", "请重新审阅") from None
    return "\n".join(read_word_file(word).blocks), told


def commented_word(at: Desk, name: str, number: int) -> bytes:
    """Return the commented Word file."""
    return _made(at, name, number).read_bytes()


def summary(at: Desk, name: str, number: int) -> bytes:
    """Return the summary of one file in Markdown."""
    return _made(at, name, number).with_suffix(".summary.md").read_bytes()


def all_files(at: Desk, name: str, told: Sequence[Outcome]) -> bytes:
    """Return the commented files of a review with their summaries as one .zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, stem in _named(told):
            archive.writestr(f"{stem}.docx", commented_word(at, name, one.number))
            archive.writestr(f"{stem}.审阅意见.md", summary(at, name, one.number))
    return content.getvalue()


def _named(told: Sequence[Outcome]) -> Iterator[tuple[Outcome, str]]:
    """Yield each reviewed file with a name that no earlier one has."""
    taken: set[str] = set()
    for one in told:
        if not one.fault:
            stem = f"{Path(one.name).stem}（审阅）"
            stem = stem if stem not in taken else f"{stem}{one.number + 1}"
            taken.add(stem)
            yield one, stem


def forget_review(at: Desk, name: str) -> None:
    """Delete a review with all its files."""
    at.standing.stop(key_of(name))
    at.standing.wait(key_of(name), 5)
    at.standing.forget(key_of(name))
    shutil.rmtree(_folder(at, name), ignore_errors=True)


def _folder(at: Desk, name: str) -> Path:
    return at.settings.data_dir / "reviews" / Path(name).name


def _made(at: Desk, name: str, number: int) -> Path:
    return _folder(at, name) / _MADE / f"{number}.docx"


def _given(folder: Path) -> list[Path]:
    """Return the files as they came, in the order they were handed over."""
    places = sorted((folder / _GIVEN).glob("*"), key=lambda place: int(place.name))
    return [path for place in places for path in place.iterdir()]
