"""What a figure covers: one year or several, a month or a year, one level of government or all.

A figure keeps its digits and its noun and is still wrong where 近三年累计 becomes 2008年, 每月
becomes 每年, or 市本级 becomes 全市各级. A cue of scope governs what follows it: the rest of its
sentence, and where it opens a paragraph (这五年，…) the paragraph, until another year is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.checker._anatomy import Mention, Prose
from summarizer.checker._binding import Binding
from summarizer.checker._frames import (
    MANY_YEARS,
    PLAN_PERIOD,
    last_cue,
    last_year,
    said_before,
    span_of_years,
)
from summarizer.checker._source_index import SourceIndex
from summarizer.types import Check, CheckKind, Span

_AHEAD = 60  # characters behind a figure in which its time may be said
_NUMERAL = "[几两二三四五六七八九十]"
_FRAME = re.compile(rf"{_NUMERAL}年")  # 五年平均每年: the time itself
_PLAN_YEARS = re.compile(r"十[一二三四五]五(?=[”’]?(?:期间|时期|以来|末))")
_AGAINST = re.compile(r"[比较与同]“?$")
_SECTION = 6000  # characters back to where a span of years may have been opened
_FIRST_PLAN, _ORDINALS = 1951, "零一二三四五六"
# A level reached at the end (达到1.55万家, 占80%) is true of the last year as well.
_LEVEL_REACHED = re.compile(
    r"(?:到|至|达|为|在|占|成|突破|总量|总数|余额|超过?|近)[约近超]?$|比重|比例|占比|率"
)
_SPANNING = re.compile(r"连续|以来|\d年?[-~至—到]\d{4}年")
_PART_OF_YEAR = re.compile(
    r"[上下]半年|第?[一二三四]季度|前三季度|全年|\d{1,2}月?[-~至—到]\d{1,2}月"
)
_BOTH_HALVES = re.compile(r"上、?下半年")
_RATE_OF_CHANGE = re.compile(r"增长|下降|减少|增加|降低|提高|提升|累计")

_PER = re.compile(
    r"(?:每个?|按)(年|月|日|天|周|星期|季度?|小时)(?!轻|度计划)|(年|月)人均|(?<![\d一二三四五六七八九十])([月日])均|(?<![\d一二三四五六七八九十当次即时假])(日)(?:供水|处理|活(?!动))"
)
_PER_UNIT = re.compile(r"/ ?(年|月|日|天|周|小时)")  # 842元/月
_SAME_PERIOD = {"天": "日", "星期": "周", "季度": "季"}

# One level, all levels, a region beyond the report's own.
_OWN_LEVEL = re.compile(r"本级|本机关|机关本部")
_ALL_LEVELS = re.compile(r"全[国省市区县州旗]|各级|[市县区]{2}两级")
_BEYOND = re.compile(
    r"京津冀|长三角|珠三角|粤港澳(?:大湾区)?|成渝|长江经济带|黄河流域|东北地区|[东中西]部地区|淮海经济区|环渤海"
    r"|长株潭|关中平原|北部湾"
)


def check_scope(
    prose: Prose, text: str, index: SourceIndex, bindings: Iterable[Binding]
) -> list[Check]:
    """Return a failed check for every printed figure whose scope differs from the report's."""
    checks = []
    for binding in bindings:
        if binding.same is None or _FRAME.fullmatch(binding.mention.quantity.text):
            continue
        ours, theirs = binding.mention, binding.same.mention
        wrong = (
            _years(prose, ours, theirs, index)
            or _part_of_year(prose, ours, theirs, index)
            or _rate_period(ours, theirs, index)
            or _level(prose, ours, theirs, index)
        )
        if wrong is None:
            continue
        start, end = ours.quantity.start, ours.quantity.end
        checks.append(
            Check(
                text=text[start:end],
                start=start,
                end=end,
                kind=wrong[0],
                status="misattributed",
                evidence=Span(theirs.quantity.start, theirs.quantity.end),
                reason=wrong[1],
            )
        )
    return checks


def _plan_of(index: SourceIndex, sentence: int) -> str:
    """Return the five-year plan (五年规划) that the year of a sentence lies in: 十四五 for 2023."""
    year = index.year_of(sentence)
    number = (year - _FIRST_PLAN) // 5 if year else 0
    return f"十{_ORDINALS[number - 10]}五" if 11 <= number <= 16 else ""


def _plans(text: str) -> list[re.Match[str]]:
    """Return the five-year plans that a text speaks of, not those it compares with."""
    return [m for m in _PLAN_YEARS.finditer(text) if not _AGAINST.search(text[: m.start()])]


