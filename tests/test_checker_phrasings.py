"""The checker on how reports and memos put figures: lists, what is counted, comparisons.

Every row has what the report tells, a faithful claim, a wrong one, and the kind of check that
catches it; its id names the oddity.
"""

import pytest
from test_checker import FULL_WIDTH, make_report

from summarizer.checker import check_text
from summarizer.types import Check

# What stands around the sentences of a row, so that their words are not all the report has.
DONE = """一、主要成效
组织宪法宣传活动214场次,发放普法读本3.6万册。
清理行政规范性文件57件,废止9件,备案审查率100%。
开展行政执法人员轮训,推行柔性执法清单。
"""
LACKING = "二、存在的不足\n基层执法装备较为陈旧。\n"
PLANNED = "三、2024年计划\n推进数字法治平台建设。\n"

TWINS = ("told", "right", "wrong", "kind")
widths = pytest.mark.parametrize("wide", [False, True], ids=["folded", "full width"])


def failed(told: str, claim: str, *, wide: bool, planned: str = "") -> list[Check]:
    """What fails of a claim about a report that tells these sentences, or plans them."""
    parts = (f"{DONE}{told}\n", LACKING, f"{PLANNED}{planned}\n")
    report = make_report(*(part.translate(FULL_WIDTH) if wide else part for part in parts))
    return [
        check for s in check_text(claim, report).sentences for check in s.checks if not check.passed
    ]


def kinds(checks: list[Check]) -> set[str]:
    return {check.kind for check in checks}


