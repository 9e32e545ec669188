"""Ruled tables on a PDF page: which glyph stands in which cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import NamedTuple

from summarizer.load._glyphs import Glyph, Rule

_NEAR = 3.0
_MOST_RULES = 800


class Table(NamedTuple):
    """A frame of rules that touch each other.

    The horizontal ones are ordered upwards, the vertical ones from the left.
    """

    horizontal: list[Rule]
    vertical: list[Rule]
    left: float
    right: float
    bottom: float
    top: float

    def holds(self, glyph: Glyph) -> bool:
        """Whether a glyph stands within the frame."""
        x, y = _middle(glyph)
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def rows(self, glyphs: list[Glyph]) -> list[list[list[Glyph]]]:
        """The cells of each row, from the top and from the left, each with its glyphs in order.

        A cell over several rows belongs to the row of its top edge.
        """
        cells: dict[tuple[float, float], list[Glyph]] = {}
        for glyph in glyphs:
            cells.setdefault(self._cell(glyph), []).append(glyph)
        places = sorted(cells, key=lambda place: (-place[0], place[1]))
        return [
            [cells[place] for place in row]
            for _, row in groupby(places, key=lambda place: place[0])
        ]

    def _cell(self, glyph: Glyph) -> tuple[float, float]:
        """The height of the rule above a glyph and the place of the rule to its left."""
        x, y = _middle(glyph)
        nearest_above = bisect_left(self.horizontal, y, key=lambda rule: rule.top)
        above = next(
            (rule for rule in self.horizontal[nearest_above:] if _covers(rule.left, rule.right, x)),
            self.horizontal[-1],
        )
        to_the_right = bisect_right(self.vertical, x, key=lambda rule: rule.left)
        beside = next(
            (
                rule
                for rule in reversed(self.vertical[:to_the_right])
                if _covers(rule.bottom, rule.top, y)
            ),
            self.vertical[0],
        )
        return above.top, beside.left


def find_tables(rules: list[Rule]) -> list[Table]:
    """The tables that a page's rules make up. A lone line or frame is none."""
    horizontal = _aligned([rule for rule in rules if rule.is_horizontal])
    vertical = [rule for rule in rules if not rule.is_horizontal]
    if len(horizontal) > _MOST_RULES or len(vertical) > _MOST_RULES:
        return []
    tables: list[Table] = []
    loose = set(range(len(vertical)))
    waiting = set(range(len(horizontal)))
    while waiting:
        across, up = {waiting.pop()}, set[int]()
        fresh_across = set(across)
        while fresh_across:
            fresh_up = {
                j for j in loose if any(_touch(horizontal[i], vertical[j]) for i in fresh_across)
            }
            loose -= fresh_up
            up |= fresh_up
            fresh_across = {
                i for i in waiting if any(_touch(horizontal[i], vertical[j]) for j in fresh_up)
            }
            waiting -= fresh_across
            across |= fresh_across
        table = _table([horizontal[i] for i in across], [vertical[j] for j in up])
        if table is not None:
            tables.append(table)
    return tables


def _table(horizontal: list[Rule], vertical: list[Rule]) -> Table | None:
    heights = {round(rule.top / _NEAR) for rule in horizontal}
    places = {round(rule.left / _NEAR) for rule in vertical}
    if len(heights) < 2 or len(places) < 2 or len(heights) + len(places) < 5:
        return None
    return Table(
        sorted(horizontal, key=lambda rule: rule.top),
        sorted(vertical, key=lambda rule: rule.left),
        min(rule.left for rule in vertical) - 1,
        max(rule.right for rule in vertical) + 1,
        min(rule.bottom for rule in horizontal) - 1,
        max(rule.top for rule in horizontal) + 1,
    )


def _aligned(rules: list[Rule]) -> list[Rule]:
    """Horizontal rules, those at nearly one height moved to the same height."""
    moved: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: -rule.top):
        level = moved[-1].top if moved and moved[-1].top - rule.top < _NEAR else rule.top
        moved.append(rule._replace(top=level))
    return moved


def _touch(horizontal: Rule, vertical: Rule) -> bool:
    return _covers(horizontal.left, horizontal.right, vertical.left, _NEAR) and _covers(
        vertical.bottom, vertical.top, horizontal.top, _NEAR
    )


def _covers(low: float, high: float, at: float, slack: float = 1.0) -> bool:
    return low - slack <= at <= high + slack


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
