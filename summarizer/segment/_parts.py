"""Part of segmenting: which stretch of the body belongs to which part.

Three passes over the blocks between headings:

1. Headings announce parts (`_outline`).
2. A heading that announces several has its sentences divided, in its order, where the sum of
   what they sound like is greatest.
3. Parts that no heading announces are looked for in the tail of the achievements: in the last
   block of a section, or of the whole review where its headings announce nothing. A shortcomings
   run ends with its paragraph, goes on through the list that follows it, and ends at a sentence
   that looks ahead.

Goals for five years (“十五五”时期主要目标) count as plans: they look ahead, and a reader of the
memo tells them from the year's plan by their heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.segment._cues import CueReader
from summarizer.segment._headings import Heading
from summarizer.segment._outline import Block, read_outline
from summarizer.segment._sentences import find_sentences
from summarizer.types import Part, Span

_REPORT_FOLLOWS = re.compile(r"(?:报告|汇报|总结|通报|公布|公告|说明)如下[。:]?")
_LIST_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[是要、]|首先|其次|再次|最后|第[一二三四五六七八九十]|\(?\d{1,2}[).、．]"
    r"|\([一二三四五六七八九十]+\)|[①-⑳●·-])"
)
_LIST_FOLLOWS = re.compile(r"(?::|如下|以下[^。]{0,12}|主要(?:是|有|表现在|表现为)?)[。:]?$")
_VOCATIVE = re.compile("各位.{2,6}[!,:]")
_OF_ALL = re.compile("取得|成绩|成效|工作|建设|发展|我[省市区县州局镇]|全[省市区县州]|我们")
_TROUBLE = re.compile("问题|不足|困难|挑战|短板|差距")
# A list of more entries than this is no list of shortcomings.
_MOST_ENTRIES = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """From `start` on the text belongs to `part`."""

    start: int
    part: Part


def divide_body(
    folded: str, lines: Sequence[Span], headings: Sequence[Heading], span: Span, reader: CueReader
) -> tuple[list[Block], list[Turn]]:
    """The blocks of the body `span`, and every place in it where the part changes.

    `lines` are those of the body's own text, in order.
    """
    blocks = read_outline(folded, headings, span, reader)
    announced = {part for block in blocks[1:] if block.announced for part in block.parts}
    paragraphs = _paragraphs(lines, blocks)
    turns = [Turn(block.start, block.parts[0]) for block in blocks if block.start < block.end]
    turns += _divide_regions(folded, blocks, reader, paragraphs)
    if blocks[0].parts == ("preamble", "achievements"):
        turns.append(Turn(_end_of_preamble(folded, paragraphs[0]), "achievements"))
        blocks[0].parts = ("achievements",)
    turns += _Tail(folded, blocks, paragraphs, reader, announced).find_turns()
    return blocks, _settle(turns)


def _paragraphs(lines: Sequence[Span], blocks: Sequence[Block]) -> list[list[Span]]:
    """The paragraphs of each block: the lines, cut where a heading is glued into one."""
    paragraphs: list[list[Span]] = []
    at = 0
    for block in blocks:
        inside: list[Span] = []
        while at < len(lines) and lines[at].start < block.end:
            start, end = max(lines[at].start, block.start), min(lines[at].end, block.end)
            if start < end:
                inside.append(Span(start, end))
            if lines[at].end > block.end:
                break
            at += 1
        paragraphs.append(inside)
    return paragraphs


def _divide_regions(
    folded: str, blocks: Sequence[Block], reader: CueReader, paragraphs: Sequence[Sequence[Span]]
) -> Iterator[Turn]:
    """Second pass: the turns inside what was announced as several parts in a row."""
    at = 1
    while at < len(blocks):
        block = blocks[at]
        end = at + 1
        while end < len(blocks) and blocks[end].region == block.region:
            end += 1
        if len(block.parts) > 1:
            sentences = [
                sentence
                for index in range(at, end)
                for paragraph in paragraphs[index]
                for sentence in find_sentences(folded, paragraph.start, paragraph.end)
            ]
            yield from _divide(folded, sentences, block.parts, reader)
        at = end


def _divide(
    folded: str, sentences: Sequence[Span], parts: Sequence[Part], reader: CueReader
) -> Iterator[Turn]:
    """Where `sentences` pass from part to part, in order, so that their moods fit best."""
    totals = [0.0, *[float("-inf")] * (len(parts) - 1)]
    entered: list[list[int]] = []  # for each sentence and part: the part before it was this one?
    for sentence in sentences:
        text = folded[sentence.start : min(sentence.end, sentence.start + 400)]
        came = []
        best = list(totals)
        for k in range(1, len(parts)):
            came.append(int(totals[k - 1] > totals[k]))
            best[k] = max(totals[k - 1], totals[k])
        totals = [best[k] + reader.mood(text, part) for k, part in enumerate(parts)]
        entered.append(came)
    k = max(range(len(parts)), key=lambda part: (totals[part], -part))
    for at in range(len(sentences) - 1, 0, -1):
        if k and entered[at][k - 1]:
            yield Turn(sentences[at].start, parts[k])
            k -= 1


def _end_of_preamble(folded: str, paragraphs: Sequence[Span]) -> int:
    """Where the text of a report without headings begins: behind 现将…报告如下."""
    for at, paragraph in enumerate(paragraphs[:6]):
        for sentence in find_sentences(folded, paragraph.start, paragraph.end):
            said = _REPORT_FOLLOWS.search(folded, sentence.start, sentence.end)
            if said is None:
                continue
            if said.end() < paragraph.end:
                return said.end()
            return paragraphs[at + 1].start if at + 1 < len(paragraphs) else paragraph.end
    return paragraphs[0].start if paragraphs else 0


class _Tail:
    """Third pass: parts without a heading, in the last paragraphs of the achievements."""

    def __init__(
        self,
        folded: str,
        blocks: Sequence[Block],
        paragraphs: Sequence[Sequence[Span]],
        reader: CueReader,
        announced: set[Part],
    ) -> None:
        self._folded = folded
        self._blocks = blocks
        self._paragraphs = paragraphs
        self._reader = reader
        self._wanted = {"shortcomings", "plans"} - announced
        self._few_paragraphs = sum(map(len, paragraphs)) < 2 * len(blocks) + 3
        self._limits = self._find_limits()

    def find_turns(self) -> Iterator[Turn]:
        if not self._wanted:
            return
        state: Part = "achievements"
        for index, block in enumerate(self._blocks):
            if block.parts != ("achievements",):
                state = "achievements"
                continue
            if state != "achievements":
                yield Turn(block.start, state)
            for number, paragraph in enumerate(self._paragraphs[index]):
                last = number == len(self._paragraphs[index]) - 1
                for turn in self._read_paragraph(index, paragraph, state, last=last):
                    state = turn.part
                    yield turn
            if index + 1 >= self._limits[index]:
                state = "achievements"

    def _find_limits(self) -> list[int]:
        """For each block the end of the review it belongs to, as an index into the blocks."""
        limits = [0] * len(self._blocks)
        end = len(self._blocks)
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            limits[index] = end
            own_section = block.announced and block.parts == ("achievements",)
            if block.parts != ("achievements",) or own_section:
                end = index
        return limits

    def _read_paragraph(
        self, index: int, paragraph: Span, state: Part, *, last: bool
    ) -> Iterator[Turn]:
        opening = True
        start: int | None = None
        for sentence in find_sentences(self._folded, paragraph.start, paragraph.end):
            start = sentence.start if start is None else start
            if opening and _VOCATIVE.fullmatch(self._folded, sentence.start, sentence.end):
                continue
            text = self._folded[sentence.start : min(sentence.end, sentence.start + 400)]
            part = self._next_part(text, state, opening=opening)
            if part != state and (
                state != "achievements" or self._may_turn(index, paragraph, last=last)
            ):
                state = part
                yield Turn(start, part)
            opening, start = False, None

    def _next_part(self, text: str, state: Part, *, opening: bool) -> Part:
        """The part of the sentence `text`, the first of its paragraph if `opening`."""
        reader = self._reader
        may_plan = "plans" in self._wanted and (
            opening or state == "shortcomings" or self._few_paragraphs
        )
        if state != "plans" and may_plan and reader.opens_plans(text):
            return "plans"
        if state == "achievements" and "shortcomings" in self._wanted:
            if reader.opens_shortcomings(text) and _OF_ALL.search(text):
                return "shortcomings"
        elif state == "shortcomings" and opening and not self._goes_on(text):
            looks_ahead = reader.mood(text, "plans") > reader.mood(text, "achievements")
            return "plans" if "plans" in self._wanted and looks_ahead else "achievements"
        return state

    def _goes_on(self, text: str) -> bool:
        """Whether a paragraph that begins with `text` still speaks of shortcomings."""
        return (
            _LIST_ITEM.match(text) is not None
            or self._reader.mood(text, "shortcomings") >= 2
            or _TROUBLE.search(text) is not None
        )

    def _may_turn(self, index: int, paragraph: Span, *, last: bool) -> bool:
        """Whether the review may end here: no heading of it follows but a list that begins here."""
        rest = self._blocks[index + 1 : self._limits[index]]
        if not rest:
            return True
        first = rest[0].heading
        if not last or first is None or first.number != 1 or len(rest) > _MOST_ENTRIES:
            return False
        if not _LIST_FOLLOWS.search(self._folded, paragraph.start, paragraph.end):
            return False
        numbers = [b.heading.number for b in rest if b.heading and b.heading.rank == first.rank]
        runs_on = all(n in (1, m + 1) for m, n in pairwise(numbers))
        return runs_on and all(block.rank >= first.rank for block in rest)


def _settle(turns: Sequence[Turn]) -> list[Turn]:
    """The turns in order, of those at one place the last found."""
    placed = {turn.start: turn for turn in turns}
    return [placed[start] for start in sorted(placed)]
