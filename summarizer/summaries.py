"""Tool: any summary as plain text for the checker, and a brief back from its JSON.

What a memo claims is read; what only sets it in type is not: Markdown syntax, footnote marks,
source marks (〔46〕, [46,47], ※), list numbers, table pipes. A line stays a line, so that the
checker sees the sentences of the author.

A memo that this program rendered ends in an annex (附件 数据核验表, 核验记录) that quotes the
report and tells what the program did: a record and no claim of the memo, so reading stops there.
The annex is known by two marks together: a line 附件 and, within the next few lines, the fixed
sentence `ANNEX_NOTE`. A foreign memo's 附件 has no such sentence and is read to its end. The
program's fixed lines inside the body (一、主要成效, 报告未设此部分) say nothing of the report and
are left out wherever they stand alone, and so is an office's letterhead above our title. Title,
topics and every statement stay: a figure that somebody changed in our own memo, in Word's tracked
changes too, is seen.
"""

from __future__ import annotations

import codecs
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from summarizer.errors import LoadError
from summarizer.types import MEMO_PARTS, Brief, MemoPart

if TYPE_CHECKING:
    from lxml.etree import _Element
    from markdown_it.token import Token

SummaryFormat = Literal["markdown", "text", "docx", "json", "html"]

# Our own memos carry these words, in the report's script; `render` takes them from here.
ANNEX_HEADING = ("附件", "附件")
ANNEX_TITLE = ("数据核验表", "數據核驗表")
ANNEX_NOTE = (
    "本附件由程序对照报告原文生成，不属摘要正文。",
    "本附件由程序對照報告原文生成，不屬摘要正文。",
)
ANNEX_REFERENCE = ("附件：数据核验表及核验记录", "附件：數據核驗表及核驗記錄")
NOTE_ABSENT = ("（报告未设此部分。）", "（報告未設此部分。）")
NOTE_UNCOVERED = (
    "（本部分未能全部归纳，请查阅报告原文。）",
    "（本部分未能全部歸納，請查閱報告原文。）",
)
COMPUTED_MARK = "※"
PART_HEADINGS: dict[MemoPart, tuple[str, str]] = {
    "achievements": ("主要成效", "主要成效"),
    "shortcomings": ("存在不足", "存在不足"),
    "plans": ("下年度计划", "下年度計劃"),
}
_SILENT = frozenset(
    (*ANNEX_REFERENCE, *NOTE_ABSENT, *NOTE_UNCOVERED, *chain(*PART_HEADINGS.values()))
)

BODY_BOOKMARK = "memo"  # stands at the title of our DOCX; a letterhead may come before it
DATA_ELEMENT_ID = "brief-data"  # the script element of a review page that holds its brief

_SUFFIXES: dict[str, SummaryFormat] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".docx": "docx",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
}
_NOTE_WITHIN = 4  # lines after 附件 in which the annex's fixed sentence stands
_MAX_BYTES = 50_000_000  # of a summary, unpacked too; a memo has some thousand characters

_FOOTNOTE_REFERENCE = re.compile(r"(?<!\\)\[\^[^\]\s]+\](?!:)")
_FOOTNOTE_LABEL = re.compile(r"^[ ]{0,3}\[\^[^\]\s]+\]:[ \t]*", re.MULTILINE)
# 〔46〕 or [46,47] after a sentence's end or where no word follows: 〔77〕件, 〔2021〕14号 stay.
_NUMBERS = r"(?:〔\d{1,5}(?:[、,，]\d{1,5})*〕|\[\d{1,5}(?:,\d{1,5})*\])"
_SOURCE_MARK = re.compile(rf"(?<=[。！？；]){_NUMBERS}|{_NUMBERS}(?!\s*\d|[\u3400-\u9fff%％(])")
_STRAY_EMPHASIS = re.compile(r"\*{2,3}|__+")
_LIST_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.．、](?!\d)|\d{1,3}[)）])\s*")
_PART_NUMBER = re.compile(r"^[一二三]、")
_PLAN_HEADING = re.compile(r"[一二三]、\d{4}年[计計][划劃]")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_DATA_ELEMENT = re.compile(
    rf'<script[^>]*\bid="{DATA_ELEMENT_ID}"[^>]*>(.*?)</script>', re.DOTALL | re.IGNORECASE
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
_DOCX_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True)
class Summary:
    """A summary as plain text, one line to a paragraph, ready for `check_text`.

    `own` says that this program's annex stood in the file and was left out of `text`.
    """

    text: str
    name: str
    format: SummaryFormat
    own: bool = False


