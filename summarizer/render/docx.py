"""Brief → DOCX in the form of an official document (党政机关公文格式, GB/T 9704—2012).

A4; margins 37/35/28/26 mm; 22 lines of 28 characters; title 小标宋 二号 (22 pt) centred; body 仿宋
三号 (16 pt), two characters indented, lines of exactly 28 pt; first-level headings 黑体,
second-level 楷体; page number — 1 — in 宋体 四号 (14 pt), outside on odd and even pages; the annex
opens a new page. The form itself lies in ``gongwen/``: fonts are named as the standard names them,
and each carries its other names, so that an office without 仿宋_GB2312 gets 仿宋 and no Latin
fallback.

With an office's letterhead (`template`) the memo takes the place of the paragraph ``{{memo}}``,
else it follows the template's text. Page, headers and footers stay the template's own, and so do
those of its styles that name a Chinese font (an office's own Title, Heading 1, Body Text). Each
item leads to its row in 数据核验表 and back. All text is written as text: nothing in it becomes a
field or a link.

Lines are justified, as the standard fills them. LibreOffice (7.4) does not paint a mark that hangs
over the margin of such a line, and does not read the setting that forbids hanging: in a PDF made
with it about one mark a memo is missing at a line's end. It is there in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from summarizer.render._docx_package import Package, W
from summarizer.render.memo import Group, Item, Memo, Piece, Row, outline
from summarizer.render.wording import chinese_numeral
from summarizer.summaries import (
    ANNEX_HEADING,
    ANNEX_NOTE,
    ANNEX_REFERENCE,
    ANNEX_TITLE,
    BODY_BOOKMARK,
    COMPUTED_MARK,
)
from summarizer.types import Brief

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHARACTERS_TO_A_LINE = 28
_COLUMNS = (15, 31, 54)  # per cent of the text's width


def render_docx(brief: Brief, *, template: Path | None = None) -> bytes:
    """The memo as a DOCX file, on an office's letterhead if `template` is given.

    Raises `RenderError` when the template cannot be used.
    """
    package = Package.of_template(template) if template else Package.of_the_standard()
    memo = outline(brief)
    package.insert(_Setter(package, traditional=brief.script == "hant").blocks(memo))
    return package.to_bytes(memo.title)


class _Setter:
    """Sets a memo in the paragraphs, tables and styles of one package."""

    def __init__(self, package: Package, *, traditional: bool) -> None:
        self._styles = package.style_ids
        self._next_id = package.first_free_id()
        self._width = package.text_width()
        self._traditional = traditional

    def blocks(self, memo: Memo) -> list[_Element]:
        body = list(self._body(memo))
        # The line 附件：… never stands alone on a page.
        body[-2].find(f"{W}pPr").append(_w("keepNext"))
        return [*body, *self._annex(memo)]

    def _body(self, memo: Memo) -> Iterator[_Element]:
        title = self._bookmarked(BODY_BOOKMARK, [self._text(memo.title)])
        yield self._paragraph("Title", *title)
        if memo.origin:
            yield self._paragraph("Subtitle", *self._origin(memo.origin))
        for part in memo.parts:
            yield self._paragraph("heading 1", self._text(f"{part.numeral}、{part.heading}"))
            for group in part.groups:
                yield from self._group(group)
            for note in part.notes:
                yield self._paragraph("Body Text", self._text(note))
        yield self._paragraph("Annex Reference", self._text(ANNEX_REFERENCE[self._traditional]))

    def _origin(self, origin: str) -> Iterator[_Element]:
        """Who and when; what does not fit one line, the document number, on a line of its own."""
        first, gap, last = origin.rpartition("　")
        if not gap or len(origin) <= _CHARACTERS_TO_A_LINE:
            yield self._text(origin)
            return
        yield self._text(first)
        yield _w("r", _w("br"))
        yield self._text(last)

    def _group(self, group: Group) -> Iterator[_Element]:
        number = f"（{chinese_numeral(group.number)}）"
        content = [element for item in group.items for element in self._item(item)]
        if group.topic:
            yield self._paragraph("heading 2", self._text(number + group.topic))
            yield self._paragraph("Body Text", *content)
        else:
            yield self._paragraph("Body Text", self._text(number), *content)

    def _item(self, item: Item) -> list[_Element]:
        """The statement under its bookmark, then [46], which leads to its row."""
        runs = []
        for piece in item.pieces:
            runs.append(self._text(piece.text))
            if piece.computed:
                runs.append(self._text(COMPUTED_MARK, style="Source Mark"))
        if item.sentences:
            # Latin brackets and commas: no line breaks inside, as one does inside 〔46、47〕.
            numbers = ",".join(str(number) for number in item.sentences)
            mark = self._text(f"[{numbers}]", style="Source Mark")
            runs.append(_w("hyperlink", mark, anchor=f"row_{item.key}", history="1"))
        return self._bookmarked(f"item_{item.key}", runs)

    def _annex(self, memo: Memo) -> Iterator[_Element]:
        yield self._paragraph("Annex Mark", self._text(ANNEX_HEADING[self._traditional]))
        yield self._paragraph("Annex Title", self._text(ANNEX_TITLE[self._traditional]))
        yield self._paragraph("Annex Text", self._text(ANNEX_NOTE[self._traditional]))
        yield self._table(memo)
        if memo.records:
            yield self._paragraph("Annex Title", self._text(memo.say("核验记录")))
        for record in memo.records:
            yield self._paragraph("heading 3", self._text(record.heading))
            for line in record.lines:
                yield self._paragraph("Annex Text", self._text(line.text))

    def _table(self, memo: Memo) -> _Element:
        widths = [self._width * share // 100 for share in _COLUMNS]
        table = _w(
            "tbl",
            _w(
                "tblPr",
                _w("tblStyle", val=self._style("Annex Table")),
                _w("tblW", w=str(sum(widths)), type="dxa"),
                _w("tblLayout", type="fixed"),
            ),
            _w("tblGrid", *(_w("gridCol", w=str(width)) for width in widths)),
        )
        heads = [
            [self._paragraph("Table Heading", self._text(memo.say(head)))]
            for head in ("条目", "数据及核验", "原文依据")
        ]
        table.append(_row(heads, widths, _w("tblHeader")))
        for row in memo.rows:
            table.append(_row(self._cells(row), widths))
        return table

    def _cells(self, row: Row) -> list[list[_Element]]:
        return [
            self._label(row),
            [
                self._paragraph("Table Text", self._text(f"{mark.text}　{mark.words}"))
                for mark in row.marks
            ]
            or [self._paragraph("Table Text", self._text("—"))],
            [
                self._paragraph(
                    "Table Text", self._text(f"第{row.sentence}句："), *self._lit(row.source)
                )
            ],
        ]

    def _label(self, row: Row) -> list[_Element]:
        if not row.number:
            return [self._paragraph("Table Text")]
        number = chinese_numeral(row.number)
        link = _w(
            "hyperlink",
            self._text(f"{row.numeral}（{number}）"),
            anchor=f"item_{row.key}",
            history="1",
        )
        label = [self._paragraph("Table Text", *self._bookmarked(f"row_{row.key}", [link]))]
        if row.remark:
            label.append(self._paragraph("Table Text", self._text(row.remark)))
        return label

    def _lit(self, pieces: Iterable[Piece]) -> Iterator[_Element]:
        for piece in pieces:
            yield self._text(piece.text, style="Evidence" if piece.lit else None)

    def _bookmarked(self, name: str, content: list[_Element]) -> list[_Element]:
        number = str(self._next_id)
        self._next_id += 1
        return [
            _w("bookmarkStart", id=number, name=name),
            *content,
            _w("bookmarkEnd", id=number),
        ]

    def _paragraph(self, style: str, *content: _Element) -> _Element:
        return _w("p", _w("pPr", _w("pStyle", val=self._style(style))), *content)

    def _text(self, text: str, *, style: str | None = None) -> _Element:
        run = _w("r")
        if style:
            run.append(_w("rPr", _w("rStyle", val=self._style(style))))
        element = _w("t")
        element.text = text
        element.set(_XML_SPACE, "preserve")
        run.append(element)
        return run

    def _style(self, name: str) -> str:
        return self._styles[name.casefold()]


def _row(cells: list[list[_Element]], widths: list[int], *more: _Element) -> _Element:
    """A table row that no page break cuts."""
    row = _w("tr", _w("trPr", _w("cantSplit"), *more))
    for cell, width in zip(cells, widths, strict=True):
        row.append(_w("tc", _w("tcPr", _w("tcW", w=str(width), type="dxa")), *cell))
    return row


def _w(tag: str, *children: _Element, **attributes: str) -> _Element:
    """A WordprocessingML element; its attributes are of that namespace too."""
    element = etree.Element(f"{W}{tag}", nsmap={"w": W.strip("{}")})
    for name, value in attributes.items():
        element.set(f"{W}{name}", value)
    element.extend(children)
    return element
