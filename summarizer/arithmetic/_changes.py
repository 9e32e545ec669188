"""Changes and flows that a sentence states: growth against a year before, received and completed.

收到98件……审结101件 is more than was received: the report may count cases carried over (上年结转),
which the note says. 受理8件,办结8件 confirms itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from summarizer.arithmetic._terms import (
    Passage,
    Term,
    common_scale,
    in_order,
    percent,
    plain,
    with_unit,
)
from summarizer.types import Finding

_HUNDRED = Decimal(100)
_EARLIER = re.compile(r"上年|去年|同期|上一年")
_STEADY = re.compile(r"持平")
_STEADY_WITHIN = Decimal("0.05")
_GROWTH = re.compile(r"(?:增长|上升|增加|提高|增幅|涨幅|升幅)(?:了|为|达|约)? ?$")
_FALL = re.compile(r"(?:下降|减少|降低|降幅|回落|压缩|缩短|压减|精简)(?:了|为|达|约)? ?$")
# Nothing but the change itself: another subject, or 年均, has another base.
_BARE_CHANGE = re.compile(r"^(?:同比|环比|[比较][上去]年|同口径|实际|名义|幅度)?[^,]{2,4}$")
_ADDED = re.compile(r"(?:[比较][上去]年|同比)[^,;。]{0,6}增加 ?$|^[^,;。]{0,4}增加 ?$")
_FROM = re.compile(r"(?:由|从)[^,;。]{0,12}$")
_TO = re.compile(
    r"^[^,;。]{0,4}(?:(?:增加|增长|提高|提升|减少|下降|压缩|缩短|压减|精简)[到至为]"
    r"|[增升降减]至) ?$"
)
_THAN = re.compile(r"[比较](?:上年|去年|上一年)(?:同期)?的? ?$")
_RECEIVED = re.compile(r"收到|受理|接收|收案|新收|收件|转办|交办|接到|接收")
_COMPLETED = re.compile(r"办结|审结|结案|办理完毕|答复|处理完毕")
_DONE = re.compile(r"完成|办结|审结|已|采纳|整改|答复|成功")
_CARRIED_OVER = re.compile(r"结转|旧存|积案|存案|历年")
_CARRIED = "可能含上年结转等未计入收案数的案件，"


def changes(passage: Passage) -> Iterator[Finding]:
    """The changes and flows of one sentence."""
    counts = [t for t in passage.terms if t.quantity.kind != "percent"]
    yield from _growths(passage, counts)
    yield from _completed(passage, [t for t in counts if not t.bracket])


def _growths(passage: Passage, counts: Sequence[Term]) -> Iterator[Finding]:
    for index, rate in enumerate(passage.terms):
        if rate.quantity.unit != "%":
            continue
        sign = 1 if _GROWTH.search(rate.clause) else -1 if _FALL.search(rate.clause) else 0
        pair = _year_before(passage, index, counts) if sign else None
        if pair and pair[1]:
            finding = _growth(rate, *pair, sign)
            if finding.consistent or _BARE_CHANGE.match(rate.clause.strip()):
                yield finding
    yield from _steady(passage, counts)


def _year_before(
    passage: Passage, index: int, counts: Sequence[Term]
) -> tuple[Term, Decimal, tuple[Term, ...]] | None:
    """This year's figure, the year before's, and the terms that state it, for the rate at index."""
    rate = passage.terms[index]
    before = [t for t in counts if t.quantity.end <= rate.quantity.start]
    following = [t for t in counts if t.quantity.start >= rate.quantity.end]
    if len(before) >= 2 and before[-1].counts_like(before[-2]):
        first, second = before[-2], before[-1]
        words = passage.between(first, second)
        if _TO.search(words) and _FROM.search(first.list_clause):
            return second, first.value, (first, second)
        if _THAN.search(words):
            return first, second.value, (first, second)
        if _ADDED.search(words.rpartition(",")[2]):
            return first, first.value - second.value, (first, second)
    if before and following and following[0].counts_like(before[-1]):
        now, then = before[-1], following[0]
        if then.bracket and not now.bracket and _EARLIER.search(passage.between(now, then)):
            return now, then.value, (now, then)
    return None


def _growth(rate: Term, now: Term, base: Decimal, operands: tuple[Term, ...], sign: int) -> Finding:
    ratio = sign * (now.value - base) / base if base else Decimal(0)
    _, _, decimals = rate.quantity.canonical.partition(".")
    digit = Decimal(1).scaleb(-len(decimals))
    slack = now.slack * _HUNDRED * 2 / base if base else Decimal(0)
    holds = abs(ratio * _HUNDRED - rate.value) <= digit / 2 + slack
    scale = common_scale(*operands)
    then = plain(base, scale)
    formula = f"({plain(now.value, scale)}-{then})/{then}={percent(sign * ratio)}"
    note = f"按原文数字计算，{formula}，与原文的{rate.shown()}不一致，建议核实（口径可能有调整）。"
    return Finding(
        kind="growth",
        stated=rate.shown(),
        computed=percent(ratio),
        formula=formula,
        spans=in_order(rate, *operands),
        consistent=holds,
        note="" if holds else note,
    )


def _steady(passage: Passage, counts: Sequence[Term]) -> Iterator[Finding]:
    """与去年基本持平(2021年同期2033件)."""
    for now, then in pairwise(counts):
        words = passage.between(now, then)
        if now.bracket or not then.bracket or not then.value or not now.counts_like(then):
            continue
        if _STEADY.search(words) and _EARLIER.search(words):
            ratio = (now.value - then.value) / then.value
            computed = percent(ratio)
            holds = abs(ratio) <= _STEADY_WITHIN
            yield Finding(
                kind="growth",
                stated="持平",
                computed=computed,
                formula=f"({plain(now.value)}-{plain(then.value)})/{plain(then.value)}={computed}",
                spans=in_order(now, then),
                consistent=holds,
                note="" if holds else f"实际变化为{computed}，与“持平”不一致，建议核实。",
            )


def _completed(passage: Passage, counts: Sequence[Term]) -> Iterator[Finding]:
    """As many completed as received, or more than were received."""
    for index, done in enumerate(counts):
        before = [t for t in counts[:index] if t.counts_like(done) and t.exact]
        if not before or not done.exact or done.quantity.kind == "money":
            continue
        last = before[-1]
        words = passage.between(last, done)
        all_done = _DONE.search(done.clause) or "全覆盖" in done.tail
        if last.value == done.value and all_done and "," in words:
            yield _flow(last, done, consistent=True)
            continue
        received = [t for t in before if _RECEIVED.search(t.clause)]
        if not received or not _COMPLETED.search(done.clause) or "率" in done.clause:
            continue
        most = max(received, key=lambda t: t.value)
        carried = _CARRIED_OVER.search(passage.text) or "新收" in most.clause
        if done.value > most.value and not carried and not _RECEIVED.search(done.clause):
            yield _flow(most, done, consistent=False)


def _flow(received: Term, done: Term, *, consistent: bool) -> Finding:
    difference = received.value - done.value
    scale = common_scale(received, done)
    note = (
        f"原文的{done.clause}{done.shown()}多于{received.clause}{received.shown()}，"
        f"{_CARRIED}两数不一致，建议核实。"
    )
    return Finding(
        kind="difference",
        stated=done.shown(),
        computed=with_unit(difference, scale, done),
        formula="-".join(plain(t.value, scale) for t in (received, done))
        + f"={plain(difference, scale)}",
        spans=in_order(received, done),
        consistent=consistent,
        note="" if consistent else note,
    )
