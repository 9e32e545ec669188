"""Stage: a text becomes a report: sections with their parts, sentences, metadata.

What a report's sections tile: site words and metadata tables (boilerplate), the title (other),
the preamble, the parts under their headings, the signature, annexes (other), repeated pages
(boilerplate). Nothing is dropped from the text. A section opens at each heading down to 1. and
wherever the part changes; white space between sections ends the one before. `Section.heading` is
the heading without its number; in a line that goes on behind its heading (（一）加强领导。…) it ends
with the first sentence. `Section.level` is 1 for 一、, 2 for (一), 3 for 1., one more where the text
has 第一部分 above them, 1 for a heading without a number and 0 for text without a heading.

The work is done on the folded text (`folding.fold`), so that full-width and traditional copies
come apart the same, by four parts: `_layout` (what is the report), `_headings`, `_parts` (with the
words of `_cues` and of the profile) and `_metadata`. Sentences (`_sentences`) end where `types`
says; where a heading is glued into a sentence they end before it too, so that none belongs to
two sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer._cues import CueReader
from summarizer._headings import MAX_HEADING, Heading, find_headings
from summarizer._layout import Layout, find_layout, find_lines
from summarizer._metadata import Metadata, find_metadata, names_other_kind
from summarizer._parts import UNNUMBERED, Block, Turn, divide_body
from summarizer._sentences import cut_sentences, find_sentences
from summarizer.folding import fold, script_of
from summarizer.profiles import Profile, choose_profile
from summarizer.types import MEMO_PARTS, Part, Report, Section, Sentence, Source, Span

_DEEPEST = 3
_SAYS_REPORT = re.compile("(?:报告|汇报|总结|情况|公布|公告|通报|述职)如下|请予审议|报告工作")
_MARK = re.compile(r"[#*\s【]*")
_PART_NAMES = {"achievements": "achievements", "shortcomings": "shortcomings", "plans": "plans"}


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order: they end at 。！？； (; ! ?) or at a line's end.

    Offsets are half-open and point into `text`; white space stays outside.
    """
    return [Sentence(start=start, end=end) for start, end in find_sentences(text)]


def segment(
    source: Source, profile: Profile | None = None, *, profiles: Path | None = None
) -> Report:
    """The report in `source`. Without a profile the genre is found from title and text.

    `profiles` names a folder with further profiles to choose from. A text that is no report
    comes back without parts and with a warning. Raises `ProfileError` for a bad profile.
    """
    text = source.text
    folded = fold(text)
    lines = find_lines(folded)
    layout = find_layout(folded, lines, profile.cues.boilerplate if profile else ())
    known = find_metadata(text, folded, layout, source.metadata)
    if profile is None:
        profile = choose_profile(text, known.title, folder=profiles)
        if profile.cues.boilerplate:
            layout = find_layout(folded, lines, profile.cues.boilerplate)
    reader = CueReader(profile.cues, known.year)
    sections, warnings = _find_sections(text, folded, lines, layout, known, reader)
    starts = [section.start for section in sections]
    return Report(
        text=text,
        name=source.name,
        title=known.title,
        region=known.region,
        year=known.year,
        issuer=known.issuer,
        issued_on=known.issued_on,
        doc_number=known.doc_number,
        script=script_of(text),
        profile=profile.name,
        sections=tuple(sections),
        sentences=tuple(Sentence(start=s, end=e) for s, e in cut_sentences(text, starts)),
        locations=source.locations,
        sha256=source.sha256,
        warnings=(*source.warnings, *warnings),
    )


def _find_sections(
    text: str,
    folded: str,
    lines: Sequence[Span],
    layout: Layout,
    known: Metadata,
    reader: CueReader,
) -> tuple[list[Section], list[str]]:
    span = Span(_body_start(folded, layout, known), layout.body_end)
    hidden = (*layout.noise, *layout.repeated)
    own_lines = [line for line in _within(lines, span) if not _inside(line, hidden)]
    headings = _find_all_headings(folded, own_lines, span, hidden, reader)
    blocks, turns = divide_body(folded, own_lines, headings, span, reader)
    found = {turn.part for turn in turns if turn.part in MEMO_PARTS}
    announced = {part for block in blocks if block.announced for part in block.parts}
    if not _is_report(folded, span, known, announced, found):
        warnings = ["the text does not read like a report: no part was found in it"]
        turns = [Turn(block.start, "other") for block in blocks]
        found = set()
    else:
        warnings = [f"the report has no part on {part}" for part in MEMO_PARTS if part not in found]
    warnings += _warn_of_layout(layout)
    marks = _collect_marks(layout, known, span, blocks, turns)
    return _tile(text, marks, blocks, any(_is_division(b) for b in blocks)), warnings


def _body_start(folded: str, layout: Layout, known: Metadata) -> int:
    """Behind a title that is glued to the text."""
    start = layout.body_start
    if known.title_spans and known.title_spans[-1].start >= start:
        start = known.title_spans[-1].end
        while start < len(folded) and folded[start].isspace():
            start += 1
    return min(start, layout.body_end)


def _within(lines: Sequence[Span], span: Span) -> Iterator[Span]:
    for line in lines:
        if line.end > span.start and line.start < span.end:
            yield Span(max(line.start, span.start), min(line.end, span.end))


