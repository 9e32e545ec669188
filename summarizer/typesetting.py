"""Tool: the small print of Chinese text in a memo.

Scraped reports carry half-width punctuation (``责任,推动``) and models write what they read. A memo
is set in full-width punctuation; digits, ratios, times and Latin words keep their own. Nothing
here touches a figure: only punctuation next to a Han character (汉字) or a closing mark changes.
"""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff〇"
_NEAR = rf"{_HAN}”’》）〕%％"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_MARK = re.compile(rf"(?<=[{_NEAR})])[,;:?!]|[,;:?!](?=[{_HAN}“‘《（])")
_AFTER_DIGIT = re.compile(rf"(?<=[0-9A-Za-z]),(?=[{_HAN}“‘《（])")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_HAN_CHARACTER = re.compile(rf"[{_HAN}]")
_INNER_SPACE = re.compile(
    rf"(?<=[{_HAN}，。；：、”》）])[ \u3000\xa0]+|[ \u3000\xa0]+(?=[{_HAN}，。；：、“《（])"
)

# 一是 / 第一, / (一) / 一、 / 1. / ① at the head of an item: they number, they say nothing.
_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
LIST_MARKER = re.compile(
    rf"\s*(?:[（(]{_NUMERAL}[)）]、?|{_NUMERAL}(?:、|[.．](?!\d))|{_NUMERAL}是(?:要)?"
    rf"|第[一二三四五六七八九十]{{1,3}}[,，、是]|[①-⑳])\s*"
)


def set_in_chinese(text: str) -> str:
    """`text` with the punctuation of a Chinese document: full-width, no stray spaces, one line."""
    before, text = "", " ".join(text.split())
    while before != text:  # a mark that became full-width can make its neighbour's case
        before, text = text, _set_once(text)
    return text


def _set_once(text: str) -> str:
    text = _BRACKETS.sub(
        lambda pair: f"（{pair[1]}）" if _HAN_CHARACTER.search(pair[1]) else pair.group(), text
    )
    text = _HALF_MARK.sub(lambda mark: _FULL[mark.group()], text)
    text = _AFTER_DIGIT.sub("，", text)
    return _INNER_SPACE.sub("", text)


def without_marker(text: str) -> str:
    """`text` without the number of a list item at its head (一是, (二), 3.)."""
    marker = LIST_MARKER.match(text)
    return text[marker.end() :] if marker else text


def as_item(text: str) -> str:
    """`text` as an item of the memo: without a list number, ending in one full stop.

    A quotation mark without its partner, a slip that some reports have, is left out.
    """
    item = without_marker(set_in_chinese(text)).strip().rstrip("，,、；;：:。. ")
    return _without_lone_quotes(item) + "。"


def _without_lone_quotes(text: str) -> str:
    lone: list[int] = []
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "“":
            opened.append(at)
        elif character == "”":
            if opened:
                opened.pop()
            else:
                lone.append(at)
    lone += opened
    return "".join(character for at, character in enumerate(text) if at not in lone)


def heading_as_topic(heading: str) -> str:
    """A section's heading as the topic of an item: without its number, at most its first clause."""
    return re.split("[，。；：]", without_marker(set_in_chinese(heading)))[0]
