"""How much of the reports' own arithmetic the audit finds: Markdown tables on standard output.

Against the annotated relations: of those marked exact, how many that hold are confirmed and how
many that do not hold are doubted, each by a finding on the very same figures. Then every doubt
raised on the sample reports, for a person to judge.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from summarizer.arithmetic import audit_report
from summarizer.load import load
from summarizer.segment import segment
from summarizer.types import Finding, Report

HERE = Path(__file__).parent
REPORTS = HERE.parent / "tests" / "reports"


def reports() -> dict[str, Report]:
    """The sample reports by name."""
    return {path.stem: segment(load(path)) for path in sorted(REPORTS.glob("*.txt"))}


def matches(finding: Finding, relation: dict[str, Any]) -> bool:
    """Whether a finding is about the relation: same figures, same outcome."""
    spans = {tuple(span) for span in relation["spans"]}
    return finding.consistent == relation["consistent"] and set(map(tuple, finding.spans)) == spans


def tables() -> None:
    """Print both tables."""
    relations = json.loads((HERE / "data" / "arithmetic.json").read_text(encoding="utf-8"))
    audited = {name: audit_report(report) for name, report in reports().items()}
    print("| report | exact, hold | confirmed | exact, do not hold | doubted | doubts | findings |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, findings in audited.items():
        exact = [r for r in relations if r["file"] == name and r["strength"] == "exact"]
        cells = []
        for holds in (True, False):
            wanted = [r for r in exact if r["consistent"] is holds]
            found = sum(any(matches(f, r) for f in findings) for r in wanted)
            cells += [str(len(wanted)), str(found)] if exact else ["–", "–"]
        doubts = sum(not f.consistent for f in findings)
        print(f"| {name} | {' | '.join(cells)} | {doubts} | {len(findings)} |")
    print("\n| report | stated | recomputed | calculation |\n|---|---|---|---|")
    for name, findings in audited.items():
        for finding in findings:
            if not finding.consistent:
                print(f"| {name} | {finding.stated} | {finding.computed} | {finding.formula} |")


if __name__ == "__main__":
    tables()
