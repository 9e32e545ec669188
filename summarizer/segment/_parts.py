"""Part of segmenting: which stretch of the body belongs to which part.

Three passes over the blocks between headings:

1. Headings announce parts (`_outline`).
2. A heading that announces several has its sentences divided, in its order, where the sum of
   what they sound like is greatest.
3. Parts that no heading announces are looked for in the text under other headings (`_tail`).

Goals for five years (“十五五”时期主要目标) count as plans: they look ahead, and a reader of the
memo tells them from the year's plan by their heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.segment._cues import CueReader
from summarizer.segment._headings import Heading
from summarizer.segment._outline import Block, read_outline
from summarizer.segment._sentences import find_sentences
from summarizer.segment._tail import TailReader, Turn
from summarizer.types import Part, Span

_REPORT_FOLLOWS = re.compile(r"(?:报告|汇报|总结|通报|公布|公告|说明)如下[。:]?")


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
    turns += TailReader(folded, blocks, paragraphs, reader, announced).find_turns()
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


def _settle(turns: Sequence[Turn]) -> list[Turn]:
    """The turns in order, of those at one place the last found."""
    placed = {turn.start: turn for turn in turns}
    return [placed[start] for start in sorted(placed)]
