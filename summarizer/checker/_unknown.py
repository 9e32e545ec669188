"""A figure that has to be worked out (推算), and what of the report it may be worked out from.

An operand is named by its value, in the same text, or by words alone. A phrase is then compared
with every figure near what the text speaks of, and near what has the phrase's own words, in both
directions as figures are bound (`_binding`). Best first; the caller takes the first, or none
where a second is named as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.checker._anatomy import Mention
from summarizer.checker._lexicon import (
    GOAL,
    LAST_YEAR,
    ORIGIN,
    PLAN_CUE,
    directions,
    kindred_measures,
)
from summarizer.checker._operands import Operand, value_of
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._words import Grams, grams
from summarizer.types import Quantity

AMOUNTS = ("count", "money")
NAMED = 0.4  # the share of the report's words for a figure that the text must hold
_SAID = 0.9  # or the share of the words at our figure that must stand at the report's
_HELD = 0.4  # the share of a phrase's words that must stand by a figure, the nearer the more
_PLANNED = 0.1  # what was reached is meant where no aim is spoken of
_FEW = 4
_REACH, _BEHIND = 16, 8  # characters before and behind a figure in which its cue must stand
_MOVED = 6  # characters before it in which a movement ends: 精简到
_NONE: Grams = frozenset()
_RATE_WORDS = re.compile(
    r"(?:的|之)?(?:实际|预期|计划)?(?:增长|增速|增幅|涨幅|降幅|下降)(?:的|率)?(?:目标|预期)?"
)
_TIME = re.compile(r"[上下]半年|全年|第?[一二三四]季度")
_RATE = re.compile(r"([\u4e00-\u9fff]{2})率[^,;。]{0,6}$")
_YEAR = re.compile(r"(\d{4})年")
_AIM = re.compile(r"目标|预期|计划")
_SCALES = frozenset("万亿")
_ORGANS = frozenset("家户个")
_THAT_IS = re.compile(r"(?:即|也就是|约|为|达)*")
_CLAUSE_SIGN = re.compile(r"[,;:。]")
EARLIER = re.compile(r"同期|上年|去年|上一年|\|年")


class Wanted(NamedTuple):
    """What the text calls a thing: its words, its year if it says one, whether an aim is meant."""

    words: Grams
    year: int | None
    aim: bool


def wanted_by(phrase: str) -> Wanted:
    """Return what a phrase of folded text asks for."""
    year = _YEAR.search(phrase)
    aim = bool(_AIM.search(phrase))
    words = _RATE_WORDS.sub("|", _YEAR.sub("|", phrase))
    return Wanted(grams(words), int(year[1]) if year else None, aim)


def bare_lead(lead: str) -> str:
    """Return what a figure counts, without the words that say how it moved."""
    for _, word, _ in directions(lead):
        lead = lead.replace(word, "|")
    return _RATE_WORDS.sub("|", lead)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A figure of folded `text` that the report does not print, or not of this.

    `named` are the figures of the same text that the report supports, `passages` the sentences
    that the text speaks of, `allowed` those that it may rest on (None: all).
    """

    ours: Mention
    text: str
    named: Sequence[Operand]
    passages: Sequence[int]
    index: SourceIndex
    allowed: Collection[int] | None
    named_from: float = NAMED  # how much of its own words must be said for a figure to be named

    @property
    def quantity(self) -> Quantity:
        """The figure as the text states it."""
        return self.ours.quantity

    @property
    def said_before(self) -> str:
        """The text before the figure."""
        return self.text[: self.quantity.start]

    @property
    def clause(self) -> str:
        """The text before the figure in its own clause, the region's name blanked out."""
        clause, own_name = _CLAUSE_SIGN.split(self.said_before)[-1], self.index.own_name
        return own_name.sub(lambda found: "|" * len(found.group()), clause) if own_name else clause

    @property
    def cue(self) -> str:
        """What stands around the figure in its own clause: there a word says how it was found."""
        start, end = self.quantity.start, self.quantity.end
        clauses = re.split(r"[,;:。()]", self.text[max(0, start - _REACH) : start])
        left = clauses[-1]
        if len(clauses) > 1 and _THAT_IS.fullmatch(left):
            left = f"{clauses[-2]}{left}"  # 其余为进口,即87.5亿元
        right = re.split(r"[,;。]", self.text[end : end + _BEHIND])[0]
        return f"{right}|{left}"

    @property
    def level(self) -> bool:
        """Whether it is where a movement ended and not how far it went: 精简到265个."""
        lead = self.clause[-_MOVED:]
        return bool(GOAL.search(lead) and directions(lead))

    @property
    def before(self) -> list[Operand]:
        """The named figures that stand before it and have one value, not 5—8."""
        return [o for o in self.named if o.place < self.quantity.start and o.quantity.value]

    @property
    def amounts(self) -> list[Operand]:
        """The named figures that count things or money."""
        return [o for o in self.named if o.quantity.kind in AMOUNTS and o.quantity.value]

    def of_unit(self, operands: Iterable[Operand]) -> list[Operand]:
        """Return the operands that count in the figure's own measure word."""
        found = self._of_kind(operands)
        own = [o for o in found if kindred_measures(o.quantity.unit, self.quantity.unit)]
        # 留渝青年40.8万、农民工33万
        return own or [o for o in found if not o.quantity.unit and o.quantity.text[-1] in _SCALES]

    def of_unit_or_alike(self, operands: Sequence[Operand]) -> list[Operand]:
        """Return those, or of organs those of any of their measure words: 12个镇, 28个部门."""
        own = self.of_unit(operands)
        if len(own) > 1 or self.quantity.unit not in _ORGANS:
            return own
        return [o for o in self._of_kind(operands) if o.quantity.unit in _ORGANS]

    def _of_kind(self, operands: Iterable[Operand]) -> list[Operand]:
        kind = self.quantity.kind
        return [o for o in operands if o.quantity.kind == kind and o.quantity.value is not None]

    def other_way(self, found: Sequence[Operand]) -> bool:
        """Whether the text tells a rise of what fell from one figure of the report to the next."""
        moved = directions(self.clause)
        starts = [n for n, o in enumerate(found[:-1]) if ORIGIN.search(o.mention.lead)]
        last_year = [o for o in found if LAST_YEAR.search(o.mention.lead)]
        if starts:
            older, newer = found[starts[0] : starts[0] + 2]
        elif len(found) == 2 and len(last_year) == 1:  # 满意率95.8%(上年93.7%)
            older, newer = sorted(found, key=lambda o: o is not last_year[0])
        else:
            return False
        rose = value_of(newer) > value_of(older)
        return bool(moved) and (moved[-1][2] == "up") is not rose

    def in_sentence(self, number: int, kinds: Sequence[str] = AMOUNTS) -> list[Operand]:
        """Return the figures of one of the report's sentences."""
        return [
            Operand(m.quantity, m, m.quantity.start)
            for m in self.index.by_sentence.get(number, ())
            if m.quantity.kind in kinds and m.quantity.value
        ]

    def names(self, operand: Operand) -> bool:
        """Whether the text's words single this figure of the report out."""
        ours, theirs = self.ours, operand.mention
        if EARLIER.search(theirs.lead):
            return bool(EARLIER.search(ours.lead + ours.previous))
        rate = _RATE.search(ours.lead)
        if rate is not None and rate.group(1) in theirs.lead:
            return True  # 化解率 is the share of what was 化解
        own = grams(_TIME.sub("|", theirs.lead)[-8:]) | grams(theirs.tail[:8])
        if self.index.coverage(own, ours.wide) >= self.named_from:
            return True
        # 废止近三成: the few words that stand at our figure stand at this one.
        local = ours.local_grams
        return len(local) > 2 and self.index.coverage(local, own) >= _SAID

    def called(
        self,
        wanted: Wanted,
        shared: Grams = _NONE,
        may: Callable[[Quantity], bool] | None = None,
    ) -> list[tuple[float, Operand]]:
        """Return the figures that one phrase may name, each with how well it does, best first.

        `shared` are the words that the phrase leaves unsaid: 受理的案件比审结的多. `may` says which
        figures are looked for: by default those that go into the calculation of this one.
        """
        index, fits = self.index, may or self.may_rest_on
        numbers = [*self.passages, *index.nearest(wanted.words, self.allowed, _FEW)]
        found = []
        for number in dict.fromkeys(numbers):
            planned = _planned(number, index)
            if not _of_time(wanted, number, index, planned=planned):
                continue
            for mention in index.by_sentence.get(number, ()):
                if not mention.quantity.value or not fits(mention.quantity):
                    continue
                forward = _credited(wanted.words, mention, index)
                said = wanted.words | shared
                backward = index.coverage(grams(bare_lead(mention.lead)), said)
                if mention.tail_grams:  # 办理5宗免罚案件、19宗从轻处罚案件
                    backward = max(backward, index.coverage(mention.tail_grams, said))
                if forward >= _HELD and backward >= NAMED:
                    operand = Operand(mention.quantity, mention, mention.quantity.start)
                    unmeant = _PLANNED if planned and not wanted.aim else 0.0
                    found.append((forward + backward - unmeant, operand))
        return sorted(found, key=lambda pair: -pair[0])[:_FEW]

    def may_rest_on(self, theirs: Quantity) -> bool:
        """Whether a figure of the report may go into the calculation of this one."""
        if self.quantity.unit == "倍":
            return theirs.kind in ("count", "money") and theirs.unit != "倍"
        if self.quantity.kind == "percent":
            return theirs.kind == "percent" and "点" not in theirs.unit
        return theirs.kind == self.quantity.kind and (
            kindred_measures(theirs.unit, self.quantity.unit) or not theirs.unit
        )


def credit(words: Grams, operand: Operand, unknown: Unknown) -> float:
    """Return the share of some words that stand at a figure of the report; 0 of no words."""
    return _credited(words, operand.mention, unknown.index)


def _planned(number: int, index: SourceIndex) -> bool:
    sentence = index.text[slice(*index.prose.sentences[number])]
    return index.parts[number] == "plans" or bool(PLAN_CUE.search(sentence))


def _of_time(wanted: Wanted, number: int, index: SourceIndex, *, planned: bool) -> bool:
    if wanted.aim:
        return planned
    if wanted.year is None:
        return True
    return index.year_of(number) == wanted.year


def _credited(words: Grams, mention: Mention, index: SourceIndex) -> float:
    total = credit = 0.0
    for gram, worth in index.weighed(words):
        total += worth
        credit += worth * mention.nearness.get(gram, 0.0)
    return credit / total if total else 0.0
