"""The verdict on each figure of a statement: value, measure word, hedge, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from summarizer.checker._anatomy import Prose
from summarizer.checker._binding import FLOOR, MARGIN, Binding, Candidate, bind_all, changed
from summarizer.checker._contrasts import contrast, direction_of
from summarizer.checker._corroboration import borne_out, counts_terms, exchanged, stated_again
from summarizer.checker._derivation import Derivation, derive
from summarizer.checker._enumeration import counts_its_own_list, enumerates
from summarizer.checker._frames import PLAN_PERIOD
from summarizer.checker._homes import (
    at_home,
    is_among_the_first,
    is_part_of_a_name,
    is_said_in_short,
    is_the_first_time,
    names_levels,
)
from summarizer.checker._lexicon import GOAL, LAST_YEAR, directions
from summarizer.checker._operands import Operand
from summarizer.checker._rivals import better_rival, crossed
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._subject import Subject
from summarizer.checker._unknown import Unknown
from summarizer.types import Check, CheckKind, CheckStatus, Quantity, Span

_OF_ALL = re.compile(r"全[国省市区县][^,;。]{0,16}?(?:平均|增速|水平)[^,;。]{0,6}$")
_BARE_TOTAL = re.compile(
    r"[,;](?:(?:以上|两者|两项|三者|三项)?(?:合计|共计?|总计|总共|加起来)(?:为|达|有)?|[尚还仍]有|剩余|余下)$"
)
_DIFFERENCE = re.compile(r"[^,;:。][比较](?!上年|去年)[^,;:。]+[多少高低][出了]?$")
_COMPARED = re.compile(r"[比较]|[高低多少快慢大小]于")
_TOTAL_OR_REST = re.compile(r"合计|共|总|加起来|[尚还仍]有|剩|余下|未")
_PASSAGE = 200  # operands farther apart are not shown as one stretch of the report
_YEAR = re.compile(r"(\d{4})年")
_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}
_JUST_THIS, _SPOKEN_OF = 0.85, 0.7
_BY_ITS_TAIL = 0.6
_TOTAL = re.compile(r"总[数量额]")
_ANY_KIND = frozenset({"种", "类", "项", "个", "方面"})
_ON_END = re.compile(r"连续$")
_FRAMES = re.compile("以?来|间|期间|里|累计|合计|平均|[净新]?增|减|共|均")
# 五年来, 过去五年: a span of time that frames what is said, not a figure of its own.
_SPAN_OF_YEARS = re.compile(r"[一二两三四五六七八九十]+年")


def check_figures(
    prose: Prose, text: str, index: SourceIndex, allowed: Collection[int] | None
) -> tuple[list[Check], list[Binding]]:
    """Return one check for every figure of a statement, and how each was bound."""
    bindings = bind_all(prose.mentions, prose.text, index, allowed)
    crossing = crossed(bindings)
    checks = [_judge(binding, bindings, text, index, crossing) for binding in bindings]
    for number, check in enumerate(checks):
        if check.status == "exact" and check.evidence is None:  # a name: it is of no time or level
            bindings[number] = replace(bindings[number], same=None)
    judged = tuple(checks)
    named = [_operand(b) for b, c in zip(bindings, checks, strict=True) if c.passed]
    passages = index.nearest(prose.mentions[0].wide, allowed, 3) if bindings else []
    statement = Subject(text, prose, index, allowed, passages)
    computed: list[tuple[int, Derivation]] = []
    # A second round: a derived figure may stand before the figures it is derived from.
    for number, binding in enumerate(bindings):
        check = checks[number]
        if check.passed or check.kind == "approx" or _printed_otherwise(binding, statement):
            continue
        if exchanged(number, bindings, judged):
            continue  # told of each other's thing, they are not worked out
        checks[number], found = _worked_out(binding, check, statement, named)
        if found is not None:
            bindings[number] = replace(binding, year=found.year)
            computed.append((binding.mention.quantity.start, found))
            if found.holds:
                named.append(_computed(binding, found, index))
    for number, binding in enumerate(bindings):
        if checks[number].passed:
            checks[number] = _held_to(binding, checks[number], statement, named)
        elif borne_out(number, bindings, judged, computed):
            checks[number] = _as_printed(binding, text)
        else:
            checks[number] = _beside_the_computed(binding, checks[number], statement, computed)
    return checks, bindings


def _beside_the_computed(
    binding: Binding, check: Check, statement: Subject, computed: Sequence[tuple[int, Derivation]]
) -> Check:
    """Return what becomes of a failed check by what else the writer computed."""
    again = stated_again(binding, computed)
    if again is not None:
        return _derived(binding, again, check, statement.text)
    if counts_terms(binding, statement.prose, computed):
        quantity = binding.mention.quantity
        return _check(statement.text, quantity, "number", "derived", None, "按相加的项数计")
    return check


def _as_printed(binding: Binding, text: str) -> Check:
    same = binding.same
    assert same is not None
    assert same.agreement is not None
    quantity = binding.mention.quantity
    return _check(text, quantity, "number", same.agreement.status, same.span)


def _held_to(binding: Binding, check: Check, statement: Subject, named: Sequence[Operand]) -> Check:
    """Hold a total, a rest or a difference to what it is worked out from: 143件、206件,共349件.

    A number that the report has of something else would pass otherwise.
    """
    folded, same = statement.prose.text, binding.same
    start = binding.mention.quantity.start
    if same is None:
        return check
    if binding.mention.tail_grams and same.fit.forward >= _BY_ITS_TAIL:
        return check  # 7个单位走过场,还有5个决策材料不全: 还有 says "and"
    before = [o for o in named if o.place < start]
    around = f"{same.mention.lead}|{same.mention.tail}"
    total = len(before) > 1 and _BARE_TOTAL.search(folded[:start])
    difference = _DIFFERENCE.search(folded[:start])
    if not (total or difference):
        return check
    passages, allowed = ([], []) if total else (statement.passages, statement.allowed)
    unknown = Unknown(binding.mention, folded, before, passages, statement.index, allowed)
    found = derive(unknown, binding.hedge)
    said_so = (_TOTAL_OR_REST if total else _COMPARED).search(around)
    if found is None or (said_so and not found.holds):
        return check
    return _derived(binding, found, check, statement.text)


def _worked_out(
    binding: Binding, check: Check, statement: Subject, named: Sequence[Operand]
) -> tuple[Check, Derivation | None]:
    """Return what becomes of a failed check if the writer computed the figure, and how."""
    prose, index, passages = statement.prose, statement.index, statement.passages
    expected = binding.expected
    first = [expected.mention.sentence] if expected and expected.score >= FLOOR else []
    spoken_of = [*first, *(n for n in passages if n not in first)]
    unknown = Unknown(binding.mention, prose.text, named, spoken_of, index, statement.allowed)
    found = derive(unknown, binding.hedge)
    if found is not None and found.holds:
        return _derived(binding, found, check, statement.text), found
    known = max((c.score for c in (expected, binding.misfit) if c is not None), default=0.0)
    counts = enumerates(binding.mention, known, prose, index.prose, passages)
    # 等4家 of what the report calls 4项 counts no list of the report's
    counted = binding.mention.quantity
    its_own = counted.unit in _ANY_KIND and counts_its_own_list(binding.mention, prose)
    if counts and (check.kind != "unit" or its_own):
        return _check(statement.text, counted, "number", "derived", None, "按列举项数计"), None
    if found is not None:
        return _derived(binding, found, check, statement.text), found
    return check, None


def _printed_otherwise(binding: Binding, statement: Subject) -> bool:
    """Whether the report prints another value for just this: then there is nothing to work out."""
    rival, index = binding.rival, statement.index
    years = _YEAR.findall(statement.prose.text, 0, binding.mention.quantity.start)
    if index.year and years and int(years[-1]) < index.year:
        return False  # of a year before, what is printed may be worked out from
    if _OF_ALL.search(statement.prose.text, 0, binding.mention.quantity.start):
        return False  # the province's mean is not the city's
    if rival is not None and index.parts[rival.mention.sentence] == "plans":
        rival = None  # what is aimed at is not what was reached
    if rival is None or binding.hedge == "around" or LAST_YEAR.search(binding.mention.lead):
        return False
    if binding.mention.quantity.kind == "percent":
        moves = directions(rival.mention.lead) and not GOAL.search(rival.mention.lead)
        moved = moves and not directions(binding.mention.lead)
        return rival.score > _JUST_THIS and not moved
    if changed(binding.mention) and changed(rival.mention):
        return rival.score > _SPOKEN_OF
    leads = binding.mention.lead, rival.mention.lead
    totals = all(_TOTAL.search(lead) for lead in leads) and not directions(leads[0])
    return totals and rival.score > _JUST_THIS


def _operand(binding: Binding) -> Operand:
    quantity = binding.mention.quantity
    source = binding.same or binding.expected
    mention = source.mention if source else binding.mention
    return Operand(quantity, mention, quantity.start)


def _computed(binding: Binding, found: Derivation, index: SourceIndex) -> Operand:
    """Return a figure that was worked out as an operand: it stands where its own last one does."""
    if not found.spans:
        return _operand(binding)
    at = found.spans[-1].start
    near = index.by_sentence.get(index.prose.sentence_at(at), ())
    last = next((m for m in near if m.quantity.start == at), None)
    own = _operand(binding)
    return own if last is None else replace(own, mention=last)


def _check(
    text: str,
    quantity: Quantity,
    kind: CheckKind,
    status: CheckStatus,
    evidence: Span | None,
    reason: str = "",
) -> Check:
    return Check(
        text=text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
        kind=kind,
        status=status,
        evidence=evidence,
        reason=reason,
    )


def _judge(
    binding: Binding,
    others: Sequence[Binding],
    text: str,
    index: SourceIndex,
    crossing: Mapping[int, Candidate],
) -> Check:
    quantity = binding.mention.quantity
    kind: CheckKind = "rank" if quantity.kind == "ordinal" else "number"
    same, misfit = binding.same, binding.misfit
    if (
        names_levels(binding, index)
        or is_the_first_time(binding, index)
        or is_part_of_a_name(binding, text, index)
        or is_said_in_short(binding, text, index)
    ):
        return _check(text, quantity, kind, "exact", None)
    frames = _SPAN_OF_YEARS.fullmatch(quantity.text) and not _ON_END.search(binding.mention.lead)
    framed = frames and _FRAMES.match(text, quantity.end)
    if framed and same is None and _spans_so_many(quantity, text, index):
        return _check(text, quantity, kind, "exact", None)
    if same and same.agreement and frames:
        return _check(text, quantity, kind, same.agreement.status, same.span)
    if misfit and misfit.score >= FLOOR and (same is None or misfit.score > same.score + MARGIN):
        return _check(
            text, quantity, "unit", "altered", misfit.span,
            f"原文的计量单位不同，为“{_words(misfit)}”",
        )  # fmt: skip
    if same is None:
        return _missing(binding, kind, text)
    rival = crossing.get(quantity.start) or better_rival(binding, others, index)
    if rival is not None:
        return _check(
            text, quantity, "subject", "misattributed", rival.span,
            f"此处原文为“{_words(rival)}”；“{_words(same)}”说的是：{_context(same, index)}",
        )  # fmt: skip
    if is_among_the_first(binding, same, index):
        return _check(
            text, quantity, "rank", "altered", None, "原文此处为“前列”，没有说是第一",
        )  # fmt: skip
    if same.fit.strange and not at_home(binding, same, others, index):
        return _check(
            text, quantity, "subject", "misattributed", same.span,
            f"原文中的“{_words(same)}”说的是另一件事：{_context(same, index)}",
        )  # fmt: skip
    return _judge_bound(binding, same, text, index, kind)


def _spans_so_many(span: Quantity, text: str, index: SourceIndex) -> bool:
    """Whether the text names so many years, or the report speaks of them or of a plan's five."""
    if span.text in index.text or len(set(_YEAR.findall(text))) == span.value:
        return True
    return span.text == "五年" and bool(PLAN_PERIOD.search(index.text))


