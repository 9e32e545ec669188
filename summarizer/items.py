"""Tool: the items of a report's parts, the units that a memo may have to cover.

An item is a subsection, or in a running list (一是…二是…, also glued into one paragraph) one
entry of it. Extraction sends whole items, quoting falls back to them, and coverage asks of each
whether a statement rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.types import MemoPart, Report, Section
from summarizer.typesetting import LIST_MARKER


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest unit that a memo may have to cover: `sentences` index `Report.sentences`."""

    part: MemoPart
    heading: str
    sentences: tuple[int, ...]


def find_items(report: Report, part: MemoPart) -> list[Item]:
    """The items of `part` in the report's order; together they hold all of its sentences.

    In achievements a heading opens its item but is not among the item's sentences: it names,
    it does not state. In shortcomings and plans it is: there the heading often is the point.
    """
    items: list[Item] = []
    for section in report.sections:
        if section.part == part:
            items.extend(_items_of_section(report, section, part))
    return items


def _items_of_section(report: Report, section: Section, part: MemoPart) -> Iterator[Item]:
    inside = [
        index
        for index, sentence in enumerate(report.sentences)
        if section.start <= sentence.start < section.end
    ]
    heading_only = section.level > 0 and bool(inside) and _is_heading(report, section, inside[0])
    if heading_only and (part == "achievements" or len(inside) == 1 or section.level == 1):
        inside = inside[1:]
    current: list[int] = []
    for index in inside:
        opens = LIST_MARKER.match(report.sentence_text(index)) is not None
        if opens and current:
            yield Item(part, section.heading, tuple(current))
            current = []
        current.append(index)
    if current:
        yield Item(part, section.heading, tuple(current))


def _is_heading(report: Report, section: Section, index: int) -> bool:
    text = report.sentence_text(index)
    marker = LIST_MARKER.match(text)
    bare = text[marker.end() :] if marker else text
    return bare.rstrip("。;；:：") == section.heading.rstrip("。;；:：")
