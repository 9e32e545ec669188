"""Which mention of the report a figure of the text speaks of, and whether it is the right one.

Every figure, in the text and in the report, is bound to its surroundings (`_anatomy.Mention`).
Two bindings are compared by the words they share, in both directions: how much of what the text
says of its figure stands close to the report's, and the reverse. The mention with the same value
must not fit clearly worse than a rival, a mention of another value under the same measure word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from summarizer.checker._anatomy import CLAUSE, Mention
from summarizer.checker._frames import told_year, year_of_end
from summarizer.checker._lexicon import (
    GOAL,
    ORIGIN,
    PLAN_CUE,
    directions,
)
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._values import (
    Agreement,
    Hedge,
    agree,
    converted,
    hedge_of,
    hedged_before,
    same_number,
    same_unit,
)
from summarizer.checker._words import Grams, grams
from summarizer.types import Quantity, Span

_NEARNESS = {CLAUSE: 1.0}  # for the surroundings a word of the clause counts in full
_FARTHER = 0.6
_LOCAL_SHARE, _REVERSE_SHARE, _WIDE_SHARE = 0.5, 0.25, 0.25
_WRONG_ROLE = 0.25  # 由138个 and 到138个 do not say the same
_ABSENT = 0.2  # 本级 said of a figure, and not said around the report's
_OTHER_MEASURE = 0.1  # 31名 may stand for 31个, but 31个 is the better
_SAME_YEAR = 0.15
MARGIN = 0.09  # by how much a rival must fit better to be believed
# Measured on faithful paraphrases: none shares less than this with what it rests on.
_BACKWARD_FLOOR, _FORWARD_FLOOR, _WELL_MIRRORED = 0.07, 0.28, 0.5
FLOOR = 0.22  # below it a mention speaks of something else


# 参保人数达到1.17亿 is not what it rose by.
_LEVEL_REACHED = re.compile(r"(?:达到?|总计|[已现共]有|总[数量]|[增升]至)$")
_PERSON = re.compile(
    r"人|员|师|者|官|手|生|兵|婴|幼|儿童|群众|青年|职工|妇女|旅客|游客|学子|对象|干部|代表|专家|骨干|领导|先进|模范|标兵|顾问|书记|主任|长|友|队伍"
)
_HOUSEHOLD = re.compile(r"户|家|主体|企业|商|居民|人口|店|房")
_NEVER_GENERIC = frozenset({"户", "人"})
_COUNTS = {"户": _HOUSEHOLD, "人": _PERSON, "名": _PERSON, "位": _PERSON}
_BESIDE = re.compile(r"[比较](?:上年|去年|\|+)的$")  # 败诉率11.9%,较2019年的15.2%
_AT_FIRST = re.compile(
    r"[合改并调]前(?:[为是有]|$)|法定[^,;。|]{0,4}[为是]?$|此前|原先|先前|之前|过去|(?<![比较同与])(?:上年|去年|上一年|同期)"
)
_OF_A_YEAR = re.compile(r"[^|]\|{6,}为$")  # 12.83万件(2023年为14.05万件)
_MOVES = re.compile(r"(?:增加|减少|净增|上升|下降|提高|降低|增长)(?:超过?|[了约近])?$")
_SHARE = re.compile(r"占[^,;。|]*$|比重[^,;。|]*$")
_GROWTH = re.compile(r"(?:增长|下降|增幅|降幅|增速)[了约为]?$")
_GAINED = re.compile(r"^(?:\|*全[省市区县])?(?:新增|净增)|(?:增加|新增|净增|减少)了?$")
_MOVED = 8
_YEAR = re.compile(r"\d{4}年")
YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年)(?:同期|分别)?[为是有]?\|")
# 由2023年的14万件减少到: the year is of the first of the two.
_OF_ANOTHER = re.compile(r"(?:由|从|[比较])\d{4}年的?(?=[^,;。\d]{0,6}\d)")
_KEPT = 20_000  # leads whose role is remembered
_CHANGED = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|上一年|前一年|\|+)(?:同期)?)[^,;。]{0,4}"
    r"(?:增加|减少|多|少|提[高升]|降低|上升|下降|增长|净增|高|低|[前后]移|[前升]进|后退|缩[短小]|扩大)(?:超过?|[出了约近])?$"
)


class Fit(NamedTuple):
    """How well the surroundings of two figures agree, each from 0 to 1.

    `forward`: what the text says at its figure, found at the report's; `backward`: the reverse;
    `wide`: the rest of the text's clauses, found around the report's figure.
    """

    forward: float
    backward: float
    wide: float
    penalty: float = 0.0

    @property
    def score(self) -> float:
        """The weighted whole."""
        return (
            _LOCAL_SHARE * self.forward
            + _REVERSE_SHARE * self.backward
            + _WIDE_SHARE * self.wide
            - self.penalty
        )

    @property
    def strange(self) -> bool:
        """Whether next to nothing is shared: the report's figure is about something else."""
        return (
            self.score + self.penalty < FLOOR
            or self.backward < _BACKWARD_FLOOR
            or (self.forward < _FORWARD_FLOOR and self.backward < _WELL_MIRRORED)
        )

    def dominates(self, other: Fit) -> bool:
        """Whether it is worse in nothing."""
        return all(mine >= theirs for mine, theirs in zip(self[:3], other[:3], strict=True))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of the report with how well it fits a figure of the text."""

    mention: Mention
    fit: Fit
    agreement: Agreement | None

    @property
    def score(self) -> float:
        """The weighted whole of the fit."""
        return self.fit.score

    @property
    def span(self) -> Span:
        """Where the figure stands in the report."""
        return Span(self.mention.quantity.start, self.mention.quantity.end)


@dataclass(frozen=True, slots=True)
class Binding:
    """What the report has for one figure: the best of its value, and the best of another."""

    mention: Mention
    hedge: Hedge | None
    same: Candidate | None
    rival: Candidate | None
    misfit: Candidate | None  # the same value under another measure word
    rivals: tuple[Candidate, ...] = ()
    year: int | None = None  # of a figure worked out for the year before
    last_year: bool = False  # whether the text tells it of the year before the report's

    @property
    def expected(self) -> Candidate | None:
        """The mention that fits best whatever its value."""
        found = [c for c in (self.same, self.rival) if c is not None]
        return max(found, key=lambda c: c.score, default=None)


class _Asked:
    """A figure of the text, made ready for being compared with many of the report's."""

    def __init__(self, mention: Mention, index: SourceIndex, year: str, told: int | None):
        self.mention = mention
        self.told = told  # the year that stands right before it
        self.year = year
        self.own_year = year == f"{index.year}年"
        self.index = index
        local = index.weighed(mention.local_grams)
        self.weight = sum(worth for _, worth in local)
        self.known = [(gram, worth) for gram, worth in local if index.knows(gram)]
        self.farther = grams(mention.opening) or grams(mention.previous)
        nearness = mention.nearness
        self.around = [
            (gram, worth * _NEARNESS.get(nearness[gram], nearness[gram]))
            for gram, worth in index.weighed(mention.near_grams | mention.before_grams)
        ]

    def fit(self, theirs: Mention) -> Fit:
        """Return how well the surroundings of this figure and of one of the report agree."""
        same_year = self.told is not None and self.told == year_of_end(theirs.quantity, self.index)
        opposed = not same_year and _opposed_roles(self.mention, theirs)
        penalty = _WRONG_ROLE if opposed else 0.0
        units = {self.mention.quantity.unit, theirs.quantity.unit}
        if len(units) == 2 and "个" in units:
            penalty += _OTHER_MEASURE
        penalty += _ABSENT * self._absent(theirs)
        penalty -= _SAME_YEAR * self._of_their_time(theirs)
        backward = self._credited(theirs.local_grams, self.mention)
        return Fit(self._forward(theirs), backward, self._around(theirs), penalty)

    def _of_their_time(self, theirs: Mention) -> int:
        """Return 1 if the report's sentence names the text's year before its figure, -1 if another.

        The report's own year frames it all: where it is said, it tells no two figures apart.
        """
        if not self.year:
            return 0
        opening = self.index.prose.sentences[theirs.sentence][0]
        named = _YEAR.findall(self.index.text, opening, theirs.quantity.start)
        if self.own_year:
            return -1 if named and named[-1] != self.year else 0
        return 1 if self.year in named else -1 if named else 0

    def _forward(self, theirs: Mention) -> float:
        """What is said before the figure and what is counted behind it weigh the same."""
        ours = self.mention
        if ours.thin and self.farther:
            # 新建农田38.6万亩,累计达到482万亩: what is counted was said a clause before.
            farther = self._credited(self.farther, theirs)
            local = self._credited(ours.local_grams, theirs) if ours.local_grams else farther
            return 0.5 * local + 0.5 * farther
        if not ours.tail_grams or not ours.lead_grams:
            return self._credited(ours.local_grams, theirs)
        lead = self._credited(ours.lead_grams, theirs)
        return 0.5 * lead + 0.5 * self._credited(ours.tail_grams, theirs)

    def _credited(self, wanted: Grams, mention: Mention) -> float:
        """Return the share of the wanted words that stand at a figure, the nearer the more."""
        if not wanted:
            return 0.5 if mention.local_grams else 1.0
        nearness, weights = mention.nearness, self.index.weights
        total = self.index.weight_of(wanted)
        credit = math.fsum(weights[gram] * nearness[gram] for gram in wanted & nearness.keys())
        return credit / total if total else 1.0

    def _absent(self, theirs: Mention) -> float:
        """Return the share of our words that the report knows, but nowhere near its figure."""
        absent = sum(worth for gram, worth in self.known if gram not in theirs.nearness)
        return absent / self.weight if self.weight else 0.0

    def _around(self, theirs: Mention) -> float:
        """Return how much of what surrounds our figure surrounds theirs too."""
        total = credit = 0.0
        having, farther = theirs.near_grams, theirs.far_grams
        for gram, worth in self.around:
            total += worth
            if gram in having:
                credit += worth
            elif gram in farther:
                credit += worth * _FARTHER
        return credit / total if total else 1.0


