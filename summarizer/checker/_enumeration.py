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
# 两项荣誉:甲被列入名单,乙获评先进集体
_TELLS_THEM = re.compile(r"[^,;。、\d]{0,6}:(?P<clauses>[^;。]+)")
_GIVES_THEM = re.compile(r"[^,;。、\d]{0,8}分别[^,;。]*\d[^,;。]*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE = re.compile(r"[^,]{4,}")
# 三大经济圈中,海口经济圈…,三亚经济圈…,儋洋经济圈
_OF_A_KIND = re.compile(r"[两三四五六七八九十](?:大|个|类|种)([\u4e00-\u9fff]{3})(?=[,中里])")
_AIMS = re.compile(r"[^,;。]{0,6}(?:指标|目标)")
_POINTS = re.compile(r"方面|[^,;。]{0,2}(?:问题|不足|短板)")
_ORDER = "一二三四五六七八九"
_POINT = re.compile(rf"\s*([{_ORDER}])是")
_PART = 30  # sentences around a point in which the others of its part stand
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
    if counts_its_own_list(ours, prose):
        return True
    own = _lengths(c.text for c in prose.clauses)
    behind = prose.text[ours.quantity.start : ours.quantity.end + _REACH]
    if _TAKEN_TOGETHER.match(behind) and value in own:
        return True
    clauses = [c.text for c in source.clauses_of(passages[:1])]
    figured = sum(map(source.has_figure, source.clauses_of(passages[:1])))
    if _AIMS.match(ours.tail) and value == figured:
        return True  # 8项主要预期目标
    if _POINTS.match(ours.tail) and value == _points(source, passages):
        return True
    if any(_ends_in(clause, int(value), ours.tail_grams) for clause in clauses):
        return True
    if any(_of_one_kind(clause, int(value), ours.tail[:_REACH]) for clause in clauses):
        return True
    if known > _SPOKEN_OF:
        return False
    if any(count > 2 for count in own):
        return value in own
    return value in own or value in _lengths(clauses)


def counts_its_own_list(ours: Mention, prose: Prose) -> bool:
    """Whether the text itself lists as many things as the figure says: 公安、民政、交通三类."""
    value = ours.quantity.value
    named = _NAMES_THEM.match(prose.text, ours.quantity.end)
    if named and len(_items(named["names"])) == value:
        return True
    figures = _GIVES_THEM.match(prose.text, ours.quantity.end)
    if figures and len(_FIGURE.findall(figures[0])) == value:
        return True  # 两项目标分别为55%以上和4.5%以内
    told = _TELLS_THEM.match(prose.text, ours.quantity.end)
    if told and len(_CLAUSE.findall(told["clauses"])) == value:
        return True  # 两项荣誉:甲被列为示范县,乙获评先进
    *_, earlier, before = ["", *re.split(r"[,;:。]", prose.text[: ours.quantity.start])]
    names = before or earlier
    listed = {len([item for item in names.split("、") if grams(item)]), len(_items(names))}
    if value in listed and _IN_WORDS.match(ours.quantity.text):
        return True  # 公安、市场监管、人力资源和社会保障三类, but not 投诉、举报2件
    kind = _OF_A_KIND.match(prose.text, ours.quantity.start)
    return kind is not None and prose.text.count(kind[1], kind.end()) == value


def _points(source: Prose, passages: Sequence[int]) -> int:
    """Return how many points (一是, 二是) the part has in which a passage makes one."""
    at = next((n for n in passages if _POINT.match(source.text, source.sentences[n][0])), None)
    if at is None:
        return 0
    made = 0
    for start, _ in source.sentences[max(0, at - _PART) : at + _PART]:
        found = _POINT.match(source.text, start)
        number = _ORDER.index(found[1]) + 1 if found else 0
        if number == 1 and start > source.sentences[at][0]:
            break  # the next part begins
        made = number if number in (1, made + 1) else made
    return made


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
