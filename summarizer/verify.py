"""Stage: every statement against the sentences it cites, by the one checker of the package."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.checker import check_statement
from summarizer.types import Report, Statement


def verify(statements: Iterable[Statement], report: Report) -> list[Statement]:
    """The statements with their `checks`; nothing else about them changes."""
    return [verify_one(statement, report) for statement in statements]


def verify_one(statement: Statement, report: Report) -> Statement:
    """`statement` with its `checks`."""
    checks = check_statement(statement.text, report, statement.sources, part=statement.part)
    return statement.model_copy(update={"checks": checks})