def _missing(binding: Binding, kind: CheckKind, text: str) -> Check:
    quantity, rival = binding.mention.quantity, binding.rival
    if rival and rival.score >= FLOOR:
        return _check(text, quantity, kind, "altered", rival.span, f"原文为“{_words(rival)}”")
    return _check(text, quantity, kind, "unsupported", None, "原文没有这一数字")


def _judge_bound(
    binding: Binding, same: Candidate, text: str, index: SourceIndex, kind: CheckKind
) -> Check:
    quantity = binding.mention.quantity
    assert same.agreement is not None
    if same.agreement.fault:
        start, end = same.span
        around = index.text[max(0, start - 3) : end + 2]
        return _check(
            text, quantity, "approx", "altered", same.span,
            f"原文写作“{around.strip()}”，程度词不同",
        )  # fmt: skip
    ours, theirs = (direction_of(m) for m in (binding.mention, same.mention))
    if ours and theirs and ours[1] != theirs[1]:
        return _check(
            text, quantity, "direction", "altered", same.span,
            f"原文为“{theirs[0]}”，方向相反",
        )  # fmt: skip
    start, end = same.span
    after = re.split(r"[\d。;]", index.text[end : end + 24])[0]
    excluded = contrast(binding, same, after, index)
    if excluded:
        return _check(
            text, quantity, "subject", "misattributed", same.span,
            f"原文说的是“{excluded[1]}”，不是“{excluded[0]}”",
        )  # fmt: skip
    reason = ""
    if same.agreement.status != "exact":
        reason = f"原文为“{_words(same)}”"
    return _check(text, quantity, kind, same.agreement.status, same.span, reason)


