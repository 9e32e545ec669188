"""The DOCX memo by the checklist of GB/T 9704, as a document, and on an office's letterhead."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from brief_samples import make_brief, make_report, statement
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from summarizer.errors import RenderError
from summarizer.render import render_brief
from summarizer.types import Brief


def _docx(brief: Brief, template: Path | None = None) -> DocxDocument:
    return Document(io.BytesIO(render_brief(brief, "docx", template=template)))


def _docx_part(brief: Brief, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(render_brief(brief, "docx"))) as file:
        return etree.fromstring(file.read(name))


def _brief_with(**report_fields: object) -> Brief:
    return make_brief(make_report(**report_fields))


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
    assert sorted(bookmarks) == sorted(["memo", *anchors])
    assert len(set(anchors)) == 12  # six items, there and back
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
