"""The span of time over a figure: 五年来, “十四五”时期, 2025年, said once for many.

A work report (政府工作报告) tells five years first and the last year afterwards. The words that say
which stand in the figure's sentence or open its paragraph; they hold until others do. What opened
a paragraph before is not asked: of five years and of the last one too, reports tell paragraph by
paragraph, and do not say again which is meant.
"""

from __future__ import annotations

import re

from summarizer.checker._anatomy import Prose
from summarizer.checker._lexicon import GOAL, ORIGIN
from summarizer.checker._source_index import SourceIndex
from summarizer.types import Quantity

_NUMERAL = "[几两二三四五六七八九十]"
# Several years: 近三年, 这五年, 五年来, 三年累计, “十四五”期间; 十年 in 二〇二〇年 is none.
MANY_YEARS = re.compile(
    rf"近年来?|多年来|历年|(?<![〇零一二三四五六七八九第]){_NUMERAL}年(?:以?来|间|累计|共)"
    rf"|(?:这|近|过去|最近|前|此前)(?:的)?{_NUMERAL}{{1,2}}年|“?十[一二三四五]五”?(?:期间|时期|以来)"
)
_ONE_YEAR = re.compile(
    r"(?<![-~至到\d])\d{4}年(?![-~至到—])|今年|本年度?|去年|上年|全年|当年|年内|上一年|过去(?:的)?一年|一年来"
)
PLAN_PERIOD = re.compile("十[一二三四五]五")  # a five-year plan's years (“十四五”时期)
_TOLD_YEAR = re.compile(r"(\d{4})年[末底]?(?:[的为是有]|达到?)?[约近超]?$")
_TOLD = 12
_FROM_TO = re.compile(r"[从由](\d{4})年的?[^;。]*?[到至](\d{4})年")
_FIGURE = re.compile(r"[\d.]+[^,;。\d从由]{0,4}")
_COMPARED = re.compile(r"[比较与同于]$")
_REACH, _REACH_BACK = 400, 60  # characters of a sentence, sentences of a paragraph


def told_year(quantity: Quantity, text: str) -> int | None:
    """Return the year right before a figure: 2020年为3826亿元, 2025年的57.7%."""
    found = _TOLD_YEAR.search(text, max(0, quantity.start - _TOLD), quantity.start)
    return int(found[1]) if found else None


def year_of_end(quantity: Quantity, index: SourceIndex) -> int | None:
    """Return the year of a figure that says it, or that is an end of 从2020年的…到2025年的….

    What follows in the sentence (收入从3826亿元增长到4398亿元) is of the same two years.
    """
    year = told_year(quantity, index.text)
    before = said_before(index.prose, quantity.start)
    ends = _FROM_TO.findall(before)
    if year is not None or not ends:
        return year
    lead = _FIGURE.split(before)[-1]
    if ORIGIN.search(lead):
        return int(ends[-1][0])
    return int(ends[-1][1]) if GOAL.search(lead) else None


def last_cue(cue: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last match of a cue."""
    return max(cue.finditer(text), key=lambda found: found.start(), default=None)


def last_span(text: str) -> re.Match[str] | None:
    """Return the last span of years that is named, and not as what is compared with."""
    spans = [m for m in MANY_YEARS.finditer(text) if not _COMPARED.search(text[: m.start()])]
    return spans[-1] if spans else None


def last_year(text: str) -> re.Match[str] | None:
    """Return the last single year that is named, and not as what is compared with (比2020年)."""
    found = None
    for cue in _ONE_YEAR.finditer(text):
        if not _COMPARED.search(text[: cue.start()]):
            found = cue
    return found


def said_before(prose: Prose, at: int) -> str:
    """Return what stands before a figure in its sentence, as far as a cue may reach."""
    opening = prose.sentences[prose.sentence_at(at)][0]
    return prose.text[max(opening, at - _REACH) : at]


def span_of_years(index: SourceIndex, at: int) -> str:
    """Return the cue of several years under which a figure of the report stands, or nothing."""
    here = said_before(index.prose, at)
    many, one = last_span(here), last_year(here)
    if many is not None:
        return "" if one is not None and one.start() > many.start() else many.group()
    if one is not None:
        return ""
    # No time in the sentence itself: the last sentence of its paragraph that opens with one.
    number, line = index.prose.sentence_at(at), index.text.rfind("\n", 0, at) + 1
    for start, end in reversed(index.prose.sentences[max(0, number - _REACH_BACK) : number]):
        if start < line:
            break
        first = re.split(r"[,;:。]", index.text[start:end], maxsplit=1)[0]
        many, one = last_span(first), last_year(first)
        if one is not None or many is not None:
            return many.group() if many is not None and one is None else ""
    return ""
