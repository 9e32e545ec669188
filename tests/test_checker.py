"""The checker: what a source supports, what it does not, and where it says so."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.checker import check_statement, check_text, find_home
from summarizer.segment import split_sentences
from summarizer.types import Check, Report, Section

DONE = """一、主要成效
2023年,全市新收行政复议案件471件,受理411件,审结403件,同比增长7.3%。
办理人大代表建议186件、政协提案317件,办复率100%。
全市交通事故起数、亡人数、直接经济损失分别同比下降8.37%、12.94%、22.44%。
组织33家市直部门开展宪法宣誓,全市55家律师事务所近600名律师与350家企业建立对口服务机制。
审查政府合同125件,涉及金额17.48亿元;提出检察建议18件,采纳率100%。
议事协调机构由138个精简为25个。受理信访事项2007件(2022年同期2033件),其中来信396件。
武陵区获评第二批全国法治政府建设示范地区,临澧县、桃源县获评第二批全省法治政府建设示范地区。
出台《江南市涉企检查监督管理办法(试行)》,推行“一件事一次办”服务,涉企检查频次下降10%。
调解矛盾纠纷5.7万件,成功率达99.5%,项目审批提速40%以上,金融超市撮合贷款突破500亿元。
配置服务事项15.4万个,应签章数据19.68万条,证照类型203类,发放案件补贴31万元。
办成了一批多年没有办成的实事,全面完成清单管理任务,选派退休资深法官派驻区综治中心,未发生重大群体性事件,纠纷案件在3个工作日内完成分派。
"""
LACKING = """二、存在的不足
基层执法力量较为薄弱,执法人员培训不够经常。
"""
PLANNED = """三、2024年计划
全面推进公共法律服务网络建设,健全府院联动机制,新建法治公园12个。
2024年3月1日前完成权责清单修订。
"""
FULL_WIDTH = str.maketrans(
    {
        **{chr(c): chr(c + 0xFEE0) for c in b"0123456789"},
        **dict(zip(",:;%()", "，：；％（）", strict=True)),
    }
)


def make_report(done: str = DONE, lacking: str = LACKING, planned: str = PLANNED) -> Report:
    """A report of three parts, built without the reader."""
    text = done + lacking + planned
    sections = []
    start = 0
    parts = (("achievements", done), ("shortcomings", lacking), ("plans", planned))
    for part, body in parts:
        heading = body.split("\n", 1)[0]
        end = start + len(body)
        sections.append(Section(part=part, heading=heading, level=1, start=start, end=end))
        start = end
    return Report(
        text=text,
        name="江南市2023",
        region="江南市",
        year=2023,
        profile="rule_of_law",
        sections=tuple(sections),
        sentences=tuple(split_sentences(text)),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


REPORT = make_report()
WIDE = make_report(*(s.translate(FULL_WIDTH) for s in (DONE, LACKING, PLANNED)))


def failed(text: str, report: Report = REPORT) -> list[Check]:
    return [c for s in check_text(text, report).sentences for c in s.checks if not c.passed]


def sentence_with(words: str) -> int:
    return next(i for i in range(len(REPORT.sentences)) if words in REPORT.sentence_text(i))


SUPPORTED = [
    # the same in other words, in another order, or with less
    "全年办理政协提案317件、人大代表建议186件。",
    "江南市新收行政复议案件471件，审结403件。",
    "亡人数和直接经济损失同比分别下降12.94%、22.44%。",
    "33家市直部门举行宪法宣誓。",
    "2023年，全市受理信访事项2007件，上年同期为2033件。",
    "该市议事协调机构从138个压减至25个。",
    "桃源县入选第二批全省示范地区。",
    "没有发生重大群体性事件。",
    # one value in another notation
    "应签章数据196800条。",
    "审查政府合同涉及金额174800万元。",
    "项目审批提速四成以上。",
    "证照类型二百零三类。",
    "調解矛盾糾紛5.7萬件，成功率99.5％。",
    # rounded under a word that says so
    "审查政府合同涉及金额约17.5亿元。",
    "调解矛盾纠纷近6万件，成功率超过99%。",
    # worked out from what the report has
    "办理建议和提案合计503件，其中建议186件、提案317件。",
    "议事协调机构由138个精简为25个，减少113个。",
    "受理411件，审结403件，审结率约98.1%。",
    "受理411件，审结403件，尚有8件未审结。",
    "受理信访事项2007件，比去年同期减少26件。",
    # names and titles
    "出台《涉企检查监督管理办法》，推行“一件事一次办”服务。",
    # the source says the verb both ways
    "办成一批多年没有办成的实事，全面完成清单管理任务。",
    # what is still to be done, told so
    "下一步将健全府院联动机制，新建法治公园12个。",
    "报告指出，基层执法力量较为薄弱。",
]


@pytest.mark.parametrize("claim", SUPPORTED)
def test_what_a_faithful_writer_may_write_is_supported(claim: str) -> None:
    assert failed(claim) == []
    assert failed(claim.translate(FULL_WIDTH)) == []
    assert failed(claim, WIDE) == []


UNSUPPORTED = [
    # two figures exchanged between their metrics
    ("办理人大代表建议317件、政协提案186件。", "subject", "misattributed"),
    ("受理403件，审结411件。", "subject", "misattributed"),
    # a list with 分别 out of order
    ("事故起数、亡人数分别同比下降12.94%、8.37%。", "subject", "misattributed"),
    # one item of a list with its neighbour's figure
    ("直接经济损失同比下降12.94%。", "subject", "misattributed"),
    # a neighbour's number for this metric
    ("办理政协提案186件。", "subject", "misattributed"),
    # a changed digit, and one that happens to be a difference of two others (411-403)
    ("新收行政复议案件417件。", "number", "altered"),
    ("新收行政复议案件8件。", "number", "altered"),
    # another scale
    ("审查政府合同涉及金额17.48万元。", "number", "altered"),
    ("调解矛盾纠纷5.7亿件。", "number", "altered"),
    # another measure word, percent for a count, points for percent
    ("组织33名市直部门人员开展宪法宣誓。", "unit", "altered"),
    ("发放案件补贴31万件。", "unit", "altered"),
    ("提出检察建议18件，采纳100件。", "unit", "altered"),
    ("涉企检查频次下降10个百分点。", "unit", "altered"),
    # broken off inside the figure's unit
    ("发放案件补贴31万", "unit", "altered"),
    # the other way
    ("涉企检查频次上升10%。", "direction", "altered"),
    ("议事协调机构由25个增加到138个。", "subject", "misattributed"),
    ("发生重大群体性事件。", "direction", "altered"),
    # the year before
    ("2022年，新收行政复议案件471件。", "period", "altered"),
    ("受理信访事项2033件，其中来信396件。", "subject", "misattributed"),
    ("2024年4月1日前完成权责清单修订。", "date", "altered"),
    # the rank, the level
    ("武陵区获评第三批全国法治政府建设示范地区。", "rank", "altered"),
    ("武陵区获评第二批全省法治政府建设示范地区。", "subject", "misattributed"),
    # the hedge turned round, or lost
    ("55家律师事务所600余名律师与350家企业建立对口服务机制。", "approx", "altered"),
    ("金融超市撮合贷款不足500亿元。", "approx", "altered"),
    ("项目审批提速40%。", "approx", "altered"),
    # another title
    ("出台《江南市涉企检查监督管理条例》。", "title", "altered"),
    ("印发《关于深化改革的意见》。", "title", "unsupported"),
    ("推行“最多跑一次”服务。", "name", "unsupported"),
    # another place, another role, one that the report does not know
    ("鼎城区获评第二批全国法治政府建设示范地区。", "name", "misattributed"),
    ("选派退休资深检察官派驻区综治中心。", "subject", "misattributed"),
    # 临澧县 is in the report, 澧县 is not
    ("澧县获评第二批全省法治政府建设示范地区。", "name", "misattributed"),
    # invented, with and without figures
    ("提出检察建议18件，平均用时26天。", "number", "unsupported"),
    ("与高等院校签订战略合作协议，共建人才培养基地。", "content", "unsupported"),
    # worked out wrongly
    ("办理人大代表建议186件、政协提案317件，合计513件。", "number", "altered"),
    ("受理411件，审结403件，审结率约88.1%。", "number", "altered"),
    # a plan told as done
    ("已健全府院联动机制，公共法律服务网络建设顺利完成。", "period", "misattributed"),
]


@pytest.mark.parametrize(("claim", "kind", "status"), UNSUPPORTED)
def test_what_the_source_does_not_say_is_caught(claim: str, kind: str, status: str) -> None:
    for text, report in ((claim, REPORT), (claim.translate(FULL_WIDTH), REPORT), (claim, WIDE)):
        found = failed(text, report)
        assert (kind, status) in {(check.kind, check.status) for check in found}
        assert all(check.reason for check in found)


def test_a_check_says_what_was_expected_and_where() -> None:
    (check,) = failed("新收行政复议案件417件。")
    assert check.text == "417件"
    assert "471件" in check.reason
    assert check.evidence is not None
    assert REPORT.text[slice(*check.evidence)] == "471件"


def test_a_derived_figure_shows_its_calculation() -> None:
    checks = check_statement("受理411件，审结403件，尚有8件未审结。", REPORT)
    (derived,) = [check for check in checks if check.status == "derived"]
    assert "411件-403件=8" in derived.reason


def test_a_wrong_derived_figure_says_what_it_should_be() -> None:
    (check,) = failed("办理人大代表建议186件、政协提案317件，合计513件。")
    assert "503" in check.reason


def test_a_statement_is_checked_against_its_cited_sentences_only() -> None:
    reviews = sentence_with("新收行政复议案件")
    proposals = sentence_with("人大代表建议")
    text = "办理人大代表建议186件。"
    assert all(check.passed for check in check_statement(text, REPORT, [proposals]))
    assert not all(check.passed for check in check_statement(text, REPORT, [reviews]))


def test_region_year_and_headings_need_no_citation() -> None:
    cited = [sentence_with("人大代表建议")]
    checks = check_statement("2023年江南市主要成效：办理人大代表建议186件。", REPORT, cited)
    assert all(check.passed for check in checks)


def test_an_index_that_no_sentence_has_supports_nothing() -> None:
    checks = check_statement("办理人大代表建议186件。", REPORT, [10_000, -1])
    assert not all(check.passed for check in checks)


@pytest.mark.parametrize(
    ("part", "words", "passes"),
    [
        ("plans", "健全府院联动机制", True),
        ("achievements", "健全府院联动机制", False),  # a plan told as done
        ("achievements", "办理人大代表建议186件", True),
        ("plans", "办理人大代表建议186件", False),  # a deed told as a plan
    ],
)
def test_a_statement_rests_on_a_sentence_of_its_own_part(
    part: str, words: str, passes: bool
) -> None:
    source = [sentence_with(words.removesuffix("186件"))]
    checks = check_statement(words + "。", REPORT, source, part=part)  # type: ignore[arg-type]
    assert all(check.passed for check in checks) is passes


def test_a_citation_is_mended_where_one_sentence_has_the_figure() -> None:
    text = "办理人大代表建议186件。"
    within = list(range(len(REPORT.sentences)))
    wrong = check_statement(text, REPORT, [sentence_with("新收行政复议案件")])
    failing = next(check for check in wrong if check.text == "186件")
    assert find_home(failing, text, REPORT, within) == sentence_with("人大代表建议")


def test_no_citation_is_mended_for_a_figure_of_something_else() -> None:
    text = "办理政协提案186件。"
    within = list(range(len(REPORT.sentences)))
    failing = next(c for c in check_statement(text, REPORT, [1]) if c.text == "186件")
    assert find_home(failing, text, REPORT, within) is None


def test_no_citation_is_mended_where_two_sentences_have_the_figure() -> None:
    report = make_report(done="一、成效\n培训干部30人。\n本年培训干部30人。\n办结12件。\n")
    text = "培训干部30人。"
    failing = next(c for c in check_statement(text, report, [3]) if c.text == "30人")
    assert find_home(failing, text, report, [1, 2, 3]) is None


def test_a_title_finds_the_sentence_that_names_it() -> None:
    text = "出台《江南市涉企检查监督管理办法（试行）》。"
    title = Check(text=text[2:-1], start=2, end=len(text) - 1, kind="title", status="unsupported")
    within = list(range(len(REPORT.sentences)))
    assert find_home(title, text, REPORT, within) == sentence_with("涉企检查监督管理办法")


def test_whole_clauses_copied_from_the_report_are_supported() -> None:
    for number in range(len(REPORT.sentences)):
        text = REPORT.sentence_text(number)
        assert all(check.passed for check in check_statement(text, REPORT, [number]))


def test_a_copy_that_loses_a_negation_or_a_hedge_is_no_copy() -> None:
    assert failed("发生重大群体性事件,纠纷案件在3个工作日内完成分派。")
    assert failed("600名律师与350家企业建立对口服务机制。")


def test_each_sentence_of_a_text_is_judged_for_itself() -> None:
    text = "办理人大代表建议186件。\n\n办理政协提案999件！受理411件"
    verdict = check_text(text, REPORT)
    assert [s.supported for s in verdict.sentences] == [True, False, True]
    assert not verdict.supported
    for sentence in verdict.sentences:
        assert text[sentence.start : sentence.end] == sentence.text


def test_an_empty_text_claims_nothing_wrong() -> None:
    assert check_text(" \n", REPORT).supported
    assert check_statement("", REPORT) == ()


PIECES = st.sampled_from(
    [
        *("《", "》", "“", "”", "(", "）", "，", "。", "；", "、", "\n", " ", "％", "分别", "合计"),
        *("由138个", "到25个", "增长", "下降", "占", "约", "近", "未", "全省", "第二", "2023年"),
        *("行政复议", "受理411件", "１２.９４%", "一半以上", "四成", "临澧县", "\u200b", "🏛", "萬"),
        *(
            "县(市、区)局7个",
            "其中",
            "新发3本",
            "获评",
            "12345热线",
            "1:15.9",
            "三台县",
            "[a",
            "*?+",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_text_breaks_the_checker_and_every_offset_holds(text: str) -> None:
    verdict = check_text(text, REPORT)
    for sentence in verdict.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        for check in sentence.checks:
            assert sentence.start <= check.start < check.end <= sentence.end
            assert text[check.start : check.end] == check.text
            if check.evidence is not None:
                assert 0 <= check.evidence.start < check.evidence.end <= len(REPORT.text)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_no_report_breaks_the_checker(body: str, text: str) -> None:
    report = make_report(done=f"一、成效\n{body}\n")
    check_text("受理411件，占一半以上，同比增长7.3%。" + text, report)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_width_changes_no_verdict(text: str) -> None:
    narrow = [(c.kind, c.status, c.start, c.end) for c in check_statement(text, REPORT)]
    wide = check_statement(text.translate(FULL_WIDTH), REPORT)
    assert narrow == [(c.kind, c.status, c.start, c.end) for c in wide]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("办理投诉5—8件,比举报多4件。", id="a range set against another figure"),
        pytest.param("每月办理投诉5—8件,相当于全年96件。", id="a range over a year"),
        pytest.param("接待游客增长5%—8%,比国内游客6.9%的增幅高3个百分点。", id="a range of growth"),
        pytest.param("两处12件、10件,比例为1:1.2" + "0" * 30 + "。", id="a ratio of many digits"),
        pytest.param("为" * 3000 + "占5%。", id="words of how much without end"),
    ],
)
def test_a_figure_that_nothing_can_be_worked_out_from_is_no_error_of_the_program(text: str) -> None:
    report = make_report(done=f"一、成效\n{text}\n办理投诉5—8件,处理举报3件。\n")
    assert check_text(text, report).sentences
