"""How far a thing has come: assessments (评价), the stage of an act, trends without a figure.

有待加强 told as 全面加强, 提交草案 told as 审议通过, 加快建设 told as 建成投用: the words around
are the source's own, only the predicate says the opposite or more. Each clause of the statement is
laid beside the clauses of its source that speak of the same thing, its predicate left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.checker._anatomy import Clause, Prose
from summarizer.checker._lexicon import PLAN_CUE, directions
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._words import Grams, grams
from summarizer.types import CheckKind, Span

_SAME_THING = 0.7  # the share of a clause's words, without its predicate, that its counterpart has
_AS_NEAR = 0.95  # a second clause that is nearly as near speaks of the thing too
_FEWEST = 4
_OF_THIS = 0.5  # the share of what a trend is said of that the source's trend must be said of
_NONE: Grams = frozenset()

# What a source says of a thing that is not yet as it should be.
_WANTING = re.compile(
    r"不[足够强高深严实优快多平均充完健到相适匹规全细][^\n]{0,2}|有限|有待|欠|缺[乏失少位口]|薄弱|滞后"
    r"|[较偏][弱低少差慢大重]|[压阻]力大|短板|弱项|差距|脱节|亟[待需]|[尚还仍]需|[需须]进一步|需要|仍较|依然|仍然"
    r"|不容忽视|紧[迫缺]|艰巨|严峻|难以|落后|困难"
)
_DEGREE = (
    "(?:已经?|得到了?|有了?|实现了?|十分|完全|高度|非常|更加|日益|比较|较为|显著|明显|大幅度?|全面|有效|根本"
    "|进一步|持续|不断|切实|彻底|基本|很|的){0,6}"
)
# What a statement says of a thing that is as it should be, at the end of its clause.
_ACHIEVED = re.compile(
    rf"{_DEGREE}(?:提升|提高|改善|增强|加强|完善|健全|均衡|平衡|充足|充分|充沛|到位|良好|缓解|减弱|减轻|消除"
    r"|解决|化解|优化|好转|规范|强化|突出|显著|明显|较[高强好]|领先|适应|匹配|合理|顺畅|扭转|缩小|补齐)了?$"
)
_NO_MORE = re.compile(r"(?:已经?|基本)?(?:不再|不复|没有|并无|消除了?|杜绝了?)(?:有|存在)?")
_STILL_SO = re.compile(  # 矛盾仍突出, 仍未消除: no praise
    r"仍|依旧|依然|尚|[未没难不](?!断|仅|再|少)|(?:矛盾|问题|压力|短板|风险)[^,;。]{0,4}(?:突出|显著|明显)了?$"
)
_OVERCOME = re.compile(r"缓解|减弱|减轻|消除|解决|化解|扭转|缩小|补齐")
_LACK = re.compile(r"短板|弱项|差距|困难|滞后")  # what is overcome
_STILL = re.compile(r"[还仍]?(?:存)?[有在]|依然|仍")
# In a plan 进一步完善 and 着力提升 say what is still to be done.
_DEMAND = re.compile(
    r"需|须|应当?|要(?![求素件点])|着力|努力|加快|推动|推进|促进|以|为|切实|力求|确保"
)


class Overtold(NamedTuple):
    """A stretch of the statement that says the opposite of its source, or more."""

    start: int
    end: int
    kind: CheckKind
    found: Span | None
    reason: str


def overtold(prose: Prose, index: SourceIndex, passages: Sequence[int]) -> Iterator[Overtold]:
    """Yield assessments, stages and trends that the source does not bear out."""
    candidates = [c for c in index.prose.clauses_of(passages) if len(c.text) > 1]
    for clause in prose.clauses:
        if not prose.has_figure(clause):
            yield from _assessed(clause, candidates, index)
            yield from _compared(clause, prose, index, passages)
            yield from _postponed(clause, candidates, index)
            yield from _completed(clause, prose, candidates, index)
            yield from _only_planned(clause, candidates, index)
        yield from _advanced(clause, prose, candidates, index)


def _besides(predicate: re.Match[str], index: SourceIndex) -> str:
    """Return what a predicate is said of: its clause without it and without the region's name."""
    rest = predicate.string[: predicate.start()] + "|" + predicate.string[predicate.end() :]
    return rest.replace(index.region, "|") if index.region else rest


def _alike(wanted: Grams, candidates: Sequence[Clause], index: SourceIndex) -> list[Clause]:
    """Return the clauses that speak of the same thing, nearest first."""
    if len(wanted) < _FEWEST:
        return []
    shares = [(index.coverage(wanted, index.clause_words(c)), c) for c in candidates]
    best = max((share for share, _ in shares), default=0.0)
    if best < _SAME_THING:
        return []
    near = [found for found in shares if found[0] >= _AS_NEAR * best]
    return [clause for _, clause in sorted(near, key=lambda found: -found[0])]


