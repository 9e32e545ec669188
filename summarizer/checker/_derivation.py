"""Figures that a memo writer worked out (推算): a sum, a difference, a share, a growth, a mean.

Nothing is derived without a cue in the text (合计, 占, 尚有, 同比, 平均 …), and only from operands
of one unit and one kind that the text itself names, or, where it names fewer than it needs, from
those of the one sentence it speaks of which its words single out. There is no search over all
pairs of figures: that would find a reason for every tenth changed digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise

from summarizer.checker._baselines import baselines
from summarizer.checker._lexicon import (
    AVERAGE_CUE,
    DIFFERENCE_CUE,
    GOAL,
    GROWTH_CUE,
    LAST_YEAR,
    ORIGIN,
    SHARE_CUE,
    SUM_CUE,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._pairs import at_two_times, set_against
from summarizer.checker._passage import within_passage
from summarizer.checker._shares import shares
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._sums import added_up, sums
from summarizer.checker._unknown import EARLIER, NAMED, Unknown
from summarizer.checker._values import Hedge, last_digit, printed_digit
from summarizer.checker._words import grams
from summarizer.types import Quantity, Span

_A_LITTLE = Decimal("2.5")  # points by which a share in round tens may be off
_TENTH = Decimal(10)
_HALF = Decimal(50)
_MOVED = 6  # characters before a figure in which 下降 says that it is a change, and no share
_PARTS_FOLLOW = re.compile(r"[^,;。]{0,12}[,:(]?(?:其中|包括|含)")
_ALL = "100%-"
_TURNED: dict[Hedge, Hedge] = {"over": "under", "near": "over", "under": "over"}
_AT_ALL = 0.15
_THE_REST = re.compile(r"其余|余下|剩余|[尚还仍]有")
_SIDE_BY_SIDE = 30
_ABOUT = re.compile(r"(?:约|近|大概|即|也就是|折合)(?:[为有达]|达到)?$")
_FROM_YEAR = re.compile(r"(?:由|从)(?:\d{4}年|上年|去年)?[^,;。\d]{0,12}$")
_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True, slots=True)
class Derivation:
    """A calculation: how it reads, what it gives, whether the text states just that."""

    formula: str
    result: Decimal
    holds: bool
    spans: tuple[Span, ...]
    unit: str
    year: int | None = None


def derive(unknown: Unknown, hedge: Hedge | None) -> Derivation | None:
    """Work out a figure of the text from the report's figures.

    Returns the calculation that holds, or else the one that the text most plainly claims, or None
    where it claims none.
    """
    tried: Derivation | None = None
    pairs = list(set_against(unknown))
    # A比B多: the two that the text sets against each other, and no other two. Else those that the
    # text names well, and if they do not give it those that it names at all.
    loosely = replace(unknown, named_from=_AT_ALL)
    own = _own_ratio(unknown) if pairs and unknown.quantity.unit == "倍" else ()
    for candidate in (
        chain(pairs, own)
        if pairs
        else chain(added_up(unknown), _candidates(unknown), _candidates(loosely))
    ):
        result = _judged(candidate, unknown, hedge)
        if result.holds:
            return result
        if candidate.claimed:
            tried = tried or result
    for candidate in within_passage(unknown) if not pairs else ():
        result = _judged(candidate, unknown, hedge)
        if result.holds:
            return result
    return tried


def _own_ratio(unknown: Unknown) -> Iterator[Calculation]:
    """Yield how many times the one of two figures of the text is the other: 28.4%, 10.5%的2.7倍."""
    yield from _quotients(unknown)
    rates = [o for o in unknown.before if o.quantity.unit == "%"][-2:]
    if len(rates) > 1:
        high, low = sorted(rates, key=value_of, reverse=True)
        formula = f"{high.quantity.text}/{low.quantity.text}"
        yield Calculation(formula, value_of(high) / value_of(low), spans_of(high, low), ratio=True)


def _judged(candidate: Calculation, unknown: Unknown, hedge: Hedge | None) -> Derivation:
    stated = unknown.quantity
    # 超600亿元、超220亿元,合计超820亿元
    bounded = hedge is not None and stated.value == candidate.result
    return Derivation(
        candidate.formula,
        candidate.result,
        states(stated, candidate.result, hedge, ratio=candidate.ratio)
        or (bounded and hedge == _hedge_of_all(candidate, unknown.index)),
        candidate.spans,
        stated.unit,
        candidate.year,
    )


def _hedge_of_all(candidate: Calculation, index: SourceIndex) -> Hedge | None:
    """Return how a sum of figures that are hedged alike is hedged, or what is left of all."""
    starts = {span.start for span in candidate.spans}
    hedges = {index.hedge(q) for q in index.prose.quantities if q.start in starts}
    hedge = hedges.pop() if len(hedges) == 1 else None
    if candidate.formula.startswith(_ALL):
        return _TURNED.get(hedge) if hedge else None  # 95%以上 leaves 不足5%
    if "+" in candidate.formula and hedges == {None, "over"}:
        return "over"  # 7550套 and 1000套以上
    return hedge if "+" in candidate.formula else None


def states(stated: Quantity, result: Decimal, hedge: Hedge | None, *, ratio: bool) -> bool:
    """Whether a figure states a result, a ratio to its last printed digit, a bound a little off."""
    value = stated.value
    if value is None:
        return False
    gap = abs(value - result)
    if hedge in ("over", "near", "under"):
        ahead = result > value if hedge == "over" else result < value
        if ratio and "成" in stated.text:
            return ahead and gap <= _TENTH / 5  # 不到一成 for 8.85%
        if ratio:
            return ahead and (gap <= abs(value) / 10 or value == _HALF)
        return ahead and gap <= last_digit(stated)
    if hedge == "around":
        tens = ratio and stated.text.endswith(("0%", "0％"))  # 约占30% is not 26.3%
        return gap <= (_A_LITTLE if tens else max(last_digit(stated), printed_digit(stated)) / 2)
    return gap <= printed_digit(stated) / 2 if ratio else gap == 0


def _candidates(unknown: Unknown) -> Iterator[Calculation]:
    yield from at_two_times(unknown)
    yield from baselines(unknown)
    cue, quantity = unknown.cue, unknown.quantity
    if quantity.kind == "percent" and "点" in quantity.unit:
        if DIFFERENCE_CUE.search(cue):
            yield from _differences([o for o in unknown.named if o.quantity.unit == "%"])
    elif quantity.kind == "percent":
        if _THE_REST.search(cue):
            yield from _rest_of_all(unknown)
        if LAST_YEAR.search(cue):
            yield from _year_before(unknown)
        if not GROWTH_CUE.search(cue[-_MOVED:]):
            claimed = bool(SHARE_CUE.search(cue)) or "的" in cue
            for share in shares(unknown):
                yield replace(share, claimed=claimed)
        if GROWTH_CUE.search(cue):
            yield from _growths(unknown)
    elif quantity.kind in ("count", "money", "duration"):
        yield from _amounts(unknown, cue)


def _amounts(unknown: Unknown, cue: str) -> Iterator[Calculation]:
    summed = SUM_CUE.search(cue) and not directions(cue.rpartition("|")[2])  # 共减少113个
    if summed or _PARTS_FOLLOW.match(unknown.text, unknown.quantity.end):
        yield from sums(unknown)
    if LAST_YEAR.search(cue):
        yield from _year_before(unknown)
    if DIFFERENCE_CUE.search(cue) and not unknown.level:
        mine = unknown.of_unit(unknown.named)
        rest = list(_rest_of_several(mine)) if _THE_REST.search(cue) else []
        yield from rest or _differences(mine)
        if len(mine) < 2:
            for number in _homes(unknown, mine):
                found = _neighbours(unknown, mine, number)
                yield from _differences([o for o in found if not unknown.other_way(found)])
    if AVERAGE_CUE.search(unknown.clause) or unknown.quantity.unit == "倍":
        yield from _quotients(unknown)
    yield from _products(unknown)
    if unknown.quantity.unit == "倍" and cue.endswith("的"):
        yield from _times_as_many(unknown)


def _times_as_many(unknown: Unknown) -> Iterator[Calculation]:
    """Yield how many times as many a thing is that grew so many times: 增长2倍 is 3倍."""
    for number in unknown.passages[:2]:
        for growth in unknown.in_sentence(number, ("count", "percent")):
            if growth.quantity.unit == "倍" and GROWTH_CUE.search(growth.mention.lead):
                formula = f"{growth.quantity.text}+1倍"
                yield Calculation(formula, value_of(growth) + 1, spans_of(growth), ratio=True)


def _rest_of_several(operands: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield what is left of the largest when all the others are taken away: 79件,11件…,7件…."""
    whole = max(operands, key=value_of, default=None)
    parts = [o for o in operands if o is not whole]
    if whole is not None and len(parts) > 1:
        rest = value_of(whole) - sum(map(value_of, parts))
        formula = "-".join(o.quantity.text for o in (whole, *parts))
        if rest > 0:
            yield Calculation(formula, rest, spans_of(whole, *parts), ratio=False)


