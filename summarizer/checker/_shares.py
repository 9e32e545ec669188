"""Shares (占比): which part of which whole, each named by its value or by its words.

The part is the figure named last, or the sum of those that 两者合计 takes together, or what the
words before 占 name; the whole is another figure of the text, what the words behind 占 name, or,
where they name none (占总数的, 占全市的), the figure of the part's own sentence that it is part of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from summarizer.checker._lexicon import NAMES_SIGN, SUM_CUE, kindred_measures
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._sums import each_named, sum_up
from summarizer.checker._unknown import Unknown, wanted_by
from summarizer.checker._words import Grams, grams
from summarizer.types import Quantity

_TOGETHER = re.compile(r"合计|(?<!公)共|两者|二者|之和|加起来")
_HOW_MUCH = r"(?:大?约|近|仅|只|超过?|接近|将近|不到|不足|[了到达为])*"
_BEFORE_SHARE, _BEHIND_SHARE = (
    re.compile(rf"{_HOW_MUCH}$"),
    re.compile(rf"(?:的|之|比重|比例|份额)*{_HOW_MUCH}$"),
)
_MARKED = 12  # characters at the end of a phrase in which it says how much
# 总数, 全市: the whole of whatever the part is a part of.
_ALL = re.compile(r"总[数量额体]|全部|全[国省市区县]|整体|其|该|所有|的|数$")
_PART = grams("部分") | grams("占比")
_A_PAIR = 2
_TWO_AMONG = re.compile(r"\d[^,;。]*[和与及、][^,;。]*[中里],[^,;。]*占")
_METRIC = 8  # characters before a figure in which what it measures is named
_WHOLES = 2
_PARAGRAPH = 4  # sentences around a part in which its whole may stand
_SO_CALLED = 0.8


def shares(unknown: Unknown) -> Iterator[Calculation]:
    """Yield the shares that the text may have worked its percentage out as, likeliest first."""
    usable = unknown.amounts
    pairs = [
        (a, b)
        for a in usable
        for b in usable
        if value_of(a) < value_of(b) and kindred_measures(a.quantity.unit, b.quantity.unit)
    ]
    if _TOGETHER.search(unknown.text) and len(usable) >= 3:
        yield from _joint(usable)
    else:
        # The figures nearest before the share are the ones it is a share of.
        at = unknown.quantity.start
        pairs.sort(key=lambda p: abs(p[0].place - at) + abs(p[1].place - at))
        for part, whole in pairs[:3]:
            yield _share([part], whole)
        if len(usable) == _A_PAIR and _TWO_AMONG.search(unknown.said_before):
            for part in usable:
                yield share_of_both(part, usable)
        if not pairs:
            yield from _beside_the_named(unknown, usable)
    if pairs and "率" in unknown.cue:  # 1057件,尚有26件未办结,办结率97.5%
        for share in _beside_the_named(unknown, usable):
            yield replace(share, claimed=False)
    yield from _by_name(unknown, usable)


def _share(parts: Sequence[Operand], whole: Operand) -> Calculation:
    part = sum_up(parts)
    formula = part.formula if len(parts) == 1 else f"({part.formula})"
    return Calculation(
        f"{formula}/{whole.quantity.text}",
        part.result / value_of(whole) * HUNDRED,
        spans_of(*parts, whole),
        ratio=True,
    )


def share_of_both(part: Operand, both: Sequence[Operand]) -> Calculation:
    """Return the share of one of two in what they are together: 129个乡镇和40个街道中,街道占."""
    whole = sum_up(both)
    formula = f"{part.quantity.text}/({whole.formula})"
    share = value_of(part) / whole.result * HUNDRED
    return Calculation(formula, share, whole.spans, ratio=True)


def _joint(usable: Sequence[Operand]) -> Iterator[Calculation]:
    whole = max(usable, key=value_of)
    parts = [o for o in usable if o is not whole and _kindred(o, whole)][:2]
    if parts:
        yield _share(parts, whole)


def _kindred(one: Operand, other: Operand) -> bool:
    return kindred_measures(one.quantity.unit, other.quantity.unit)


def _beside_the_named(unknown: Unknown, usable: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield shares where the text gives one value or none: the other stands in its sentence."""
    for known in usable[-2:]:
        for other in unknown.in_sentence(known.mention.sentence):
            if other.mention is known.mention or not _kindred(known, other):
                continue
            low, high = sorted((known, other), key=value_of)
            if value_of(low) < value_of(high) and unknown.names(other):
                yield _share([low], high)
    if usable:
        return
    for number in unknown.passages[:2]:
        found = [o for o in unknown.in_sentence(number) if unknown.names(o)]
        whole = max(found, key=value_of, default=None)
        for part in found:
            if whole and _kindred(part, whole) and value_of(part) < value_of(whole):
                yield _share([part], whole)


