"""A figure that counts the items of a list (列举): 全省示范地区有3地, 两类共1021个, 四个试点镇."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.checker._anatomy import Mention, Prose
from summarizer.checker._lexicon import NAMES_SIGN
from summarizer.checker._words import Grams, grams

_FEW = 12
_SPOKEN_OF = 0.45
# 新建示范村205个、中心村816个,两类共1021个: the two that were named.
_TAKEN_TOGETHER = re.compile(
    r"[两二三四五六七八九十\d]+(?:大?类|项|者|种|方面)[^,;。]{0,6}?(?:合计|共|总计|相加|之和|加起来|均|都)"
)
# 三个领域是公安、市场监管和人力社保
_NAMES_THEM = re.compile(
    r"[^,;。、\d]{0,10}?(?:是|为|即|包括|:|,(?:即|包括|分别[是为]))(?P<names>[^,;。\d]+)"
)
_IN_WORDS = re.compile(r"[一二两三四五六七八九十]")
_FEW_WORDS = 4
_REACH = 10  # characters behind a figure in which what it counts is named


def enumerates(
    ours: Mention, known: float, prose: Prose, source: Prose, passages: Sequence[int]
) -> bool:
    """Whether the figure counts the items of a list that the text or its source gives.

    `known` is how well the best figure of the source fits: where it gives a number for just this,
    its lists do not count. `passages` are the sentences of the source that the text speaks of.
    """
    value = ours.quantity.value
    if value is None or value != int(value) or not 2 <= value <= _FEW:
        return False
    if ours.quantity.kind != "count" or ours.lead.endswith("其中"):
        return False
    own = _lengths(c.text for c in prose.clauses)
    behind = prose.text[ours.quantity.start : ours.quantity.end + _REACH]
    if _TAKEN_TOGETHER.match(behind) and value in own:
        return True
    named = _NAMES_THEM.match(prose.text, ours.quantity.end)
    if named and len(_items(named["names"])) == value:
        return True
    before = re.split(r"[,;:。]", prose.text[: ours.quantity.start])[-1]
    listed = len([item for item in before.split("、") if grams(item)])
    if listed == value and _IN_WORDS.match(ours.quantity.text):
        return True  # 公安、市场监管、人力资源和社会保障三类, but not 投诉、举报2件
    clauses = [c.text for c in source.clauses_of(passages[:1])]
    if any(_ends_in(clause, int(value), ours.tail_grams) for clause in clauses):
        return True
    if any(_of_one_kind(clause, int(value), ours.tail[:_REACH]) for clause in clauses):
        return True
    if known > _SPOKEN_OF:
        return False
    if any(count > 2 for count in own):
        return value in own
    return value in own or value in _lengths(clauses)


def _items(clause: str) -> list[str]:
    return [item for item in NAMES_SIGN.split(clause) if grams(item)]


def _lengths(clauses: Iterable[str]) -> list[int]:
    return [len(_items(clause)) for clause in clauses]


def _ends_in(clause: str, count: int, counted: Grams) -> bool:
    """Whether a clause lists so many names and then what is counted: 大通、湟中试点县."""
    for items in (_items(clause), clause.split("、")):  # 民和、共和 are names
        if len(items) == count and len(counted) > _FEW_WORDS and counted <= grams(items[-1]):
            return True
    return False


def _of_one_kind(clause: str, count: int, counted: str) -> bool:
    """Whether a clause lists so many things of the kind that is counted: 甲镇、乙镇和丙镇."""
    items = _items(clause)
    if len(items) != count or "|" in clause:
        return False
    kinds = {item[-1] for item in items[:-1]}
    kind = kinds.pop()
    return not kinds and kind in counted and kind in items[-1]
