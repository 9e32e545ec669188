"""The checker on what a figure covers, how far a thing has come, and who it is put down to."""

import pytest
from test_checker import FULL_WIDTH, make_report

from summarizer.checker import check_text
from summarizer.types import Check

DONE = """一、主要成效
近年来,全市共审计领导干部427人。2023年完成审计项目94个。
这五年,城镇新增就业45.2万人。高新技术企业从940家增加到1550家。
近三年累计,单位产值能耗下降10.08%。
全市各级行政复议机关新收案件471件。市政府本级收到行政复议申请126件。
京津冀区域优良天数比率达到79.6%。全市优良天数比率为84.1%。
养老金人均每月新增110元,助学金每人每年1500元。
市政府被评为“全省调解示范单位”,海州区被授予“全省法治示范区”。
武陵区获评全国法治政府建设示范地区,桃源县获评全省法治政府建设示范地区,澧县入围全国法治政府建设示范地区。
审议并向市人大提交《江南市电梯安全条例》等4部法规草案。出台《江南市养犬规定》。
望江水库等一批重大工程加快建设,石门大桥建成通车,圆满完成第五届仲裁委员会换届工作。
支持保定数据标注基地发展,打造廊坊、张家口算力高地,秦皇岛港吞吐量稳定,所有县区都与省会实现高铁通联。
国家技术发明一等奖实现零的突破,神舟七号搭载的作物试种成功,提请市人大常委会审议了财政决算。
江西省江南市政务中心受理事项2100件,全年未发生较大事故,收取信息处理费0元。
"""
LACKING = """二、存在的不足
重大决策公众参与度有限,营商环境制度体系不够完善,依法行政发展不平衡,居民增收压力较大,民生保障还有短板弱项。
政务公开队伍建设有待加强,办案人员与办案要求不匹配。
"""
PLANNED = """三、2024年计划
推动滨江铁路建成投用,进一步健全复议机制。
"""
REPORT = make_report(DONE, LACKING, PLANNED)
WIDE = make_report(*(part.translate(FULL_WIDTH) for part in (DONE, LACKING, PLANNED)))


def failed(text: str, wide: bool = False) -> list[Check]:
    verdict = check_text(text, WIDE if wide else REPORT)
    return [check for s in verdict.sentences for check in s.checks if not check.passed]