LISTS = [
    pytest.param(
        "受理投诉、举报分别为840件、215件。", "受理举报215件。", "受理举报840件。", "subject",
        id="分别",
    ),
    pytest.param(
        "普法讲座、模拟法庭、法治展览持续推进,场次依次为41场、37场、22场。",
        "模拟法庭37场。", "法治展览37场。", "subject",
        id="依次 in the report, the names a clause before",
    ),
    pytest.param(
        "普法讲座41场,模拟法庭37场,法治展览22场。",
        "普法讲座、模拟法庭、法治展览依次为41场、37场、22场。",
        "普法讲座、模拟法庭、法治展览依次为41场、22场、37场。", "subject",
        id="依次 in the claim",
    ),
    pytest.param(
        "办理建议84件、提案131件,满意率分别为97.4%和99.1%。",
        "提案满意率99.1%。", "提案满意率97.4%。", "subject",
        id="the names stand a clause before, with figures of their own",
    ),
    pytest.param(
        "抓好粮食、蔬菜生产,落实补贴政策,产量分别增长1.9%、6.2%。",
        "蔬菜产量增长6.2%。", "蔬菜产量增长1.9%。", "subject",
        id="the names stand two clauses before",
    ),
    pytest.param(
        "到位资金18.4亿元,签约资金57.8亿元,分别完成年度任务的92%、115.6%。",
        "签约资金完成年度任务的115.6%。", "签约资金完成年度任务的92%。", "subject",
        id="the names stand in a clause each",
    ),
    pytest.param(
        "治安警情、交通警情同比分别下降6.3%、上升2.8%。",
        "交通警情同比上升2.8%。", "交通警情同比下降2.8%。", "direction",
        id="each with a movement of its own",
    ),
    pytest.param(
        "治安警情、交通警情同比分别下降6.3%、上升2.8%。",
        "治安警情下降6.3%。", "交通警情下降6.3%。", "subject",
        id="the neighbour's figure and movement",
    ),
    pytest.param(
        "城乡居民人均可支配收入分别为41260元、20380元。",
        "农村居民人均可支配收入20380元。", "农村居民人均可支配收入41260元。", "subject",
        id="城乡 is 城镇 and 农村 in this order",
    ),
    pytest.param(
        "公证、仲裁办结率达到96%、88%。", "仲裁办结率达到88%。", "仲裁办结率达到96%。", "subject",
        id="a bare list in order",
    ),
    pytest.param(
        "其中清江镇、石桥镇、东关镇办案量居前三位,分别为264件、197件、158件。",
        "清江镇、石桥镇办案量分别为264件、197件。", "石桥镇办案264件，清江镇办案197件。", "subject",
        id="names a clause before, with nothing but their rank",
    ),
    pytest.param(
        "适用“首违不罚”“轻微免罚”案件分别为602件、286件,涉及金额分别为148.5万元、61.3万元。",
        "“轻微免罚”案件286件，涉及金额61.3万元。", "“轻微免罚”案件涉及金额148.5万元。", "subject",
        id="涉及 is no list sign, a quotation beside another one is",
    ),
    pytest.param(
        "噪声扰民起数、伤人数同比分别下降25%、33.3%。",
        "噪声扰民伤人数下降33.3%。", "噪声扰民伤人数同比下降25%。", "subject",
        id="同比 behind the list is no part of its last name",
    ),
    pytest.param(
        "三台县、永昌县办理救助分别为1287件、874件。",
        "三台县办理救助1287件。", "永昌县办理救助1287件。", "subject",
        id="三台县 is no count",
    ),
    pytest.param(
        "零售额增长4.3%、高于全国0.6个百分点,进口额增长6.4%、高于全国2.6个百分点。",
        "零售额增长4.3%，比全国高0.6个百分点。", "零售额增长4.3%，比全国高2.6个百分点。", "subject",
        id="高于全国 is said of the growth before it",
    ),
    pytest.param(
        "水务局、文化和旅游局、园林局分别办结信访64件、43件、27件。",
        "文化和旅游局办结信访43件。", "文化和旅游局办结信访64件。", "subject",
        id="和 inside a name of a list",
    ),
    pytest.param(
        "水务局、园林局分别牵头组建河湖、绿化2个调委会,分别调解纠纷325件、189件。",
        "绿化调委会调解纠纷189件。", "绿化调委会调解纠纷325件。", "subject",
        id="each of the second list with its own of the first",
    ),
    pytest.param(
        "不予处罚事项142项、减轻处罚事项97项、从轻处罚事项129项。",
        "从轻处罚、减轻处罚事项分别为129项、97项。", "从轻处罚、减轻处罚事项分别为97项、129项。",
        "subject",
        id="从轻 says no origin",
    ),
    pytest.param(
        "兑现资金1.8亿元,惠及企业6800户,分别是上年的2.3倍和1.9倍。",
        "惠及企业6800户，是上年的1.9倍。", "惠及企业6800户，是上年的2.3倍。", "subject",
        id="惠及 is no list sign; two clauses before 分别",
    ),
    pytest.param(
        "存贷款余额分别达432.8亿元和367.5亿元。",
        "贷款余额367.5亿元。", "贷款余额432.8亿元。", "subject",
        id="存贷款 is two",
    ),
    pytest.param(
        "水务局、园林局、城管局办理案件分别为64件、43件、27件,免罚38万元、9万元、21万元。",
        "园林局办理案件43件，免罚9万元。", "园林局办理案件43件，免罚21万元。", "subject",
        id="a bare list in the order of the one before",
    ),
    pytest.param(
        "办理人大建议142件、政协提案179件,见面率、办复率均为100%,满意率分别为99.3%和98.9%。",
        "人大建议和政协提案满意率分别为99.3%和98.9%。",
        "人大建议和政协提案满意率分别为98.9%和99.3%。",
        "subject",
        id="rates between the list and what belongs to it",
    ),
    pytest.param(
        "办理市、县代表建议47件,委员提案82件,办复率100%,满意率分别达到97.9%和98.8%。",
        "47件代表建议、82件委员提案的满意率分别为97.9%和98.8%。",
        "82件委员提案的满意率为97.9%。", "subject",
        id="a list inside the name of one figure is not the list of two",
    ),
    pytest.param(
        "甲城高速江南段、平漯高铁江南段进展顺利,分别完成投资的72%和38%。",
        "甲城高速江南段和平漯高铁江南段分别完成投资的72%、38%。",
        "甲城高速江南段和平漯高铁江南段分别完成投资的38%、72%。", "subject",
        id="和平 across the end of a name",
    ),
    pytest.param(
        "认定地区总部、研发中心分别从771家、481家增加到1076家、636家。",
        "研发中心增至636家，地区总部增至1076家。", "地区总部增至636家。", "subject",
        id="two things move from two figures to two others",
    ),
    pytest.param(
        "本外币存、贷款余额分别突破1.5万亿元、1.4万亿元。",
        "本外币贷款余额突破1.4万亿元。", "本外币贷款余额突破1.5万亿元。", "subject",
        id="存、贷款, and a hedge that is meant of both",
    ),
    pytest.param(
        "民生、产业两个领域的败诉案件分别为21件、13件,占全市的57.6%。",
        "民生、产业两个领域的败诉案件占到全市的57.6%，分别有21件和13件。",
        "民生、产业两个领域的败诉案件占到全市的57.6%，分别有13件和21件。", "subject",
        id="the list stands before another figure",
    ),
    pytest.param(
        "东山县、南岭县、北苑县三家法院执结率分别为43.8%、41.5%、47.9%。",
        "三家法院中，执结率最高的是北苑县法院（47.9%）。",
        "三家法院中，执结率最高的是北苑县法院（43.8%）。", "subject",
        id="a figure in brackets is of the name before them",
    ),
    pytest.param(
        "对甘州区、民乐县、高台县3个县区开展督察。临泽县开展自查。",
        "督察了甘州区、民乐县、高台县3个县区。", "督察了临泽县、民乐县、高台县3个县区。", "name",
        id="a place of the list that the report's list has not",
    ),
]  # fmt: skip

