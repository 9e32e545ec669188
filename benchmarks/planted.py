"""Plant errors in true sentences of the sample reports, and count how many the checker catches.

``python benchmarks/planted.py`` prints a Markdown table: per kind of error how many were planted,
and how many were caught against the whole report, against the one sentence cited, and with both in
full width; the last row counts the alarms on the unchanged sentences. ``--gate`` fails where a
changed digit or scale goes through, where a rate falls below ``floor.json``, or where an unchanged
sentence is flagged; ``--raise`` writes better rates into it. ``--missed`` prints what went through.

A planted figure is never one that its own report would support in that place: of two figures
exchanged the values differ, and a changed digit changes the value.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from claims import FULL_WIDTH, REPORTS, hold, report_of

from summarizer.checker import check_statement
from summarizer.folding import fold
from summarizer.quantities import find_quantities
from summarizer.types import Quantity, Report

NAMES = tuple(sorted(path.stem for path in REPORTS.glob("*.txt")))
COUNTED = ("count", "percent", "money")
OTHER_UNITS = {
    "件": "人",
    "项": "家",
    "个": "人次",
    "名": "家",
    "家": "名",
    "人次": "件",
    "场": "人",
    "次": "家",
    "条": "家",
    "%": "个百分点",
    "元": "件",
    "宗": "人",
    "份": "人次",
    "小时": "天",
}
OPPOSITES = [
    pair
    for a, b in [
        ("上升", "下降"), ("增长", "下降"), ("降至", "升至"), ("提高", "降低"), ("提速", "下降"),
        ("精简为", "增加到"), ("提升至", "降至"), ("增加到", "减少到"), ("超过", "不足"),
    ]
    for pair in ((a, b), (b, a))
]  # fmt: skip
OTHER_KINDS = {
    "办法": "条例",
    "条例": "办法",
    "规划": "纲要",
    "意见": "规定",
    "方案": "规划",
    "清单": "目录",
    "规定": "细则",
    "决定": "意见",
    "通知": "公告",
}
MUST_BE_CAUGHT = ("digit", "digit, to a sum or difference of others", "scale")


class Planted(NamedTuple):
    kind: str
    text: str
    sentence: int
    what: str


def numeral_of(quantity: Quantity) -> re.Match[str] | None:
    """The Arabic numeral that a figure is printed with."""
    return re.match(r"[0-9]+(?:\.[0-9]+)?", fold(quantity.text))


def replaced(text: str, quantity: Quantity, new: str) -> str:
    return text[: quantity.start] + new + text[quantity.end :]


def digit(text: str, figures: list[Quantity], chance: random.Random) -> Iterator[str]:
    for figure in figures:
        numeral = numeral_of(figure)
        if not numeral:
            continue
        place = chance.choice([i for i, c in enumerate(numeral.group()) if c != "."])
        old = numeral.group()[place]
        new = chance.choice([d for d in "123456789" if d != old])
        changed = numeral.group()[:place] + new + numeral.group()[place + 1 :]
        yield replaced(text, figure, changed + figure.text[numeral.end() :])


def accident(text: str, figures: list[Quantity], chance: random.Random) -> Iterator[str]:
    """A value that others of the sentence add up to, or differ by."""
    for figure in figures:
        numeral = numeral_of(figure)
        others = [f.value for f in figures if f is not figure and f.unit == figure.unit and f.value]
        if not numeral or len(others) < 2 or figure.text != numeral.group() + figure.unit:
            continue
        first, second = chance.sample(others, 2)
        new = chance.choice([first + second, abs(first - second)])
        if new and new not in {f.value for f in figures}:
            yield replaced(text, figure, f"{new.normalize():f}{figure.unit}")


def scale(text: str, figures: list[Quantity], chance: random.Random) -> Iterator[str]:
    for figure in figures:
        folded = fold(figure.text)
        if "万" in folded:
            yield replaced(text, figure, folded.replace("万", "亿"))
        elif "亿" in folded:
            yield replaced(text, figure, folded.replace("亿", "万"))
        elif figure.kind == "count" and (numeral := numeral_of(figure)) and chance.random() < 0.3:
            yield replaced(text, figure, f"{numeral.group()}万{figure.text[numeral.end() :]}")


def unit(text: str, figures: list[Quantity]) -> Iterator[str]:
    for figure in figures:
        other = OTHER_UNITS.get(fold(figure.unit))
        if other and figure.text.endswith(figure.unit):
            yield replaced(text, figure, figure.text[: -len(figure.unit)] + other)


def swap(text: str, figures: list[Quantity]) -> Iterator[str]:
    for first, second in pairwise(figures):
        if (
            first.unit == second.unit
            and first.value != second.value
            and first.approx == second.approx
        ):
            changed = replaced(text, second, first.text)
            yield replaced(changed, first, second.text)


def period(text: str, report: Report) -> Iterator[str]:
    assert report.year is not None
    wrong = report.year - 2
    for found in re.finditer(rf"{report.year}(?=年)", text):
        outside = text.rfind("《", 0, found.start()) <= text.rfind("》", 0, found.start())
        if outside:
            yield text[: found.start()] + str(wrong) + text[found.end() :]
    if not re.search(r"\d{4}年", text):
        yield f"{wrong}年,{text}"


def direction(text: str) -> Iterator[str]:
    folded = fold(text)
    for word, opposite in OPPOSITES:
        for found in re.finditer(rf"(?<!不){word}(?=[至到为]?[0-9])", folded):
            yield text[: found.start()] + opposite + text[found.end() :]


def title(text: str) -> Iterator[str]:
    for found in re.finditer(r"《[^《》]*》", text):
        for word, other in OTHER_KINDS.items():
            if word in found.group():
                changed = found.group().replace(word, other, 1)
                yield text[: found.start()] + changed + text[found.end() :]
                break


def plant(name: str) -> Iterator[Planted]:
    """All errors planted in one report."""
    report = report_of(name)
    chance = random.Random(name)
    for number in range(len(report.sentences)):
        text = report.sentence_text(number)
        named = [(m.start(), m.end()) for m in re.finditer(r"《[^《》]*》|“[^“”]*”", text)]
        figures = [
            q
            for q in find_quantities(text)
            if q.kind in COUNTED
            and q.value not in (None, Decimal(0))
            and not any(a <= q.start < b for a, b in named)
        ]
        makers = {
            "digit": digit(text, figures, chance),
            "digit, to a sum or difference of others": accident(text, figures, chance),
            "scale": scale(text, figures, chance),
            "unit": unit(text, figures),
            "swap": swap(text, figures),
            "period": period(text, report) if figures else iter(()),
            "direction": direction(text),
            "title": title(text),
        }
        for kind, made in makers.items():
            for changed in made:
                yield Planted(kind, changed, number, text)


def passes(text: str, report: Report, sources: list[int] | None) -> bool:
    return all(check.passed for check in check_statement(text, report, sources))


def main() -> int:
    """Measure, print, and compare with the floor where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gate", action="store_true", help="fail below floor.json")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise floor.json")
    parser.add_argument("--missed", action="store_true", help="print what went through")
    arguments = parser.parse_args()
    planted: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    cited: Counter[str] = Counter()
    wide: Counter[str] = Counter()
    unchanged = alarms = 0
    for name in NAMES:
        report, wide_report = report_of(name), report_of(name, full_width=True)
        for item in plant(name):
            planted[item.kind] += 1
            caught = not passes(item.text, report, None)
            whole[item.kind] += caught
            cited[item.kind] += not passes(item.text, report, [item.sentence])
            wide[item.kind] += not passes(item.text.translate(FULL_WIDTH), wide_report, None)
            if arguments.missed and not caught:
                print(f"- {item.kind}, {name}: {item.text}\n  true: {item.what}")
        for number in range(len(report.sentences)):
            text = report.sentence_text(number)
            unchanged += 3
            alarms += (not passes(text, report, None)) + (not passes(text, report, [number]))
            alarms += not passes(text.translate(FULL_WIDTH), wide_report, None)
    print("| planted | n | caught, whole report | caught, cited sentence | caught, full width |")
    print("|---|---:|---:|---:|---:|")
    for kind, count in planted.items():
        rates = (f"{caught[kind] / count:.3f}" for caught in (whole, cited, wide))
        print(f"| {kind} | {count} | {' | '.join(rates)} |")
    print(f"| unchanged sentences flagged | {unchanged} | {alarms} | | |")
    if not (arguments.gate or arguments.lift):
        return 0
    worst = {k: min(whole[k], cited[k], wide[k]) for k in planted}
    measured = {k: int(1000 * worst[k] / n) / 1000 for k, n in planted.items()}
    held = hold(measured, "planted", lift=arguments.lift)
    return 0 if held and not alarms and all(measured[k] == 1 for k in MUST_BE_CAUGHT) else 1


if __name__ == "__main__":
    sys.exit(main())
