"""How well and how fast `find_quantities` reads: Markdown tables on standard output.

The annotated reports are scored as they are, and on copies in full width and in the other script
(converted character by character, so that the gold's offsets hold). A row right in value, unit
and kind is a hit; an optional row is scored neither way.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from summarizer.folding import fold, to_script
from summarizer.quantities import find_quantities
from summarizer.types import Quantity

HERE = Path(__file__).parent
REPORTS = HERE.parent / "tests" / "reports"
NAMES = ("changde-2023", "meilan-2023", "pingchuan-2024")
MEASURED = ("count", "percent", "money", "duration")
_WIDE = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "0123456789%,():;"})


class Score(NamedTuple):
    hits: int = 0
    missed: int = 0
    false: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.missed + self.false)


class Result(NamedTuple):
    measured: Score
    dates: Score
    spans_right: int
    spans: int


def full_width(text: str) -> str:
    """Digits and punctuation in full width, as in texts that no scraper has folded."""
    return text.translate(_WIDE)


def other_script(text: str) -> str:
    """Traditional characters for simplified ones and the reverse, offset for offset."""
    target = "hans" if fold(text) != text and to_script(text, "hans") != text else "hant"
    table = {c: to_script(c, target) for c in set(text)}
    return "".join(new if len(new := table[c]) == 1 else c for c in text)


def score(name: str, copy: Callable[[str], str]) -> Result:
    """One report's result, on a copy of its text."""
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    rows = (HERE / "data" / f"{name}.quantities.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(row) for row in rows]
    found = find_quantities(copy(text))
    required = [row for row in gold if not row.get("optional")]
    right = sum(any((q.start, q.end) == (r["start"], r["end"]) for q in found) for r in required)
    return Result(
        _compare(gold, found, MEASURED), _compare(gold, found, ("date",)), right, len(required)
    )


def _compare(gold: list[dict[str, object]], found: list[Quantity], kinds: tuple[str, ...]) -> Score:
    wanted = {_key(r["start"], r["value"], r["unit"], r["kind"]): r for r in gold}
    got = {_key(q.start, q.canonical, q.unit, q.kind): q for q in found if q.kind in kinds}
    required = {k for k, r in wanted.items() if r["kind"] in kinds and not r.get("optional")}
    optional = [(r["start"], r["end"]) for r in gold if r.get("optional")]
    extra = [
        q
        for k, q in got.items()
        if k not in required and not any(a < q.end and q.start < b for a, b in optional)
    ]
    return Score(len(required & got.keys()), len(required - got.keys()), len(extra))


def _key(start: object, value: object, unit: object, kind: object) -> tuple[object, ...]:
    return start, value, fold(str(unit)), kind


def accuracy() -> None:
    """Print the accuracy tables: one row per report and copy."""
    print("| report | copy | precision | recall | F1 | exact span | dates F1 |")
    print("|---|---|---:|---:|---:|---:|---:|")
    copies: dict[str, Callable[[str], str]] = {
        "as it is": str,
        "full width": full_width,
        "other script": other_script,
        "folded": fold,
    }
    for label, copy in copies.items():
        results = [score(name, copy) for name in NAMES]
        for name, result in zip(NAMES, results, strict=True):
            _row(name, label, result)
        measured, dates = Score(), Score()
        for result in results:
            measured, dates = measured.plus(result.measured), dates.plus(result.dates)
        right, spans = sum(r.spans_right for r in results), sum(r.spans for r in results)
        _row("**all**", label, Result(measured, dates, right, spans))


def _row(name: str, label: str, result: Result) -> None:
    measured = result.measured
    print(
        f"| {name} | {label} | {measured.precision:.4f} | {measured.recall:.4f} "
        f"| {measured.f1:.4f} | {result.spans_right / result.spans:.4f} | {result.dates.f1:.4f} |"
    )


def speed() -> None:
    """Print the speed table: median of three, processor time, text measured in UTF-8."""
    reports = "".join((REPORTS / f"{n}.txt").read_text(encoding="utf-8") for n in NAMES)
    texts = {
        "reports, 1 MB": reports * 25,
        "reports, 5 MB": reports * 125,
        "a line of digits, 5 MB": "1" * 5_000_000,
        "a line of 一, 5 MB": "一" * 1_700_000,
        "a line of quotation marks, 1 MB": "“" * 350_000,
    }
    print("\n| text | MB | seconds | MB/s |\n|---|---:|---:|---:|")
    for label, text in texts.items():
        times = []
        for _ in range(3):
            began = time.process_time()
            find_quantities(text)
            times.append(time.process_time() - began)
        size, seconds = len(text.encode()) / 1e6, statistics.median(times)
        print(f"| {label} | {size:.2f} | {seconds:.3f} | {size / seconds:.1f} |")


if __name__ == "__main__":
    accuracy()
    speed()
