"""Segmenting: parts at sentence precision, sentences, metadata, and what is no report."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from summarizer.profiles import load_profile
from summarizer.segment import segment, split_sentences
from summarizer.segment._areas import find_area
from summarizer.segment._cues import CueReader
from summarizer.types import MEMO_PARTS, Report, Source

HERE = Path(__file__).parent
FULL_WIDTH = {i: i + 0xFEE0 for i in range(0x21, 0x7F) if not chr(i).isalpha()}
GOLD = json.loads((HERE.parent / "benchmarks" / "data" / "parts.json").read_text("utf-8"))
REPORTS = sorted(path.stem for path in (HERE / "reports").glob("*.txt"))
to_traditional = OpenCC("s2t").convert


def read(text: str, **metadata: str) -> Report:
    return segment(Source(text=text, name="a test", sha256="", metadata=metadata))


def read_file(name: str) -> str:
    return (HERE / "reports" / f"{name}.txt").read_bytes().decode("utf-8")


def structures() -> dict[str, list[tuple[str, str]]]:
    """The annotated structures: name to (part, text) in order."""
    cases: dict[str, list[tuple[str, str]]] = {}
    for block in re.split(
        r"^=== ", (HERE / "structures.txt").read_text("utf-8"), flags=re.MULTILINE
    )[1:]:
        head, _, body = block.partition("\n")
        rows: list[tuple[str, str]] = []
        for glued, part, text in re.findall(
            r"^@(\+?)(\w+)\n((?:(?!@).*\n?)*)", body, flags=re.MULTILINE
        ):
            if glued:
                rows[-1] = (rows[-1][0], rows[-1][1].rstrip("\n"))
            rows.append((part, text))
        cases[head.partition(":")[0]] = rows
    return cases


STRUCTURES = structures()


def parts_by_character(report: Report) -> list[str]:
    return [s.part for s in report.sections for _ in range(s.start, s.end)]


def misplaced(report: Report, rows: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(annotated, found, text) of every line with a character in the wrong part.

    Between the title and the site's words around it no line is drawn here.
    """
    found = parts_by_character(report)
    wrong: dict[tuple[str, str, int], str] = {}
    at = 0
    for part, text in rows:
        for offset, char in enumerate(text, start=at):
            same = found[offset] == part or {found[offset], part} == {"other", "boilerplate"}
            if not same and not char.isspace():
                key = (part, found[offset], report.text.count("\n", 0, offset))
                wrong[key] = wrong.get(key, "") + char
        at += len(text)
    return [(part, other, text) for (part, other, _), text in wrong.items()]


@pytest.mark.parametrize("script", ["as written", "full width", "traditional"])
@pytest.mark.parametrize("name", STRUCTURES)
def test_every_sentence_of_a_structure_lands_in_its_part(name: str, script: str) -> None:
    convert = {
        "as written": str,
        "full width": lambda text: text.translate(FULL_WIDTH),
        "traditional": to_traditional,
    }[script]
    rows = [(part, convert(text)) for part, text in STRUCTURES[name]]
    report = read("".join(text for _, text in rows))
    assert misplaced(report, rows) == []


@pytest.mark.parametrize("wide", [False, True], ids=["as scraped", "full width"])
@pytest.mark.parametrize("name", GOLD)
def test_the_parts_of_a_real_report_are_those_annotated(name: str, wide: bool) -> None:
    text = read_file(name)
    report = read(text.translate(FULL_WIDTH) if wide else text)
    found = parts_by_character(report)
    for part in ("preamble", *MEMO_PARTS, "signature", "boilerplate"):
        annotated = {i for a, b in GOLD[name].get(part, []) for i in range(a, b)}
        placed = {i for i, p in enumerate(found) if p == part}
        assert {i for i in annotated ^ placed if not text[i].isspace()} == set(), part


