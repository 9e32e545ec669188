"""Which mention of the report a figure of the text speaks of, and whether it is the right one.

Every figure, in the text and in the report, is bound to its surroundings (`_anatomy.Mention`).
Two bindings are compared by the words they share, in both directions: how much of what the text
says of its figure stands close to the report's, and the reverse. The mention with the same value
must not fit clearly worse than a rival, a mention of another value under the same measure word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from summarizer._anatomy import Grams, Mention
from summarizer._lexicon import GOAL, ORIGIN
from summarizer._source_index import SourceIndex
from summarizer._values import Agreement, Hedge, agree, hedge_of, same_number, same_unit
from summarizer.types import Quantity

# What a word is worth that stands farther off.
_CLAUSE, _PREVIOUS, _BEFORE, _WIDE = 0.7, 0.6, 0.35, 0.25
_FARTHER = 0.6
_LOCAL_SHARE, _REVERSE_SHARE, _WIDE_SHARE = 0.5, 0.25, 0.25
_WRONG_ROLE = 0.25  # 由138个 and 到138个 do not say the same
_OTHER_MEASURE = 0.1  # 31名 may stand for 31个, but 31个 is the better
_MARGIN_TIED = 0.03
MARGIN = 0.1  # by how much a rival must fit better to be believed
FLOOR = 0.22  # below it a mention speaks of something else


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of the report with how well it fits a figure of the text."""

    mention: Mention
    score: float
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Binding:
    """What the report has for one figure: the best of its value, and the best of another."""

    mention: Mention
    hedge: Hedge | None
    same: Candidate | None
    rival: Candidate | None
    misfit: Candidate | None  # the same value under another measure word
    rivals: tuple[Candidate, ...] = ()

    @property
    def expected(self) -> Candidate | None:
        """The mention that fits best whatever its value."""
        found = [c for c in (self.same, self.rival) if c is not None]
        return max(found, key=lambda c: c.score, default=None)


def fit(ours: Mention, theirs: Mention, index: SourceIndex) -> float:
    """Return how well two figures' surroundings agree, from 0 to 1."""
    forward = _forward(ours, theirs, index)
    backward = _credited(theirs.local_grams, ours, index)
    wide = _around(ours, theirs, index)
    score = _LOCAL_SHARE * forward + _REVERSE_SHARE * backward + _WIDE_SHARE * wide
    return score - _WRONG_ROLE * _opposed_roles(ours, theirs)


def _around(ours: Mention, theirs: Mention, index: SourceIndex) -> float:
    """Return how much of what surrounds our figure surrounds theirs, the nearer the more."""
    total = credit = 0.0
    having = theirs.clause_grams | theirs.previous_grams
    farther = theirs.before_grams | theirs.wide
    seen: set[str] = set()
    for words, nearness in (
        (ours.clause_grams, 1.0),
        (ours.previous_grams, _PREVIOUS),
        (ours.before_grams, _BEFORE),
    ):
        for gram in words - seen:
            worth = index.weight(gram) * nearness
            total += worth
            credit += worth if gram in having else worth * _FARTHER if gram in farther else 0.0
        seen |= words
    return credit / total if total else 1.0


def _forward(ours: Mention, theirs: Mention, index: SourceIndex) -> float:
    """What is said before the figure and what is counted behind it weigh the same."""
    whole = _credited(ours.local_grams, theirs, index)
    if not ours.tail_grams or not ours.lead_grams:
        return whole
    lead = _credited(ours.lead_grams, theirs, index)
    return 0.5 * lead + 0.5 * _credited(ours.tail_grams, theirs, index)


def _credited(wanted: Grams, mention: Mention, index: SourceIndex) -> float:
    if not wanted:
        wanted = mention.local_grams
        return 0.5 if wanted else 1.0
    total = credit = 0.0
    for gram in wanted:
        worth = index.weight(gram)
        total += worth
        if gram in mention.local_grams:
            credit += worth
        elif gram in mention.clause_grams:
            credit += worth * _CLAUSE
        elif gram in mention.previous_grams:
            credit += worth * _PREVIOUS
        elif gram in mention.before_grams:
            credit += worth * _BEFORE
        elif gram in mention.wide:
            credit += worth * _WIDE
    return credit / total if total else 1.0


def _opposed_roles(ours: Mention, theirs: Mention) -> bool:
    """Whether one is where a movement starts (由, 从) and the other where it ends (到, 至)."""
    return bool((_starts(ours) and _ends(theirs)) or (_ends(ours) and _starts(theirs)))


def _starts(mention: Mention) -> bool:
    return bool(ORIGIN.search(mention.lead)) and not _ends(mention)


def _ends(mention: Mention) -> bool:
    return bool(GOAL.search(mention.lead))


def bind_all(
    mentions: Sequence[Mention], text: str, index: SourceIndex, allowed: Collection[int] | None
) -> list[Binding]:
    """Bind each figure of folded `text` to the report, or to its sentences `allowed`."""
    around = mentions[0].wide if mentions else frozenset()
    near = index.nearest(around, allowed, 5)
    return [_bind(mention, text, index, allowed, near) for mention in mentions]


def _bind(
    ours: Mention,
    text: str,
    index: SourceIndex,
    allowed: Collection[int] | None,
    near: Sequence[int],
) -> Binding:
    hedge = hedge_of(ours.quantity, text)
    places = dict.fromkeys(near)
    places.update(dict.fromkeys(index.nearest(ours.clause_grams, allowed, 3)))
    places.update(dict.fromkeys(_with_value(ours.quantity, index, allowed)))
    same: list[Candidate] = []
    rivals: list[Candidate] = []
    misfits: list[Candidate] = []
    for number in places:
        for theirs in index.by_sentence.get(number, ()):
            unit = same_unit(ours.quantity, theirs.quantity)
            if not unit and not same_number(ours.quantity, theirs.quantity):
                continue
            found = agree(
                ours.quantity, theirs.quantity, hedge, hedge_of(theirs.quantity, index.text)
            )
            score = fit(ours, theirs, index)
            if ours.quantity.unit != theirs.quantity.unit and unit:
                score -= _OTHER_MEASURE
            candidate = Candidate(theirs, score, found)
            if not unit:
                misfits.append(candidate)
            elif found:
                same.append(candidate)
            else:
                rivals.append(candidate)
    return Binding(ours, hedge, _best(same), _best(rivals), _best(misfits), tuple(rivals))


def _best(candidates: list[Candidate]) -> Candidate | None:
    return max(candidates, key=lambda c: c.score, default=None)


def _with_value(
    quantity: Quantity, index: SourceIndex, allowed: Collection[int] | None
) -> list[int]:
    found = index.sentences_with(quantity)
    return [n for n in found if allowed is None or n in allowed]


def misattributed(binding: Binding, others: Sequence[Binding]) -> bool:
    """Whether a rival fits this figure clearly better than the mention of its own value.

    A rival that another figure of the text names with right is no rival, unless the two figures
    would fit better exchanged.
    """
    same, rival = binding.same, binding.rival
    if same is None or rival is None:
        return False
    gain = rival.score - same.score
    for other in others:
        if other is not binding and other.same and other.same.mention is rival.mention:
            mine = [
                c.score
                for c in other.rivals
                if same_number(c.mention.quantity, binding.mention.quantity)
            ]
            gain += max(mine, default=0.0) - other.same.score
            break
    # Where the words right at the two figures are the same, those farther off decide.
    ours, theirs = same.mention, rival.mention
    tied = (ours.lead_grams, ours.tail_grams) == (theirs.lead_grams, theirs.tail_grams)
    return gain > (_MARGIN_TIED if tied else MARGIN)
