"""Sums that a sentence states: parts in brackets or after 其中, totals after 合计, remainders.

Where the structure says that the list is complete, the parts must give the total. After 其中 a list
may be partial, so only more than the total is wrong. A list may end before its last figure
(2297件(口头465件,书面1832件,司法确认784件)): the first parts that give the total confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from summarizer.arithmetic._terms import (
    Passage,
    Term,
    common_scale,
    in_order,
    plain,
    sum_finding,
    with_unit,
)
from summarizer.types import Finding

_MOST_OF_IT = Decimal("0.8")  # a list of parts that gives less may be a selection
_NOTE = "各项相加为{computed}，与原文的{stated}不一致，建议核实。"
_OVER_NOTE = "其中各项相加为{computed}，超过原文的总数{stated}，{units}建议核实（分项或有重叠）。"
_UNITS_NOTE = "各项与总数的计量单位不同，可能口径不一，"
_PARTIAL = re.compile(r"其中|包括|[如等]")
_OTHER_YEAR = re.compile(r"上年|去年|同期|20\d\d年|增长|下降|环比|同比|预算")
_PROCESS = re.compile(
    r"办结|审结|结案|完成|受理|处理|成功|化解|整改|采纳|累计|新增|增加|减少|已|未|比上年|率|达到|约"
)
_AMONG = re.compile(r"其中|包括|分别[为是]|(?<=[个件项名家条宗起次人元]):")
_TOTAL = re.compile(r"合计|总计|共计|总共|^(?:全[年市区县省]|累计|总)?共(?![同享建治识商])")
_SUMMED_UP = re.compile(r"(?:合计|共计|总计)(?:为|达|达到)?$")
_CHANGE = re.compile(r"增加|减少|增长|下降|上升|提高|比上年|同比|较上年|净增")
_REST_BEFORE = re.compile(r"其余|剩余|余下|剩下|尚有|还有|仍有|尚余|未[^,]{1,6}$")
_REST_BEHIND = re.compile(r"[^,;。]{0,4}(?:正在|尚未|还在|仍在|待|未)")
_REST_SURE = re.compile(r"其余|剩余|余下|剩下|尚余|正在|尚未|仍在")


def sums(passage: Passage) -> Iterator[Finding]:
    """The sums that one sentence states."""
    outside = [t for t in passage.terms if not t.bracket and t.quantity.kind != "percent"]
    yield from _bracketed(passage)
    yield from _among(passage, outside)
    yield from _totals(outside)
    yield from _rests(outside)


def _bracketed(passage: Passage) -> Iterator[Finding]:
    """A total with its parts in brackets behind it: 484项(配合372项、收回112项)."""
    for number in sorted({t.bracket for t in passage.terms if t.bracket}):
        inside = [t for t in passage.terms if t.bracket == number]
        before = [t for t in passage.terms if t.quantity.end < inside[0].quantity.start]
        totals = [t for t in before if t.bracket != number and not t.repeated]
        if not totals:
            continue
        total = totals[-1]
        lead = passage.between(total, inside[0])
        if _OTHER_YEAR.search(lead) or lead.find("(") > 12 or not total.exact:
            continue
        parts = [t for t in inside if t.counts_like(total) and not t.repeated]
        yield from _listed(total, parts, partial=bool(_PARTIAL.search(lead)))


def _among(passage: Passage, outside: Sequence[Term]) -> Iterator[Finding]:
    """Parts after 其中, 分别为 or a colon."""
    marks = list(_AMONG.finditer(passage.text))
    for mark, following in zip_longest(marks, marks[1:]):
        at = passage.start + mark.start()
        until = passage.start + (following.start() if following else len(passage.text))
        totals = [t for t in outside if t.quantity.end <= at and not t.repeated]
        parts = [t for t in outside if at < t.quantity.start < until and not t.repeated]
        if not totals or not parts or not totals[-1].exact:
            continue
        total = totals[-1]
        if mark[0] == ":" and total.quantity.end != at:
            continue
        alike = [t for t in parts if t.counts_like(total)]
        found = list(_listed(total, alike, partial=True, ceiling=totals))
        if not any(f.consistent for f in found) and len(alike) < len(parts):
            found = list(_mixed(total, parts)) or found
        yield from found


def _listed(
    total: Term, parts: Sequence[Term], *, partial: bool, ceiling: Sequence[Term] = ()
) -> Iterator[Finding]:
    """The finding on a list of parts in the total's own unit, if one can be made."""
    exact = [part for part in parts if part.exact]
    for count in range(len(exact), 1, -1):
        finding = sum_finding(total, exact[:count])
        if finding.consistent and _telling(exact[:count]):
            yield finding
            return
    nominal = [part for part in exact if not _PROCESS.search(part.clause)]
    if not nominal or len(nominal) < len(parts):
        return
    finding = sum_finding(total, nominal)
    result = sum((part.value for part in nominal), Decimal(0))
    highest = max((t.value for t in ceiling if t.counts_like(total)), default=total.value)
    if result > highest + total.slack:
        yield _doubted(finding, _OVER_NOTE if partial else _NOTE)
    elif not partial and len(nominal) > 1 and result >= total.value * _MOST_OF_IT:
        yield _doubted(finding, _NOTE)


