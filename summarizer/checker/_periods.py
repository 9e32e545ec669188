"""Dates and periods: which year a figure belongs to, and whether the report has the date."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from summarizer.checker._anatomy import Mention, Prose
from summarizer.checker._binding import Binding
from summarizer.checker._frames import MANY_YEARS, PLAN_PERIOD, year_of_end
from summarizer.checker._lexicon import GOAL, LAST_YEAR, ORIGIN, PLAN_CUE
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._subject import Subject
from summarizer.types import Check, Quantity, Span

_JUST_THIS = 0.7
_NEIGHBOUR = 4  # characters behind a year that say which year is meant
_COMPARED = re.compile(r"(?:比|较|同|与|[快慢高低多少]于)$")
_NOW = re.compile(r"现有|目前|现已")
# 降至0.57%,2023年为0.92%,卸载货物7.2万吨: the year is of the one figure behind it.
_ONLY_ITS_OWN = re.compile(r"(?:为|是|仅为?|则为)[\d.]+[^,;。\d]{0,4}[,;]")
_IN_ORDER = re.compile(r"[^,;0-9]*分别[^,;]*")  # 2024年的任务分别为96个和900公里
# 近三年, 五年来: a figure of several years, if the comma behind is the only one before it.
_SPAN = re.compile(
    r"(?<![〇零一二三四五六七八九])([二两三四五六七八九十])年(?:来|间|累计)?[,，]?[^,;。0-9]*$"
)
_NEXT_YEAR = re.compile(r"下一?年|明年|来年|次年|翌年")
_WITH_LAST_YEAR = re.compile(r"[比较](?:上年|去年|上一年)|同比")
_GROWTH = re.compile("同比")
_YEARS = re.compile(r"(\d{4})年?[-~至—到](\d{4})年")
_NUMERALS = dict(zip("两二三四五六七八九十", (2, *range(2, 11)), strict=True))
_OVER = re.compile(r"已经|已(?!成为)|了(?!解)|过去的?一年|一年[来间]|年内|当年|建成并")
_BY_HOW_MUCH = re.compile(r"[多少高低增减升降快慢大小长短提缩扩翻]")
# 2023年度审计工作报告反映的问题: the year is the report's name, and says nothing of the figure.
_NAMED_BY_YEAR = re.compile(r"度?[\u4e00-\u9fff]{0,10}(?:报告|规划|方案|纲要|年鉴|要点)")
_SECTION = 6000  # characters back to where a span of years may have been opened
_SAME_TIME = re.compile(r"(?<![比较与])(?:同期|上年|去年|上一年)")


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
    worked_out = {b.year for b in bindings if b.year}
    dates = [d for d in subject.prose.dates if _year_alone(d) not in worked_out]
    checks = [check for date in dates if (check := _check_date(subject, date))]
    printed = [b for b in bindings if b.mention.quantity.start not in subject.worked_out]
    if all(check.passed for check in checks):
        checks += [c for b in printed if (c := _check_period(subject, b, worked_out))]
    return checks


def _year_alone(date: Quantity) -> int | None:
    year, month, _ = parts_of(date)
    return year if month is None and "/" not in date.canonical else None


def _check_date(subject: Subject, date: Quantity) -> Check | None:
    index = subject.index
    if "/" in date.canonical:
        found = [d for d in _before_the_same(subject, date) if "/" in d.canonical]
        if found and all(d.canonical != date.canonical for d in found):
            return _altered(subject, date, found[0])
        home = next((d for d in index.prose.dates if _same_range(date, d)), None)
        return _dated(subject, date, home)
    year, month, day = parts_of(date)
    if month is None:
        return _check_year(subject, date, year)
    other = _exchanged_date(subject, date)
    if other is not None:
        return _altered(subject, date, other)
    home = next((d for d in index.prose.dates if _same_day(date, d, index)), None)
    issued = index.issued_on
    # The page's own metadata may have the date of issue where the text has not.
    on_issue = issued is not None and (month, day) == (issued.month, issued.day)
    if home is None and issued is not None and on_issue and year in (None, issued.year):
        return subject.check(date.start, date.end, "date", "converted")
    return _dated(subject, date, home)


def _altered(subject: Subject, date: Quantity, other: Quantity) -> Check:
    return subject.check(
        date.start, date.end, "date", "altered", Span(other.start, other.end),
        f"原文此处为“{other.text}”",
    )  # fmt: skip


def _same_range(ours: Quantity, theirs: Quantity) -> bool:
    """Whether two ranges of dates agree in all that ours says: 7月至10月 of 2022年7月至10月."""
    if ours.canonical == theirs.canonical:
        return True
    return ours.canonical.replace("-", "") == re.sub(r"\d{4}-|-", "", theirs.canonical)


def _same_day(ours: Quantity, theirs: Quantity, index: SourceIndex) -> bool:
    """Whether two dates agree in all that ours says; a year left out is the report's."""
    year, *day = parts_of(ours)
    their_year, *their_day = parts_of(theirs)
    if day != (their_day if day[1] else [their_day[0], None]):
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
    near = [
        d
        for d in homes
        if _sentence_of(index, d) in subject.passages or _opens_the_line(d, subject)
    ]
    if near:
        return _dated(subject, date, near[0])
    meant = {index.year_of(n) for n in subject.passages} or {index.year}
    if None in meant:
        return _dated(subject, date, homes[0] if homes else None)
    before = subject.prose.text[max(0, date.start - 2) : date.start]
    said = "".join(index.text[slice(*index.prose.sentences[n])] for n in subject.passages)
    told = _COMPARED.search(before) and _WITH_LAST_YEAR.search(said)
    if (told or _SAME_TIME.search(said)) and (year or 0) + 1 in meant:
        return subject.check(date.start, date.end, "period", "converted")  # 比上年 of the source
    next_year = _NEXT_YEAR.search(said) and (year or 0) - 1 in meant
    if next_year or year in meant or year == index.year:
        return subject.check(date.start, date.end, "period", "exact")
    years = "、".join(f"{y}年" for y in sorted(filter(None, meant)))
    return subject.check(date.start, date.end, "period", "altered", None, f"原文此处说的是{years}")


