"""A very small writer of PDFs in Chinese, to read back what a report looks like on paper.

The font is named, not embedded (STSong-Light with the UniGB-UCS2-H encoding): every character
is as wide as its size, ASCII half of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 79.0, 516.0, 740.0, 90.0
SIZE, PITCH = 16.0, 28.0

FONT = (
    (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>"
    ),
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor 5 0 R >>"
    ),
    (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    ),
)
LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%(key)s> /U <%(key)s> >> /ID [<00> <00>]"
    % {b"key": b"5a" * 32}
)


class Word(NamedTuple):
    """A text at a place on a page."""

    x: float
    y: float
    text: str
    size: float = SIZE


class Stroke(NamedTuple):
    """A ruled line."""

    x0: float
    y0: float
    x1: float
    y1: float


class Picture(NamedTuple):
    """A grey picture over the whole page: a scan."""


def text_width(text: str, size: float = SIZE) -> float:
    return sum(size / 2 if char < "\x80" else size for char in text)


def wrapped(paragraph: str, indent: float = 2 * SIZE) -> Iterator[tuple[float, str]]:
    """The lines of a paragraph and where each begins, broken as a Chinese text is."""
    line, x = "", LEFT + indent
    start = x
    for char in paragraph:
        width = text_width(char)
        if x + width > RIGHT and char not in "，。、；：）》”！？,.;:)%":
            yield start, line
            line, x, start = "", LEFT, LEFT
        line += char
        x += width
    if line:
        yield start, line


def report_pages(
    lines: Iterable[str], *, head: str = "", numbered: bool = True
) -> list[list[Word]]:
    """Paragraphs on pages with a running head and page numbers."""
    pages: list[list[Word]] = []
    y = BOTTOM - 1
    for paragraph in lines:
        for x, text in wrapped(paragraph):
            if y < BOTTOM:
                pages.append([])
                y = TOP
            pages[-1].append(Word(x, y, text))
            y -= PITCH
    for number, page in enumerate(pages, start=1):
        if head:
            page.insert(0, Word(LEFT, 790, head, 9))
        if numbered:
            page.insert(0, Word(WIDTH / 2 - 20, 45, f"— {number} —", 12))
    return pages


def write_pdf(
    pages: Iterable[Iterable[Word | Stroke | Picture]], *, encrypted: bool = False
) -> bytes:
    contents = [_content(page) for page in pages]
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        *FONT,
    ]
    for index, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * index} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _assembled(objects, LOCK if encrypted else b"")


def _content(page: Iterable[Word | Stroke | Picture]) -> bytes:
    parts = []
    for item in page:
        if isinstance(item, Stroke):
            parts.append(f"{item.x0:g} {item.y0:g} m {item.x1:g} {item.y1:g} l S")
        elif isinstance(item, Picture):
            parts.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")
        else:
            code = item.text.encode("utf-16-be").hex()
            parts.append(f"BT /F1 {item.size:g} Tf {item.x:g} {item.y:g} Td <{code}> Tj ET")
    return "\n".join(parts).encode()


def _assembled(objects: list[bytes], lock: bytes) -> bytes:
    data = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, lock, len(data))
    )
