"""Part of segmenting: parts that no heading announces, in the text under other headings.

They stand in the tail of the achievements (虽然取得了一定成绩,但还存在…; 2024年,我市将…), of the
shortcomings (针对以上问题,我镇将…), or open the section of plans. A tail is the last block of a
section, or of the whole review where its headings announce nothing: a turn in an earlier block
speaks of one field only. A shortcomings run ends with its paragraph, goes on through the list that
follows it, and ends at a sentence that looks ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.segment._cues import CueReader
from summarizer.segment._outline import Block
from summarizer.segment._sentences import find_sentences
from summarizer.types import Part, Span

_LIST_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[是要、]|首先|其次|再次|最后|第[一二三四五六七八九十]|\(?\d{1,2}[).、]"
    r"|\([一二三四五六七八九十]+\)|[①-⑳●·-])"
)
_LIST_FOLLOWS = re.compile(r"(?::|如下|以下[^。]{0,12}|主要(?:是|有|表现在|表现为)?)[。:]?$")
_VOCATIVE = re.compile("各位.{2,6}[!,:]")
_OF_ALL = re.compile("取得|成绩|成效|工作|建设|发展|我[省市区县州局镇乡]|全[省市区县州]|我们")
_TROUBLE = re.compile("问题|不足|困难|挑战|短板|差距")
# A list of more entries than this is no list of shortcomings.
_MOST_ENTRIES = 60
# 对此,我们将认真解决 closes the shortcomings; a longer paragraph of the kind is the plan.
_LONG_REMEDY = 60
_SENTENCE_CHARS = 400


@dataclass(frozen=True, slots=True)
class Turn:
    """From `start` on the text belongs to `part`."""

    start: int
    part: Part


class TailReader:
    """Looks for the parts that `announced` leaves out."""

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
        """Every place where an unannounced part begins or ends, in order."""
        if not self._wanted:
            return
        state: Part | None = None
        for index, block in enumerate(self._blocks):
            if block.parts == ("plans",):
                state = None
                if block.announced and "shortcomings" in self._wanted:
                    yield from self._read_opening(index)
            elif block.parts not in (("achievements",), ("shortcomings",)):
                state = None
            else:
                if state is None:
                    state = block.parts[0]
                elif state != block.parts[0]:
                    yield Turn(block.start, state)
                for turn in self._read_block(index, state):
                    state = turn.part
                    yield turn
                if index + 1 >= self._limits[index]:
                    state = None

    def _find_limits(self) -> list[int]:
        """For each block the end of the stretch whose tail counts, as an index into the blocks."""
        limits = [0] * len(self._blocks)
        end = len(self._blocks)
        following: tuple[Part, ...] = ()
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            if block.parts != following:
                end = index + 1 if following and block.parts != following else end
            limits[index] = max(end, index + 1)
            following = block.parts
            if block.announced:
                end, following = index, ()
        return limits

    def _read_block(self, index: int, state: Part) -> Iterator[Turn]:
        for paragraph in self._paragraphs[index]:
            opening, start = True, paragraph.start
            for sentence in self._sentences(paragraph):
                if opening and _VOCATIVE.fullmatch(self._folded, *sentence):
                    continue
                part = self._next_part(sentence, state, paragraph if opening else None)
                inside = state != self._blocks[index].parts[0]
                if part != state and (inside or self._may_turn(index, paragraph)):
                    state = part
                    yield Turn(start if opening else sentence.start, part)
                opening = False

    def _next_part(self, sentence: Span, state: Part, opened: Span | None) -> Part:
        """The part of a sentence; `opened` is the paragraph that it opens, if it does."""
        reader, text = self._reader, self._text(sentence)
        if state != "plans" and "plans" in self._wanted:
            may_plan = opened or state == "shortcomings" or self._few_paragraphs
            if may_plan and reader.opens_plans(text):
                return "plans"
            long = opened and opened.end - opened.start >= _LONG_REMEDY
            if state == "shortcomings" and long and reader.offers_remedy(text):
                return "plans"
        if state == "achievements" and "shortcomings" in self._wanted:
            if self._turns_to_shortcomings(text):
                return "shortcomings"
        elif state == "shortcomings" and "shortcomings" in self._wanted and opened:
            return self._after_shortcomings(text)
        return state

    def _turns_to_shortcomings(self, text: str) -> bool:
        return self._reader.opens_shortcomings(text) and _OF_ALL.search(text) is not None

    def _after_shortcomings(self, text: str) -> Part:
        """The part of a paragraph behind one of shortcomings; it begins with `text`."""
        mood = self._reader.mood
        if _LIST_ITEM.match(text) or mood(text, "shortcomings") >= 2 or _TROUBLE.search(text):
            return "shortcomings"
        looks_ahead = mood(text, "plans") > mood(text, "achievements")
        return "plans" if "plans" in self._wanted and looks_ahead else "achievements"

    def _may_turn(self, index: int, paragraph: Span) -> bool:
        """Whether a part may end here: no heading of it follows but lists of what comes now."""
        rest = self._blocks[index + 1 : self._limits[index]]
        if not rest:
            return True
        first = rest[0].heading
        if first is None or first.number != 1 or len(rest) > _MOST_ENTRIES:
            return False
        closing = self._paragraphs[index][-1]
        turned = closing == paragraph or self._reader.opens_plans(self._text(closing))
        if not turned or not _LIST_FOLLOWS.search(self._folded, *closing):
            return False
        numbers = [b.heading.number for b in rest if b.heading and b.heading.rank == first.rank]
        runs_on = all(n in (1, m + 1) for m, n in pairwise(numbers))
        return runs_on and all(block.rank >= first.rank for block in rest)

    def _read_opening(self, index: int) -> Iterator[Turn]:
        """Shortcomings that open a section of plans, up to the sentence that looks ahead."""
        behind_heading = self._behind_heading(index)
        inside = False
        for paragraph in self._paragraphs[index]:
            for sentence in self._sentences(paragraph):
                if sentence.start < behind_heading:
                    continue
                text = self._text(sentence)
                if not inside:
                    if not self._turns_to_shortcomings(text):
                        return
                    inside = True
                    yield Turn(sentence.start, "shortcomings")
                elif self._reader.opens_plans(text) or self._reader.offers_remedy(text):
                    yield Turn(sentence.start, "plans")
                    return
            if inside and not _LIST_FOLLOWS.search(self._folded, *paragraph):
                yield Turn(paragraph.end, "plans")
                return

    def _behind_heading(self, index: int) -> int:
        heading = self._blocks[index].heading
        return heading.title_end if heading else self._blocks[index].start

    def _sentences(self, paragraph: Span) -> Iterator[Span]:
        return find_sentences(self._folded, *paragraph)

    def _text(self, sentence: Span) -> str:
        return self._folded[sentence.start : min(sentence.end, sentence.start + _SENTENCE_CHARS)]