# One row a wrong claim and its right twin: what is exchanged stands in the comment.
TWINS = [
    # several years told as one
    ("2023年全市共审计领导干部427人。", "近年来全市共审计领导干部427人。", "period"),
    # several years that open the paragraph told as one
    ("2023年城镇新增就业45.2万人。", "五年来城镇新增就业45.2万人。", "period"),
    # 近三年累计 told as one year
    ("2023年单位产值能耗下降10.08%。", "单位产值能耗近三年累计下降10.08%。", "period"),
    # one year told as several
    ("近年来完成审计项目94个。", "2023年完成审计项目94个。", "period"),
    # one level of government told as all
    ("全市各级收到行政复议申请126件。", "市政府本级收到行政复议申请126件。", "subject"),
    # all levels told as one
    ("市本级新收行政复议案件471件。", "全市各级新收行政复议案件471件。", "subject"),
    # a region beyond the report's own told as its own
    ("全市优良天数比率达到79.6%。", "京津冀区域优良天数比率达到79.6%。", "subject"),
    # another period of a rate, both ways
    ("养老金人均每年新增110元。", "养老金人均每月新增110元。", "unit"),
    ("助学金每人每月1500元。", "助学金每人每年1500元。", "unit"),
    # of two winners in one sentence the other
    ("海州区被评为“全省调解示范单位”。", "市政府获评“全省调解示范单位”。", "name"),
    # an award of another level
    ("桃源县获评全国法治政府建设示范地区。", "桃源县获评全省法治政府建设示范地区。", "name"),
    # shortlisted told as won
    ("澧县获评全国法治政府建设示范地区。", "澧县入围全国法治政府建设示范地区。", "name"),
    # a draft told as passed
    (
        "市人大审议通过《江南市电梯安全条例》等4部法规。",
        "审议并向市人大提交《江南市电梯安全条例》等4部法规草案。",
        "period",
    ),
    # under construction told as in use, and in use told as under construction
    ("望江水库等重大工程建成投用。", "望江水库等重大工程正在加快建设。", "period"),
    ("石门大桥正在加快建设。", "石门大桥已建成通车。", "direction"),
    # what a plan pushes for told as reached
    ("滨江铁路已建成投用。", "将推动滨江铁路建成投用。", "period"),
    # done told as to come
    ("第五届仲裁委员会即将换届。", "第五届仲裁委员会完成换届。", "direction"),
    # lacks told as overcome: little, not enough, uneven, great pressure, gaps, to be strengthened
    ("重大决策公众参与度显著提升。", "重大决策公众参与度仍然有限。", "direction"),
    ("营商环境制度体系已经十分完善。", "营商环境制度体系还不完善。", "direction"),
    ("依法行政发展均衡。", "依法行政发展不均衡。", "direction"),
    ("居民增收压力明显缓解。", "居民增收压力较大。", "direction"),
    ("民生保障不再有短板弱项。", "民生保障还有短板弱项。", "direction"),
    ("政务公开队伍建设得到全面加强。", "下一步将加强政务公开队伍建设。", "direction"),
    ("办案人员与办案要求完全匹配。", "办案人员与办案要求不相匹配。", "direction"),
    # a comparison with last year that nobody made
    ("政务中心受理事项较上年大幅增加。", "政务中心受理事项2100件。", "direction"),
    # a city without 市, bound to a noun, and in a list
    ("支持石家庄数据标注基地发展。", "支持保定数据标注基地发展。", "name"),
    ("打造廊坊、邯郸算力高地。", "打造廊坊、张家口算力高地。", "name"),
    # the unit above the report's own
    ("江西省受理政务中心事项2100件。", "江西省江南市政务中心受理事项2100件。", "name"),
    # an award of the same grade by another name
    ("国家自然科学一等奖实现零的突破。", "国家技术发明一等奖实现突破。", "rank"),
    # a number that is part of a name
    ("神舟六号搭载的作物试种成功。", "神舟七号搭载的作物试种成功。", "rank"),
    # the organ that acts, the committee left out of the comparison
    ("提请市政协审议了财政决算。", "提请市人大常委会审议了财政决算。", "subject"),
    # an organ that the source does not name here
    ("区检察院支持保定数据标注基地发展。", "支持保定市数据标注基地发展。", "name"),
    # 了 is no part of a name; 秦皇岛港 is one name
    ("所有县区都与北京实现了高铁通联。", "所有县区都与省会实现了高铁通联。", "name"),
    ("唐山港吞吐量稳定。", "秦皇岛港吞吐量保持稳定。", "name"),
]


@pytest.mark.parametrize(("wrong", "right", "kind"), TWINS)
@pytest.mark.parametrize("wide", [False, True], ids=["folded", "full width"])
def test_the_wrong_one_of_twins_is_caught_and_the_right_one_is_not(
    wrong: str, right: str, kind: str, wide: bool
) -> None:
    assert kind in {check.kind for check in failed(wrong, wide)}
    assert failed(right, wide) == []


def test_a_check_of_scope_says_what_the_source_covers() -> None:
    (check,) = failed("2023年城镇新增就业45.2万人。")
    assert (check.text, check.reason) == ("45.2万人", "原文说的是“这五年”，不是一年的数")
    assert check.evidence is not None
    assert REPORT.text[slice(*check.evidence)] == "45.2万人"


def test_a_level_reached_in_several_years_is_true_of_the_last() -> None:
    assert failed("2023年高新技术企业达到1550家。") == []


def test_a_rank_under_another_measure_word_is_another_rank() -> None:
    report = make_report("一、主要成效\n入选第二批全国示范地区。\n", LACKING, PLANNED)
    assert not check_text("全省第二个入选全国示范地区。", report).supported
    assert check_text("入选第二批全国示范地区。", report).supported


def test_a_conjunction_before_a_name_is_no_part_of_it() -> None:
    told = "一、主要成效\n解决困难家庭和棚户区居民住房3000户,改造棚户区12个。\n"
    report = make_report(told, LACKING, PLANNED)
    assert check_text("解决住房的困难家庭和棚户区居民共3000户。", report).supported
