"""Brief → one HTML page on which a person checks the memo against its report.

One file that opens by double click and asks the network for nothing: style and script stand in
it, and the page's own policy (Content-Security-Policy) allows only these two, by their hashes.
The memo stands left, the report right; each figure is a link to its evidence, so that the page
leads to its sources even without the script. All text of the report and of a model is escaped;
the brief itself lies in the page as JSON in which no ``<`` is left. `load_brief` reads a page
back, with what the reviewer changed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import NamedTuple

from summarizer.render.memo import Item, Memo, PartText, Piece, item_doubts, outline
from summarizer.render.records import Line, opening, sentences_at
from summarizer.render.wording import ORIGIN, STATUS, Say, chinese_numeral, clean
from summarizer.summaries import COMPUTED_MARK, DATA_ELEMENT_ID
from summarizer.types import Brief, Check, CheckStatus, Figure, Origin, Sentence, Statement

_FOLDER = Path(__file__).parent
_SIGN: dict[CheckStatus, str] = {
    "exact": "＝",
    "converted": "⇄",
    "rounded": "≈",
    "derived": COMPUTED_MARK,
    "altered": "✗",
    "misattributed": "✗",
    "unsupported": "✗",
}
_ORIGIN_SIGN: dict[Origin, str] = {
    "repaired": "⟲",
    "quoted": "❝",
    "extractive": "❝",
    "edited": "✎",
}


def render_html(brief: Brief) -> bytes:
    """The review page as UTF-8 HTML."""
    memo = outline(brief)
    style = _own_text("review.css", memo.say)
    script = _own_text("review.js", memo.say)
    page = Template(_own_text("review.html", memo.say)).substitute(
        lang="zh-Hant" if brief.script == "hant" else "zh-Hans",
        policy=_policy(style, script),
        style=style,
        script=script,
        title=escape(memo.title),
        origin=escape(memo.origin),
        parts="\n".join(_part(brief, part, memo.say) for part in memo.parts),
        legend=_legend(memo.say),
        records="\n".join(_records(brief, memo)),
        report_name=escape(clean(brief.report.name)),
        report="\n".join(_report_lines(brief, memo.say)),
        data_id=DATA_ELEMENT_ID,
        data=brief.model_dump_json().replace("<", "\\u003c"),
    )
    return page.encode()


def _own_text(name: str, say: Say) -> str:
    """A file of ours, its Chinese words in the script of the report."""
    return say((_FOLDER / name).read_text(encoding="utf-8"))


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(text: str) -> str:
    return escape(clean(text))


# ── the memo ─────────────────────────────────────────────────────────────────────────────────


def _part(brief: Brief, part: PartText, say: Say) -> str:
    statements: tuple[Statement, ...] = getattr(brief, part.part)
    lines = [
        f'<section aria-labelledby="{part.part}">',
        f'<h2 id="{part.part}">{part.numeral}、{_text(part.heading)}</h2>',
    ]
    for group in part.groups:
        number = f"（{chinese_numeral(group.number)}）"
        topic = f"{part.part}-{group.number}"
        if group.topic:
            lines.append(f'<h3 class="topic" id="{topic}">{number}{_text(group.topic)}</h3>')
            number = ""
        lines += [
            _statement(brief, statements[item.place], item, number, topic, say)
            for item in group.items
        ]
    lines += [f'<p class="note">{_text(note)}</p>' for note in part.notes]
    return "\n".join([*lines, "</section>"])


def _statement(
    brief: Brief, statement: Statement, item: Item, number: str, topic: str, say: Say
) -> str:
    doubts = item_doubts(brief, statement, item.place)
    sources = " ".join(str(index) for index in statement.sources)
    links = "".join(
        f'<a href="#s{sentence}" aria-label="{say(f"原文第{sentence}句")}">〔{sentence}〕</a>'
        for sentence in item.sentences
    )
    body = "".join(_piece(piece, statement, say) for piece in item.pieces)
    badges = "".join(_badges(statement, doubts, say))
    return (
        f'<div class="statement" id="{item.key}" tabindex="0" role="group"'
        f' data-part="{item.part}" data-place="{item.place}" data-sources="{sources}"'
        f' data-topic="{topic}" data-doubt="{"true" if doubts else "false"}">'
        f'<p><span class="number">{number}</span><span class="text">{body}</span>'
        f'<span class="sources">{links}</span></p>'
        f'<p class="remarks">{badges}'
        f'<button type="button" class="edit">{say("修改")}</button>'
        f'<button type="button" class="check" aria-pressed="false">{say("标为已核对")}</button>'
        "</p></div>"
    )


def _piece(piece: Piece, statement: Statement, say: Say) -> str:
    figure = piece.figure
    if figure is None:
        return escape(piece.text)
    words = say(STATUS[figure.status])
    title = words + (f"：{clean(figure.reason)}" if figure.reason else "")
    return (
        f'<a class="figure {figure.status}" href="{_target(figure, statement)}"{_range(figure)}'
        f' title="{escape(title)}">{escape(piece.text)}'
        f'<span class="sign" aria-label="{words}">{_SIGN[figure.status]}</span></a>'
    )


def _target(figure: Figure, statement: Statement) -> str:
    if figure.evidence is not None:
        return f"#c{figure.evidence.start}"
    return f"#s{statement.sources[0] + 1}" if statement.sources else "#report"


def _range(figure: Figure) -> str:
    if figure.evidence is None:
        return ""
    return f' data-start="{figure.evidence.start}" data-end="{figure.evidence.end}"'


def _badges(statement: Statement, doubts: list[str], say: Say) -> Iterator[str]:
    """Signs and words for what a reader should know; those of a person's work stand ready."""
    origin = statement.origin
    if origin in {"repaired", "quoted", "extractive"}:
        yield f'<span class="badge {origin}">{_ORIGIN_SIGN[origin]} {say(ORIGIN[origin])}</span>'
    yield from (
        f'<span class="badge failed">✗ {_text(_told(check, say))}</span>'
        for check in statement.checks
        if not check.passed
    )
    if doubts:
        yield f'<span class="badge doubt">⚑ {say("；".join(doubts))}</span>'
    yield f'<span class="badge edited" hidden>✎ {say("人工修改，未经程序核验")}</span>'
    yield f'<span class="badge reviewed" hidden>✓ {say("已人工核对")}</span>'


