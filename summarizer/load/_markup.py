"""HTML elements → lines as a browser shows them, with what is needed to judge each line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from summarizer.load._lines import is_data_row, row, trimmed, with_number

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary
    table tbody td tfoot th thead tr ul
"""
_UNSEEN_NAMES = """
    applet audio button canvas datalist embed frame frameset head iframe input link map math meta
    nav noembed noframes noscript object option script select style svg template textarea title
    video
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(_UNSEEN_NAMES.split())

_WHOLE = re.compile(r"[0-9]{1,6}")
_NOT_PLAIN = re.compile(r"[\t\r\n\f]|  ")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Line(NamedTuple):
    """One line of a page: its text, its cells if it is a table row, and where it stood."""

    text: str
    cells: tuple[str, ...]
    element: HtmlElement
    link_chars: int


def lines_of(root: HtmlElement, *, with_hidden: bool = False) -> list[Line]:
    """The lines below `root` in document order, white space as a browser shows it.

    The cells of a table row stand in one line, separated by tabs, unless a cell holds whole
    paragraphs: then the table is there for the layout, and each paragraph is a line. Elements
    that are styled away are left out unless `with_hidden`.
    """
    from lxml import etree

    writer = _LineWriter(root)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if element.tag in _UNSEEN or (not with_hidden and _is_hidden(element)):
                walker.skip_subtree()
                writer.skip(element)
            else:
                writer.start(element)
        elif event == "end":
            writer.end(element)
        elif element.tail:
            writer.write(element.tail)
    writer.end_line()
    return writer.lines


class _LineWriter:
    def __init__(self, root: HtmlElement) -> None:
        self.lines: list[Line] = []
        self._root = root
        self._block = root
        self._row: HtmlElement | None = None
        self._skipped: HtmlElement | None = None
        self._links = 0
        self._preformatted = 0
        self._cells: list[list[str]] = [[]]
        self._link_chars = 0
        self._marker = ""
        self._numbers: dict[HtmlElement, int] = {}

    def start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._start_block(element)
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._links += 1
        if element.text:
            self.write(element.text)

    def skip(self, element: HtmlElement) -> None:
        """Note an element whose inside is not shown; what follows it is."""
        self._skipped = element

    def end(self, element: HtmlElement) -> None:
        tag = element.tag
        if element is self._skipped:
            self._skipped = None
        elif tag in _BLOCKS:
            self._end_block(element)
        elif tag == "a":
            self._links -= 1
        if element.tail and element is not self._root:
            self.write(element.tail)

    def write(self, text: str) -> None:
        if self._preformatted and self._row is None:
            first, *others = text.splitlines() or [""]
            self._cells[-1].append(first)
            for other in others:
                self.end_line()
                self._cells[-1].append(other)
            return
        self._cells[-1].append(text)
        if self._links:
            self._link_chars += len(text.strip())

    def end_line(self) -> None:
        if not self._cells[-1] and len(self._cells) == 1:
            return
        cells = tuple(_as_shown("".join(pieces)) for pieces in self._cells)
        text = row(cells)
        if text:
            text, self._marker = with_number(self._marker, text), ""
            self.lines.append(Line(text, cells, self._block, self._link_chars))
        self._cells = [[]]
        self._link_chars = 0

    def _start_block(self, element: HtmlElement) -> None:
        tag = element.tag
        if self._row is not None:
            if tag in ("td", "th") and element.getprevious() is not None:
                self._cells.append([])
            return
        self.end_line()
        self._block = element
        self._preformatted += tag == "pre"
        if tag == "tr" and _is_data_row(element):
            self._row = element
        elif tag == "li":
            self._marker = self._number_of(element)

    def _number_of(self, item: HtmlElement) -> str:
        """The number that a browser writes before an item of a numbered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or "none" in parent.get("style", ""):
            return ""
        if parent.get("type", "1") != "1":
            return ""
        start = parent.get("start", "1")
        before = self._numbers.get(parent, (int(start) if _WHOLE.fullmatch(start) else 1) - 1)
        self._numbers[parent] = before + 1
        return f"{before + 1}."

    def _end_block(self, element: HtmlElement) -> None:
        if self._row is not None and element is not self._row:
            return
        self.end_line()
        self._row = None
        self._preformatted -= element.tag == "pre"
        parent = element.getparent()
        self._block = self._root if element is self._root or parent is None else parent

    def _break(self) -> None:
        if self._row is None:
            self.end_line()
        else:
            self._cells[-1].append(" ")


def _as_shown(text: str) -> str:
    """Collapse white space; a line break inside a Chinese sentence leaves no gap."""

    def gap(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        wrapped = "\n" in match[0] or "\r" in match[0]
        return "" if wrapped and _CJK.match(before) and _CJK.match(after) else " "

    return trimmed(_WHITE.sub(gap, text) if _NOT_PLAIN.search(text) else text)


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _is_data_row(element: HtmlElement) -> bool:
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    return element.find(".//table") is None and is_data_row([cell.text_content() for cell in cells])
