"""The report's own arithmetic: what holds, what does not, and what is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.arithmetic import audit_report
from summarizer.load import load
from summarizer.segment import segment
from summarizer.types import Finding, Report, Section, Sentence

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))


def report_of(text: str) -> Report:
    """A report with sentences and nothing else."""
    return Report(
        text=text,
        name="report.txt",
        profile="rule_of_law",
        sections=(Section(part="other", heading="", level=0, start=0, end=len(text)),),
        sentences=tuple(
            Sentence(start=m.start(), end=m.end())
            for m in re.finditer(r"[^。；;\n]+[。；;]?", text)
        ),
        sha256="0" * 64,
    )


def told(text: str) -> list[str]:
    """The findings on a text: kind, sign, formula."""
    return [
        f"{f.kind} {'ok' if f.consistent else 'no'} {f.formula}"
        for f in audit_report(report_of(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "事项484项(配合372项、收回112项)", ["sum ok 372+112=484"], id="parts in brackets"
        ),
        pytest.param(
            "事项４８４项（配合３７２项、收回１１２项）", ["sum ok 372+112=484"], id="full width"
        ),
        pytest.param(
            "事項484項(配合372項、收回112項)", ["sum ok 372+112=484"], id="traditional characters"
        ),
        pytest.param(
            "共500个（村居400个、行业50个、企业40个）",
            ["sum no 400+50+40=490"],
            id="parts that fall short of a complete list",
        ),
        pytest.param("共500个（其中村居400个、行业50个）", [], id="其中 may be partial"),
        pytest.param(
            "调解2297件(口头465件,书面1832件,司法确认784件)",
            ["sum ok 465+1832=2297"],
            id="a list that goes on with another division",
        ),
        pytest.param(
            "审结105件，其中维持60件、撤销5件、驳回40件", ["sum ok 60+5+40=105"], id="after 其中"
        ),
        pytest.param(
            "案件1000件，其中民事800件，刑事150件，行政60件",
            ["sum no 800+150+60=1010"],
            id="more than the total",
        ),
        pytest.param(
            "学习法律法规34次，其中法律15部，条例14件，办法11件",
            ["sum no 15+14+11=40"],
            id="parts in other units that are named by the total",
        ),
        pytest.param(
            "出动500人次，其中检查企业300家，发现隐患400处", [], id="other things in other units"
        ),
        pytest.param(
            "共2007件(上年2033件)，其中来信396件，来访683批950人次，网上928件",
            ["sum ok 396+683+928=2007"],
            id="a run counts once, a year before is no part",
        ),
        pytest.param(
            "投资10.5亿元，其中一期4.2亿元、二期6.3亿元", ["sum ok 4.2+6.3=10.5"], id="money"
        ),
        pytest.param(
            "征集8件，筛选1件，筛选1件，共形成10件", ["sum ok 8+1+1=10"], id="a total behind"
        ),
        pytest.param(
            "刑事100件120人，民事200件，行政50件，合计360件",
            ["sum no 100+200+50=350"],
            id="合计 that is not the sum",
        ),
        pytest.param("新增7359万，总计达到1.17亿", [], id="总计 of something else"),
        pytest.param(
            "发现2934条，完成整改2867条，67条正在整改",
            ["difference ok 2934-2867=67"],
            id="what remains",
        ),
        pytest.param(
            "发现500处，整改480处，其余30处正在整改",
            ["difference no 500-480=20"],
            id="what does not remain",
        ),
        pytest.param("处理1100余件，其中甲类600件、乙类700件", [], id="余 proves nothing"),
    ],
)
def test_sums_need_structure(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "新收471件，受理411件，受理率为88.4%",
            ["ratio no 411/471=87.26%"],
            id="the name of the rate gives the numerator",
        ),
        pytest.param(
            "新收471件，受理411件，审结403件，结收案比为98.1%",
            ["ratio ok 403/411=98.05%"],
            id="the base that gives the rate",
        ),
        pytest.param(
            "排查1763宗，成功调处1755宗，调处成功率99.5%",
            ["ratio ok 1755/1763=99.55%"],
            id="words in another order",
        ),
        pytest.param(
            "案件159件，判决142件，其中败诉16件，败诉率11.27%",
            ["ratio ok 16/142=11.27%"],
            id="败诉率",
        ),
        pytest.param(
            "审结101件，其中确认违法4件，责令履行2件，直接纠错率为5.9%",
            ["ratio ok (4+2)/101=5.94%"],
            id="several parts over the total",
        ),
        pytest.param(
            "应签19.68万条，已签19.68万条，签章率100%",
            ["ratio ok 19.68/19.68=100.00%"],
            id="written in the scale of the report",
        ),
        pytest.param("受理356件，办结330件，按期办结率100%", [], id="按期 has another base"),
        pytest.param(
            "受理5000件，执结4800件，执结率96%，首次执行案件执结率95%",
            ["ratio ok 4800/5000=96.00%"],
            id="a rate of other cases",
        ),
        pytest.param(
            "办理建议100件、提案80件，办结率、满意率均为100%", [], id="counts side by side"
        ),
        pytest.param("129个乡镇和40个街道组建队伍，覆盖率达100%", [], id="no numerator is named"),
        pytest.param(
            "律师600名，其中公职律师120名，占比20%", ["ratio ok 120/600=20.00%"], id="a share"
        ),
        pytest.param(
            "注册人数1000，未完备人数250，占比75%",
            ["ratio ok (1000-250)/1000=75.00%"],
            id="the share of the rest",
        ),
        pytest.param(
            "收入100亿元，其中税收80亿元，增长6%，占收入比重80%",
            ["ratio ok 80/100=80.00%"],
            id="占 with the whole named",
        ),
        pytest.param("应诉率100%，同比上升3.2个百分点", [], id="a rate alone"),
        pytest.param(
            "受理10万件，办结9.95万件，办结率99.5%，满意率98%",
            ["ratio ok 9.95/10=99.50%"],
            id="satisfaction is no share of cases",
        ),
    ],
)
def test_rates_are_recomputed_from_what_their_names_say(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "受理1200件，同比增长20%（上年1000件）",
            ["growth ok (1200-1000)/1000=20.00%"],
            id="the year before in brackets",
        ),
        pytest.param(
            "受理1200件，较上年1000件增长30%",
            ["growth no (1200-1000)/1000=20.00%"],
            id="the year before before the rate",
        ),
        pytest.param(
            "投入5955亿元，比上年增加1637亿元，增长37.9%",
            ["growth ok (5955-4318)/4318=37.91%"],
            id="the increase",
        ),
        pytest.param(
            "由20个工作日压缩至5个工作日，压缩75%",
            ["growth ok (5-20)/20=-75.00%"],
            id="from and to",
        ),
        pytest.param(
            "收入从3826亿元增长到4398亿元，工业增加值年均增长6.5%", [], id="another subject's rate"
        ),
        pytest.param(
            "共2007件，与去年基本持平（2021年同期2033件）",
            ["growth ok (2007-2033)/2033=-1.28%"],
            id="持平",
        ),
        pytest.param("收到8件，办结8件", ["difference ok 8-8=0"], id="all completed"),
        pytest.param("收到98件，受理77件，审结101件", ["difference no 98-101=-3"], id="too many"),
        pytest.param("收到98件（含上年结转10件），审结101件", [], id="carried over, and said so"),
        pytest.param("新收98件，审结101件", [], id="新收 counts this year's only"),
        pytest.param("收到100件，办结90件", [], id="fewer completed than received is no relation"),
    ],
)
def test_changes_and_flows(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_parts_in_another_sentence_confirm_a_composite_total_and_never_doubt_it() -> None:
    held = "覆盖169个乡镇(街道)。129个乡镇和40个街道均组建队伍。"
    assert told(held) == ["sum ok 129+40=169"]
    assert told(held.replace("169", "170")) == []


def test_the_same_number_of_the_same_thing_is_noted_once() -> None:
    (finding,) = audit_report(report_of("清单221项。\n共有11个乡镇街道。\n纵贯11个乡镇街道。"))
    assert (finding.kind, finding.consistent, len(finding.spans)) == ("difference", True, 2)


def test_a_doubt_names_both_figures_and_a_possible_reason() -> None:
    (finding,) = audit_report(report_of("共收到申请98件，目前审结101件。"))
    assert finding.stated == "101件"
    assert "上年结转" in finding.note
    assert finding.note.endswith("建议核实。")
    (finding,) = audit_report(report_of("收到471件，受理411件，受理率88.4%。"))
    assert "411/471=87.26%，与原文的88.4%不一致，建议核实" in finding.note


def doubts(name: str) -> list[str]:
    path = next(p for p in REPORTS if p.stem == name)
    return [f.formula for f in audit_report(segment(load(path))) if not f.consistent]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("changde-2023", []),
        ("lianyungang-2020", ["411/471=87.26%", "110/126=87.30%"]),
        ("liyang-2022", ["98-101=-3"]),
        ("meilan-2023", ["170/183=92.90%"]),
    ],
)
def test_the_doubts_on_a_sample_report_are_few(name: str, expected: list[str]) -> None:
    assert doubts(name) == expected


def test_a_share_that_no_reading_gives_is_doubted_with_all_readings() -> None:
    listed, share = doubts("pingchuan-2024")
    assert listed == "15+14+11=40"
    assert share.startswith("30444/121146=25.13%; (121146-30444)/121146=74.87%")


def _shape(finding: Finding) -> tuple[object, ...]:
    return finding.kind, finding.formula, finding.spans, finding.consistent


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_full_width_copy_gives_the_same_findings(path: Path) -> None:
    report = segment(load(path))
    wide = report.text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,%():;"})
    copied = report.model_copy(update={"text": wide})
    assert [_shape(f) for f in audit_report(copied)] == [_shape(f) for f in audit_report(report)]


_PIECES = st.sampled_from(
    [
        *"，。、（）：0",
        *(
            "120件",
            "60件",
            "60件",
            "5.2万元",
            "50%",
            "12个",
            "其中",
            "合计",
            "共",
            "其余",
            "占比",
            "率",
        ),
        *(
            "受理",
            "审结",
            "增长",
            "上年",
            "同期",
            "由",
            "增加到",
            "收到",
            "败诉率",
            "纠错率",
            "占",
            "持平",
        ),
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_findings_on_its_own_figures(text: str) -> None:
    for finding in audit_report(report_of(text)):
        assert all(0 <= a < b <= len(text) for a, b in finding.spans)
        assert finding.spans == tuple(sorted(finding.spans))
        assert bool(finding.note) is not finding.consistent
        assert finding.formula
