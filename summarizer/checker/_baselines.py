"""What the report's figures are set off against (基数), worked out from how far off they are.

The report says 增长7.1%,高于全省平均1.3个百分点, or 列第3位,较上年前移2位, or 996亿元,增长18.1%,
and the text what the province's mean is, which place it was, what it was the year before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from summarizer.checker._lexicon import GOAL, LAST_YEAR, ORIGIN, directions, kindred_measures
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._unknown import NAMED, Unknown, bare_lead
from summarizer.checker._words import grams

_KINDS = ("count", "money", "percent", "duration")
_PASSAGES = 2
_STEP = 6
_REACH = 24  # characters before a figure in which the text says whose it is
# 高于全国0.4个百分点, 比全市平均低0.36亿元
_OFF_ANOTHER = re.compile(r"(?P<word>[高低快慢多少]出?)于(?P<what>(?!全)[^,;。\d]{2,8}?)[出了约]?$")
_OFF = re.compile(
    r"(?:(?P<word>[高低快慢多少]出?)于|[比较])全(?P<whole>[国省市区县])(?:[^,;。\d]{0,4}?)(?:平均)?(?:水平|值|数)?"
    r"(?P<behind>[高低快慢多少])?[出了约]{0,2}$"
)
_WHOLE = re.compile(r"全([国省市区县])[^,;。]*(?:平均|均值|水平|增速|增幅|为)")
_LESS = frozenset("低慢少")
_FORWARD = re.compile(r"前移|前进|上升|提升|跃升|提高")
_BACK = re.compile(r"后移|后退|下降|下滑")
_RECKONED = re.compile(r"[推倒反]推|推算|测算|折算")
_YEAR = re.compile(r"(\d{4})年")


def baselines(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what the figures of the sentences spoken of are set off against."""
    yield from _before_own(unknown)
    homes = [o.mention.sentence for o in unknown.named]
    numbers = list(dict.fromkeys([*homes, *unknown.passages[:_PASSAGES]]))
    whole = _WHOLE.search(unknown.said_before[-_REACH:])
    for number in numbers if whole else ():
        yield from _of_all(unknown, number, whole[1] if whole else "")
    for number in numbers if _RECKONED.search(unknown.said_before) else ():
        yield from _whole_of_share(unknown, number)
    for number in numbers:
        yield from _of_another(unknown, number)
    for number in numbers if _speaks_of_last_year(unknown) else ():
        yield from _before_growth(unknown, number)
        yield from _rate_before(unknown, number)
        yield from _place_before(unknown, number)


def _speaks_of_last_year(unknown: Unknown) -> bool:
    if LAST_YEAR.search(unknown.said_before[-_REACH:]):
        return True
    years, meant = _YEAR.findall(unknown.said_before), unknown.index.year
    return bool(years) and meant is not None and int(years[-1]) == meant - 1


def _before_own(unknown: Unknown) -> Iterator[Calculation]:
    """Yield where what the text tells itself began: 由29件降至23件,减少6件."""
    text = unknown.text
    if not ORIGIN.search(unknown.clause):
        return
    behind = [o for o in unknown.of_unit(unknown.named) if o.place > unknown.quantity.start]
    for now, step in pairwise(sorted(behind, key=lambda o: o.place)):
        moved = directions(text[max(0, step.place - _STEP) : step.place])
        if GOAL.search(text[: now.place]) and moved and not GOAL.search(text[: step.place]):
            up = moved[-1][2] == "up"
            result = value_of(now) + (-value_of(step) if up else value_of(step))
            yield _told(now, "-" if up else "+", step, result)


def _of_all(unknown: Unknown, number: int, whole: str) -> Iterator[Calculation]:
    for one, off in pairwise(unknown.in_sentence(number, _KINDS)):
        between = unknown.index.text[one.mention.quantity.end : off.mention.quantity.start]
        found = _OFF.search(between)
        points = "点" in off.quantity.unit and one.quantity.unit == "%"
        alike = points or kindred_measures(one.quantity.unit, off.quantity.unit)
        fits = kindred_measures(one.quantity.unit, unknown.quantity.unit)
        word = (found["word"] or found["behind"] or "") if found else ""
        told = one.quantity.text in unknown.text or unknown.names(one)
        meant = found and word and found["whole"] == whole and told
        if meant and alike and fits:
            less = word[0] in _LESS
            result = value_of(one) + (value_of(off) if less else -value_of(off))
            yield _told(one, "+" if less else "-", off, result)