@pytest.mark.parametrize("name", REPORTS)
def test_a_copy_in_the_other_script_comes_apart_the_same(name: str) -> None:
    text = read_file(name)
    converter = OpenCC("t2s" if "changde" in name else "s2t")
    other = "".join(converter.convert(character) for character in text)
    assert len(other) == len(text)
    here, there = read(text), read(other)
    assert [(s.part, s.level, s.start, s.end) for s in here.sections] == [
        (s.part, s.level, s.start, s.end) for s in there.sections
    ]
    assert here.script != there.script


@pytest.mark.parametrize("name", GOLD)
def test_the_metadata_of_a_real_report_are_those_annotated(name: str) -> None:
    report, truth = read(read_file(name)), GOLD[name]
    assert report.title == truth["title"]
    assert report.region == truth["region"]
    assert str(report.year) == truth["year"]
    assert report.issuer == truth["issuer"]
    assert report.issued_on == dt.date.fromisoformat(truth["issued_on"])


def test_an_index_table_gives_number_and_date_and_stays_outside_the_report() -> None:
    report = read(read_file("lianyungang-2020"))
    assert report.doc_number == "连政发〔2021〕14号"
    assert report.issued_on == dt.date(2021, 2, 26)
    assert report.title == "连云港市人民政府关于连云港市2020年法治政府建设情况报告"
    assert [s.part for s in report.sections[:3]] == ["boilerplate", "other", "preamble"]


def test_tail_paragraphs_without_heading_become_shortcomings_and_plans() -> None:
    report = read(read_file("lianyungang-2020"))
    tail = [s for s in report.sections if s.part in ("shortcomings", "plans")]
    assert [(s.part, s.heading, s.level) for s in tail] == [
        ("shortcomings", "", 0),
        ("plans", "", 0),
    ]
    assert report.text[tail[0].start :].startswith("2020年,我市法治政府建设工作虽然")
    assert report.text[tail[1].start :].startswith("2021年是中国共产党成立100周年")


BODY = (
    "\n2023年,各项工作取得成效。\n一、工作情况\n办案9件。\n二、存在问题\n力量不足。\n"
    "三、下一步打算\n加强力量。\n"
)


@pytest.mark.parametrize(
    ("front", "title", "region", "year"),
    [
        pytest.param(
            "首页 > 政务公开 > 东亭街道\n南江市北城区东亭街道办事处2022年法治政府建设年度报告\n"
            "发布时间 : 2023-01-29",
            "南江市北城区东亭街道办事处2022年法治政府建设年度报告",
            "南江市北城区东亭街道",
            2022,
            id="breadcrumbs before the title",
        ),
        pytest.param(
            "南江市司法局\n关于2022年度法治政府建设\n工作情况的报告",
            "南江市司法局关于2022年度法治政府建设工作情况的报告",
            "南江市",
            2022,
            id="a title over three lines",
        ),
        pytest.param(
            "招标\n南江市北城区人民政府2022年度法治政府建设情况报告招标公告\n金额\n-",
            "南江市北城区人民政府2022年度法治政府建设情况报告",
            "南江市北城区",
            2022,
            id="a tender site's words behind the title",
        ),
        pytest.param(
            "政 府 工 作 报 告\n——2023年1月5日在东江县第十届人民代表大会第四次会议上",
            "政府工作报告",
            "东江县",
            2022,
            id="a work report of January speaks of the year before",
        ),
        pytest.param(
            "二〇二二年度东江县法治政府建设情况报告",
            "二〇二二年度东江县法治政府建设情况报告",
            "东江县",
            2022,
            id="the year in Chinese numerals",
        ),
        pytest.param(
            "市教育局2022年工作总结和2023年工作计划",
            "市教育局2022年工作总结和2023年工作计划",
            None,
            2022,
            id="two years in the title, and 市 without a name",
        ),
        pytest.param(
            "中共南江市北城区委 北城区人民政府关于2022年法治政府建设情况的报告",
            "中共南江市北城区委北城区人民政府关于2022年法治政府建设情况的报告",
            "南江市北城区",
            2022,
            id="party committee and government together",
        ),
        pytest.param(
            "郑州市2022年法治政府建设年度报告",
            "郑州市2022年法治政府建设年度报告",
            "郑州市",
            2022,
            id="州 inside the name of a 市",
        ),
        pytest.param(
            "津市市市场监督管理局2022年工作总结",
            "津市市市场监督管理局2022年工作总结",
            "津市市",
            2022,
            id="市 inside the name of a 市 and behind it",
        ),
        pytest.param(
            "东江县人民政府门户网站\n东江县人民政府\n东江县法治政府建设年度报告(2022年)",
            "东江县法治政府建设年度报告(2022年)",
            "东江县",
            2022,
            id="the year in brackets, the site's name above",
        ),
        pytest.param(
            "2023-01-05\n东江县2022年度法治政府建设情况的公示",
            "东江县2022年度法治政府建设情况的公示",
            "东江县",
            2022,
            id="a report by way of a public notice",
        ),
        pytest.param(
            "东江县2022年政府工作报告重点任务完成情况报告",
            "东江县2022年政府工作报告重点任务完成情况报告",
            "东江县",
            2022,
            id="a report on what a work report had promised",
        ),
        pytest.param(
            "2022年法治政府建设年度报告",
            "2022年法治政府建设年度报告",
            None,
            2022,
            id="no region is said and none is guessed",
        ),
    ],
)
def test_title_region_and_year_are_read_from_the_front_matter(
    front: str, title: str, region: str | None, year: int
) -> None:
    report = read(front + BODY)
    assert (report.title, report.region, report.year) == (title, region, year)