class _Role(NamedTuple):
    """What a figure says of a movement: where it starts, ends, by how much, what it reached."""

    starts: bool
    ends: bool
    moves: bool
    changed: bool
    gained: bool
    reached: bool
    share: bool
    growth: bool


@lru_cache(maxsize=_KEPT)
def _role(lead: str) -> _Role:
    ends = bool(GOAL.search(lead)) and not _AT_FIRST.search(lead) and not _OF_A_YEAR.search(lead)
    changed = bool(_CHANGED.search(lead))
    reached = bool(_LEVEL_REACHED.search(lead))
    return _Role(
        starts=not ends and any(cue.search(lead) for cue in (ORIGIN, _BESIDE, _AT_FIRST)),
        ends=ends,
        moves=changed or bool(_MOVES.search(lead)),
        changed=changed,
        gained=bool(_GAINED.search(lead)) and not reached,
        reached=reached and not directions(lead[-_MOVED:]),
        share=bool(_SHARE.search(lead)),
        growth=bool(_GROWTH.search(lead)) and not _SHARE.search(lead),
    )


def changed(mention: Mention) -> bool:
    """Whether a figure says by how much its thing differs from what it was: 比上年多18天."""
    return _role(mention.lead).changed and mention.quantity.kind != "percent"


def _opposed_roles(ours: Mention, theirs: Mention) -> bool:
    """Whether one is where a movement starts (由, 从) and the other where it ends (到, 至)."""
    mine, other = _role(ours.lead), _role(theirs.lead)
    return (
        (changed(ours) and not other.moves)
        or (changed(theirs) and not mine.moves)
        or (mine.moves and other.ends)  # 增加9名 is not 增至42名
        or (mine.starts and other.ends)
        or (mine.ends and other.starts)
        or (mine.reached and other.gained)
        or (mine.gained and other.reached)
        or (mine.share and other.growth)
    )


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
    before = hedge and hedged_before(ours.quantity, text)
    places = dict.fromkeys(near)
    places.update(dict.fromkeys(index.nearest(ours.clause_grams, allowed, 3)))
    places.update(dict.fromkeys(_with_value(ours.quantity, index, allowed)))
    year = "".join(_YEAR.findall(_OF_ANOTHER.sub("|", text[: ours.quantity.start]))[-1:])
    asked = _Asked(ours, index, year, told_year(ours.quantity, text))
    same: list[Candidate] = []
    rivals: list[Candidate] = []
    misfits: list[Candidate] = []
    exchanged: list[Candidate] = []  # 分 are marks too: rivals of 元 where money is meant
    for number in places:
        for theirs in index.by_sentence.get(number, ()):
            unit = same_unit(ours.quantity, theirs.quantity) and _may_count(ours, theirs)
            value = converted(theirs.quantity, ours.quantity.unit)
            alike = _same_digits(ours.quantity, theirs.quantity)
            if not (unit or value or alike):
                continue
            source_hedge = index.hedge(theirs.quantity)
            reworded = before != (source_hedge and hedged_before(theirs.quantity, index.text))
            found = agree(
                ours.quantity, value or theirs.quantity, hedge, source_hedge, reworded=reworded
            )
            candidate = Candidate(theirs, asked.fit(theirs), found)
            if found and (unit or value):
                same.append(candidate)
            elif unit or (value and not alike and theirs.quantity.kind != "money"):
                rivals.append(candidate)
            else:
                (misfits if alike else exchanged).append(candidate)
    if any(c.mention.quantity.unit != ours.quantity.unit for c in same):
        rivals += exchanged
    next_year = f"{index.year + 1}年" if index.year else "明年"
    planned = PLAN_CUE.search(text) is not None or next_year in text
    meant = best(same, lambda c: (index.parts[c.mention.sentence] == "plans") is not planned)
    last_year = index.year is not None and year == f"{index.year - 1}年"
    return Binding(
        ours, hedge, meant, best(rivals), best(misfits), tuple(rivals), last_year=last_year
    )


