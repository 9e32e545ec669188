"""The memo as an outline: what every format says, before any of them sets it in type.

A `Memo` holds the title, the line on who and when, three parts of grouped items, the rows of
数据核验表 and the paragraphs of 核验记录. All text is clean and on one line; sentence numbers are
1-based, as the reader sees them. Nothing here is invented: a title without a region lacks one,
and 「2023年计划」 is said only of a report that itself names that year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.folding import to_script
from summarizer.render.records import Record, records, sentences_at
from summarizer.render.wording import (
    ORIGIN,
    PARTS,
    STATUS,
    Say,
    chinese_numeral,
    clean,
    in_script,
)
from summarizer.summaries import NOTE_ABSENT, NOTE_UNCOVERED
from summarizer.types import (
    MEMO_PARTS,
    Brief,
    Figure,
    MemoPart,
    Report,
    Span,
    Statement,
)

_SUBJECTS = {"rule_of_law": "法治政府建设情况"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `lit` where a figure stands, with the `figure` itself in the body."""

    text: str
    lit: bool = False
    figure: Figure | None = None

    @property
    def computed(self) -> bool:
        """Whether the program worked the figure out."""
        return self.figure is not None and self.figure.computed


@dataclass(frozen=True)
class Item:
    """One statement of the body: its place in its part from 0, its cited sentences from 1."""

    part: MemoPart
    place: int
    pieces: tuple[Piece, ...]
    sentences: tuple[int, ...]

    @property
    def key(self) -> str:
        """A name for the item that is unique in the memo and fit for an anchor."""
        return f"{self.part}_{self.place + 1}"


@dataclass(frozen=True)
class Group:
    """Neighbouring items of one topic; they make one paragraph."""

    number: int
    topic: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class PartText:
    """One part of the body; `notes` say in brackets what is missing."""

    part: MemoPart
    numeral: str
    heading: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """What came of checking one figure, in words."""

    text: str
    words: str


@dataclass(frozen=True)
class Row:
    """A row of 数据核验表: the figures of one item that rest on one sentence.

    `numeral` and `number` name part and group where the row is the item's first; `number` is 0
    in its further rows. `marks` is empty for a sentence that carries words only.
    """

    key: str
    numeral: str
    number: int
    remark: str
    marks: tuple[Mark, ...]
    sentence: int
    source: tuple[Piece, ...]


@dataclass(frozen=True)
class Memo:
    """The whole memo, format-neutral."""

    title: str
    origin: str
    parts: tuple[PartText, ...]
    rows: tuple[Row, ...]
    records: tuple[Record, ...]
    say: Say


def outline(brief: Brief) -> Memo:
    """The memo that `brief` makes. The same brief gives the same memo."""
    report = brief.report
    say = in_script(brief.script)
    parts = tuple(
        _part_text(brief, part, number, say) for number, part in enumerate(MEMO_PARTS, start=1)
    )
    return Memo(
        title=_in_memo_script(memo_title(report, say), brief),
        origin=_in_memo_script(_origin(report, say), brief),
        parts=parts,
        rows=tuple(row for part in parts for row in _rows(brief, part, say)),
        records=tuple(record for record in records(brief, say) if record.lines),
        say=say,
    )


def _in_memo_script(text: str, brief: Brief) -> str:
    """`text` of the report in the memo's script, where a memo was asked for in the other one."""
    return text if brief.script == brief.report.script else to_script(text, brief.script)


# ── the body ─────────────────────────────────────────────────────────────────────────────────


def memo_title(report: Report, say: Say) -> str:
    """溧阳市2022年法治政府建设情况摘要: from the report's own title, else from what is known."""
    title = clean(report.title or "").strip("《》 ")
    if title:
        subject = re.split("关于|關於", title)[-1]
        subject = re.sub("(?<=情况|情況)的?(报告|報告)$", "", subject)
        if report.region and report.region not in subject:
            subject = clean(report.region) + subject
        return subject + say("摘要")
    region = clean(report.region or "")
    year = f"{report.year}年" if report.year else ""
    return region + year + say(_SUBJECTS.get(report.profile, "报告") + "摘要")


def _origin(report: Report, say: Say) -> str:
    """Who issued the report, when, under which number; what is not known is left out."""
    known = [report.issuer, _chinese_date(report.issued_on), report.doc_number]
    said = "　".join(clean(value) for value in known if value)
    return say("报告来源：") + said if said else ""


def _chinese_date(date: dt.date | None) -> str:
    return f"{date.year}年{date.month}月{date.day}日" if date else ""


def _part_text(brief: Brief, part: MemoPart, number: int, say: Say) -> PartText:
    statements: Sequence[Statement] = getattr(brief, part)
    items = [
        (clean(statement.topic).strip("。：:；; "), _item(brief, statement, place))
        for place, statement in enumerate(statements)
    ]
    groups = tuple(
        Group(number=place, topic=topic, items=tuple(members))
        for place, (topic, members) in enumerate(_grouped(items), start=1)
    )
    traditional = brief.script == "hant"
    notes = []
    if part in brief.coverage.absent_parts:
        notes.append(NOTE_ABSENT[traditional])
    elif part in brief.coverage.uncovered_parts or not statements:
        notes.append(NOTE_UNCOVERED[traditional])
    return PartText(
        part=part,
        numeral=chinese_numeral(number),
        heading=_part_heading(brief.report, part, say),
        groups=groups,
        notes=tuple(notes),
    )