def _opens_the_line(date: Quantity, subject: Subject) -> bool:
    """Whether a date stands before a figure's home in its line: 到2030年,…;城镇化率达到78%."""
    index = subject.index
    starts = [index.prose.sentences[n][1] for n in subject.homes]
    return any(date.end < at and "\n" not in index.text[date.end : at] for at in starts)


def _before_the_same(subject: Subject, date: Quantity) -> list[Quantity]:
    """Return the dates that the source has before the very words that follow this one."""
    index = subject.index
    following = subject.prose.text[date.end :].lstrip(",")[:_NEIGHBOUR]
    if len(following) < _NEIGHBOUR or not following.strip("《“").isalpha():
        return []
    return [
        d
        for d in index.prose.dates
        if index.text.startswith(following, d.end + index.text.startswith(",", d.end))
        and _sentence_of(index, d) in subject.passages
    ]


def _exchanged_date(subject: Subject, date: Quantity) -> Quantity | None:
    """Find another day or month before the very words that follow this one."""
    found = [d for d in _before_the_same(subject, date) if "/" not in d.canonical]
    if any(_same_day(date, d, subject.index) for d in found):
        return None
    return next(iter(found), None)


def _exchanged_year(subject: Subject, date: Quantity, year: int | None) -> Quantity | None:
    """Find another year before the very words that follow this one."""
    found = _before_the_same(subject, date)
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
        if (
            date.start < start
            or "/" in date.canonical
            or _NAMED_BY_YEAR.match(prose.text, date.end)
        ):
            continue
        between = prose.text[date.end : position]
        closed = between.count(")") > between.count("(")
        compared = _COMPARED.search(prose.text[max(0, date.start - 2) : date.start])
        until = prose.text.endswith(("到", "至"), 0, date.start)  # 结转到2023年,其他5项
        ends = (until or prose.text.startswith("的", date.end)) and re.search("[,;0-9]", between)
        if _IN_ORDER.fullmatch(between):
            ends = None
        if until and prose.text.startswith("的", date.end):
            continue  # 结转到2025年的有2项
        own = date.start > start and _ONLY_ITS_OWN.match(prose.text, date.end)
        if own and re.search("[,;]", between):
            continue  # 降至0.57%,2023年为0.92%,卸载货物7.2万吨
        if MANY_YEARS.search(between):
            continue  # 2026年目标为5%,“十五五”时期年均4.5%
        if ends:
            continue  # 恢复到2019年的71.5%;接待游客83.5万人次
        if compared and "于" not in compared.group() and not _BY_HOW_MUCH.search(between):
            compared = None  # 比2008年的1163亿元多298亿元: the year of the figure behind it
        year = parts_of(date)[0]
        if year and not closed and not compared:
            found = (year, date)
    return found