def _by_name(unknown: Unknown, usable: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield shares whose part or whole the text calls by words alone: 约占全市的."""
    part, sign, behind = unknown.clause.rpartition("占")
    if not sign:
        return
    before = [o for o in usable if o.place < unknown.quantity.start - len(behind)]
    part = _without_end(part, _BEFORE_SHARE)
    said = _without_end(re.sub(rf"^{_HOW_MUCH}", "", behind), _BEHIND_SHARE)
    whole = _ALL.sub("", said) or _among(unknown)
    for parts in filter(None, _parts(unknown, before, part)):
        total = sum(map(value_of, parts), Decimal(0))
        for operand in _wholes(unknown, parts, whole, total)[:_WHOLES]:
            yield _share(parts, operand)


def _without_end(phrase: str, end: re.Pattern[str]) -> str:
    """Return a phrase without what its last characters say of how much: 全部的约."""
    return phrase[:-_MARKED] + end.sub("", phrase[-_MARKED:], count=1)


def _among(unknown: Unknown) -> str:
    """Return what a clause before says the share is of: 审结的案件中,调解案件占."""
    *_, before, _ = ["", *re.split("[,;:。]", unknown.said_before)]
    return _ALL.sub("", before[:-1]) if before.endswith(("中", "里", "内")) else ""


def _parts(unknown: Unknown, before: Sequence[Operand], phrase: str) -> Iterator[Sequence[Operand]]:
    """Yield what may be the part, or parts, likeliest first."""
    opening = unknown.quantity.start - len(unknown.clause)
    if grams(phrase) and all(o.place < opening for o in before):
        for _, operand in unknown.called(wanted_by(phrase), may=_is_amount)[:1]:
            yield [operand]  # 通办9846件中,从业资格证占62.2%
    if before:
        words = grams(phrase)
        named = [o for o in before if words and words <= grams(o.mention.lead) | _PART]
        if named:
            yield named[-1:]
            return
        together = _TOGETHER.search(phrase) and len(before) > 1
        pair = [o for o in before[-2:] if _kindred(o, before[-1])]
        yield pair if together else before[-1:]
        return
    listed = _TOGETHER.split(phrase, maxsplit=1)
    items = [item for item in NAMES_SIGN.split(listed[0]) if grams(item)]
    if len(listed) > 1 and len(items) > 1:
        yield each_named(items, unknown, grams(listed[1]), _is_amount)
        return
    said = phrase if grams(phrase) else f"{unknown.ours.previous}|{phrase}"
    for _, operand in unknown.called(wanted_by(said), may=_is_amount)[:_WHOLES]:
        yield [operand]


def _wholes(
    unknown: Unknown, parts: Sequence[Operand], phrase: str, total: Decimal
) -> list[Operand]:
    """Return what may be the whole of the parts, likeliest first."""
    last = parts[-1]
    if grams(phrase):
        wanted = wanted_by(phrase)
    else:  # 占全市的: the same metric, of more
        larger = _larger_before(unknown, last, total)
        if larger:
            return larger
        said = SUM_CUE.sub("", unknown.text[: last.place])[-_METRIC:]
        wanted = wanted_by(said)
    shared = grams(last.mention.lead) | unknown.ours.wide
    called = unknown.called(wanted, shared, may=_more_of(last, total))
    near = _called_alike(unknown, last, total, wanted.words)
    return near or [o for _, o in called] or _larger_before(unknown, last, total)


def _called_alike(unknown: Unknown, part: Operand, total: Decimal, words: Grams) -> list[Operand]:
    """Return the larger figures of a part's paragraph that are called just so: 审结903件."""
    index = unknown.index
    found = []
    for number in sorted(index.paragraph(part.mention.sentence, _PARAGRAPH)):
        for operand in unknown.in_sentence(number):
            lead = operand.mention.lead_grams
            alike = max(index.coverage(lead, words), index.coverage(words, lead))
            if lead and alike >= _SO_CALLED and _more_of(part, total)(operand.quantity):
                found.append((alike, operand))
    return [o for _, o in sorted(found, key=lambda pair: -pair[0])]


def _larger_before(unknown: Unknown, part: Operand, total: Decimal) -> list[Operand]:
    """Return the larger figures before a part in its sentence, nearest first."""
    at = part.mention.quantity.start
    own = [o for o in unknown.in_sentence(part.mention.sentence) if o.mention.quantity.start < at]
    return [o for o in reversed(own) if _kindred(o, part) and value_of(o) > total]


def _is_amount(quantity: Quantity) -> bool:
    return quantity.kind in ("count", "money")


def _more_of(part: Operand, total: Decimal) -> Callable[[Quantity], bool]:
    unit = part.quantity.unit
    return lambda q: kindred_measures(q.unit, unit) and q.value is not None and q.value > total
