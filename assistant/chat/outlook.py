"""Where the score could go and where it stands (提分测算、同类位置), in words; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.answer import Answer
from assistant.domain.scorecard import Grade
from assistant.errors import InputError
from assistant.library.standing import PastRate, standing_of
from assistant.pipeline import Evaluation
from assistant.scoring.counterfactual import Option, counterfactual

_ORDER = (Grade.POOR, Grade.FAIR, Grade.GOOD, Grade.EXCELLENT)


def way_up(evaluation: Evaluation, goal: str) -> Answer:
    """Return what the goal (优, 95, "" for the next grade) would take; says where it is out of reach."""
    if evaluation.rules is None:
        return Answer(text="没有评分规则，不能测算。")
    wanted = _goal(evaluation, goal)
    answer = counterfactual(evaluation.report, evaluation.rules, wanted)
    if answer.reached:
        return Answer(text=f"已经达到“{wanted}”，现为{answer.total_score:.2f}分。")
    if answer.best_score < answer.target_score:
        return Answer(text=f"达不到“{wanted}”：能改的都改到最好也只有{answer.best_score:.2f}分。")
    gap = answer.target_score - answer.total_score
    head = f"距“{wanted}”还差{gap:.2f}分。只是测算：填报数据以实际为准，不能为了得分改动。"
    return Answer(text="\n".join([head, *map(_option, (*answer.singles, *answer.pairs)[:5])]))


def standing(evaluation: Evaluation, rates: Sequence[PastRate]) -> Answer:
    """Return where the execution rate stands among similar reports, or what is missing for that."""
    try:
        return Answer(text=f"{standing_of(evaluation.report, rates).sentence}。")
    except InputError as error:
        return Answer(text=f"{error.message}。到“资料库”读入更多往年报告，满五份同类的就能比较。")


def _goal(evaluation: Evaluation, words: str) -> str:
    """Return the grade or the score that the words name, else the next better grade, at the top 100."""
    score = re.search(r"\d{2,3}(?:\.\d+)?(?=分|$)", words)
    if score:
        return score.group()
    grade = re.search(r"[优良中](?=$|[^秀良中])|优秀", words)
    if grade:
        return grade.group()[0]
    better = _ORDER[_ORDER.index(evaluation.scorecard.grade) + 1 :]
    return better[0].value if better else "100"


def _option(option: Option) -> str:
    moves = "；".join(f"{one.name}的{one.what}由{one.before}到{one.after}" for one in option.changes)
    return f"· {moves}：{option.total_score:.2f}分，{option.grade.value}"
