"""What the command line prints, and how: a bar and a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from summarizer.pipeline import OnProgress
    from summarizer.types import Verdict


# Report text is untrusted: an escape sequence in it would move the reader's cursor.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _plain(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def say(line: str) -> None:
    """One line for the person at the terminal: standard output is for results."""
    typer.echo(_plain(" ".join(line.split())), err=True)


def show(line: str) -> None:
    """One line of a result."""
    typer.echo(_plain(line))


def print_json(value: Any) -> None:
    """`value` as indented JSON on standard output."""
    # Control characters come escaped from json; those above ASCII do not.
    typer.echo(_plain(json.dumps(value, ensure_ascii=False, indent=2)))


@contextmanager
def progress() -> Iterator[OnProgress]:
    """A bar on a terminal, a line per piece elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda at: say(
            f"{at.done}/{at.total} {at.heading}" + (f" ({at.tokens} tokens)" if at.tokens else "")
        )
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[tokens]} tokens", markup=False),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task("reading", total=None, tokens=0)
        yield lambda at: bar.update(
            task,
            total=at.total,
            completed=at.done,
            description=_plain(at.heading[:24]),
            tokens=at.tokens if at.tokens is not None else "?",
        )


def print_verdict(verdict: Verdict) -> None:
    """A text's sentences with what came of checking each."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200)
    wrong = [sentence for sentence in verdict.sentences if not sentence.supported]
    if not sys.stdout.isatty():
        for sentence in verdict.sentences:
            show(f"{'ok ' if sentence.supported else 'BAD'} {sentence.text}")
            for item in sentence.checks:
                if not item.passed:
                    show(f"    {item.status} {item.kind} {item.text}: {item.reason}")
    else:
        table = Table("", "句子", "核对", show_lines=True)
        for sentence in verdict.sentences:
            notes = "\n".join(
                f"{item.text}: {item.reason or item.status}"
                for item in sentence.checks
                if not item.passed or item.status != "exact"
            )
            mark = Text("✓", "green") if sentence.supported else Text("✗", "bold red")
            table.add_row(mark, Text(_plain(sentence.text)), Text(_plain(notes)))
        console.print(table)
    show(f"{len(verdict.sentences)} sentences, {len(wrong)} not supported")
