"""Dates and periods: which year a figure belongs to, and whether the report has the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer._anatomy import Prose
from summarizer._binding import Binding
from summarizer._lexicon import ORIGIN
from summarizer._source_index import SourceIndex
from summarizer.types import Check, Quantity, Span

if TYPE_CHECKING:
    from summarizer._wording import Subject

_ISO = re.compile(r"^(\d{4})?(?:-{1,2}(\d{2}))?(?:-(\d{2}))?")
_NEIGHBOUR = 4  # characters behind a year that say which year is meant
_COMPARED = re.compile(r"(?:比|较|同)$")
_LAST_YEAR = re.compile(r"(?<![比较同与])(?:上年|去年|上一年)")
# 近三年, 五年来: a figure of several years, if the comma behind is the only one before it.
_SPAN = re.compile(
    r"(?<![〇零一二三四五六七八九])([二两三四五六七八九十])年(?:来|间|累计)?[,，]?[^,;。0-9]*$"
)
_SAME_TIME = re.compile(r"(?<![比较与])(?:同期|上年|去年|上一年)")
_PUBLISHED = re.compile(r"发布|公开|公布|印发|作出|落款|成文|报告")


def parts_of(date: Quantity) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of a date, each None where it is not said."""
    canonical = date.canonical
    found = re.match(r"^(\d{4})?-{0,2}(?:(\d{2}))?(?:-(\d{2}))?", canonical)
    if not found:
        return None, None, None
    year, month, day = (int(g) if g else None for g in found.groups())
    return year, month, day


def check_dates(subject: Subject, bindings: Sequence[Binding]) -> list[Check]:
    """Check every date of a statement, and that its figures belong to the year it names."""
    checks = [check for date in subject.prose.dates if (check := _check_date(subject, date))]
    failed = any(not c.passed for c in checks)
    if not failed:
        checks += [c for b in bindings if (c := _check_period(subject, b))]
    return checks


def _check_date(subject: Subject, date: Quantity) -> Check | None:
    index = subject.index
    if "/" in date.canonical:
        home = next((d for d in index.prose.dates if d.canonical == date.canonical), None)
        return _dated(subject, date, home)
    year, month, _day = parts_of(date)
    if month is None:
        return _check_year(subject, date, year)
    homes = [d for d in index.prose.dates if _same_day(date, d, index)]
    home = homes[0] if homes else None
    if home is None and index.issued_on is not None:
        issued = index.issued_on
        _, month, day = parts_of(date)
        if (month, day) == (issued.month, issued.day) and year in (None, issued.year):
            return subject.check(date.start, date.end, "date", "converted")
    return _dated(subject, date, home)


def _same_day(ours: Quantity, theirs: Quantity, index: SourceIndex) -> bool:
    year, month, day = parts_of(ours)
    their_year, their_month, their_day = parts_of(theirs)
    if (month, day) != (their_month, their_day if day else None) and (month, day) != (
        their_month,
        their_day,
    ):
        return False
    if year is None or their_year is None:
        return year is None or index.year is None or year in (index.year, index.year + 1)
    return year == their_year


def _dated(subject: Subject, date: Quantity, home: Quantity | None) -> Check:
    if home is not None:
        same = home.text == date.text
        return subject.check(
            date.start, date.end, "date", "exact" if same else "converted",
            Span(home.start, home.end),
        )  # fmt: skip
    return subject.check(date.start, date.end, "date", "altered", None, "原文没有这一日期")


def _check_year(subject: Subject, date: Quantity, year: int | None) -> Check | None:
    """Check a bare year: the report's own, or one that stands by what the statement speaks of."""
    index = subject.index
    other = _exchanged_year(subject, date, year)
    if other is not None:
        return subject.check(
            date.start, date.end, "period", "altered", Span(other.start, other.end),
            f"原文此处为“{other.text}”",
        )  # fmt: skip
    homes = [d for d in index.prose.dates if parts_of(d)[0] == year]
    near = [d for d in homes if _sentence_of(index, d) in subject.passages]
    if near:
        return _dated(subject, date, near[0])
    if index.year is None:
        return _dated(subject, date, homes[0] if homes else None)
    ahead = any(index.parts[n] == "plans" for n in subject.passages[:2])
    if year == index.year or (ahead and year == index.year + 1):
        return subject.check(date.start, date.end, "period", "exact")
    return subject.check(
        date.start, date.end, "period", "altered", None,
        f"原文此处说的是{index.year}年",
    )  # fmt: skip


