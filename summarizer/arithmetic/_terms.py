"""The figures of one sentence as terms of a calculation, with the words that say their part in it.

A `Term` knows its clause: the words between the last comma and the number, which name what is
counted (调解成功 in 调解成功117宗). Figures in brackets are kept apart, since a bracket explains
the figure before it. The second figure of a run (683批950人次) measures the same thing once more
and is no term of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from summarizer.checker._values import printed_digit
from summarizer.folding import fold
from summarizer.types import Finding, Quantity, Span

_TERM_KINDS = ("count", "money", "percent", "duration")
_SCALE = {"万": 4, "亿": 8}
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_BRACKET = re.compile(r"\([^()]*\)")
_CLAUSE = re.compile(r"[^,;:。()、]*$")
_LONG_CLAUSE = re.compile(r"[^,;:。()]*$")


@dataclass(frozen=True, slots=True)
class Term:
    """One count, sum of money or percentage of a sentence."""

    quantity: Quantity
    value: Decimal
    clause: str  # the words before the number, from the last comma on
    list_clause: str  # the same, but 、 does not end it
    tail: str  # the words behind the number
    bracket: int  # the number of the bracket it stands in; 0 outside
    repeated: bool  # measures what the number directly before it measures

    @property
    def span(self) -> Span:
        """Where it stands in the report."""
        return Span(self.quantity.start, self.quantity.end)

    @property
    def exact(self) -> bool:
        """Whether the report states it without 余, 近 or 以上."""
        return self.quantity.approx is None

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last printed digit of a scaled figure (19.68万), 0.5 % at most."""
        digit = printed_digit(self.quantity)
        return min(digit / 2, abs(self.value) / 200) if digit != 1 else Decimal(0)

    def counts_like(self, other: Term) -> bool:
        """Whether both are of one kind and one measure word."""
        mine, theirs = self.quantity, other.quantity
        return (mine.kind, mine.unit) == (theirs.kind, theirs.unit)

    @property
    def exponent(self) -> int:
        """The power of ten of its scale: 4 for 19.68万条."""
        numeral = fold(self.quantity.text).removesuffix(fold(self.quantity.unit))
        return sum(_SCALE.get(char, 0) for char in numeral)

    def shown(self) -> str:
        """The figure as the report prints it, without inner spaces."""
        return self.quantity.text.replace(" ", "")


class Passage(NamedTuple):
    """One sentence: its folded words, where they begin in the report, and its terms."""

    text: str
    start: int
    terms: tuple[Term, ...]

    def between(self, first: Term, second: Term) -> str:
        """The words from the end of one term to the beginning of another."""
        return self.text[first.quantity.end - self.start : second.quantity.start - self.start]


def passage(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> Passage:
    """The terms of the sentence at start:end of a folded text, from its quantities in order."""
    text = folded[start:end]
    brackets = [(m.start() + start, m.end() + start) for m in _BRACKET.finditer(text)]
    terms: list[Term] = []
    last = start
    for index, quantity in enumerate(quantities):
        if quantity.kind in _TERM_KINDS and quantity.value is not None:
            before = folded[last : quantity.start]
            inside = (n for n, (a, b) in enumerate(brackets, 1) if a < quantity.start < b)
            long_clause = _LONG_CLAUSE.search(folded, start, quantity.start)
            behind = quantities[index + 1].start if index + 1 < len(quantities) else end
            terms.append(
                Term(
                    quantity=quantity,
                    value=quantity.value,
                    clause=_tail_of(_CLAUSE, before),
                    list_clause=long_clause[0][-40:] if long_clause else "",
                    tail=folded[quantity.end : min(behind, quantity.end + 24)],
                    bracket=next(inside, 0),
                    repeated=not before and last > start,
                )
            )
        last = quantity.end
    return Passage(text, start, tuple(terms))


def _tail_of(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0].strip() if match else ""


def rounded(value: Decimal, digit: Decimal) -> Decimal:
    """`value` rounded half up (四舍五入) to a multiple of `digit`, however large it is."""
    return value.quantize(digit, context=_WIDE)


def percent(ratio: Decimal) -> str:
    """A ratio as a percentage with two decimal places."""
    return f"{rounded(ratio * 100, Decimal('0.01'))}%"


def common_scale(*terms: Term) -> int:
    """The power of ten in which a calculation with these terms is best written."""
    return min((term.exponent for term in terms if term.value), default=0)


def plain(value: Decimal, scale: int = 0) -> str:
    """A value without exponent and idle zeros, in units of a scale: 1832, 0.5, 19.68 (万)."""
    text = format(value.scaleb(-scale), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Decimal, scale: int, like: Term) -> str:
    """A result as the report would write it: 9297项, 12.3亿元."""
    return plain(value, scale) + {4: "万", 8: "亿"}.get(scale, "") + like.quantity.unit


def in_order(*terms: Term) -> tuple[Span, ...]:
    """The places of the terms, as they stand in the report."""
    return tuple(sorted({term.span for term in terms}))


def sum_finding(total: Term, parts: Sequence[Term], note: str = "") -> Finding:
    """What came of adding the parts up; consistent if they give the total."""
    result = sum((part.value for part in parts), Decimal(0))
    slack = total.slack + sum((part.slack for part in parts), Decimal(0))
    scale = common_scale(total, *parts)
    formula = "+".join(plain(part.value, scale) for part in parts) + f"={plain(result, scale)}"
    return Finding(
        kind="sum",
        stated=total.shown(),
        computed=with_unit(result, scale, total),
        formula=formula,
        spans=in_order(total, *parts),
        consistent=abs(result - total.value) <= slack,
        note=note,
    )
