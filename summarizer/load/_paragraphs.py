"""Lines of PDF pages → paragraphs: page furniture removed, hard line wraps joined.

A line runs on into the next if it reaches the right margin and the next begins at the left one:
Chinese paragraphs open with an indent of two characters. Where a text is set without indents,
a larger gap, another type size or a heading's number after a full stop opens a paragraph too.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from summarizer.load._page_lines import PageLine, joined

_EDGE = 0.12
_EDGE_LINES = 2
_NUMBER = r"(?:\d{1,4}|[ivxlcIVXLC]{1,7})"
_PAGE_NUMBER = re.compile(
    rf"[\s\-—–－―_·•*~〜|/]*(?:第?\s*{_NUMBER}\s*页?|page\s*{_NUMBER})"
    rf"(?:\s*[,，/|]?\s*(?:共|of|/)?\s*{_NUMBER}\s*页?)?[\s\-—–－―_·•*~〜|/]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d\s]+")
_HEADING = re.compile(
    r"第[一二三四五六七八九十百]+[部分章节条]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)|附件"
)
_ENDED = re.compile(r"[。；！？：;!?:][”’」』）)]*$")
# In character heights.
_RAGGED = 1.3
_INDENT = 1.2
_LOOSE = 4.0  # a number or a Latin word that does not fit goes to the next line whole
_WIDER_GAP = 1.6

_ALIGNED = 3.0
_FEW_LINES = 6


class Stretch(NamedTuple):
    """A part of a paragraph that stands on one page."""

    text: str
    page: int


class _Margins(NamedTuple):
    left: float
    right: float
    pitch: float


def without_furniture(pages: list[list[PageLine]], heights: list[float]) -> list[list[PageLine]]:
    """The pages without page numbers and without the heads and feet that pages share."""
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    shared = Counter(key for lines in edges for key in {_repeated_key(line) for line in lines})
    often = max(2, 0.4 * len(pages))
    furniture = {
        id(line)
        for lines in edges
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text) or shared[_repeated_key(line)] >= often
    }
    return [[line for line in lines if id(line) not in furniture] for lines in pages]


def paragraphs(pages: list[list[PageLine]]) -> list[list[Stretch]]:
    """The paragraphs of a document in order, each in stretches by page."""
    lines = [line for page in pages for line in page]
    margins = _margins(lines)
    indented = _opens_with_indents(lines, margins)
    found: list[list[Stretch]] = []
    before: PageLine | None = None
    for line in lines:
        if before is not None and _runs_on(before, line, margins, indented=indented):
            last = found[-1][-1]
            text = joined(last.text, line.text)
            if last.page == line.page:
                found[-1][-1] = Stretch(text, line.page)
            else:
                found[-1].append(Stretch(text[len(last.text) :], line.page))
        else:
            found.append([Stretch(line.text, line.page)])
        before = line
    return found


def _edge_lines(lines: list[PageLine], height: float) -> list[PageLine]:
    """The lines that stand where page numbers and running heads do."""
    ordered = sorted((line for line in lines if not line.is_row), key=lambda line: -line.top)
    return [line for line in ordered[:_EDGE_LINES] if line.bottom > height * (1 - _EDGE)] + [
        line for line in ordered[-_EDGE_LINES:] if line.top < height * _EDGE
    ]


def _repeated_key(line: PageLine) -> tuple[str, int]:
    return _DIGITS.sub("", line.text), round(line.bottom / 6)


def _margins(lines: list[PageLine]) -> dict[tuple[int, bool, int], _Margins]:
    """The margins and the usual distance of lines for each kind of page.

    Left and right pages, upright and turned ones, and the columns of a page have their own.
    """
    kinds: dict[tuple[int, bool, int], list[PageLine]] = {}
    for line in lines:
        kinds.setdefault(line.kind, []).append(line)
    alike = Counter({kind: len(members) for kind, members in kinds.items()})
    found = {}
    for kind, members in kinds.items():
        if alike[kind] < _FEW_LINES:  # a last page of a few lines: its neighbours know better
            members = [line for line in lines if line.kind[1:] == kind[1:]]
        text = [line for line in members if not line.is_row and "\t" not in line.text] or members
        found[kind] = _Margins(
            _outermost([line.left for line in text], leftmost=True),
            _outermost([line.right for line in text], leftmost=False),
            _pitch(text),
        )
    return found


def _outermost(places: list[float], *, leftmost: bool) -> float:
    """The outermost place where several lines begin or end; one line alone may stick out."""
    ordered = sorted(places, reverse=not leftmost)
    needed = 1 if len(ordered) < _FEW_LINES else 2
    for place, other in zip(ordered, ordered[needed - 1 :], strict=False):
        if abs(place - other) <= _ALIGNED:
            return place
    return ordered[0]


def _pitch(lines: list[PageLine]) -> float:
    distances = [
        upper.top - lower.top
        for upper, lower in pairwise(lines)
        if upper.page == lower.page and upper.top > lower.top
    ]
    return median(distances) if distances else 0.0


def _opens_with_indents(
    lines: list[PageLine], margins: dict[tuple[int, bool, int], _Margins]
) -> bool:
    """Whether the lines after a line that is plainly a last one are mostly indented."""
    opening = [
        line.left - margins[line.kind].left > _INDENT * line.em
        for before, line in pairwise(lines)
        if before.em
        and line.em
        and margins[before.kind].right - before.right > _LOOSE * before.em
        and not (before.is_row or line.is_row)
    ]
    return sum(opening) > 0.8 * len(opening)


def _runs_on(
    before: PageLine,
    line: PageLine,
    margins: dict[tuple[int, bool, int], _Margins],
    *,
    indented: bool,
) -> bool:
    """Whether `line` belongs to the paragraph of the line before it."""
    if before.is_row or line.is_row or "\t" in before.text or "\t" in line.text:
        return False
    if before.em and line.em and not 0.88 < before.em / line.em < 1.14:
        return False
    em = line.em or before.em or line.top - line.bottom
    frame = margins[line.kind]
    missing = margins[before.kind].right - before.right
    if line.left - frame.left > _INDENT * em or missing > _LOOSE * em:
        return False
    if _ENDED.search(before.text) and not indented:
        if missing > _RAGGED * em or _HEADING.match(line.text):
            return False
        beside = before.page == line.page and before.top > line.top
        return not (beside and before.top - line.top > _WIDER_GAP * frame.pitch)
    return True
