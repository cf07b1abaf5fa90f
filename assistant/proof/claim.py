"""A number of a text with what it says of whom (断言), and what was said so far in its paragraph.

Values only; how they are read is a matter of `claims`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.numerals import Mention
from assistant.proof.frames import PLAIN, Frame
from assistant.proof.layout import Span
from assistant.proof.ledger import Subject
from assistant.proof.stated import Stated
from assistant.proof.subjects import Named


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with what it says of whom.

    `attributes` is empty where no role word stands near. `levels` are the possible subjects, nearest
    first, of which the first `named` stand in the same sentence. `versus` are the subjects it is held
    against. `fixed` says that the role word stands right before the number, so that it can be of nobody
    but the nearest subject; `each` that it is said of every one of several.
    """

    mention: Mention
    sentence: Span
    attributes: frozenset[str] = frozenset()
    levels: tuple[tuple[Subject, ...], ...] = ()
    named: int = 0
    last_year: bool = False
    frame: Frame = PLAIN
    versus: tuple[Subject, ...] = ()
    project: int = 0
    row: bool = False
    fixed: bool = False
    each: bool = False
    worded: bool = False
    known: bool = False
    near: tuple[Subject, ...] = ()
    who: Span | None = None


@dataclass
class Paragraph:
    """What was said so far in a paragraph: the names in it, and the sub-project it stands under."""

    text: str
    project: int
    last_year: int | None
    this_year: int | None
    single: bool = False
    names: list[Named] = field(default_factory=list)
    spoken_of: int | None = 0
    stated: list[Stated] = field(default_factory=list)


def as_known(claims: Sequence[Claim], held: Sequence[Span]) -> list[Claim]:
    """Return the claims, those that stand in what a text repeats from a source as known."""
    return [
        replace(claim, known=True)
        if any(
            span.start <= claim.mention.start + 1
            and claim.mention.end <= span.end + 1
            and claim.mention.start < span.end
            for span in held
        )
        else claim
        for claim in claims
    ]


def of_this_year(claim: Claim) -> Claim:
    """Return the claim as one about this year."""
    return replace(claim, last_year=False)
