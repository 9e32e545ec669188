"""What a file is, told from its first bytes: the name is only asked where bytes cannot tell."""

from __future__ import annotations

import re
from typing import Literal

from summarizer.load._unreadable import Unreadable

Kind = Literal["text", "html", "mhtml", "docx", "pdf"]

_DOCX_ADVICE = "open it in Word or WPS and save it as .docx (or .pdf, .txt)"
_UNPACK_ADVICE = "unpack it and give the report inside"
_OCR_ADVICE = "run text recognition (OCR) on it and give the resulting .docx, .pdf or .txt"
_PRINT_ADVICE = "open it in its reader and save or print it as .pdf"

# First bytes → what it is, and what to do.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a rich text file (.rtf)", _DOCX_ADVICE),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK_ADVICE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK_ADVICE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK_ADVICE),
    (b"BZh", "a bzip2 archive", _UNPACK_ADVICE),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK_ADVICE),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _OCR_ADVICE),
    (b"\xff\xd8\xff", "a JPEG picture", _OCR_ADVICE),
    (b"GIF8", "a GIF picture", _OCR_ADVICE),
    (b"II*\0", "a TIFF picture", _OCR_ADVICE),
    (b"MM\0*", "a TIFF picture", _OCR_ADVICE),
    (b"BM", "a BMP picture", _OCR_ADVICE),
    (b"RIFF", "a picture, sound or film", _OCR_ADVICE),
    (b"CAJ\0", "a CAJ file", _PRINT_ADVICE),
    (b"\x7fELF", "a program", "give the report itself"),
    (b"MZ", "a Windows program", "give the report itself"),
    (b"SQLite format 3\0", "a database", "give the report itself"),
)
_SHORT_MAGIC = frozenset({b"BM", b"MZ", b"BZh", b"GIF8", b"RIFF"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_MARKUP = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|\s)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|style|script|base|center|div|table|span|font"
    rb"|section|article|main|h[1-6]|p)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_HTML_SUFFIXES = (".htm", ".html", ".shtml", ".xhtml", ".jhtml")
_ANY_ELEMENT = re.compile(rb"<(?:html|body|div|p|br|table)\b", re.IGNORECASE)
_MIME = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n){0,10}?\s*MIME-Version:", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> Kind:
    """The format of a file by its content. Raises `Unreadable` for one that is not read here."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx"
    if data.startswith(_OLE):
        raise Unreadable(_ole_reason(data, name))
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic) and (magic not in _SHORT_MAGIC or b"\0" in data[:4096]):
            raise Unreadable(f"is {what}, which is not read here; {advice}")
    start = _narrow(data[:65_536])
    if b"<?mso-application" in start[:1024] or b"<pkg:package" in start[:1024]:
        raise Unreadable(f"is a Word document in XML form; {_DOCX_ADVICE}")
    if _MIME.match(start) and b"multipart/related" in start[:4096].lower():
        return "mhtml"
    if _MARKUP.match(start) or (
        name.lower().endswith(_HTML_SUFFIXES) and _ANY_ELEMENT.search(start)
    ):
        return "html"
    return "text"


def foreign_package(names: list[str]) -> str:
    """What a ZIP package without a Word document is, from the names of its parts, and advice."""
    inside = set(names)
    if "OFD.xml" in inside:
        return f"is an OFD document; {_PRINT_ADVICE}"
    if any(name.startswith("xl/") for name in inside):
        return "is a spreadsheet (.xlsx); give the report's text as .docx, .pdf or .txt"
    if any(name.startswith("ppt/") for name in inside):
        return "is a presentation (.pptx); save it as .pdf"
    if "content.xml" in inside and "mimetype" in inside:
        return f"is an OpenDocument file (.odt); {_DOCX_ADVICE}"
    return f"is a ZIP archive; {_UNPACK_ADVICE}"


def _ole_reason(data: bytes, name: str) -> str:
    """What an OLE compound file is: its directory names its streams in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "is protected by a password; open it and save it without one"
    if holds("Workbook"):
        return "is an old spreadsheet (.xls); give the report's text as .docx, .pdf or .txt"
    if holds("PowerPoint Document"):
        return "is an old presentation (.ppt); save it as .pdf"
    what = "a WPS document" if name.lower().endswith(".wps") else "an old Word document (.doc)"
    if holds("WordDocument") or name.lower().endswith((".doc", ".wps", ".dot", ".wpt")):
        return f"is {what}; {_DOCX_ADVICE}"
    return f"is an old Office file; {_DOCX_ADVICE}"


def _narrow(start: bytes) -> bytes:
    """The ASCII of a file's start, whether it is written in one or in two bytes a character."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[2:].replace(b"\0", b"")
    return start.removeprefix(b"\xef\xbb\xbf")
