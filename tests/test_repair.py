"""What code may mend in a statement: its citations, its head, phrases that tell nothing."""

from __future__ import annotations

import pytest

from summarizer.items import find_items
from summarizer.pipeline import load_report
from summarizer.repair import cite_points, drop_phrases, left_out, restore_head, tighten
from summarizer.types import MemoPart, Report, Statement

TEXT = (
    "某县2023年法治政府建设工作报告\n一、主要成效\n受理案件12件。办结率100%。\n"
    "二、存在不足\n力量不足,经费偏少。\n"
    "三、2024年计划\n一是加强执法培训。举办培训班4期,组织考试2次。建设实训基地。\n"
)


@pytest.fixture(scope="module")
def report() -> Report:
    return load_report(text=TEXT)


def statement(part: MemoPart, text: str, *sources: int) -> Statement:
    return Statement(part=part, text=text, sources=sources, origin="model")


def sentence(report: Report, text: str) -> int:
    return next(i for i in range(len(report.sentences)) if text in report.sentence_text(i))


def test_a_sentence_that_carries_nothing_is_no_source(report: Report) -> None:
    one, other = sentence(report, "12件"), sentence(report, "100%")
    kept = tighten(statement("achievements", "受理案件12件。", one, other), report)
    assert kept.sources == (one,)


def test_a_plan_cites_every_sentence_it_says_a_point_of(report: Report) -> None:
    (item,) = find_items(report, "plans")
    said = statement("plans", "加强执法培训，举办培训班4期。", item.sentences[1])
    assert cite_points(said, report, item).sources == item.sentences[:2]


def test_a_plan_that_lost_its_head_gets_it_from_the_source(report: Report) -> None:
    (item,) = find_items(report, "plans")
    headed = restore_head(statement("plans", "建设基地。", item.sentences[2]), report, item)
    assert headed.text == "加强执法培训：建设基地。"
    assert headed.origin == "repaired"
    assert item.sentences[0] in headed.sources


def test_a_plan_that_has_its_head_keeps_its_words(report: Report) -> None:
    (item,) = find_items(report, "plans")
    said = statement("plans", "加强执法培训，建设基地。", *item.sentences)
    assert restore_head(said, report, item) == said


def test_what_a_statement_leaves_out_is_named(report: Report) -> None:
    (item,) = find_items(report, "plans")
    said = statement("plans", "加强执法培训，举办培训班4期。", *item.sentences)
    assert left_out(said, report, item) == ["组织考试2次", "建设实训基地"]


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        # a profession before a plan
        ("plans", "坚持以某思想为指导，加强执法培训。", "加强执法培训。"),
        # merits before a shortcoming
        ("shortcomings", "虽然取得一定成效，但仍存在不足，力量不足。", "力量不足。"),
        # nothing else is left: the statement stays as it was
        ("plans", "坚持以某思想为指导。", "坚持以某思想为指导。"),
        # a comma inside a title parts nothing
        ("plans", "落实《以某思想为指导，加强培训》。", "落实《以某思想为指导，加强培训》。"),
    ],
)
def test_phrases_that_tell_nothing_are_left_out(part: MemoPart, before: str, after: str) -> None:
    assert drop_phrases(statement(part, before, 0)).text == after