def _part_heading(report: Report, part: MemoPart, say: Say) -> str:
    if part == "plans" and report.year is not None:
        following = f"{report.year + 1}年"
        if following in report.text.translate(_HALF_WIDTH_DIGITS):
            return following + say("计划")
    return say(PARTS[part])


_HALF_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def _grouped(items: Iterable[tuple[str, Item]]) -> Iterator[tuple[str, list[Item]]]:
    """Neighbours of one topic together; items without a topic each on their own."""
    for topic, run in groupby(items, key=lambda entry: entry[0]):
        members = [item for _, item in run]
        if topic:
            yield topic, members
        else:
            yield from (("", [item]) for item in members)


def _item(brief: Brief, statement: Statement, place: int) -> Item:
    figures = {Span(f.start, f.end): f for f in item_figures(brief, statement, place)}
    return Item(
        part=statement.part,
        place=place,
        pieces=tuple(_cut(statement.text, 0, len(statement.text), figures)),
        sentences=tuple(index + 1 for index in statement.sources),
    )


def item_figures(brief: Brief, statement: Statement, place: int) -> list[Figure]:
    """The figures of one item in order of text, none overlapping another.

    A figure that no longer stands in the statement, because a person edited it, is left out.
    """
    figures = [
        figure
        for figure in brief.figures
        if figure.part == statement.part
        and figure.item == place
        and statement.text[figure.start : figure.end] == figure.text
    ]
    kept: list[Figure] = []
    # Where several checks share a place, the gravest speaks; else the longest.
    for figure in sorted(figures, key=lambda f: (_gravity(f), f.start - f.end, f.start)):
        if not any(figure.start < other.end and other.start < figure.end for other in kept):
            kept.append(figure)
    return sorted(kept, key=lambda figure: figure.start)


def _gravity(figure: Figure) -> int:
    return -list(STATUS).index(figure.status)


def _cut(text: str, start: int, end: int, marked: Mapping[Span, Figure | None]) -> Iterator[Piece]:
    """`text[start:end]` in pieces, lit where the spans of `marked` lie."""
    at = start
    for span in sorted(marked):
        if span.start < at or span.end > end or span.start >= span.end:
            continue
        if at < span.start:
            yield Piece(clean(text[at : span.start]))
        yield Piece(clean(text[span.start : span.end]), lit=True, figure=marked[span])
        at = span.end
    if at < end:
        yield Piece(clean(text[at:end]))


def item_doubts(brief: Brief, statement: Statement, place: int) -> list[str]:
    """Why a person should look at an item before signing; empty where nobody needs to.

    In simplified characters. An item that a person has reviewed keeps its reasons.
    """
    doubts = []
    if not statement.supported:
        doubts.append("未通过核验")
    if statement.origin == "edited" and not statement.checks:
        doubts.append("修改后未核验")
    if statement.origin == "quoted":
        doubts.append("模型归纳未通过核验，以原文代替")
    if statement.origin == "repaired":
        doubts.append("经程序订正")
    if any(figure.computed for figure in item_figures(brief, statement, place)):
        doubts.append("含程序计算的数据")
    doubtful = {
        number - 1
        for finding in brief.findings
        if not finding.consistent
        for number in sentences_at(brief.report, finding.spans)
    }
    if doubtful.intersection(statement.sources):
        doubts.append("所引原文的数据待核实")
    return doubts


# ── 数据核验表 ────────────────────────────────────────────────────────────────────────────────


def _rows(brief: Brief, part: PartText, say: Say) -> Iterator[Row]:
    statements: Sequence[Statement] = getattr(brief, part.part)
    for group in part.groups:
        for item in group.items:
            statement = statements[item.place]
            figures = item_figures(brief, statement, item.place)
            home = statement.sources[0] if statement.sources else 0
            resting: dict[int, list[Figure]] = {index: [] for index in statement.sources}
            for figure in figures:
                index = home if figure.sentence is None else figure.sentence
                resting.setdefault(index, []).append(figure)
            for further, (index, carried) in enumerate(resting.items()):
                yield Row(
                    key=item.key,
                    numeral=part.numeral,
                    number=0 if further else group.number,
                    remark="" if further else _remark(statement, say),
                    marks=tuple(_mark(figure, say) for figure in carried),
                    sentence=index + 1,
                    source=_source(brief.report, index, carried),
                )


def _remark(statement: Statement, say: Say) -> str:
    words = [ORIGIN[statement.origin]]
    if statement.origin == "edited" and not statement.checks:
        words.append("未经程序核验")
    if statement.reviewed:
        words.append("已人工核对")
    return say("，".join(word for word in words if word))


def _mark(figure: Figure, say: Say) -> Mark:
    words = say(STATUS[figure.status])
    if figure.reason and figure.status != "exact":
        words += f"（{clean(figure.reason)}）"
    return Mark(text=clean(figure.text), words=words)


def _source(report: Report, index: int, figures: Iterable[Figure]) -> tuple[Piece, ...]:
    if not 0 <= index < len(report.sentences):
        return ()
    sentence = report.sentences[index]
    evidence = dict.fromkeys(f.evidence for f in figures if f.evidence is not None)
    return tuple(_cut(report.text, sentence.start, sentence.end, evidence))
