"""The whole pipeline on recorded answers of the embedded model: properties, not wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import disable_socket, enable_socket

from summarizer import cassette
from summarizer.checker import check_text
from summarizer.errors import CassetteMiss, SummarizerError
from summarizer.folding import fold
from summarizer.items import find_items
from summarizer.pipeline import load_report, summarize
from summarizer.render import load_brief, render_brief, save_brief
from summarizer.types import Brief, Statement

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "tests/reports").glob("*.txt"))


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    disable_socket()
    yield
    enable_socket()


def replayed(name: str) -> Brief:
    with cassette.replay(ROOT / f"cassettes/{name}.yaml") as played:
        memo = summarize(load_report(ROOT / f"tests/reports/{name}.txt"))
        assert played.unplayed == ()
    return memo


@pytest.fixture(scope="module")
def memos() -> dict[str, Brief]:
    disable_socket()
    return {name: replayed(name) for name in NAMES}


def test_there_is_a_cassette_for_every_sample_report() -> None:
    assert sorted(path.stem for path in (ROOT / "cassettes").glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_part_of_the_memo_has_statements(memos: dict[str, Brief], name: str) -> None:
    memo = memos[name]
    assert 6 <= len(memo.achievements) <= 12
    assert memo.shortcomings
    assert memo.plans
    assert memo.coverage.uncovered_parts == ()
    assert memo.failures == ()


@pytest.mark.parametrize("name", NAMES)
def test_at_least_half_of_the_statements_come_from_the_model(
    memos: dict[str, Brief], name: str
) -> None:
    origins = [statement.origin for statement in memos[name].statements()]
    assert 2 * origins.count("model") >= len(origins)


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_is_supported_and_cites_sentences_of_its_own_part(
    memos: dict[str, Brief], name: str
) -> None:
    memo = memos[name]
    for statement in memo.statements():
        assert statement.supported, statement
        assert statement.sources
        for index in statement.sources:
            at = memo.report.sentences[index].start
            parts = [s.part for s in memo.report.sections if s.start <= at < s.end]
            assert parts == [statement.part]


@pytest.mark.parametrize("name", NAMES)
def test_every_digit_of_the_body_stands_in_a_cited_sentence(
    memos: dict[str, Brief], name: str
) -> None:
    """By plain search, without the checker: a second pair of eyes on what it lets through."""
    memo = memos[name]
    for statement in memo.statements():
        source = "".join(fold(memo.report.sentence_text(i)) for i in statement.sources)
        derived = {fold(c.text) for c in statement.checks if c.status in ("derived", "converted")}
        known = source + (memo.report.title or "") + str(memo.report.year)
        for number in re.findall(r"\d+(?:\.\d+)?", fold(statement.text)):
            assert number in known or any(number in text for text in derived), (number, statement)


@pytest.mark.parametrize("name", NAMES)
def test_every_shortcoming_and_plan_is_covered(memos: dict[str, Brief], name: str) -> None:
    memo = memos[name]
    for part, statements in (("shortcomings", memo.shortcomings), ("plans", memo.plans)):
        for item in find_items(memo.report, part):  # type: ignore[arg-type]
            assert any(set(item.sentences) & set(s.sources) for s in statements), item


@pytest.mark.parametrize("name", NAMES)
def test_no_statement_breaks_off_or_says_what_another_says(
    memos: dict[str, Brief], name: str
) -> None:
    texts = [statement.text for statement in memos[name].statements()]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.endswith("。")
        for opening, closing in ("《》", "“”", "（）"):
            assert text.count(opening) == text.count(closing), text


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_a_page_and_a_half(memos: dict[str, Brief], name: str) -> None:
    assert 400 <= sum(len(s.text) for s in memos[name].statements()) <= 1300


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["markdown", "docx", "json", "html"])
def test_two_replays_give_the_same_bytes(memos: dict[str, Brief], name: str, form: str) -> None:
    if name == NAMES[0]:
        assert render_brief(replayed(name), form) == render_brief(memos[name], form)
    assert render_brief(memos[name], form) == render_brief(memos[name], form)


@pytest.mark.parametrize("name", NAMES)
def test_the_checker_supports_the_whole_memo_without_the_citations(
    memos: dict[str, Brief], name: str
) -> None:
    memo = memos[name]
    for statement in memo.statements():
        verdict = check_text(statement.text, memo.report)
        assert verdict.supported, [c for s in verdict.sentences for c in s.checks if not c.passed]


def test_a_memo_saved_as_json_comes_back_as_it_was(memos: dict[str, Brief], tmp_path: Path) -> None:
    memo = memos[NAMES[0]]
    save_brief(memo, tmp_path / "memo.json")
    assert load_brief(tmp_path / "memo.json") == memo


def test_the_cassette_of_another_report_is_a_miss_in_one_line() -> None:
    report = load_report(ROOT / "tests/reports/meilan-2023.txt")
    with (
        pytest.raises(CassetteMiss) as miss,
        cassette.replay(ROOT / "cassettes/changde-2023.yaml"),
    ):
        summarize(report)
    assert "\n" not in str(miss.value)
    assert "--new" in str(miss.value)


@pytest.mark.parametrize("name", NAMES)
def test_the_extractive_memo_is_supported_word_for_word(name: str) -> None:
    memo = summarize(load_report(ROOT / f"tests/reports/{name}.txt"), model="extractive")
    assert memo.shortcomings
    assert memo.plans
    assert all(s.origin == "extractive" and s.supported for s in memo.statements())
    assert not [change for change in memo.changes if change.before and not change.after
                and "篇幅" not in change.reason and "重复" not in change.reason]  # fmt: skip


def test_a_report_without_shortcomings_gets_none() -> None:
    text = (
        "某县2023年法治政府建设工作总结\n一、主要成效\n全年办理案件12件，办结率100%。\n"
        "二、2024年工作计划\n继续加强执法监督，完善制度。\n"
    )
    memo = summarize(load_report(text=text), model="extractive")
    assert memo.shortcomings == ()
    assert memo.coverage.absent_parts == ("shortcomings",)


def test_a_missing_report_is_an_error_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(SummarizerError, match=r"nowhere\.txt"):
        summarize(tmp_path / "nowhere.txt", model="extractive")


def _texts(statements: tuple[Statement, ...]) -> list[str]:
    return [statement.text for statement in statements]


@pytest.mark.parametrize("name", ["liyang-2022", "pingchuan-2024"])
def test_the_script_option_changes_the_characters_and_nothing_else(name: str) -> None:
    report = load_report(ROOT / f"tests/reports/{name}.txt")
    plain = summarize(report, model="extractive")
    traditional = summarize(report, model="extractive", script="hant")
    assert _texts(traditional.plans) != _texts(plain.plans)
    assert [fold(t) for t in _texts(traditional.plans)] == [fold(t) for t in _texts(plain.plans)]
