"""Which way a clause points: negation, movement, totality, first places.

A clause of the statement is laid beside the clause of its source that shares most words with it;
one that says the opposite, or more, is an error even without a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from summarizer.checker._anatomy import Clause, Prose
from summarizer.checker._lexicon import GRADES, directions
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._words import grams
from summarizer.types import CheckKind, CheckStatus, Span

_NUMBERED_NAME = re.compile(r"第[一二三四五六七八九十]+([\u4e00-\u9fff]{2})")
# 神舟七号: a number that is part of a name.
_MEASURED = re.compile(r"第[一二三四五六七八九十]+[批届次期轮]")
_NAMED_NUMBER = re.compile(r"([\u4e00-\u9fff]{2})([一二三四五六七八九十\d]+)号(?!文|令|楼|线|院)")
# What stands right before the grade of an award names it; 荣获 and 一个 do not.
_AWARD = re.compile(
    r"([\u4e00-\u9fff]{0,4})(?!.?[获得评为了个项的])([\u4e00-\u9fff]{2})(特等奖|[一二三]等奖|[金银铜]奖)"
)
_GOT = re.compile(r"[拿得摘夺捧斩收][到得下获]|收获|赢得|[中里]")
_PARTS_OF_YEAR = (
    *permutations(("上半年", "下半年"), 2),
    *permutations(("一季度", "二季度", "三季度", "四季度"), 2),
)
_RANKS = "省|市|县|区|镇|乡|村|街道|单位|集体|个人|企业|学校"
_HONOUR = re.compile(rf"([\u4e00-\u9fff]{{2}}(?:示范|先进|文明|模范|标杆|试点))(?:{_RANKS})")
_ALIGNED = 0.5  # the share of a clause's words that its counterpart must hold
_ZERO = r"零(?![售部星工散距食下点基头担整〇零一二三四五六七八九])"
_NEGATED = re.compile(rf"(?:未|没有|并无|尚无|{_ZERO})([\u4e00-\u9fff]{{2}})")
_REACH = 6  # characters before a word in which it is negated: 没有人员伤亡
_NOTHING = re.compile(r"(?<![\d.])[0零][元件宗起例人次项]")
_NONE = re.compile(
    rf"(?:{_ZERO}|(?<![毫并])无(?!锡|人机|线|障碍|偿|缝|形|论|害))([\u4e00-\u9fff]{{2}})"
)
_ASSERTED = re.compile(r"上升|下降|增长|减少|上涨|下滑|回落|攀升|翻番|激增|锐减")
_ALL = re.compile(
    r"(?<!占)全部(?!的?(?:案件|事项|总数|申请)|[^,;。]{0,12}[中里内](?=[,;]|$))|悉数|全数|无一例外"
)
_ALL_IN_SOURCE = re.compile(
    r"全部|全破|悉数|均|都|皆|所有|一律|全覆盖|100%|百分之百|分别|无一|应.尽"
)
_FIRST = re.compile(r"首[批个家次创例]|率先|唯一|领先|前列")
# 第一议题, 第一责任人, 首先: of these nothing is a first place.
_FIRST_OF_ALL = re.compile(r"(全国|全球|世界|全省)首[个家例创]")
_FIRST_IN_SOURCE = re.compile(
    r"首(?![先要席长府都])|第一(?!议题|责任人|书记|产业|时间|季度|阶段|步|课|线|人民|中级)"
    r"|率先|先行|唯一|领先|前列|居前"
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A stretch of the statement that its source turns the other way."""

    start: int
    end: int
    kind: CheckKind
    status: CheckStatus
    found: Span | None
    reason: str


def turned(prose: Prose, index: SourceIndex, passages: Sequence[int]) -> Iterator[Turned]:
    """Yield what a statement says against its source, or beyond it."""
    whole = "|".join(index.text[slice(*index.prose.sentences[n])] for n in passages)
    yield from _beyond(prose, whole)
    yield from _other_grade(prose.text, whole, index.text)
    yield from _other_number(prose.text, whole, index.text)
    yield from _other_award(prose.text, whole, index.text)
    yield from _other_honour(prose.text, whole, index.text)
    counterparts = [c for c in index.prose.clauses_of(passages[:2]) if len(c.text) > 1]
    for clause in prose.clauses:
        if prose.has_figure(clause):
            continue  # what a figure does, the check of the figure says
        aligned = _counterpart(clause, counterparts, index)
        if aligned is not None:
            yield from _negation(clause, aligned, index)
            yield from _other_half(clause, aligned)
            yield from _movement(clause, aligned, prose, index)


def _counterpart(clause: Clause, candidates: Sequence[Clause], index: SourceIndex) -> Clause | None:
    wanted = grams(clause.text)
    if len(wanted) < 4:
        return None
    best, held = None, _ALIGNED
    for candidate in candidates:
        share = index.coverage(wanted, index.clause_words(candidate))
        if share > held:
            best, held = candidate, share
    return best


