"""Stage: a text becomes a report: sections with their parts, sentences, metadata.

What a report's sections tile: site words and metadata tables (boilerplate), the title (other),
the preamble, the parts under their headings, the signature, annexes (other), repeated pages
(boilerplate). Nothing is dropped from the text. A section opens at each heading down to 1. and
wherever the part changes; white space between sections ends the one before. `Section.heading` is
the heading without its number; in a line that goes on behind its heading (（一）加强领导。…) it
ends with the first sentence. `Section.level` is 1 for 一、, 2 for (一), 3 for 1., one more where
the text has 第一部分 above them, 1 for a heading without a number, 0 for text without a heading.

The work is done on the folded text (`folding.fold`), so that full-width and traditional copies
come apart the same, by four parts: `_layout` (what is the report), `_headings`, `_parts` (with the
words of `_cues` and of the profile) and `_metadata`. Sentences (`_sentences`) end where `types`
says; where a heading is glued into a sentence they end before it too, so that none belongs to
two sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from summarizer.folding import fold, script_of
from summarizer.profiles import Profile, choose_profile
from summarizer.segment._cues import CueReader
from summarizer.segment._headings import MAX_HEADING, UNNUMBERED, Heading, find_headings, is_inside
from summarizer.segment._layout import Layout, find_layout, find_lines
from summarizer.segment._metadata import Metadata, find_metadata, names_other_kind
from summarizer.segment._outline import Block
from summarizer.segment._parts import divide_body
from summarizer.segment._sentences import cut_sentences, find_sentences
from summarizer.segment._tail import Turn
from summarizer.types import MEMO_PARTS, Part, Report, Section, Sentence, Source, Span

_DEEPEST = 3
_SAYS_REPORT = re.compile("(?:报告|汇报|总结|情况|公布|公告|通报|述职)如下|请予审议|报告工作")
# What may stand behind a report under a line of its own.
_BEHIND_REPORT = re.compile(r"名词解释|名词注释|有关用语|附件|附录|附表")
_BARE_LEAD = re.compile(r"[#*\s【]*")


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
    body = Span(_find_body_start(folded, layout, known, reader), layout.body_end)
    own_lines = list(_own_lines(lines, body, layout.hidden))
    headings = _find_all_headings(folded, own_lines, body, layout.hidden, reader)
    blocks, turns = divide_body(folded, own_lines, headings, body, reader)
    found = {turn.part for turn in turns} & set(MEMO_PARTS)
    if _is_report(folded, body, known, blocks, found):
        warnings = [f"the report has no part on {part}" for part in MEMO_PARTS if part not in found]
    else:
        warnings = ["the text does not read like a report: no part was found in it"]
        turns = [Turn(body.start, "other")] if body.start < body.end else []
    marks = _collect_marks(layout, known, body, blocks, turns)
    return _tile(text, marks, blocks), [*warnings, *_warn_of_layout(layout)]


def _find_body_start(folded: str, layout: Layout, known: Metadata, reader: CueReader) -> int:
    """Behind a title that is glued to the text; before a bare heading that opens it."""
    start = layout.body_start
    if known.title_spans and known.title_spans[-1].start >= start:
        start = known.title_spans[-1].end
        while start < len(folded) and folded[start].isspace():
            start += 1
    elif layout.front and layout.front[-1] not in (*known.title_spans, *known.byline_spans):
        line = layout.front[-1]
        if _read_bare_heading(folded, line, reader):
            start = line.start
    return min(start, layout.body_end)


def _own_lines(lines: Sequence[Span], body: Span, hidden: Sequence[Span]) -> Iterator[Span]:
    """The lines of the body, cut to it, without those that are hidden."""
    for line in lines:
        if line.end > body.start and line.start < body.end:
            start = max(line.start, body.start)
            if not is_inside(start, hidden):
                yield Span(start, min(line.end, body.end))


def _find_all_headings(
    folded: str,
    lines: Sequence[Span],
    body: Span,
    hidden: Sequence[Span],
    reader: CueReader,
) -> list[Heading]:
    """The numbered headings, and short lines that say nothing but the name of a part."""
    tables = (line for line in lines if "\t" in folded[line.start : line.end])
    numbered = find_headings(folded, body, sorted([*hidden, *tables]))
    taken = {heading.start for heading in numbered}
    bare = [
        heading
        for line in lines
        if line.end - line.start <= 36
        and (heading := _read_bare_heading(folded, line, reader))
        and not {heading.start, heading.title_start} & taken
    ]
    return sorted([*numbered, *bare], key=lambda heading: heading.start)


def _read_bare_heading(folded: str, line: Span, reader: CueReader) -> Heading | None:
    """A heading without a number: a short line that only names a part (存在的问题)."""
    lead = _BARE_LEAD.match(folded, line.start, line.end)
    start = lead.end() if lead else line.start
    title = folded[start : line.end].rstrip(":】* ")
    if not 2 <= len(title) <= 30 or re.search("[,。;!?:]", title) or _SAYS_REPORT.search(title):
        return None
    said = reader.announce(title)
    if not said.structural or said.weak:
        return None
    if said.parts == ("other",) and not _BEHIND_REPORT.match(title):
        return None
    return Heading(line.start, start, start + len(title), UNNUMBERED, 0)


def _is_report(
    folded: str, body: Span, known: Metadata, blocks: Sequence[Block], found: set[Part]
) -> bool:
    """Whether the text is a report: by its title, by its own word, or by the parts it has."""
    title = fold(known.title or "")
    if names_other_kind(title) or not found:
        return False
    named = re.search("报告|总结|年报|汇报|述职", title) or (
        title.endswith("情况") and known.year is not None
    )
    opening = folded[body.start : min(body.end, body.start + 1500)]
    announced = {part for block in blocks if block.announced for part in block.parts}
    return bool(
        named
        or _SAYS_REPORT.search(opening)
        or len(announced & set(MEMO_PARTS)) >= 2
        or len(found) == len(MEMO_PARTS)
    )


def _warn_of_layout(layout: Layout) -> Iterator[str]:
    if layout.repeated:
        chars = sum(end - start for start, end in layout.repeated)
        yield f"the text repeats itself: {chars} characters were set aside as a repeated page"
    if layout.noise:
        yield f"page furniture was set aside: {len(layout.noise)} lines"


def _collect_marks(
    layout: Layout, known: Metadata, body: Span, blocks: Sequence[Block], turns: Sequence[Turn]
) -> list[Turn]:
    """Every place where a section has to begin, in order, with its part."""
    marks: dict[int, Part] = {}
    own = {span.start for span in (*known.title_spans, *known.byline_spans)}
    for line in layout.front:
        if line.start < body.start:
            marks[line.start] = "other" if line.start in own else "boilerplate"
    if own and body.start > layout.body_start:
        marks[layout.body_start] = "other"
    part: Part = "other"
    places = {turn.start: turn.part for turn in turns}
    opened = {b.start for b in blocks if b.heading is not None and b.heading.rank <= _DEEPEST}
    ends = {span.end for span in layout.hidden if body.start <= span.start and span.end < body.end}
    for start in sorted(places.keys() | opened | ends):
        part = places.get(start, part)
        if not is_inside(start, layout.hidden):
            marks[start] = part
    for hidden in layout.hidden:
        marks[hidden.start] = "boilerplate"
    if layout.body_end not in marks and body.end > body.start:
        marks[layout.body_end] = "boilerplate"
    if layout.signature:
        marks[layout.signature.start] = "signature"
        marks.setdefault(layout.signature.end, "boilerplate")
    marks.update(dict.fromkeys(layout.enclosures, "other"))
    return [Turn(start, marks[start]) for start in sorted(marks)]


def _tile(text: str, marks: Sequence[Turn], blocks: Sequence[Block]) -> list[Section]:
    """The sections between the marks; white space belongs to the section before it."""
    headings = {block.start: block.heading for block in blocks if block.heading}
    divided = any(heading.rank == 0 for heading in headings.values())
    places = [(mark.start, mark.part, headings.get(mark.start)) for mark in marks]
    kept: list[tuple[int, Part, Heading | None]] = []
    for (start, part, heading), (end, _, _) in pairwise([*places, (len(text), "other", None)]):
        opens = heading is not None and heading.rank <= _DEEPEST
        joins = bool(kept) and part == kept[-1][1] and not opens
        if kept and (joins or not text[start:end].strip()):
            continue
        kept.append((start if kept else 0, part, heading if opens else None))
    if text and not kept:
        kept.append((0, "other", None))
    ends = [start for start, _, _ in kept[1:]] + [len(text)]
    return [
        Section(
            part=part,
            heading=_spell_heading(text, heading),
            level=_level(heading, divided=divided),
            start=start,
            end=end,
        )
        for (start, part, heading), end in zip(kept, ends, strict=False)
    ]


def _spell_heading(text: str, heading: Heading | None) -> str:
    """The heading without its number; empty for a numbered paragraph that has none."""
    title = text[heading.title_start : heading.title_end] if heading else ""
    return title if len(title) <= MAX_HEADING else ""


def _level(heading: Heading | None, *, divided: bool) -> int:
    if heading is None:
        return 0
    return 1 if heading.rank == UNNUMBERED else heading.rank + divided
