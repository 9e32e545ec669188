"""Figures worked out from two or three of one sentence of the report, the operands left unsaid."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from summarizer.checker._lexicon import (
    AVERAGE_CUE,
    DIFFERENCE_CUE,
    GOAL,
    GROWTH_CUE,
    LAST_YEAR,
    SHARE_CUE,
    SUM_CUE,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import HUNDRED, Calculation, Operand, spans_of, value_of
from summarizer.checker._sums import sum_up
from summarizer.checker._unknown import Unknown

P = int(os.environ.get("PS_P", "2"))
MAXN = int(os.environ.get("PS_N", "6"))
COV = float(os.environ.get("PS_COV", "0"))
DIG = int(os.environ.get("PS_DIG", "1"))
_SUM = re.compile(r"合计|总计|加起来|之和|两者|两项|三者|三项|相加|(?:、|和|与|及).*共")


def _digits(unknown: Unknown) -> int:
    v = unknown.quantity.value
    return len(v.normalize().as_tuple().digits) if v is not None else 0


def within_passage(unknown: Unknown) -> Iterator[Calculation]:
    found = list(_within(unknown))
    if len({c.result for c in found}) <= (3, 6, 15)[min(_digits(unknown), 3) - 1]:
        yield from found


def _within(unknown: Unknown) -> Iterator[Calculation]:
    quantity = unknown.quantity
    left = unknown.clause[-16:]
    right = re.split(r"[,;。(]", unknown.text[quantity.end : quantity.end + 8])[0]
    clause = f"{right}|{left}"
    given_here = unknown.of_unit(unknown.named) if quantity.kind != "percent" else unknown.amounts
    if "点" in quantity.unit:
        given_here = [o for o in unknown.named if o.quantity.unit == "%"]
    if len(given_here) >= 2:
        return
    if GOAL.search(left[-6:]) and directions(left[-6:]):
        return
    given = [o.mention.sentence for o in unknown.named]
    for number in list(dict.fromkeys([*given, *unknown.passages[:P]]))[: P + 1]:
        kinds = ("count", "money", "duration")
        printed = unknown.in_sentence(number, (quantity.kind,))
        if any(o.quantity.value == quantity.value for o in printed):
            continue
        all_ = unknown.in_sentence(number, kinds)
        all_ = [o for o in all_ if COV == 0 or unknown.index.coverage(o.mention.local_grams, unknown.ours.wide) >= COV]
        if len(all_) > MAXN:
            all_ = sorted(all_, key=lambda o: -unknown.index.coverage(o.mention.local_grams, unknown.ours.wide))[:MAXN]
            all_.sort(key=lambda o: o.place)
        if quantity.kind == "percent" and "点" not in quantity.unit:
            if not GROWTH_CUE.search(left[-6:]):
                yield from _ratios(unknown, all_, clause)
        elif quantity.kind == "percent":
            if DIFFERENCE_CUE.search(clause):
                yield from _diffs([o for o in unknown.in_sentence(number, ("percent",)) if o.quantity.unit == "%"])
        else:
            mine = unknown.of_unit(all_)
            if _SUM.search(clause):
                for n in (2, 3, 4):
                    for i in range(len(mine) - n + 1):
                        yield sum_up(mine[i : i + n])
            if DIFFERENCE_CUE.search(clause):
                yield from _diffs(mine)
            if AVERAGE_CUE.search(clause) or quantity.unit == "倍":
                for a, b in permutations(all_, 2):
                    if quantity.unit == "倍" and not kindred_measures(a.quantity.unit, b.quantity.unit):
                        continue
                    if quantity.unit != "倍" and a.quantity.unit != quantity.unit:
                        continue
                    yield Calculation(f"{a.quantity.text}/{b.quantity.text}", value_of(a) / value_of(b), spans_of(a, b), ratio=True)


def _diffs(mine: Sequence[Operand]) -> Iterator[Calculation]:
    for a, b in combinations(mine, 2):
        high, low = sorted((a, b), key=value_of, reverse=True)
        yield Calculation(f"{high.quantity.text}-{low.quantity.text}", value_of(high) - value_of(low), spans_of(high, low), ratio=False)


def _ratios(unknown: Unknown, found: Sequence[Operand], clause: str) -> Iterator[Calculation]:
    for a, b in permutations(found, 2):
        if not kindred_measures(a.quantity.unit, b.quantity.unit):
            continue
        x, y = value_of(a), value_of(b)
        if x < y and SHARE_CUE.search(clause):
            yield Calculation(f"{a.quantity.text}/{b.quantity.text}", x / y * HUNDRED, spans_of(a, b), ratio=True)
