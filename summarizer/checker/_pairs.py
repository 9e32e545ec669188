"""Figures worked out from two that the report states and the text names by its words alone.

Either one thing at two times (从A增长到B; N,比上年增加X, which gives last year's N-X), or two
things that the text sets against each other (A比B多, A是B的几倍, A的增速比B高几个百分点), or adds
up (A和B合计). Of all mentions of the report the one is taken that fits the text's words best; one
calculation is tried and no second, so that a changed digit finds no other reason to be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product
from typing import NamedTuple

from summarizer.checker._anatomy import Grams, Mention, grams
from summarizer.checker._lexicon import (
    DIFFERENCE_CUE,
    GOAL,
    GROWTH_CUE,
    LAST_YEAR,
    ORIGIN,
    PLAN_CUE,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._source_index import SourceIndex
from summarizer.types import Quantity

_NAMED = 0.45  # the share of the report's words for a figure that the text must hold
_KNOWN = 0.6  # the share of the text's words for it that must stand by the report's
_HELD = 0.4  # the share of a phrase's words that must stand by a figure, the nearer the more
_SAME_SENTENCE = 0.2
_PLANNED = 0.1  # what was reached is meant where no aim is spoken of
_SAME_YEAR = 0.3
_CLEARLY = 0.05
_FEW = 4
_COMPARED_WITH = re.compile(r"[比较](?:上年|去年|上一年)")
_RISES = re.compile(r"(?:增长|增加|提高|提升|扩大|上升)了?(?:约|近|超过?)?$")
_TIMES_OF = re.compile(
    r"(?P<first>[^,;:。]+?)(?:大?约|近|超)?(?:[是为]|相当于|达到?)(?P<second>[^,;:。]+?)的(?:大?约|近|超过?)?$"
)
_MORE = r"(?P<word>高于?|多|快|大|长|低|少|慢|小|短)(?:出|了|约|近|超过?)*$"
_MORE_THAN = re.compile(r"(?P<first>[^,;:。]+?)[比较](?P<second>[^,;:。]+?)" + _MORE)
# 办理526项,比套餐少8项: what is set against the second thing stands before the comma.
_MORE_THAN_IT = re.compile(r"则?[比较](?P<second>[^,;:。]+?)" + _MORE)
_LESS = frozenset("低少慢小短")
_ADDED = re.compile(
    r"(?P<items>[^,;:。]+?)(?:合计|共计|总计|加起来|之和|两项|共)+(?:[为有达]|约)*$"
)
_ITEM_SIGN = re.compile(r"、|和|与|及")
_RATE_WORDS = re.compile(
    r"(?:的|之)?(?:实际|预期|计划)?(?:增长|增速|增幅|涨幅|降幅|下降)(?:的|率)?(?:目标|预期)?"
)
_YEAR = re.compile(r"(\d{4})年")
_AIM = re.compile(r"目标|预期|计划")
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


def at_two_times(
    ours: Mention, text: str, named: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> Iterator[Calculation]:
    """Yield what the text's figure is worked out to from one thing at two times."""
    lead = text[max(0, ours.quantity.start - 16) : ours.quantity.start]
    lead = re.split(r"[,;:。]", lead)[-1]
    times = _spoken_of(ours, text, named, passages, index)
    if times is None:
        return
    gain = abs(times.newer - times.older)
    spans = spans_of(*times.operands)
    if ours.quantity.unit == "倍":
        if _RISES.search(lead):
            formula = f"{times.gain}/{times.old}"
            yield Calculation(formula, gain / times.older, spans, ratio=True)
        elif re.search("的", lead):
            result = times.newer / times.older
            yield Calculation(f"{times.new}/{times.old}", result, spans, ratio=True)
    elif ours.quantity.kind == "percent" and "点" not in ours.quantity.unit:
        if GROWTH_CUE.search(lead):
            result = gain / times.older * HUNDRED
            formula = f"{times.gain}/{times.old}"
            yield Calculation(formula, result, spans, ratio=True)
    elif times.year_before:
        year = _year_before(ours, text, times, index)
        if year or (LAST_YEAR.search(lead) and index.year is None):
            yield Calculation(times.old.strip("()"), times.older, spans, ratio=False, year=year)
    elif DIFFERENCE_CUE.search(lead) or GROWTH_CUE.search(lead):
        yield Calculation(times.gain.strip("()"), gain, spans, ratio=False)


def _year_before(ours: Mention, text: str, times: Times, index: SourceIndex) -> int | None:
    """Return the year that the text names for its figure if it is the one before the report's."""
    years = _YEAR.findall(text[: ours.quantity.start])
    meant = _year_of(times, index)
    if meant is None:
        return None
    last = LAST_YEAR.search(text[: ours.quantity.start])
    said = int(years[-1]) if years else last and index.last_year(last.group(), meant)
    return said if said == meant - 1 else None