def test_the_files_own_metadata_fill_in_what_the_text_does_not_say() -> None:
    said = {
        "标题": "东江县2023年法治政府建设报告",
        "发文日期": "2024-03-01",
        "发布机构": "东江县司法局",
    }
    report = read(BODY.lstrip(), **said)
    assert report.title == "东江县2023年法治政府建设报告"
    assert report.region == "东江县"
    assert report.issuer == "东江县司法局"
    assert report.issued_on == dt.date(2024, 3, 1)


def test_a_date_that_does_not_exist_is_no_date_of_issue() -> None:
    report = read("东江县2023年工作总结" + BODY + "东江县人民政府\n2024年2月30日\n")
    assert report.issuer == "东江县人民政府"
    assert report.issued_on is None


def test_a_signature_in_chinese_numerals_is_dated() -> None:
    report = read("东江县2023年工作总结" + BODY + "东江县人民政府\n二〇二四年二月二十八日\n")
    assert report.issued_on == dt.date(2024, 2, 28)
    assert report.sections[-1].part == "signature"


@pytest.mark.parametrize("name", ["novel", "price list", "resolution"])
def test_a_text_that_is_no_report_has_no_parts_and_a_warning(name: str) -> None:
    report = read("".join(text for _, text in STRUCTURES[name]))
    assert not {section.part for section in report.sections} & set(MEMO_PARTS)
    assert any("does not read like a report" in warning for warning in report.warnings)


def test_a_missing_part_and_set_aside_pages_are_warned_of() -> None:
    missing = read("".join(text for _, text in STRUCTURES["no problem part"]))
    assert "the report has no part on shortcomings" in missing.warnings
    repeated = read("".join(text for _, text in STRUCTURES["repeated page"]))
    assert any("repeats itself" in warning for warning in repeated.warnings)
    assert any("page furniture" in w for w in read(read_file("changde-2023")).warnings)


def test_sections_open_at_headings_down_to_arabic_numerals() -> None:
    report = read(read_file("changde-2023"))
    headings = [(s.level, s.heading) for s in report.sections if s.part == "achievements"]
    assert headings[:4] == [
        (1, "2023年度工作情況"),
        (2, "突出加強黨的領導"),
        (3, "堅持高位推動"),
        (3, "樹牢法治思維"),
    ]


