import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.typesetting import as_item, heading_as_topic, set_in_chinese, without_marker


@pytest.mark.parametrize(
    ("scraped", "printed"),
    [
        # commas, semicolons and colons that a scrape folded
        ("落实责任,推动工作;成效:明显", "落实责任，推动工作；成效：明显"),
        # a thousands comma is part of a number
        ("支出1,234万元", "支出1,234万元"),
        # a comma after a number is not
        ("受理411件,办结403件", "受理411件，办结403件"),
        # a percent sign before the comma
        ("达99.5%,居首", "达99.5%，居首"),
        # brackets around Han characters and around Latin ones
        ("镇(街道)接入PC(v2)端", "镇（街道）接入PC(v2)端"),
        # the time of day keeps its colon
        ("于09:30召开", "于09:30召开"),
        # spaces that a web page left between Han characters
        ("建设 用地", "建设用地"),
        # a bare number before a comma and Han characters
        ("人数121146,未完备", "人数121146，未完备"),
    ],
)
def test_scraped_text_is_set_as_in_a_chinese_document(scraped: str, printed: str) -> None:
    assert set_in_chinese(scraped) == printed


@pytest.mark.parametrize(
    ("numbered", "bare"),
    [
        ("一是强化领导。", "强化领导。"),
        ("(二)持续提升", "持续提升"),
        ("（十一）持续提升", "持续提升"),
        ("3.强化监督", "强化监督"),
        ("二、存在的不足", "存在的不足"),
        # a decimal is no list number
        ("3.6万套住房", "3.6万套住房"),
        # an ordinal within a sentence is no list number
        ("第二批示范地区", "第二批示范地区"),
        # 一是 opens an entry, 一 alone does not
        ("一网通办全面推行", "一网通办全面推行"),
    ],
)
def test_a_list_number_is_taken_off_and_nothing_else(numbered: str, bare: str) -> None:
    assert without_marker(numbered) == bare


def test_an_item_ends_in_one_full_stop() -> None:
    assert as_item("一是强化组织领导;") == "强化组织领导。"
    assert as_item("强化组织领导。。") == "强化组织领导。"


def test_a_quotation_mark_without_its_partner_is_left_out() -> None:
    assert as_item("首创司法确认制度”获评“十大法治事件”") == "首创司法确认制度获评“十大法治事件”。"
    assert as_item("开展“护苗行动") == "开展护苗行动。"


def test_a_topic_is_the_first_clause_of_a_heading() -> None:
    assert (
        heading_as_topic("（三）推进行政决策科学化、民主化、法治化。")
        == "推进行政决策科学化、民主化、法治化"
    )
    assert heading_as_topic("(二)健全依法行政制度,强化决策程序") == "健全依法行政制度"


@given(st.text(alphabet="一二受理件,，.。;；0123456789()%", max_size=40))
def test_setting_in_chinese_keeps_every_digit_in_order(text: str) -> None:
    assert [c for c in set_in_chinese(text) if c.isdigit()] == [c for c in text if c.isdigit()]


@given(st.text(alphabet="受理件,，。;；12()%“” ", max_size=40))
def test_setting_in_chinese_twice_changes_nothing_more(text: str) -> None:
    once = set_in_chinese(text)
    assert set_in_chinese(once) == once