def _spoken_of(
    ours: Mention, text: str, named: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> Times | None:
    """Return the pair that holds a figure named just before, or that the text's words name."""
    before = [o for o in named if o.place < ours.quantity.start]
    pool = [*dict.fromkeys([*(o.mention.sentence for o in before), *passages[:_FEW]])]
    found = [t for n in pool for t in _pairs_of(n, ours, index)]
    for operand in reversed(before):
        for times in found:
            if any(o.mention is operand.mention for o in times.operands):
                return times
    years = _YEAR.findall(text[: ours.quantity.start])
    scored = [
        (fit + _SAME_YEAR * (str(_year_of(t, index)) in years), t)
        for t in found
        if (fit := _fits(ours, t, index))
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _year_of(times: Times, index: SourceIndex) -> int | None:
    return index.year_of(times.operands[0].mention.sentence)


def _fits(ours: Mention, times: Times, index: SourceIndex) -> float:
    """Return how well the text's words and those of a pair agree; 0 where they do not."""
    theirs = times.operands[0].mention
    words = ours.local_grams | (ours.wide if times.year_before else frozenset())
    held = index.coverage(grams(_bare(theirs.lead)), words)
    back = index.coverage(grams(_bare(ours.lead)), theirs.wide | theirs.local_grams)
    return held + back if held >= _NAMED and back >= _KNOWN else 0.0


def _bare(lead: str) -> str:
    """Return what a figure counts, without the words that say how it moved."""
    for _, word, _ in directions(lead):
        lead = lead.replace(word, "|")
    return _RATE_WORDS.sub("|", lead)


def _pairs_of(number: int, ours: Mention, index: SourceIndex) -> Iterator[Times]:
    kind = ours.quantity.kind
    points = kind == "percent" and "点" in ours.quantity.unit
    kinds = ("percent",) if points else ("count", "money")
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
        elif change := _change(second):
            sign, other = ("-", -1) if change == "up" else ("+", 1)
            older = value_of(a) + other * value_of(b)
            if older > 0:
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


def set_against(
    ours: Mention,
    text: str,
    named: Sequence[Operand],
    passages: Sequence[int],
    index: SourceIndex,
    allowed: Collection[int] | None,
) -> Iterator[Calculation]:
    """Yield what two things of the report make that the text sets against each other."""
    clause = re.split(r"[,;:。]", text[: ours.quantity.start])[-1]
    pools = _Pools(ours, passages, index, allowed)
    if ours.quantity.unit == "倍":
        if found := _TIMES_OF.fullmatch(clause):
            two = _best_two(found["first"], found["second"], pools)
            if two is not None:
                yield _quotient(*two)
    elif found := _MORE_THAN_IT.fullmatch(clause) or _MORE_THAN.fullmatch(clause):
        if "first" in found.groupdict():
            two = _best_two(found["first"], found["second"], pools)
        else:
            two = _beside_the_last(found["second"], pools, named)
        if two is not None:
            more, less = reversed(two) if found["word"] in _LESS else two
            formula = f"{more.quantity.text}-{less.quantity.text}"
            yield Calculation(
                formula, value_of(more) - value_of(less), spans_of(more, less), ratio=False
            )
    yield from _over_a_year(ours, clause, text, named)


def added_up(
    ours: Mention,
    text: str,
    passages: Sequence[int],
    index: SourceIndex,
    allowed: Collection[int] | None,
) -> Iterator[Calculation]:
    """Yield the sum of two things of the report that the text adds up by name: A和B合计."""
    found = _ADDED.fullmatch(re.split(r"[,;:。]", text[: ours.quantity.start])[-1])
    items = [item for item in _ITEM_SIGN.split(found["items"]) if grams(item)] if found else []
    if len(items) != 2:
        return
    two = _best_two(items[0], items[1], _Pools(ours, passages, index, allowed))
    if two is not None and not _part_of(*two, index):
        formula = "+".join(o.quantity.text for o in two)
        total = sum(map(value_of, two), Decimal(0))
        yield Calculation(formula, total, spans_of(*two), ratio=False)


def _part_of(one: Operand, other: Operand, index: SourceIndex) -> bool:
    """Whether one is a part of the other: 112宗(甲80宗,乙32宗)."""
    whole, part = sorted((one, other), key=lambda o: o.mention.quantity.start)
    between = index.text[whole.mention.quantity.end : part.mention.quantity.start]
    return between.startswith("(") and ")" not in between


def _quotient(first: Operand, second: Operand) -> Calculation:
    return Calculation(
        f"{first.quantity.text}/{second.quantity.text}",
        value_of(first) / value_of(second),
        spans_of(first, second),
        ratio=True,
    )


def _over_a_year(
    ours: Mention, clause: str, text: str, named: Sequence[Operand]
) -> Iterator[Calculation]:
    """Yield what so much a month is in a year, where the text says that it reckons so."""
    before = [o for o in named if o.place < ours.quantity.start]
    if not before or not _A_YEAR.search(clause):
        return
    last = before[-1]
    for period, times in _EACH.items():
        if re.search(rf"每个?{period}[^,;。]{{0,6}}$", text[: last.place]):
            formula = f"{last.quantity.text}×{times}"
            yield Calculation(formula, value_of(last) * times, spans_of(last), ratio=False)


class _Wanted(NamedTuple):
    """What the text calls a thing: its words, its year if it says one, whether an aim is meant."""

    words: Grams
    year: int | None
    aim: bool


def _wanted(phrase: str) -> _Wanted:
    year = _YEAR.search(phrase)
    aim = bool(_AIM.search(phrase))
    words = _RATE_WORDS.sub("|", _YEAR.sub("|", phrase))
    return _Wanted(grams(words), int(year[1]) if year else None, aim)


def _best_two(first: str, second: str, pools: _Pools) -> tuple[Operand, Operand] | None:
    """Return the two mentions that two phrases name best, if no other two do as well."""
    one, two = _wanted(first), _wanted(second)
    if not two.words and (two.year, two.aim) == (one.year, one.aim):
        return None
    if not two.words:
        two = two._replace(words=one.words)  # 2026年投资增速目标比2025年实际增速
    found = (pools.of(one, frozenset()), pools.of(two, one.words))
    scored = [
        (
            a[0] + b[0] + _SAME_SENTENCE * (a[1].mention.sentence == b[1].mention.sentence),
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


def _beside_the_last(
    second: str, pools: _Pools, named: Sequence[Operand]
) -> tuple[Operand, Operand] | None:
    """Return the figure named last, and the one that it is set against: 1461亿元,比2008年多…."""
    before = [o for o in named if o.place < pools.ours.quantity.start]
    if not before or not _may_be_operand(pools.ours, before[-1].quantity):
        return None
    last = before[-1]
    own = last.mention.lead_grams | last.mention.tail_grams
    wanted = _wanted(second)
    if not wanted.words:
        wanted = wanted._replace(words=own)
    others = [
        (score, o)
        for score, o in pools.of(wanted, own)
        if o.mention is not last.mention and kindred_measures(o.quantity.unit, last.quantity.unit)
    ]
    clear = len(others) == 1 or (others and others[0][0] - others[1][0] >= _CLEARLY)
    return (last, others[0][1]) if clear else None


@dataclass(frozen=True, slots=True)
class _Pools:
    """Where a figure's operands may stand: near what is spoken of, or near what names them."""

    ours: Mention
    passages: Sequence[int]
    index: SourceIndex
    allowed: Collection[int] | None

    def of(self, wanted: _Wanted, shared: Grams) -> list[tuple[float, Operand]]:
        """Return the mentions that one phrase may name, each with how well it does.

        `shared` are the words that the phrase leaves unsaid: 受理的案件比审结的多.
        """
        index = self.index
        numbers = [*self.passages, *index.nearest(wanted.words, self.allowed, _FEW)]
        found = []
        for number in dict.fromkeys(numbers):
            planned = _planned(number, index)
            if not _of_time(wanted, number, index, planned=planned):
                continue
            for mention in index.by_sentence.get(number, ()):
                if not mention.quantity.value or not _may_be_operand(self.ours, mention.quantity):
                    continue
                forward = _credit(wanted.words, mention, index)
                said = wanted.words | shared
                backward = index.coverage(grams(_bare(mention.lead)), said)
                if mention.tail_grams:  # 办理5宗免罚案件、19宗从轻处罚案件
                    backward = max(backward, index.coverage(mention.tail_grams, said))
                if forward >= _HELD and backward >= _NAMED:
                    operand = Operand(mention.quantity, mention, mention.quantity.start)
                    unmeant = _PLANNED if planned and not wanted.aim else 0.0
                    found.append((forward + backward - unmeant, operand))
        return sorted(found, key=lambda pair: -pair[0])[:_FEW]


def _planned(number: int, index: SourceIndex) -> bool:
    sentence = index.text[slice(*index.prose.sentences[number])]
    return index.parts[number] == "plans" or bool(PLAN_CUE.search(sentence))


def _of_time(wanted: _Wanted, number: int, index: SourceIndex, *, planned: bool) -> bool:
    if wanted.aim:
        return planned
    if wanted.year is None:
        return True
    return index.year_of(number) == wanted.year


def _may_be_operand(ours: Mention, theirs: Quantity) -> bool:
    if ours.quantity.unit == "倍":
        return theirs.kind in ("count", "money") and theirs.unit != "倍"
    if ours.quantity.kind == "percent":
        return theirs.kind == "percent" and "点" not in theirs.unit
    return theirs.kind == ours.quantity.kind and (
        kindred_measures(theirs.unit, ours.quantity.unit) or not theirs.unit
    )


def _credit(words: Grams, mention: Mention, index: SourceIndex) -> float:
    total = credit = 0.0
    for gram, worth in index.weighed(words):
        total += worth
        credit += worth * mention.nearness.get(gram, 0.0)
    return credit / total if total else 0.0
