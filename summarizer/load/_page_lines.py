"""Glyphs of a PDF page → lines of text and table rows, from top to bottom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median

from summarizer.load._glyphs import Glyph, PageContent
from summarizer.load._lines import is_data_row, row
from summarizer.load._tables import Table, find_tables

# A gap of this many character heights parts columns; type set wide to fill a line stays below.
_COLUMN_GAP = 1.5
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass
class PageLine:
    """One line of a page, or one row of a table, with its place.

    `em` is the width of its Chinese characters, 0 if there are none. `kind` tells pages and
    columns with margins of their own apart: odd or even, broad or upright, which column.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    em: float
    kind: tuple[int, bool, int]
    is_row: bool = False


def lines_of_page(content: PageContent, page: int) -> list[PageLine]:
    """The lines of page `page` (from 1) in reading order."""
    tables = find_tables(content.rules)
    inside: list[list[Glyph]] = [[] for _ in tables]
    outside: list[Glyph] = []
    for glyph in content.glyphs:
        home = next((index for index, table in enumerate(tables) if table.holds(glyph)), None)
        (outside if home is None else inside[home]).append(glyph)
    runs = _runs(outside)
    gutter = _gutter(runs)
    if gutter is None:
        runs = _merged(runs)
    kind = (page % 2, content.width > content.height, 0)
    lines = [
        _line(run, page, (*kind[:2], int(gutter is not None and run[0].left > gutter)))
        for run in runs
    ]
    for table, glyphs in zip(tables, inside, strict=True):
        rows = _rows(table, glyphs, page, kind)
        place = next((i for i, line in enumerate(lines) if line.top < table.top), len(lines))
        lines[place:place] = rows
    return lines


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one text: a space only where Latin words meet."""
    if (
        before[-1:].isascii()
        and after[:1].isascii()
        and before[-1:].isalpha()
        and after[:1].isalpha()
    ):
        return f"{before} {after}"
    return before + after


def _runs(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Stretches of glyphs that were drawn one after the other on one line."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(before: Glyph, after: Glyph) -> bool:
    height = min(before.top - before.bottom, after.top - after.bottom)
    overlap = min(before.top, after.top) - max(before.bottom, after.bottom)
    return overlap > height / 2 and after.left > before.left - height / 4


def _gutter(runs: list[list[Glyph]]) -> float | None:
    """The empty stripe near the middle that parts a page in two columns, as in a gazette."""
    if len(runs) < 10:
        return None
    left = min(run[0].left for run in runs)
    right = max(run[-1].right for run in runs)
    total = sum(map(len, runs))
    for part in (0.44, 0.47, 0.5, 0.53, 0.56):
        gutter = left + (right - left) * part
        before = sum(len(run) for run in runs if run[-1].right <= gutter)
        after = sum(len(run) for run in runs if run[0].left >= gutter)
        if min(before, after) > 0.3 * total and before + after > 0.9 * total:
            return gutter
    return None


def _merged(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs as full lines, from the top; what stands on one line was often drawn in pieces."""
    lines: list[list[Glyph]] = []
    for run in sorted(runs, key=lambda run: -_middle_of(run)):
        if lines and _is_level(lines[-1], run):
            lines[-1].extend(run)
        else:
            lines.append(list(run))
    for line in lines:
        line.sort(key=lambda glyph: glyph.left)
    return lines


def _is_level(line: list[Glyph], run: list[Glyph]) -> bool:
    return line[0].bottom < _middle_of(run) < line[0].top


def _middle_of(run: list[Glyph]) -> float:
    return (run[0].bottom + run[0].top) / 2


def _line(run: list[Glyph], page: int, kind: tuple[int, bool, int]) -> PageLine:
    return PageLine(
        text=_text(run),
        page=page,
        left=run[0].left,
        right=max(glyph.right for glyph in run),
        bottom=min(glyph.bottom for glyph in run),
        top=max(glyph.top for glyph in run),
        em=median([glyph.right - glyph.left for glyph in run if glyph.char > "\u2e7f"] or [0]),
        kind=kind,
    )


def _text(run: list[Glyph]) -> str:
    pieces = [run[0].char]
    for before, after in pairwise(run):
        gap = after.left - before.right
        if gap > _COLUMN_GAP * (after.top - after.bottom):
            pieces.append("\t")
        elif after.spaced:
            pieces.append(" ")
        pieces.append(after.char)
    text = "".join(pieces)
    if _SURROGATE.search(text):  # PDFium hands out UTF-16 units
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _rows(
    table: Table, glyphs: list[Glyph], page: int, kind: tuple[int, bool, int]
) -> list[PageLine]:
    lines: list[PageLine] = []
    for places in table.rows(glyphs):
        cells = [reduce(joined, [_text(run) for run in _runs(cell)]) for cell in places]
        texts = [row(cells)] if is_data_row(cells) else cells
        box = _line([glyph for cell in places for glyph in cell], page, kind)
        lines.extend(replace(box, text=text, is_row=True) for text in texts)
    return lines
