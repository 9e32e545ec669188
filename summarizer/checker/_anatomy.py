"""How a stretch of Chinese prose is built: sentences, clauses, and what each figure belongs to.

The same anatomy serves the checked text and the report, so that two bindings are compared and
never a binding with a mere occurrence. All texts here are folded (`folding.fold`): simplified,
half-width, and of the original's length, so that every offset holds in the original too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from summarizer.checker._leads import (
    DEPENDENT,
    LIST_SIGN,
    leads_and_tails,
    names_of,
    take_over,
)
from summarizer.checker._lexicon import RESPECTIVELY
from summarizer.checker._words import HAN_RUN, Grams, grams
from summarizer.types import Quantity, Span

_CLAUSE_END = frozenset(",;:()。!?\n")
_OPENING = {"《": "》", "“": "”", "「": "」", "『": "』", "‘": "’"}
_NUMBERED = frozenset({"count", "percent", "money", "duration", "ordinal"})
_ASIDE = re.compile(r"\([^()\d,;:。]{1,8}\)")  # 乡镇(街道): part of the name before it
# What a word is worth to a figure by where it stands; right at the figure it is worth 1.
CLAUSE, PREVIOUS, BEFORE, WIDE = 0.7, 0.6, 0.35, 0.25
CARRIED = 0.85
_BOUND = re.compile(r"(?:及?以[上下]|级)的?[\u4e00-\u9fff]")
_IN_WORDS = str.maketrans("0123456789", "〇一二三四五六七八九")
_LIST_REACH = 4  # clauses back to a list of names
_RATE = re.compile(r"率(?:均|都)?[为达]*$")  # 见面率、办复率: no one whose rate follows
_YEAR_BEFORE = re.compile(r"^(?:上年|去年|同期|上一年)(?:同期)?[为是]?$")
_THIN = 7  # a lead of four characters: a verb or two, without the thing counted
_COUNTED = 8  # characters behind a measure word in which the thing counted stands


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with the spans replaced by spaces' worth of bars: its offsets stay true."""
    pieces, at = [], 0
    for start, end in spans:
        if start >= at:
            pieces += [text[at:start], "|" * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])


def split_clauses(text: str, start: int, end: int) -> list[Span]:
    """Split `text[start:end]` at commas, colons and brackets, but not inside 《》 or quotes."""
    clauses: list[Span] = []
    at, closing = start, ""
    for i in range(start, end):
        sign = text[i]
        if closing:
            if sign in (closing, "\n"):
                closing = ""
            continue
        if sign in _OPENING and text.find(_OPENING[sign], i, end) > 0:
            closing = _OPENING[sign]
        elif sign == "(" and _ASIDE.match(text, i, end):
            closing = ")"
        elif sign in _CLAUSE_END:
            if i > at:
                clauses.append(Span(at, i))
            at = i + 1
    if end > at:
        clauses.append(Span(at, end))
    return clauses


@dataclass(eq=False, slots=True)
class Clause:
    """One clause; `text` has its figures and dates blanked out."""

    start: int
    end: int
    text: str
    sentence: int


