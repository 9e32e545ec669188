"""The lines of a page → the lines of its document.

A government page is a document in a frame: links to everything above it, a table about the
document, a share bar, the site's imprint below. The document is what reads as running text, so:
the running lines are found, the smallest element around (nearly) all of them is the article, and
at the article's edges what is no more than links, labels and buttons is cut. Between the first
and the last running line everything stays, headings, lists, tables and all.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from summarizer.load._labels import label_alone, labelled_values
from summarizer.load._markup import Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORTEST_RUNNING_LINE = 20
# A pop-up's or a browser hint's sentence must not draw the page's frame into the article.
_SHARE_OF_RUNNING_TEXT = 0.98

# What a site puts an article into; a list or a paragraph is a part of one, its heading beside it.
_BOXES = frozenset({"article", "body", "center", "div", "form", "html", "main", "section", "td"})

_SENTENCE_MARK = re.compile(r"[。；;！!？?]|[，,].*[，,、]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_IMPRINT = re.compile(
    r"版权所有|ICP备|ICP证|公网安备|网站标识码|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|技术支持\s*[:：]|copyright"
    r"|网站声明|法律声明|分辨率|浏览器|您现在(?:所在)?的位置|您所在的位置|当前(?:所在)?位置",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"[【\[(（]?\s*(?:打\s*印(?:本页|此页|文章|页面)?|关\s*闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回顶部|返回|顶部|TOP"
    r"|我要纠错|纠错|无障碍(?:浏览|阅读)?|朗读|下载(?:文件|全文)?|[大中小默认]|A[+-]?|字[体号]|分享(?:到)?|微信|微博|新浪微博"
    r"|腾讯微博|QQ空间|QQ|朋友圈|扫一扫.*|用手机.*|手机查看|更多|相关(?:阅读|链接|文章|文件|解读|新闻|信息)"
    r"|[上下]一[篇条].*|责任编辑.*|网站编辑.*|编辑[:：].*|首\s*页|正文|来源[:：]?)\s*[:：]?\s*[】\])）]?",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s|｜/·>》»]+")
_DOCUMENT_LINK = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE
)
_DATE_LINE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇零○O一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_SIGNATURE_LINE = re.compile(r"[^\s:：，,。；;]{2,40}")


class Article(NamedTuple):
    """The lines of the document, what the page says about it, and what was left out."""

    lines: list[Line]
    metadata: dict[str, str]
    running_chars: int
    left_out: list[str]


def find_article(lines: list[Line]) -> Article:
    """Part the document's lines from the page's; `left_out` are running lines outside it."""
    labels = _labels(lines)
    running = [
        index for index, line in enumerate(lines) if labels[index] is None and _is_running(line)
    ]
    metadata = _metadata(labels, running)
    if not running:
        kept = [
            line
            for line, about in zip(lines, labels, strict=True)
            if not (_says_only_labels(line, about) or _is_furniture(line))
        ]
        return Article(kept, metadata, 0, [])
    container = _container(lines, running)
    inside = [index for index, line in enumerate(lines) if _is_inside(line.element, container)]
    first, last = inside[0], _end_of_signature(lines, inside[-1])
    core = [index for index in running if first <= index <= last]
    kept = [
        lines[index]
        for index in range(first, last + 1)
        if core[0] <= index <= core[-1]
        or not (_says_only_labels(lines[index], labels[index]) or _is_furniture(lines[index]))
    ]
    left_out = [lines[index].text for index in running if not first <= index <= last]
    return Article(kept, metadata, sum(len(lines[index].text) for index in core), left_out)


def _labels(lines: list[Line]) -> list[dict[str, str] | None]:
    """What each line says about the document, None for a line that says something else.

    A label may stand in a line of its own (<dt>索引号</dt><dd>…</dd>): the next line is its value.
    """
    labels = [labelled_values(line.cells) for line in lines]
    for index, (line, following) in enumerate(pairwise(lines)):
        name = label_alone(line.text)
        alone = name and labels[index] == {} and labels[index + 1] is None
        if alone and not _is_paragraph(line) and not _is_running(following):
            labels[index], labels[index + 1] = {name: following.text}, {}
    return labels


def is_document_link(element: HtmlElement) -> bool:
    """Whether a link leads to an office document, a PDF or an archive."""
    return bool(_DOCUMENT_LINK.search(element.get("href") or ""))


def _says_only_labels(line: Line, about: dict[str, str] | None) -> bool:
    """Whether a line is the page's own data; a plain paragraph of the article stays in it."""
    return about is not None and not _is_paragraph(line)


def _is_paragraph(line: Line) -> bool:
    return line.element.tag == "p" and "class" not in line.element.attrib


def _is_running(line: Line) -> bool:
    """Whether a line reads as a sentence of a document, not as a part of the page's frame."""
    text = line.text
    return (
        len(line.cells) == 1
        and len(text) >= _SHORTEST_RUNNING_LINE
        and line.link_chars < len(text) / 2
        and len(_HAN.findall(text)) > len(text) * 0.3
        and _SENTENCE_MARK.search(text) is not None
        and not (len(text) < 200 and _IMPRINT.search(text))
    )


def _is_furniture(line: Line) -> bool:
    text = line.text
    if _IMPRINT.search(text) and len(text) < 200:
        return True
    if line.link_chars >= 0.8 * len(_SEPARATORS.sub("", text)) and line.link_chars:
        return not any(is_document_link(link) for link in line.element.iter("a"))
    words = [word for word in _SEPARATORS.split(text) if word]
    return all(_BUTTON.fullmatch(word) for word in words)


def _metadata(labels: list[dict[str, str] | None], running: list[int]) -> dict[str, str]:
    """The pairs of the lines before and after the running text, the first of a name winning."""
    found: dict[str, str] = {}
    for index, about in enumerate(labels):
        if about and not (running and running[0] < index < running[-1]):
            for name, value in about.items():
                found.setdefault(name, value)
    return found


def _container(lines: list[Line], running: list[int]) -> HtmlElement:
    """The smallest element that holds nearly all of the running text."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for index in running:
        weight = len(lines[index].text)
        total += weight
        element: HtmlElement | None = lines[index].element
        while element is not None:
            weights[element] = weights.get(element, 0) + weight
            element = element.getparent()
    enough = total * _SHARE_OF_RUNNING_TEXT
    container = lines[running[0]].element.getroottree().getroot()
    while (inner := _heavy_child(container, weights, enough)) is not None:
        container = inner
    while container.tag not in _BOXES and container.getparent() in weights:
        container = container.getparent()
    return container


def _heavy_child(
    element: HtmlElement, weights: dict[HtmlElement, int], enough: float
) -> HtmlElement | None:
    return next((child for child in element if weights.get(child, 0) >= enough), None)


def _is_inside(element: HtmlElement | None, container: HtmlElement) -> bool:
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False


def _end_of_signature(lines: list[Line], last: int) -> int:
    """The index of the last line, a signature and date right behind the container included."""
    for index in range(last + 1, min(last + 4, len(lines))):
        text = lines[index].text
        if _DATE_LINE.fullmatch(text):
            return index
        if lines[index].link_chars or not _SIGNATURE_LINE.fullmatch(text):
            break
    return last
