"""A DOCX file as its parts: our own form of GB/T 9704, or an office's letterhead.

The parts of our form lie as XML in ``gongwen/``. A letterhead keeps every part as it is; only its
body takes the memo, and its styles and fonts take in those of ours that it lacks, by name.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from summarizer.errors import RenderError

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORM = Path(__file__).parent / "gongwen"
_FORM_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer1.xml": "footer1.xml",
    "word/footer2.xml": "footer2.xml",
    "docProps/core.xml": "core.xml",
}
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PLACE = "{{memo}}"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can say
_MAX_BYTES = 100_000_000  # of an unpacked letterhead


class Package:
    """The parts of a DOCX and the trees that a memo changes."""

    def __init__(self, parts: dict[str, bytes], name: str) -> None:
        self._parts = parts
        main = self._related("_rels/.rels", "", "officeDocument")
        if main is None or main not in parts:
            raise RenderError(f"{name}: not a Word document; save the template as .docx")
        rels = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
        self._main = main
        self._styles = self._related(rels, posixpath.dirname(main), "styles")
        self._fonts = self._related(rels, posixpath.dirname(main), "fontTable")
        self.document = _parse(parts[main])
        self.style_ids: dict[str, str] = {}

    @classmethod
    def of_the_standard(cls) -> Package:
        """An empty document in the form of GB/T 9704."""
        form = {part: (_FORM / file).read_bytes() for part, file in _FORM_PARTS.items()}
        package = cls(form, "the form")
        package._take_styles()
        return package

    @classmethod
    def of_template(cls, template: Path) -> Package:
        """An office's letterhead. Raises `RenderError` when it cannot be used."""
        try:
            with zipfile.ZipFile(template) as file:
                if sum(entry.file_size for entry in file.infolist()) > _MAX_BYTES:
                    raise RenderError(f"{template}: too large for a template")
                parts = {n: file.read(n) for n in file.namelist() if not n.endswith("/")}
            package = cls(parts, str(template))
            package._become_document(str(template))
            package._take_styles()
            package._take_fonts()
        except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, RuntimeError,
                NotImplementedError, EOFError) as exc:  # fmt: skip
            raise RenderError(f"{template}: not a Word document; save it as .docx") from exc
        except OSError as exc:
            reason = exc.strerror or "unreadable"
            raise RenderError(f"{template}: cannot be read ({reason}); check the path") from exc
        return package

    def insert(self, blocks: list[_Element]) -> None:
        """Put `blocks` in the place of the paragraph ``{{memo}}``, else after all other text."""
        body = self.document.find(f"{W}body")
        for paragraph in body.iterchildren(f"{W}p"):
            if "".join(paragraph.itertext(f"{W}t")).strip() == _PLACE:
                for block in blocks:
                    paragraph.addprevious(block)
                body.remove(paragraph)
                return
        last = body.find(f"{W}sectPr")
        for block in blocks:
            if last is None:
                body.append(block)
            else:
                last.addprevious(block)

    def first_free_id(self) -> int:
        """A bookmark id above all that the document has."""
        ids = (mark.get(f"{W}id", "0") for mark in self.document.iter(f"{W}bookmarkStart"))
        return max((int(number) for number in ids if number.isdigit()), default=0) + 1

    def text_width(self) -> int:
        """The width between the margins of the last section, in twips."""
        section = self.document.find(f"{W}body/{W}sectPr")
        if section is None:
            return 8845
        page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if page is None or margins is None:
            return 8845
        sides = (margins.get(f"{W}{side}", "0") for side in ("left", "right"))
        return int(page.get(f"{W}w", "11906")) - sum(int(side) for side in sides)

    def to_bytes(self, title: str) -> bytes:
        """The file, the same for the same content: no clock, no order of chance."""
        self._parts[self._main] = _serialise(self.document)
        if _CORE in self._parts:
            core = _parse(self._parts[_CORE])
            element = core.find(_TITLE)
            if element is None:
                element = etree.SubElement(core, _TITLE)
            element.text = title
            self._parts[_CORE] = _serialise(core)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            for name, data in self._parts.items():
                entry = zipfile.ZipInfo(name, date_time=_EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # else the platform's
                file.writestr(entry, data)
        return packed.getvalue()

    def _related(self, rels: str, folder: str, kind: str) -> str | None:
        """The part that the relationships in `rels` name as `kind`."""
        if rels not in self._parts:
            return None
        for relation in _parse(self._parts[rels]):
            if relation.get("Type") == f"{_OFFICE}/{kind}":
                target = str(relation.get("Target"))
                if target.startswith("/"):
                    return target.lstrip("/")
                return posixpath.normpath(posixpath.join(folder, target))
        return None

    def _become_document(self, name: str) -> None:
        types = self._parts["[Content_Types].xml"]
        if b"macroEnabled" in types:
            raise RenderError(f"{name}: holds macros; save the template as .docx without them")
        self._parts["[Content_Types].xml"] = types.replace(
            b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
        )

    def _take_styles(self) -> None:
        """Learn the style ids by name, and add the styles of ours that are missing.

        A paragraph style of the template is its office's choice if it names a Chinese font
        itself. One that does not (Word's blue Cambria headings) is left alone, and ours goes
        beside it as ``Memo Title``, ``Memo heading 1``.
        """
        if self._styles is None or self._styles not in self._parts:
            raise RenderError("the template has no styles; save it again with Word or LibreOffice")
        styles = _parse(self._parts[self._styles])
        theirs = {_style_name(style): style for style in styles.iter(f"{W}style")}
        taken = {_style_id(style) for style in theirs.values()}
        form = list(_parse((_FORM / "styles.xml").read_bytes()).iter(f"{W}style"))
        names = {_style_id(style): _style_name(style) for style in form}
        added = []
        for style in form:
            ours, name = _style_id(style), _style_name(style)
            if name in theirs and _is_chosen(theirs[name]):
                self.style_ids[name] = _style_id(theirs[name])
                continue
            if name in theirs:
                style.find(f"{W}name").set(f"{W}val", f"Memo {name}")
                style.set(f"{W}customStyle", "1")
            self.style_ids[name] = f"Memo{ours}" if ours in taken else ours
            style.set(f"{W}styleId", self.style_ids[name])
            style.attrib.pop(f"{W}default", None)
            added.append(style)
        for style in added:
            for reference in (*style.iter(f"{W}basedOn"), *style.iter(f"{W}next")):
                reference.set(f"{W}val", self.style_ids[names[reference.get(f"{W}val")]])
            styles.append(style)
        self._parts[self._styles] = _serialise(styles)

    def _take_fonts(self) -> None:
        if self._fonts is None or self._fonts not in self._parts:
            return
        table = _parse(self._parts[self._fonts])
        known = {font.get(f"{W}name") for font in table}
        for font in list(_parse((_FORM / "fontTable.xml").read_bytes()).iter(f"{W}font")):
            if font.get(f"{W}name") not in known:
                table.append(font)
        self._parts[self._fonts] = _serialise(table)


def _is_chosen(style: _Element) -> bool:
    """Whether a style is what an office wants: it names a Chinese font, or sets no paragraphs."""
    if style.get(f"{W}type") != "paragraph" or style.get(f"{W}default") in {"1", "true", "on"}:
        return True
    fonts = style.find(f"{W}rPr/{W}rFonts")
    return fonts is not None and fonts.get(f"{W}eastAsia") is not None


def _style_name(style: _Element) -> str:
    """A style's name as Word compares it: without regard to case."""
    name = style.find(f"{W}name")
    return str(name.get(f"{W}val", "")).casefold() if name is not None else ""


def _style_id(style: _Element) -> str:
    return str(style.get(f"{W}styleId", ""))


def _parse(data: bytes) -> _Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(data, parser)


def _serialise(root: _Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
