"""One-place mutations of a draft's sentences: figures, units, years, direction and completeness words, names.

Each knows the claim it touches, so that the oracle can decide whether it left the sentence true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from proof_oracle import Mutation, renamed

from assistant.domain.draft import Binding, Sentence
from assistant.domain.facts import Facts, Role

KINDS = (
    "digit", "times10", "divide10", "sign", "swap", "yuan", "percent", "year", "direction", "completeness", "name",
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DIRECTIONS = (
    ("增加", "减少"), ("提高", "下降"), ("调增", "调减"), ("追加", "调减"), ("高于", "低于"), ("超出", "低于"), ("上升", "下降"),
)  # fmt: skip
_SIGNED = {Role.CHANGE, Role.CHANGE_RATE, Role.ADJUSTMENT, Role.GAP, Role.EXCESS, Role.DEVIATION_RATE}
_COMPLETE = (
    ("未达到年度指标值", "达到年度指标值"), ("均达到年度指标值", "均未达到年度指标值"),
    ("全部达到年度指标值", "均未达到年度指标值"), ("达到年度指标值", "未达到年度指标值"),
    ("未完成", "已完成"), ("未达标", "达标"), ("部分完成", "全部完成"), ("基本完成", "全部完成"),
)  # fmt: skip


class Mutator:
    """Draws mutations of the sentences of one draft; `free` are the writer's own words, left alone by word kinds."""

    def __init__(self, facts: Facts, free: tuple[str, ...], unmet: dict[str, bool]) -> None:
        self.facts, self.free, self.unmet = facts.by_id(), free, unmet
        self.names = {f.id.rpartition(".")[0]: f.subject for f in facts if re.search(r"\.i\d+\.", f.id)}

    def draw(self, kind: str, sentence: Sentence, rng: Random) -> Mutation | None:
        """One mutation of that kind, None where the sentence offers no place for it."""
        found = list(getattr(self, f"_{kind}")(sentence, rng))
        return rng.choice(found) if found else None

    def _numbers(self, sentence: Sentence) -> Iterator[tuple[Binding, int, int]]:
        for binding in sentence.bindings:
            match = _NUMBER.search(sentence.text, binding.start, binding.end)
            if match and self.facts[binding.fact_id].role is not Role.YEAR:
                yield binding, match.start(), match.end()

    def _digit(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, start, end in self._numbers(sentence):
            for place in range(start, end):
                if sentence.text[place].isdigit():
                    new = str((int(sentence.text[place]) + rng.randint(1, 9)) % 10)
                    yield Mutation("digit", place, place + 1, new, (binding,))

    def _times10(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, start, end in self._numbers(sentence):
            whole, _, part = sentence.text[start:end].partition(".")
            new = f"{whole}{part[0]}" + (f".{part[1:]}" if part[1:] else "") if part else f"{whole}0"
            yield Mutation("times10", start, end, new.lstrip("0") or "0", (binding,))

    def _divide10(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, start, end in self._numbers(sentence):
            whole, _, part = sentence.text[start:end].partition(".")
            yield Mutation("divide10", start, end, f"{whole[:-1] or '0'}.{whole[-1]}{part}", (binding,))

    def _sign(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, start, end in self._numbers(sentence):
            yield Mutation("sign", start, end, "-" + sentence.text[start:end], (binding,))

    def _swap(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        """A figure and the next: one place, from the first to the end of the second."""
        ordered = sorted(sentence.bindings, key=lambda b: b.start)
        for one, two in zip(ordered, ordered[1:], strict=False):
            first, second = sentence.text[one.start : one.end], sentence.text[two.start : two.end]
            between = sentence.text[one.end : two.start]
            if {self.facts[one.fact_id].role, self.facts[two.fact_id].role} & {Role.YEAR, Role.TEXT}:
                continue
            yield Mutation(
                "swap", one.start, two.end, second + between + first, (one, two), (two.fact_id, one.fact_id)
            )

    def _yuan(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, _, end in self._numbers(sentence):
            if sentence.text.startswith("万元", end):
                yield Mutation("yuan", end, end + 2, "元", (binding,))

    def _percent(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding, _, end in self._numbers(sentence):
            for old, new in (("%", "个百分点"), ("个百分点", "%")):
                if sentence.text.startswith(old, end):
                    yield Mutation("percent", end, end + len(old), new, (binding,))

    def _year(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding in sentence.bindings:
            if self.facts[binding.fact_id].role is Role.YEAR:
                year = int(sentence.text[binding.start : binding.start + 4]) + rng.choice((-3, -2, -1, 1, 2))
                yield Mutation("year", binding.start, binding.start + 4, str(year), (binding,))

    def _own(self, sentence: Sentence, start: int) -> bool:
        """Whether a place is the program's wording, not the writer's own words."""
        spans = [(at, at + len(text)) for text in self.free if (at := sentence.text.find(text)) >= 0]
        return not any(a <= start < b for a, b in spans)

    def _direction(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for binding in sentence.bindings:
            fact = self.facts[binding.fact_id]
            if fact.role not in _SIGNED or not fact.value:
                continue
            before = sentence.text[max(0, binding.start - 4) : binding.start]
            for old, new in (*_DIRECTIONS, *((b, a) for a, b in _DIRECTIONS)):
                if before.endswith(old) and self._own(sentence, binding.start - len(old)):
                    start = binding.start - len(old)
                    yield Mutation("direction", start, start + len(old), new, (binding,), holds=False)

    def _completeness(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        if "力争" in sentence.text:
            return  # a plan claims nothing of the results
        if self._short_of_goal(sentence) and sentence.text.endswith("。"):
            at = len(sentence.text) - 1
            claim = rng.choice(
                ("，各项绩效指标全部完成", "，所有三级指标均达到年度指标值", "，圆满完成年度绩效目标")
            )
            yield Mutation("completeness", at, at, claim, holds=False)
        for old, new in _COMPLETE:
            for match in re.finditer(old, sentence.text):
                before = sentence.text[match.start() - 1 : match.start()]
                if before not in ("未", "均") and sentence.bindings and self._own(sentence, match.start()):
                    holds = self._counts_equal(sentence)
                    after = tuple(b for b in sentence.bindings if b.start >= match.end())[:1]
                    yield Mutation("completeness", match.start(), match.end(), new, after, holds=holds)
                    return

    def _short_of_goal(self, sentence: Sentence) -> bool:
        """Whether all that a sentence speaks of, the whole or one sub-project, has a row that is not met."""
        places = {b.fact_id.split(".")[0] for b in sentence.bindings}
        if places - set(self.unmet) or not places:
            return False
        return all(self.unmet[place] for place in places)

    def _counts_equal(self, sentence: Sentence) -> bool:
        """Met and unmet in equal number: the word may be exchanged."""
        ids = {b.fact_id.rpartition(".")[0] for b in sentence.bindings}
        met, unmet = ({i: self.facts.get(f"{i}.{n}") for i in ids} for n in ("met", "unmet"))
        return any(met[i] and unmet[i] and met[i].value == unmet[i].value for i in ids)  # type: ignore[union-attr]

    def _name(self, sentence: Sentence, rng: Random) -> Iterator[Mutation]:
        for place, name in self.names.items():
            own = tuple(b for b in sentence.bindings if b.fact_id.startswith(place + "."))
            first = min((b.start for b in own), default=0)
            start = sentence.text.rfind(f"“{name}”", 0, first) + 1
            others = [
                (p, n) for p, n in self.names.items() if n != name and p.split(".")[0] == place.split(".")[0]
            ]
            after = tuple(b for b in own if b.start > start)
            if start and after and others:
                other, new = rng.choice(others)
                yield Mutation(
                    "name", start, start + len(name), new, after, renamed(after, place + ".", other + ".")
                )