def _telling(parts: Sequence[Term]) -> bool:
    """Whether a sum says something: a row of zeros does not."""
    return sum(1 for part in parts if part.value) > 1


def _mixed(total: Term, parts: Sequence[Term]) -> Iterator[Finding]:
    """Parts in other units than the total: 2007件,其中来信396件,来访683批,网上928件."""
    exact = [part for part in parts if part.exact and part.quantity.kind == total.quantity.kind]
    for count in range(len(exact), 1, -1):
        finding = sum_finding(total, exact[:count])
        if finding.consistent and _telling(exact[:count]):
            yield finding
            return
    same_things = _names_part_of(exact[0].clause, total.clause) if exact else False
    if not same_things or any(_PROCESS.search(p.clause) for p in exact) or len(exact) < len(parts):
        return
    finding = sum_finding(total, exact)
    if sum(part.value for part in exact) > total.value:
        yield _doubted(finding, _OVER_NOTE, _UNITS_NOTE)


def _names_part_of(part: str, whole: str) -> bool:
    """Whether the part's noun is named in the whole's: 法律 in 学习法律法规."""
    noun = part.removeprefix("其中").strip(",: ")
    return len(noun) > 1 and noun[-2:] in whole


def _doubted(finding: Finding, note: str, units: str = "") -> Finding:
    words = note.format(computed=finding.computed, stated=finding.stated, units=units)
    return finding.model_copy(update={"note": words})


def _totals(outside: Sequence[Term]) -> Iterator[Finding]:
    """A total behind its parts: 征集8件,筛选1件,筛选1件,共凝练10件."""
    for index, total in enumerate(outside):
        if (
            not _TOTAL.search(total.list_clause.strip())
            or not total.exact
            or _CHANGE.search(total.clause)
        ):
            continue
        earlier = [t for t in outside[:index] if not t.repeated]
        parts = [t for t in earlier if t.counts_like(total)]
        parts = [t for t in parts if not _CHANGE.search(t.clause)]
        if len(parts) < 2 or not all(part.exact for part in parts):
            continue
        findings = [sum_finding(total, parts[-n:]) for n in range(len(parts), 1, -1)]
        held = next((f for f in findings if f.consistent and _telling(parts)), None)
        if held:
            yield held
        elif _SUMMED_UP.search(total.clause) and len(parts) == len(earlier):
            yield _doubted(findings[0], _NOTE)


def _rests(outside: Sequence[Term]) -> Iterator[Finding]:
    """What remains: 发现2934条,完成整改2867条,67条正在落实整改."""
    for index, rest in enumerate(outside):
        cue = _REST_BEFORE.search(rest.clause) or _REST_BEHIND.match(rest.tail)
        earlier = [t for t in outside[:index] if t.counts_like(rest) and t.exact]
        if not cue or len(earlier) < 2 or not rest.exact:
            continue
        for first in range(len(earlier) - 1):
            whole, taken = earlier[first], earlier[first + 1 :]
            if whole.value - sum(t.value for t in taken) == rest.value:
                yield _difference(whole, taken, rest)
                break
        else:
            if len(earlier) == 2 and _REST_SURE.search(rest.clause + rest.tail):
                whole, taken = earlier[0], earlier[1:]
                if whole.value > taken[0].value:
                    yield _difference(whole, taken, rest)


def _difference(whole: Term, taken: Sequence[Term], rest: Term) -> Finding:
    result = whole.value - sum(t.value for t in taken)
    scale = common_scale(whole, *taken, rest)
    formula = "-".join(plain(t.value, scale) for t in (whole, *taken)) + f"={plain(result, scale)}"
    computed = with_unit(result, scale, rest)
    note = f"相减得{computed}，与原文的{rest.shown()}不一致，建议核实。"
    return Finding(
        kind="difference",
        stated=rest.shown(),
        computed=computed,
        formula=formula,
        spans=in_order(whole, *taken, rest),
        consistent=result == rest.value,
        note="" if result == rest.value else note,
    )
