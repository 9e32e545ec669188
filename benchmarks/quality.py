"""How good the memos are, measured: a Markdown table, a row per report and way of making it.

The ways: the embedded model on pieces (recorded), `extractive`, and the embedded model on one
prompt for each whole part (recorded too, in ``benchmarks/cassettes``).

Covered: a statement cites the annotated item's sentence and carries at least half of the head
words (pairs of characters) of its phrase. Copied: an achievement that is quoted, or a substring of
its source after folding, punctuation aside. Length: characters of the achievements against those of
the sentences they cite. Seconds are those of the replay.
"""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path

from summarizer.cassette import replay
from summarizer.folding import fold
from summarizer.pipeline import load_report, summarize
from summarizer.types import Brief, Statement

ROOT = Path(__file__).parent.parent
REPORTS = sorted(path.stem for path in (ROOT / "tests/reports").glob("*.txt"))
OVERLONG = 130


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(bare(text))}


def covered(memo: Brief, part: str, row: dict[str, object]) -> bool:
    start, end, phrase = int(str(row["start"])), int(str(row["end"])), str(row["phrase"])
    wanted = pairs(phrase)
    for statement in getattr(memo, part):
        cites = any(
            memo.report.sentences[i].start < end and start < memo.report.sentences[i].end
            for i in statement.sources
        )
        if cites and len(wanted & pairs(statement.text)) >= 0.5 * len(wanted):
            return True
    return False


def share(memo: Brief, points: dict[str, list[dict[str, object]]], level: str) -> str:
    rows = [(part, row) for part, found in points.items() for row in found if row["level"] == level]
    hits = sum(covered(memo, part, row) for part, row in rows)
    return f"{hits}/{len(rows)}" if rows else "-"


def verbatim(memo: Brief, statement: Statement) -> bool:
    source = "".join(bare(memo.report.sentence_text(i)) for i in statement.sources)
    return bare(statement.text) in source


def cut_off(text: str) -> bool:
    unbalanced = any(text.count(a) != text.count(b) for a, b in ("《》", "“”", "（）"))
    return unbalanced or not text.endswith("。")


def row_of(name: str, label: str, memo: Brief, seconds: float) -> list[str]:
    gold = json.loads((ROOT / "benchmarks/data/points.json").read_text(encoding="utf-8"))
    points = gold.get(name, {})
    statements = memo.statements()
    achievements = memo.achievements
    cited = {i for s in achievements for i in s.sources}
    cited_chars = sum(len(memo.report.sentence_text(i)) for i in cited)
    own = sum(len(s.text) for s in achievements)
    copied = sum(verbatim(memo, s) or s.origin in ("quoted", "extractive") for s in achievements)
    tokens = [(u.prompt_tokens or 0) + (u.completion_tokens or 0) for u in memo.usage]
    origins = [s.origin for s in statements]
    texts = [s.text for s in statements]
    return [
        name,
        label,
        share(memo, points, "main"),
        share(memo, points, "sub"),
        f"{len(memo.achievements)}+{len(memo.shortcomings)}+{len(memo.plans)}",
        str(sum(map(len, texts))),
        f"{memo.coverage.figures_used}/{memo.coverage.figures}",
        f"{copied}/{len(achievements)}",
        f"{own / cited_chars:.0%}" if cited_chars else "-",
        str(origins.count("model")),
        str(origins.count("repaired")),
        str(origins.count("quoted")),
        str(len(texts) - len(set(texts))),
        str(sum(len(t) > OVERLONG for t in texts)),
        str(sum(map(cut_off, texts))),
        str(sum(tokens)),
        f"{seconds:.1f}",
    ]


HEAD = [
    "report",
    "model",
    "main",
    "sub",
    "items",
    "chars",
    "figures",
    "copied",
    "length",
    "by-model",
    "repaired",
    "quoted",
    "repeated",
    "over-long",
    "cut",
    "tokens",
    "seconds",
]


def main() -> None:
    print("| " + " | ".join(HEAD) + " |")
    print("|" + " --- |" * len(HEAD))
    for name in REPORTS:
        report = load_report(ROOT / f"tests/reports/{name}.txt")
        for label, tape in (
            ("embedded", ROOT / f"cassettes/{name}.yaml"),
            ("embedded, one prompt", ROOT / f"benchmarks/cassettes/{name}-one-prompt.yaml"),
        ):
            began = time.perf_counter()
            with replay(tape):
                memo = summarize(report)
            print_row(row_of(name, label, memo, time.perf_counter() - began))
        began = time.perf_counter()
        memo = summarize(report, model="extractive")
        print_row(row_of(name, "extractive", memo, time.perf_counter() - began))


def print_row(cells: list[str]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
