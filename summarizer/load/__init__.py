"""File → `Source`: the text of a report, in whatever form it arrives.

The format is decided by the content, never by the name alone: a ``.doc`` from a government site
is as often HTML or DOCX inside. A text file comes out character for character, its byte-order
mark aside. What cannot be read ends in a `LoadError` that says what the file is and what to do,
and so does what is larger than `Limits`: a hostile file costs bounded time and memory.
Nothing that a file refers to, on disk or on the network, is ever opened.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from summarizer.errors import LoadError
from summarizer.load._decoding import NUL, decode
from summarizer.load._kinds import Kind, kind_of
from summarizer.load._unreadable import Unreadable
from summarizer.types import Location, Source

__all__ = ["DEFAULT_LIMITS", "Limits", "load"]


@dataclass(frozen=True)
class Limits:
    """What a file may cost.

    `max_bytes` bounds the file, `max_chars` its text, `max_unpacked` the bytes that are unpacked
    from a .docx, `max_pages` and `max_glyphs` (characters with their places) what is read of a
    PDF.
    """

    max_bytes: int = 64 * 2**20
    max_chars: int = 6_000_000
    max_unpacked: int = 24 * 2**20
    max_pages: int = 500
    max_glyphs: int = 600_000


DEFAULT_LIMITS = Limits()


def load(
    path: str | os.PathLike[str] | bytes | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Source:
    """Read a report from a file, from bytes, or from a text already at hand.

    A str is always a path. `name` is what the report is called in messages and in the memo; the
    file's own name if not given. `Source.text` of a text file is the decoded file, character for
    character; of other formats the extracted text, a paragraph a line.

    Raises `LoadError`: one line with the file's name, what is wrong and what to do.
    """
    if (path is None) == (text is None):
        raise TypeError("load() takes either a file or text=, and not both")
    label = _printable(name) if name else _label_of(path)
    try:
        if text is not None:
            return _from_text(text, label, limits)
        data = path if isinstance(path, bytes) else _read_bytes(os.fspath(path or ""), limits)
        return _from_bytes(data, label, limits)
    except Unreadable as exc:
        raise LoadError(f"{label}: {exc}") from (exc.__cause__ or exc)


def _from_bytes(data: bytes, label: str, limits: Limits) -> Source:
    if len(data) > limits.max_bytes:
        raise Unreadable(_too_large(len(data), limits))
    if not data.strip(b"\0"):
        raise Unreadable("is empty; name the file that holds the report")
    content = _READERS[kind_of(data, label)](data, limits)
    _require_content(content.text, limits)
    return Source(name=label, sha256=hashlib.sha256(data).hexdigest(), **content._asdict())


class _Content(NamedTuple):
    """What a reader of one format finds: the fields of a `Source` that depend on it."""

    text: str
    format: Literal["text", "html", "docx", "pdf"]
    encoding: str | None = None
    metadata: dict[str, str] = {}  # noqa: RUF012 - it is replaced, never changed
    locations: tuple[Location, ...] = ()
    warnings: tuple[str, ...] = ()


def _read_text(data: bytes, _: Limits) -> _Content:
    text, encoding = decode(data)
    return _Content(text, "text", encoding)


def _read_html(data: bytes, limits: Limits) -> _Content:
    from summarizer.load._html import read_html

    page = read_html(data, limits.max_chars)
    return _Content(page.text, "html", page.encoding, page.metadata, warnings=page.warnings)


def _read_mhtml(data: bytes, limits: Limits) -> _Content:
    from summarizer.load._archived_page import html_part

    return _read_html(html_part(data), limits)


def _read_docx(data: bytes, limits: Limits) -> _Content:
    from summarizer.load._docx import read_docx

    lines = read_docx(data, limits.max_unpacked)
    locations = []
    at = 0
    for number, line in enumerate(lines, start=1):
        locations.append(Location(start=at, end=at + len(line), paragraph=number))
        at += len(line) + 1
    return _Content("".join(f"{line}\n" for line in lines), "docx", locations=tuple(locations))


def _read_pdf(data: bytes, limits: Limits) -> _Content:
    from summarizer.load._pdf import read_pdf

    found = read_pdf(data, max_pages=limits.max_pages, max_glyphs=limits.max_glyphs)
    pieces: list[str] = []
    locations: list[Location] = []
    at = 0
    for paragraph in found.paragraphs:
        for text, page in paragraph:
            end = at + len(text)
            if locations and locations[-1].page == page:
                locations[-1] = Location(start=locations[-1].start, end=end, page=page)
            else:
                locations.append(Location(start=at, end=end, page=page))
            pieces.append(text)
            at = end
        pieces.append("\n")
        at += 1
    return _Content("".join(pieces), "pdf", locations=tuple(locations), warnings=found.warnings)


_READERS: dict[Kind, Callable[[bytes, Limits], _Content]] = {
    "text": _read_text,
    "html": _read_html,
    "mhtml": _read_mhtml,
    "docx": _read_docx,
    "pdf": _read_pdf,
}


def _from_text(text: str, label: str, limits: Limits) -> Source:
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as exc:
        line = text.count("\n", 0, exc.start) + 1
        raise Unreadable(
            f"has an unpaired surrogate in line {line} (character {exc.start + 1}), which no"
            " encoding can hold; repair that place"
        ) from exc
    _require_content(text, limits)
    return Source(text=text, name=label, sha256=hashlib.sha256(data).hexdigest())


def _read_bytes(path: str, limits: Limits) -> bytes:
    """The bytes of a file, at most one more than the limit."""
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limits.max_bytes:
                raise Unreadable(_too_large(size, limits))
            return file.read(limits.max_bytes + 1)
    except FileNotFoundError as exc:
        raise Unreadable("there is no such file; check the path") from exc
    except IsADirectoryError as exc:
        raise Unreadable("is a folder; name a file in it") from exc
    except PermissionError as exc:
        raise Unreadable("may not be read; ask for permission to read it") from exc
    except (OSError, ValueError) as exc:  # ValueError: a NUL character in the path
        raise Unreadable(f"cannot be opened ({_printable(str(exc))}); check the path") from exc


def _require_content(text: str, limits: Limits) -> None:
    if "\0" in text:
        raise Unreadable(NUL)
    if not text.strip("\ufeff\u200b\u200c\u200d\u2060 \t\r\n\v\f\u00a0\u3000"):
        raise Unreadable("is empty; name the file that holds the report")
    if len(text) > limits.max_chars:
        raise Unreadable(
            f"has {len(text):,} characters, more than the limit of {limits.max_chars:,}"
            " (Limits.max_chars); split it, or raise the limit"
        )


def _too_large(size: int, limits: Limits) -> str:
    return (
        f"has {size / 2**20:,.1f} MiB or more, beyond the limit of"
        f" {limits.max_bytes / 2**20:,.1f} MiB (Limits.max_bytes); no report is that large:"
        " split it, or raise the limit"
    )


def _label_of(path: str | os.PathLike[str] | bytes | None) -> str:
    if path is None:
        return "text"
    if isinstance(path, bytes):
        return "bytes"
    return _printable(Path(os.fspath(path)).name or os.fspath(path)) or "(no name)"


def _printable(name: str) -> str:
    """A name as it can be shown and stored: no control characters, no undecodable bytes.

    A file name made on a Chinese Windows may be GBK on a UTF-8 system.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape") if _only_escapes(name) else b""
        try:
            name = raw.decode("gb18030") if raw else name.encode("utf-8", "replace").decode()
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _only_escapes(name: str) -> bool:
    return all(not "\ud800" <= char <= "\udfff" or "\udc80" <= char <= "\udcff" for char in name)
