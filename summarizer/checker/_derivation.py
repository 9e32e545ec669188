"""Figures that a memo writer worked out (推算): a sum, a difference, a share, a growth, a mean.

Nothing is derived without a cue in the text (合计, 占, 尚有, 同比, 平均 …), and only from operands
of one unit and one kind that the text itself names, or, where it names fewer than it needs, from
those of the one sentence it speaks of which its words single out. There is no search over all
pairs of figures: that would find a reason for every tenth changed digit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise

from summarizer.checker._anatomy import Mention, grams
from summarizer.checker._lexicon import (
    AVERAGE_CUE,
    DIFFERENCE_CUE,
    GOAL,
    GROWTH_CUE,
    LAST_YEAR,
    ORIGIN,
    SHARE_CUE,
    SUM_CUE,
    TIMES_CUE,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._pairs import added_up, at_two_times, set_against
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._values import Hedge, last_digit, printed_digit
from summarizer.types import Quantity, Span

_HALF = Decimal(50)
_MOVED = 6  # characters before a figure in which 下降 says that it is a change, and no share
_REACH = 16  # characters around a figure in which its cue must stand
_PARTS_FOLLOW = re.compile(r"[^,;。]{0,12}[,:(]?(?:其中|包括|含)")
_EARLIER = re.compile(r"同期|上年|去年|上一年|\|年")
_NAMED = 0.45  # the share of an operand's own words that the text must hold
_SAID = 0.9  # or the share of the words at our figure that must stand at the operand


@dataclass(frozen=True, slots=True)
class Derivation:
    """A calculation: how it reads, what it gives, whether the text states just that."""

    formula: str
    result: Decimal
    holds: bool
    spans: tuple[Span, ...]
    unit: str
    year: int | None = None


def derive(
    ours: Mention,
    hedge: Hedge | None,
    text: str,
    named: Sequence[Operand],
    passages: Sequence[int],
    index: SourceIndex,
    allowed: Collection[int] | None = None,
) -> Derivation | None:
    """Work out the figure `ours` of folded `text` from the report's figures.

    `named` are the figures of the same text that the report supports, `passages` the sentences
    that it speaks of, `allowed` those that it may rest on (None: all). Returns the calculation
    that holds, or else the one that the text most plainly claims, or None where it claims none.
    """
    tried: Derivation | None = None
    pairs = list(set_against(ours, text, named, passages, index, allowed))
    # A比B多: the two that the text sets against each other, and no other two.
    others = chain(
        added_up(ours, text, passages, index, allowed),
        _candidates(ours, text, named, passages, index),
    )
    for candidate in pairs or others:
        result = _judged(candidate, ours.quantity, hedge)
        if result.holds:
            return result
        if candidate.claimed:
            tried = tried or result
    return tried


def _judged(candidate: Calculation, stated: Quantity, hedge: Hedge | None) -> Derivation:
    return Derivation(
        candidate.formula,
        candidate.result,
        _states(stated, candidate.result, hedge, ratio=candidate.ratio),
        candidate.spans,
        stated.unit,
        candidate.year,
    )


def _states(stated: Quantity, result: Decimal, hedge: Hedge | None, *, ratio: bool) -> bool:
    value = stated.value
    if value is None:
        return False
    gap = abs(value - result)
    if hedge in ("over", "near", "under"):
        ahead = result > value if hedge == "over" else result < value
        if ratio:
            return ahead and (gap <= abs(value) / 10 or value == _HALF)
        return ahead and gap <= last_digit(stated)
    if hedge == "around":
        return gap <= max(last_digit(stated), printed_digit(stated)) / 2
    return gap <= printed_digit(stated) / 2 if ratio else gap == 0


def _cue_text(ours: Mention, text: str) -> str:
    start, end = ours.quantity.start, ours.quantity.end
    left = re.split(r"[,;:。()]", text[max(0, start - _REACH) : start])[-1]
    right = re.split(r"[,;。]", text[end : end + 8])[0]
    return f"{right}|{left}"


def _candidates(
    ours: Mention, text: str, named: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> Iterator[Calculation]:
    yield from at_two_times(ours, text, named, passages, index)
    cue = _cue_text(ours, text)
    kind = ours.quantity.kind
    if kind == "percent" and "点" in ours.quantity.unit:
        if DIFFERENCE_CUE.search(cue):
            yield from _differences([o for o in named if o.quantity.unit == "%"])
    elif kind == "percent":
        if LAST_YEAR.search(cue):
            yield from _year_before(ours, passages, index)
        if not GROWTH_CUE.search(cue[-_MOVED:]):
            claimed = bool(SHARE_CUE.search(cue)) or "的" in cue
            for share in _shares(ours, text, named, passages, index):
                yield replace(share, claimed=claimed)
        if GROWTH_CUE.search(cue):
            yield from _growths(named, index)
    elif kind in ("count", "money", "duration"):
        yield from _amounts(ours, text, cue, named, passages, index)


def _amounts(
    ours: Mention,
    text: str,
    cue: str,
    named: Sequence[Operand],
    passages: Sequence[int],
    index: SourceIndex,
) -> Iterator[Calculation]:
    mine = _of_unit(ours, named)
    summed = SUM_CUE.search(cue) and not directions(cue.rpartition("|")[2])  # 共减少113个
    if summed or _PARTS_FOLLOW.match(text, ours.quantity.end):
        yield from _sums(ours, mine)
        if len(mine) < 2:
            yield from _sums(ours, _singled_out(ours, passages, index))
    if LAST_YEAR.search(cue):
        yield from _year_before(ours, passages, index)
    if DIFFERENCE_CUE.search(cue):
        yield from _differences(mine)
        if len(mine) < 2:
            yield from _differences(_neighbours(ours, mine, passages, index))
    if AVERAGE_CUE.search(cue) or TIMES_CUE.search(cue):
        yield from _quotients(ours, named)


def _of_unit(ours: Mention, operands: Sequence[Operand]) -> list[Operand]:
    return [
        o
        for o in operands
        if o.quantity.kind == ours.quantity.kind
        and o.quantity.value is not None
        and kindred_measures(o.quantity.unit, ours.quantity.unit)
    ]


def _sums(ours: Mention, operands: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield sums of neighbouring operands: all behind the total, or all before it."""
    ordered = sorted(operands, key=lambda o: o.place)
    at = ours.quantity.start
    after = [o for o in ordered if o.place > at]
    before = [o for o in ordered if o.place < at]
    runs = [before[-n:] for n in range(2, len(before) + 1)]
    runs += [after[:n] for n in range(2, len(after) + 1)]
    for run in sorted(runs, key=len, reverse=True):
        total = sum((value_of(o) for o in run), Decimal(0))
        yield Calculation(
            "+".join(o.quantity.text for o in run), total, spans_of(*run), ratio=False
        )


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