THINGS_COUNTED = [
    pytest.param(
        "新建标准茶园1.6万亩,累计达到19.4万亩;退耕还林5200亩。",
        "标准茶园累计达到19.4万亩。", "退耕还林累计达到19.4万亩。", "subject",
        id="a thin figure inherits what is counted",
    ),
    pytest.param(
        "新栽银杏3.4万株,累计达到27万株。", "银杏累计达到27万株。", "新栽银杏27万株。", "subject",
        id="the total of a thin figure told as the gain",
    ),
    pytest.param(
        "排查自建房隐患2934处,完成整治2867处。",
        "自建房隐患完成整治2867处。", "排查自建房隐患2867处。", "subject",
        id="the verb changes, what is counted stays",
    ),
    pytest.param(
        "新签亿元以上项目64个,其中5亿元以上项目21个、20亿元以上项目6个。",
        "新签20亿元以上项目6个。", "新签20亿元以上项目21个。", "subject",
        id="only the threshold tells two figures apart",
    ),
    pytest.param(
        "走访126家水路企业、87家道路企业。",
        "走访道路企业87家、水路企业126家。", "走访水路企业87家、道路企业126家。", "subject",
        id="two figures told of each other's thing",
    ),
    pytest.param(
        "检查水路运输企业安全生产126家次、道路运输企业安全生产87家次。",
        "检查道路运输企业87家次、水路运输企业126家次。",
        "检查道路运输企业126家次、水路运输企业87家次。", "subject",
        id="two figures told of each other's thing, the one word that tells them apart",
    ),
    pytest.param(
        "金融机构各项存款余额912亿元,贷款余额748亿元。",
        "金融机构贷款余额748亿元。", "金融机构各项贷款余额912亿元。", "subject",
        id="the claim's name ends in the rival's whole name",
    ),
    pytest.param(
        "全年进出口86.4亿元,其中出口52.7亿元。",
        "全年进出口86.4亿元。", "全年出口86.4亿元。", "subject",
        id="进出口 told as 出口",
    ),
    pytest.param(
        "进出口总额86.4亿元,其中出口52.7亿元。", "出口52.7亿元。", "进出口52.7亿元。", "subject",
        id="出口 told as 进出口",
    ),
    pytest.param(
        "改造老旧小区46个。", "改造46个老旧小区。", "改造老旧小区46户。", "unit",
        id="户 cannot count 小区",
    ),
    pytest.param(
        "选树普法带头人1260个。", "选树普法带头人1260名。", "选树普法带头人1260户。", "unit",
        id="名 may stand for 个 of people, 户 may not",
    ),
    pytest.param(
        "新增经营主体1.3万户,总数达到11.6万户。",
        "新增经营主体1.3万户。", "新增经营主体11.6万户。", "subject",
        id="the level reached told as the gain",
    ),
    pytest.param(
        "新增经营主体1.3万户,总数达到11.6万户。",
        "经营主体总数达到11.6万户。", "经营主体总数达到1.3万户。", "subject",
        id="the gain told as the level reached",
    ),
    pytest.param(
        "全市养老床位总数达到8600张,当年新增1200张。",
        "养老床位当年新增1200张。", "养老床位新增8600张。", "subject",
        id="the total told as new",
    ),
    pytest.param(
        "养老床位新增1200张,达到8600张。",
        "养老床位达到8600张。", "养老床位达到1200张。", "subject",
        id="what is new told as the total",
    ),
    pytest.param(
        "空气优良天数312天,比上年多18天。",
        "空气优良天数比上年多18天。", "空气优良天数18天。", "subject",
        id="the change told as the level",
    ),
    pytest.param(
        "空气优良天数312天,比上年多18天。",
        "空气优良天数达312天。", "空气优良天数比上年多312天。", "subject",
        id="the level told as the change",
    ),
    pytest.param(
        "平均审理天数由86天缩短至61天。",
        "平均审理天数缩短至61天。", "平均审理天数缩短至86天。", "subject",
        id="where a movement starts told as where it ends",
    ),
    pytest.param(
        "收到信访事项640件,受理588件。", "受理信访事项588件。", "受理信访事项640件。", "subject",
        id="收到 and 受理 are two stages",
    ),
    pytest.param(
        "出庭应诉率城区为98.2%,乡镇为91.5%。",
        "城区出庭应诉率98.2%。", "乡镇出庭应诉率98.2%。", "subject",
        id="the second clause leaves out what is measured",
    ),
    pytest.param(
        "新收行政复议案件471件。\n审结行政诉讼案件148件。",
        "新收行政复议案件471件，审结行政诉讼案件148件。",
        "新收行政复议案件148件，审结行政诉讼案件471件。", "subject",
        id="the claim merges two sentences",
    ),
    pytest.param(
        "104个县(市、区)局中,有19个局的法制审核人员不足3名。",
        "有19个县（市、区）局的法制审核人员少于3名。", "有104个局的法制审核人员少于3名。",
        "subject",
        id="a part of a set counts what the set counts",
    ),
    pytest.param(
        "累计发放水路运输电子证照6.8万本,其中本年新发1.9万本。",
        "水路运输电子证照累计发放6.8万本。", "新发水路运输电子证照6.8万本。", "subject",
        id="what is new told of the whole",
    ),
    pytest.param(
        "申诉量居前三位的领域依次为公安386件、住建352件、人社141件。",
        "申诉最多的三个领域是公安、住建和人社。", "申诉最多的四个领域是公安、住建和人社。",
        "number",
        id="a count of the names that follow it",
    ),
    pytest.param(
        "自2018年改革以来累计办理损害赔偿467件,2023年办理损害赔偿134件。",
        "2018年改革以来办理损害赔偿467件。", "2018年改革以来办理损害赔偿134件。", "period",
        id="the year that the sentence names",
    ),
    pytest.param(
        "参考人员为执法资格考试组织。组织资格考试2批次,186人参考、171人通过。",
        "186人参加资格考试。", "组织资格考试186批次。", "unit",
        id="a sentence retold in other words",
    ),
    pytest.param(
        "上半年受理仲裁58件,下半年受理94件,全年受理仲裁152件。",
        "上半年受理仲裁58件，全年受理152件。", "上半年受理仲裁94件。", "period",
        id="half a year is no rival of the whole",
    ),
    pytest.param(
        "为1104名工人追薪1573万元(上年1268人、1896万元)。",
        "2022年为1268名工人追薪1896万元。", "2022年为1104名工人追薪1573万元。", "period",
        id="last year in brackets, named by its number",
    ),
    pytest.param(
        "“赣服通”实名用户4286万人,比上年增加412万人。“赣政通”用户52.3万人。",
        "“赣服通”用户比上年增加412万人。", "“赣政通”用户比上年增加412万人。", "subject",
        id="the quoted name of the neighbour",
    ),
    pytest.param(
        "登记由7个工作日压缩到4个工作日。",
        "登记从7个工作日缩短到4个。", "登记从7个工作日缩短到2个。", "number",
        id="the unit left out behind 到",
    ),
    pytest.param(
        "考核得分96.4分,位列全市第二,比上年上升3个位次。",
        "考核列全市第二，较上年前移3位。", "考核列全市第二，较上年后移3位。", "direction",
        id="前移3位 is 上升3个位次",
    ),
    pytest.param(
        "学前教育入园率、九年义务教育巩固率、高中入学率分别为95%、96%、93%。",
        "学前教育入园率95%，高中入学率93%。", "学前教育入园率93%。", "subject",
        id="九年 of 九年义务教育 counts nothing",
    ),
    pytest.param(
        "一二三产增加值分别增长3.5%、6%、5%。",
        "二产增加值增长6%，三产增加值增长5%。", "二产增加值增长5%，三产增加值增长6%。", "subject",
        id="一二三产 is three",
    ),
    pytest.param(
        "全年受理复议1284件。同期全省受理复议2.16万件。",
        "江南市受理复议1284件。", "江南市受理复议2.16万件。", "subject",
        id="the province's figure told of the city",
    ),
    pytest.param(
        "崇信县产值增长5%,平凉市产值增长6%。",
        "崇信县和平凉市产值分别增长5%和6%。", "崇信县和平凉市产值分别增长6%和5%。", "subject",
        id="和 before 平凉",
    ),
    pytest.param(
        "引进项目从重庆市的3个增加到9个。",
        "引进项目从重庆市的3个增加到9个。", "引进项目从重庆市的9个增加到3个。", "subject",
        id="从重庆市 is an origin",
    ),
    pytest.param(
        "实施重点项目386个,完成投资742.5亿元,其中省重点项目79个、完成投资268.3亿元。",
        "79个省重点项目完成投资268.3亿元。", "79个省重点项目完成投资742.5亿元。", "subject",
        id="the part's other figure",
    ),
    pytest.param(
        "建成三门县级精品课程。", "建成三门县级精品课程。", "建成四门县级精品课程。", "number",
        id="三门 of 三门县级 is a count",
    ),
    pytest.param(
        "受理投诉、举报3件。", "受理投诉、举报3件。", "受理投诉、举报2件。", "number",
        id="a changed digit that is the length of the list before it",
    ),
    pytest.param(
        "评查案卷640卷,其中优秀112卷、合格497卷、不合格31卷。",
        "在评查的640卷案卷中，不合格的有31卷。",
        "在评查的640卷案卷中，不合格的有112卷。", "subject",
        id="a whole is no rival of its parts",
    ),
    pytest.param(
        "战略产业产值增长6.5%、占工业总产值比重提高到45%。",
        "战略产业产值占工业总产值的45%。", "战略产业产值占工业总产值的6.5%。", "subject",
        id="a share is no growth",
    ),
    pytest.param(
        "四大主导产业占生产总值比重提高14个百分点。",
        "四大主导产业占生产总值比重提高14个百分点。",
        "四大主导产业占生产总值比重下降14个百分点。", "direction",
        id="四大 is part of a name",
    ),
    pytest.param(
        "村镇调解组织首次进入全国十强。",
        "村镇调解组织第一次进入全国十强。", "村镇调解组织第二次进入全国十强。", "rank",
        id="第一次 is 首次",
    ),
    pytest.param(
        "参加活动120场,提供建议95条。",
        "参加活动100余场，提供建议近百条。", "参加活动近100场，提供建议近百条。", "number",
        id="百余 and 近百 of what is well above and below",
    ),
    pytest.param(
        "新增示范村12个,累计达到57个。",
        "示范村累计57个，新增12个。", "新增示范村57个。", "subject",
        id="累计 is not 新增",
    ),
    pytest.param(
        "三甲医院覆盖七地(市)。",
        "三甲医院已覆盖七个地（市）。", "三甲医院已覆盖八个地（市）。", "number",
        id="七地 is 七个地",
    ),
    pytest.param(
        "平均办理时限由法定的15个工作日压缩至3.2个工作日。",
        "平均3.2个工作日办结，而法定时限为15个工作日。",
        "平均15个工作日办结，而法定时限为3.2个工作日。", "subject",
        id="法定 is where it began",
    ),
    pytest.param(
        "办理法律援助案件9684件,其中农民工案件2317件。",
        "法律援助案件9684件，农民工案件2317件。", "农民工法律援助案件9684件。", "subject",
        id="the part by its own name is not the whole",
    ),
    pytest.param(
        "组织资格考试,参考4286人,通过3917人。",
        "资格考试4286人参考，3917人通过。", "资格考试3917人参考，4286人通过。", "subject",
        id="通过 behind a figure is a word",
    ),
    pytest.param(
        "调解案件23件,其中程序调解9件。",
        "在调解的23件案件中，有9件是程序调解。", "在调解的9件案件中，有23件是程序调解。", "subject",
        id="a part that is more than its whole",
    ),
    pytest.param(
        "居民人均可支配收入28735元,增长6.5%,其中城镇居民34862元、农村居民20417元。",
        "城镇居民人均可支配收入34862元。", "农村居民人均可支配收入34862元。", "subject",
        id="a part by its own words is not its whole",
    ),
]  # fmt: skip

