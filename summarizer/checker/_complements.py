"""What is left of a whole where the report's own words say so: still pending, 未配备, 其余.

The text names neither operand, and no word in it says that it computes: the report's sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summarizer.checker._operands import Calculation, spans_of, value_of
from summarizer.checker._unknown import Unknown

_PENDING = re.compile(r"未[审办]?[理结]")
_TAKEN_UP, _CARRIED, _CLOSED = (
    re.compile(words) for words in ("受理$|立案$|新收$", "结转$", "(?:审|办|已)结$|结案$")
)
_OF_THEM = re.compile(r"\d[^,;。]*[中里内],?(?:已经?)?有?$")
_LACKS = re.compile(r"(?:未|没有|尚无)([\u4e00-\u9fff]{2,4})")
_NOT_DONE = re.compile(r"未|没有|尚无|[缺欠]")


def complements(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield what one sentence of the report leaves: pending cases, those not lacking, 其余."""
    yield from _carried_over(unknown, number)
    yield from _done_of_all(unknown, number)
    yield from _the_others(unknown, number)


def _carried_over(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield the cases still pending: those taken up and carried over, less those closed (结案)."""
    if not _PENDING.search(unknown.text):
        return
    found = unknown.of_unit(unknown.in_sentence(number))
    stages = [
        next((o for o in found if stage.search(o.mention.lead)), None)
        for stage in (_TAKEN_UP, _CARRIED, _CLOSED)
    ]
    if all(stages):
        taken, carried, closed = (o for o in stages if o is not None)
        left = value_of(taken) + value_of(carried) - value_of(closed)
        texts = (o.quantity.text for o in (taken, carried, closed))
        formula = "{}+{}-{}".format(*texts)
        yield Calculation(formula, left, spans_of(taken, carried, closed), ratio=False)


def _done_of_all(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield how many are done where the report says how many are not: 183个中,29个未配备."""
    if not _OF_THEM.search(unknown.said_before) or _NOT_DONE.search(unknown.text):
        return
    for whole, part in pairwise(unknown.of_unit(unknown.in_sentence(number))):
        lacking = _LACKS.search(f"{part.mention.lead}|{part.mention.tail}")
        done = lacking is not None and lacking[1] in unknown.text
        if done and value_of(part) < value_of(whole):
            formula = f"{whole.quantity.text}-{part.quantity.text}"
            left = value_of(whole) - value_of(part)
            yield Calculation(formula, left, spans_of(whole, part), ratio=False)


def _the_others(unknown: Unknown, number: int) -> Iterator[Calculation]:
    """Yield how many 其余 are in the report: 186件,废止22件、修改8件,其余继续有效."""
    index = unknown.index
    start, end = index.prose.sentences[number]
    at = index.text.find("其余", start, end)
    found = [o for o in unknown.of_unit(unknown.in_sentence(number)) if start <= o.place < at]
    told = index.text[at + 2 : at + 6]
    if len(found) > 1 and not re.match(r"\d", told) and told in unknown.text:
        whole, *parts = found
        left = value_of(whole) - sum(map(value_of, parts))
        formula = "-".join(o.quantity.text for o in found)
        yield Calculation(formula, left, spans_of(*found), ratio=False)