def _of_another(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield what the report sets a rate off against, told by its name: 高于线下4.9个百分点."""
    if unknown.quantity.unit != "%":
        return
    for one, off in pairwise(unknown.in_sentence(number, ("percent",))):
        between = unknown.index.text[one.mention.quantity.end : off.mention.quantity.start]
        found = _OFF_ANOTHER.search(between)
        if found is None or not unknown.names(one):
            continue
        if "点" in off.quantity.unit and found["what"] in unknown.clause:
            less = found["word"][0] in _LESS
            result = value_of(one) + (value_of(off) if less else -value_of(off))
            yield _told(one, "+" if less else "-", off, result)


def _before_growth(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield last year's amount from this year's and its growth: 996亿元,增长18.1%."""
    for now, growth in pairwise(unknown.in_sentence(number, _KINDS)):
        moved = directions(growth.mention.lead)
        if growth.quantity.unit != "%" or not moved or not unknown.of_unit([now]):
            continue
        if unknown.index.coverage(grams(bare_lead(now.mention.lead)), unknown.ours.wide) < NAMED:
            continue
        rate = value_of(growth) / HUNDRED
        rate = rate if moved[-1][2] == "up" else -rate
        if rate > -1:
            formula = f"{now.quantity.text}/(1{'+' if rate > 0 else '-'}{growth.quantity.text})"
            spans = spans_of(now, growth)
            yield Calculation(formula, value_of(now) / (1 + rate), spans, ratio=True)


def _rate_before(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield last year's rate from this year's and its points: 占比59.2%,提高4.5个百分点."""
    for now, step in pairwise(unknown.in_sentence(number, ("percent",))):
        moved = directions(step.mention.lead)
        if now.quantity.unit != "%" or "点" not in step.quantity.unit or not moved:
            continue
        if unknown.quantity.unit != "%" or not unknown.names(now):
            continue
        up = moved[-1][2] == "up"
        result = value_of(now) + (-value_of(step) if up else value_of(step))
        yield _told(now, "-" if up else "+", step, result)


def _whole_of_share(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield the whole from a part and its share: 增量39.7亿斤、占全国23.6%."""
    for part, share in pairwise(unknown.in_sentence(number, _KINDS)):
        if share.quantity.unit == "%" and "占" in share.mention.lead and unknown.of_unit([part]):
            if not unknown.names(part):
                continue
            formula = f"{part.quantity.text}/{share.quantity.text}"
            whole = value_of(part) / value_of(share) * HUNDRED
            yield Calculation(formula, whole, spans_of(part, share), ratio=True)


def _place_before(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield the place of the year before: 列第3位,较上年前移2位."""
    if unknown.quantity.kind != "ordinal":
        return
    figures = unknown.in_sentence(number, ("ordinal", "count"))
    pairs = [
        (place, moved)
        for place, moved in pairwise(figures)
        if place.quantity.kind == "ordinal" and moved.quantity.kind == "count"
    ]
    said = unknown.ours.local_grams
    for place, moved in sorted(
        pairs, key=lambda pair: -unknown.index.coverage(said, grams(pair[0].mention.clause))
    )[:1]:
        forward, back = (way.search(moved.mention.lead) for way in (_FORWARD, _BACK))
        if forward or back:
            step = value_of(moved) if forward else -value_of(moved)
            yield _told(place, "+" if forward else "-", moved, value_of(place) + step)


def _told(one: Operand, sign: str, other: Operand, result: Decimal) -> Calculation:
    formula = f"{one.quantity.text}{sign}{other.quantity.text}"
    return Calculation(formula, result, spans_of(one, other), ratio=False)
