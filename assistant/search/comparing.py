"""Compare a file that is being read with what the library holds: is it a version of a report that is there?

It joins `versions` and the store, and asks for the words of likely pairs only.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library.chunks import Chunk
from assistant.search.store import Store
from assistant.search.versions import SHARE, Shingles, Sketches, shared, shingles, sketch


class Comparison:
    """The documents of a library as one run of reading knows them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sketches = Sketches(store.sketches())

    def of(self, chunks: Sequence[Chunk]) -> tuple[bytes, list[int]]:
        """Return the sketch of a new document and the numbers of the near-copies that are there already."""
        own = shingles("\n".join(chunk.text for chunk in chunks))
        kept = sketch(own)
        likely = self._sketches.likely(kept)
        return kept, [number for number in likely if self._share(own, number) >= SHARE]

    def remember(self, number: int, kept: bytes) -> None:
        """Let later files be compared with this one."""
        self._sketches.add(number, kept)

    def _share(self, own: Shingles, number: int) -> float:
        return shared(own, shingles(self._store.words_of(number)))
