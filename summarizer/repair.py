"""Stage: mends what code may mend, purely.

Code never changes a figure and writes no words of its own. It may

- cite more (`recite`): for a failed figure where exactly one sentence of the piece has it with the
  same measure word and the same thing counted, for words the sentences that have them;
- cite every entry of a list where it is told (`cite_points`);
- cite less (`tighten`): a sentence that carries nothing of the statement is no source of it;
- put the source's own head words before a shortcoming or a plan that lost them (`restore_head`);
- leave out whole clauses that tell nothing (`drop_phrases`): 以…为指导, 虽然取得一定成效.

Whether the mended statement holds is for the next verification to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise

from summarizer.checker import check_statement, find_home
from summarizer.folding import fold
from summarizer.items import Item, is_concession, is_creed, points_of
from summarizer.types import Report, Statement
from summarizer.typesetting import as_item, without_marker

# A head is an item's short first sentence: 强化组织领导。
_HEAD_CHARS = 32
_CLAUSE_END = re.compile("[，,；;。：:]")
_LACK = re.compile(
    "[不未没难缺欠少弱差低浅窄慢偏短空]|单一|滞后|有待|需|还要|亟|(?<!解决)问题|脱节|落后|薄|堵点|加强|提高|提升|改进|完善|"
    "优化|强化|深化|瓶颈|压力|困难|挑战|有限"
)
_LEAST_CLAUSE = 4
_MOST_HOMES = 2
_LEAST_PAIRS = 2


def recite(statement: Statement, report: Report, within: Sequence[int]) -> Statement | None:
    """`statement` citing also the sentences it rests on, or None where that is not plain.

    For a failed figure that is the one sentence of `within` (its piece, as indices into
    `Report.sentences`) that has it, and ``origin="repaired"`` says so. For words that no cited
    sentence has, it is the one or two sentences of the piece that have most of them.
    """
    failed = [check for check in statement.checks if not check.passed]
    sources = set(statement.sources)
    for check in failed:
        if check.kind == "content":
            continue
        home = find_home(check, statement.text, report, within)
        if home is None:
            return None
        sources.add(home)
    origin = "model" if sources == set(statement.sources) else "repaired"
    if any(check.kind == "content" for check in failed):
        sources |= _homes_of_words(statement, report, within)
    if sources == set(statement.sources):
        return None
    return statement.model_copy(update={"sources": tuple(sorted(sources)), "origin": origin})


def _homes_of_words(statement: Statement, report: Report, within: Sequence[int]) -> set[int]:
    """The sentences of `within` that have most of the words that the cited ones lack."""
    homes: set[int] = set()
    cited = "\n".join(report.sentence_text(index) for index in statement.sources)
    missing = _pairs(statement.text) - _pairs(cited)
    for _ in range(_MOST_HOMES):
        best = max(within, key=lambda index: len(missing & _pairs(report.sentence_text(index))))
        found = missing & _pairs(report.sentence_text(best))
        if len(found) < _LEAST_PAIRS:
            break
        homes.add(best)
        missing -= found
    return homes


def tighten(statement: Statement, report: Report) -> Statement:
    """`statement` without the sources that carry neither a figure nor words of it."""
    sources = statement.sources
    for source in statement.sources:
        fewer = tuple(index for index in sources if index != source)
        if fewer and _carries_nothing(source, fewer, statement, report):
            sources = fewer
    return statement.model_copy(update={"sources": sources})


def _carries_nothing(
    source: int, others: Sequence[int], statement: Statement, report: Report
) -> bool:
    said = _pairs(statement.text)
    elsewhere = _pairs("".join(report.sentence_text(index) + "\n" for index in others))
    if said & _pairs(report.sentence_text(source)) - elsewhere:
        return False
    checks = check_statement(statement.text, report, others, part=statement.part)
    return all(check.passed for check in checks)


def restore_head(statement: Statement, report: Report, item: Item) -> Statement:
    """`statement` opening with its item's head, if it says less than half of it."""
    index = item.sentences[0]
    head = without_marker(report.sentence_text(index)).rstrip("。；;：:")
    if len(item.sentences) == 1 or len(head) > _HEAD_CHARS:
        return statement
    if _says(_pairs(statement.text), head):
        return statement
    return statement.model_copy(
        update={
            "text": as_item(f"{head}：{statement.text}"),
            "sources": tuple(sorted({index, *statement.sources})),
            "origin": "repaired",
        }
    )


def cite_points(statement: Statement, report: Report, item: Item) -> Statement:
    """`statement` citing every sentence of `item` of which it says a point."""
    said = _pairs(statement.text)
    carried = {
        index
        for index in item.sentences
        if any(
            len(clause) >= _LEAST_CLAUSE and _says(said, clause)
            for clause in _CLAUSE_END.split(report.sentence_text(index))
        )
    }
    return statement.model_copy(update={"sources": tuple(sorted(carried.union(statement.sources)))})


def drop_phrases(statement: Statement) -> Statement:
    """`statement` without clauses that every report opens with, if anything else is left."""
    clauses = statement.text.rstrip("。").split("，")
    telling = [clause for clause in clauses if not is_creed(clause)]
    if statement.part == "shortcomings":
        telling = list(dropwhile(is_concession, telling))
    whole = all(_balanced(clause) for clause in clauses)  # a comma inside 《》 or “” parts nothing
    if not telling or not whole or len(telling) == len(clauses):
        return statement
    return statement.model_copy(update={"text": as_item("，".join(telling)), "origin": "repaired"})


def left_out(statement: Statement, report: Report, item: Item) -> list[str]:
    """The points of `item` that `statement` says less than half of."""
    said = _pairs(statement.text)
    return [point for point in points_of(report, item) if not _says(said, point)]


def _says(said: set[str], point: str) -> bool:
    wanted = _pairs(point)
    return not wanted or len(wanted & said) >= 0.5 * len(wanted)


def says_some_of(statement: Statement, other: Statement) -> bool:
    """Whether `statement` shares a third of its words with `other`, or of the other's."""
    one, two = _pairs(statement.text), _pairs(other.text)
    return 3 * len(one & two) >= min(len(one), len(two))


def says_what_is_lacking(statement: Statement) -> bool:
    """Whether a shortcoming ends in one: a clause that lost its 难以 reads like a merit."""
    last = _CLAUSE_END.split(statement.text.rstrip("。"))[-1]
    return _LACK.search(fold(last)) is not None


def _balanced(clause: str) -> bool:
    return all(clause.count(a) == clause.count(b) for a, b in ("《》", "“”", "（）"))


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring Han characters in `text`, folded: what Chinese has for words."""
    return {
        first + second
        for run in re.findall("[\u3400-\u9fff]+", fold(text))
        for first, second in pairwise(run)
    }