def _told(check: Check, say: Say) -> str:
    return f"“{check.text}”{say(STATUS[check.status])}" + (
        f"：{check.reason}" if check.reason else ""
    )


def _legend(say: Say) -> str:
    figures = [
        f'<span class="{status}">{_SIGN[status]} {say(words)}</span>'
        for status, words in STATUS.items()
    ]
    origins = [
        f"<span>{sign} {say(ORIGIN[origin])}</span>" for origin, sign in _ORIGIN_SIGN.items()
    ]
    others = [f"<span>⚑ {say('需人工处理')}</span>", f"<span>⚠ {say('原文数据待核实')}</span>"]
    return "".join([*figures, *origins, *others])


# ── 核验记录 ──────────────────────────────────────────────────────────────────────────────────


def _records(brief: Brief, memo: Memo) -> Iterator[str]:
    for record in memo.records:
        yield f"<h3>{_text(record.heading)}</h3><ul>"
        yield from (f"<li>{_linked(line)}</li>" for line in record.lines)
        yield "</ul>"
    report, say = brief.report, memo.say
    figures = [
        f'<a href="#c{span.start}">{_text(report.text[span.start : span.end])}</a>'
        for span in brief.coverage.unused_figures
    ]
    yield from _folded(say(f"未采用的数据{len(figures)}处"), "　".join(figures))
    paragraphs = [
        f'<a href="#s{sentences_at(report, [span])[0]}">{_text(opening(report, span, say))}</a>'
        for span in brief.coverage.unused_paragraphs
        if sentences_at(report, [span])
    ]
    yield from _folded(say(f"未引用的段落{len(paragraphs)}处"), "<br>".join(paragraphs))


def _linked(line: Line) -> str:
    return f'<a href="#c{line.at.start}">{_text(line.text)}</a>' if line.at else _text(line.text)


def _folded(heading: str, content: str) -> Iterator[str]:
    if content:
        yield f"<details><summary>{heading}</summary><p>{content}</p></details>"


# ── the report ───────────────────────────────────────────────────────────────────────────────


def _report_lines(brief: Brief, say: Say) -> Iterator[str]:
    """The report's text, a paragraph to a line, with every sentence and mark in its place."""
    text = brief.report.text
    marks = list(_marks(brief))
    cited = {index for statement in brief.statements() for index in statement.sources}
    line: list[str] = []
    at = 0
    for index, sentence in enumerate(brief.report.sentences):
        before, *new_lines = text[at : sentence.start].split("\n")
        line.append(_text(before))
        for start_of_line in new_lines:
            yield from _paragraph(line)
            line = [_text(start_of_line)]
        inside = [mark for mark in marks if mark.start < sentence.end and sentence.start < mark.end]
        content = "".join(_segments(text, sentence, inside))
        kind = "sentence cited" if index in cited else "sentence"
        if any(mark.kind == "paragraph" for mark in inside):
            kind += " unused"
        focus = ' tabindex="0"' if index in cited else ""
        title = say(f"原文第{index + 1}句")
        line.append(
            f'<span class="{kind}" id="s{index + 1}" title="{title}"{focus}>{content}</span>'
        )
        at = sentence.end
    line.append(_text(text[at:]))
    yield from _paragraph(line)


def _paragraph(line: list[str]) -> Iterator[str]:
    content = "".join(line)
    if content.strip():
        yield f"<p>{content}</p>"


class _Mark(NamedTuple):
    """A stretch of the report that the page marks; what kind, and what to say of it."""

    start: int
    end: int
    kind: str
    words: str = ""


def _marks(brief: Brief) -> Iterator[_Mark]:
    for figure in brief.figures:
        if figure.evidence is not None:
            yield _Mark(*figure.evidence, "evidence")
    for finding in brief.findings:
        if not finding.consistent:
            words = f"{finding.formula}={finding.computed}"
            yield from (_Mark(*span, "finding", words) for span in finding.spans)
    yield from (_Mark(*span, "unused") for span in brief.coverage.unused_figures)
    yield from (_Mark(*span, "paragraph") for span in brief.coverage.unused_paragraphs)


def _segments(text: str, sentence: Sentence, marks: Iterable[_Mark]) -> Iterator[str]:
    """A sentence cut where marks begin and end: marks may overlap, elements may not."""
    shown = [mark for mark in marks if mark.kind != "paragraph"]
    edges = {edge for mark in shown for edge in (mark.start, mark.end)}
    cuts = [sentence.start, *sorted(e for e in edges if sentence.start < e < sentence.end),
            sentence.end]  # fmt: skip
    for start, end in pairwise(cuts):
        here = [mark for mark in shown if mark.start < end and start < mark.end]
        content = _text(text[start:end])
        if not here:
            yield content
            continue
        kinds = " ".join(dict.fromkeys(mark.kind for mark in here))
        words = "；".join(dict.fromkeys(mark.words for mark in here if mark.words))
        title = f' title="{_text(words)}"' if words else ""
        yield (
            f'<mark class="{kinds}" id="c{start}" data-start="{start}" data-end="{end}"{title}>'
            f"{content}</mark>"
        )
