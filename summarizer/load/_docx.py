"""A Word document (.docx) → its text as it reads on paper, a paragraph or a table row a line.

The package is read part by part, and only the parts that hold text: pictures are never
unpacked, and each part only up to a limit, whatever size its header states. The markup is
read directly, because what a reader sees needs what python-docx does not offer: automatic
numbers, text boxes, footnotes, tracked changes (shown as accepted), hidden text (left out).
Headers and footers are not part of the text.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.load._lines import is_data_row, row, trimmed, with_number
from summarizer.load._numbering import Numbering, attribute
from summarizer.load._package import Package
from summarizer.load._unreadable import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN_NAMES = """
    del moveFrom delText instrText delInstrText pPr rPr tblPr tcPr trPr sdtPr rt rubyPr comment
    footnoteReference endnoteReference annotationRef binData
"""
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_DAMAGED = (
    "is damaged or cut off (a .docx file is a ZIP package, and this one is broken); get it again"
)


def read_docx(data: bytes, max_unpacked: int) -> list[str]:
    """The lines of a Word document. Raises `Unreadable` for a package that is none, or broken."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package(archive, max_unpacked)
            main = package.main_part()
            folder = posixpath.dirname(main)
            document = package.part(main)
            numbering = Numbering(
                package.part_if_any(f"{folder}/numbering.xml"),
                package.part_if_any(f"{folder}/styles.xml"),
            )
            notes = [
                package.part_if_any(f"{folder}/{name}.xml") for name in ("footnotes", "endnotes")
            ]
    except _BROKEN as exc:
        raise Unreadable(_DAMAGED) from exc
    except etree.XMLSyntaxError as exc:
        raise Unreadable(_DAMAGED) from exc
    except RuntimeError as exc:  # zipfile's word for an encrypted member
        raise Unreadable("is protected by a password; open it and save it without one") from exc
    body = document.find("{*}body")
    if body is None:
        raise Unreadable(_DAMAGED)
    reader = _Reader(numbering)
    lines = list(reader.lines(body))
    for part in notes:
        for note in part if part is not None else ():
            if attribute(note, "type") is None:  # the others are the separator lines
                lines.extend(reader.lines(note))
    return lines


class _Reader:
    """Walks a document in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._carried = ""
        self._boxes: list[_Element] = []

    def lines(self, container: _Element) -> Iterator[str]:
        """The lines of a body, a cell, a note or a text box."""
        for child in container:
            name = _local_name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._left_over()
                yield from self._table(child)
            elif name == "AlternateContent":
                yield from self._alternative(child)
            elif name not in _UNSEEN:
                yield from self.lines(child)
        yield from self._left_over()

    def _left_over(self) -> Iterator[str]:
        """The text of a paragraph whose end was deleted, where no other follows it."""
        text, self._carried = self._carried, ""
        yield from _lines_with_label("", text)

    def _paragraph(self, paragraph: _Element) -> Iterator[str]:
        properties = paragraph.find("{*}pPr")
        pieces: list[str] = []
        outer_boxes, self._boxes = self._boxes, []
        self._collect(paragraph, pieces)
        boxes, self._boxes = self._boxes, outer_boxes
        text = self._carried + "".join(pieces)
        if properties is not None and properties.find("{*}rPr/{*}del") is not None:
            self._carried = text  # its end was deleted: it runs on into the next paragraph
        else:
            self._carried = ""
            label = self._numbering.label(properties)
            yield from _lines_with_label(label, text)
        for box in boxes:
            yield from self.lines(box)

    def _collect(self, element: _Element, pieces: list[str]) -> None:
        """Append the text that is seen inside a paragraph; note its text boxes."""
        for child in element:
            name = _local_name(child)
            if name in _UNSEEN or (name == "r" and _is_hidden(child)):
                continue
            if name == "t":
                pieces.append(child.text or "")
            elif name in _CHARACTERS:
                pieces.append(_CHARACTERS[name])
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "AlternateContent":
                self._collect_alternative(child, pieces)
            elif name != "sdt" or child.find("{*}sdtPr/{*}showingPlcHdr") is None:
                self._collect(child, pieces)

    def _collect_alternative(self, element: _Element, pieces: list[str]) -> None:
        """A drawing is stored twice, for new and for old readers: take the first with text."""
        before = len(pieces), len(self._boxes)
        for version in element:
            self._collect(version, pieces)
            if (len(pieces), len(self._boxes)) != before:
                return

    def _alternative(self, element: _Element) -> Iterator[str]:
        for version in element:
            lines = list(self.lines(version))
            if lines:
                yield from lines
                return

    def _table(self, table: _Element) -> Iterator[str]:
        for element in _children(table, "tr"):
            if element.find("{*}trPr/{*}del") is not None:
                continue
            cells = [list(self.lines(cell)) for cell in _children(element, "tc")]
            texts = [" ".join(cell) for cell in cells]
            if not is_data_row(texts):
                for cell in cells:
                    yield from cell
            elif any(texts):
                yield row(texts)


_CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _children(element: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those in content controls included."""
    for child in element:
        name = _local_name(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _children(child, wanted)


def _local_name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "comment"


def _is_hidden(run: _Element) -> bool:
    hidden = run.find("{*}rPr/{*}vanish")
    return hidden is not None and attribute(hidden, "val") not in ("0", "false", "off")


def _lines_with_label(label: str, text: str) -> list[str]:
    """The lines of a paragraph, its automatic number before the first."""
    lines = [line for line in map(trimmed, text.split("\n")) if line]
    if lines:
        lines[0] = with_number(label, lines[0])
    return lines
