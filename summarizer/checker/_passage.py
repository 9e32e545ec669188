"""Figures worked out from one sentence of the report whose operands the text does not name.

The last resort: 尚有7个问题没有整改 says neither how many were found nor how many mended. It is
tried only where a word at the figure says that it was worked out, where the text gives fewer than
two operands itself, and only from the sentences that the text speaks of, if they do not print the
figure. The fewer digits the figure has, the fewer results there may be: then a changed digit
hardly meets one of them by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations, product

from summarizer.checker._complements import complements
from summarizer.checker._lexicon import (
    AVERAGE_CUE,
    DIFFERENCE_CUE,
    GROWTH_CUE,
    SHARE_CUE,
    kindred_measures,
    same_measure,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._shares import share_of_both
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._sums import sum_up
from summarizer.checker._unknown import AMOUNTS, Unknown
from summarizer.checker._values import significant_digits
from summarizer.checker._words import grams

_KINDS = (*AMOUNTS, "duration")
_PASSAGES, _FIGURES = 2, 6
_MOST_TERMS = 4
_WHOLE_LIST = 2
_AT_THE_FIGURE = 6
# How many results there may be for a figure of one digit, of two, of three and more.
_RESULTS = (3, 6, 15)
_SHARED_OUT = re.compile(r"占|均")
_TOGETHER = re.compile(r"合计|总计|加起来|两项|两者")
_FOR_EACH = re.compile(r"每一?([人名位户家件宗起场次])|([人户])均")
_EACH_TIME = re.compile(r"平均每个?(年|季度?|月)|(?<![0-9])(年|月)均")
_SPAN = re.compile(r"(?<![一二三四五六七八九十])([两二三四五六七八九十])年|十[一二三四五]五")
_NUMERALS = dict(zip("两二三四五六七八九十", map(Decimal, (2, *range(2, 11))), strict=True))
_IN_A_YEAR = {"月": Decimal(12), "季": Decimal(4), "季度": Decimal(4)}
_ABOUT = re.compile(r"(?:约|近|大概)[为有达]?$")
_PART_OF_YEAR = re.compile(r"[上下]半年|季度|月")
_SHARE_OF = re.compile(r"其中|占比?|比重|比例|[的为]")
_NAMED_BY = 2  # characters of what a share is of that the text must name
_HALF_YEAR = re.compile(r"[上下]半年")
_BEHIND = 16  # characters behind a figure in which two kinds of things may be named
_TWO_KINDS = re.compile(r"[^,;。、和与及的\d]{1,8}[和与及][^,;。\d]{2}")  # 54个县(区)和市直单位
_AMONG = re.compile(r"[和与及、].*[中里内],?[^,]*占")
_SUM = re.compile(r"合计|总计|加起来|之和|相加|一共|总共|[两三][者项]|(?:、|和|与|及|或).*共")


def within_passage(unknown: Unknown) -> Iterator[Calculation]:
    """Yield what the figure may come to, from the figures of one sentence each."""
    if len(_given(unknown)) > 1 or unknown.level:
        return
    homes = [o.mention.sentence for o in unknown.named]
    numbers = list(dict.fromkeys([*homes, *unknown.passages[:_PASSAGES]]))[: _PASSAGES + 1]
    for ways in (complements, _part_by_share, _from_sentence, _parts_of_two, _from_the_whole):
        found = [c for n in numbers for c in ways(unknown, n)]
        digits = significant_digits(unknown.quantity)
        if digits and len({c.result for c in found}) <= _RESULTS[min(digits, len(_RESULTS)) - 1]:
            yield from found
        elif digits and ways is _from_sentence:
            yield from (c for n in numbers[:1] for c in _from_clause(unknown, n))


def _given(unknown: Unknown) -> list[Operand]:
    """Return the operands that the text itself gives."""
    if "点" in unknown.quantity.unit:
        return [o for o in unknown.named if o.quantity.unit == "%"]
    if unknown.quantity.kind == "percent":
        return unknown.amounts
    return unknown.of_unit(unknown.named)


def _from_sentence(unknown: Unknown, number: int) -> Iterator[Calculation]:
    quantity, cue = unknown.quantity, unknown.cue
    kind = quantity.kind
    if any(o.quantity.value == quantity.value for o in unknown.in_sentence(number, (kind,))):
        return
    if "点" in quantity.unit:
        rates = [o for o in unknown.in_sentence(number, ("percent",)) if o.quantity.unit == "%"]
        yield from _differences(unknown, rates if DIFFERENCE_CUE.search(cue) else [])
        return
    yield from _from_figures(unknown, unknown.in_sentence(number, _KINDS))


def _from_clause(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield results from the one clause of a sentence that the text speaks of, if it has two."""
    figures = unknown.in_sentence(number, _KINDS)
    clauses: dict[str, list[Operand]] = {}
    for operand in unknown.of_unit(figures):
        clauses.setdefault(operand.mention.clause, []).append(operand)
    pairs = {clause: found for clause, found in clauses.items() if len(found) == _WHOLE_LIST}
    index, words = unknown.index, unknown.ours.wide
    best = max(pairs, key=lambda clause: index.coverage(words, grams(clause)), default=None)
    if best is not None:
        yield from _from_figures(unknown, pairs[best])


