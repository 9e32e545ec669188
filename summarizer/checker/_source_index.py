"""A report made ready for checking: read once, asked many times.

The index is built from the folded text, whose offsets are those of `Report.text`, and kept for
as long as the report itself lives.
"""

from __future__ import annotations

import heapq
import math
import re
import weakref
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.checker._anatomy import Clause, Mention, Prose
from summarizer.checker._comparable import comparable_quantities
from summarizer.checker._lexicon import MOVEMENTS
from summarizer.checker._values import Hedge, hedge_of, in_other_units
from summarizer.checker._words import Grams, grams
from summarizer.folding import fold
from summarizer.types import Part, Quantity, Report, Section, Span

_TITLE = re.compile(r"《(?:[^《》\n]|《[^《》\n]*》){1,120}》")
_QUOTED = re.compile(r"[“「]([^“”「」\n]{1,60})[”」]|\"([^\"\n]{2,60})\"")
_LABEL_SIGNS = str.maketrans("xX*〔【(〕】).", "×××[[[]]]·", " ")
_PEOPLE = re.compile(
    r"(?:(?:壮|回|藏|苗|彝|侗|瑶|白|土家|哈尼|傣|黎|满|蒙古|布依|朝鲜|羌|土|畲|仫佬|毛南|仡佬|水|佤|傈僳"
    r"|拉祜|纳西|景颇|哈萨克|柯尔克孜|各)族|维吾尔|蒙古)+$"
)
_EDGE = " ,;:。!?\n"
_SHORTEST_COPY = 6
_YEAR = re.compile(r"(?<![-~至到])(\d{4})年")
_KEPT = 20_000
_MOVED = 0.3  # 下降 stands at many figures: it says little of what is measured
_SINGLE = 0.35  # what one character weighs beside a pair
_NOISE = re.compile(r"[\s“”‘’「」『』\"'·|]")


def normal_name(text: str) -> str:
    """Return a title or a quoted name as it is compared: no quotes, spaces, inner marks."""
    return (
        _NOISE.sub("", text).replace("<", "").replace(">", "").replace("〈", "").replace("〉", "")
    )


def normal_label(text: str) -> str:
    """Return a number that is a name as it is compared: 7*24 is 7×24, 〔2023〕 is [2023]."""
    return text.translate(_LABEL_SIGNS)


