"""Tool: the items of a report's parts, the units that a memo may have to cover.

An item is a subsection, or in a running list (一是…二是…, also glued into one paragraph) one
entry of it, or in a long section without either one paragraph. Extraction sends whole items,
quoting falls back to them, and coverage asks of each whether a statement rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.folding import fold
from summarizer.types import MemoPart, Report, Section
from summarizer.typesetting import LIST_MARKER, without_marker

_CREED = re.compile(
    "为指导|重要讲话|会议精神|全会精神|决策部署|有关要求|各项部署|按照.{2,20}(?:要求|部署)"
    "|周年|(?:开局|收官|关键|攻坚)之年|深入(?:学习|践行).{0,8}思想"
)
# How a report comes to its shortcomings: by its merits, by the year, by saying that there are some.
_CONCESSION = re.compile(
    "取得.{0,12}(?:成效|成绩|进展|进步)|^(?:虽然|尽管)|^20[0-9]{2}年(?:度|以来)?[,，]?$"
    "|^但?(?:与|同).{2,40}相比|^但?(?:对照|对标)"
    "|^(?:但|在.{1,6}方面)?(?:仍|还|依然|也)*(?:然)?存在.{0,8}(?:薄弱环节|不足|问题|短板|差距)[,，:：]?$"
)
_MARKER_AFTER_COLON = re.compile(f"[:：]{LIST_MARKER.pattern}")
# An opening of a plan with at least so much of its own is a plan: 打造…县域示范.
_TELLING_CHARS = 40
_POINT_CHARS = 4
_LONG_SECTION = 900


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest unit that a memo may have to cover: `sentences` index `Report.sentences`."""

    part: MemoPart
    heading: str
    sentences: tuple[int, ...]


def find_items(report: Report, part: MemoPart) -> list[Item]:
    """The items of `part` in the report's order.

    In achievements a heading opens its item but is not among the item's sentences: it names, it
    does not state. In shortcomings and plans it is: there the heading often is the point. What
    only announces the list (…仍存在一些不足：) or only professes (坚持以…为指导) is in no item.
    """
    items: list[Item] = []
    for section in report.sections:
        if section.part == part:
            items.extend(_items_of_section(report, section, part))
    if part != "achievements" and len(items) > 1 and _only_opens(report, items[0]):
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
    by_paragraph = _is_long_and_plain(report, section, inside)
    current: list[int] = []
    for index in inside:
        opens = LIST_MARKER.match(report.sentence_text(index)) is not None
        if current and (opens or (by_paragraph and _opens_paragraph(report, index))):
            yield Item(part, section.heading, tuple(current))
            current = []
        current.append(index)
    if current:
        yield Item(part, section.heading, tuple(current))


def _is_long_and_plain(report: Report, section: Section, inside: list[int]) -> bool:
    """Whether a section is a long run of paragraphs without entries: then each is an item."""
    return section.end - section.start > _LONG_SECTION and not any(
        LIST_MARKER.match(report.sentence_text(index)) for index in inside
    )


def _opens_paragraph(report: Report, index: int) -> bool:
    before = report.text[report.sentences[index - 1].end : report.sentences[index].start]
    return "\n" in before or "\r" in before


def _is_heading(report: Report, section: Section, index: int) -> bool:
    if section.level == 0:
        return False
    heading = without_marker(report.sentence_text(index)).rstrip("。;；:：")
    return heading == section.heading.rstrip("。;；:：")


def _only_opens(report: Report, item: Item) -> bool:
    text = "".join(report.sentence_text(index) for index in item.sentences)
    if LIST_MARKER.match(text) or _MARKER_AFTER_COLON.search(text):
        return False
    if item.part == "shortcomings":
        return text.endswith((":", "："))
    told = [clause for clause in re.split("[，,；;。：:]", text) if not is_creed(clause)]
    return sum(map(len, told)) < _TELLING_CHARS


def is_creed(clause: str) -> bool:
    """Whether a clause is one that every report opens with (以…为指导) and tells nothing."""
    return _CREED.search(fold(clause)) is not None


def is_concession(clause: str) -> bool:
    """Whether a clause only leads to the shortcomings (虽然取得…成效, 但仍存在一些问题)."""
    return _CONCESSION.search(fold(clause)) is not None


def points_of(report: Report, item: Item) -> list[str]:
    """The points of a shortcoming or a plan: its clauses that tell something, without marks."""
    text = "\n".join(report.sentence_text(index) for index in item.sentences)
    announced = list(_MARKER_AFTER_COLON.finditer(text))
    if announced:
        text = text[announced[-1].end() :]
    clauses = [without_marker(clause) for clause in re.split("[，,；;。：:\\n]", text)]
    return [
        clause
        for clause in clauses
        if len(clause) >= _POINT_CHARS and not is_creed(clause) and not is_concession(clause)
    ]
