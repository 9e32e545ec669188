"""How fast `check_text` judges a memo of sixty sentences: a Markdown table on standard output.

The memo is made of the annotated claims, right and wrong ones alike, as a wrong one takes the
longest way through the checker. Cold: the report is loaded anew, so that its index is built within
the time measured; warm: the index is there. Processor time, median of five.
"""

from __future__ import annotations

import statistics
import time

from claims import REPORTS, read_claims

from summarizer import check_text, load_report
from summarizer.types import Report

NAMES = ("changde-2023", "meilan-2023", "pingchuan-2024", "liyang-2022", "lianyungang-2020")
SENTENCES, RUNS = 60, 5


def read(*names: str) -> Report:
    """Several of the sample reports as one."""
    texts = [(REPORTS / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    return load_report("\n".join(texts).encode(), name=f"{names[0]}.txt")


def memo(*names: str) -> str:
    """Sixty claims about these reports, taken evenly from all there are."""
    claims = [row["claim"] for row in read_claims() if row["report"] in names]
    return "\n".join(claims[n * len(claims) // SENTENCES] for n in range(SENTENCES))


def seconds(text: str, report: Report) -> float:
    """Processor time of one check."""
    began = time.process_time()
    check_text(text, report)
    return time.process_time() - began


def main() -> None:
    """Print a row for a report of one, two and all five samples."""
    print("| characters of the report | cold, s | warm, s |\n|---:|---:|---:|")
    for names in (NAMES[2:3], NAMES[:2], NAMES):
        text, cold, warm = memo(*names), [], []
        for _ in range(RUNS):
            report = read(*names)
            cold.append(seconds(text, report))
            warm.append(seconds(text, report))
        rows = (f"{statistics.median(times):.3f}" for times in (cold, warm))
        print(f"| {len(report.text):,} | {' | '.join(rows)} |")


if __name__ == "__main__":
    main()