def test_a_numeral_that_is_no_marker_opens_no_section() -> None:
    text = (
        "东江县2023年法治政府建设年度报告\n一、工作情况\n1.0版本清单已编制。\n1.5万件事项上网。"
        "按第二十条第(一)项办理。一、二、三级医院均已接入。\n二、存在问题\n不足。\n"
    )
    assert [s.heading for s in read(text).sections if s.level] == ["工作情况", "存在问题"]


def test_a_chosen_profile_adds_its_words(tmp_path: Path) -> None:
    plain = load_profile("rule_of_law")
    assert read("东江县2023年法治政府建设年度报告" + BODY).profile == "rule_of_law"
    assert read("东江县2023年度工作总结" + BODY).profile == "work_report"
    source = Source(text="东江县2023年度工作总结" + BODY, name="a test", sha256="")
    assert segment(source, plain).profile == "rule_of_law"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("收案536件。受理499件。", ["收案536件。", "受理499件。"]),
        ("成效明显；但有不足", ["成效明显；", "但有不足"]),
        # half-width marks end sentences, a full stop does not: 17.48, 1.0版本
        ("金额17.48亿元;1.0版本!好?", ["金额17.48亿元;", "1.0版本!", "好?"]),
        # a closing quotation mark belongs to the sentence it closes
        ("他说“完成了。”会议结束。", ["他说“完成了。”", "会议结束。"]),
        # inside 《》 and “” too, where the text stops there
        ("印发《办法。细则》等", ["印发《办法。", "细则》等"]),
        ("一行\n 二行　\r\n\r三行", ["一行", "二行", "三行"]),
        # an address is not cut
        ("见http://a.cn/b.html?id=1。完", ["见http://a.cn/b.html?id=1。", "完"]),
        # characters of no width count as white space
        ("\ufeff\u200b标题\u200b\n", ["标题"]),
        ("", []),
        ("\n \n", []),
        ("好！！”。", ["好！！”", "。"]),
    ],
)
def test_sentences_end_where_the_text_stops(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(text)] == sentences


def test_a_sentence_ends_before_a_heading_that_is_glued_to_it() -> None:
    report = read("".join(text for _, text in STRUCTURES["glued into one line"]))
    starts = {section.start for section in report.sections}
    for sentence in report.sentences:
        assert not any(sentence.start < start < sentence.end for start in starts)


