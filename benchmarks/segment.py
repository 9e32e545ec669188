"""How well reports come apart: parts, titles, regions and years against annotation, and speed.

    python benchmarks/segment.py [REPORT.txt ...]

Prints Markdown. The annotated reports are those of `data/parts.json`; each is measured as it is
and with its punctuation and digits in full width. Further files are only timed.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from pathlib import Path

from summarizer.segment import segment
from summarizer.types import MEMO_PARTS, Report, Source

_HERE = Path(__file__).parent
_REPORTS = _HERE.parent / "tests" / "reports"
_FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F) if not chr(i).isalpha()}


def read(text: str, name: str) -> Report:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return segment(Source(text=text, name=name, sha256=digest))


def overlap(report: Report, part: str, spans: list[list[int]]) -> tuple[int, int, float]:
    """Characters of the part, those found in it, and intersection over union."""
    text = report.text
    gold = {i for start, end in spans for i in range(start, end) if not text[i].isspace()}
    found = {
        i
        for section in report.sections
        if section.part == part
        for i in range(section.start, section.end)
        if not text[i].isspace()
    }
    union = len(gold | found)
    return len(gold), len(gold & found), len(gold & found) / union if union else 1.0


def measure() -> None:
    gold = json.loads((_HERE / "data" / "parts.json").read_text("utf-8"))
    print("| report | achievements | shortcomings | plans | right characters | metadata |")
    print("|---|---|---|---|---|---|")
    for name, truth in gold.items():
        original = (_REPORTS / f"{name}.txt").read_text("utf-8")
        for label, text in (("", original), (" full width", original.translate(_FULL_WIDTH))):
            report = read(text, name)
            rows = [overlap(report, part, truth.get(part, [])) for part in MEMO_PARTS]
            right = sum(row[1] for row in rows) / sum(row[0] for row in rows)
            said = {
                "region": report.region == truth["region"],
                "year": str(report.year) == truth["year"],
                "issuer": report.issuer == truth["issuer"],
                "issued_on": str(report.issued_on) == truth["issued_on"],
                "title": bool(label) or report.title == truth["title"],
            }
            wrong = ", ".join(key for key, good in said.items() if not good) or "right"
            cells = " | ".join(f"{row[2]:.3f}" for row in rows)
            print(f"| {name}{label} | {cells} | {right:.4f} | {wrong} |")


def time_it(paths: list[Path]) -> None:
    print("\n| text | characters | ms of one core, median of 9 |")
    print("|---|---|---|")
    texts = [(path.stem, path.read_text("utf-8")) for path in paths]
    long = texts[0][1].replace("\n", "")
    texts.append(("5 MB, one line", long * (5_000_000 // (3 * len(long)))))
    varied = "\n".join(f"({i}){line}" for i, line in enumerate(texts[0][1].split("\n") * 700))
    texts.append(("5 MB, many lines", varied[:1_700_000]))
    for name, text in texts:
        runs = []
        for _ in range(9 if len(text) < 100_000 else 1):
            began = time.process_time()
            read(text, name)
            runs.append((time.process_time() - began) * 1000)
        print(f"| {name} | {len(text)} | {statistics.median(runs):.1f} |")


if __name__ == "__main__":
    measure()
    time_it(sorted(_REPORTS.glob("*.txt")) + [Path(arg) for arg in sys.argv[1:]])