def _assessed(
    clause: Clause, candidates: Sequence[Clause], index: SourceIndex
) -> Iterator[Overtold]:
    """Yield a lack that is told as overcome."""
    text = clause.text.rstrip("”」』 ")
    found = _ACHIEVED.search(text)
    denied = None if found else _NO_MORE.search(text)
    predicate = found or denied
    if predicate is None or PLAN_CUE.search(text) or _STILL_SO.search(text):
        return
    rest = _besides(predicate, index)
    overcome = denied or _OVERCOME.search(predicate.group())
    if _WANTING.search(_LACK.sub("", rest) if overcome else text):
        return
    alike = _alike(grams(rest), candidates, index)
    alike = [c for c in alike if index.parts[c.sentence] != "plans"]
    if not alike or _DEMAND.search(rest):
        return
    told = _STILL if denied else _WANTING
    if all(told.search(c.text) and not _NO_MORE.search(c.text) for c in alike):
        start = clause.start + predicate.start()
        yield _turned(start, clause.start + predicate.end(), alike[0], index, "意思相反")


def _turned(start: int, end: int, source: Clause, index: SourceIndex, how: str) -> Overtold:
    said = index.text[source.start : source.end].strip()
    return Overtold(
        start, end, "direction", Span(source.start, source.end), f"原文为“{said}”，{how}"
    )


# The stages of an act: under way, and over. What aims at the end has not reached it (力促建成).
_AIM = (
    r"(?:力[促争]|推[动进]|加快|确保|争取|计划|拟|将|预计|准备|谋划|启动|尚未|未|如期)[^,;。]{0,16}"
)
_STAGES = (
    (  # a rule is drafted and put before those who decide; then it is passed and applies
        re.compile(r"草案|草拟|拟[订定]|起草|征求意见|提交|提请|送审|报[送请审]|论证"),
        re.compile(
            r"(?:审议|表决|讨论|一致|已经?|获得?)通过|通过了|通过[^,;。]{2,14}审[议核查]|出台|颁布|施行|印发|公布|发布(?!会)|(?:已经?|正式|全面)实施"
        ),
    ),
    (  # a work is built, then it is in use
        re.compile(r"(?<!累计)建设|开工|在建|施工|筹建|规划|启动|推进|加快|力[促争]"),
        re.compile(r"建成|竣工|完工|投[用产运]|投入(?:使用|运[营行])|通车|落成|交付"),
    ),
)  # fmt: skip
_AIMED = [re.compile(_AIM + f"(?:{over.pattern})") for _, over in _STAGES]
_GOES_ON = re.compile(
    r"(?:现|目前|[并也均都]|已经?|正式|全面|顺利|于[^,;。]{1,6}?(?=[正印出颁发]))*"
)
_DONE = re.compile(r"已|了(?:$|[^解])|完成")
_TO_COME = re.compile(r"即将|将[于要在]|尚未|有待|[正仍]在(?:加快)?(?:建设|施工)?|在建|加快建设")
_COMPLETED = re.compile(
    rf"完成|已经?|顺利|如期|圆满|{_STAGES[0][1].pattern}|{_STAGES[1][1].pattern}"
)


def _advanced(
    clause: Clause, prose: Prose, candidates: Sequence[Clause], index: SourceIndex
) -> Iterator[Overtold]:
    """Yield an act that is told as over while its source has it under way."""
    text = prose.text[clause.start : clause.end]
    for (begun, over), aimed in zip(_STAGES, _AIMED, strict=True):
        found = over.search(text)
        if found is None or aimed.search(text):
            continue
        rest = _besides(found, index)
        for source in _alike(grams(rest), candidates, index)[:1]:
            own = index.text[source.start : source.end]
            said = own + _sequel(source, over, index)
            sentence = index.text[slice(*index.prose.sentences[source.sentence])]
            if prose.has_figure(clause) and found.group() in sentence:
                continue  # 新开工297个,新竣工198个
            planned = index.parts[source.sentence] == "plans" and not _DONE.search(text)
            under_way = begun.search(own) or aimed.search(own)
            if under_way and not planned and not over.search(aimed.sub("", _untitled(said))):
                start = clause.start + found.start()
                yield Overtold(
                    start, clause.start + found.end(), "period", Span(source.start, source.end),
                    f"原文只说到“{own.strip()}”",
                )  # fmt: skip


def _untitled(text: str) -> str:
    """Return a text without its titles: of 编制《…计划》并公布 the plan is a name."""
    return re.sub(r"《[^》]*》", "《》", text)


