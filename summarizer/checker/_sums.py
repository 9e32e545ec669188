"""Sums (合计) of figures that the text gives, or that it names by their words: A、B和C共计."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from summarizer.checker._leads import names_of
from summarizer.checker._lexicon import NAMES_SIGN, kindred_measures
from summarizer.checker._operands import Calculation, Operand, spans_of, value_of
from summarizer.checker._pairs import best_two
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._unknown import Unknown, wanted_by
from summarizer.checker._words import Grams, grams
from summarizer.types import Quantity

_EACH = re.compile(r"([^,;:。]+)各(?:有|约)?$")
_TERMS = re.compile(
    r"[两二三四五六七八九十](?:[项者类家种]|方面)(?:合计|共|总计|加起来|加在一起|相加|之和)"
)
_NUMERALS = "两三四五六七八九十"
_NUMBERED = rf"(?P<number>[{_NUMERALS}\d]+(?:大?类|[项者种个县市区镇乡村地局家]|街道|部分|方面))"
# 甲、乙两类案件全年共查处: the things, what they all are, the sum and what was done.
_ADDED = re.compile(
    rf"(?P<items>[^,;:。]+?)(?:{_NUMBERED}(?P<shared>[^,;:。]*?))?"
    r"(?:合计|共计|总计|加起来|加在一起|之和|两项|共)+(?P<verb>[\u4e00-\u9fff]{0,8}?)(?:[为有达是]|约)*$"
)
# 甲、乙、丙,三类审查事项加起来共
_ADDED_BEFORE = re.compile(
    rf"(?<![^,;:。])(?P<items>[^,;:。\d]+、[^,;:。\d]+),(?:以上|上述|这)?{_NUMBERED}"
    r"(?P<shared>[^,;:。]*?)(?:合计|共计|总计|加起来|加在一起|之和|共)+(?P<verb>[\u4e00-\u9fff]{0,8}?)(?:[为有达是]|约)*$"
)
_SEVERAL = re.compile(rf"{'、|和|与|及'}|[两三四五六七八九十各]|合计|总计|加起来|加在一起|之和")


def sum_up(operands: Sequence[Operand]) -> Calculation:
    """Return the sum of operands in their order."""
    total = sum(map(value_of, operands), Decimal(0))
    formula = "+".join(o.quantity.text for o in operands)
    return Calculation(formula, total, spans_of(*operands), ratio=False)


def sums(unknown: Unknown) -> Iterator[Calculation]:
    """Yield sums of figures that the text gives, or else that it singles out by their words."""
    mine = [o for o in unknown.of_unit(unknown.named) if not _counts_the_terms(o, unknown)]
    yield from _runs(unknown, mine)
    yield from _each_of_several(unknown, mine)
    if len(mine) < 2 and _SEVERAL.search(unknown.said_before):
        found = _singled_out(unknown)
        yield from _runs(unknown, found)
        for end in range(2, len(found)):
            yield from _runs(unknown, found[:end])


def _each_of_several(unknown: Unknown, mine: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield so many of each of the things listed: 甲和乙各5个,共计10个."""
    for operand in mine[-1:]:
        listed = _EACH.search(unknown.text[: operand.place])
        items = [item for item in NAMES_SIGN.split(listed[1]) if grams(item)] if listed else []
        if len(items) > 1:
            formula = f"{operand.quantity.text}×{len(items)}"
            total = value_of(operand) * len(items)
            yield Calculation(formula, total, spans_of(operand), ratio=False)


def _counts_the_terms(operand: Operand, unknown: Unknown) -> bool:
    """Whether a figure only says how many are added up: 确认违法4件、责令履行2件,两项合计."""
    return bool(_TERMS.match(unknown.text, operand.place))


def _runs(unknown: Unknown, operands: Sequence[Operand]) -> Iterator[Calculation]:
    """Yield sums of neighbouring operands: all behind the total, or all before it."""
    ordered = sorted(operands, key=lambda o: o.place)
    at = unknown.quantity.start
    after = [o for o in ordered if o.place > at]
    before = [o for o in ordered if o.place < at]
    runs = [before[-n:] for n in range(2, len(before) + 1)]
    runs += [after[:n] for n in range(2, len(after) + 1)]
    for run in sorted(runs, key=len, reverse=True):
        yield sum_up(run)


def _singled_out(unknown: Unknown) -> list[Operand]:
    """Return the figures of the sentence spoken of which the text names without their value."""
    for number in unknown.passages[:2]:
        given = {id(o.mention) for o in unknown.named}
        found = [
            o
            for o in unknown.of_unit(unknown.in_sentence(number))
            if unknown.names(o) and id(o.mention) not in given
        ]
        if len(found) > 1:
            # They stand before the total, whatever their place in the report.
            return [Operand(o.quantity, o.mention, i - len(found)) for i, o in enumerate(found)]
    return []


def added_up(unknown: Unknown) -> Iterator[Calculation]:
    """Yield the sum of things of the report that the text adds up by name: A和B合计."""
    found = _ADDED.fullmatch(unknown.clause) or _ADDED_BEFORE.search(unknown.said_before)
    items = names_of(found["items"], _so_many(found)) if found else []
    if found is None or len(items) < 2:
        return
    of_verb = [f"{item}|{found['verb']}" for item in items] if grams(found["verb"]) else []
    terms = each_named(of_verb, unknown, frozenset())
    if terms:
        pass
    elif len(items) == 2 and not found["shared"]:
        two = best_two(items[0], items[1], unknown)
        terms = list(two) if two is not None and not _part_of(*two, unknown.index) else []
    else:
        shared = grams(f"{found['shared'] or ''}|{found['verb']}")
        terms = each_named(items, unknown, shared)
    if len(terms) == len(items):
        yield sum_up(terms)


def _so_many(found: re.Match[str]) -> int | None:
    """Return how many the text says that it lists: 三类."""
    numeral = re.search(rf"([{_NUMERALS}])", found["number"] or "")
    return _NUMERALS.index(numeral[1]) + 2 if numeral else None


def each_named(
    items: Sequence[str],
    unknown: Unknown,
    shared: Grams,
    may: Callable[[Quantity], bool] | None = None,
) -> list[Operand]:
    """Return the figure that each item names best, all of one measure word and no one twice.

    None at all where one of the items names none. `shared` and `may` are as in `Unknown.called`.
    """
    terms: list[Operand] = []
    for item in items:
        wanted = wanted_by(item)
        known = {id(o.mention) for o in terms}
        found = [o for _, o in unknown.called(wanted, shared, may) if id(o.mention) not in known]
        if not found or (
            terms and not kindred_measures(found[0].quantity.unit, terms[0].quantity.unit)
        ):
            return []
        terms.append(found[0])
    return terms


def _part_of(one: Operand, other: Operand, index: SourceIndex) -> bool:
    """Whether one is a part of the other: 112宗(甲80宗,乙32宗)."""
    whole, part = sorted((one, other), key=lambda o: o.mention.quantity.start)
    between = index.text[whole.mention.quantity.end : part.mention.quantity.start]
    return between.startswith("(") and ")" not in between
