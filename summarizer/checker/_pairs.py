"""Figures worked out from two that the report states and the text names by its words alone.

Either one thing at two times (从A增长到B; N,比上年增加X, which gives last year's N-X), or two
things that the text sets against each other (A比B多, A是B的几倍, A的增速比B高几个百分点). Of all
mentions of the report the one is taken that fits the text's words best; one calculation is tried
and no second, so that a changed digit finds no other reason to be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise, product
from typing import NamedTuple

from summarizer.checker._anatomy import Mention
from summarizer.checker._lexicon import (
    DIFFERENCE_CUE,
    GOAL,
    GROWTH_CUE,
    LAST_YEAR,
    ORIGIN,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._unknown import (
    AMOUNTS,
    NAMED,
    Unknown,
    Wanted,
    bare_lead,
    credit,
    wanted_by,
)
from summarizer.checker._words import grams

_KNOWN = 0.6  # the share of the text's words for it that must stand by the report's
_SAME_SENTENCE = 0.35
_SAME_YEAR = 0.3
_OWN = 0.5
_CLEARLY = 0.05
_FEW = 4
_REACH = 16  # characters before a figure in which its cue must stand
_COMPARED_WITH = re.compile(
    r"[快慢高低多少]于(?:上年|去年|\|+)|[比较](?:上年|去年|上一?[年轮次期批届]|前一?年|\|+)|同比"
)
_ROUND_BEFORE = re.compile(r"(?<![比较与同])上一?[轮次期批届]|原有|原先|原来|此前|之前")
_GAIN, _REACHED = (
    re.compile("(?:增加|新增|净增|新建|新设)"),
    re.compile(r"(?:达到?|总数|增至|升至)[^,;。]{0,3}$"),
)
_A_YEAR_BEFORE = re.compile(r"\((?:上年|去年|上一年|同期|\d{4}年)(?:同期)?[为是]?")
_RISES = re.compile(r"(?:增长|增加|提高|提升|扩大|上升)了?(?:约|近|超过?)?$")
_TIMES_OF = re.compile(
    r"(?P<first>[^,;:。]+?)(?:大?约|近|超)?(?:[是为]|相当于|达到?)(?P<second>[^,;:。]+?)的(?:大?约|近|超过?)?$"
)
_TIMES_OF_IT = re.compile(
    r"(?:大?约|近|超)?(?:[是为]|相当于)(?P<second>[^,;:。]+?)的(?:大?约|近|超过?)?$"
)
_MORE = (
    r"(?:至少|大?约|近)?"
    r"(?P<word>高于?|多|快|大|长|低|少|慢|小|短|减少|增加|提高|降低|下降)(?:出|了|约|近|超过?)*$"
)
_MORE_THAN = re.compile(r"(?P<first>[^,;:。]+?)[比较](?P<second>[^,;:。]+?)" + _MORE)
# 办理526项,比套餐少8项: what is set against the second thing stands before the comma.
_MORE_THAN_IT = re.compile(r"则?[比较](?P<second>[^,;:。]+?)" + _MORE)
_LESS = frozenset("低少慢小短减降下")
_YEAR = re.compile(r"(\d{4})年")
_ANY_FIGURE = re.compile(
    r"(?:实际|预计|计划|预期|目标|任务|完成|建成|建设|实现)+的?|(?:数量?|面积|规模|总量|值)$|的$"
)
_ITS_RATE = re.compile(r"[增降涨减]幅|增速|占比|比例|比率|其[^,;。]{0,2}")
_FORMER = re.compile(r"前者[^,;。]{0,4}$")
_EACH = {"月": Decimal(12), "季度": Decimal(4)}
_A_YEAR = re.compile(r"(?:相当于|折合|合)(?:一年|全年|每年|年)[^,;。]{0,6}$")


class Times(NamedTuple):
    """One thing at two times: how the older and the newer value read, and what they are."""

    old: str
    older: Decimal
    newer: Decimal
    new: str
    gain: str
    operands: tuple[Operand, ...]
    year_before: bool  # the older value is last year's, and printed nowhere


def at_two_times(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what the text's figure is worked out to from one thing at two times."""
    quantity, index = unknown.quantity, unknown.index
    lead = unknown.clause[-_REACH:]
    times = _spoken_of(unknown)
    if times is None:
        return
    moved = directions(lead)
    if moved and (moved[-1][2] == "up") is (times.newer < times.older):
        return
    gain = abs(times.newer - times.older)
    spans = spans_of(*times.operands)
    if quantity.unit == "倍":
        if _RISES.search(lead):
            formula = f"{times.gain}/{times.old}"
            yield Calculation(formula, gain / times.older, spans, ratio=True)
        elif re.search("的", lead):
            result = times.newer / times.older
            yield Calculation(f"{times.new}/{times.old}", result, spans, ratio=True)
    elif quantity.unit == "%" != times.operands[0].quantity.unit:
        if GROWTH_CUE.search(lead):
            result = gain / times.older * HUNDRED
            formula = f"{times.gain}/{times.old}"
            yield Calculation(formula, result, spans, ratio=True)
    elif times.year_before:
        year = _year_before(unknown, times)
        last = LAST_YEAR.search(lead) and index.year is None
        starts = ORIGIN.search(lead)  # 由9人减少到7人
        if year or last or starts or _ROUND_BEFORE.search(unknown.said_before):
            yield Calculation(times.old.strip("()"), times.older, spans, ratio=False, year=year)
    elif (DIFFERENCE_CUE.search(lead) or GROWTH_CUE.search(lead)) and not GOAL.search(lead):
        yield Calculation(times.gain.strip("()"), gain, spans, ratio=False)


