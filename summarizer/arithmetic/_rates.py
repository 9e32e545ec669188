"""Rates and shares that a sentence states: 受理率, 败诉率, 结收案比, 占比, 占……的百分之…….

The name of a rate says its numerator: 调解成功率 is of what 调解成功 counts. A rate is doubted only
where such a numerator and a possible denominator stand in its own sentence, or where 占比 follows
its two operands, and where no reading gives the stated figure. A rate whose operands have to be
guessed, or stand a sentence earlier, can be confirmed, never doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from summarizer.arithmetic._terms import (
    Passage,
    Term,
    common_scale,
    in_order,
    percent,
    plain,
    rounded,
)
from summarizer.types import Finding

_HUNDRED = Decimal(100)
_RATE = re.compile(
    r"(?P<name>[^,;:。、(]*?)(?P<form>率|结收案?比|结收比|收结比)(?:分别)?(?:均|都)?(?:已|约|近)?"
    r"(?:达到|达|为|是|提升至|提升到|提高到|升至|保持在|稳定在|高达|超过?|在)? ?:?$"
)
_SHARE = re.compile(r"(?:占比|比例|比重)(?:约|近)?(?:达到|达|为|是|高达|超过?)? ?:?$")
_SHARE_OF = re.compile(
    r"占(?P<whole>[^,;。、]{2,20}?)的?(?:比重|比例|总数|总量|总额)?的?(?:约|近|达|为|比重为)? ?$"
)
_CHANGE = re.compile(r"增长|下降|上升|提高(?!到)|提升(?!至|到)|同比|环比|减少|降低|增幅|涨幅|回落")
# The base of these is not the one that stands beside them.
_QUALIFIED = re.compile(r"按[期时]|及时|当场|限内|先行|平均|综合|累计|连续|服判|申诉|信访|满意")
_GENERIC = re.compile(r"^(?:的|其|总|总体)?(?:完成|办结|审结|结案|落实)$")
_CORRECTED = re.compile(r"纠错")
_DONE = re.compile(r"已|办结|审结|完成|结案")
_COORDINATED = re.compile(r"^[^,;:。]*[和与及、][^,;:。]*$")
_NOTE = "按原文数字计算，{formula}，与原文的{stated}不一致，建议核实{reason}。"


def rates(passage: Passage, earlier: Sequence[Term]) -> Iterator[Finding]:
    """The rates of one sentence; `earlier`: the counts of the sentences before it."""
    for index, stated in enumerate(passage.terms):
        if stated.quantity.unit != "%" or _CHANGE.search(stated.clause):
            continue
        before = [
            t
            for t in passage.terms[:index]
            if t.quantity.kind != "percent" and t.bracket in (0, stated.bracket)
        ]
        rate = _RATE.search(stated.clause)
        if rate:
            found = _rate(passage, stated, before, rate, earlier)
        elif _SHARE.search(stated.clause) or stated.clause.strip() in ("占", "占比", "约占"):
            found = _share(stated, before)
        else:
            found = _share_of(stated, before, earlier)
        if found:
            yield found


def _rate(
    passage: Passage,
    stated: Term,
    before: Sequence[Term],
    rate: re.Match[str],
    earlier: Sequence[Term],
) -> Finding | None:
    stem = re.sub(r"^(?:其中|且|并|全市|全区|全县|全省)", "", rate["name"].strip())
    cue = "结" if rate["form"] != "率" else stem[-2:]
    named = [t for t in before if cue and cue in t.clause]
    numerator = named[-1] if named else (before[-1] if before else None)
    if _QUALIFIED.search(stem) and not named:
        return None
    if numerator is None:
        held = _guessed(stated, before, earlier)
        return _ratio(stated, *held) if held else None
    bases = _bases(passage, numerator, before)
    pairs = [(numerator, base) for base in bases]
    held = _first_that_gives(stated, pairs)
    if held:
        return _ratio(stated, *held)
    if _CORRECTED.search(stem):
        return _confirmed_by_parts(stated, before)
    further = [(numerator, base) for base in earlier if base.counts_like(numerator)]
    if "." not in stated.quantity.canonical:
        further = []  # a whole percentage is too easily met by chance
    held = _first_that_gives(stated, further) or _guessed(stated, before, earlier)
    if held:
        return _ratio(stated, *held)
    sure = bool(named) or bool(_GENERIC.match(stem) and _DONE.search(numerator.clause))
    if rate["form"] == "率" and bases and set(stem) - set(numerator.clause + bases[-1].clause):
        sure = sure and bool(_GENERIC.match(stem))  # 首次执行案件执结率 is of other cases
    if not sure or not bases or _QUALIFIED.search(stem) or not numerator.exact:
        return None
    return _ratio(stated, numerator, bases[-1])


def _bases(passage: Passage, numerator: Term, before: Sequence[Term]) -> list[Term]:
    """What the numerator may be a share of: earlier counts in its unit, not those beside it."""
    return [
        t
        for t in before
        if t.quantity.start < numerator.quantity.start
        and t.counts_like(numerator)
        and t.value
        and not t.repeated
        and not _COORDINATED.match(passage.between(t, numerator))
    ]


def _guessed(
    stated: Term, before: Sequence[Term], earlier: Sequence[Term]
) -> tuple[Term, Term] | None:
    """The last count as a share of one before it; from other sentences only to a decimal place."""
    counts = [*earlier, *before] if "." in stated.quantity.canonical else list(before)
    if not counts:
        return None
    last = counts[-1]
    alike = [t for t in counts[:-1] if t.counts_like(last) and t.value >= last.value > 1]
    return _first_that_gives(stated, [(last, base) for base in alike[-3:]])


def _confirmed_by_parts(stated: Term, before: Sequence[Term]) -> Finding | None:
    """直接纠错率: the parts after 其中 together, of the total before them."""
    for count in (2, 3):
        if len(before) <= count:
            continue
        base, parts = before[-count - 1], before[-count:]
        if not all(part.counts_like(base) for part in parts) or not base.value:
            continue
        top = sum((part.value for part in parts), Decimal(0))
        if _gives(stated, top, Decimal(0), base):
            scale = common_scale(base, *parts)
            shown = "+".join(plain(part.value, scale) for part in parts)
            formula = f"({shown})/{plain(base.value, scale)}={percent(top / base.value)}"
            return _finding(stated, (*parts, base), formula, top / base.value, holds=True)
    return None


def _share(stated: Term, before: Sequence[Term]) -> Finding | None:
    """占比 behind its operands: of the base, of the rest, of both together."""
    part = before[-1] if before else None
    bases = [t for t in before[:-1] if part and t.counts_like(part) and t.value and t.exact]
    if part is None or not bases or not part.exact:
        return None
    held = _first_that_gives(stated, [(part, base) for base in bases])
    if held:
        return _ratio(stated, *held)
    base = bases[0]
    among = "其中" in part.clause or any("其中" in t.clause for t in before[1:])
    if not _SHARE.search(stated.clause) or (len(bases) > 1 and not among):
        return None
    scale = common_scale(part, base)
    p, b = plain(part.value, scale), plain(base.value, scale)
    both = base.value + part.value
    readings = [
        (f"{p}/{b}", part.value / base.value),
        (f"({b}-{p})/{b}", 1 - part.value / base.value),
        (f"{p}/({b}+{p})", part.value / both),
        (f"{b}/({b}+{p})", base.value / both),
    ]
    for formula, ratio in readings:
        if _rounds_to(stated, ratio * _HUNDRED, ratio * _HUNDRED):
            formula = f"{formula}={percent(ratio)}"
            return _finding(stated, (part, base), formula, ratio, holds=True)
    formula = "; ".join(f"{formula}={percent(ratio)}" for formula, ratio in readings)
    return _finding(stated, (part, base), formula, readings[0][1], holds=False)


def _share_of(stated: Term, before: Sequence[Term], earlier: Sequence[Term]) -> Finding | None:
    """占……的: confirmed where the whole is named among the counts before it."""
    match = _SHARE_OF.search(stated.list_clause)
    if match is None or not before:
        return None
    part, name = before[-1], match["whole"][-4:]
    wholes = [t for t in (*earlier, *before[:-1]) if t.counts_like(part) and name in t.list_clause]
    held = _first_that_gives(stated, [(part, whole) for whole in reversed(wholes)])
    return _ratio(stated, *held) if held else None


# -- figures --------------------------------------------------------------------------------------


def _first_that_gives(stated: Term, pairs: Sequence[tuple[Term, Term]]) -> tuple[Term, Term] | None:
    for part, base in reversed(pairs):
        if base.value and _gives(stated, part.value, part.slack, base):
            return part, base
    return None


def _gives(stated: Term, part: Decimal, slack: Decimal, base: Term) -> bool:
    low = max(part - slack, Decimal(0)) / (base.value + base.slack)
    high = (part + slack) / max(base.value - base.slack, Decimal("0.01"))
    return _rounds_to(stated, low * _HUNDRED, high * _HUNDRED)


def _rounds_to(stated: Term, low: Decimal, high: Decimal) -> bool:
    """Whether a value between the bounds is printed as the stated percentage."""
    if stated.quantity.approx == "over":
        return high >= stated.value
    if stated.quantity.approx == "under":
        return low <= stated.value
    _, _, decimals = stated.quantity.canonical.partition(".")
    digit = Decimal(1).scaleb(-len(decimals))
    if stated.quantity.approx == "about":
        return low - digit <= stated.value <= high + digit
    return rounded(low, digit) <= stated.value <= rounded(high, digit)


def _ratio(stated: Term, part: Term, base: Term) -> Finding:
    ratio = part.value / base.value
    scale = common_scale(part, base)
    formula = f"{plain(part.value, scale)}/{plain(base.value, scale)}={percent(ratio)}"
    return _finding(
        stated, (part, base), formula, ratio, holds=_gives(stated, part.value, part.slack, base)
    )


def _finding(
    stated: Term, operands: Sequence[Term], formula: str, ratio: Decimal, *, holds: bool
) -> Finding:
    note = _NOTE.format(
        formula=formula.replace("; ", "、"), stated=stated.shown(), reason=_reason(stated, ratio)
    )
    return Finding(
        kind="ratio",
        stated=stated.shown(),
        computed=percent(ratio),
        formula=formula,
        spans=in_order(stated, *operands),
        consistent=holds,
        note="" if holds else note,
    )


def _reason(stated: Term, ratio: Decimal) -> str:
    if 0 <= ratio * _HUNDRED - stated.value < 1 and stated.value == stated.value.to_integral():
        return "（可能舍去了尾数）"
    return "（基数可能另有所指，如上年结转或不同口径）"
