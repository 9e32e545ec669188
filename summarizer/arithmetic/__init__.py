"""The report's own arithmetic (数据勾稽), recomputed.

`audit_report` recomputes what a report states of its figures: sums of parts, remainders, rates and
shares, growth, completed against received, one thing counted in two places. It never tries all
pairs of figures: a relation needs structure (a bracket, 其中, a rate's name, a year before) and a
cue in words; see `_sums`, `_rates` and `_changes` for what each reads. Two grades of evidence:

- A relation whose operands the sentence itself names is confirmed or doubted.
- A relation whose operands have to be guessed, or that holds between sentences (129个乡镇 and
  40个街道 against 169个乡镇(街道)), is confirmed where it holds and passed over where it does not.

Figures with 余, 近 or 以上 prove nothing and are left out of sums. A rounding within the last
printed digit is consistent. A doubt is worded for a person who can ask: it gives the calculation,
and names a hidden base (上年结转) where that is a likely reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.arithmetic._changes import changes
from summarizer.arithmetic._rates import rates
from summarizer.arithmetic._sums import sums
from summarizer.arithmetic._terms import (
    Passage,
    Term,
    common_scale,
    in_order,
    passage,
    plain,
    sum_finding,
)
from summarizer.folding import fold
from summarizer.quantities import find_quantities
from summarizer.types import Finding, Quantity, Report

_BACK = 5  # sentences before a rate in which its base may stand, within one paragraph
_NOUN = re.compile(r"[\u3400-\u9fff]{4}")
_COMPOSITE = re.compile(r"([\u3400-\u9fff]{2})\(?([\u3400-\u9fff]{2})\)?")


def audit_report(report: Report) -> list[Finding]:
    """The relations between figures that `report` states, recomputed, in the order of the text.

    The spans of a finding point into ``report.text``. Consistent findings are returned as well.
    """
    folded = fold(report.text)
    passages = _passages(folded, report)
    findings: list[Finding] = []
    for index, current in enumerate(passages):
        earlier = _terms_before(folded, passages, index)
        findings += sums(current)
        findings += rates(current, earlier)
        findings += changes(current)
    terms = [term for current in passages for term in current.terms]
    findings += _composites(folded, terms)
    findings += _repeated(folded, terms)
    return _without_doubles(findings)


def _passages(folded: str, report: Report) -> list[Passage]:
    quantities = find_quantities(report.text)
    starts = [quantity.start for quantity in quantities]
    passages = []
    for sentence in report.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside: Sequence[Quantity] = quantities[first:last]
        passages.append(passage(folded, sentence.start, sentence.end, inside))
    return passages


def _terms_before(folded: str, passages: Sequence[Passage], index: int) -> list[Term]:
    """The counts of the sentences just before, in the same paragraph."""
    terms: list[Term] = []
    start = passages[index].start
    for current in passages[max(0, index - _BACK) : index]:
        if "\n" not in folded[current.start : start]:
            terms += [t for t in current.terms if t.quantity.kind != "percent" and not t.bracket]
    return terms


def _composites(folded: str, terms: Sequence[Term]) -> Iterator[Finding]:
    """169个乡镇(街道) and, elsewhere, 129个乡镇和40个街道."""
    counted = [t for t in terms if t.quantity.kind == "count" and t.exact and t.value > 1]
    for total in counted:
        names = _COMPOSITE.match(folded, total.quantity.end)
        if names is None or names[1] == names[2]:
            continue
        for first, second in pairwise(counted):
            if (
                first is not total is not second
                and folded.startswith(names[1], first.quantity.end)
                and folded.startswith(names[2], second.quantity.end)
                and second.quantity.start - first.quantity.end <= len(names[1]) + 2
                and first.counts_like(second)
            ):
                finding = sum_finding(total, (first, second))
                if finding.consistent:
                    yield finding
                    yield from _coverage(folded, terms, total, (first, second))


def _coverage(
    folded: str, terms: Sequence[Term], total: Term, parts: tuple[Term, Term]
) -> Iterator[Finding]:
    """129个乡镇和40个街道均组建队伍,覆盖率达100%, where there are 169 of both."""
    end = parts[1].quantity.end
    following = (t for t in terms if t.quantity.start > end)
    rate = next(following, None)
    if rate is None or rate.quantity.canonical != "100" or "覆盖率" not in rate.clause:
        return
    if "。" not in folded[end : rate.quantity.start]:
        shown = "+".join(plain(part.value) for part in parts)
        yield Finding(
            kind="ratio",
            stated=rate.shown(),
            computed="100.00%",
            formula=f"({shown})/{plain(total.value)}=100.00%",
            spans=in_order(*parts, rate),
            consistent=True,
        )


def _repeated(folded: str, terms: Sequence[Term]) -> Iterator[Finding]:
    """The same number of the same thing in several places: 全区11个乡镇街道, three times."""
    places: dict[tuple[object, ...], list[Term]] = {}
    for term in terms:
        if term.quantity.kind != "count" or not term.exact or not term.shown()[0].isdigit():
            continue
        if term.value < 10:
            continue
        behind = _NOUN.match(folded, term.quantity.end)
        name = behind[0] if behind else term.clause[-4:]
        if _NOUN.fullmatch(name):
            key = (name, term.value, fold(term.quantity.unit))
            places.setdefault(key, []).append(term)
    for same in places.values():
        if len(same) > 1:
            value = plain(same[0].value, common_scale(same[0]))
            yield Finding(
                kind="difference",
                stated=same[0].shown(),
                computed=same[-1].shown(),
                formula=f"{value}-{value}=0",
                spans=in_order(*same),
                consistent=True,
            )


def _without_doubles(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for the same figures; a doubt gives way to what confirms the stated figure."""
    confirmed = {(f.kind, f.stated, f.spans[-1]) for f in findings if f.consistent}
    kept: dict[tuple[object, ...], Finding] = {}
    compared = {frozenset(f.spans[:-1]) for f in findings if f.kind == "ratio"}
    for finding in findings:
        if finding.kind == "difference" and frozenset(finding.spans) in compared:
            continue  # 18件,采纳18件,采纳率100% is one relation
        if (
            not finding.consistent
            and (finding.kind, finding.stated, finding.spans[-1]) in confirmed
        ):
            continue
        kept.setdefault((finding.kind, finding.spans), finding)
    return sorted(kept.values(), key=lambda f: (f.spans[0], f.spans[-1], f.kind))
