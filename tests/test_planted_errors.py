"""The checker on the five sample reports: planted errors are caught, true sentences are not."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
NAMES = sorted(path.stem for path in (Path(__file__).parent / "reports").glob("*.txt"))


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("planted")


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("claims")


@pytest.mark.parametrize("name", NAMES)
def test_no_changed_digit_or_scale_goes_through(name: str, planted: Any) -> None:
    report = planted.report_of(name)
    errors = [e for e in planted.plant(name) if e.kind in planted.MUST_BE_CAUGHT]
    assert len(errors) > 50
    through = [e.text for e in errors if planted.passes(e.text, report, [e.sentence])]
    assert through == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("full_width", [False, True], ids=["as it is", "full width"])
def test_the_report_s_own_sentences_are_supported(
    name: str, full_width: bool, planted: Any
) -> None:
    report = planted.report_of(name, full_width=full_width)
    for number in range(len(report.sentences)):
        text = report.sentence_text(number)
        assert planted.passes(text, report, None), text
        assert planted.passes(text, report, [number]), text


# Sums over sets of words in another order differ in their last digit, and a margin turns on it.
VERDICTS = """
import json, sys
from pathlib import Path
from summarizer import check_text, load_report
reports, claims = map(Path, sys.argv[1:])
rows = [json.loads(line) for line in claims.read_text(encoding="utf-8").splitlines()]
report = load_report(reports / "meilan-2023.txt")
for row in rows:
    if row["report"] == "meilan-2023":
        print(check_text(row["claim"], report).model_dump_json())
"""


def test_no_verdict_hangs_on_the_hash_seed() -> None:
    files = [str(Path(__file__).parent / "reports"), str(BENCHMARKS / "data" / "claims.jsonl")]
    printed = [
        subprocess.run(
            [sys.executable, "-c", VERDICTS, *files],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") > 100


def test_the_claims_stay_above_their_floor(claims: Any) -> None:
    results = {"as they are": claims.measure("as they are")[:2]}
    assert claims.hold(claims.rates(results), "claims", lift=False)
