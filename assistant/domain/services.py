"""What one room asks of another: protocols that `bootstrap` wires, so that rooms stay independent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.domain.finding import Finding
from assistant.domain.passage import Query, SearchResult

#: Reports progress: (done, total, what is being worked on).
Progress = Callable[[int, int, str], None]


class Retriever(Protocol):
    """Finds passages of past reports (检索)."""

    def search(self, query: Query) -> SearchResult:
        """Return the passages for the query, best first."""
        ...


class Nearness(Protocol):
    """Tells how near words are in meaning (意思远近)."""

    def near(self, words: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the cosine (-1 to 1) of the words with each text."""
        ...


class Gate(Protocol):
    """Decides whether a piece of text is true to the report (校核); bound to one report."""

    def examine(self, text: str, scope: str = "") -> Sequence[Finding]:
        """Return what is wrong in `text`; `scope` names the sub-project it stands under, if any."""
        ...


class ChatModel(Protocol):
    """A language model behind the one way out (`egress`): streams the answer to two messages."""

    @property
    def name(self) -> str:
        """The name of the model as configured."""
        ...

    def stream(self, system: str, user: str) -> Iterator[str]:
        """Yield pieces of the answer; raises EndpointError where the service fails."""
        ...
