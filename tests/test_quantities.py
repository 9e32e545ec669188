"""Quantities: every number found, normalised, and told from names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.folding import fold
from summarizer.quantities import find_quantities
from summarizer.types import Quantity

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))


def told(text: str) -> list[str]:
    """What was found, one string each: ``text=canonical|kind|unit``, and the approximation."""
    return [
        f"{q.text}={q.canonical}|{q.kind}|{q.unit}" + (f"|{q.approx}" if q.approx else "")
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("收案536件", ["536件=536|count|件"], id="digits"),
        pytest.param("業務348.8萬件", ["348.8萬件=3488000|count|件"], id="scale, traditional"),
        pytest.param("１５．４万个", ["１５．４万个=154000|count|个"], id="full-width digits"),
        pytest.param("受理125,634件", ["125,634件=125634|count|件"], id="thousands commas"),
        pytest.param("结118，902件", ["118，902件=118902|count|件"], id="full-width comma"),
        pytest.param("共321 146件", ["321 146件=321146|count|件"], id="grouped as in yearbooks"),
        pytest.param(
            "企业5830 家,534 项", ["5830 家=5830|count|家", "534 项=534|count|项"], id="space"
        ),
        pytest.param("发2.56万亿元", ["2.56万亿元=2560000000000|money|元"], id="万亿"),
        pytest.param("达1200万千瓦", ["1200万千瓦=12000000|count|千瓦"], id="a scale before 千瓦"),
        pytest.param("重500千克", ["500千克=500|count|千克"], id="千 that is no scale"),
        pytest.param(
            "来访683批950人次", ["683批=683|count|批", "950人次=950|count|人次"], id="a run"
        ),
        pytest.param(
            "起诉50件63人", ["50件=50|count|件", "63人=63|count|人"], id="a run of two units"
        ),
        pytest.param("率-3.5%", ["3.5%=3.5|percent|%"], id="a dash that is no minus"),
        pytest.param("增长-3.5%", ["-3.5%=-3.5|percent|%"], id="a minus"),
        pytest.param("占93.10%", ["93.10%=93.10|percent|%"], id="a value as printed"),
        pytest.param(
            "总产值[2]900309亿元", ["900309亿元=90030900000000|money|元"], id="a footnote"
        ),
        pytest.param("人数121146,未", ["121146=121146|count|"], id="a bare number"),
        pytest.param("日均约15万。", ["15万=150000|count||about"], id="a bare number with a scale"),
    ],
)
def test_digits_are_read_with_scale_and_unit(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "上升3.2个百分点", ["3.2个百分点=3.2|percent|个百分点"], id="个百分点 before 个"
        ),
        pytest.param("3个工作日", ["3个工作日=3|duration|个工作日"], id="个工作日 before 个"),
        pytest.param("27个批次", ["27个批次=27|count|个批次"], id="个批次"),
        pytest.param("248场(次)", ["248场(次)=248|count|场(次)"], id="a second word in brackets"),
        pytest.param("1800人（次）", ["1800人（次）=1800|count|人(次)"], id="full-width brackets"),
        pytest.param("8万余册(份)", ["8万余册(份)=80000|count|册(份)|over"], id="余 and brackets"),
        pytest.param("检查5200家次", ["5200家次=5200|count|家次"], id="家次"),
        pytest.param(
            "18亿亩,5公里", ["18亿亩=1800000000|count|亩", "5公里=5|count|公里"], id="land"
        ),
        pytest.param("924亿美元", ["924亿美元=92400000000|money|美元"], id="dollars"),
        pytest.param("4000元/吨", ["4000元/吨=4000|money|元/吨"], id="a price"),
        pytest.param("32微克/立方米", ["32微克/立方米=32|count|微克/立方米"], id="a concentration"),
        pytest.param("12.3件/万人", ["12.3件/万人=12.3|count|件/万人"], id="a rate by 万人"),
        pytest.param("15个（镇）", ["15个=15|count|个"], id="brackets that hold no measure word"),
        pytest.param("8.9万个体工商户", ["8.9万=89000|count|"], id="个体 is a word, 个 is no unit"),
        pytest.param(
            "安排4名单位负责人", ["4名=4|count|名"], id="名 before 单位, 名单 is no word here"
        ),
        pytest.param(
            "另有3家国有企业", ["3家=3|count|家"], id="家 before 国有, 国家 is no word here"
        ),
        pytest.param("提升6个位次", ["6个位次=6|count|个位次"], id="个位次 before 个"),
        pytest.param("设备320台套", ["320台套=320|count|台套"], id="台套"),
        pytest.param("开行120列", ["120列=120|count|列"], id="trains"),
        pytest.param("另有12列入清单", ["12=12|count|"], id="列 of 列入 measures nothing"),
        pytest.param("来信36封", ["36封=36|count|封"], id="letters"),
        pytest.param("算力500TFLOPS", ["500TFLOPS=500|count|TFLOPS"], id="Latin letters"),
        pytest.param("6个多月", ["6个多月=6|duration|个月|over"], id="多 inside the unit"),
        pytest.param("1个半小时", ["1个半小时=1.5|duration|个小时"], id="half inside the unit"),
        pytest.param("建成100公里内", ["100公里=100|count|公里|under"], id="内 stays outside"),
    ],
)
def test_the_longest_unit_wins(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("六个业务", ["六个=6|count|个"], id="one digit"),
        pytest.param("三百四十件", ["三百四十件=340|count|件"], id="places"),
        pytest.param(
            "一万二千三百四十五件", ["一万二千三百四十五件=12345|count|件"], id="all places"
        ),
        pytest.param("三千五百万元", ["三千五百万元=35000000|money|元"], id="万 over 千 and 百"),
        pytest.param("两次", ["两次=2|count|次"], id="两"),
        pytest.param("十余次", ["十余次=10|count|次|over"], id="十余"),
        pytest.param("三百余人", ["三百余人=300|count|人|over"], id="余"),
        pytest.param("两三个部门", ["两三个=2/3|count|个"], id="neighbouring digits are a range"),
        pytest.param("五六十家", ["五六十家=50/60|count|家"], id="a range of tens"),
        pytest.param("九成以上", ["九成=9|percent|成|over"], id="tenths"),
        pytest.param("七成五", ["七成五=7.5|percent|成"], id="tenths and a half"),
        pytest.param("百分之三", ["百分之三=3|percent|%"], id="百分之"),
        pytest.param(
            "百分之九十八点五", ["百分之九十八点五=98.5|percent|%"], id="百分之, a decimal"
        ),
        pytest.param("千分之五", ["千分之五=5|percent|‰"], id="千分之"),
        pytest.param("三分之二", ["三分之二=0.6667|count|"], id="a fraction"),
        pytest.param("半小时", ["半小时=0.5|duration|小时"], id="a half"),
        pytest.param("增长一倍", ["一倍=1|count|倍"], id="一 that measures"),
        pytest.param("增设窗口一个。", ["一个=1|count|个"], id="一 that ends its clause"),
        pytest.param("近百家企业", ["百家=100|count|家|about"], id="百 with a word that counts"),
        pytest.param("百余名", ["百余名=100|count|名|over"], id="百余"),
        pytest.param("過去五年", ["五年=5|duration|年"], id="years"),
        pytest.param("四个季度", ["四个季度=4|duration|个季度"], id="quarters"),
        pytest.param("五个三级医院", ["五个=5|count|个"], id="the level is part of the noun"),
        pytest.param("三个服务中心", ["三个=3|count|个"], id="no formula"),
    ],
)
def test_chinese_numerals_count_with_a_measure_word(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“一规划两纲要”、四所一庭、三会一课、五湖四海", id="numerals in step"),
        pytest.param("落实三项制度、八项规定、两个维护", id="political formulas"),
        pytest.param("严把“四个最严”、“三个一批”关", id="a short quotation"),
        pytest.param("一体化、一窗通办、一网统管、统一、唯一、进一步", id="一 inside words"),
        pytest.param("办好一件事,最多跑一次,一个领域,一批企业", id="一 as an article"),
        pytest.param("二级、二期、二手车", id="二 is an ordinal"),
        pytest.param("党的二十大、十九大精神", id="congresses"),
        pytest.param("“十四五”规划、八五普法、十三五", id="plans"),
        pytest.param("第一责任人、第一议题、第三方、第一时间", id="第 in words"),
        pytest.param("千方百计、万众一心、千家万户、十分", id="idioms"),
        pytest.param("安全第一,质量第一", id="第一 that is no rank"),
        pytest.param(
            "一、总体情况\n(二)做法\n1.坚持领导\n2、狠抓;3．落实;(4)督查", id="list markers"
        ),
        pytest.param("一是立法,二是执法;一要快,二要稳", id="enumeration in the sentence"),
        pytest.param("上半年、下半年、半年度、多年、数十家、每周三", id="vague or calendar words"),
        pytest.param("- 1 -\n", id="a page number"),
        pytest.param("实现零的突破,零跑动,零部件", id="零"),
    ],
)
def test_set_phrases_and_list_markers_are_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("5-10日内", ["5-10日=5/10|duration|日|under"], id="hyphen"),
        pytest.param("5—10日内", ["5—10日=5/10|duration|日|under"], id="dash"),
        pytest.param("3至5名", ["3至5名=3/5|count|名"], id="至"),
        pytest.param("10%～15%", ["10%～15%=10/15|percent|%"], id="the unit twice"),
        pytest.param("2.5—3.5%", ["2.5—3.5%=2.5/3.5|percent|%"], id="the unit once"),
        pytest.param("3-5万元", ["3-5万元=30000/50000|money|元"], id="the scale once"),
        pytest.param("8000元至2万元", ["8000元至2万元=8000/20000|money|元"], id="two scales"),
        pytest.param("三到五个", ["三到五个=3/5|count|个"], id="Chinese numerals"),
        pytest.param("第3至5条", ["第3至5条=3/5|ordinal|条"], id="ordinals"),
        pytest.param("由138个减为25个", ["138个=138|count|个", "25个=25|count|个"], id="no range"),
    ],
)
def test_a_range_keeps_both_ends(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("近600名", "about"),
        ("约有183宗", "about"),
        ("10%左右", "about"),
        ("超2万人", "over"),
        ("突破500亿元", "over"),
        ("70余条", "over"),
        ("95%以上", "over"),
        ("不少于3次", "over"),
        ("不低于15元", "over"),
        ("不足5件", "under"),
        ("不超过3个工作日", "under"),
        ("低于4%", "under"),
        ("4.6%以内", "under"),
        ("节约100万元", None),  # 节约 saves, 约 does not approximate
        ("签约12个", None),
        ("预约30次", None),
        ("调解约200件", "about"),  # 解约 is no word here
        ("损失约1480万元", "about"),
        ("走过40个村", None),
        ("年产值过50亿元", "over"),  # 过 is no end of a verb here
        ("最近3年", None),
        ("近3年", None),  # the last three years
        ("历时近3年", "about"),
        ("通过2次", None),
        ("5个多元平台", None),
        ("3个工作日内部", None),
    ],
)
def test_words_around_a_number_say_what_it_is_about(text: str, approx: str | None) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.approx == approx


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023年", "2023"),
        ("2023 年度", "2023"),
        ("2024年2月28日", "2024-02-28"),
        ("11月28日", "--11-28"),
        ("12月底", "--12"),
        ("2月初", "--02"),
        ("5月份", "--05"),
        ("8月", "--08"),
        ("2021—2025年", "2021/2025"),
        ("2020年-2021年", "2020/2021"),
        ("2021年至2023年", "2021/2023"),
        ("20212025年", "2021/2025"),  # a scrape that lost the dash
        ("2024年1—6月", "2024-01/2024-06"),
        ("2024年1月至6月", "2024-01/2024-06"),
        ("3月5日至7日", "--03-05/--03-07"),
        ("2023年1月1日起至2023年12月31日", "2023-01-01/2023-12-31"),
        ("2024/03/15", "2024-03-15"),
        ("2024.2.28", "2024-02-28"),
        ("2025-03-05 09:30", "2025-03-05T09:30"),
        ("２００９年３月１４日", "2009-03-14"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二○二三年", "2023"),
        ("十一月二十八日", "--11-28"),
        ("2018-2022", "2018/2022"),
        ("2023年11月底", "2023-11"),
    ],
)
def test_a_date_is_one_row_with_an_iso_value(text: str, value: str) -> None:
    (quantity,) = find_quantities(f"于{text},")
    assert (quantity.text, quantity.kind, quantity.canonical) == (text, "date", value)
    assert quantity.value is quantity.low is quantity.high is None
    assert quantity.unit == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2023年版", ["2023年=2023|date|"], id="the edition of a year"),
        pytest.param("2023年3个部门", ["2023年=2023|date|", "3个=3|count|个"], id="year and count"),
        pytest.param("改革30年", ["30年=30|duration|年"], id="a span of years"),
        pytest.param("三个月", ["三个月=3|duration|个月"], id="months that are no month"),
        pytest.param(
            "2022、2023年", ["2022=2022|date|", "2023年=2023|date|"], id="a list of years"
        ),
        pytest.param("2023年初步形成", ["2023年=2023|date|"], id="初步 is a word"),
        pytest.param("金额2023.5万元", ["2023.5万元=20235000|money|元"], id="money, no month"),
        pytest.param("于15日召开", ["15日=---15|date|"], id="a day"),
        pytest.param("15日内答复", ["15日=15|duration|日|under"], id="days"),
        pytest.param("共2000名", ["2000名=2000|count|名"], id="a count like a year"),
    ],
)
def test_dates_and_counts_are_told_apart(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("市12345热线", "12345"),
        ("通过 12345 政府热线", "12345"),
        ("扎实开展“4·8司法日”活动", "4·8"),
        ("“12·4”宪法日", "12·4"),
        ("“1+1+N”平台", "1+1+N"),
        ("“3+2”机制", "3+2"),
        ("连政发〔2021〕14号", "〔2021〕14"),
        ("〔２０２１〕１４号", "〔2021〕14"),
        ("国办发（2023）1号", "(2023)1"),
        ("清单1.0版本", "1.0"),
        ("清单(2022版)", "2022"),
        ("“绿盾2020”行动", "2020"),
        ("PM2.5浓度", "PM2.5"),
        ("5G基站", "5G"),
        ("k12498411/2021-00020", "k12498411/2021-00020"),
        ("电话0517-87222589", "0517-87222589"),
        ("邮 编 ： 223100 ，", "223100"),
        ("大道 90 ", "90"),
        ("863计划", "863"),
        ("“3.15”晚会", "3.15"),
        ("结构为5.6:42.1:52.3", "5.6:42.1:52.3"),
        ("“7×24小时”服务", "7×24小时"),
        ("http://a.gov.cn/2023/1/10.html", "http://a.gov.cn/2023/1/10.html"),
        ("世界500强", "500"),
    ],
)
def test_digits_that_name_a_thing_are_a_label(text: str, label: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.kind, quantity.canonical, quantity.value) == ("label", label, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("第二批", ["第二批=2|ordinal|批"], id="a batch"),
        pytest.param("第九个宪法日", ["第九个=9|ordinal|个"], id="Chinese"),
        pytest.param("全省第4个", ["第4个=4|ordinal|个"], id="digits"),
        pytest.param("位列全省第一。", ["第一=1|ordinal|"], id="a rank"),
        pytest.param("排名第二", ["第二=2|ordinal|"], id="a rank without a place"),
        pytest.param("位列全市12位", ["12位=12|ordinal|位"], id="a rank without 第"),
        pytest.param("请来12位专家", ["12位=12|count|位"], id="people"),
        pytest.param(
            "十二届十一次全会", ["十二届=12|ordinal|届", "十一次=11|ordinal|次"], id="a plenum"
        ),
        pytest.param(
            "十三届全国人大三次会议", ["十三届=13|ordinal|届", "三次=3|ordinal|次"], id="a session"
        ),
    ],
)
def test_ordinals_keep_their_number_and_unit(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def _wide(text: str) -> str:
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,%():;"})


def _core(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.start,
        quantity.end,
        quantity.canonical,
        fold(quantity.unit),
        quantity.kind,
        quantity.approx,
    )


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_copy_in_full_width_or_folded_says_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [_core(q) for q in find_quantities(text)]
    assert [_core(q) for q in find_quantities(fold(text))] == found
    assert [_core(q) for q in find_quantities(_wide(text))] == found


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_no_digit_of_a_report_is_lost_but_list_markers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    covered = {i for q in find_quantities(text) for i in range(q.start, q.end)}
    lost = [m for m in re.finditer(r"\d+", text) if m.start() not in covered]
    assert all(re.match(r"\d\.\D", text[m.start() :]) for m in lost)


_PIECES = st.sampled_from(
    [
        *"015.．,，%％-—~+·:/×()（〔〕“”、。\n年月日号件个元万亿千百一二两三十半成余多约近点零〇a",
        *(
            "12",
            "2023",
            "至",
            "第",
            "百分点",
            "分之",
            "以上",
            "届",
            "次",
            "位",
            "热线",
            "PM",
            "G",
            "三项制度",
        ),
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map("".join)))
@settings(max_examples=400, deadline=None)
@example("〔2021〕号1.0%" + "9" * 400)
@example("1个半" + "一" * 30 + "点")
def test_any_text_gives_ordered_spans_of_itself(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        end = quantity.end
        if quantity.kind in ("date", "label"):
            assert quantity.value is quantity.low is quantity.high is None
        elif quantity.value is None:
            assert quantity.low is not None
            assert quantity.high is not None
            assert quantity.low < quantity.high


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_folding_first_changes_no_finding(text: str) -> None:
    assert [_core(q) for q in find_quantities(fold(text))] == [
        _core(q) for q in find_quantities(text)
    ]


@given(st.integers(0, 10**12), st.sampled_from(["", "万", "亿"]), st.sampled_from("件项家名"))
def test_a_printed_count_comes_back_exactly(number: int, scale: str, unit: str) -> None:
    (quantity,) = find_quantities(f"共{number}{scale}{unit}")
    assert quantity.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert quantity.unit == unit