def _shares(
    ours: Mention, text: str, named: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> Iterator[Calculation]:
    usable = [o for o in named if o.quantity.kind != "percent" and o.quantity.value]
    pairs = [
        (a, b)
        for a in usable
        for b in usable
        if value_of(a) < value_of(b) and kindred_measures(a.quantity.unit, b.quantity.unit)
    ]
    together = re.search(r"合计|共|两者|二者|之和|加起来", text)
    if together and len(usable) >= 3:
        yield from _joint_shares(usable)
        return
    # The figures nearest before the share are the ones it is a share of.
    pairs.sort(
        key=lambda p: abs(p[0].place - ours.quantity.start) + abs(p[1].place - ours.quantity.start)
    )
    for part, whole in pairs[:3]:
        yield _share(part, whole)
    if not pairs:
        yield from _unnamed_shares(ours, usable, passages, index)


def _share(part: Operand, whole: Operand) -> Calculation:
    return Calculation(
        f"{part.quantity.text}/{whole.quantity.text}",
        value_of(part) / value_of(whole) * HUNDRED,
        spans_of(part, whole),
        ratio=True,
    )


def _joint_shares(usable: Sequence[Operand]) -> Iterator[Calculation]:
    whole = max(usable, key=value_of)
    parts = [o for o in usable if o is not whole][:2]
    total = sum((value_of(o) for o in parts), Decimal(0))
    yield Calculation(
        f"({'+'.join(o.quantity.text for o in parts)})/{whole.quantity.text}",
        total / value_of(whole) * HUNDRED,
        spans_of(*parts, whole),
        ratio=True,
    )


def _unnamed_shares(
    ours: Mention, usable: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> Iterator[Calculation]:
    """Yield shares where the text names one operand or none: the other by its words."""
    for known in usable[-2:]:
        for other in _in_sentence(known.mention.sentence, index):
            if other.mention is known.mention:
                continue
            if not kindred_measures(other.quantity.unit, known.quantity.unit):
                continue
            low, high = sorted((known, other), key=value_of)
            if value_of(low) < value_of(high) and _names(ours, other, index):
                yield _share(low, high)
    if usable:
        return
    for number in passages[:1]:
        found = [o for o in _in_sentence(number, index) if _names(ours, o, index)]
        for first, second in pairwise(found):
            if kindred_measures(first.quantity.unit, second.quantity.unit):
                low, high = sorted((first, second), key=value_of)
                if value_of(low) < value_of(high):
                    yield _share(low, high)


def _growths(named: Sequence[Operand], index: SourceIndex) -> Iterator[Calculation]:
    """Yield growths between two figures that are one thing at two times."""
    ordered = [o for o in named if o.quantity.kind != "percent" and o.quantity.value]
    pairs = list(pairwise(ordered))
    if len(ordered) == 1:
        pairs = [(ordered[0], o) for o in _in_sentence(ordered[0].mention.sentence, index)]
    for first, second in pairs:
        two_times = _EARLIER.search(first.mention.lead + second.mention.lead) or (
            ORIGIN.search(first.mention.lead) and GOAL.search(second.mention.lead)
        )
        if not two_times or not kindred_measures(first.quantity.unit, second.quantity.unit):
            continue
        for old, new in ((first, second), (second, first)):
            yield Calculation(
                f"({new.quantity.text}-{old.quantity.text})/{old.quantity.text}",
                abs(value_of(new) - value_of(old)) / value_of(old) * HUNDRED,
                spans_of(old, new),
                ratio=True,
            )


def _quotients(ours: Mention, named: Sequence[Operand]) -> Iterator[Calculation]:
    usable = [o for o in named if o.quantity.kind != "percent" and o.quantity.value]
    for first, second in pairwise(usable):
        high, low = sorted((first, second), key=value_of, reverse=True)
        units = {ours.quantity.unit, high.quantity.unit}
        if ours.quantity.unit != "倍" and len(units) > 1:
            continue
        yield Calculation(
            f"{high.quantity.text}/{low.quantity.text}",
            value_of(high) / value_of(low),
            spans_of(high, low),
            ratio=True,
        )


def _in_sentence(
    number: int, index: SourceIndex, kinds: Sequence[str] = ("count", "money")
) -> list[Operand]:
    return [
        Operand(m.quantity, m, m.quantity.start)
        for m in index.by_sentence.get(number, ())
        if m.quantity.kind in kinds and m.quantity.value
    ]


def _names(ours: Mention, operand: Operand, index: SourceIndex) -> bool:
    """Whether the text's words single this figure of the report out."""
    if _EARLIER.search(operand.mention.lead):
        return bool(_EARLIER.search(ours.lead + ours.previous))
    own = grams(operand.mention.lead[-8:]) | grams(operand.mention.tail[:8])
    if index.coverage(own, ours.wide) >= _NAMED:
        return True
    # 废止近三成: the few words that stand at our figure stand at this one.
    return len(ours.local_grams) > 2 and index.coverage(ours.local_grams, own) >= _SAID


def _singled_out(ours: Mention, passages: Sequence[int], index: SourceIndex) -> list[Operand]:
    """Return the figures of the sentence spoken of which the text names without their value."""
    for number in passages[:2]:
        found = [o for o in _of_unit(ours, _in_sentence(number, index)) if _names(ours, o, index)]
        if len(found) > 1:
            # They stand before the total, whatever their place in the report.
            return [Operand(o.quantity, o.mention, i - len(found)) for i, o in enumerate(found)]
    return []


def _neighbours(
    ours: Mention, mine: Sequence[Operand], passages: Sequence[int], index: SourceIndex
) -> list[Operand]:
    if mine:
        sentence = mine[0].mention.sentence
    elif passages:
        sentence = passages[0]
    else:
        return []
    known = {id(o.mention) for o in mine}
    found = _of_unit(ours, _in_sentence(sentence, index))
    return [o for o in found if id(o.mention) in known or _names(ours, o, index)]


def _alike(ours: Mention, number: int, index: SourceIndex) -> list[Operand]:
    """Return the figures of a sentence that one may be worked out from; points go with percents."""
    kind = ours.quantity.kind
    found = _in_sentence(number, index, (kind,))
    return found if kind == "percent" else _of_unit(ours, found)


def _year_before(
    ours: Mention, passages: Sequence[int], index: SourceIndex
) -> Iterator[Calculation]:
    """Yield last year's figure where the report gives this year's and the change: 64家,增加19家."""
    for number in passages[:2]:
        for now, change in pairwise(_alike(ours, number, index)):
            moved = directions(change.mention.lead)
            if not moved or not re.search(r"[比较](?:上年|去年)", change.mention.lead):
                continue
            if index.coverage(grams(now.mention.lead), ours.wide) < _NAMED:
                continue
            up = moved[-1][2] == "up"
            result = value_of(now) - value_of(change) if up else value_of(now) + value_of(change)
            formula = f"{now.quantity.text}{'-' if up else '+'}{change.quantity.text}"
            yield Calculation(formula, result, spans_of(now, change), ratio=False)
