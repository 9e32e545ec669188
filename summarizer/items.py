"""Tool: the items of a report's parts, the units that a memo may have to cover.

An item is a subsection, or in a running list (一是…二是…, also glued into one paragraph) one
entry of it. Extraction sends whole items, quoting falls back to them, and coverage asks of each
whether a statement rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.types import MemoPart, Report, Section
from summarizer.typesetting import LIST_MARKER, without_marker


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest unit that a memo may have to cover: `sentences` index `Report.sentences`."""

    part: MemoPart
    heading: str
    sentences: tuple[int, ...]


def find_items(report: Report, part: MemoPart) -> list[Item]:
    """The items of `part` in the report's order.

    In achievements a heading opens its item but is not among the item's sentences: it names, it
    does not state. In shortcomings and plans it is: there the heading often is the point. A
    sentence that only announces the list of shortcomings (…仍存在一些不足：) is in no item.
    """
    items: list[Item] = []
    for section in report.sections:
        if section.part == part:
            items.extend(_items_of_section(report, section, part))
    if part == "shortcomings" and len(items) > 1 and _only_announces(report, items[0]):
        del items[0]
    return items


def _items_of_section(report: Report, section: Section, part: MemoPart) -> Iterator[Item]:
    inside = [
        index
        for index, sentence in enumerate(report.sentences)
        if section.start <= sentence.start < section.end
    ]
    if inside and _is_heading(report, section, inside[0]):
        names_the_point = part != "achievements" and section.level > 1 and len(inside) > 1
        if not names_the_point:
            del inside[0]
    current: list[int] = []
    for index in inside:
        if current and LIST_MARKER.match(report.sentence_text(index)):
            yield Item(part, section.heading, tuple(current))
            current = []
        current.append(index)
    if current:
        yield Item(part, section.heading, tuple(current))


def _is_heading(report: Report, section: Section, index: int) -> bool:
    if section.level == 0:
        return False
    heading = without_marker(report.sentence_text(index)).rstrip("。;；:：")
    return heading == section.heading.rstrip("。;；:：")


def _only_announces(report: Report, item: Item) -> bool:
    return report.sentence_text(item.sentences[-1]).endswith((":", "："))
