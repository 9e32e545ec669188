"""Part of segmenting: the body in blocks, and what their headings say they hold.

A heading *announces* parts (`CueReader.announce`). A top heading that announces nothing continues
the part before it, achievements at first; behind the shortcomings its text decides whether it
looks back or ahead. A heading below another changes the part only if it says nothing besides
(存在的问题, 下一步工作打算). A numbering that begins again once the plans are through opens an
annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.segment._cues import Announcement, CueReader
from summarizer.segment._headings import UNNUMBERED, Heading
from summarizer.segment._sentences import find_sentences
from summarizer.types import Part, Span

# Without a heading before it, this much text is more than a preamble.
_LONG_PREAMBLE = 600
_MOOD_CHARS = 2000


@dataclass(slots=True)
class Block:
    """A heading and its text up to the next heading; the first block of a body has no heading.

    `parts` are what it holds, in order; `region` is the block that announced them, as an index.
    """

    start: int
    end: int
    heading: Heading | None
    title: str
    parts: tuple[Part, ...] = ()
    region: int = 0
    announced: bool = False

    @property
    def span(self) -> Span:
        """All of it, heading and text."""
        return Span(self.start, self.end)

    @property
    def rank(self) -> int:
        """The rank of its heading."""
        return self.heading.rank if self.heading else UNNUMBERED


def read_outline(
    folded: str, headings: Sequence[Heading], body: Span, reader: CueReader
) -> list[Block]:
    """The blocks of `body` with their parts; of the first, too, if it is the review itself."""
    blocks = _cut_blocks(folded, headings, body)
    headless = _is_headless(folded, blocks, reader)
    blocks[0].parts = ("preamble", "achievements") if headless else ("preamble",)
    outline = _Outline(folded, blocks, reader)
    for index in range(1, len(blocks)):
        outline.place(index)
    return blocks


def _cut_blocks(folded: str, headings: Sequence[Heading], body: Span) -> list[Block]:
    starts = [heading.start for heading in headings]
    first = Block(body.start, starts[0] if starts else body.end, None, "")
    blocks = [first]
    for heading, end in zip(headings, [*starts[1:], body.end], strict=False):
        title = folded[heading.title_start : heading.title_end]
        blocks.append(Block(heading.start, end, heading, title))
    return blocks


def _is_headless(folded: str, blocks: Sequence[Block], reader: CueReader) -> bool:
    """Whether the text before the first heading is the review itself, not a preamble."""
    if len(blocks) == 1:
        return True
    said = reader.announce(blocks[1].title)
    if said.parts:
        return said.parts[0] in ("shortcomings", "plans")
    length = blocks[0].end - blocks[0].start
    if length > _LONG_PREAMBLE and length > (blocks[-1].end - blocks[0].end) * 0.6:
        return True
    sentences = [folded[s.start : s.end] for s in find_sentences(folded, *blocks[0].span)]
    return any(
        reader.opens_plans(text) or reader.opens_shortcomings(text) for text in sentences[3:]
    )


class _Outline:
    """The state while headings are read from the first to the last."""

    def __init__(self, folded: str, blocks: list[Block], reader: CueReader) -> None:
        self._folded = folded
        self._blocks = blocks
        self._reader = reader
        self._above: list[int] = []  # the headings that the next one may stand below
        self._before: Part | None = "achievements" if len(blocks[0].parts) > 1 else None
        self._seen: set[Part] = set()
        self._top_number = 0

    def place(self, index: int) -> None:
        """Find the parts of block `index`, the next one."""
        block = self._blocks[index]
        self._climb(block)
        said = self._reader.announce(block.title)
        if self._above:
            self._place_below(block, index, said)
        else:
            block.parts, block.region = self._parts_of_top(block, said), index
            block.announced = bool(said.parts)
            if block.rank != UNNUMBERED and block.heading:
                self._top_number = block.heading.number
        if block.parts[-1] != "other" and (block.announced or not self._above):
            self._before = block.parts[-1]
        self._seen.update(block.parts)
        self._above.append(index)

    def _climb(self, block: Block) -> None:
        """Leave the headings that `block` does not stand below."""
        above = self._above
        while above and self._blocks[above[-1]].rank >= block.rank:
            above.pop()
        number = block.heading.number if block.heading else 0
        bare = len(above) == 1 and self._blocks[above[0]].rank == UNNUMBERED
        if bare and number > 1 and number == self._top_number + 1:
            above.pop()

    def _parts_of_top(self, block: Block, said: Announcement) -> tuple[Part, ...]:
        number = block.heading.number if block.heading else 0
        if number == 1 and self._top_number > 1 and {"achievements", "plans"} <= self._seen:
            return ("other",)
        before = self._before
        # 强化领导,确保成效 behind the plans is one of them; 履职情况 there is not.
        doubtful = said.weak or (
            before in ("shortcomings", "plans")
            and said.parts == ("achievements",)
            and not said.structural
        )
        if said.parts and not doubtful:
            return said.parts
        if before == "plans" and not said.parts:
            return ("plans",)
        if before in (None, "achievements") and not said.weak:
            return ("achievements",)
        if said.weak and before in ("shortcomings", "plans"):
            return ("plans",)
        end = min(block.end, block.start + _MOOD_CHARS)
        ahead, back = self._reader.count_moods(self._folded[block.start : end])
        return ("plans",) if ahead > back else ("achievements",)

    def _place_below(self, block: Block, index: int, said: Announcement) -> None:
        parent = self._blocks[self._above[-1]]
        block.parts, block.region = parent.parts, parent.region
        if not said.structural or parent.parts == ("other",):
            return
        if parent.parts == ("achievements",):
            weak = said.weak and self._before != "shortcomings"
            allowed = said.parts != ("achievements",) and not weak
        elif parent.parts == ("shortcomings",):
            allowed = "plans" in said.parts
        else:
            allowed = len(parent.parts) > 1 or said.parts == ("shortcomings",)
        if allowed:
            block.parts, block.region, block.announced = said.parts, index, True