def _derived(binding: Binding, found: Derivation, check: Check, text: str) -> Check:
    quantity = binding.mention.quantity
    spans = found.spans
    evidence = Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None
    if evidence is not None and evidence.end - evidence.start > _PASSAGE:
        evidence = spans[0]
    result = f"{found.formula}={_plain(found)}"
    if found.holds:
        return _check(text, quantity, "number", "derived", evidence, f"据原文推算：{result}")
    if check.status == "misattributed":
        return check
    return _check(text, quantity, "number", "altered", evidence, f"按原文推算应为：{result}")


def _plain(found: Derivation) -> str:
    """Return the result as the operands are printed: with their scale, and with its unit."""
    scale = next((sign for sign in _SCALES if re.search(rf"\d{sign}", found.formula)), "")
    scale = "" if found.unit in ("%", "倍") or "点" in found.unit else scale
    if abs(found.result) < _SCALES.get(scale, Decimal(1)) / 100:
        scale = ""  # a ratio of two amounts is no amount of their size
    value = round(found.result / _SCALES.get(scale, Decimal(1)), 2)
    return f"{value.normalize():f}{scale}{found.unit}"


def _words(candidate: Candidate) -> str:
    return candidate.mention.quantity.text


def _context(candidate: Candidate, index: SourceIndex) -> str:
    quantity = candidate.mention.quantity
    number = index.prose.clause_at(quantity.start)
    clause = index.prose.clauses[number]
    return index.text[max(clause.start, quantity.start - 24) : min(clause.end, quantity.end + 16)]