def unnamed_quantities(folded: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures that are no part of a title or a quoted name."""
    names = [(f.start(), f.end()) for f in _TITLE.finditer(folded)]
    names += [(f.start(), f.end()) for f in _QUOTED.finditer(folded) if f.end() - f.start() <= 26]
    names.sort()
    kept, at = [], 0
    for quantity in quantities:
        while at < len(names) and names[at][1] <= quantity.start:
            at += 1
        inside = at < len(names) and names[at][0] < quantity.start < names[at][1]
        if not inside:
            kept.append(quantity)
    return kept


@dataclass(frozen=True, slots=True)
class Name:
    """A 《title》 or “quoted name” with its place, marks included."""

    text: str
    start: int
    end: int


def titles(folded: str) -> list[Name]:
    """Return all 《titles》 of a folded text, the outermost marks counting."""
    return [Name(f.group()[1:-1], f.start(), f.end()) for f in _TITLE.finditer(folded)]


def quoted_names(folded: str) -> list[Name]:
    """Return all “quoted” stretches of a folded text that are no part of a title."""
    spans = [(f.start(), f.end()) for f in _TITLE.finditer(folded)]
    return [
        Name(f.group(1) or f.group(2), f.start(), f.end())
        for f in _QUOTED.finditer(folded)
        if not any(a <= f.start() < b for a, b in spans)
    ]


class _Weights(dict[str, float]):
    """How much a character or a pair of them says, worked out when it is first asked for."""

    def __init__(self, frequency: Counter[str], sentences: int):
        self._frequency, self._sentences = frequency, sentences

    def __missing__(self, gram: str) -> float:
        frequency = self._frequency.get(gram, 0)
        # A word that the report does not know at all may be a synonym: it weighs the middle.
        known = (
            math.log(1 + self._sentences / frequency)
            if frequency
            else math.log(1 + self._sentences) / 2
        )
        if len(gram) == 1:
            known *= _SINGLE
        if gram in MOVEMENTS:
            known *= _MOVED
        self[gram] = known
        return known


class SourceIndex:
    """What the checker knows about one report."""

    def __init__(self, report: Report):
        self.year = report.year
        self.region = fold(report.region) if report.region else ""
        self.issued_on = report.issued_on
        self.title = fold(report.title or "")
        self._speech = report.profile == "work_report"
        self.text = fold(report.text)
        spans = [Span(s.start, s.end) for s in report.sentences]
        self.own_name = _own_name(self.region)
        self.prose = Prose(self.text, spans, comparable_quantities(self.text), self.own_name)
        outside = {q.start for q in unnamed_quantities(self.text, self.prose.quantities)}
        self.prose.governing_dates = [d for d in self.prose.dates if d.start in outside]
        self.parts, self.headings = _surroundings(report)
        self._sentence_words: dict[int, Grams] = {}
        self._heading_grams: dict[str, Grams] = {}
        self._clause_words: dict[int, Grams] = {}
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in self.prose.mentions:
            mention.wide = self._wide(mention.sentence)
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        self._document_frequency: Counter[str] = Counter()
        self._postings: dict[str, list[int]] = {}
        for number, found in enumerate(self.prose.sentence_grams):
            self._document_frequency.update(found)
            for gram in found:
                if len(gram) == 2:
                    self._postings.setdefault(gram, []).append(number)
        self.weights = _Weights(self._document_frequency, len(self.prose.sentences) or 1)
        self._totals: dict[Grams, float] = {}
        self._nearest: dict[tuple[Grams, int], list[int]] = {}
        self._hedges: dict[int, Hedge | None] = {}
        self._weighed: dict[Grams, list[tuple[str, float]]] = {}
        self._by_value: dict[object, list[int]] = {}
        for mention in self.prose.mentions:
            places = self._by_value.setdefault(_value_key(mention.quantity), [])
            if not places or places[-1] != mention.sentence:
                places.append(mention.sentence)

    def _wide(self, sentence: int) -> Grams:
        before = (
            self.prose.sentence_grams[sentence - 1] if self._same_line(sentence) else frozenset()
        )
        return self.sentence_words(sentence) | before

    def _same_line(self, sentence: int) -> bool:
        if sentence == 0:
            return False
        spans = self.prose.sentences
        return "\n" not in self.text[spans[sentence - 1].end : spans[sentence].start]

    def paragraph(self, sentence: int, reach: int) -> list[int]:
        """Return a sentence with those of its line, at most so many before and behind it."""
        spans, found = self.prose.sentences, [sentence]
        for step in (-1, 1):
            n = sentence
            while abs(n + step - sentence) <= reach and 0 <= n + step < len(spans):
                first, second = sorted((n, n + step))
                if "\n" in self.text[spans[first].end : spans[second].start]:
                    break
                n += step
                found.append(n)
        return found

    @cached_property
    def normal_text(self) -> str:
        """The whole report as names are compared."""
        return normal_name(self.text)

    @cached_property
    def labels(self) -> frozenset[str]:
        """All numbers of the report that are names: of hotlines, documents, standards."""
        labels = (q.canonical for q in self.prose.quantities if q.kind == "label")
        return frozenset(map(normal_label, labels))

    @cached_property
    def quoted(self) -> list[Name]:
        """All “quoted” names of the report."""
        return quoted_names(self.text)

    @cached_property
    def titles(self) -> list[Name]:
        """All 《titles》 of the report."""
        return titles(self.text)

    def hedge(self, quantity: Quantity) -> Hedge | None:
        """Return how a figure of the report is hedged."""
        if quantity.start not in self._hedges:
            self._hedges[quantity.start] = hedge_of(quantity, self.text)
        return self._hedges[quantity.start]

    def sentences_with(self, quantity: Quantity) -> list[int]:
        """Return the sentences that print exactly this value, under whatever measure word."""
        found = self._by_value.get(_value_key(quantity), [])
        for value in in_other_units(quantity):
            found = found + self._by_value.get(value, [])
        return found

    def weight(self, gram: str) -> float:
        """Return how much a character or a pair says: the rarer in the report, the more."""
        return self.weights[gram]

    def knows(self, gram: str) -> bool:
        """Whether the report has these characters together at all."""
        return gram in self._document_frequency

    def weighed(self, words: Grams) -> list[tuple[str, float]]:
        """Return words with their weights, in one order: a sum must not hang on the hash seed."""
        known = self._weighed.get(words)
        if known is None:
            if len(self._weighed) > _KEPT:
                self._weighed.clear()
            known = self._weighed[words] = [(gram, self.weight(gram)) for gram in sorted(words)]
        return known

    def weight_of(self, words: Grams) -> float:
        """Return the weight of words together."""
        known = self._totals.get(words)
        if known is None:
            if len(self._totals) > _KEPT:
                self._totals.clear()
            known = self._totals[words] = math.fsum(map(self.weight, words))
        return known

    def year_of(self, sentence: int) -> int | None:
        """Return the year that a sentence speaks of where it names none.

        The headings over it say it (一、2024年工作回顾), or else the part: what was done was done
        in the year reported on, what is planned is for the year after.
        """
        years = _YEAR.findall(self.headings[sentence])
        if years:
            return int(years[-1])
        if self.year is None:
            return None
        return self.year + (self.parts[sentence] == "plans")

    def last_year(self, word: str, meant: int) -> int:
        """Return the year that 去年 or 上年 stands for where the year `meant` is spoken of.

        Who gives a work report (政府工作报告) in the spring calls the year reported on 去年.
        """
        if word == "去年" and self._speech and self.issued_on and self.year:
            return self.issued_on.year - 1 if self.issued_on.year > self.year else self.year - 1
        return meant - 1

    def sentence_words(self, sentence: int) -> Grams:
        """Return the words of a sentence and of what stands over it."""
        known = self._sentence_words.get(sentence)
        if known is None:
            known = self.prose.sentence_grams[sentence] | self._heading_words(sentence)
            self._sentence_words[sentence] = known
        return known

    def clause_words(self, clause: Clause) -> Grams:
        """Return the words of one of the report's clauses."""
        known = self._clause_words.get(clause.start)
        if known is None:
            known = self._clause_words[clause.start] = grams(clause.text)
        return known

    def _heading_words(self, sentence: int) -> Grams:
        heading = self.headings[sentence]
        known = self._heading_grams.get(heading)
        if known is None:
            known = self._heading_grams[heading] = grams(heading)
        return known

    def coverage(self, wanted: Grams, having: Grams) -> float:
        """Return the share of the wanted words, by weight, that `having` holds."""
        total = self.weight_of(wanted)
        return math.fsum(map(self.weight, wanted & having)) / total if total else 1.0

    def held(self, wanted: Grams, having: Grams) -> float:
        """Return the share of the wanted words that `having` holds, unknown words in full.

        For a single figure an unknown word may be a synonym; where a clause is full of them, it
        says what the report does not.
        """
        full = math.log(1 + len(self.prose.sentences))
        total = credit = 0.0
        for gram, worth in self.weighed(wanted):
            if gram not in self._document_frequency:
                worth = full if len(gram) == 2 else full * _SINGLE
            total += worth
            credit += worth if gram in having else 0.0
        return credit / total if total else 1.0

    def find_clauses(self, text: str, among: Iterable[int] | None) -> tuple[int, int] | None:
        """Find folded text as a run of whole clauses of one sentence.

        Returns the sentence and how far the text's offsets must be moved to be those of the report.
        """
        wanted = text.strip(_EDGE)
        if len(wanted) < _SHORTEST_COPY:
            return None
        allowed = None if among is None else set(among)
        at = self.text.find(wanted)
        while at >= 0:
            number = self.prose.sentence_at(at)
            whole = number >= 0 and at + len(wanted) <= self.prose.sentences[number][1]
            end = at + len(wanted)
            if (
                whole
                and (allowed is None or number in allowed)
                and (at == self.prose.sentences[number][0] or self.text[at - 1] in _EDGE)
                and (end == self.prose.sentences[number][1] or self.text[end] in _EDGE)
            ):
                return number, at - text.index(wanted)
            at = self.text.find(wanted, at + 1)
        return None

    def nearest(self, wanted: Grams, among: Iterable[int] | None, count: int) -> list[int]:
        """Return the sentences that share the most weight of words with `wanted`, best first."""
        asked = (wanted, count)
        if among is None and asked in self._nearest:
            return [*self._nearest[asked]]
        scores: dict[int, float] = {}
        allowed = None if among is None else set(among)
        for gram, worth in self.weighed(wanted):
            for number in self._postings.get(gram, ()):
                if allowed is None or number in allowed:
                    scores[number] = scores.get(number, 0.0) + worth
        found = heapq.nsmallest(count, scores, key=lambda n: (-scores[n], n))
        if among is None:
            if len(self._nearest) > _KEPT:
                self._nearest.clear()
            self._nearest[asked] = found
        return [*found]


def _own_name(region: str) -> re.Pattern[str] | None:
    """Return how the region that reports is called, with and without what it is: 江汉, 江汉区."""
    found = re.fullmatch(r"((?:.*[省市州])?)(.{2,}?)(省|市|自治[区州县]|[州区县旗])", region)
    if found is None:
        return None
    wider, name, unit = found.groups()
    people = _PEOPLE.search(name)
    if people is not None and people.start() > 1:  # 恩施 of 恩施土家族苗族自治州
        unit = f"(?:{people.group()})?(?:{unit}|{unit[-1]})"
        name = name[: people.start()]
    return re.compile(f"(?:{re.escape(wider)})?{re.escape(name)}(?:{unit})?")


def _value_key(quantity: Quantity) -> object:
    if quantity.value is not None:
        return quantity.value
    return quantity.canonical if quantity.low is None else (quantity.low, quantity.high)


def _surroundings(report: Report) -> tuple[list[Part], list[str]]:
    """Return for each sentence its part and the headings that stand over it."""
    parts: list[Part] = []
    headings: list[str] = []
    open_sections: list[Section] = []
    sections = iter(report.sections)
    current = next(sections, None)
    for sentence in report.sentences:
        while current is not None and current.start <= sentence.start:
            open_sections = [s for s in open_sections if s.level < current.level]
            open_sections.append(current)
            current = next(sections, None)
        parts.append(open_sections[-1].part if open_sections else "other")
        headings.append(fold("|".join(s.heading for s in open_sections)))
    return parts, headings


_INDEXES: dict[int, tuple[weakref.ref[Report], SourceIndex]] = {}


def index_of(report: Report) -> SourceIndex:
    """Return the report's index: built at the first call, kept as long as the report lives."""
    key = id(report)
    known = _INDEXES.get(key)
    if known is not None and known[0]() is report:
        return known[1]
    index = SourceIndex(report)
    _INDEXES[key] = (weakref.ref(report, lambda _: _INDEXES.pop(key, None)), index)
    return index
