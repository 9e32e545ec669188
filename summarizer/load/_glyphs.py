"""The characters of a PDF page with their places, and the ruled lines between them.

Coordinates are points on the page as it is shown, x to the right, y upwards.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from summarizer.load._unreadable import Unreadable

# Radicals that a PDF's fonts name in place of the characters they look like (WPS and others do);
# Unicode maps the Kangxi block by itself, but few of the supplement.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
    "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
)
_THICKEST_RULE = 3.0
_SHORTEST_RULE = 6.0
_LARGEST_TYPE = 60.0
_MOST_PATHS = 20_000
_MOST_SEGMENTS = 2_000
_HYPHEN_AT_LINE_END = "\x02"  # PDFium's mark, be it the dash of 2021-2025


class Glyph(NamedTuple):
    """A character and its box. `spaced` tells that white space stands before it."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    spaced: bool


class Rule(NamedTuple):
    """A straight line, horizontal or vertical, or an edge of a framed box."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def is_horizontal(self) -> bool:
        """Whether the line is wider than high."""
        return self.right - self.left > self.top - self.bottom


class PageContent(NamedTuple):
    """All that is read of one page."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    unmapped: int
    has_pictures: bool


def read_page(page: Any, max_glyphs: int) -> PageContent:
    """The glyphs of a page in the order of its content stream, and its rules.

    Raises `Unreadable` where there are more than `max_glyphs`.
    """
    turn = _Turn(page)
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > 2 * max_glyphs:
            raise Unreadable("has more characters than the limit (Limits.max_glyphs); split it")
        glyphs, unmapped = _glyphs(textpage, turn)
    finally:
        textpage.close()
    rules, has_pictures = _rules(page, turn)
    return PageContent(turn.width, turn.height, glyphs, rules, unmapped, has_pictures)


class _Turn:
    """Takes boxes from the page's own axes to those of the page as shown."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self._degrees = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = left, bottom
        self._across, self._up = right - left, top - bottom

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of a box given by left, bottom, right, top."""
        left, bottom, right, top = box
        left, right = left - self._left, right - self._left
        bottom, top = bottom - self._bottom, top - self._bottom
        if self._degrees == 90:
            return bottom, top, self._across - right, self._across - left
        if self._degrees == 180:
            return self._across - right, self._across - left, self._up - top, self._up - bottom
        if self._degrees == 270:
            return self._up - top, self._up - bottom, left, right
        return left, right, bottom, top


def _glyphs(textpage: Any, turn: _Turn) -> tuple[list[Glyph], int]:
    from pypdfium2 import raw

    glyphs: list[Glyph] = []
    unmapped = 0
    spaced = set_wide = False
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    handle = textpage.raw
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            # PDFium puts a space wherever type is set wide. Between Latin words that is right.
            set_wide = char == " "
            continue
        if char.isspace():
            spaced = True
            continue
        if code in (0, 0xFFFE, 0xFFFF):
            unmapped += 1
            char = "\ufffd"
        raw.FPDFText_GetLooseCharBox(handle, index, pointer)
        if max(rect.right - rect.left, rect.top - rect.bottom) > _LARGEST_TYPE:
            _tighten(handle, index, rect)
        box = turn.box((rect.left, rect.bottom, rect.right, rect.top))
        latin = set_wide and char.isascii() and bool(glyphs) and glyphs[-1].char.isascii()
        glyphs.append(Glyph(_plain(char), *box, spaced or latin))
        spaced = set_wide = False
    return glyphs, unmapped


def _tighten(handle: Any, index: int, rect: Any) -> None:
    """Take the box of the ink: of vertical writing PDFium gives the nominal one far too large."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    rect.left, rect.right = left.value, right.value
    rect.bottom, rect.top = bottom.value, top.value


def _plain(char: str) -> str:
    if char == _HYPHEN_AT_LINE_END:
        return "-"
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char).translate(_RADICALS)
    return char


def _rules(page: Any, turn: _Turn) -> tuple[list[Rule], bool]:
    from pypdfium2 import raw

    rules: list[Rule] = []
    has_pictures = False
    for count, item in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST_PATHS:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            has_pictures = True
        elif item.type == raw.FPDF_PAGEOBJ_PATH and item.level == 0:
            rules.extend(_rules_of_path(item, turn))
    return rules, has_pictures


def _rules_of_path(item: Any, turn: _Turn) -> Iterator[Rule]:
    """The rules that a path draws: a stroke, a thin filled box, or the edges of a frame."""
    from pypdfium2 import raw

    whole = Rule(*turn.box(item.get_bounds()))
    if min(whole.right - whole.left, whole.top - whole.bottom) <= _THICKEST_RULE:
        if max(whole.right - whole.left, whole.top - whole.bottom) >= _SHORTEST_RULE:
            yield whole
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return  # a shade behind the text, not a frame
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        if last is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (x0, x1), (y0, y1) = sorted((last[0], point[0])), sorted((last[1], point[1]))
            edge = Rule(*turn.box((x0, y0, x1, y1)))
            thin, long = sorted((edge.right - edge.left, edge.top - edge.bottom))
            if thin <= 1 and long >= _SHORTEST_RULE:
                yield edge
        last = point
