"""Stage: the source's own words as statements, where no model's words hold.

Two users: the fallback of last resort (a statement that failed its checks twice, a section whose
model call failed) and ``--model extractive``, a memo without any model, the floor that every
model must beat. A quotation is a contiguous run of clauses of one sentence, or an item's
sentences from its beginning, so it is always supported; it never starts or ends inside brackets,
quotation marks or a 《title》.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from summarizer.folding import fold
from summarizer.items import Item, find_items, is_concession, is_creed
from summarizer.quantities import find_quantities
from summarizer.types import MEMO_PARTS, MemoPart, Origin, Report, Span, Statement
from summarizer.typesetting import LIST_MARKER, as_item, without_marker

QUOTE_CHARS = 75
# A shortcoming is given whole: a report that names seven in one sentence names seven.
ITEM_CHARS: dict[MemoPart, int] = {"achievements": QUOTE_CHARS, "shortcomings": 200, "plans": 100}
HEAD_CHARS = 30
KEY_SENTENCES = 10

_OPENING, _CLOSING = "“《（(〈‘「『", "”》）)〉’」』"
# What a briefing's reader looks for besides figures: a place in a ranking, an honour, a first.
_DISTINCTION = re.compile(
    "第[一二三]|首[个家次批创]|唯一|率先|获评|获批|荣获|入选|授予|评为|全国|全省|全覆盖|表彰|推广"
)

_EXAMPLES = re.compile("^(?:诸如|例如|比如|主要(?:是|有|表现[在为]))[:：]?")


def quote_sentence(
    report: Report, index: int, part: MemoPart, *, origin: Origin = "quoted"
) -> Statement:
    """The telling run of clauses of sentence `index`, at most about `QUOTE_CHARS` long."""
    span = _best_run(report, index, QUOTE_CHARS)
    return Statement(
        part=part,
        topic="",
        text=as_item(report.text[span.start : span.end]),
        sources=(index,),
        origin=origin,
    )


def quote_item(report: Report, item: Item, *, origin: Origin = "quoted") -> Statement:
    """`item` from its beginning, whole clauses up to about `ITEM_CHARS`.

    Clauses that every report opens with (以…为指导, 虽然取得…成效) and a list's announcement
    (…薄弱环节：) are passed over; a short first sentence is the item's head (强化组织领导：…).
    """
    taken: list[str] = []
    sources: list[int] = []
    for index, clause in _telling_clauses(report, item):
        if taken and sum(map(len, taken)) + len(clause) > ITEM_CHARS[item.part]:
            break
        taken.append(clause)
        if index not in sources:
            sources.append(index)
    taken[0] = _EXAMPLES.sub("", taken[0])
    head = without_marker(taken[0])
    is_sentence = len(sources) > 1 and _is_whole(report, item.sentences[0], taken[0])
    if is_sentence and len(head) <= HEAD_CHARS:
        taken[0] = head.rstrip("。") + "："
    return Statement(
        part=item.part,
        topic="",
        text=as_item("".join(taken)),
        sources=tuple(sources),
        origin=origin,
    )


def _is_whole(report: Report, index: int, clause: str) -> bool:
    return clause == report.sentence_text(index)


def _telling_clauses(report: Report, item: Item) -> list[tuple[int, str]]:
    """The item's clauses with the index of the sentence of each; at least one."""
    clauses = [
        (index, report.text[span.start : span.end])
        for index in item.sentences
        for span in _clauses(
            report.text, report.sentences[index].start, report.sentences[index].end
        )
    ]
    announced = [
        at + 1
        for at, ((_, clause), (_, following)) in enumerate(pairwise(clauses))
        if clause.endswith((":", "：")) and LIST_MARKER.match(following)
    ]
    clauses = clauses[announced[-1] if announced else 0 :]
    telling = [(index, clause) for index, clause in clauses if not is_creed(clause)]
    if item.part == "shortcomings":
        telling = list(dropwhile(lambda entry: is_concession(entry[1]), telling))
    return telling or clauses


def quote_key_sentences(report: Report, items: Sequence[Item] | None = None) -> list[Statement]:
    """A memo's statements without a model, ``origin="extractive"``.

    Of achievements the most telling sentence of each of the weightiest items, at most
    `KEY_SENTENCES`, in the report's order; of shortcomings and plans every item.
    """
    statements: list[Statement] = []
    for part in MEMO_PARTS:
        chosen = find_items(report, part) if items is None else [i for i in items if i.part == part]
        if part == "achievements":
            best = [max(item.sentences, key=lambda i: weight(report, i)) for item in chosen]
            weightiest = sorted(best, key=lambda i: -weight(report, i))[:KEY_SENTENCES]
            statements += [
                quote_sentence(report, index, part, origin="extractive")
                for index in sorted(weightiest)
            ]
        else:
            statements += [quote_item(report, item, origin="extractive") for item in chosen]
    return statements


def weight(report: Report, index: int) -> float:
    """How much sentence `index` tells a reader who decides: figures first, then distinctions."""
    text = report.sentence_text(index)
    if "\t" in text:  # a row of a table: figures without a sentence
        return -1.0
    return weigh_text(text)


def weigh_text(text: str) -> float:
    """How much a stretch of Chinese text tells, in points; one figure is one point."""
    counted = sum(
        quantity.kind in ("count", "percent", "money") for quantity in find_quantities(text)
    )
    folded = fold(text)
    distinctions = len(_DISTINCTION.findall(folded))
    return min(counted, 6) + 1.5 * min(distinctions, 2) - is_creed(folded)


def _best_run(report: Report, index: int, limit: int) -> Span:
    """The run of whole clauses of at most `limit` characters that weighs most; earlier wins."""
    sentence = report.sentences[index]
    clauses = list(_clauses(report.text, sentence.start, sentence.end))
    if sentence.end - sentence.start <= limit:
        return Span(sentence.start, sentence.end)
    best = clauses[0]
    best_weight = float("-inf")
    for first, opening in enumerate(clauses):
        for last in range(first, len(clauses)):
            run = Span(opening.start, clauses[last].end)
            if run.end - run.start > limit and last > first:
                break
            # A run from the sentence's beginning keeps its subject.
            value = weigh_text(report.text[run.start : run.end]) + (1.0 if first == 0 else 0.0)
            if value > best_weight:
                best, best_weight = run, value
    return best


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of ``text[start:end]``, each with the mark that ends it; they tile the range."""
    depth = 0
    at = start
    for position in range(start, end):
        character = text[position]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and character in "，,；;：:。！？!?" and not _inside_number(text, position):
            yield Span(at, position + 1)
            at = position + 1
    if at < end:
        yield Span(at, end)


def _inside_number(text: str, position: int) -> bool:
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    return len(around) == 2 and around.isdigit()