PIECES = st.one_of(
    st.sampled_from(["一、", "二、", "(一)", "（二）", "1.", "2．", "(1)", "第一部分 ", "一是"]),
    st.sampled_from(["\n", "\r\n", "。", "；", ":", " ", "\u3000", "#", "“", "》", "abc", "😀"]),
    st.sampled_from(
        ["\u200b", "\x00", "\ud800", "\u2028", "- 1 -", "返回顶部", "附件", "各位代表:"]
    ),
    st.sampled_from(
        ["2023年", "存在问题", "下一步打算", "工作情况", "现将情况报告如下", "办案9件"]
    ),
    st.sampled_from(["取得成效,但还存在不足", "下一步,将", "东江县人民政府\n2024年1月5日"]),
    st.just("东江县2023年法治政府建设年度报告\n"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_sections_and_sentences_tile_whatever_the_text(text: str) -> None:
    report = read(text)  # the Report's own validator holds tiling and order
    assert "".join(text[s.start : s.end] for s in report.sections) == text
    covered = {i for s in report.sentences for i in range(s.start, s.end)}
    invisible = "\u200b\u200c\u200d\u2060\ufeff"
    assert {i for i, c in enumerate(text) if not c.isspace() and c not in invisible} <= covered
    assert report == read(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 8000), st.integers(0, 8000))
def test_any_cutting_of_a_real_report_comes_apart(name: str, start: int, end: int) -> None:
    text = read_file(name)[start:end]
    assert "".join(text[s.start : s.end] for s in read(text).sections) == text


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("2023年度法治政府建设的主要举措和成效", ("achievements",)),
        ("存在的不足和原因", ("shortcomings",)),
        ("法治政府建设面临的困难与挑战", ("shortcomings",)),
        ("亟待解决的问题", ("shortcomings",)),
        ("存在问题及下一步打算", ("shortcomings", "plans")),
        ("存在的主要问题及改进情况", ("shortcomings", "plans")),
        ("2023年主要工作举措和成效", ("achievements",)),
        ("工作成效及存在问题", ("achievements", "shortcomings")),
        ("2024年工作安排", ("plans",)),
        ("二〇二四年工作计划", ("plans",)),
        # the year tells, also of a slogan; and of the plans for five years
        ("勇毅前行,奋力谱写2024年新篇章", ("plans",)),
        ("“十五五”时期的主要目标任务", ("plans",)),
        ("“十四五”时期经济社会发展回顾", ("achievements",)),
        ("2023年重点工作完成情况", ("achievements",)),
        # a verb of solving governs the noun
        ("化解信访突出问题", ()),
        ("解决群众急难愁盼问题", ()),
        ("聚焦短板弱项,健全工作体系", ()),
        ("坚持问题导向,推进整改落实", ()),
        # something else is counted among the nouns of parts
        ("督察反馈问题整改落实情况", ("achievements",)),
        ("困难群众救助情况", ("achievements",)),
        ("制定年度工作计划", ()),
        ("安排部署法治建设工作", ()),
        ("科学编制规划", ()),
        ("其他需要报告的情况", ("other",)),
        ("其他工作开展情况", ("achievements",)),
        # lost line breaks: the heading runs into its text
        ("存在的问题虽然我县法治建设取得成效", ("shortcomings",)),
        ("存在问题 2023年我县法治建设虽取得明显成效,但仍存在一些不足", ("shortcomings",)),
    ],
)
def test_a_heading_announces_what_its_nouns_say(heading: str, parts: tuple[str, ...]) -> None:
    reader = CueReader(load_profile("rule_of_law").cues, 2023)
    assert reader.announce(heading).parts == parts


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("海口市美兰区人民政府2023年", "海口市美兰区"),
        ("甘南藏族自治州夏河县", "甘南藏族自治州夏河县"),
        ("内蒙古自治区鄂托克旗", "内蒙古自治区鄂托克旗"),
        ("2023年度景德镇市", "景德镇市"),  # 镇 inside the name
        ("新乡市卫滨区", "新乡市卫滨区"),  # 乡 inside the name
        ("镇江市司法局", "镇江市"),  # 镇 at the beginning of the name
        ("贵州省2023年", "贵州省"),  # 州 inside the name
        ("全州县2023年", "全州县"),
        ("全州2023年", None),
        ("济南市市中区", "济南市市中区"),  # 市 at the beginning of the name
        ("沙市区2023年", "沙市区"),  # 市 inside the name
        ("常德市市场监督管理局", "常德市"),  # 市 behind the name, of another word
        ("国家税务总局南江市税务局", "南江市"),
        ("市生态环境局东山区分局", None),
        ("城市管理局2023年", None),
        ("关于全市2023年", None),
        ("市司法局2023年", None),
    ],
)
def test_an_area_is_the_chain_of_names_at_the_beginning(name: str, area: str | None) -> None:
    found = find_area(name)
    assert (name[found.start : found.end] if found else None) == area


def test_a_part_of_the_table_is_no_heading() -> None:
    text = (
        "东江县2023年政务公开工作年度报告\n一、总体情况\n公开信息9条。\n二、申请情况\n"
        "一、本年新收\t21\t0\n四、结转下年度\t0\t0\n三、存在问题\n力量不足。\n"
    )
    assert [s.heading for s in read(text).sections if s.level] == [
        "总体情况",
        "申请情况",
        "存在问题",
    ]
