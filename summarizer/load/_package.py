"""The ZIP package of an Office file, read part by part within a limit."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from summarizer.load._kinds import foreign_package
from summarizer.load._unreadable import Unreadable

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

_MOST_PARTS = 20_000
# Where entities are declared; in the text of a document "<" cannot stand by itself.
_DOCUMENT_TYPE = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))


class Package:
    """The XML parts of an Office package; unpacks at most `max_unpacked` bytes of it in all."""

    def __init__(self, archive: ZipFile, max_unpacked: int) -> None:
        self._archive = archive
        self._left = max_unpacked
        self._max = max_unpacked
        self._names = set(archive.namelist())
        if len(self._names) > _MOST_PARTS:
            raise Unreadable(f"is a package of {len(self._names):,} parts; no report has so many")

    def main_part(self) -> str:
        """The name of the document's part. Raises `Unreadable` if this is no Word file."""
        if "_rels/.rels" in self._names:
            for relation in self.part("_rels/.rels"):
                if relation.get("Type", "").endswith("/officeDocument"):
                    name = str(posixpath.normpath(relation.get("Target", "")).lstrip("/"))
                    if name in self._names and name.startswith("word/"):
                        return name
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise Unreadable(foreign_package(self._archive.namelist()))

    def part_if_any(self, name: str) -> _Element | None:
        """A part, or None where the package has none of that name."""
        return self.part(name) if name in self._names else None

    def part(self, name: str) -> _Element:
        """The root element of a part, with no entity of its own resolved."""
        from lxml import etree

        with self._archive.open(name) as member:
            content = member.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(
                f"unpacks to more than {self._max / 2**20:,.0f} MiB (Limits.max_unpacked):"
                " it may be a ZIP bomb; save the report anew, or raise the limit"
            )
        if any(mark in content for mark in _DOCUMENT_TYPE):
            raise Unreadable(
                f"has a document type in its part {name}, as no Word file has: it may be an attack;"
                " save the report anew in Word or WPS"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(content, parser)
