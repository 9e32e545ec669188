"""Measure the checker on annotated claims about reports, and hold it to its floor.

``python benchmarks/claims.py`` prints a Markdown table: per kind of error how many wrong claims
were caught, per kind of right claim how many were let pass, on the reports as they are, on
full-width copies of the reports and on full-width copies of the claims. ``--gate`` fails where a
rate is below ``floor.json``; ``--raise`` writes the better rates into it, and never a lower one.
``--wrong`` prints every claim that was misjudged.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from summarizer import check_text, load_report
from summarizer.types import Report

HERE = Path(__file__).parent
REPORTS = HERE.parent / "tests" / "reports"
FLOOR = HERE / "floor.json"
FILES = (HERE / "data" / "claims.jsonl", HERE / "data" / "own_claims.jsonl")
FULL_WIDTH = str.maketrans(
    {
        **{chr(c): chr(c + 0xFEE0) for c in b"0123456789"},
        **dict(zip(",:;%()?!", "，：；％（）？！", strict=True)),
    }
)
FORMS = ("as they are", "full-width report", "full-width claim")


@dataclass(frozen=True)
class Misjudged:
    claim: str
    report: str
    form: str
    reasons: tuple[str, ...]


@cache
def report_of(name: str, *, full_width: bool = False) -> Report:
    """One of the sample reports, or of the two made up for the claims, or its full-width copy."""
    home = HERE / "data" if name.startswith("invented") else REPORTS
    text = (home / f"{name}.txt").read_text(encoding="utf-8")
    if full_width:
        text = text.translate(FULL_WIDTH)
    return load_report(text.encode(), name=f"{name}.txt")


def read_claims() -> list[dict[str, Any]]:
    """All rows of the claims files."""
    return [
        json.loads(line)
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]


def measure(form: str) -> tuple[Counter[str], Counter[str], list[Misjudged]]:
    """Judge every claim in one form: how many per kind, how many rightly, which wrongly."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = []
    for row in read_claims():
        report = report_of(row["report"], full_width=form == "full-width report")
        claim = row["claim"].translate(FULL_WIDTH) if form == "full-width claim" else row["claim"]
        verdict = check_text(claim, report)
        bad = row["label"] == "bad"
        group = "wrong claims caught" if bad else "right claims passed"
        kinds = (group, f"{'wrong' if bad else 'right'}: {row['error' if bad else 'kind']}")
        total.update(kinds)
        if verdict.supported != bad:
            right.update(kinds)
            continue
        failed = [c for s in verdict.sentences for c in s.checks if not c.passed]
        reasons = tuple(f"{c.kind} {c.status} {c.text}: {c.reason}" for c in failed)
        wrong.append(Misjudged(claim, row["report"], form, reasons))
    return total, right, wrong


def table(results: dict[str, tuple[Counter[str], Counter[str]]]) -> str:
    """The rates as a Markdown table."""
    lines = [f"| | n | {' | '.join(results)} |", f"|---|---:|{'---:|' * len(results)}"]
    first = next(iter(results.values()))[0]
    for kind in sorted(first, key=lambda k: (":" in k, k)):
        rates = [f"{right[kind] / total[kind]:.3f}" for total, right in results.values()]
        lines.append(f"| {kind} | {first[kind]} | {' | '.join(rates)} |")
    return "\n".join(lines)


def rates(results: dict[str, tuple[Counter[str], Counter[str]]]) -> dict[str, float]:
    """The worst rate of every kind over all forms, rounded down."""
    kinds = next(iter(results.values()))[0]
    return {
        kind: min(
            math.floor(1000 * right[kind] / total[kind]) / 1000 for total, right in results.values()
        )
        for kind in sorted(kinds)
    }


def hold(measured: dict[str, float], section: str, *, lift: bool) -> bool:
    """Compare the rates with their floor, or lift the floor; True where none is below it."""
    floors = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    floor = floors.get(section, {})
    below = {k: v for k, v in measured.items() if v < floor.get(k, 0.0)}
    for kind, rate in below.items():
        print(f"below the floor: {kind} {rate:.3f} < {floor[kind]:.3f}", file=sys.stderr)
    if lift:
        floors[section] = {k: max(v, floor.get(k, 0.0)) for k, v in measured.items()}
        FLOOR.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return not below


def main() -> int:
    """Measure, print, and compare with the floor where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gate", action="store_true", help="fail below floor.json")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise floor.json")
    parser.add_argument("--wrong", action="store_true", help="print the misjudged claims")
    arguments = parser.parse_args()
    results = {}
    for form in FORMS:
        total, right, wrong = measure(form)
        results[form] = (total, right)
        for item in wrong if arguments.wrong else ():
            print(f"- {item.report}, {form}: {item.claim} {'; '.join(item.reasons) or 'passed'}")
    print(table(results))
    held = True
    if arguments.gate or arguments.lift:
        held = hold(rates(results), "claims", lift=arguments.lift)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