def _year_before(unknown: Unknown, times: Times) -> int | None:
    """Return the year that the text names for its figure if it is the one before the report's."""
    years = list(_YEAR.finditer(unknown.said_before))
    meant = _year_of(times, unknown.index)
    if meant is None:
        return None
    last = LAST_YEAR.search(unknown.said_before)
    if last and years and last.start() > years[-1].start():
        said: int | None = int(years[-1].group(1)) - 1  # 2025年增加1829万千瓦,…上年末为
    else:
        said = int(years[-1][1]) if years else last and unknown.index.last_year(last[0], meant)
    now, change = (o.mention.quantity for o in times.operands)
    compared = _YEAR.findall(unknown.index.text, now.end, max(now.end, change.start))
    base = int(compared[-1]) if compared else meant - 1  # 281天,比2020年增加36天
    return said if said == base else None


def _spoken_of(unknown: Unknown) -> Times | None:
    """Return the pair that holds a figure named just before, or that the text's words name."""
    ours, index = unknown.ours, unknown.index
    named = [o.mention.sentence for o in unknown.before]
    pool = dict.fromkeys([*named, *unknown.passages[:_FEW]])
    found = [t for n in pool for t in chain(_pairs_of(n, ours, index), _rates_of(n, ours, index))]
    years = _YEAR.findall(unknown.said_before)
    behind = [o for o in unknown.named if o not in unknown.before and ORIGIN.search(ours.lead)]
    for operand in [*reversed(unknown.before), *behind]:
        of_it = [t for t in found if any(o.mention is operand.mention for o in t.operands)]
        that_year = [t for t in of_it if years and f"{years[-1]}年" in _said_between(t, index)]
        if of_it:
            return (that_year or of_it)[0]
    scored = [
        (fit + _SAME_YEAR * (str(_year_of(t, index)) in years), t)
        for t in found
        if (fit := _fits(ours, t, index))
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _said_between(times: Times, index: SourceIndex) -> str:
    """Return what the report says between the two figures of a pair: 487名,较2022年增加63名."""
    first, last = sorted(o.mention.quantity.start for o in times.operands)
    return index.text[first:last]


def _year_of(times: Times, index: SourceIndex) -> int | None:
    return index.year_of(times.operands[0].mention.sentence)


def _fits(ours: Mention, times: Times, index: SourceIndex) -> float:
    """Return how well the text's words and those of a pair agree; 0 where they do not."""
    theirs = times.operands[0].mention
    words = ours.local_grams | (ours.wide if times.year_before else frozenset())
    held = index.coverage(grams(bare_lead(theirs.lead)), words)
    back = index.coverage(grams(bare_lead(ours.lead)), theirs.wide | theirs.local_grams)
    return held + back if held >= NAMED and back >= _KNOWN else 0.0


def _pairs_of(number: int, ours: Mention, index: SourceIndex) -> Iterator[Times]:
    kind = ours.quantity.kind
    points = kind == "percent" and "点" in ours.quantity.unit
    kinds = ("percent",) if points else (*AMOUNTS, "duration")
    found = [m for m in index.by_sentence.get(number, ()) if m.quantity.kind in kinds]
    for first, second in _beside(found):
        a, b = (Operand(m.quantity, m, m.quantity.start) for m in (first, second))
        if not a.quantity.value or not b.quantity.value:
            continue
        if not kindred_measures(a.quantity.unit, b.quantity.unit):
            continue
        ratio = kind == "percent" or ours.quantity.unit == "倍"
        if not ratio and not kindred_measures(a.quantity.unit, ours.quantity.unit):
            continue
        if ORIGIN.search(first.lead) and GOAL.search(second.lead):
            old, new = a.quantity.text, b.quantity.text
            high, low = (new, old) if value_of(b) >= value_of(a) else (old, new)
            gain = f"({high}-{low})"
            yield Times(old, value_of(a), value_of(b), new, gain, (a, b), year_before=False)
        elif _GAIN.search(first.lead) and _REACHED.search(second.lead):
            old, older = f"({b.quantity.text}-{a.quantity.text})", value_of(b) - value_of(a)
            if older > 0:  # 增加11个、达到25个
                now, gain = b.quantity.text, a.quantity.text
                yield Times(old, older, value_of(b), now, gain, (b, a), year_before=True)
        elif _A_YEAR_BEFORE.fullmatch(index.text, first.quantity.end, second.quantity.start):
            now, old = a.quantity.text, b.quantity.text  # 97件(上年68件)
            high, low = (now, old) if value_of(a) >= value_of(b) else (old, now)
            older, gain = value_of(b), f"({high}-{low})"
            yield Times(old, older, value_of(a), now, gain, (a, b), year_before=False)
        elif change := _change(second):
            sign, other = ("-", -1) if change == "up" else ("+", 1)
            older = value_of(a) + other * value_of(b)
            if older > 0:
                old = f"({a.quantity.text}{sign}{b.quantity.text})"
                now, gain = a.quantity.text, b.quantity.text
                yield Times(old, older, value_of(a), now, gain, (a, b), year_before=True)


def _rates_of(number: int, ours: Mention, index: SourceIndex) -> Iterator[Times]:
    """Yield rates with last year's, from by how many points they moved: 94.8%,提高2.3个百分点."""
    if ours.quantity.unit != "%":
        return
    found = [m for m in index.by_sentence.get(number, ()) if m.quantity.kind == "percent"]
    for first, second in pairwise(found):
        a, b = (Operand(m.quantity, m, m.quantity.start) for m in (first, second))
        change = _change(second) if "点" in second.quantity.unit else ""
        if not change or first.quantity.unit != "%" or not a.quantity.value or not b.quantity.value:
            continue
        sign, other = ("-", -1) if change == "up" else ("+", 1)
        older = value_of(a) + other * value_of(b)
        old = f"({a.quantity.text}{sign}{b.quantity.text})"
        now, gain = a.quantity.text, b.quantity.text
        yield Times(old, older, value_of(a), now, gain, (a, b), year_before=True)


def _beside(found: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield neighbours, and of 128个、19个,分别比上年增加23个和6个 each with its own change."""
    for n, second in enumerate(found):
        own = [m for m in found[:n] if second.lead.startswith(f"{m.lead}|{m.tail}|")]
        if own or n:
            yield (own or found[:n])[-1], second


def _change(mention: Mention) -> str:
    """Return where a figure moves if it says by how much its thing did: 比上年增加."""
    compared = _COMPARED_WITH.search(mention.lead)
    moved = directions(mention.lead)
    if not compared or not moved or GOAL.search(mention.lead):
        return ""
    return moved[-1][2]


def set_against(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what two things of the report make that the text sets against each other."""
    clause = unknown.clause
    if unknown.quantity.unit == "倍":
        if found := _TIMES_OF.fullmatch(clause):
            two = best_two(found["first"], found["second"], unknown)
            if two is not None:
                yield _quotient(*two)
        elif found := _TIMES_OF_IT.fullmatch(clause):
            two = _beside_the_last(found["second"], unknown)
            if two is not None:
                yield _quotient(*two)
    elif found := _MORE_THAN_IT.fullmatch(clause) or _MORE_THAN.fullmatch(clause):
        opening = unknown.quantity.start - len(clause)
        points = "点" in unknown.quantity.unit
        rates = [o for o in unknown.before if o.quantity.unit == "%"]
        inside = rates if points else unknown.of_unit(unknown.before)
        inside = [o for o in inside if o.place >= opening]
        if "first" in found.groupdict() and inside:  # 产量比1300亿斤多出50.97亿斤
            called = unknown.called(wanted_by(found["first"]))
            outside = [o for o in unknown.before if o.place < opening]
            if _ITS_RATE.fullmatch(found["first"]) and outside:
                two = (outside[-1], inside[-1])  # 下降12.94%,降幅比…的8.37%高
            else:
                two = (called[0][1], inside[-1]) if called else None
        elif "first" in found.groupdict() and _FORMER.search(found["first"]):
            two = _former_and_latter(unknown)  # 入园率96%、普惠率94%,前者比后者高
        elif "first" in found.groupdict():
            two = best_two(found["first"], found["second"], unknown)
        else:
            before = unknown.said_before[: -len(clause)].rstrip(",")
            two = _beside_the_last(found["second"], unknown) or best_two(
                re.split("[,;:。]", before)[-1], found["second"], unknown
            )
        if two is not None:
            more, less = reversed(two) if found["word"][0] in _LESS else two
            formula = f"{more.quantity.text}-{less.quantity.text}"
            yield Calculation(
                formula, value_of(more) - value_of(less), spans_of(more, less), ratio=False
            )
    yield from _over_a_year(unknown)


def _former_and_latter(unknown: Unknown) -> tuple[Operand, Operand] | None:
    """Return the two figures that the text gave before it speaks of 前者 and 后者."""
    alike = [o for o in unknown.before if unknown.may_rest_on(o.quantity)]
    return (alike[-2], alike[-1]) if len(alike) > 1 else None


def _quotient(first: Operand, second: Operand) -> Calculation:
    return Calculation(
        f"{first.quantity.text}/{second.quantity.text}",
        value_of(first) / value_of(second),
        spans_of(first, second),
        ratio=True,
    )


def _over_a_year(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what so much a month is in a year, where the text says that it reckons so."""
    if not unknown.before or not _A_YEAR.search(unknown.clause):
        return
    last = unknown.before[-1]
    for period, times in _EACH.items():
        if re.search(rf"每个?{period}[^,;。]{{0,6}}$", unknown.text[: last.place]):
            formula = f"{last.quantity.text}×{times}"
            yield Calculation(formula, value_of(last) * times, spans_of(last), ratio=False)


def _at_its_time(phrase: str, wanted: Wanted) -> Wanted:
    """Return what a phrase asks for, without what may be said of any figure: 实际完成数."""
    return wanted._replace(words=wanted_by(_ANY_FIGURE.sub("|", phrase)).words)


def best_two(first: str, second: str, unknown: Unknown) -> tuple[Operand, Operand] | None:
    """Return the two mentions that two phrases name best, if no other two do as well."""
    one, two = wanted_by(first), wanted_by(second)
    if (two.year, two.aim) != (one.year, one.aim):
        one, two = _at_its_time(first, one), _at_its_time(second, two)
        if two.words <= one.words:
            two = two._replace(words=one.words)  # 2024年计划新增学位比2023年实际新增数
    if not two.words:
        return None
    found = (unknown.called(one), unknown.called(two, one.words))
    # 城镇居民人均收入比农村居民: what is left unsaid the second time is no help in telling apart.
    opening = grams(first[: len(second)])
    own = (opening - two.words, two.words - opening)
    scored = [
        (
            a[0]
            + b[0]
            + _SAME_SENTENCE * (a[1].mention.sentence == b[1].mention.sentence)
            + _OWN * (credit(own[0], a[1], unknown) + credit(own[1], b[1], unknown)),
            a[1],
            b[1],
        )
        for a, b in product(*found)
        if a[1].mention is not b[1].mention
        and kindred_measures(a[1].quantity.unit, b[1].quantity.unit)
    ]
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return None
    best, *others = scored
    values = (value_of(best[1]), value_of(best[2]))
    for score, a, b in others[:1]:
        if best[0] - score < _CLEARLY and (value_of(a), value_of(b)) != values:
            return None
    return best[1], best[2]


def _beside_the_last(second: str, unknown: Unknown) -> tuple[Operand, Operand] | None:
    """Return the figure named last, and the one that it is set against: 1461亿元,比2008年多…."""
    opening = unknown.quantity.start - len(unknown.clause)
    before = [o for o in unknown.before if o.place < opening]
    inside = [o for o in unknown.before if o.place >= opening]
    # 534.9万户,占比64.7%,约为企业的1.9倍
    before = [o for o in before if unknown.may_rest_on(o.quantity)]
    if not before:
        return None
    last = before[-1]
    if inside:  # 增长68.4%,比国内游客6.9%的增幅高…
        return last, inside[-1]
    own = last.mention.lead_grams | last.mention.tail_grams
    wanted = wanted_by(second)
    if not wanted.words:
        if wanted.year is None:
            return None  # 是上年的3.25倍: one thing at two times
        wanted = wanted._replace(words=own)
    home = last.mention.sentence
    others = [
        (score + _SAME_SENTENCE * (o.mention.sentence == home), o)
        for score, o in unknown.called(wanted, own)
        if o.mention is not last.mention and kindred_measures(o.quantity.unit, last.quantity.unit)
    ]
    others.sort(key=lambda found: -found[0])
    clear = len(others) == 1 or (others and others[0][0] - others[1][0] >= _CLEARLY)
    return (last, others[0][1]) if clear else None