def _from_the_whole(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield results from what a semicolon parts in two: 律师168名;全年办理案件6218件."""
    index, value = unknown.index, unknown.quantity.value
    telling = significant_digits(unknown.quantity) >= len(_RESULTS)
    if not _SHARED_OUT.search(unknown.cue) and not (telling and _TOGETHER.search(unknown.cue)):
        return
    around = [n for n in (number - 1, number + 1) if _one_sentence(index, n, number)]
    for other in around:
        found = [*unknown.in_sentence(number, _KINDS), *unknown.in_sentence(other, _KINDS)]
        if all(o.quantity.value != value for o in found):
            yield from _from_figures(unknown, sorted(found, key=lambda o: o.place))


def _one_sentence(index: SourceIndex, *numbers: int) -> bool:
    """Whether two neighbours are parts of one sentence, a semicolon between them."""
    sentences, (first, second) = index.prose.sentences, sorted(numbers)
    if first < 0 or second >= len(sentences):
        return False
    return ";" in index.text[sentences[first][1] - 1 : sentences[second][0]]


def _from_figures(unknown: Unknown, figures: Sequence[Operand]) -> Iterator[Calculation]:
    quantity, cue = unknown.quantity, unknown.cue
    kind = quantity.kind
    found = _likeliest(unknown, figures)
    if kind == "percent":
        if SHARE_CUE.search(cue) and not GROWTH_CUE.search(cue[-_AT_THE_FIGURE:]):
            yield from _shares(found)
        return
    alike = unknown.of_unit_or_alike(found)
    if "共" in cue and (len(alike) > _WHOLE_LIST or _two_halves(alike)):
        yield sum_up(alike)  # of all that the sentence lists there is one sum
    behind = unknown.text[quantity.end : quantity.end + _BEHIND]
    if _SUM.search(cue) or _TWO_KINDS.match(behind):
        for terms in range(2, _MOST_TERMS + 1):
            for first in range(len(alike) - terms + 1):
                yield sum_up(alike[first : first + terms])
    halves = _HALF_YEAR.search(cue) and any(_HALF_YEAR.search(o.mention.lead) for o in alike)
    if DIFFERENCE_CUE.search(cue) or halves:
        yield from _differences(unknown, alike)
    if AVERAGE_CUE.search(cue) or quantity.unit == "倍":
        yield from _over_time(unknown, alike)
        yield from _quotients(unknown, found)


def _two_halves(found: Sequence[Operand]) -> bool:
    """Whether two figures are of one year's two halves: 上半年96场,下半年122场."""
    return len(found) == _WHOLE_LIST and all(
        half in o.mention.lead for half, o in zip(("上半年", "下半年"), found, strict=True)
    )


def _parts_of_two(unknown: Unknown, number: int) -> Iterator[Calculation]:
    if unknown.quantity.unit == "%" and _AMONG.search(unknown.said_before):
        yield from _shares_of_two(unknown, _likeliest(unknown, unknown.in_sentence(number)))


def _likeliest(unknown: Unknown, found: Sequence[Operand]) -> list[Operand]:
    """Return the few figures whose words the text has most of, in the report's order."""
    index, words = unknown.index, unknown.ours.wide
    likely = sorted(found, key=lambda o: -index.coverage(o.mention.local_grams, words))
    return sorted(likely[:_FIGURES], key=lambda o: o.place)


def _differences(unknown: Unknown, found: Sequence[Operand]) -> Iterator[Calculation]:
    for pair in combinations(found, 2):
        if unknown.other_way(pair):
            continue
        high, low = sorted(pair, key=value_of, reverse=True)
        formula = f"{high.quantity.text}-{low.quantity.text}"
        yield Calculation(formula, value_of(high) - value_of(low), spans_of(*pair), ratio=False)


def _shares(found: Sequence[Operand]) -> Iterator[Calculation]:
    for part, whole in permutations(found, 2):
        kindred = kindred_measures(part.quantity.unit, whole.quantity.unit)
        if kindred and value_of(part) < value_of(whole):
            share = value_of(part) / value_of(whole) * HUNDRED
            formula = f"{part.quantity.text}/{whole.quantity.text}"
            yield Calculation(formula, share, spans_of(part, whole), ratio=True)


def _shares_of_two(unknown: Unknown, found: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield the shares of two neighbours in what they are together: 现场述法8人、书面述法50人."""
    for pair in pairwise(found):
        if not kindred_measures(pair[0].quantity.unit, pair[1].quantity.unit):
            continue
        if not all(map(unknown.names, pair)):
            continue
        yield from (share_of_both(part, pair) for part in pair)


def _part_by_share(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield the part that a share is of a whole: 外资7.8亿美元,其中制造业占比62%."""
    if not _ABOUT.search(unknown.clause) or not SHARE_CUE.search(unknown.text):
        return
    wholes = unknown.of_unit(unknown.in_sentence(number))
    for whole, share in product(wholes, unknown.in_sentence(number, ("percent",))):
        name = _SHARE_OF.sub("", share.mention.lead).strip("|")[-_NAMED_BY:]
        if share.quantity.unit == "%" and name and name in unknown.clause:
            formula = f"{whole.quantity.text}×{share.quantity.text}"
            part = value_of(whole) * value_of(share) / HUNDRED
            yield Calculation(formula, part, spans_of(whole, share), ratio=True)


def _over_time(unknown: Unknown, found: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield means of a time: of five years' figure the one a year, of a year's the one a month."""
    said = unknown.said_before
    each = _EACH_TIME.search(unknown.cue)
    if each is None:
        return
    times = _IN_A_YEAR.get(each[1] or each[2])
    if times is not None and any(_PART_OF_YEAR.search(o.mention.clause) for o in found):
        return  # 上半年's figure is not twelve months'
    if times is None and (span := _SPAN.search(said)):
        times = _NUMERALS[span[1] or "五"]
    if times is None:
        return
    for operand in found:
        formula = f"{operand.quantity.text}/{times}"
        yield Calculation(formula, value_of(operand) / times, spans_of(operand), ratio=True)


def _quotients(unknown: Unknown, found: Sequence[Operand]) -> Iterator[Calculation]:
    unit, each = unknown.quantity.unit, _FOR_EACH.search(unknown.cue)
    for amount, among in permutations(found, 2):
        if each and not kindred_measures(among.quantity.unit, each[1] or each[2]):
            continue
        kindred = kindred_measures(amount.quantity.unit, among.quantity.unit)
        if kindred if unit == "倍" else same_measure(amount.quantity.unit, unit):
            formula = f"{amount.quantity.text}/{among.quantity.text}"
            quotient = value_of(amount) / value_of(among)
            yield Calculation(formula, quotient, spans_of(amount, among), ratio=True)
