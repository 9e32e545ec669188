"""Brief → Markdown (CommonMark with tables and footnotes): a footnote for each cited sentence.

Text of the report and of a model is data: whatever Markdown would read as a mark, a link, a table
or HTML is escaped. The full stop of a bold topic stands outside the asterisks, since CommonMark
does not close `**…。**` before a Han character or a digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.render.memo import Group, Item, Memo, PartText, Piece, Row, outline
from summarizer.summaries import (
    ANNEX_HEADING,
    ANNEX_NOTE,
    ANNEX_REFERENCE,
    ANNEX_TITLE,
    COMPUTED_MARK,
)
from summarizer.types import Brief

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$@^])")
_LINK_SCHEME = re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)|\b(www)(?=\.)")
_BLOCK_MARK = re.compile(r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#+\-=]))")


def render_markdown(brief: Brief) -> bytes:
    """The memo as UTF-8 Markdown with Unix line ends."""
    memo = outline(brief)
    traditional = brief.script == "hant"
    lines = [f"# {escape(memo.title)}", ""]
    if memo.origin:
        lines += [escape(memo.origin), ""]
    for part in memo.parts:
        lines += _part(part)
    lines += [ANNEX_REFERENCE[traditional], "", f"## {ANNEX_HEADING[traditional]}", ""]
    lines += [f"### {ANNEX_TITLE[traditional]}", "", ANNEX_NOTE[traditional], ""]
    lines += [*_table(memo), ""]
    if memo.records:
        lines += [f"### {memo.say('核验记录')}", ""]
    for record in memo.records:
        lines += [
            f"#### {record.heading}",
            "",
            *(f"- {escape(line.text)}" for line in record.lines),
            "",
        ]
    lines += _footnotes(memo)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    text = _SPECIAL.sub(r"\\\1", text)
    # GitHub makes links of bare addresses; an escaped mark in them keeps them text.
    text = _LINK_SCHEME.sub(lambda scheme: (scheme[1] or scheme[2]) + "\\", text)
    return _BLOCK_MARK.sub(lambda mark: f"{mark[1]}{mark[2] or ''}\\", text, count=1)


def _part(part: PartText) -> Iterator[str]:
    yield f"## {part.numeral}、{escape(part.heading)}"
    yield ""
    for group in part.groups:
        yield f"{group.number}. {_paragraph(group)}"
    if part.groups:
        yield ""
    for note in part.notes:
        yield note
        yield ""


def _paragraph(group: Group) -> str:
    text = "".join(_item(item) for item in group.items)
    return f"**{escape(group.topic)}**。{text}" if group.topic else text


def _item(item: Item) -> str:
    text = "".join(piece.text + (COMPUTED_MARK if piece.computed else "") for piece in item.pieces)
    return escape(text) + "".join(f"[^s{number}]" for number in item.sentences)


def _table(memo: Memo) -> Iterator[str]:
    yield "| " + " | ".join(memo.say(name) for name in ("条目", "数据及核验", "原文依据")) + " |"
    yield "| --- | --- | --- |"
    for row in memo.rows:
        source = f"第{row.sentence}句：{_lit(row.source)}"
        yield f"| {_label(row)} | {_marks(row)} | {source} |"


def _label(row: Row) -> str:
    item = f"{row.numeral}、{row.number}" if row.number else ""
    return "<br>".join(escape(text) for text in (item, row.remark) if text)


def _marks(row: Row) -> str:
    return "<br>".join(f"{escape(mark.text)}　{escape(mark.words)}" for mark in row.marks) or "—"


def _lit(pieces: Iterable[Piece]) -> str:
    # Bold would not close between a digit and a Han character in every reader; 【】 always shows.
    return escape("".join(f"【{p.text}】" if p.lit else p.text for p in pieces))


def _footnotes(memo: Memo) -> Iterator[str]:
    sources = {row.sentence: row.source for row in memo.rows}
    cited = {number for part in memo.parts for group in part.groups
             for item in group.items for number in item.sentences}  # fmt: skip
    for number in sorted(cited & sources.keys()):
        text = escape("".join(piece.text for piece in sources[number]))
        yield f"[^s{number}]: 原文第{number}句：{text}"
