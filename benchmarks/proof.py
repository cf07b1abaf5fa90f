"""Is every untruth refused, every truth let through, and how long does it take?

    python benchmarks/proof.py [--count 1000] [--seed 1] [--drafts 50] [--clean 50] [--misses 20] [--note]

From proven drafts of random reports (all three kinds) single places are changed; the gate reads the whole changed
text, without the draft's bindings, and must answer with a red finding on the changed claim. What the oracle (which
does not know the gate) finds still true is set aside and counted. Then the hand-made cases, and the time beside a
plain regex pass over the same text.
"""

from __future__ import annotations

import argparse
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from proof_drafts import Written, written
from proof_mutations import KINDS, Mutator
from proof_oracle import Mutation, still_true

from assistant.domain.draft import Sentence
from assistant.domain.finding import Finding, Severity
from assistant.domain.report import Report
from assistant.pipeline import evaluate, prover_for
from assistant.scoring.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "proof"
PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:万|亿)?(?:元|%|个百分点|分|个|项|条|次|场|期)?")


class Outcome(NamedTuple):
    """One mutation: `true` set aside, else whether it was `refused` and on the right place."""

    kind: str
    true: bool
    refused: bool
    placed: bool
    shown: str


def sentences(one: Written) -> Iterator[tuple[int, Sentence]]:
    """Every bound sentence with its offset in the text of the draft."""
    at = len(one.draft.title) + 1
    for paragraph in one.draft.paragraphs:
        for sentence in paragraph.sentences:
            if sentence.bindings:
                yield at, sentence
            at += len(sentence.text)
        at += 1


def free_texts(report: Report) -> tuple[str, ...]:
    """The writer's own words, as a draft repeats them."""
    rows = [i for p in report.projects for i in p.indicators]
    texts = [t for i in rows for t in (i.deviation_reason, i.measures)]
    texts += [note for p in report.projects for note in p.notes]
    return tuple(dict.fromkeys(text for text in texts if text))


def spots(mutation: Mutation, at: int) -> list[tuple[int, int]]:
    """Where a finding must stand: on the changed characters or on the figures of the changed claim."""
    grown = len(mutation.new) - (mutation.end - mutation.start)
    own = (at + mutation.start, at + max(mutation.start + len(mutation.new), mutation.start + 1))
    if mutation.kind == "sign" or mutation.kind in ("yuan", "percent"):
        return [(own[0] - 1, own[1] + 1)]
    moved = [
        (at + b.start + grown * (b.start >= mutation.end), at + b.end + grown)
        for b in (mutation.bindings if mutation.kind in ("name", "direction", "completeness") else ())
    ]
    return [own, *moved]


def tried(one: Written, mutation: Mutation, at: int, sentence: Sentence) -> Outcome:
    """The gate's answer to one changed text."""
    changed = sentence.text[: mutation.start] + mutation.new + sentence.text[mutation.end :]
    old = sentence.text[mutation.start : mutation.end]
    shown = f"{one.seed} {changed} 【原：{old}，改：{mutation.new}】"
    if still_true(mutation, sentence.text, one.facts):
        return Outcome(mutation.kind, True, False, False, shown)
    text = one.draft.text
    whole = text[:at] + changed + text[at + len(sentence.text) :]
    errors = [f for f in one.prover.check(whole) if f.severity is Severity.ERROR]
    placed = any(covers(f, spot) for f in errors for spot in spots(mutation, at))
    return Outcome(mutation.kind, False, bool(errors), placed, shown)


def covers(finding: Finding, spot: tuple[int, int]) -> bool:
    """Whether a finding's span meets a place."""
    return finding.start is not None and finding.start < spot[1] and (finding.end or 0) > spot[0]


def unmet_places(one: Written) -> dict[str, bool]:
    """Whether the whole ("all") and each sub-project ("p1") has a row that is not met."""
    cards = {f"p{n}": card.rows for n, card in enumerate(one.scorecard.projects, 1)}
    return {
        place: any(not row.met for row in rows)
        for place, rows in {**cards, "all": one.scorecard.rows}.items()
    }


def outcomes(drafts: list[Written], count: int, seed: int) -> Iterator[Outcome]:
    """`count` mutations, the kinds in turn, sentences drawn at random."""
    rng = Random(seed)
    mutators = {one.seed: Mutator(one.facts, free_texts(one.report), unmet_places(one)) for one in drafts}
    places = {one.seed: list(sentences(one)) for one in drafts}
    done = 0
    while done < count:
        one = rng.choice(drafts)
        at, sentence = rng.choice(places[one.seed])
        mutation = mutators[one.seed].draw(KINDS[done % len(KINDS)], sentence, rng)
        if mutation is not None:
            yield tried(one, mutation, at, sentence)
            done += 1