def _may_count(ours: Mention, theirs: Mention) -> bool:
    """Whether our measure word may stand for 个 of the source before what is counted."""
    noun = _COUNTS.get(ours.quantity.unit)
    if ours.quantity.unit == "个":
        return theirs.quantity.unit not in _NEVER_GENERIC
    if noun is not None and not theirs.quantity.unit and theirs.tail_grams:
        return bool(noun.search(f"{theirs.lead}|{theirs.tail}"))
    if noun is None or theirs.quantity.unit != "个":
        return True
    return bool(noun.search(f"{ours.lead}|{ours.tail}"))


def _same_digits(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one is the other under a wrong measure word; a rank is never a count."""
    ranks = (ours.kind == "ordinal") + (theirs.kind == "ordinal")
    return ranks != 1 and same_number(ours, theirs)


def best(
    candidates: list[Candidate], unlikely: Callable[[Candidate], bool] = lambda _: False
) -> Candidate | None:
    def merit(candidate: Candidate) -> float:
        faulty = candidate.agreement is not None and candidate.agreement.fault
        return candidate.score - MARGIN * (bool(faulty) + unlikely(candidate))

    return max(candidates, key=merit, default=None)


def _with_value(
    quantity: Quantity, index: SourceIndex, allowed: Collection[int] | None
) -> list[int]:
    found = index.sentences_with(quantity)
    return [n for n in found if allowed is None or n in allowed]
