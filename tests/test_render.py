"""A brief in each format: what it says, that it holds as a document, that data stays data."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from pathlib import Path

import pytest
from brief_samples import REPORT_TEXT, make_brief, make_report, statement
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
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


def _docx(brief: Brief, template: Path | None = None) -> DocxDocument:
    return Document(io.BytesIO(render_brief(brief, "docx", template=template)))


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
        "按6÷98计算为6.1%（原文第3句），与原文不一致，建议核实（可能含上年结转案件）。",
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


# ── DOCX: the form of GB/T 9704 ──────────────────────────────────────────────────────────────


def _east_asian_font(document: DocxDocument, style: str) -> str:
    fonts = document.styles[style].element.find(qn("w:rPr")).find(qn("w:rFonts"))
    names = {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia")}
    assert len(names) == 1
    return str(names.pop())


def test_the_page_is_a4_with_the_standards_margins() -> None:
    (section,) = _docx(make_brief()).sections
    for measured, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.bottom_margin, 35),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert abs(measured - Mm(wanted)) < Mm(0.1)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        pytest.param("Title", "方正小标宋简体", 22, id="标题 二号小标宋"),
        pytest.param("Body Text", "仿宋_GB2312", 16, id="正文 三号仿宋"),
        pytest.param("Normal", "仿宋_GB2312", 16, id="默认 三号仿宋"),
        pytest.param("Heading 1", "黑体", 16, id="一级标题 三号黑体"),
        pytest.param("Heading 2", "楷体_GB2312", 16, id="二级标题 三号楷体"),
        pytest.param("Annex Mark", "黑体", 16, id="附件 三号黑体"),
        pytest.param("Annex Title", "方正小标宋简体", 22, id="附件标题 二号小标宋"),
        pytest.param("footer", "宋体", 14, id="页码 四号宋体"),
    ],
)
def test_fonts_and_sizes_are_the_standards(style: str, font: str, size: int) -> None:
    document = _docx(make_brief())
    assert _east_asian_font(document, style) == font
    assert document.styles[style].font.size == Pt(size)


def test_the_title_is_centred_and_nothing_is_bold_but_what_should_be() -> None:
    styles = _docx(make_brief()).styles
    assert styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert not any(styles[name].font.bold for name in ("Title", "Heading 1", "Heading 2"))


@pytest.mark.parametrize("style", ["Body Text", "Heading 1", "Heading 2"])
def test_lines_are_28_points_and_indented_two_characters(style: str) -> None:
    form = _docx(make_brief()).styles[style].paragraph_format
    assert form.line_spacing == Pt(28)
    assert form.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert form.first_line_indent == Pt(32)
    indent = _docx(make_brief()).styles[style].element.find(qn("w:pPr")).find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_pages_are_numbered_outside_between_dashes() -> None:
    document = _docx(make_brief())
    assert document.settings.odd_and_even_pages_header_footer
    (section,) = document.sections
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        (paragraph,) = footer.paragraphs
        assert re.fullmatch(r"— \d —", paragraph.text)
        assert " PAGE " in "".join(paragraph._p.itertext())
        assert paragraph.alignment == side
        assert paragraph.style.name.lower() == "footer"


def test_headings_are_real_headings_in_order() -> None:
    document = _docx(make_brief())
    headings = [(p.style.name, p.text) for p in document.paragraphs if "Head" in p.style.name]
    assert headings[:5] == [
        ("Heading 1", "一、主要成效"),
        ("Heading 2", "（一）复议应诉"),
        ("Heading 2", "（二）普法"),
        ("Heading 1", "二、存在不足"),
        ("Heading 1", "三、2023年计划"),
    ]
    levels = [document.styles[f"Heading {n}"].element.find(qn("w:pPr")).find(qn("w:outlineLvl"))
              for n in (1, 2)]  # fmt: skip
    assert [level.get(qn("w:val")) for level in levels] == ["0", "1"]


def test_a_document_number_is_not_broken_over_two_lines() -> None:
    paragraphs = _docx(_brief_with(doc_number="云政发〔2023〕1号")).paragraphs
    assert paragraphs[1].text == "报告来源：云岭市人民政府　2023年1月10日\n云政发〔2023〕1号"
    assert "\n" not in _docx(_brief_with()).paragraphs[1].text


def test_each_font_names_those_that_may_stand_in() -> None:
    table = _docx_part(make_brief(), "word/fontTable.xml")
    others = {
        font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")).split(",")
        for font in table.iter(qn("w:font"))
    }
    assert {"仿宋", "FangSong"} <= set(others["仿宋_GB2312"])
    assert {"楷体", "KaiTi"} <= set(others["楷体_GB2312"])
    assert set(others) == {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}


def test_the_document_says_its_title_and_its_language() -> None:
    properties = _docx(make_brief()).core_properties
    assert properties.title == "云岭市2022年法治政府建设情况摘要"
    assert properties.language == "zh-CN"
    defaults = _docx_part(make_brief(), "word/styles.xml").find(f".//{qn('w:rPrDefault')}")
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


def test_the_annex_is_a_table_that_repeats_its_head_and_breaks_no_row() -> None:
    (table,) = _docx(make_brief()).tables
    assert [cell.text for cell in table.rows[0].cells] == ["条目", "数据及核验", "原文依据"]
    properties = [row._tr.find(qn("w:trPr")) for row in table.rows]
    assert properties[0].find(qn("w:tblHeader")) is not None
    assert all(property_.find(qn("w:cantSplit")) is not None for property_ in properties)
    assert table.rows[1].cells[1].text.splitlines() == [
        "98件　一致",
        "77件　一致",
        "21件　程序计算（98−77=21）",
        "5.9%　一致",
    ]
    lit = [
        run.text
        for run in table.rows[1].cells[2].paragraphs[0].runs
        if run.bold or run.style.font.bold
    ]
    assert lit == ["98件", "77件", "5.9%"]


def test_each_item_leads_to_its_row_and_back() -> None:
    body = _docx_part(make_brief(), "word/document.xml")
    bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert sorted(bookmarks) == sorted(anchors)
    assert len(set(bookmarks)) == 12  # six items, there and back
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_data_makes_no_fields_and_characters_that_xml_refuses_are_gone() -> None:
    nasty = '收到\x00申请\x0b98件\u202e，\ufffe见 HYPERLINK "http://x.example" {PAGE}。'
    brief = make_brief()
    said = statement("achievements", nasty, 2)
    brief = brief.model_copy(update={"achievements": (said,), "figures": ()})
    body = _docx_part(brief, "word/document.xml")
    assert not list(body.iter(qn("w:instrText"), qn("w:fldSimple")))
    assert all(link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")))
    assert "收到申请98件，见 HYPERLINK" in "".join(body.itertext())


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


# ── DOCX on an office's letterhead ───────────────────────────────────────────────────────────


def _template(folder: Path, *paragraphs: str) -> Path:
    document = Document()
    document.sections[0].left_margin = Mm(40)
    document.sections[0].header.paragraphs[0].text = "云岭市司法局"
    document.styles["Heading 1"].font.size = Pt(20)
    fonts = document.styles["Heading 1"].element.find(qn("w:rPr")).find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsia"), "华文中宋")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / "letterhead.docx"
    document.save(str(path))
    return path


def test_a_letterhead_keeps_its_page_its_header_and_its_styles(tmp_path: Path) -> None:
    document = _docx(make_brief(), _template(tmp_path, "云岭信息专报"))
    assert document.paragraphs[0].text == "云岭信息专报"
    assert document.paragraphs[1].text == "云岭市2022年法治政府建设情况摘要"
    assert abs(document.sections[0].left_margin - Mm(40)) < Mm(0.1)
    assert document.sections[0].header.paragraphs[0].text == "云岭市司法局"
    assert document.styles["Heading 1"].font.size == Pt(20)
    assert document.paragraphs[3].style.name == "Heading 1"


def test_a_letterheads_latin_default_styles_do_not_set_the_memo(tmp_path: Path) -> None:
    document = _docx(make_brief(), _template(tmp_path, "云岭信息专报"))
    title, body = document.paragraphs[1], document.paragraphs[5]
    assert (title.style.name, body.style.name) == ("Memo title", "Memo body text")
    assert _east_asian_font(document, title.style.name) == "方正小标宋简体"
    assert _east_asian_font(document, body.style.name) == "仿宋_GB2312"
    assert document.styles["Title"].font.size == Pt(26)  # the template's own stays as it was


def test_the_memo_takes_the_place_that_a_letterhead_gives_it(tmp_path: Path) -> None:
    template = _template(tmp_path, "专报", "{{memo}}", "抄送：某局")
    texts = [paragraph.text for paragraph in _docx(make_brief(), template).paragraphs]
    assert texts[0] == "专报"
    assert texts[1] == "云岭市2022年法治政府建设情况摘要"
    assert texts[-1] == "抄送：某局"
    assert "{{memo}}" not in texts


def test_a_letterhead_gives_the_same_bytes_too(tmp_path: Path) -> None:
    template = _template(tmp_path, "{{memo}}")
    first = render_brief(make_brief(), "docx", template=template)
    assert render_brief(make_brief(), "docx", template=template) == first


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(None, "cannot be read", id="a missing template"),
        pytest.param(b"text", "not a Word document", id="no archive"),
        pytest.param(b"PK\x05\x06" + b"\x00" * 18, "not a Word document", id="an empty archive"),
    ],
)
def test_a_bad_template_is_one_clear_error(
    tmp_path: Path, content: bytes | None, word: str
) -> None:
    path = tmp_path / "t.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RenderError, match=word):
        render_brief(make_brief(), "docx", template=path)