def _negation(clause: Clause, aligned: Clause, index: SourceIndex) -> Iterator[Turned]:
    said = f"原文为“{index.text[aligned.start : aligned.end].strip()}”，意思相反"
    evidence = Span(aligned.start, aligned.end)
    for negated in _NEGATED.finditer(aligned.text):
        place = clause.text.find(negated.group(1))
        if aligned.text.count(negated.group(1)) > 1:
            continue  # 办成了多年没有办成的大事: said both ways
        if place >= 0 and not _NEGATED.search(clause.text[max(0, place - _REACH) : place + 2]):
            start = clause.start + place
            yield Turned(start, start + 2, "direction", "altered", evidence, said)
    for negated in _NEGATED.finditer(clause.text):
        source = index.text[aligned.start : aligned.end]
        none = any(word in clause.text for word in _NONE.findall(source))
        if _NOTHING.search(source) or none:
            continue  # 收取0元 is 未收取, 零伤亡 is 没有伤亡
        if negated.group(1) in aligned.text and not _NEGATED.search(aligned.text):
            start, end = (clause.start + at for at in negated.span())
            yield Turned(start, end, "direction", "altered", evidence, said)


def _movement(
    clause: Clause, aligned: Clause, prose: Prose, index: SourceIndex
) -> Iterator[Turned]:
    ours = directions(prose.text[clause.start : clause.end])
    theirs = directions(index.text[aligned.start : aligned.end])
    if not ours or not theirs or {d for *_, d in ours} & {d for *_, d in theirs}:
        return
    place, word, _ = ours[-1]
    yield Turned(
        clause.start + place,
        clause.start + place + len(word),
        "direction",
        "altered",
        Span(aligned.start, aligned.end),
        f"原文为“{theirs[-1][1]}”，方向相反",
    )


def _beyond(prose: Prose, whole: str) -> Iterator[Turned]:
    """Yield claims of totality, of first places and of movement that the source does not make."""
    text = prose.text
    for found in _ALL.finditer(text):
        if prose.has_figure(prose.clauses[prose.clause_at(found.start())]):
            continue  # how many it is, the figure says
        if not _ALL_IN_SOURCE.search(whole):
            yield _unsaid(found, "content", "原文没有说“全部”")
    for found in _FIRST.finditer(text):
        if not _FIRST_IN_SOURCE.search(whole):
            yield _unsaid(found, "rank", "原文没有这一位次")
    for found in _FIRST_OF_ALL.finditer(text):
        if not re.search(rf"{found.group(1)}[^,、;。]{{0,3}}(?:首|率先|唯一|第一(?!个?批))", whole):
            yield _unsaid(found, "rank", f"原文没有说“{found.group()}”")
    said = {direction for *_, direction in directions(whole)}
    for clause in prose.clauses:
        if prose.has_figure(clause):
            continue
        for place, word, direction in directions(clause.text):
            if _ASSERTED.fullmatch(word) and direction not in said:
                at = clause.start + place
                end = at + len(word)
                yield Turned(at, end, "direction", "unsupported", None, "原文没有这一变化")


def _other_half(clause: Clause, aligned: Clause) -> Iterator[Turned]:
    """Yield the half of a year where the source has the other one."""
    for said, meant in _PARTS_OF_YEAR:
        at = clause.text.find(said)
        if at >= 0 and meant in aligned.text and said not in aligned.text:
            start, home = clause.start + at, Span(aligned.start, aligned.end)
            yield Turned(start, start + len(said), "period", "altered", home, f"原文为“{meant}”")


def _other_grade(text: str, whole: str, report: str) -> Iterator[Turned]:
    """Yield a grade (二等奖) where the source has another and not this one."""
    for grade in GRADES:
        meant = next((word for word in grade if word in whole), None)
        for word in grade:
            if meant and word not in whole and not (word in report and "产业" in word):
                for found in re.finditer(word, text):
                    yield _unsaid(found, "rank", f"原文为“{meant}”")


def _other_number(text: str, whole: str, report: str) -> Iterator[Turned]:
    """Yield a name with a number (第二中学) where the source has it with another (第一中学)."""
    for found in _NUMBERED_NAME.finditer(text):
        other = re.search(rf"第[一二三四五六七八九十]+{found.group(1)}", whole)
        # 第一批、第二批示范镇 are a list; 第八届进博会 is 第八届中国国际进口博览会
        measured = _MEASURED.match(found.group())
        known = measured is not None and measured.group() in whole
        if other and found.group() not in report and not known:
            yield _unsaid(found, "rank", f"原文为“{other.group()}”")

    for found in _NAMED_NUMBER.finditer(text):
        other = re.search(rf"{found.group(1)}[一二三四五六七八九十\d]+号", whole)
        if other and found.group() not in report:
            yield _unsaid(found, "rank", f"原文为“{other.group()}”")


def _other_award(text: str, whole: str, report: str) -> Iterator[Turned]:
    """Yield an award (自然科学一等奖) where the source has one of this grade by another name."""
    for found in _AWARD.finditer(text):
        name = found.group(2) + found.group(3)
        if name in report or _GOT.search(found.group(1) + found.group(2)):
            continue
        for other in _AWARD.finditer(whole):
            if other.group(3) == found.group(3):
                yield _unsaid(found, "rank", f"原文为“{other.group()}”")
                break


def _other_honour(text: str, whole: str, report: str) -> Iterator[Turned]:
    """Yield a 示范市 where the source has a 示范县 of this, and no such 示范市 anywhere."""
    for found in _HONOUR.finditer(text):
        other = re.search(rf"{found.group(1)}(?:{_RANKS})", whole)
        if other and found.group() not in report:
            yield _unsaid(found, "rank", f"原文为“{other.group()}”")


def _unsaid(found: re.Match[str], kind: CheckKind, reason: str) -> Turned:
    return Turned(found.start(), found.end(), kind, "unsupported", None, reason)
