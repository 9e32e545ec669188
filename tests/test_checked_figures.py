"""Figures that a writer converts, rounds or works out: which hold, and which do not."""

import pytest

from summarizer import load_report
from summarizer.checker import check_text
from summarizer.types import Check, Report

TEXT = """江南市2023年法治政府建设情况报告

一、主要成效
2023年,全市新收行政复议案件471件,同比增长7.3%,受理411件,审结403件。
市级财政收入从2018年的3826.5亿元增长到2023年的4398.6亿元,议事协调机构由138个精简为25个。
全年法律援助投入130万元,比上年增加90万元。人均经费15781元,乡镇人均经费4761元。
行政处罚案件增长7.9%,行政许可增长5.6%。
全市96%以上的矛盾纠纷在社区化解。复核耕地3195万亩,储备粮食760亿斤,每斤补贴提高0.11元。
法律顾问每月补助110元。上线审批事项43个、全省最多,数据共享率98.96%、全省第二。
案件数连续五年下降。建成市县乡村四级在线平台,贯通4个化工园区。
参保人数增加7359万,总计达到1.17亿。工伤参保人数增加2028万。
全年收取信息处理费0元。
"""
TABLE = (
    "信息内容\t本年收费金额(单位:万元)\n行政事业性收费\t7730.28\n行政处罚\t4119\n行政强制\t195\n"
)
FULL_WIDTH = str.maketrans(
    {
        **{chr(c): chr(c + 0xFEE0) for c in b"0123456789"},
        **dict(zip(",:;%()", "，：；％（）", strict=True)),
    }
)


def read(text: str, name: str = "report.txt") -> Report:
    return load_report(text.encode(), name=name)


REPORT = read(TEXT)
WIDE = read(TEXT.translate(FULL_WIDTH))


def failed(text: str, report: Report) -> list[Check]:
    return [c for s in check_text(text, report).sentences for c in s.checks if not c.passed]


# Each right claim with a twin that differs in one thing and is wrong.
TWINS = [
    # the difference, growth and ratio of two ends 从…到…, which the text does not repeat
    ("市级财政收入增加572.1亿元。", "市级财政收入增加527.1亿元。"),
    ("2023年市级财政收入比2018年增长约15%。", "2023年市级财政收入比2018年增长约25%。"),
    ("市级财政收入是2018年的1.15倍。", "市级财政收入是2018年的1.51倍。"),
    ("议事协调机构精简了113个。", "议事协调机构精简了103个。"),
    # a second derived figure goes back to the two ends, not to the first one
    ("市级财政收入增加572.1亿元，增幅约15%。", "市级财政收入增加572.1亿元，增幅约51%。"),
    # from a level and its change: the base, the rate, the ratio
    ("2022年法律援助投入为40万元。", "2022年法律援助投入为50万元。"),
    ("法律援助投入130万元，增长225%。", "法律援助投入130万元，增长252%。"),
    ("法律援助投入130万元，是上年的3.25倍。", "法律援助投入130万元，是上年的2.25倍。"),
    # two things set against each other, by their names, in this order
    ("受理的行政复议案件比审结的多8件。", "审结的行政复议案件比受理的多8件。"),
    ("人均经费约为乡镇人均经费的3.3倍。", "乡镇人均经费约为人均经费的3.3倍。"),
    (
        "行政处罚案件增速比行政许可增速高2.3个百分点。",
        "行政处罚案件增速比行政许可增速低2.3个百分点。",
    ),
    # so much a month is so much a year, where the text says that it reckons so
    (
        "法律顾问每月补助110元，相当于一年1320元。",
        "法律顾问每月补助110元，相当于一年1230元。",
    ),
    # a total and a rest are held to the figures before them, whatever else has their number
    ("受理411件、审结403件，尚有8件。", "受理411件、审结403件，尚有471件。"),
    # units of one scale
    ("储备粮食3800万吨。", "储备粮食760万吨。"),
    ("复核耕地213万公顷。", "复核耕地213公顷。"),
    ("每斤补贴提高11分。", "每斤补贴提高13分。"),
    # a bound follows from a stronger one that is less round, and never the other way
    ("超过95%的矛盾纠纷在社区化解。", "超过97%的矛盾纠纷在社区化解。"),
    ("九成以上的矛盾纠纷在社区化解。", "95%以上的矛盾纠纷在社区化解。"),
    # 最多, 首位 and 第一 are one rank; each clause has its own
    ("上线审批事项43个，居全省首位。", "数据共享率98.96%，居全省首位。"),
    ("数据共享率98.96%，列全省第二位。", "上线审批事项43个，列全省第二位。"),
    # 连续第五年 is five years on end
    ("案件数连续第五年下降。", "案件数连续第四年下降。"),
    # 四级 says what kind of platform it is
    ("四级在线平台贯通4个化工园区。", "三级在线平台贯通4个化工园区。"),
    # a level is not the gain, nor another's gain
    ("参保人数总计达到11700万。", "参保人数总计达到7359万。"),
    # nothing collected is not collected
    ("全年未收取信息处理费。", "全年收取信息处理费10元。"),
]


@pytest.mark.parametrize(("right", "wrong"), TWINS)
def test_a_figure_worked_out_rightly_passes_and_its_twin_does_not(right: str, wrong: str) -> None:
    for report in (REPORT, WIDE):
        assert failed(right, report) == []
        assert failed(wrong, report) != []
    assert failed(right.translate(FULL_WIDTH), REPORT) == []
    assert failed(wrong.translate(FULL_WIDTH), REPORT) != []


@pytest.mark.parametrize(
    "claim",
    ["行政事业性收费7730.28万元。", "行政事业性收费约0.77亿元。", "行政处罚和行政强制合计4314件。"],
)
def test_a_cell_has_the_unit_of_its_column(claim: str) -> None:
    # The second table has no unit in its header: its cells count.
    table = read(TEXT + TABLE.replace("行政处罚", "\n信息内容\t数量\n行政处罚"))
    assert failed(claim, table) == []


@pytest.mark.parametrize("claim", ["行政事业性收费7730.28元。", "行政事业性收费约7.7亿元。"])
def test_a_cell_of_another_unit_is_no_support(claim: str) -> None:
    assert failed(claim, read(TEXT + TABLE))


def test_a_calculation_reads_with_its_scale_and_unit() -> None:
    (check,) = [
        c for s in check_text("市级财政收入增加572.1亿元。", REPORT).sentences for c in s.checks
    ]
    assert check.reason == "据原文推算：4398.6亿元-3826.5亿元=572.1亿元"
    assert check.evidence is not None
    assert REPORT.text[slice(*check.evidence)].startswith("3826.5亿元")
    assert REPORT.text[slice(*check.evidence)].endswith("4398.6亿元")


def test_last_year_is_the_year_reported_on_where_a_work_report_is_given_in_the_next() -> None:
    text = (
        "政府工作报告\n——2026年1月26日在江南市第十四届人民代表大会上\n各位代表：\n"
        "一、2025年工作回顾\n2025年全市生产总值增长5.6%，固定资产投资增长6.1%。\n"
        "二、2026年工作安排\n2026年固定资产投资增长5.5%。\n"
    )
    report = read(text)
    assert failed("去年全市生产总值增长5.6%。", report) == []
    assert failed("2024年全市生产总值增长5.6%。", report)
