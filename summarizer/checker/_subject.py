"""A statement under check, with what of the report it may rest on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from summarizer.checker._anatomy import Prose
from summarizer.checker._source_index import SourceIndex
from summarizer.types import Check, CheckKind, CheckStatus, Span


@dataclass(frozen=True, slots=True)
class Subject:
    """A statement under check: its text as given and folded, and what it may rest on."""

    text: str
    prose: Prose
    index: SourceIndex
    allowed: Collection[int] | None
    passages: Sequence[int]  # the sentences it speaks of, best first
    worked_out: frozenset[int] = frozenset()  # where the figures begin that the writer computed
    homes: frozenset[int] = frozenset()  # the sentences that its figures come from

    def check(
        self,
        start: int,
        end: int,
        kind: CheckKind,
        status: CheckStatus,
        evidence: Span | None = None,
        reason: str = "",
    ) -> Check:
        """Return a check on a stretch of the statement."""
        return Check(
            text=self.text[start:end],
            start=start,
            end=end,
            kind=kind,
            status=status,
            evidence=evidence,
            reason=reason,
        )
