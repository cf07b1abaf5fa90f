"""Write docs/drafts anew, and lay the drafts beside the sections of published reports for a blind reader.

    python scripts/write_drafts.py                        docs/drafts/NN.md from docs/drafts/inputs/NN.json
    python scripts/write_drafts.py --pairs REPORTS OUT    OUT/pair-NN.txt with A and B, OUT/key.json

REPORTS is a folder of published reports as text; nothing of theirs is written into this repository.
"""

import argparse
import json
import random
import re
import tempfile
from pathlib import Path

from assistant import pipeline
from assistant.bootstrap import open_workbench
from assistant.domain.draft import Draft, ParagraphStyle
from assistant.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
DRAFTS = ROOT / "docs" / "drafts"
LEVELS = {ParagraphStyle.HEADING1: "## ", ParagraphStyle.HEADING2: "### "}
PROBLEMS = re.compile(r"^[一二三四五六七八九]、\s*(?:存在的?(?:主要)?问题|存在问题)")
REMEDIES = re.compile(r"^[一二三四五六七八九]、\s*(?:下一步改进措施|相关建议|有关建议)")
NAMES = re.compile(r"广州市?|黄埔区?|中国人民政治协商会议|政协|穗协通|广东")


def drafted(path: Path, index: Path) -> Draft:
    """Return the whole draft of one report, offline, with the sample corpus as its library."""
    report = pipeline.read_figures(str(path), str).report
    with open_workbench(read_settings(), index) as workbench:
        evaluation = workbench.evaluate(report)
        writer = workbench.writer("offline", evaluation)
        return pipeline.write_draft(evaluation, writer, workbench.retriever(), workbench.prompts)


def two_sections(draft: Draft) -> str:
    """Return problems and measures as Markdown."""
    wanted = [section for section in draft.sections if section.id in ("problems", "measures")]
    lines = [LEVELS.get(p.style, "") + p.text for section in wanted for p in section.paragraphs]
    return "\n\n".join(lines) + "\n"


def published_sections(text: str) -> list[str]:
    """Return problems and measures of each published report in a text, names of places and bodies hidden."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    starts = [n for n, line in enumerate(lines) if PROBLEMS.match(line)]
    found = []
    for start in starts:
        second = next(n for n in range(start, len(lines)) if REMEDIES.match(lines[n]))
        end = next((n for n in range(second + 1, len(lines)) if _over(lines[n])), len(lines))
        found.append(NAMES.sub("某", "\n".join(lines[start:end])))
    return found


def _over(line: str) -> bool:
    """Whether a line stands after the measures: a signature or the title of the next report."""
    return len(line) < 60 and bool(re.search(r"办公(?:厅|室)$|\d{4}\s?年度?.*(?:报告|办公|支出)", line))


def write_all(index: Path) -> None:
    """Write docs/drafts/NN.md."""
    for path in sorted((DRAFTS / "inputs").glob("*.json")):
        draft = drafted(path, index)
        text = f"# {draft.title}（问题与措施部分）\n\n{two_sections(draft)}"
        (DRAFTS / f"{path.stem}.md").write_text(text, "utf-8")
        print(path.stem, "已通过校核" if draft.proven else "未通过校核")


def write_pairs(index: Path, reports: Path, out: Path, seed: int) -> None:
    """Write each draft beside one published report's sections, in an order that only the key tells."""
    others = [
        one for path in sorted(reports.glob("*.txt")) for one in published_sections(path.read_text("utf-8"))
    ]
    chance = random.Random(seed)
    key: dict[str, dict[str, str]] = {}
    out.mkdir(parents=True, exist_ok=True)
    for n, path in enumerate(sorted((DRAFTS / "inputs").glob("*.json"))):
        ours = re.sub(r"^#+ ", "", two_sections(drafted(path, index)), flags=re.MULTILINE)
        sides = [("draft", ours), ("published", others[n % len(others)])]
        chance.shuffle(sides)
        key[path.stem] = {"A": sides[0][0], "B": sides[1][0]}
        body = "\n\n".join(f"【{mark}】\n{text}" for mark, (_, text) in zip("AB", sides, strict=True))
        (out / f"pair-{path.stem}.txt").write_text(body, "utf-8")
    (out / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1), "utf-8")


def main() -> None:
    """Index the sample corpus in a folder of its own, then write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", nargs=2, type=Path, metavar=("REPORTS", "OUT"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        with open_workbench(read_settings(), index) as workbench:
            workbench.index([ROOT / "corpus"])
        if given.pairs:
            write_pairs(index, *given.pairs, given.seed)
        else:
            write_all(index)


if __name__ == "__main__":
    main()
