"""Stage: mends what code may mend, purely.

Code never changes a figure. It changes a citation, and only where exactly one sentence of the
piece has the figure with the same measure word and the same thing counted; whether the mended
statement holds is for the next verification to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.checker import find_home
from summarizer.types import Report, Statement


def repair(statement: Statement, report: Report, within: Sequence[int]) -> Statement | None:
    """`statement` citing the sentences its failed figures stand in, or None if that is not plain.

    `within` are the sentences of the statement's piece, as indices into `Report.sentences`.
    """
    failed = [check for check in statement.checks if not check.passed]
    sources = list(statement.sources)
    for check in failed:
        home = find_home(check, statement.text, report, within)
        if home is None:
            return None
        if home not in sources:
            sources.append(home)
    if tuple(sources) == statement.sources:
        return None
    return statement.model_copy(update={"sources": tuple(sorted(sources)), "origin": "repaired"})