def _years(
    prose: Prose, ours: Mention, theirs: Mention, index: SourceIndex
) -> tuple[CheckKind, str] | None:
    at = theirs.quantity.start
    before = said_before(prose, ours.quantity.start)
    plan = next(reversed(_plans(before)), None)
    one = last_year(before)
    if plan is not None and (one is None or one.start() < plan.start()):
        line = index.text.rfind("\n", 0, at) + 1
        around = index.text[line:at] + index.headings[theirs.sentence] + span_of_years(index, at)
        plans = {*(found.group() for found in _plans(around)), _plan_of(index, theirs.sentence)}
        if plan.group() not in plans:
            return "period", f"原文没有说“{plan.group()}”"
        single = last_year(said_before(index.prose, at))
        if (
            single
            and not last_cue(MANY_YEARS, said_before(index.prose, at))
            and not _reached(theirs)
        ):
            return "period", f"原文说的是“{single.group()}”，不是“{plan.group()}”"
    ours_many, ours_one = last_cue(MANY_YEARS, before), last_year(before)
    if ours_many is None and ours_one is not None:
        many = span_of_years(index, at)
        if many and not _reached(theirs):
            return "period", f"原文说的是“{many}”，不是一年的数"
    if ours_many is not None and "年来" in ours_many.group():
        start, end = index.prose.sentences[theirs.sentence]
        around = f"{index.headings[theirs.sentence]}|{index.text[start:end]}"
        spans = MANY_YEARS.search(around) or _SPANNING.search(around)
        opened = "|".join(MANY_YEARS.findall(index.text[max(0, at - _SECTION) : at]))
        so_many = next(iter(re.findall(rf"{_NUMERAL}+年", ours_many.group())), "") or "年来"
        one_year = last_year(said_before(index.prose, at))
        of_plan = so_many == "五年" and PLAN_PERIOD.search(opened)
        if not spans and (one_year or not (so_many in opened or of_plan)):
            return "period", f"原文没有说“{ours_many.group()}”"
    return None


def _part_of_year(
    prose: Prose, ours: Mention, theirs: Mention, index: SourceIndex
) -> tuple[CheckKind, str] | None:
    """Compare the half or quarter of a year that a figure is told of: 上半年, 前三季度."""
    before = prose.text[prose.sentences[ours.sentence][0] : ours.quantity.start]
    said = last_cue(_PART_OF_YEAR, before.rpartition(";")[2])
    at = theirs.quantity.start
    source = said_before(index.prose, at)
    meant = last_cue(_PART_OF_YEAR, source)
    if _BOTH_HALVES.search(before) and (meant is None or "下半年" in source):
        return None
    if said is None or said.group() == "全年":
        whole = said is not None or "全年" in ours.clause
        if whole and meant is not None and meant.group() != "全年":
            return "period", f"原文说的是“{meant.group()}”，不是全年"
        return None
    if meant is not None and _months(meant.group()) == _months(said.group()):
        return None
    line = index.text.rfind("\n", 0, at) + 1
    behind = re.split(r"[,;。]", index.text[at : at + _AHEAD])[0]
    if said.group() in behind or (meant is None and said.group() in index.text[line:at]):
        return None
    return "period", f"原文没有说“{said.group()}”"


def _months(cue: str) -> str:
    """Return a part of the year in one notation: 8至10月 for 8月至10月."""
    found = re.findall(r"\d+", cue)
    return "-".join(found) or cue


def _reached(theirs: Mention) -> bool:
    lead = theirs.lead
    if _RATE_OF_CHANGE.search(lead) and not lead.endswith(("到", "至", "达", "达到", "为")):
        return False
    return bool(_LEVEL_REACHED.search(lead))


def _rate_period(
    ours: Mention, theirs: Mention, index: SourceIndex
) -> tuple[CheckKind, str] | None:
    """Compare what a rate is counted by, 每月 or 每年."""
    said = _period_of(ours)
    if said is None:
        return None
    start, end = index.prose.sentences[theirs.sentence]
    meant = _period_of(theirs)
    whole = index.text[start:end]
    if meant is None and said in _periods(whole):
        return None
    if meant == said:
        return None
    return "unit", f"原文说的是“每{meant}”，不是“每{said}”" if meant else f"原文没有说“每{said}”"


def _period_of(mention: Mention) -> str | None:
    found = (
        _periods(f"{mention.lead}|{mention.tail[:3]}")
        or _PER_UNIT.findall(f"{mention.quantity.text}{mention.tail[:4]}")
        or _periods(mention.clause)
    )
    return found[-1] if found else None


def _periods(text: str) -> list[str]:
    found = [next(filter(None, names)) for names in _PER.findall(text)]
    return [_SAME_PERIOD.get(name, name) for name in found]


def _level(
    prose: Prose, ours: Mention, theirs: Mention, index: SourceIndex
) -> tuple[CheckKind, str] | None:
    source, said = (
        said_before(index.prose, theirs.quantity.end),
        said_before(prose, ours.quantity.end),
    )
    own, all_levels = last_cue(_OWN_LEVEL, source), last_cue(_ALL_LEVELS, source)
    if own is not None and (all_levels is None or all_levels.start() < own.start()):
        wide = last_cue(_ALL_LEVELS, said)
        if wide is not None and not _OWN_LEVEL.search(prose.text):
            return "subject", f"原文说的是“{own.group()}”，不是“{wide.group()}”"
    if own is None and all_levels is not None:
        narrow = last_cue(_OWN_LEVEL, said)
        wide = last_cue(_ALL_LEVELS, said)
        if narrow is not None and (wide is None or wide.start() < narrow.start()):
            return "subject", f"原文说的是“{all_levels.group()}”，不是“{narrow.group()}”"
    beyond = _BEYOND.search(theirs.clause)
    ours_beyond = _BEYOND.search(ours.clause) or _BEYOND.search(ours.previous)
    if beyond is not None and beyond.group() not in prose.text:
        wide = _ALL_LEVELS.search(ours.clause)
        if wide is not None or ours_beyond or (index.region and index.region in prose.text):
            return "subject", f"原文说的是“{beyond.group()}”"
    return None
