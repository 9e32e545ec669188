"""What a calculation is made of: its operands, how it reads, what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from summarizer.checker._anatomy import Mention
from summarizer.types import Quantity, Span

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that may go into a calculation, with its place in the report."""

    quantity: Quantity
    mention: Mention  # in the report
    place: int  # in the text, or in the report where the text does not name it


@dataclass(frozen=True, slots=True)
class Calculation:
    """One way to work a figure out; `year` is the one it is for, where the text names that.

    `claimed`: whether the text says that it computes just this; what it does not claim may bear
    a figure out, but does not speak against it.
    """

    formula: str
    result: Decimal
    spans: tuple[Span, ...]
    ratio: bool
    year: int | None = None
    claimed: bool = True


def value_of(operand: Operand) -> Decimal:
    """Return the value of an operand, which has one."""
    assert operand.quantity.value is not None
    return operand.quantity.value


def spans_of(*operands: Operand) -> tuple[Span, ...]:
    """Return where the operands stand in the report."""
    return tuple(Span(o.mention.quantity.start, o.mention.quantity.end) for o in operands)