@dataclass(eq=False)
class Mention:
    """One figure in its place: what stands before it, behind it and around it.

    `lead` is the text that names what is measured (since the last figure or list sign), `tail`
    the text behind the measure word up to the next figure, list sign or comma. `opening` is what
    stands before the figure before it in its clause (出庭率连续4年为100%). `clause` is the
    whole clause, `previous` the one before it, `before` those before that, `topic` the one that
    opens the sentence; `wide` has the words of the sentence and of what stands over it. The nearer
    a word stands, the more it says of the figure.
    """

    quantity: Quantity
    sentence: int
    lead: str
    tail: str
    clause: str
    previous: str
    before: str
    topic: str
    opening: str = ""
    wide: Grams = field(default_factory=frozenset)

    @cached_property
    def local_grams(self) -> Grams:
        """The words that bind the figure most closely."""
        return self.lead_grams | grams(self.tail)

    @cached_property
    def lead_grams(self) -> Grams:
        """The words that name the metric."""
        return grams(self.lead)

    @cached_property
    def thin(self) -> bool:
        """Whether next to nothing at the figure says what is counted: 完成整改2867条."""
        return not self.tail_grams and len(self.lead_grams) <= _THIN

    @cached_property
    def tail_grams(self) -> Grams:
        """The words right behind the measure word: what is counted."""
        return grams(self.tail[:_COUNTED])

    @cached_property
    def near_grams(self) -> Grams:
        """The words of the clause, of the one before and of the one that opens the sentence."""
        return self.clause_grams | self.previous_grams

    @cached_property
    def far_grams(self) -> Grams:
        """The words that stand farther off."""
        return self.before_grams | self.wide

    @cached_property
    def nearness(self) -> dict[str, float]:
        """What each word around the figure is worth to it, by where it stands."""
        found = dict.fromkeys(self.wide, WIDE)
        found.update(dict.fromkeys(self.before_grams, BEFORE))
        found.update(dict.fromkeys(self.previous_grams, PREVIOUS))
        if self.thin or self.previous.endswith("中"):
            # 104个县局中,有19个局: what it is a part of is what it counts.
            # 发现隐患2934条,完成整改2867条: the verb changes, what is counted stays.
            found.update(dict.fromkeys(grams(self.previous), CARRIED))
        found.update(dict.fromkeys(self.clause_grams, CLAUSE))
        found.update(dict.fromkeys(self.local_grams, 1.0))
        return found

    @cached_property
    def clause_grams(self) -> Grams:
        """The words of the whole clause."""
        return grams(self.clause) | self.local_grams

    @cached_property
    def previous_grams(self) -> Grams:
        """The words of the clause right before, and of the one that opens the sentence.

        A sentence's subject stands in its first clause and is not said again.
        """
        return grams(self.previous) | grams(self.topic)

    @cached_property
    def before_grams(self) -> Grams:
        """The words of the clauses before, as far as the subject may reach."""
        return grams(self.before)


