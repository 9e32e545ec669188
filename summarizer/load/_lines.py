"""How a paragraph and a table row become a line: the same in every format."""

from __future__ import annotations

from collections.abc import Sequence

# A cell of more characters holds prose: then the table is there for the layout.
_LONGEST_CELL = 150
_MARGIN = " \t\r\n\u3000\u00a0\u200b\ufeff"


def trimmed(line: str) -> str:
    """A line without the indent and the white space at its end."""
    return line.strip(_MARGIN)


def with_number(number: str, text: str) -> str:
    """A paragraph behind its automatic number.

    Where the two would run into one (1. and 2023年), a space stands for the gap on the page.
    """
    gap = " " if number[-1:].isascii() and number[-1:].strip() and text[:1].isascii() else ""
    return number + gap + text


def is_data_row(cells: Sequence[str]) -> bool:
    """Whether the cells of a row stand in one line; if not, each is a line of its own."""
    return len(cells) > 1 and all(len(cell) <= _LONGEST_CELL for cell in cells)


def row(cells: Sequence[str]) -> str:
    """The cells of a table row in one line, separated by tabs."""
    return "\t".join(cell.replace("\t", " ") for cell in cells).strip("\t")
