"""Builds the real parts once: `open_workbench(settings) -> Workbench`; the only module that constructs.

Nothing heavy is loaded before it is first used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from assistant.domain.facts import Facts
from assistant.domain.report import Report
from assistant.domain.services import Gate, Nearness, Progress, Retriever
from assistant.drafting.compose import Writer
from assistant.drafting.offline_writer import OfflineWriter
from assistant.egress import Egress
from assistant.errors import SettingsError
from assistant.pipeline import Evaluation, evaluate, prover_for, rules_for
from assistant.prompts import Prompts
from assistant.search.embedding import load_embedder
from assistant.search.index import Library, Told, Verdict
from assistant.search.meaning import Meaning
from assistant.settings import ROOT, Settings

CORPUS = ROOT / "corpus"
SAMPLE = CORPUS / "sample" / "self_evaluation.xlsx"


class Workbench:
    """The parts that stay open while the program runs: settings, prompts, library, way out."""

    def __init__(self, settings: Settings, index_dir: Path | None = None) -> None:
        self.settings = settings
        self.index_dir = index_dir or settings.index_dir
        self.prompts = Prompts(settings.prompts_dir)
        self.egress = Egress(
            settings.data_dir / "egress.jsonl", settings.base_url, local=settings.endpoint_is_local
        )
        self._library: Library | None = None
        self._nearness: Nearness | None = None

    def __enter__(self) -> Workbench:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open."""
        if self._library is not None:
            self._library.close()
            self._library = None

    @property
    def library(self) -> Library:
        """The library of past reports; opened at first use."""
        if self._library is None:
            model = self.settings.embedding_model
            self._library = Library(
                self.index_dir, Path(model) if model else None, chroma_url=self.settings.chroma_url
            )
        return self._library

    def retriever(self) -> Retriever | None:
        """The library as a retriever, None where nothing has been indexed yet."""
        return self.library if self.library.exists() else None

    def nearness(self) -> Nearness:
        """The shipped embedding, for what the assistant is asked; opened at first use."""
        if self._nearness is None:
            self._nearness = Meaning(load_embedder(None))
        return self._nearness

    def index(
        self,
        paths: Sequence[Path],
        *,
        progress: Progress | None = None,
        rebuild: bool = False,
        told: Told | None = None,
    ) -> tuple[Verdict, ...]:
        """Read files and folders into the library; `told` hears the verdicts also where its vectors then fail."""
        return self.library.update(paths, progress=progress, rebuild=rebuild, told=told)

    def evaluate(self, report: Report, rules: str = "", found: Sequence[object] = ()) -> Evaluation:
        """Score, check and diagnose a report under the rules asked for."""
        return evaluate(report, rules_for(report, rules, self.settings.rules_dir), found)  # type: ignore[arg-type]

    def writer(self, name: str, evaluation: Evaluation) -> Writer:
        """Return the writer of that name (`offline` or `model`) for one report.

        Raises SettingsError for `model` where no endpoint is configured.
        """
        offline = OfflineWriter()
        if name == "offline":
            return offline
        if not self.settings.has_endpoint:
            raise SettingsError(
                "没有配置模型服务", "请设置 OPENAI_BASE_URL 和 OPENAI_MODEL，或改用 --writer offline"
            )
        return self._model_writer(offline, evaluation.report, evaluation.facts, prover_for(evaluation))

    def _model_writer(self, offline: OfflineWriter, report: Report, facts: Facts, gate: Gate) -> Writer:
        from assistant.drafting.exchange import recorder
        from assistant.drafting.model_writer import LangChainModel, ModelWriter

        way_out = self.egress.guarding(secrets_of(report))
        model = LangChainModel(self.settings, way_out)
        record = recorder(self.settings.data_dir / "model_calls.jsonl")
        return ModelWriter(model, self.prompts, gate, offline, facts, record=record)


def secrets_of(report: Report) -> tuple[str, ...]:
    """Return the literal strings of 保密 sub-projects that may not leave the machine."""
    return tuple(
        text
        for project in report.projects
        if project.confidential
        for text in (
            project.name,
            project.goal.expected,
            project.goal.achieved,
            *project.notes,
            *(indicator.name for indicator in project.indicators),
        )
    )


def open_workbench(settings: Settings, index_dir: Path | None = None) -> Workbench:
    """Return the workbench of this run."""
    return Workbench(settings, index_dir)