def _check_period(subject: Subject, binding: Binding, worked_out: Collection[int]) -> Check | None:
    """Check that a figure is told of the year that the report gives it for.

    `worked_out` are the years that another figure of the statement was computed for.
    """
    same, index = binding.same, subject.index
    meant = index.year_of(same.mention.sentence) if same else None
    if same is None or meant is None:
        return None
    ours, theirs = binding.mention, same.mention
    if ours.quantity.kind == "percent" and _GROWTH.search(theirs.lead):
        return None  # 2022年为469件,同比增长49.7%: of the year after
    said = _year_meant(subject, ours, theirs, meant)
    source = _year_said(index.prose, theirs, meant, index)
    span = _SPAN.search(subject.prose.text[: ours.quantity.start])
    if span and subject.prose.text.endswith("连续", 0, span.start(1)):
        span = None  # 连续五年居首位
    two_ends = ORIGIN.search(ours.lead) or GOAL.search(ours.lead)
    if span and not two_ends and not _spans_years(index, theirs, span.group(1)):
        return _wrong_period(subject, binding, f"原文说的不是{span.group(1)}年的合计")
    if (
        said
        and said > meant
        and f"{said}年" in index.text[_line(index, theirs.quantity.start) : theirs.quantity.start]
    ):
        return None  # 到2030年,…;城镇化率达到78%
    if said in worked_out or (said and _of_an_end(ours, theirs, said, source or meant, index)):
        return None
    if said is not None and said != (source or meant):
        return _wrong_period(subject, binding, f"原文说的是{source or meant}年")
    if said is None and _SAME_TIME.search(theirs.lead):
        # 由88个增至317个: where something starts, the earlier figure is meant.
        local = f"{ours.lead}|{ours.clause}"
        if not ORIGIN.search(ours.lead) and not _SAME_TIME.search(local):
            return _wrong_period(subject, binding, "原文说的是上年同期")
    return _check_aim(subject, binding) if said is None and source is None else None


def _line(index: SourceIndex, at: int) -> int:
    """Return where the line of a place in the report begins."""
    return index.text.rfind("\n", 0, at) + 1


def _year_meant(subject: Subject, ours: Mention, theirs: Mention, meant: int) -> int | None:
    """Return the year that the statement tells a figure of, None where it tells none."""
    if _NOW.search(ours.lead):
        return None
    said = _year_said(subject.prose, ours, meant, subject.index)
    by_reader = _is_the_reader_s(subject.prose.text, subject.index, theirs.sentence)
    return None if said == meant - 1 and by_reader else said