def _exchanged_year(subject: Subject, date: Quantity, year: int | None) -> Quantity | None:
    """Find another year before the very words that follow this one."""
    index = subject.index
    following = subject.prose.text[date.end : date.end + _NEIGHBOUR]
    if len(following) < _NEIGHBOUR or not following.isalpha():
        return None
    found = [
        d
        for d in index.prose.dates
        if index.text.startswith(following, d.end) and _sentence_of(index, d) in subject.passages
    ]
    if any(parts_of(d)[0] == year for d in found):
        return None
    return next((d for d in found if parts_of(d)[0] and "/" not in d.canonical), None)


def _sentence_of(index: SourceIndex, date: Quantity) -> int:
    number = index.prose.clause_at(date.start)
    return index.prose.clauses[number].sentence if number >= 0 else -1


def governing_year(prose: Prose, position: int) -> tuple[int, Quantity] | None:
    """Return the year said before a figure in its sentence, and not of another bracket."""
    number = prose.clause_at(position)
    if number < 0:
        return None
    start = prose.sentences[prose.clauses[number].sentence][0]
    found = None
    for date in prose.governing_dates:
        if date.start >= position:
            break
        if date.start < start or "/" in date.canonical:
            continue
        between = prose.text[date.end : position]
        closed = between.count(")") > between.count("(")
        compared = _COMPARED.search(prose.text[max(0, date.start - 2) : date.start])
        year = parts_of(date)[0]
        if year and not closed and not compared:
            found = (year, date)
    return found


def _check_period(subject: Subject, binding: Binding) -> Check | None:
    same, index = binding.same, subject.index
    if same is None or index.year is None:
        return None
    quantity = binding.mention.quantity
    ours = governing_year(subject.prose, quantity.start)
    theirs = governing_year(index.prose, same.mention.quantity.start)
    said = ours[0] if ours else None
    local = binding.mention.lead + binding.mention.clause
    if _LAST_YEAR.search(local) and (
        ours is None or not _in_clause(subject.prose, ours[1], quantity)
    ):
        said = index.year - 1
    source = theirs[0] if theirs else None
    source_text = same.mention.lead
    if source is None and _LAST_YEAR.search(source_text):
        source = index.year - 1
    span = _SPAN.search(subject.prose.text[: quantity.start])
    if span and not _spans_years(index, same.mention.quantity.start, span.group(1)):
        return _wrong_period(subject, binding, f"原文说的不是{span.group(1)}年的合计")
    if said is not None and source is not None and said != source:
        return _wrong_period(subject, binding, f"原文说的是{source}年")
    starting = ORIGIN.search(binding.mention.lead)  # 由88个增至317个: the earlier one is meant
    if (
        said is None
        and not starting
        and _SAME_TIME.search(source_text)
        and not _SAME_TIME.search(local)
    ):
        return _wrong_period(subject, binding, "原文说的是上年同期")
    if said is not None and source is None:
        plan = index.parts[same.mention.sentence] == "plans"
        meant = index.year + 1 if plan else index.year
        if said != meant:
            return _wrong_period(subject, binding, f"原文说的是{meant}年")
    return None


def _in_clause(prose: Prose, date: Quantity, figure: Quantity) -> bool:
    return prose.clause_at(date.start) == prose.clause_at(figure.start)


def _spans_years(index: SourceIndex, position: int, count: str) -> bool:
    """Whether the paragraph before a figure of the report speaks of so many years."""
    line = index.text.rfind("\n", 0, position) + 1
    return (
        f"{count}年" in index.text[line:position]
        or f"{count}年" in index.text[position:].split("。", 1)[0]
    )


def _wrong_period(subject: Subject, binding: Binding, reason: str) -> Check:
    quantity = binding.mention.quantity
    assert binding.same is not None
    home = binding.same.mention.quantity
    return subject.check(
        quantity.start, quantity.end, "period", "misattributed",
        Span(home.start, home.end), reason,
    )  # fmt: skip
