"""A brief in each format: what it says, that it holds as a document, that data stays data."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from pathlib import Path

import pytest
from brief_samples import REPORT_TEXT, make_brief, make_report
from docx.oxml.ns import qn
from lxml import etree
from markdown_it import MarkdownIt

from summarizer.errors import LoadError, RenderError
from summarizer.render import (
    Format,
    brief_schema,
    check_output,
    load_brief,
    render_brief,
    save_brief,
)
from summarizer.render.memo import outline
from summarizer.render.wording import chinese_numeral, clean
from summarizer.types import Brief, Coverage

FORMATS: tuple[Format, ...] = ("markdown", "docx", "json")


def _markdown(brief: Brief) -> str:
    return render_brief(brief, "markdown").decode()


def _docx_part(brief: Brief, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(render_brief(brief, "docx"))) as file:
        return etree.fromstring(file.read(name))


def _text(brief: Brief, form: Format) -> str:
    if form == "docx":
        body = _docx_part(brief, "word/document.xml")
        return "\n".join("".join(p.itertext(qn("w:t"))) for p in body.iter(qn("w:p")))
    return render_brief(brief, form).decode()


def _brief_with(**report_fields: object) -> Brief:
    return make_brief(make_report(**report_fields))


# ── what it says ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        pytest.param({}, "云岭市2022年法治政府建设情况摘要", id="from the report's title"),
        pytest.param(
            {"title": None}, "云岭市2022年法治政府建设情况摘要", id="from region, year and genre"
        ),
        pytest.param(
            {"title": "云岭市人民政府关于云岭市2022年法治政府建设情况的报告"},
            "云岭市2022年法治政府建设情况摘要",
            id="what the report is about, not who reports",
        ),
        pytest.param(
            {"title": "关于2022年度法治政府建设情况的报告"},
            "云岭市2022年度法治政府建设情况摘要",
            id="a title without its region gets it",
        ),
        pytest.param(
            {"title": "云岭市2022年法治政府建设年度报告"},
            "云岭市2022年法治政府建设年度报告摘要",
            id="an annual report stays one",
        ),
        pytest.param(
            {"title": None, "region": None, "year": None},
            "法治政府建设情况摘要",
            id="nothing is invented",
        ),
        pytest.param(
            {"title": None, "profile": "work_report"},
            "云岭市2022年报告摘要",
            id="another genre says no more than it knows",
        ),
        pytest.param(
            {"title": "雲嶺市2022年法治政府建設情況報告", "region": "雲嶺市", "script": "hant"},
            "雲嶺市2022年法治政府建設情況摘要",
            id="traditional characters",
        ),
    ],
)
def test_the_title_comes_from_what_the_report_says(fields: dict[str, object], title: str) -> None:
    assert outline(_brief_with(**fields)).title == title


def test_the_line_on_who_and_when_leaves_out_what_is_unknown() -> None:
    assert outline(_brief_with()).origin == "报告来源：云岭市人民政府　2023年1月10日"
    assert outline(_brief_with(doc_number="云政发〔2023〕1号")).origin.endswith("云政发〔2023〕1号")
    assert outline(_brief_with(issuer=None, issued_on=None)).origin == ""


def test_the_plans_name_the_next_year_only_if_the_report_does() -> None:
    assert outline(_brief_with()).parts[2].heading == "2023年计划"
    assert outline(_brief_with(year=2030)).parts[2].heading == "下年度计划"
    assert outline(_brief_with(year=None)).parts[2].heading == "下年度计划"


@pytest.mark.parametrize("form", FORMATS[:2])
def test_every_format_says_the_same(form: Format) -> None:
    text = _text(make_brief(), form).replace("\\", "").replace("※", "")
    for said in (
        "云岭市2022年法治政府建设情况摘要",
        "一、主要成效",
        "二、存在不足",
        "三、2023年计划",
        "复议应诉",
        "收到复议申请98件，受理77件，未受理21件，纠错率5.9%。",
        "数据核验表",
        "98件　一致",
        "20万人　约数相符（原文为“超20万人”）",
        "19.68万元　换算一致（196800元=19.68万元）",
        "21件　程序计算（98−77=21）",
        "引用原文，已人工核对",
        "核验记录",
        "按6÷98计算为6.1%，与原文的5.9%不一致，建议核实（可能含上年结转案件）（原文第3句）。",
        "主要成效，以原文代替：“开展|普法70场。”改为“开展普法活动70余场。”；原因：少了“余”。",
        "下年度计划“三、下一步打算”（原文第9至10句）未能由模型归纳：回答被截断。",
        "摘要未引用的段落1处：第5句起",
        "3fa9c0d1",
        "归纳3次（输入300、输出50词元）",
    ):
        assert said in text


def test_neighbours_of_one_topic_share_a_paragraph() -> None:
    assert "2. **普法**。开展普法活动70余场。[^s4]受益群众超20万人。[^s4]\n" in _markdown(
        make_brief()
    )


def test_a_computed_figure_is_marked_where_it_stands() -> None:
    assert "未受理21件※，纠错率5.9%" in _markdown(make_brief())
    assert "未受理21件※，纠错率5.9%" in _text(make_brief(), "docx")


@pytest.mark.parametrize("form", FORMATS[:2])
def test_a_part_without_items_says_why(form: Format) -> None:
    bare = make_brief().model_copy(
        update={
            "shortcomings": (),
            "plans": (),
            "coverage": Coverage(
                sentences=3,
                sentences_cited=1,
                figures=1,
                figures_used=1,
                absent_parts=("shortcomings",),
                uncovered_parts=("plans",),
            ),
        }
    )
    text = _text(bare, form)
    assert "（报告未设此部分。）" in text
    assert "（本部分未能全部归纳，请查阅报告原文。）" in text


def test_an_edited_statement_is_said_to_be_unchecked() -> None:
    brief = make_brief()
    edited = brief.achievements[0].model_copy(
        update={"text": "收到复议申请89件。", "origin": "edited", "checks": ()}
    )
    brief = brief.model_copy(update={"achievements": (edited, *brief.achievements[1:])})
    row = outline(brief).rows[0]
    assert row.remark == "人工修改，未经程序核验"
    assert [mark.text for mark in row.marks] == []  # no figure of the old text is vouched for


def test_our_own_words_follow_the_reports_script() -> None:
    text = _markdown(_brief_with(script="hant"))
    for said in ("數據核驗表", "核驗記錄", "附件", "三、2023年計劃", "摘要未引用的段落", "一致"):
        assert said in text
    assert "法治人才队伍建设还有差距" in text  # the report's own words stay as they are
    assert "数据核验" not in text


def test_chinese_numerals_go_up_to_ninety_nine() -> None:
    assert [chinese_numeral(n) for n in (1, 10, 11, 20, 35)] == [
        "一",
        "十",
        "十一",
        "二十",
        "三十五",
    ]


# ── the same bytes, and back again ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_brief_gives_the_same_bytes(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_brief(make_brief(), form)
    monkeypatch.setattr("time.time", lambda: 4102444800.0)
    assert render_brief(make_brief(), form) == first


def test_a_docx_holds_no_time_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(render_brief(make_brief(), "docx"))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"20" not in re.sub(b'http[^"<]*|2022', b"", file.read("docProps/core.xml"))


def test_a_json_brief_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "memo.json"
    save_brief(make_brief(), path)
    assert load_brief(path) == make_brief()
    assert path.read_text(encoding="utf-8").endswith("}\n")
    assert "云岭市" in path.read_text(encoding="utf-8")


def test_a_json_brief_fits_its_schema() -> None:
    schema = brief_schema()
    data = json.loads(render_brief(make_brief(), "json"))
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert set(data) == set(schema["properties"])
    assert schema["properties"]["schema_version"]["const"] == data["schema_version"]


def test_a_later_version_of_the_json_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "memo.json"
    text = render_brief(make_brief(), "json").decode()
    path.write_text(text.replace('"schema_version": 1', '"schema_version": 2'), encoding="utf-8")
    with pytest.raises(LoadError, match=r"memo\.json.*schema_version"):
        load_brief(path)


# ── files ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("suffix", [".md", ".docx", ".json"])
def test_a_file_is_written_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"memo{suffix.upper()}"
    check_output(path)
    save_brief(make_brief(), path)
    assert path.stat().st_size > 1000
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_written_file_can_be_read_by_others(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.touch()
    save_brief(make_brief(), tmp_path / "memo.md")
    assert stat.S_IMODE((tmp_path / "memo.md").stat().st_mode) == stat.S_IMODE(
        beside.stat().st_mode
    )


@pytest.mark.parametrize(
    ("name", "word"),
    [
        pytest.param("memo.pdf", "is written as", id="a suffix without a format"),
        pytest.param("memo", "is written as", id="no suffix"),
        pytest.param("none/memo.md", "does not exist", id="a missing folder"),
        pytest.param("folder.md", "is a folder", id="a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_known_before_the_work(
    tmp_path: Path, name: str, word: str
) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(RenderError, match=word):
        check_output(tmp_path / name)
    with pytest.raises(RenderError):
        save_brief(make_brief(), tmp_path / name)


def test_a_failed_write_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "memo.md"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(RenderError, match="No space left"):
        save_brief(make_brief(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["memo.md"]


def test_a_template_is_for_docx_only(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="DOCX"):
        render_brief(make_brief(), "markdown", template=tmp_path / "t.docx")


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────


def test_each_statement_has_a_footnote_for_each_cited_sentence() -> None:
    text = _markdown(make_brief())
    used = set(re.findall(r"\[\^(s\d+)\](?!:)", text))
    told = set(re.findall(r"(?m)^\[\^(s\d+)\]:", text))
    assert used == told == {"s3", "s4", "s5", "s7", "s9"}
    assert "[^s3]: 原文第3句：全年收到行政复议申请98件" in text


def test_no_text_of_the_report_becomes_markdown() -> None:
    report = make_report(
        REPORT_TEXT.replace(
            "全年收到", "# 1. *粗* `码` ![图](x) <img src=x> www.x.example 全年收到"
        )
    )
    html = MarkdownIt("commonmark").enable("table").render(_markdown(make_brief(report)))
    ours = {"h1", "h2", "h3", "h4", "p", "ol", "li", "ul", "strong", "br",
            "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    assert set(re.findall(r"<(\w+)", html)) <= ours
    assert html.count("<h1") == 1
    assert "&lt;b&gt;三个&lt;/b&gt;单位|获评先进" in html


def test_the_bold_topic_is_closed_in_commonmark() -> None:
    assert "**" not in MarkdownIt("commonmark").render(_markdown(make_brief()))


# ── clean text ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("甲\n乙\t丙", "甲 乙 丙", id="one line"),
        pytest.param("98\u202e件\u2066", "98件", id="nothing reads otherwise than it is stored"),
        pytest.param("\x0098\x1b[31m件\x85", "98[31m件 ", id="control characters"),
        pytest.param("𠮷🏛️", "𠮷🏛️", id="characters beyond the first plane stay"),
    ],
)
def test_printed_text_is_clean(text: str, printed: str) -> None:
    assert clean(text) == printed