def _of_an_end(ours: Mention, theirs: Mention, said: int, source: int, index: SourceIndex) -> bool:
    """Whether the year said is that of one end of a movement which the report tells of a figure."""
    if ORIGIN.search(ours.lead) and source == said - 1:
        return True  # 由第5位升至第2位
    if ORIGIN.search(theirs.lead) and said == source - 1:
        return True  # 由11人降至9人: what it was before
    start, end = index.prose.sentences[theirs.sentence]
    moves = ORIGIN.search(ours.lead) or GOAL.search(ours.lead)
    ends = _YEARS.search(index.text, start, end) if moves else None
    if ends and str(said) in ends.groups():
        return True  # 2020年到2025年,…从17.1%提升到35.1%
    return said == year_of_end(theirs.quantity, index)


def _year_said(prose: Prose, mention: Mention, meant: int, index: SourceIndex) -> int | None:
    """Return the year that the words before a figure name, 上年 counted from the year meant."""
    found = governing_year(prose, mention.quantity.start)
    near = found is not None and _in_clause(prose, found[1], mention.quantity)
    last = LAST_YEAR.search(mention.lead)
    if not near and last:
        return index.last_year(last.group(), max(meant, found[0]) if found else meant)
    return found[0] if found else None


def _is_the_reader_s(text: str, index: SourceIndex, sentence: int) -> bool:
    """Whether 去年 opens a statement and may be the year reported on: memos are read later."""
    start, end = index.prose.sentences[sentence]
    line = index.text[_line(index, start) : end]
    before = index.year is not None and f"{index.year - 1}年" in line
    planned = index.parts[sentence] == "plans"
    return text.startswith("去年") and "今年" not in text and not planned and not before


def _check_aim(subject: Subject, binding: Binding) -> Check | None:
    """Check that next year's aim is not told as what was reached, where the report has both."""
    same, parts = binding.same, subject.index.parts
    if same is None or parts[same.mention.sentence] != "plans":
        return None
    if subject.allowed is not None or PLAN_CUE.search(subject.prose.text):
        return None
    if _OVER.search(subject.prose.text) and not _reported(binding, subject.index):
        return _wrong_period(subject, binding, "原文中这是下一步的计划，不是已完成的工作")
    reached = [c for c in binding.rivals if parts[c.mention.sentence] != "plans"]
    best = max(reached, key=lambda c: c.score, default=None)
    if best is None or best.score < max(_JUST_THIS, same.score):
        return None
    figure = best.mention.quantity.text
    return _wrong_period(subject, binding, f"原文中这是下一年的目标，本年为“{figure}”")


def _reported(binding: Binding, index: SourceIndex) -> bool:
    """Whether the report has a figure's value outside its plans too."""
    homes = index.sentences_with(binding.mention.quantity)
    return any(index.parts[n] != "plans" for n in homes)


def _in_clause(prose: Prose, date: Quantity, figure: Quantity) -> bool:
    return prose.clause_at(date.start) == prose.clause_at(figure.start)


def _spans_years(index: SourceIndex, mention: Mention, count: str) -> bool:
    """Whether what stands around a figure of the report, or over it, speaks of so many years."""
    position = mention.quantity.start
    line = index.text.rfind("\n", 0, position) + 1
    around = index.text[line:position] + index.text[position:].split("。", 1)[0]
    frame = index.text[max(0, position - _SECTION) : position]
    spans = [found.group() for found in MANY_YEARS.finditer(frame)]
    if any(count in span or (count == "五" and PLAN_PERIOD.search(span)) for span in spans):
        return True  # what it opened, and how far it holds, a report leaves to its reader
    ranges = [(int(first), int(last)) for first, last in _YEARS.findall(around)]
    if any(_NUMERALS.get(count) == last - first + 1 for first, last in ranges):
        return True
    return f"{count}年" in f"{around}|{index.headings[mention.sentence]}"


def _wrong_period(subject: Subject, binding: Binding, reason: str) -> Check:
    quantity = binding.mention.quantity
    assert binding.same is not None
    home = binding.same.mention.quantity
    return subject.check(
        quantity.start, quantity.end, "period", "misattributed",
        Span(home.start, home.end), reason,
    )  # fmt: skip