def read_summary(path: Path | str) -> Summary:
    """Read a summary: .md, .txt, .docx, a brief's .json, or a review page's .html.

    Raises `LoadError` when the file is missing, of another kind, empty or broken.
    """
    path = Path(path)
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise LoadError(
            f"{path}: a summary is a .md, .txt, .docx, .json or .html file; save it as one of these"
        )
    data = _read_bytes(path)
    own = False
    if kind == "json" or (kind == "html" and _DATA_ELEMENT.search(_decode(data, path))):
        text, own = _claims(load_brief(path)), True
    elif kind == "docx":
        text, own = _read_docx(data, path)
    elif kind == "markdown":
        text, own = _without_annex(_markdown_lines(_decode(data, path)))
    elif kind == "html":
        text, own = _without_annex(_html_lines(_decode(data, path)))
    else:
        text, own = _without_annex(_decode(data, path).splitlines())
    if not text.strip():
        raise LoadError(f"{path}: the summary holds no text")
    return Summary(text=text, name=path.name, format=kind, own=own)


def load_brief(path: Path | str) -> Brief:
    """The brief that was saved as JSON, or that a review page carries.

    Raises `LoadError` when the file is missing, is not a brief's JSON, or its references lead
    outside its report.
    """
    path = Path(path)
    text = _decode(_read_bytes(path), path)
    page = _DATA_ELEMENT.search(text)
    try:
        brief = Brief.model_validate_json(page[1] if page else text)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "its beginning"
        raise LoadError(
            f"{path}: not a brief's JSON ({where}: {first['msg']}); "
            "make one with `summarizer brief REPORT -o memo.json`"
        ) from exc
    _refuse_loose_references(brief, path)
    return brief


def _refuse_loose_references(brief: Brief, path: Path) -> None:
    sentences, length = len(brief.report.sentences), len(brief.report.text)
    cited = [index for statement in brief.statements() for index in statement.sources]
    cited += [figure.sentence for figure in brief.figures if figure.sentence is not None]
    cited += [index for failure in brief.failures for index in failure.sentences]
    if any(not 0 <= index < sentences for index in cited):
        raise LoadError(f"{path}: cites a sentence that its report does not have; make it anew")
    spans = [span for finding in brief.findings for span in finding.spans]
    spans += [*brief.coverage.unused_figures, *brief.coverage.unused_paragraphs]
    spans += [figure.evidence for figure in brief.figures if figure.evidence is not None]
    if any(not 0 <= span.start <= span.end <= length for span in spans):
        raise LoadError(f"{path}: points outside its report's text; make it anew")


def _claims(brief: Brief) -> str:
    """What a brief says of its report: each statement under its topic."""
    lines: list[str] = []
    for part in MEMO_PARTS:
        topic = ""
        for statement in getattr(brief, part):
            if statement.topic and statement.topic != topic:
                lines.append(statement.topic)
            topic = statement.topic
            lines.append(statement.text)
    return "\n".join(lines)


# ── from bytes to lines ──────────────────────────────────────────────────────────────────────


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LoadError(f"{path}: too large for a summary (over {_MAX_BYTES // 1_000_000} MB)")
        data = path.read_bytes()
    except OSError as exc:
        reason = exc.strerror or "unreadable"
        raise LoadError(f"{path}: cannot be read ({reason}); check the path") from exc
    if not data:
        raise LoadError(f"{path}: the file is empty")
    return data