def _inside(line: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= line.start < span.end for span in spans)


def _find_all_headings(
    folded: str,
    lines: Sequence[Span],
    span: Span,
    hidden: Sequence[Span],
    reader: CueReader,
) -> list[Heading]:
    """The numbered headings, and short lines that say nothing but the name of a part."""
    numbered = [
        heading
        for heading in find_headings(folded, span.start, span.end)
        if not _inside(Span(heading.start, heading.start), hidden)
    ]
    taken = {heading.start for heading in numbered}
    bare: list[Heading] = []
    for line in lines:
        lead = _MARK.match(folded, line.start, line.end)
        start = lead.end() if lead else line.start
        title = folded[start : line.end].rstrip(":】* ")
        if not 2 <= len(title) <= 30 or line.start in taken or start in taken:
            continue
        if re.search("[,。;!?:]", title) or _SAYS_REPORT.search(folded, start, line.end):
            continue
        said = reader.announce(title)
        if said.structural and not said.weak and said.parts != ("other",):
            bare.append(Heading(line.start, start, start + len(title), UNNUMBERED, 0))
    return sorted([*numbered, *bare], key=lambda heading: heading.start)


def _is_report(
    folded: str, span: Span, known: Metadata, announced: set[Part], found: set[Part]
) -> bool:
    """Whether the text is a report: by its title, by its own word, or by two announced parts."""
    title = fold(known.title or "")
    if names_other_kind(title):
        return False
    if not found:
        return False
    opening = folded[span.start : min(span.end, span.start + 1500)]
    named = bool(re.search("报告|总结|年报|汇报|述职", title)) or (
        title.endswith("情况") and known.year is not None
    )
    return named or bool(_SAYS_REPORT.search(opening)) or len(announced & set(MEMO_PARTS)) >= 2


def _warn_of_layout(layout: Layout) -> Iterator[str]:
    if layout.repeated:
        chars = sum(end - start for start, end in layout.repeated)
        yield f"the text repeats itself: {chars} characters were set aside as a repeated page"
    if layout.noise:
        yield f"page furniture was set aside: {len(layout.noise)} lines"


def _collect_marks(
    layout: Layout, known: Metadata, span: Span, blocks: Sequence[Block], turns: Sequence[Turn]
) -> list[Turn]:
    """Every place where a section has to begin, in order, with its part."""
    marks: dict[int, Part] = {}
    titles = {title.start for title in known.title_spans}
    own = titles | {line.start for line in known.byline_spans}
    for line in layout.front:
        marks[line.start] = "other" if line.start in own else "boilerplate"
    if titles and span.start > layout.body_start:
        marks[layout.body_start] = "other"
    body = {turn.start: turn.part for turn in turns}
    marks |= body
    for block in blocks[1:]:
        heading = block.heading
        if heading is not None and heading.rank <= _DEEPEST and block.start not in marks:
            marks[block.start] = _part_at(turns, block.start)
    for hidden in sorted((*layout.noise, *layout.repeated)):
        for inside in [start for start in marks if hidden.start < start < hidden.end]:
            del marks[inside]
        marks[hidden.start] = "boilerplate"
        if hidden.end < span.end and hidden.start >= span.start:
            marks.setdefault(hidden.end, _part_at(turns, hidden.end))
    if layout.signature:
        marks[layout.signature.start] = "signature"
        if layout.annex is None:
            marks.setdefault(layout.signature.end, "boilerplate")
    if layout.annex is not None:
        marks[layout.annex] = "other"
    return [Turn(start, marks[start]) for start in sorted(marks)]


def _part_at(turns: Sequence[Turn], at: int) -> Part:
    part: Part = "other"
    for turn in turns:
        if turn.start > at:
            break
        part = turn.part
    return part


def _is_division(block: Block) -> bool:
    return block.heading is not None and block.heading.rank == 0


def _tile(
    text: str, marks: Sequence[Turn], blocks: Sequence[Block], divided: bool
) -> list[Section]:
    """The sections between the marks; white space belongs to the section before it."""
    headings = {block.start: block.heading for block in blocks if block.heading}
    sections: list[Section] = []
    for index, mark in enumerate(marks):
        start = mark.start if sections else 0
        end = marks[index + 1].start if index + 1 < len(marks) else len(text)
        heading = headings.get(mark.start)
        if heading is not None and heading.rank > _DEEPEST:
            heading = None
        blank = not text[start:end].strip()
        same = sections and sections[-1].part == mark.part and heading is None
        if sections and (blank or (same and not sections[-1].heading)):
            sections[-1] = sections[-1].model_copy(update={"end": end})
            continue
        if same and mark.part == "boilerplate":
            sections[-1] = sections[-1].model_copy(update={"end": end})
            continue
        title = text[heading.title_start : heading.title_end] if heading else ""
        level = 0
        if heading:
            level = 1 if heading.rank == UNNUMBERED else heading.rank + divided
        sections.append(
            Section(
                part=mark.part,
                heading=title if len(title) <= MAX_HEADING else "",
                level=level,
                start=start,
                end=end,
            )
        )
    if not sections and text:
        sections.append(Section(part="other", heading="", level=0, start=0, end=len(text)))
    return sections
