"""Figures of a statement that bear each other out, or take each other's place.

One by one a figure may stand too far from its words in the report, and another fit better; what the
statement works out from it, and what its figures come to together, says that it is the one meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from summarizer.checker._anatomy import Prose
from summarizer.checker._binding import Binding
from summarizer.checker._derivation import Derivation, states
from summarizer.checker._lexicon import kindred_measures
from summarizer.types import Check


def exchanged(number: int, bindings: Sequence[Binding], checks: Sequence[Check]) -> bool:
    """Whether a figure has its place taken by another of the text, and that one by it."""

    def taken(by: int, at: int) -> bool:
        same, check = bindings[by].same, checks[at]
        return same is not None and check.kind == "subject" and check.evidence == same.span

    return any(n != number and taken(n, number) and taken(number, n) for n in range(len(checks)))


def borne_out(
    number: int,
    bindings: Sequence[Binding],
    checks: Sequence[Check],
    computed: Sequence[tuple[int, Derivation]],
) -> bool:
    """Whether what the text worked out comes from just this figure: 1294家中386家,占29.8%.

    Or whether it is what others of the text, of its own sentence, come to: 137项由84项、31项…构成.
    A sum is the same where its terms are told of each other's thing.
    """
    same = bindings[number].same
    if same is None or checks[number].kind != "subject" or exchanged(number, bindings, checks):
        return False
    from_it = [found for _, found in computed if found.holds and same.span in found.spans]
    # A share or a product comes out of a figure told of another thing too.
    ratio = all(found.unit == "%" or "×" in found.formula for found in from_it)
    if from_it:
        return not (ratio and _named_as_its_rival(number, bindings))
    terms = [
        b.same.mention.quantity
        for n, b in enumerate(bindings)
        if n != number and b.same and checks[n].passed
        if b.same.mention.sentence == same.mention.sentence
        if kindred_measures(b.same.mention.quantity.unit, same.mention.quantity.unit)
    ]
    total = sum((t.value for t in terms if t.value), Decimal(0))
    return len(terms) > 1 and total == same.mention.quantity.value


def _named_as_its_rival(number: int, bindings: Sequence[Binding]) -> bool:
    """Whether a figure is called what the report calls its rival, and not what it calls its own.

    Not where the text gives the rival too: then it speaks of both.
    """
    binding = bindings[number]
    said, same, rival = binding.mention.lead_grams, binding.same, binding.rival
    if same is None or rival is None or not rival.mention.lead_grams:
        return False
    if any(b.same is not None and b.same.mention is rival.mention for b in bindings):
        return False
    return rival.mention.lead_grams <= said and not same.mention.lead_grams <= said


def stated_again(binding: Binding, computed: Sequence[tuple[int, Derivation]]) -> Derivation | None:
    """Return a calculation of the text whose result is told a second time: 近四成,占37.9%."""
    quantity = binding.mention.quantity
    if quantity.unit != "%":
        return None
    return next(
        (
            found
            for _, found in computed
            if found.holds and found.unit == "%"
            if states(quantity, found.result, binding.hedge, ratio=True)
        ),
        None,
    )


def counts_terms(
    binding: Binding, prose: Prose, computed: Sequence[tuple[int, Derivation]]
) -> bool:
    """Whether a figure only says how many others a sum of its clause adds up: 四镇合计358件."""
    quantity = binding.mention.quantity
    if quantity.kind != "count" or quantity.value is None:
        return False
    home = prose.clause_at(quantity.start)
    return any(
        found.holds and prose.clause_at(start) == home and len(found.spans) == quantity.value
        for start, found in computed
    )