def case_texts() -> dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """The hand-made paragraphs with their sub-project, true and false, by half."""
    read = {name: tomllib.loads((CASES / f"{name}.toml").read_text("utf-8")) for name in ("true", "false")}
    true, false = (
        [(c["text"], c.get("scope", "")) for c in read[name]["case"]] for name in ("true", "false")
    )
    halves = {"改进用": (true, false), "冻结": ([], [])}
    for half, name in (("改进用", "paraphrases"), ("冻结", "frozen")):
        more = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
        halves[half][0].extend((text, "") for text in more["true"])
        halves[half][1].extend((text, "") for text in (*more["false"], *more.get("not_yet", ())))
    return halves


def show_hand_made(*, misses: bool = False) -> str:
    """Precision and recall over the hand-made paragraphs; the frozen half apart, its misses never shown."""
    report = Report.model_validate_json((ROOT / "corpus/sources/self_evaluation.json").read_text("utf-8"))
    gate = prover_for(evaluate(report, load_rules(report.rules)))
    lines = []
    for half, groups in case_texts().items():
        said = [
            [
                (text, any(f.severity is Severity.ERROR for f in gate.examine(text, scope)))
                for text, scope in group
            ]
            for group in groups
        ]
        alarms, caught = (sum(red for _, red in group) for group in said)
        precision, recall = caught / max(1, caught + alarms), caught / max(1, len(said[1]))
        lines.append(
            f"手写段落（{half}）真{len(said[0])}假{len(said[1])}，精确率{precision:.3f}，召回率{recall:.3f}"
        )
        if misses and half == "改进用":
            wrong = [
                (text, red)
                for group, want in zip(said, (False, True), strict=True)
                for text, red in group
                if red != want
            ]
            for text, red in wrong:
                print("误报" if red else "漏报", text)
    print("\n".join(lines))
    return "；".join(lines)


def show_time(one: Written) -> None:
    """Milliseconds for growing text beside a plain pass of a number pattern."""
    text = one.draft.text
    for size in (1250, 2500, 5000, 10000, 20000):
        piece = (text * (size // len(text) + 1))[:size]
        ours, plain = best(lambda p=piece: one.prover.check(p)), best(lambda p=piece: PLAIN.findall(p))
        print(
            f"{size:>6}字：校核 {ours:8.1f} 毫秒，仅正则 {plain:6.2f} 毫秒，每千字 {ours / size * 1000:6.2f} 毫秒"
        )


def best(work: object) -> float:
    """The best of three runs, in milliseconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def table(found: list[Outcome]) -> str:
    """One line a kind, and one for all; returns the summary."""
    print(f"{'变异':<14}{'次数':>6}{'仍为真':>6}{'拒绝':>6}{'定位':>6}{'漏':>6}")
    for kind in (*KINDS, ""):
        own = [o for o in found if not kind or o.kind == kind]
        counts = Counter(true=sum(o.true for o in own), refused=sum(o.refused for o in own))
        placed = sum(o.placed for o in own)
        missed = len(own) - counts["true"] - placed
        print(
            f"{kind or '合计':<14}{len(own):>6}{counts['true']:>6}{counts['refused']:>6}{placed:>6}{missed:>6}"
        )
    return f"{len(own)}处，仍为真{counts['true']}处，拒绝{counts['refused']}处，定位{placed}处，漏{missed}处"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drafts", type=int, default=50)
    parser.add_argument("--clean", type=int, default=50, help="how many clean drafts must raise nothing")
    parser.add_argument("--misses", type=int, default=20, help="how many misses to print")
    parser.add_argument("--note", action="store_true", help="append the result to docs/measurements.md")
    options = parser.parse_args()
    begun = time.monotonic()
    drafts, alarms, number = [], 0, 0
    for number in range(max(options.clean, options.drafts)):
        one = written(options.seed * 10_000 + number)
        errors = one.errors()
        for error in errors[:2]:
            print(f"误报 {one.seed} {error.rule} {error.message}")
        alarms += bool(errors)
        if not errors and len(drafts) < options.drafts:
            drafts.append(one)
    print(f"无错文稿{number + 1}篇，有误报的{alarms}篇，{time.monotonic() - begun:.0f}秒", flush=True)
    found = list(outcomes(drafts, options.count, options.seed))
    for outcome in [o for o in found if not o.true and not o.placed][: options.misses]:
        print(f"漏 {outcome.kind} {'（有条目，位置不对）' if outcome.refused else ''} {outcome.shown}")
    summary = table(found)
    cases = show_hand_made(misses=True)
    show_time(drafts[0])
    if options.note:
        line = f"- 单处变异：种子{options.seed}，{len(drafts)}篇文稿，{summary}；无错文稿{number + 1}篇误报{alarms}篇；{cases}，{date.today()}\n"
        with (ROOT / "docs" / "measurements.md").open("a", encoding="utf-8") as notes:
            notes.write(line)


if __name__ == "__main__":
    main()
