"""Fill the library (入库): read what changed, one transaction a file, a verdict for each.

Two fillings at once are kept apart by a file lock. It knows nothing about queries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.domain.base import Frozen
from assistant.domain.services import Progress
from assistant.errors import IndexBusy, IndexFault, IndexOutdated, ModelMismatch, OutputError, ZhijiError
from assistant.library.chunks import Chunk, chunks_of
from assistant.library.execution import execution_of
from assistant.library.profile import profile_of
from assistant.library.readers import read_source
from assistant.library.source import BlockKind, SourceText
from assistant.search.comparing import Comparison
from assistant.search.database import make_folder
from assistant.search.embedding import Embedder, Vectors
from assistant.search.scanning import Found, files_of
from assistant.search.semantic import VectorIndex
from assistant.search.sentence_vectors import packed
from assistant.search.shelf import open_shelf
from assistant.search.store import FILE_NAME, SCHEMA, Store, StoredDocument
from assistant.search.words import sentences


class Verdict(Frozen):
    """What became of one file: added, unchanged, replaced, skipped, refused or removed, and why."""

    source: str
    status: str
    paragraphs: int = 0
    tables: int = 0
    sections: int = 0
    why: str = ""
    alike: tuple[str, ...] = ()


#: Hears the verdicts of a run.
Told = Callable[[tuple[Verdict, ...]], None]
#: Where a damaged database is kept in case somebody can mend it.
_SET_ASIDE = "library.damaged"
_HELD = ("added", "replaced", "unchanged")


class Filling:
    """One run over some paths."""

    def __init__(self, folder: Path, embedder: Embedder, vectors: VectorIndex, *, patience: float) -> None:
        self.folder = folder
        self.embedder = embedder
        self.vectors = vectors
        self.patience = patience
        self._known: dict[Path, StoredDocument] = {}
        self._sources: dict[str, str] = {}
        self._comparison: Comparison | None = None

    def run(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
        told: Told | None = None,
    ) -> tuple[Verdict, ...]:
        """Read the paths and return the verdicts in order; see `Library.update`."""
        found = files_of(paths)
        make_folder(self.folder)
        with self._alone(), self._store(rebuild=rebuild) as store:
            verdicts = self._removed(store, paths, found)
            self._known = {Path(document.place): document for document in store.documents()}
            self._sources = {document.sha256: document.source for document in self._known.values()}
            for number, item in enumerate(found):
                if progress is not None:
                    progress(number, len(found), item.source)
                verdicts.append(self._verdict(store, item, anew=rebuild))
            store.settle()
            verdicts = _with_versions(verdicts, store.documents())
            if told is not None:
                told(tuple(verdicts))
            self._derive(store, rebuild=rebuild)
            if progress is not None:
                progress(len(found), len(found), "")
        return tuple(verdicts)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with FileLock(self.folder / "write.lock", timeout=self.patience):
                yield
        except Timeout:
            raise IndexBusy(self.folder) from None
        except OSError as error:
            raise OutputError(self.folder, error.strerror or "不可写") from None

    @contextmanager
    def _store(self, *, rebuild: bool) -> Iterator[Store]:
        store = self._opened(rebuild=rebuild)
        try:
            self._agree_on_model(store, rebuild=rebuild)
            yield store
        finally:
            store.close()

    def _opened(self, *, rebuild: bool) -> Store:
        """Return the store; a damaged one is set aside where the user asked to rebuild."""
        try:
            store = Store(self.folder, create=True)
            if rebuild and store.meta("schema") not in ("", SCHEMA):
                store.clear()
            return store
        except OutputError:
            raise
        except IndexFault:
            if not rebuild:
                raise
        damaged = self.folder / FILE_NAME
        damaged.replace(self.folder / _SET_ASIDE)
        for leftover in self.folder.glob(f"{FILE_NAME}-*"):
            leftover.unlink()
        return Store(self.folder, create=True)

    def _agree_on_model(self, store: Store, *, rebuild: bool) -> None:
        """Keep to the model that the library was built with; with `rebuild` change all vectors to the new one."""
        if store.meta("schema") not in ("", SCHEMA):
            raise IndexOutdated(self.folder)
        known = store.meta("model")
        if known == self.embedder.id:
            return
        if known and not rebuild:
            raise ModelMismatch(self.folder, store.meta("model_name"), self.embedder.name)
        if known:
            self._encode_anew(store)
        store.remember({"schema": SCHEMA, "model": self.embedder.id, "model_name": self.embedder.name})
        store.name_it()

    def _encode_anew(self, store: Store) -> None:
        """Give every chunk its vectors by the present model."""
        texts = store.texts()
        vectors = self.embedder.encode([embedded(title, text) for _, title, text in texts])
        said = [self._of_sentences(text) for _, _, text in texts]
        store.replace_vectors([number for number, _, _ in texts], vectors, said)

    def _of_sentences(self, text: str) -> bytes:
        """Return the packed vectors of the sentences of a text; nothing where the model is slow."""
        return packed(self.embedder.encode(sentences(text))) if self.embedder.fast else b""

    def _removed(self, store: Store, paths: Sequence[Path], found: Sequence[Found]) -> list[Verdict]:
        """Delete the documents under the given folders whose file is gone or no longer to be read."""
        folders = [path.resolve() for path in paths if path.is_dir()]
        kept = {item.path for item in found if not item.why}
        gone = [
            document
            for document in store.documents()
            if any(Path(document.place).is_relative_to(folder) for folder in folders)
            and Path(document.place) not in kept
        ]
        if gone:
            store.delete(gone)
        return [
            Verdict(source=document.source, status="removed", why="文件已不在文件夹里") for document in gone
        ]

    def _verdict(self, store: Store, item: Found, *, anew: bool) -> Verdict:
        if item.why:
            return Verdict(source=item.source, status="skipped", why=item.why)
        try:
            return self._filled(store, item, anew=anew)
        except (IndexFault, OutputError):
            raise
        except ZhijiError as error:
            kept = "（资料库里仍是上次读到的内容）" if item.path in self._known else ""
            return Verdict(source=item.source, status="refused", why=f"{error}{kept}")

    def _filled(self, store: Store, item: Found, *, anew: bool) -> Verdict:
        """Read one file where it is new or changed."""
        digest, known = _digest(item.path), self._known.get(item.path)
        if known is None and digest in self._sources:
            return Verdict(source=item.source, status="skipped", why=f"内容与“{self._sources[digest]}”相同")
        if known is not None and known.sha256 == digest and not anew:
            return _verdict_of(known, "unchanged")
        source = read_source(item.path)
        if not source.blocks:
            return Verdict(source=item.source, status="refused", why=_remarks(source))
        chunks = chunks_of(source, item.source)
        document = _document(item, known, source, chunks)
        comparison = self._comparison = self._comparison or Comparison(store)
        kept, alike = comparison.of(chunks)
        said = [self._of_sentences(chunk.text) for chunk in chunks]
        number = store.put(document, chunks, self._encoded(document, chunks), said, kept, alike)
        comparison.remember(number, kept)
        self._known[item.path] = document
        self._sources[digest] = document.source
        return _verdict_of(document, "replaced" if known else "added")

    def _encoded(self, document: StoredDocument, chunks: Sequence[Chunk]) -> Vectors:
        return self.embedder.encode([embedded(document.title, chunk.text) for chunk in chunks])

    def _derive(self, store: Store, *, rebuild: bool) -> None:
        """Build what is derived, so that the first search finds it ready."""
        if store.count():
            self.vectors.update(store, self.embedder, rebuild=rebuild)
            open_shelf(store, self.folder / "shelf", anew=rebuild)


def _with_versions(verdicts: Sequence[Verdict], documents: Sequence[StoredDocument]) -> list[Verdict]:
    """Return the verdicts with a word on what else is a version of the same report."""
    alike = {document.source: document for document in documents if document.alike}
    return [
        _said_of_versions(verdict, alike[verdict.source])
        if verdict.source in alike and verdict.status in _HELD
        else verdict
        for verdict in verdicts
    ]


def _said_of_versions(verdict: Verdict, document: StoredDocument) -> Verdict:
    others = "、".join(f"“{source}”" for source in document.alike[:3])
    which = "本份最新" if document.newest else "有更新的一份"
    said = f"与{others}是同一份报告的不同版本（{which}）"
    return verdict.model_copy(
        update={"alike": document.alike, "why": "；".join(filter(None, (verdict.why, said)))}
    )


def forget_set_aside(folder: Path) -> None:
    """Remove a damaged database that was set aside: what was deleted may stand in it."""
    (folder / _SET_ASIDE).unlink(missing_ok=True)


def embedded(title: str, text: str) -> str:
    """Return what of a chunk is turned into its vector."""
    return f"{title}\n{text}"


def _verdict_of(document: StoredDocument, status: str) -> Verdict:
    return Verdict(
        source=document.source,
        status=status,
        paragraphs=document.paragraphs,
        tables=document.tables,
        sections=document.sections,
        why=document.why,
    )


def _digest(path: Path) -> str:
    """Return what tells the contents of files apart, "" for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _remarks(source: SourceText) -> str:
    return "；".join(remark.message for remark in source.findings)


def _document(
    item: Found, known: StoredDocument | None, source: SourceText, chunks: Sequence[Chunk]
) -> StoredDocument:
    """Return the document as it goes into the store; one that was known keeps its root and source."""
    profile, execution = profile_of(source), execution_of(source)
    return StoredDocument(
        root=known.root if known else str(item.root),
        source=known.source if known else item.source,
        sha256=source.sha256,
        mtime=item.path.stat().st_mtime,
        title=profile.title,
        unit_name=profile.unit_name,
        year=profile.year,
        kind=profile.kind,
        region=profile.region,
        project=profile.project,
        evidence=json.dumps(profile.evidence, ensure_ascii=False),
        verdict=source.verdict.value,
        paragraphs=sum(
            1 for block in source.blocks if block.kind is not BlockKind.TABLE_ROW and block.text.strip()
        )
        + len(source.notes),
        tables=source.tables,
        sections=len({chunk.heading[:2] for chunk in chunks if chunk.heading}),
        why=_remarks(source),
        figures=execution.model_dump_json() if execution else "",
    )
