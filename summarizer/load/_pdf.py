"""A PDF → its paragraphs with their pages.

PDFium keeps global state, so only one thread reads at a time.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from summarizer.load._decoding import plausibility
from summarizer.load._glyphs import PageContent, read_page
from summarizer.load._page_lines import lines_of_page
from summarizer.load._paragraphs import Stretch, paragraphs, without_furniture
from summarizer.load._unreadable import Unreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PDFIUM = threading.Lock()
_TAIL = 65_536
_FEW_GLYPHS_PER_PAGE = 15
_MOST_UNMAPPED = 0.1
_GARBLED = 0.1
_OCR_ADVICE = "run text recognition (OCR) on it, or get the report as .docx, .html or .txt"


class PdfText(NamedTuple):
    """The paragraphs of a PDF, each in stretches by page, and what a reader should know."""

    paragraphs: list[list[Stretch]]
    warnings: tuple[str, ...]


def read_pdf(data: bytes, *, max_pages: int, max_glyphs: int) -> PdfText:
    """The text of a PDF. Raises `Unreadable` for one that is cut off, encrypted or scanned."""
    if b"%%EOF" not in data[-_TAIL:]:
        raise Unreadable("is a PDF that was cut off (its end is missing); fetch it again")
    with _PDFIUM:
        contents = _read_pages(data, max_pages, max_glyphs)
    glyphs = sum(len(page.glyphs) for page in contents)
    if glyphs < _FEW_GLYPHS_PER_PAGE * len(contents) and any(p.has_pictures for p in contents):
        raise Unreadable(f"is a scanned PDF: its pages are pictures without text; {_OCR_ADVICE}")
    if not glyphs:
        raise Unreadable(f"is a PDF without text; {_OCR_ADVICE}")
    _refuse_garbled(contents, glyphs)
    lines = [lines_of_page(page, number) for number, page in enumerate(contents, start=1)]
    lines = without_furniture(lines, [page.height for page in contents])
    return PdfText(paragraphs(lines), _warnings(contents))


def _read_pages(data: bytes, max_pages: int, max_glyphs: int) -> list[PageContent]:
    from pypdfium2 import PdfiumError

    contents: list[PageContent] = []
    document = _open(data)
    try:
        if len(document) > max_pages:
            raise Unreadable(
                f"has {len(document):,} pages, more than the limit of {max_pages:,}"
                " (Limits.max_pages); split it, or raise the limit"
            )
        if not len(document):
            raise Unreadable("is a PDF without pages; fetch it again")
        left = max_glyphs
        for number in range(len(document)):
            try:
                page = document[number]
            except PdfiumError as exc:
                raise Unreadable(
                    f"is a PDF whose page {number + 1} is broken; get it again"
                ) from exc
            try:
                content = read_page(page, left)
            finally:
                page.close()
            left -= len(content.glyphs)
            contents.append(content)
    finally:
        document.close()
    return contents


def _open(data: bytes) -> PdfDocument:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if exc.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(
                "is a PDF protected by a password; open it and print it to a new PDF without one"
            ) from exc
        raise Unreadable("is a damaged PDF; fetch it again") from exc


def _refuse_garbled(contents: list[PageContent], glyphs: int) -> None:
    """Fonts without a character map give text that looks right on the page and is none."""
    unmapped = sum(page.unmapped for page in contents)
    sample = "".join(glyph.char for page in contents[:20] for glyph in page.glyphs)
    beyond_ascii = sum(char > "\x7f" for char in sample)
    if unmapped > _MOST_UNMAPPED * glyphs or (
        beyond_ascii > len(sample) / 2 and plausibility(sample) < _GARBLED
    ):
        raise Unreadable(
            f"is a PDF whose fonts do not say which characters they show; {_OCR_ADVICE}"
        )


def _warnings(contents: list[PageContent]) -> tuple[str, ...]:
    found = []
    pictures = [
        str(number)
        for number, page in enumerate(contents, start=1)
        if page.has_pictures and len(page.glyphs) < _FEW_GLYPHS_PER_PAGE
    ]
    if pictures:
        found.append(
            f"page {', '.join(pictures)} of the PDF is a picture: what is written on it is missing"
        )
    unmapped = sum(page.unmapped for page in contents)
    if unmapped:
        found.append(f"{unmapped} characters of the PDF could not be read and show as \ufffd")
    return tuple(found)