_ALREADY = re.compile(r"已经?(?!成为)|也已")
# A reform, an action: taken up, and completed.
_TAKEN_UP = re.compile(r"推[进动]|深化|加快|启动|开展|探索|拟[订定]|部署|谋划|[正仍]在")
_THROUGH = re.compile(
    r"(?:已经?|全面|圆满|顺利|如期|基本)*完成了?(?!率|情况|后|的|时)|(?:已经?|全面)落地|[实执]施到位"
)
_ANY_END = re.compile(
    rf"{_THROUGH.pattern}|完成|实现|达|结束|[建办]成|落地|到位|到[^,;。]*率|已|100%"
)


def _completed(
    clause: Clause, prose: Prose, candidates: Sequence[Clause], index: SourceIndex
) -> Iterator[Overtold]:
    """Yield a reform or an action that is told as completed where its source has it begun."""
    text = prose.text[clause.start : clause.end]
    found = _THROUGH.search(text)
    if found is None or PLAN_CUE.search(text):
        return
    rest = _besides(found, index)
    alike = _alike(grams(rest), candidates, index)
    around = [index.text[slice(*index.prose.sentences[c.sentence])] for c in alike]
    begun = [c for c in alike if _TAKEN_UP.search(index.text[c.start : c.end])]
    if begun and not any(_ANY_END.search(sentence) for sentence in around):
        own = index.text[begun[0].start : begun[0].end].strip()
        yield Overtold(
            clause.start + found.start(), clause.start + found.end(), "period",
            Span(begun[0].start, begun[0].end), f"原文只说到“{own}”",
        )  # fmt: skip


def _only_planned(
    clause: Clause, candidates: Sequence[Clause], index: SourceIndex
) -> Iterator[Overtold]:
    """Yield what is told as already done where its source only plans it."""
    found = _ALREADY.search(clause.text)
    if found is None:
        return
    alike = _alike(grams(_besides(found, index)), candidates, index)
    if alike and all(
        index.parts[c.sentence] == "plans" and not _DONE.search(c.text) for c in alike
    ):
        home = alike[0]
        yield Overtold(
            clause.start + found.start(), clause.start + found.end(), "period",
            Span(home.start, home.end), "原文此处是下一步计划，不是已完成的工作",
        )  # fmt: skip


def _sequel(source: Clause, over: re.Pattern[str], index: SourceIndex) -> str:
    """Return the clause behind, where it goes on with what this one begins (…草案,已正式印发)."""
    following = index.text[source.end + 1 : source.end + 20].split("。", 1)[0]
    sequel = _GOES_ON.match(following)
    if sequel is None:
        return ""
    found = over.match(following, sequel.end())
    return found.group() if found and not following.startswith("《", found.end()) else ""


def _postponed(
    clause: Clause, candidates: Sequence[Clause], index: SourceIndex
) -> Iterator[Overtold]:
    """Yield an act that is told as still to come while its source has it completed."""
    to_come = _TO_COME.search(clause.text)
    if to_come is None:
        return
    rest = _besides(to_come, index)
    for source in _alike(grams(rest), candidates, index)[:1]:
        own = index.text[source.start : source.end]
        planned = index.parts[source.sentence] == "plans" or PLAN_CUE.search(own)
        if _COMPLETED.search(own) and not planned and not _TO_COME.search(own):
            start, end = (clause.start + at for at in to_come.span())
            yield _turned(start, end, source, index, "已经完成")


_COMPARISON = re.compile(r"(?:[较比]|相比|与)(?:上一?年|去年|往年|以往|前一?年)(?:同期)?|同比|环比")
_TREND_IN_SOURCE = re.compile(
    r"同比|环比|(?:上一?年|去年|同期|往年|历年|以往|前年)(?!度?结转)|连续|创[^,;。]{0,4}新[高低]"
)


def _before_clause(clause: Clause, prose: Prose) -> str:
    """Return the clause before one, where a comparison leaves out what is compared."""
    number = prose.clause_at(clause.start)
    return prose.clauses[number - 1].text if number else ""


def _compared(
    clause: Clause, prose: Prose, index: SourceIndex, passages: Sequence[int]
) -> Iterator[Overtold]:
    """Yield a comparison with another year where the source makes none, or one the other way."""
    cue = _COMPARISON.search(clause.text)
    moved = directions(clause.text[cue.end() :]) if cue else []
    if cue is None or not moved:
        return
    start, end = clause.start + cue.start(), clause.start + cue.end() + moved[0][0]
    end += len(moved[0][1])
    of = grams(_besides(cue, index)[: cue.start()]) or grams(_before_clause(clause, prose))
    for number in passages:
        if not _TREND_IN_SOURCE.search(index.text[slice(*index.prose.sentences[number])]):
            continue
        clauses = index.prose.clauses_of([number])
        for before, source in zip([None, *clauses], clauses, strict=False):
            said = {direction for *_, direction in directions(source.text)}
            words = index.clause_words(source) | (index.clause_words(before) if before else _NONE)
            if moved[0][2] in said and index.coverage(of, words) >= _OF_THIS:
                return
    yield Overtold(start, end, "direction", None, "原文没有这一比较")