COMPARISONS = [
    pytest.param(
        "群众安全感达98.6%,高于全省平均0.8个百分点。",
        "群众安全感高于全省平均水平0.8个百分点。", "群众安全感低于全省平均0.8个百分点。",
        "direction",
        id="高于 turned round, and no hedge",
    ),
    pytest.param(
        "立案监督案件比上年多46件。",
        "立案监督案件较上年多46件。", "立案监督案件比上年少46件。", "direction",
        id="多 turned round",
    ),
    pytest.param(
        "工业增加值增速快于全省1.3个百分点。",
        "工业增加值增速比全省快1.3个百分点。", "工业增加值增速慢于全省1.3个百分点。", "direction",
        id="快于 turned round",
    ),
    pytest.param(
        "审结率超过全市平均水平2.4个百分点。",
        "审结率比全市平均高2.4个百分点。", "审结率比全市平均高3.4个百分点。", "number",
        id="超过 the mean by so much is no hedge",
    ),
    pytest.param(
        "营商环境排名提升6个位次。",
        "营商环境排名提升6位。", "营商环境排名下降6位。", "direction",
        id="位次 and 位 of a rise",
    ),
    pytest.param(
        "单户最高贴息260万元。", "单户贴息最高为260万元。", "单户贴息超过260万元。", "approx",
        id="最高 is no hedge, 超过 is one",
    ),
    pytest.param(
        "调解劳动争议203件。", "调解约200件劳动争议。", "调解约300件劳动争议。", "number",
        id="调解约 is about",
    ),
    pytest.param(
        "网上办件占比27.4%。",
        "网上办件占比超过四分之一。", "网上办件占比超过三分之一。", "number",
        id="a fraction as a loose bound",
    ),
    pytest.param(
        "细颗粒物平均浓度为每立方米41微克。",
        "细颗粒物平均浓度41微克/立方米。", "细颗粒物平均浓度47微克/立方米。", "number",
        id="每立方米 before the figure",
    ),
    pytest.param(
        "污水处理能力提升至3095吨/日。",
        "污水处理能力提升至每日3095吨。", "污水处理能力提升至每月3095吨。", "unit",
        id="每日 before the figure",
    ),
    pytest.param(
        "审结率、调解率提高0.7个和1.4个百分点。",
        "审结率、调解率分别提高0.7个百分点、1.4个百分点。", "审结率提高1.4个百分点。", "subject",
        id="two figures share one unit",
    ),
    pytest.param(
        "政务公开评估居全省前10位。", "政务公开评估居全省前10。", "政务公开评估居全省前5。", "rank",
        id="前10 is 前10位",
    ),
    pytest.param(
        "依法行政考核居全市各县首位。",
        "依法行政考核在全市各县中居首位。", "依法行政考核在全市各县中居第二位。", "rank",
        id="首位 at a distance",
    ),
    pytest.param(
        "依法行政考核居全市各县首位。",
        "依法行政考核居全市首位。", "依法行政考核居全省首位。", "rank",
        id="首位 at a distance, of another level",
    ),
    pytest.param(
        "综合评分居中部地区首位。", "综合评分居中部首位。", "综合评分居西部首位。", "subject",
        id="a place among another area",
    ),
    pytest.param(
        "新收林权案件112件,比上年减少24件。",
        "新收林权案件112件，少于上年24件。", "新收林权案件112件，少于上年42件。", "number",
        id="少于上年 says by how much",
    ),
    pytest.param(
        "补贴平均办理时间减少62%。", "补贴平均办理时间缩短62%。", "补贴平均办理时间延长62%。",
        "direction",
        id="延长 is a rise",
    ),
    pytest.param(
        "智算规模居全国前列。", "智算规模居全国前列。", "智算规模居全国首位。", "subject",
        id="前列 is not the first place",
    ),
    pytest.param(
        "每万人律师1.2名,全市2.1名。",
        "每万人律师1.2名，低于全市的2.1名。", "每万人律师1.2名，低于全市的2.6名。", "number",
        id="低于全市的 is no hedge",
    ),
    pytest.param(
        "办件31.7万件(上年28.6万件)。",
        "办件31.7万件，比上年的28.6万件多。", "办件31.7万件，比上年的26.8万件多。", "number",
        id="多 behind a figure compares",
    ),
    pytest.param(
        "油气产量连续5年稳居全国第一,煤炭增速居主产区首位。",
        "油气产量连续5年居全国首位。", "油气产量连续5年居全国第二。", "rank",
        id="首位 is 第一",
    ),
    pytest.param(
        "区属平台公司由14家整合为5家。",
        "区属平台公司整合前为14家。", "区属平台公司整合前为5家。", "subject",
        id="整合前",
    ),
    pytest.param(
        "智算规模22万P,居全国前列。算力指数居全国首位。",
        "算力指数居全国首位。", "智算规模22万P，居全国首位。", "rank",
        id="前列 here, and a first place elsewhere",
    ),
    pytest.param(
        "预算收入、税收收入年均分别增长4.5%、3%。",
        "税收收入年均增长3%，低于预算收入4.5%的增速。",
        "税收收入年均增长3%，低于预算收入5.4%的增速。",
        "number",
        id="低于 before another thing's growth says no fall",
    ),
    pytest.param(
        "营商环境评价位居全省首位。", "营商环境评价位居全省前列。", "营商环境评价位居全省第三。",
        "rank",
        id="the first place is among the first",
    ),
    pytest.param(
        "处理举报640件,日供水规模36万吨。",
        "全年处理举报640件，每日供水规模36万吨。", "每月供水规模36万吨。", "unit",
        id="日供水 is 每日, and 全年处理 says no rate",
    ),
    pytest.param(
        "海外授权交易占全球10%左右。",
        "海外授权交易约占全球10%。", "海外授权交易占全球超过10%。", "approx",
        id="约 before 占",
    ),
    pytest.param(
        "法治经费486万元,同比增加52万元,其中普法经费87万元。",
        "法治经费比上年增加超过50万元。", "法治经费比上年增加超过80万元。", "subject",
        id="增加超过 is a movement",
    ),
    pytest.param(
        "覆盖率达61.4%,高于江苏省平均水平8.2个百分点。",
        "覆盖率比全省平均水平高8.2个百分点。", "覆盖率比全国平均水平高8.2个百分点。", "rank",
        id="全省 is the province by its name",
    ),
    pytest.param(
        "粮食产量1600亿斤以上。",
        "粮食产量下限为1600亿斤。", "粮食产量上限不足1600亿斤。", "approx",
        id="下限 is 以上",
    ),
    pytest.param(
        "减少重复检查5.6万户次。",
        "减少重复检查约5.6万户次。", "减少重复检查超5.6万户次。", "approx",
        id="约 says no more than the figure",
    ),
    pytest.param(
        "案件涉及行政处罚的64件,涉及监测数据的47件。",
        "行政处罚类64件次之，监测数据类47件再次之。", "行政处罚类46件次之，监测数据类47件再次之。",
        "number",
        id="件次之 is no measure word",
    ),
    pytest.param(
        "执法机构核定编制1.46万名,实有1.28万人。",
        "执法机构实有1.28万人，低于1.46万名的核定编制。",
        "执法机构实有1.28万人，低于1.64万名的核定编制。", "number",
        id="低于 of what it is set off against, and no hedge",
    ),
    pytest.param(
        "在市政府党组会议上9次研究法治工作。",
        "9次在市政府党组会议研究法治工作。", "近9次在市政府党组会议研究法治工作。", "approx",
        id="会议上 is no 上百",
    ),
    pytest.param(
        "国考城市PM2.5浓度改善10.8%。",
        "国考城市PM2.5浓度改善10.8%。", "国考城市PM2.5浓度上升10.8%。", "direction",
        id="a concentration improves by falling",
    ),
]  # fmt: skip


@widths
@pytest.mark.parametrize(TWINS, LISTS)
def test_a_figure_keeps_its_place_in_a_list(
    told: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed(told, right, wide=wide) == []
    assert kind in kinds(failed(told, wrong, wide=wide))


@widths
@pytest.mark.parametrize(TWINS, THINGS_COUNTED)
def test_a_figure_is_told_of_the_thing_it_counts(
    told: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed(told, right, wide=wide) == []
    assert kind in kinds(failed(told, wrong, wide=wide))


@widths
@pytest.mark.parametrize(TWINS, COMPARISONS)
def test_a_comparison_a_hedge_or_a_rank_may_be_reworded_but_not_turned(
    told: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed(told, right, wide=wide) == []
    assert kind in kinds(failed(told, wrong, wide=wide))
