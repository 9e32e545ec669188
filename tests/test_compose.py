"""What of the statements makes the memo: a page and a half, nothing lost in silence."""

from __future__ import annotations

from summarizer.compose import compose
from summarizer.pipeline import load_report
from summarizer.types import Brief, MemoPart, Report, Statement

PLANS = "".join(
    f"({n})第{n}方面。{'推进工作落实,' * 12}完成第{n}项任务。\n" for n in "一二三四五六七八九"
)
CASES = "".join(
    f"(一)事项{name}。办理{name}类案件{n}件。\n"
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯", start=11)
)
TEXT = (
    f"某县2023年法治政府建设工作报告\n一、主要成效\n{CASES}"
    f"二、存在不足\n力量不足。\n三、2024年计划\n{PLANS}"
)


def report() -> Report:
    return load_report(text=TEXT)


def statements(read: Report, part: MemoPart) -> list[Statement]:
    return [
        Statement(
            part=part,
            topic=f"主题{index}",
            text=read.sentence_text(index),
            sources=(index,),
            origin="model",
        )
        for section in read.sections
        if section.part == part and section.level == 2
        for index, sentence in enumerate(read.sentences)
        if section.start <= sentence.start < section.end and len(read.sentence_text(index)) > 8
    ]


def made(read: Report, given: list[Statement], copied: bool = False) -> Brief:
    return compose(
        read, given, script="hans", profile="rule_of_law", profile_digest="0", model="m",
        weigh=lambda s: float(len(s.text)), is_copied=lambda _: copied,
    )  # fmt: skip


def test_achievements_beyond_the_room_are_on_record() -> None:
    read = report()
    given = statements(read, "achievements")
    memo = made(read, given)
    assert len(memo.achievements) == 12
    assert len(memo.achievements) + len(memo.changes) == len(given)


def test_copies_beyond_half_of_the_achievements_give_way() -> None:
    read = report()
    memo = made(read, statements(read, "achievements"), copied=True)
    assert len(memo.achievements) == 6


def test_plans_beyond_the_room_are_on_record_and_the_rest_keep_their_order() -> None:
    read = report()
    given = statements(read, "plans")
    memo = made(read, given)
    assert 0 < len(memo.plans) < len(given)
    assert sum(len(s.text) for s in memo.plans) <= 600
    assert list(memo.plans) == sorted(memo.plans, key=lambda s: s.sources)
    assert len(memo.plans) + len(memo.changes) == len(given)


def test_a_statement_said_twice_is_said_once() -> None:
    read = report()
    one = statements(read, "achievements")[0]
    memo = made(read, [one, one.model_copy(update={"text": "共" + one.text})])
    assert len(memo.achievements) == 1
    assert "重复" in memo.changes[0].reason


def test_what_the_report_has_and_the_memo_has_not_is_told() -> None:
    read = report()
    memo = made(read, statements(read, "achievements")[:1])
    assert memo.coverage.uncovered_parts == ("shortcomings", "plans")
    assert memo.coverage.unused_figures
    assert memo.coverage.unused_paragraphs
