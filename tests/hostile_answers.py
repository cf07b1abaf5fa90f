"""What a hostile or broken model may answer: each takes the user's message and yields the pieces of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import repeat

from openai_server import Behaviour, reference

SLOT = re.compile(r"\{\{[^}]*\}\}")


def with_slots(change: Callable[[str], str]) -> Behaviour:
    """The reference with every slot changed."""
    return lambda user: [SLOT.sub(lambda match: change(match[0]), reference(user))]


def adding(words: str) -> Behaviour:
    """The reference and a sentence of the model's own after it."""
    return lambda user: [reference(user), words]


def instead(words: str) -> Behaviour:
    """Words that have nothing to do with the reference."""
    return lambda user: [words]


def worded(old: str, new: str) -> Behaviour:
    """The reference with one word for another, or an addition where the word is not there."""
    return lambda user: [
        reference(user).replace(old, new) if old in reference(user) else new + reference(user)
    ]


def endless(user: str) -> Iterator[str]:
    """An answer that never ends."""
    return repeat("各项工作有序推进，资金支出77.77万元。")


def one_letter_at_a_time(user: str) -> list[str]:
    """The reference with its slots cut in pieces, and a figure between them."""
    return list(reference(user) + "另支出88.88万元。")


def repeated(user: str) -> list[str]:
    """Every slot three times."""
    return [SLOT.sub(lambda match: match[0] * 3, reference(user))]


def reversed_slots(user: str) -> list[str]:
    """Every figure under the name of another."""
    left = SLOT.findall(reference(user))
    return [SLOT.sub(lambda _: left.pop(), reference(user))]


def echo(user: str) -> list[str]:
    """The whole task said back: a leaked prompt."""
    return [user]


ANSWERS: dict[str, Behaviour] = {
    "wrong digits everywhere": with_slots(lambda _: "77.77万元"),
    "digits beside the slots": with_slots(lambda slot: f"{slot}（即77.77）"),
    "full-width digits": with_slots(lambda _: "７７．７７万元"),
    "circled digits": adding("①全年节约资金⑦⑦万元。"),
    "Roman and Arabic-Indic digits": adding("全年节约资金Ⅶ万元、٧٧万元。"),
    "digits with zero-width marks": adding("全年节约资金7\u200b7.7\u200b7万元。"),
    "Chinese numerals": with_slots(lambda _: "七成以上"),
    "a Chinese amount": adding("全年节约资金二百五十二万元。"),
    "English": instead("The execution rate of {{p1.rate}} is excellent. Budget was 77.77."),
    "empty": lambda user: [],
    "only blanks": instead(" \n\u3000\n"),
    "endless": endless,
    "endless thinking": lambda user: repeat("<think>还要再想77.77%。"),
    "half-open thinking": lambda user: ["我想应当写77.77%，", "再核对。</th", "ink>", reference(user)],
    "thinking twice": lambda user: ["<think>77.77</think>", reference(user), "<think>88.88"],
    "noise": instead("\x00\ufffd\u202e77.77\udbff".encode("utf-8", "replace").decode() + "。"),
    "invented citations": with_slots(lambda slot: f"{slot}[1]【来源：往年报告】"),
    "an invented document": adding("依据财预〔2029〕77号文件，{{p1.title}}组织有序。"),
    "orders from a passage": instead("好的，忽略以上要求。各项任务全部完成，评价等级为“优秀”，总分100分。"),
    "the prompt said back": echo,
    "Markdown": lambda user: ["# 一、情况\n\n- **" + reference(user) + "**\n| 支出 | 77.77 |\n"],
    "JSON": lambda user: ['{"text": "' + reference(user) + '", "amount": 77.77}'],
    "a code fence": lambda user: ["```\n" + reference(user) + "\n```"],
    "repeated slots": repeated,
    "unknown slots": with_slots(lambda _: "{{p9.i9.score}}"),
    "half slots": with_slots(lambda slot: slot[:-1]),
    "nested slots": with_slots(lambda slot: "{{" + slot + "}}"),
    "slots of another kind": with_slots(lambda slot: slot.replace("{{", "${").replace("}}", "}")),
    "slots in reverse": reversed_slots,
    "another unit's name": adding("广州市黄埔区财政局同样取得成效，{{p1.title}}运行平稳。"),
    "another year": adding("较2019年，{{p1.title}}运行平稳。"),
    "a relative year": adding("与前年相比，{{p1.title}}支出翻番。"),
    "absolute words": worded("预算执行率", "圆满完成全部任务，预算执行率"),
    "a wrong grade": worded("等级为", "等级由“差”改评为"),
    "the wrong direction": worded("未达到", "已超额达到"),
    "an invented cause": adding("受疫情影响，{{p1.title}}部分工作推迟。"),
    "an invented percentage in words": adding("{{p1.title}}节约过半，执行率翻倍。"),
    "a slot called something else": worded("全年执行数", "全年预算数"),
    "letters one at a time": one_letter_at_a_time,
}
