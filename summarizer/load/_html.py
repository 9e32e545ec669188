"""A saved web page → its document: charset, parsing, title, and the page's own data about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from summarizer.load._article import Article, find_article, is_document_link
from summarizer.load._decoding import decode, likely_encodings
from summarizer.load._markup import lines_of
from summarizer.load._unreadable import Unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
# The parser compares each attribute of a tag with all others.
_ENDLESS_TAG = re.compile(r"<[A-Za-z](?:[^<>\s]*\s+){5000}")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "utf-8": "utf-8"}
# Names of <meta> elements that say something about the document, as government sites use them.
_META_NAMES = {
    name.lower(): name
    for name in (
        "ArticleTitle", "PubDate", "ContentSource", "SiteName", "ColumnName", "Author", "Keywords",
        "Description",
    )
}  # fmt: skip
_TITLE_OF_A_DOCUMENT = re.compile(
    r"(?:报告|報告|总结|總結|情况|情況|要点|计划|方案|公报|白皮书|公告|通知|意见)\W*$"
    r"|20\d\d年"
)
_BARE = re.compile(r"[^\u4e00-\u9fff0-9]")
_FEW_CHARS = 300


class Page(NamedTuple):
    """What a web page holds of its document."""

    text: str
    encoding: str
    metadata: dict[str, str]
    warnings: tuple[str, ...]


def read_html(data: bytes, max_chars: int) -> Page:
    """The document of a web page, a paragraph a line, the title first.

    Raises `Unreadable` for a page without text, such as a list of links.
    """
    markup, encoding = _decode_page(data)
    if len(markup) > max_chars:
        raise Unreadable(
            f"is a page of {len(markup):,} characters of HTML, more than the limit of"
            f" {max_chars:,} (Limits.max_chars); save its text, or raise the limit"
        )
    root = _parse(markup)
    metadata = _meta_elements(root)
    article = find_article(lines_of(root))
    if not article.running_chars and _hides_something(root):  # until a script has run
        hidden = find_article(lines_of(root, with_hidden=True))
        article = hidden if hidden.running_chars else article
    for name, value in article.metadata.items():
        metadata.setdefault(name, value)
    paragraphs = [line.text for line in article.lines]
    documents = _linked_documents(root)
    if not any(line.link_chars < len(line.text) / 2 for line in article.lines):
        raise Unreadable(_without_text(root, documents))
    title = _title(root, metadata)
    if title and not _stands_at_the_top(title, paragraphs):
        paragraphs.insert(0, title)
    text = "\n".join(paragraphs) + "\n"
    return Page(text, encoding, metadata, _warnings(article, text, documents))


def _decode_page(data: bytes) -> tuple[str, str]:
    """The page's markup and its encoding, by what decodes; the <meta charset> is often wrong.

    A page with a few broken bytes is read all the same, since they are seldom in the document;
    they show as U+FFFD.
    """
    try:
        return decode(data)
    except Unreadable:
        declared = _CHARSET.search(data[:4096])
        if b"\0" in data or not (declared or likely_encodings(data)):
            raise
        encoding = next(iter(likely_encodings(data)), "")
        if declared and not encoding:
            name = declared[1].decode("ascii").lower()
            encoding = _SUPERSETS.get(name, name)
        try:
            return data.decode(encoding, "replace"), encoding
        except LookupError:
            raise Unreadable(f"declares the unknown charset {encoding}; save it as UTF-8") from None


def _parse(markup: str) -> HtmlElement:
    from lxml import etree, html

    if "\0" in markup:
        raise Unreadable("is HTML with NUL characters, that is damaged; save the page again")
    if _ENDLESS_TAG.search(markup):
        raise Unreadable("is HTML with thousands of attributes in one tag; save its text instead")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as exc:
        raise Unreadable("is HTML without any content; save the page again") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("is HTML nested beyond 2,048 levels; save the page's text instead")
    return root


def _hides_something(root: HtmlElement) -> bool:
    return bool(root.xpath("//*[@hidden or contains(@style, ':')]"))


def _meta_elements(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = _META_NAMES.get((element.get("name") or "").strip().lower())
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name, value[:500])
    return found


def _title(root: HtmlElement, metadata: dict[str, str]) -> str:
    """The document's title by the site's own word for it, by its heading, by the window's title."""
    for name in ("ArticleTitle", "标题", "名称", "信息名称"):
        if metadata.get(name):
            return metadata[name]
    headings = [" ".join(element.text_content().split()) for element in root.iter("h1")]
    if len(headings) == 1 and _TITLE_OF_A_DOCUMENT.search(headings[0]):
        return headings[0]
    window = root.find(".//title")
    words = " ".join((window.text_content() if window is not None else "").split())
    words = re.split(r"\s*[-_|–—]+\s*(?=\D)", words)[0]
    return words if _TITLE_OF_A_DOCUMENT.search(words) else ""


def _stands_at_the_top(title: str, paragraphs: list[str]) -> bool:
    """Whether the document itself begins with the title, be it over several lines."""
    return _BARE.sub("", title) in _BARE.sub("", "".join(paragraphs[:8]))


def _linked_documents(root: HtmlElement) -> list[str]:
    return [
        " ".join(link.text_content().split())[:80] or "a file"
        for link in root.iter("a")
        if is_document_link(link)
    ]


def _warnings(article: Article, text: str, documents: list[str]) -> tuple[str, ...]:
    found = []
    if documents and article.running_chars < _FEW_CHARS:
        found.append(
            f"the page holds little text but links to {documents[0]!r}, which may be the report:"
            " download that file and read it instead"
        )
    if article.left_out:
        chars = sum(map(len, article.left_out))
        found.append(
            f"{chars} characters of running text outside the page's article were left out,"
            f" from {article.left_out[0][:30]!r} on"
        )
    if "\ufffd" in text:
        found.append(
            f"{text.count(chr(0xFFFD))} characters could not be decoded and show as \ufffd"
        )
    return tuple(found)


def _without_text(root: HtmlElement, documents: list[str]) -> str:
    if documents:
        return f"is a page without text that links to {documents[0]!r}; download and give that file"
    if root.find(".//iframe") is not None or root.find(".//frame") is not None:
        return "is a page whose text stands in a frame; open the frame by itself and save that"
    return (
        "is a page that holds no text but links and buttons; open the report's own page and save"
        " that (some pages write their text by script: save it as displayed, or as PDF)"
    )