def _decode(data: bytes, path: Path) -> str:
    """A text file in any encoding that Chinese offices write: UTF-8, UTF-16 with mark, GB18030."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise LoadError(f"{path}: not a text file; save it as UTF-8 text or as .docx")


def _without_annex(lines: list[str]) -> tuple[str, bool]:
    """The lines that claim something, without marks, and whether our annex was cut off."""
    kept: list[str] = []
    for number, raw in enumerate(lines):
        if _opens_our_annex(lines, number):
            return "\n".join(kept), True
        line = _SOURCE_MARK.sub("", raw).replace(COMPUTED_MARK, "")
        line = _LIST_NUMBER.sub("", line).strip()
        if line and not _is_fixed(line):
            kept.append(line)
    return "\n".join(kept), False


def _is_fixed(line: str) -> bool:
    """Whether a line is one of ours that says nothing of the report (三、2023年计划)."""
    return _PART_NUMBER.sub("", line) in _SILENT or bool(_PLAN_HEADING.fullmatch(line))


def _opens_our_annex(lines: list[str], at: int) -> bool:
    if not lines[at].strip().startswith(ANNEX_HEADING):
        return False
    following = [line.strip() for line in lines[at + 1 :] if line.strip()][:_NOTE_WITHIN]
    return any(line.startswith(ANNEX_NOTE) for line in following)


# ── Markdown and HTML ────────────────────────────────────────────────────────────────────────


def _markdown_lines(text: str) -> list[str]:
    from markdown_it import MarkdownIt

    # CommonMark takes `[^1]: 2022年` for a link definition and would swallow the footnote.
    text = _FOOTNOTE_LABEL.sub("", _FOOTNOTE_REFERENCE.sub("", text))
    parser = MarkdownIt("commonmark").enable("table")
    return list(_lines_of(parser.parse(text)))


def _lines_of(tokens: list[Token]) -> Iterator[str]:
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield "，".join(cell for cell in cells if cell)
            cells = None
        elif token.type == "inline":
            text = _STRAY_EMPHASIS.sub("", _inline_text(token.children or []))
            if cells is not None:
                cells.append(" ".join(text.split()))
            else:
                yield from text.splitlines()
        elif token.type in {"code_block", "fence"}:
            yield from token.content.splitlines()
        elif token.type == "html_block":
            yield from _html_lines(token.content)


def _inline_text(tokens: list[Token]) -> str:
    text: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            text.append("\n")
        elif token.type == "html_inline":
            text.append("\n" if token.content.lower().startswith("<br") else "")
        else:  # an image's alternative text stands in `content` too
            text.append(token.content)
    return "".join(text)


def _html_lines(text: str) -> list[str]:
    text = re.sub(r"(?is)<(script|style|template)\b.*?</\1\s*>", "", text)
    text = re.sub(r"(?i)<(?:/?(?:p|div|li|tr|h[1-6]|table|section|article)|br|hr)\b[^<>]*>",
                  "\n", text)  # fmt: skip
    text = re.sub(r"(?i)</t[dh]\s*>", "，", text)
    return [line.strip("， \t") for line in html.unescape(_TAG.sub("", text)).splitlines()]


# ── DOCX ─────────────────────────────────────────────────────────────────────────────────────


def _read_docx(data: bytes, path: Path) -> tuple[str, bool]:
    """The body as a reader sees it, then foot- and endnotes; and whether our annex was cut off."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_BYTES:
                raise LoadError(f"{path}: unpacks to more than a summary can hold")
            parts = [
                _without_annex(list(_memo_lines(etree.fromstring(package.read(name), parser))))
                for name in _DOCX_PARTS
                if name == _DOCX_PARTS[0] or name in package.namelist()
            ]
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, OSError,
            RuntimeError, NotImplementedError) as exc:  # fmt: skip
        raise LoadError(f"{path}: not a readable Word document; save it again as .docx") from exc
    return "\n".join(text for text, _ in parts if text), any(own for _, own in parts)


def _memo_lines(root: _Element) -> Iterator[str]:
    """The lines of a part, in our own memo without the letterhead above its title."""
    titles = (mark.getparent() for mark in root.iter(f"{_W}bookmarkStart")
              if mark.get(f"{_W}name") == BODY_BOOKMARK)  # fmt: skip
    title = next(titles, None)
    if title is not None and title.tag == f"{_W}p":
        for above in list(title.itersiblings(preceding=True)):
            title.getparent().remove(above)
    yield from _paragraphs(root)


def _paragraphs(block: _Element) -> Iterator[str]:
    """The lines of a block: paragraphs, and each table row as one line."""
    for child in block:
        if child.tag == f"{_W}p":
            yield from _text_of(child).splitlines()
            for box in child.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _paragraphs(box)
        elif child.tag == f"{_W}tr":
            cells = (cell for cell in child.iter(f"{_W}tc") if _row_of(cell) is child)
            yield "，".join(line for cell in cells for line in _paragraphs(cell) if line)
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            yield from _paragraphs(child)


def _row_of(cell: _Element) -> _Element:
    return next(cell.iterancestors(f"{_W}tr"))


def _text_of(element: _Element) -> str:
    """The visible text of a paragraph: insertions are there, deletions and field codes are not."""
    text: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            text.append(child.text or "")
        elif child.tag in _BREAKS:
            text.append("\n")
        elif child.tag == f"{_W}tab":
            text.append(" ")
        elif child.tag not in _UNSEEN and child.tag != f"{_W}txbxContent":
            text.append(_text_of(child))
    return "".join(text)