def _rest_of_all(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what is left of all: 95%以上的…,其余占比不足5%."""
    given = [o for o in unknown.before if o.quantity.unit == "%"]
    homes = [n for n in unknown.passages[:1] if not given]
    for rate in given[-1:] or [o for n in homes for o in unknown.in_sentence(n, ("percent",))]:
        if value_of(rate) < HUNDRED and not directions(rate.mention.lead) and unknown.names(rate):
            left = HUNDRED - value_of(rate)
            yield Calculation(f"{_ALL}{rate.quantity.text}", left, spans_of(rate), ratio=True)


def _differences(operands: Sequence[Operand]) -> Iterator[Calculation]:
    ordered = sorted(operands, key=lambda o: o.place)
    for first, second in pairwise(ordered):
        larger, smaller = sorted((first, second), key=value_of, reverse=True)
        yield Calculation(
            f"{larger.quantity.text}-{smaller.quantity.text}",
            value_of(larger) - value_of(smaller),
            spans_of(larger, smaller),
            ratio=False,
        )


def _homes(unknown: Unknown, mine: Sequence[Operand]) -> Sequence[int]:
    """Return the sentences that a difference may be drawn from, likeliest first."""
    return [mine[0].mention.sentence] if mine else unknown.passages[:2]


def _neighbours(unknown: Unknown, mine: Sequence[Operand], sentence: int) -> list[Operand]:
    """Return the figures around a sentence that the text gives or singles out."""
    known = {id(o.mention) for o in mine}
    around = sorted(unknown.index.paragraph(sentence, 1))
    found = [o for n in around for o in unknown.of_unit(_alike(unknown, n))]
    return [o for o in found if id(o.mention) in known or unknown.names(o)]


def _growths(unknown: Unknown) -> Iterator[Calculation]:
    """Yield growths between two figures that are one thing at two times."""
    ordered = unknown.amounts
    pairs = list(pairwise(ordered))
    if len(ordered) == 1:
        pairs = [(ordered[0], o) for o in unknown.in_sentence(ordered[0].mention.sentence)]
    for first, second in pairs:
        if not _at_two_times(unknown, first, second) or not kindred_measures(
            first.quantity.unit, second.quantity.unit
        ):
            continue
        moved = directions(unknown.clause)
        for old, new in ((first, second), (second, first)):
            if EARLIER.search(new.mention.lead) and not EARLIER.search(old.mention.lead):
                continue
            if moved and (moved[-1][2] == "up") is (value_of(new) < value_of(old)):
                continue
            yield Calculation(
                f"({new.quantity.text}-{old.quantity.text})/{old.quantity.text}",
                abs(value_of(new) - value_of(old)) / value_of(old) * HUNDRED,
                spans_of(old, new),
                ratio=True,
            )


def _at_two_times(unknown: Unknown, first: Operand, second: Operand) -> bool:
    """Whether two figures are one thing at two times, by the report's words or by the text's."""
    leads = first.mention.lead, second.mention.lead
    if EARLIER.search("".join(leads)) or (ORIGIN.search(leads[0]) and GOAL.search(leads[1])):
        return True
    texts = [unknown.text[: o.place] for o in (first, second)]
    if _FROM_YEAR.search(texts[0]) and GOAL.search(texts[1]):
        return True  # 由2020年的15件增至24件
    return len({year for text in texts for year in _YEAR.findall(text)[-1:]}) > 1


def _quotients(unknown: Unknown) -> Iterator[Calculation]:
    """Yield so many times, or so much for each: of what the text gives, or names by its words."""
    usable, unit = unknown.amounts, unknown.quantity.unit
    pairs = list(pairwise(usable))
    if unit != "倍" and not any(o.quantity.unit == unit for o in usable):
        pairs = list(_shared_out(unknown, usable))
    for first, second in pairs:
        high, low = sorted((first, second), key=value_of, reverse=True)
        if unit != "倍" and not kindred_measures(high.quantity.unit, unit):
            continue
        yield Calculation(
            f"{high.quantity.text}/{low.quantity.text}",
            value_of(high) / value_of(low),
            spans_of(high, low),
            ratio=True,
        )


def _products(unknown: Unknown) -> Iterator[Calculation]:
    """Yield how many a share of so many is: 项目793个,其中重点产业链占84.4%, about 669个."""
    if not _ABOUT.search(unknown.clause):
        return
    given = [o for o in unknown.before if o.quantity.unit == "%"]
    for whole in unknown.of_unit(unknown.before)[-1:]:
        for share in unknown.in_sentence(whole.mention.sentence, ("percent",)):
            told = any(o.mention is share.mention for o in given)
            told = told and not directions(share.mention.lead)
            if told or (SHARE_CUE.search(share.mention.lead) and unknown.names(share)):
                yield Calculation(
                    f"{whole.quantity.text}×{share.quantity.text}",
                    (value_of(whole) * value_of(share) / HUNDRED).to_integral_value(),
                    spans_of(whole, share),
                    ratio=False,
                    claimed=False,
                )


def _shared_out(unknown: Unknown, usable: Sequence[Operand]) -> Iterator[tuple[Operand, Operand]]:
    """Yield an amount that the text does not give, and among how many it is shared out."""
    known = usable[-1:]
    number = known[0].mention.sentence if known else next(iter(unknown.passages), -1)
    found = unknown.in_sentence(number)
    among = known or [o for o in found if o.quantity.kind == "count" and unknown.names(o)]
    for amount in unknown.of_unit(found):
        near = [o for o in among if o.mention is not amount.mention]
        nearest = min(near, key=lambda o: abs(o.place - amount.place), default=None)
        if nearest is None:
            continue
        if unknown.names(amount) if known else _next_to(nearest, amount):
            yield amount, nearest


def _next_to(one: Operand, other: Operand) -> bool:
    """Whether two figures stand in one clause: 为6107名新生发放资助金5637.2万元."""
    first, second = sorted((one.mention.quantity, other.mention.quantity), key=lambda q: q.start)
    same = one.mention.clause == other.mention.clause
    return same and second.start - first.end <= _SIDE_BY_SIDE


def _year_before(unknown: Unknown) -> Iterator[Calculation]:
    """Yield last year's figure where the report gives this year's and the change: 64家,增加19家."""
    for number in unknown.passages[:2]:
        for now, change in pairwise(_alike(unknown, number)):
            moved = directions(change.mention.lead)
            if not moved or not re.search(r"[比较](?:上年|去年)|同比", change.mention.lead):
                continue
            if unknown.index.coverage(grams(now.mention.lead), unknown.ours.wide) < NAMED:
                continue
            up = moved[-1][2] == "up"
            result = value_of(now) - value_of(change) if up else value_of(now) + value_of(change)
            formula = f"{now.quantity.text}{'-' if up else '+'}{change.quantity.text}"
            yield Calculation(formula, result, spans_of(now, change), ratio=False)


def _alike(unknown: Unknown, number: int) -> list[Operand]:
    """Return the figures of a sentence that one may be worked out from; points go with percents."""
    kind = unknown.quantity.kind
    found = unknown.in_sentence(number, (kind,))
    return found if kind == "percent" else unknown.of_unit(found)
