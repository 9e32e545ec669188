"""Stage: everything that was found, checked and changed becomes one `Brief`.

The body is a reader's page and a half: shortcomings and plans are complete, achievements fill
what is left, the weightiest first, grouped by topic. What is left out for length, said twice or
replaced stands in `Brief.changes`; figures and paragraphs that no statement uses stand in
`Brief.coverage`: nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from summarizer import __version__
from summarizer.folding import fold
from summarizer.items import find_items
from summarizer.quantities import find_quantities
from summarizer.types import (
    MEMO_PARTS,
    Brief,
    Change,
    Coverage,
    Failure,
    Figure,
    Finding,
    MemoPart,
    Provenance,
    Quantity,
    Report,
    Script,
    Span,
    Statement,
    Usage,
)

MIN_ACHIEVEMENTS, MAX_ACHIEVEMENTS = 6, 12
BODY_CHARS = 1150
BODY_CHARS_OF_LONG_REPORT = 1550
_LONG_REPORT_CHARS = 15_000
# The share of the body that shortcomings and plans may take.
_ROOM = {"shortcomings": 0.35, "plans": 0.5}
_FIGURE_KINDS = frozenset({"count", "percent", "money", "duration"})
_FIGURE_CHECKS = frozenset({"number", "unit", "subject", "approx", "rank", "date", "period"})


def compose(
    report: Report,
    statements: Sequence[Statement],
    *,
    script: Script,
    profile: str,
    weigh: Callable[[Statement], float],
    is_copied: Callable[[Statement], bool],
    changes: Sequence[Change] = (),
    failures: Sequence[Failure] = (),
    findings: Sequence[Finding] = (),
    usage: Sequence[Usage] = (),
    profile_digest: str,
    model: str,
) -> Brief:
    """The memo. `statements` have been verified; one whose checks fail is left out, on record.

    `weigh` says how much a statement tells; heavier achievements come first and stay. Of those
    that `is_copied` calls copied from the report at most half of the achievements are made.
    """
    record = list(changes)
    kept = _without_repetition(_supported(statements, record), record)
    shortcomings, plans = (
        _within(part, kept, report, record) for part in ("shortcomings", "plans")
    )
    tail = [*shortcomings, *plans]
    achievements = _choose(
        [s for s in kept if s.part == "achievements"],
        budget=_body_chars(report) - sum(len(s.text) for s in tail),
        weigh=weigh,
        record=record,
    )
    achievements = _without_excess_of_copies(achievements, is_copied, weigh, record)
    body = [*achievements, *tail]
    return Brief(
        report=report,
        script=script,
        achievements=tuple(achievements),
        shortcomings=tuple(shortcomings),
        plans=tuple(plans),
        figures=tuple(_figures(body, report)),
        findings=tuple(findings),
        changes=tuple(record),
        coverage=_coverage(report, body),
        failures=tuple(failures),
        usage=tuple(usage),
        provenance=Provenance(
            report_sha256=report.sha256,
            profile=profile,
            profile_digest=profile_digest,
            model=model,
            version=__version__,
        ),
    )


def recompose(brief: Brief, statements: Sequence[Statement]) -> Brief:
    """`brief` with other statements, whatever their checks say: figures and coverage anew."""
    return brief.model_copy(
        update={
            **{part: tuple(s for s in statements if s.part == part) for part in MEMO_PARTS},
            "figures": tuple(_figures(statements, brief.report)),
            "coverage": _coverage(brief.report, statements),
        }
    )


def _body_chars(report: Report) -> int:
    return BODY_CHARS_OF_LONG_REPORT if len(report.text) > _LONG_REPORT_CHARS else BODY_CHARS


def _supported(statements: Iterable[Statement], record: list[Change]) -> list[Statement]:
    supported = []
    for statement in statements:
        if statement.supported and statement.sources:
            supported.append(statement)
        else:
            reason = "；".join(c.reason for c in statement.checks if not c.passed) or "未注明出处"
            record.append(_dropped(statement, reason))
    return supported


def _dropped(statement: Statement, reason: str) -> Change:
    return Change(
        part=statement.part, action="dropped", before=statement.text, after="", reason=reason
    )


def _without_repetition(statements: list[Statement], record: list[Change]) -> list[Statement]:
    """The statements without those that another one already says."""
    kept: list[Statement] = []
    for statement in statements:
        double = next((other for other in kept if _says_the_same(other, statement)), None)
        if double is None:
            kept.append(statement)
            continue
        shorter, longer = sorted((double, statement), key=lambda s: len(s.text))
        if longer is statement:
            kept[kept.index(double)] = statement
        record.append(_dropped(shorter, f"与“{longer.text}”重复"))
    return kept


def _says_the_same(one: Statement, other: Statement) -> bool:
    if one.part != other.part:
        return False
    first, second = _bigrams(one.text), _bigrams(other.text)
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) >= 0.75 * smaller


def _bigrams(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", fold(text))
    return frozenset(a + b for a, b in pairwise(bare))


def _within(
    part: str, statements: Sequence[Statement], report: Report, record: list[Change]
) -> list[Statement]:
    """The statements of shortcomings or plans, all of them where a page and a half has the room.

    Where a long report has more, the first of each section stays before any section's second.
    """
    own = [statement for statement in statements if statement.part == part]
    room = _ROOM[part] * _body_chars(report)
    seen: set[int] = set()
    firsts: list[Statement] = []
    others: list[Statement] = []
    for statement in own:
        section = _section_at(report, statement.sources[0])
        (others if section in seen else firsts).append(statement)
        seen.add(section)
    kept: list[Statement] = []
    for statement in [*firsts, *others]:
        if kept and sum(len(s.text) for s in kept) + len(statement.text) > room:
            record.append(_dropped(statement, "篇幅所限，未列入正文"))
        else:
            kept.append(statement)
    return [statement for statement in own if statement in kept]


def _section_at(report: Report, sentence: int) -> int:
    at = report.sentences[sentence].start
    return next(n for n, s in enumerate(report.sections) if s.start <= at < s.end)


def _choose(
    statements: list[Statement],
    *,
    budget: int,
    weigh: Callable[[Statement], float],
    record: list[Change],
) -> list[Statement]:
    """The weightiest achievements within `budget` characters, grouped by topic.

    Of each topic the best comes before any topic's second best, so that the memo spans the
    report instead of dwelling on its densest paragraph.
    """
    by_topic: dict[str, list[Statement]] = {}
    for statement in statements:
        by_topic.setdefault(statement.topic, []).append(statement)
    rounds: list[tuple[int, float, int, Statement]] = []
    for members in by_topic.values():
        for rank, statement in enumerate(sorted(members, key=weigh, reverse=True)):
            rounds.append((rank, -weigh(statement), statements.index(statement), statement))
    chosen: list[Statement] = []
    size = 0
    for *_, statement in sorted(rounds, key=lambda entry: entry[:3]):
        enough = len(chosen) >= MAX_ACHIEVEMENTS
        too_long = len(chosen) >= MIN_ACHIEVEMENTS and size + len(statement.text) > budget
        if enough or too_long:
            record.append(_dropped(statement, "篇幅所限，未列入正文"))
            continue
        chosen.append(statement)
        size += len(statement.text)
    heaviest = {
        topic: max(weigh(s) for s in chosen if s.topic == topic)
        for topic in {s.topic for s in chosen}
    }
    first = {topic: min(s.sources for s in chosen if s.topic == topic) for topic in heaviest}
    return sorted(chosen, key=lambda s: (-heaviest[s.topic], first[s.topic], -weigh(s), s.sources))


def _without_excess_of_copies(
    achievements: list[Statement],
    is_copied: Callable[[Statement], bool],
    weigh: Callable[[Statement], float],
    record: list[Change],
) -> list[Statement]:
    """The achievements without the lightest copies beyond half of them, at least the fewest."""
    kept = list(achievements)
    copies = sorted(filter(is_copied, kept), key=weigh)
    while 2 * len(copies) > len(kept) > MIN_ACHIEVEMENTS:
        lightest = copies.pop(0)
        kept.remove(lightest)
        record.append(_dropped(lightest, "照录原文过多，未列入正文"))
    return kept


def _figures(body: Sequence[Statement], report: Report) -> list[Figure]:
    figures: list[Figure] = []
    place = dict.fromkeys(MEMO_PARTS, 0)
    for statement in body:
        figures += _figures_of(statement, place[statement.part], report)
        place[statement.part] += 1
    return figures


def _figures_of(statement: Statement, item: int, report: Report) -> list[Figure]:
    return [
        Figure(
            part=statement.part,
            item=item,
            text=check.text,
            start=check.start,
            end=check.end,
            status=check.status,
            sentence=_sentence_at(report, check.evidence),
            evidence=check.evidence,
            computed=check.status == "derived",
            reason=check.reason,
        )
        for check in statement.checks
        if check.kind in _FIGURE_CHECKS
    ]


def _sentence_at(report: Report, span: Span | None) -> int | None:
    if span is None:
        return None
    for index, sentence in enumerate(report.sentences):
        if sentence.start <= span.start < sentence.end:
            return index
    return None


def _coverage(report: Report, body: Sequence[Statement]) -> Coverage:
    cited = {index for statement in body for index in statement.sources}
    used = [c.evidence for s in body for c in s.checks if c.passed and c.evidence]
    counted = [
        quantity
        for section in report.sections
        if section.part in MEMO_PARTS
        for quantity in _quantities_between(report, section.start, section.end)
    ]
    unused = [q for q in counted if not any(q.start < e.end and e.start < q.end for e in used)]
    absent: list[MemoPart] = []
    uncovered: list[MemoPart] = []
    for part in MEMO_PARTS:
        if not any(section.part == part for section in report.sections):
            absent.append(part)
        elif not any(statement.part == part for statement in body):
            uncovered.append(part)
    return Coverage(
        sentences=len(report.sentences),
        sentences_cited=len(cited),
        figures=len(counted),
        figures_used=len(counted) - len(unused),
        unused_figures=tuple(Span(q.start, q.end) for q in unused),
        unused_paragraphs=tuple(_unused_items(report, cited)),
        absent_parts=tuple(absent),
        uncovered_parts=tuple(uncovered),
    )


def _quantities_between(report: Report, start: int, end: int) -> list[Quantity]:
    return [
        quantity.model_copy(update={"start": quantity.start + start, "end": quantity.end + start})
        for quantity in find_quantities(report.text[start:end])
        if quantity.kind in _FIGURE_KINDS
    ]


def _unused_items(report: Report, cited: set[int]) -> list[Span]:
    return [
        Span(
            report.sentences[item.sentences[0]].start,
            report.sentences[item.sentences[-1]].end,
        )
        for part in MEMO_PARTS
        for item in find_items(report, part)
        if not cited.intersection(item.sentences)
    ]
