"""The items of a part: what a memo must cover, and what only leads to it."""

from __future__ import annotations

import pytest

from summarizer.items import find_items, is_concession, is_creed, points_of
from summarizer.pipeline import load_report
from summarizer.types import MemoPart, Report

TEXT = (
    "某市2023年法治政府建设年度报告\n"
    "一、主要成效\n(一)执法。全年办理案件12件。办结率100%。\n(二)普法。开展活动30场。\n"
    "二、存在问题\n2023年以来,我市虽然取得一定成效,但仍存在一些不足:一是力量不足,经费偏少。"
    "二是机制不健全。三是宣传不够。\n"
    "三、下一步打算\n坚持以习近平法治思想为指导,全面落实决策部署。\n"
    "(一)健全机制\n完善制度,强化考核。\n(二)加强宣传。开展宣传月活动;建设普法阵地。\n"
)


@pytest.fixture(scope="module")
def report() -> Report:
    return load_report(text=TEXT)


def texts(report: Report, part: MemoPart) -> list[str]:
    return [
        "".join(report.sentence_text(index) for index in item.sentences)
        for item in find_items(report, part)
    ]


def test_an_achievements_item_is_a_subsection_without_its_heading(report: Report) -> None:
    assert texts(report, "achievements") == ["全年办理案件12件。办结率100%。", "开展活动30场。"]


def test_a_running_list_of_shortcomings_has_an_item_for_each_entry(report: Report) -> None:
    assert len(texts(report, "shortcomings")) == 3
    assert texts(report, "shortcomings")[1] == "二是机制不健全。"


def test_a_plans_heading_belongs_to_its_item_and_a_profession_to_none(report: Report) -> None:
    assert texts(report, "plans") == [
        "(一)健全机制完善制度,强化考核。",
        "(二)加强宣传。开展宣传月活动;建设普法阵地。",
    ]


def test_the_points_of_an_item_are_its_clauses_without_what_leads_to_them(report: Report) -> None:
    assert points_of(report, find_items(report, "shortcomings")[0]) == ["力量不足", "经费偏少"]
    assert points_of(report, find_items(report, "plans")[0]) == ["健全机制", "完善制度", "强化考核"]


@pytest.mark.parametrize(
    ("clause", "concedes"),
    [
        # merits before the shortcomings
        ("虽然取得了明显成效", True),
        ("法治政府建设工作取得了一定成绩", True),
        # the announcement of the list
        ("但仍存在一些不足", True),
        ("与群众期待相比还有差距", True),
        # a shortcoming that compares is one
        ("行政复议办案人员与办案要求不匹配问题凸显", False),
        ("与经济社会发展要求还有一定的差距", False),
        ("基层力量不足", False),
    ],
)
def test_a_concession_is_told_from_a_shortcoming(clause: str, concedes: bool) -> None:
    assert is_concession(clause) is concedes


@pytest.mark.parametrize(
    ("clause", "professes"),
    [
        ("坚持以习近平新时代中国特色社会主义思想为指导", True),
        ("按照市委全会部署要求", True),
        # in traditional characters too
        ("全面貫徹落實決策部署", True),
        ("加快建设法治政府", False),
        ("落实《法治政府建设与责任落实督察工作规定》", False),
    ],
)
def test_a_profession_is_told_from_a_plan(clause: str, professes: bool) -> None:
    assert is_creed(clause) is professes


def test_a_long_section_without_entries_has_an_item_for_each_paragraph() -> None:
    paragraphs = [
        "".join(f"办理{kind}类案件{n}件,办结率达到{n}%,群众满意度持续提升。" for n in range(10, 25))
        for kind in "甲乙丙"
    ]
    text = "某市2023年政府工作报告\n一、2023年工作回顾\n" + "\n".join(paragraphs)
    items = find_items(load_report(text=text), "achievements")
    assert [len(item.sentences) for item in items] == [15, 15, 15]