class Prose:
    """A folded text taken to pieces: its sentences' clauses and the figures in them."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        quantities: Sequence[Quantity],
        region: re.Pattern[str] | None = None,
    ):
        self.text = text
        self.sentences = sentences
        self.quantities = quantities
        self.dates = [q for q in quantities if q.kind == "date"]
        self.governing_dates = self.dates
        self._names = {q.start for q in quantities if _is_name(q, text)}
        blanks = [
            (q.start, q.end) for q in quantities if q.kind != "label" and q.start not in self._names
        ]
        if region is not None:  # 我区 and 江汉区 are one: neither says what a figure counts
            blanks = sorted(blanks + [found.span() for found in region.finditer(text)])
        marked = blank(text, blanks)
        self.blanked = marked
        self.clauses: list[Clause] = []
        for number, (start, end) in enumerate(sentences):
            self.clauses += [
                Clause(a, b, marked[a:b], number) for a, b in split_clauses(text, start, end)
            ]
        self._clause_starts = [clause.start for clause in self.clauses]
        self.sentence_grams: list[Grams] = [grams(marked[a:b]) for a, b in sentences]
        self._first_clause: dict[int, int] = {}
        for number, clause in enumerate(self.clauses):
            self._first_clause.setdefault(clause.sentence, number)
        self.mentions = self._bind()
        self._figured = {
            self.clauses[self.clause_at(m.quantity.start)].start
            for m in self.mentions
            if m.quantity.kind in ("count", "percent", "money")
        }

    def has_figure(self, clause: Clause) -> bool:
        """Whether a figure stands in a clause; 两年 and 第二 are none."""
        return clause.start in self._figured

    def clauses_of(self, sentences: Sequence[int]) -> list[Clause]:
        """Return the clauses of some sentences."""
        found = []
        for number in sentences:
            first = bisect_left(self._clause_starts, self.sentences[number][0])
            last = bisect_left(self._clause_starts, self.sentences[number][1])
            found += self.clauses[first:last]
        return found

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that begins at or before a character, or -1."""
        return bisect_right(self.sentences, position, key=lambda span: span[0]) - 1

    def clause_at(self, position: int) -> int:
        """Return the index of the clause that holds a character, or -1 before the first."""
        return bisect_right(self._clause_starts, position) - 1

    def _bind(self) -> list[Mention]:
        by_clause: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            if quantity.kind in _NUMBERED:
                by_clause.setdefault(self.clause_at(quantity.start), []).append(quantity)
        mentions: list[Mention] = []
        for number, figures in by_clause.items():
            if number >= 0:
                mentions += self._bind_clause(number, figures, mentions)
        return mentions

    def _gaps(self, clause: Clause, figures: Sequence[Quantity]) -> list[str]:
        """Return the text before, between and after the figures of a clause, names blanked."""
        gaps = [self._row_label(clause.start) + self.blanked[clause.start : figures[0].start]]
        for this, following in pairwise(figures):
            gaps.append(self.blanked[this.end : following.start])
        return [*gaps, self.blanked[figures[-1].end : max(clause.end, figures[-1].end)]]

    def _bind_clause(
        self, number: int, figures: list[Quantity], earlier_mentions: Sequence[Mention]
    ) -> list[Mention]:
        named = [f for f in figures if f.start in self._names]
        if named and len(named) < len(figures):
            # 第一、第二人民法院分别受理8.9万件和6.8万件: of the figures they are the names.
            counted = [f for f in figures if f.start not in self._names]
            return sorted(
                self._bind_clause(number, named, earlier_mentions)
                + self._bind_clause(number, counted, earlier_mentions),
                key=lambda m: m.quantity.start,
            )
        clause = self.clauses[number]
        gaps = self._gaps(clause, figures)
        *earlier, previous = self._before(number)
        before = ",".join(earlier)
        topic = self._topic(number)
        leads, tails = leads_and_tails(gaps)
        for n, figure in enumerate(figures[:-1]):
            if _BOUND.match(tails[n]) and leads[n + 1] == tails[n]:
                # 10亿元以上项目128个、50亿元以上项目19个: nothing else tells the two apart.
                leads[n + 1] = figure.text.translate(_IN_WORDS) + tails[n]
        in_order = RESPECTIVELY.search(leads[0]) or RESPECTIVELY.search(previous)
        if DEPENDENT.fullmatch(leads[0]) and not grams(tails[0]):
            last = earlier_mentions[-2 * len(leads) :]
            apart = [m for m in last if m.sentence == clause.sentence and not _BOUND.match(m.tail)]
            # 总量6134件(上年6892件),同比下降11%: of this year's.
            apart = [m for m in apart if not _YEAR_BEFORE.search(m.lead)] or apart
            if RESPECTIVELY.search(leads[0]) and _only_names(previous, len(leads)):
                apart = []  # 其中甲镇、乙镇、丙街道居前三位,分别为264件、197件和158件
            if self.text[clause.start - 1 : clause.start] == "(" and not previous.endswith("|"):
                apart = []  # 最高的是平武县法院(47.9%)
            if in_order and any(m.quantity.value == len(leads) for m in apart[-len(leads) :]):
                apart = []  # 甲、乙两个领域占到57.6%,分别有21件和13件
            sources = [f"{m.lead}|{m.tail}" for m in apart[-len(leads) :]]
            take_over(leads, tails, sources, previous)
        if len(leads) > 1 and len(set(leads)) == 1 and in_order:
            # 办理建议142件、提案165件,满意率分别为99.3%和98.8%: the names were listed before.
            names = self._listed_before(number, len(leads), earlier_mentions)
            leads = [f"{name}|{lead}" for name, lead in zip(names, leads, strict=True)]
        openings = [
            "|".join(gaps[:n]) if n and not LIST_SIGN.search(gaps[n]) else ""
            for n in range(len(figures))
        ]
        around = (clause.text, previous, before, topic)
        return [
            Mention(figure, clause.sentence, lead, tail, *around, opening)
            for figure, lead, tail, opening in zip(figures, leads, tails, openings, strict=True)
        ]

    def _listed_before(
        self, number: int, count: int, earlier_mentions: Sequence[Mention]
    ) -> list[str]:
        """Return the names of a list of so many that a clause before in the sentence has."""
        clause = self.clauses[number]
        for n in range(number - 1, max(-1, number - _LIST_REACH - 1), -1):
            before = self.clauses[n]
            if before.sentence != clause.sentence:
                break
            figured = [
                f"{m.lead}|{m.tail}"
                for m in earlier_mentions
                if before.start <= m.quantity.start < before.end and not _BOUND.match(m.tail)
                if m.quantity.value != count  # 甲、乙两个领域占57.6%,分别有21件和13件
            ]
            if len(figured) == count and len(set(figured)) == count:
                return figured
            items = names_of(before.text, count)
            if len(items) == count and not any(_RATE.search(item) for item in items):
                # 办理市、县建议47件,提案82件,满意率分别为: one figure each, the list is of neither
                since = [m for m in earlier_mentions if m.quantity.start >= before.start]
                counted = [m for m in since if m.quantity.kind != "percent"]
                homes = {self.clause_at(m.quantity.start) for m in counted}
                one_each = len(counted) == len(homes) == count
                return [f"{m.lead}|{m.tail}" for m in counted] if one_each else items
            # 甲局、乙局分别组建交通、物业调委会: each with its own of the second list.
            both = [i for part in RESPECTIVELY.split(before.text) for i in names_of(part)]
            if len(both) == 2 * count:
                return [f"{both[i]}|{both[i + count]}" for i in range(count)]
        last = [m for m in earlier_mentions[-count:] if m.sentence == clause.sentence]
        alone = {self.clause_at(m.quantity.start) for m in last}
        if len(last) == len(alone) == count:  # 签约额57.8亿元,到位资金18.4亿元,分别完成…
            return [m.lead for m in last]
        return [""] * count

    def _row_label(self, start: int) -> str:
        r"""Return a table row's first cell where a gloss parts it from its figures: 甲(指乙)\t4."""
        if not self.blanked.startswith("\t", start):
            return ""
        line = self.blanked.rfind("\n", 0, start) + 1
        return re.sub(r"\([^()]*\)", "", self.blanked[line:start])

    def _topic(self, number: int) -> str:
        first = self._first_clause[self.clauses[number].sentence]
        return self.clauses[first].text if first < number else ""

    def _before(self, number: int, reach: int = 6) -> list[str]:
        """Return the clauses before one in its sentence, the last always there, if empty."""
        sentence = self.clauses[number].sentence
        first = max(0, number - reach)
        found = [c.text for c in self.clauses[first:number] if c.sentence == sentence]
        return found or [""]


def _only_names(clause: str, count: int) -> bool:
    """Whether a clause, its figures blanked out, lists so many names and no figure with each."""
    items = [item.strip("|") for item in names_of(clause, count)]
    return len(items) == count > 1 and not any("|" in item for item in items[:-1])


def _is_name(quantity: Quantity, text: str) -> bool:
    """Whether a rank is part of a name: 第一人民法院."""
    if quantity.kind != "ordinal" or quantity.unit:
        return False
    goes_on = HAN_RUN.match(text, quantity.end) or text.startswith("、第", quantity.end)
    said = text.startswith(("的", "是", "为", "和", "与"), quantity.end)  # 排名第五的是
    return bool(goes_on) and not said and quantity.text.startswith("第")
