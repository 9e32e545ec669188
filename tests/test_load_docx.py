"""Reading Word documents as they read on paper."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest

from summarizer.errors import LoadError
from summarizer.load import Limits, load

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
NAMESPACES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def package(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A Word package with `body` inside w:body and further parts by name (numbering="…")."""
    head = f'<w:{{root}} xmlns:w="{namespace}"{NAMESPACES}>{{inside}}</w:{{root}}>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", RELS)
        document = head.format(root="document", inside=f"<w:body>{body}</w:body>")
        archive.writestr("word/document.xml", document)
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", head.format(root=name, inside=inside))
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties)


def level(index: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(*levels: str, identity: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def num(identity: int = 1, of: int = 0, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


OUTLINE = abstract(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def lines(data: bytes) -> list[str]:
    return load(data, name="报告.docx").text.splitlines()


def test_a_document_of_python_docx_comes_out_in_reading_order():
    document = docx.Document()
    document.add_heading("某市2023年法治政府建设年度报告", 0)
    document.add_paragraph("　　2023年，全市办结案件4321件。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["类别", "件数", "行政许可", "550"], strict=True):
        cell.text = text
    document.add_paragraph("二、存在不足")
    buffer = io.BytesIO()
    document.save(buffer)
    source = load(buffer.getvalue())
    assert source.format == "docx"
    assert source.text == (
        "某市2023年法治政府建设年度报告\n2023年，全市办结案件4321件。\n类别\t件数\n行政许可\t550\n二、存在不足\n"
    )
    shown = [source.text[spot.start : spot.end] for spot in source.locations]
    assert shown == source.text.splitlines()
    assert [spot.paragraph for spot in source.locations] == [1, 2, 3, 4, 5]


def test_automatic_numbers_read_as_on_paper():
    body = [
        numbered("工作成效"),
        numbered("依法履职", level=1),
        numbered("深化改革", level=2),
        numbered("2023年优化服务", level=2),
        numbered("科学决策", level=1),
        numbered("严格落实程序", level=2),
        numbered("存在不足"),
        numbered("执法不严", level=1),
    ]
    assert lines(package("".join(body), numbering=OUTLINE + num())) == [
        "一、工作成效",
        "（一）依法履职",
        "1.深化改革",
        "2. 2023年优化服务",
        "（二）科学决策",
        "1.严格落实程序",
        "二、存在不足",
        "（一）执法不严",
    ]


@pytest.mark.parametrize(
    ("form", "third", "twelfth"),
    [
        ("decimal", "3", "12"),
        ("decimalZero", "03", "12"),
        ("decimalFullWidth", "３", "１２"),
        ("decimalEnclosedCircle", "③", "⑫"),
        ("decimalEnclosedCircleChinese", "③", "⑫"),
        ("decimalEnclosedParen", "⑶", "⑿"),
        ("chineseCounting", "三", "十二"),
        ("chineseCountingThousand", "三", "十二"),
        ("japaneseCounting", "三", "十二"),
        ("taiwaneseCountingThousand", "三", "十二"),
        ("ideographDigital", "三", "一二"),
        ("chineseLegalSimplified", "叁", "壹拾贰"),
        ("ideographLegalTraditional", "參", "壹拾貳"),
        ("ideographTraditional", "丙", "乙"),
        ("ideographZodiac", "寅", "亥"),
        ("upperRoman", "III", "XII"),
        ("lowerLetter", "c", "l"),
        ("none", "", ""),
        pytest.param("newInLaterWord", "3", "12", id="a format not known yet"),
    ],
)
def test_a_number_is_written_in_its_format(form, third, twelfth):
    numbering = abstract(level(0, form, "%1、")) + num()
    found = lines(package("".join(numbered("项") for _ in range(12)), numbering=numbering))
    assert (found[2], found[11]) == (f"{third}、项", f"{twelfth}、项")


def test_large_chinese_numbers_are_right():
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = abstract(level(0, "chineseCounting", "第%1条 "))
    values = [10, 19, 20, 99, 105, 110, 1020]
    numbering += "".join(num(value, overrides=start.format(value)) for value in values)
    body = "".join(numbered("x", number=value) for value in values)
    assert [line[1:-3] for line in lines(package(body, numbering=numbering))] == [
        "十", "十九", "二十", "九十九", "一百零五", "一百一十", "一千零二十",
    ]  # fmt: skip


def test_numbers_of_several_levels_in_one_label():
    numbering = (
        abstract(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
        + num()
    )
    body = numbered("甲") + numbered("乙") + numbered("丙", level=1) + numbered("丁", level=1)
    assert lines(package(body, numbering=numbering)) == ["一、甲", "二、乙", "2.1丙", "2.2丁"]


def test_a_number_may_come_from_the_paragraph_style():
    styles = (
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Heading"><w:basedOn w:val="Base"/></w:style>'
    )
    numbering = abstract(level(0, "chineseCounting", "%1、")) + num()
    body = p("成效", '<w:pStyle w:val="Heading"/>') + p("不足", '<w:pStyle w:val="Heading"/>')
    assert lines(package(body, numbering=numbering, styles=styles)) == ["一、成效", "二、不足"]


def test_a_list_may_go_on_or_start_again():
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(level(0, "decimal", "%1.")) + num(1) + num(2) + num(3, overrides=restart)
    body = numbered("甲", 1) + p("正文") + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert lines(package(body, numbering=numbering)) == ["1.甲", "正文", "2.乙", "1.丙", "2.丁"]


def test_a_bullet_and_a_removed_number_give_no_text():
    numbering = abstract(level(0, "bullet", "\uf06c")) + num()
    assert lines(package(numbered("甲") + numbered("乙", 0), numbering=numbering)) == ["甲", "乙"]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r>"


NOT_HIDDEN = '<w:vanish w:val="0"/>'
TEXT_BOX = "<w:txbxContent>" + p("框内文字") + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"<w:p>{run('办结')}<w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
            f"<w:ins>{run('13')}</w:ins>{run('件')}</w:p>",
            ["办结13件"],
            id="tracked changes read as accepted",
        ),
        pytest.param(
            f"<w:p><w:moveFrom>{run('旧处')}</w:moveFrom>{run('留')}</w:p>"
            f"<w:p><w:moveTo>{run('新处')}</w:moveTo></w:p>",
            ["留", "新处"],
            id="moved text stands where it went",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半句，')}</w:p><w:p>{run('后半句。')}</w:p>",
            ["前半句，后半句。"],
            id="a paragraph whose end was deleted runs on",
        ),
        pytest.param(
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('末段')}</w:p>",
            ["末段"],
            id="a last paragraph whose end was deleted is not lost",
        ),
        pytest.param(
            f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}{run('的', NOT_HIDDEN)}</w:p>",
            ["看得见的"],
            id="hidden text is not on paper",
        ),
        pytest.param(
            "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>后</w:t></w:r></w:p>",
            ["第一行", "第二行 后"],
            id="line break and tab",
        ),
        pytest.param(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("3")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
            ["3"],
            id="a field shows its result",
        ),
        pytest.param(
            f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标签')}</w:smartTag></w:p>",
            ["链接标签"],
            id="text inside links and tags",
        ),
        pytest.param(
            f"<w:p>{run('正文')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{TEXT_BOX}</wps:txbx>"
            f"</mc:Choice><mc:Fallback><v:textbox>{TEXT_BOX}</v:textbox></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            ["正文", "框内文字"],
            id="a text box is stored twice and read once",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
            + p("控件里的段落")
            + "</w:sdtContent></w:sdt>",
            ["控件里的段落"],
            id="a content control",
        ),
        pytest.param(
            f"<w:p>{run('甲')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt></w:p>",
            ["甲"],
            id="a placeholder is no text",
        ),
        pytest.param(
            "<w:p><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pín</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>频</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:p>",
            ["频"],
            id="ruby is left out",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc>" + p("甲") + p("乙") + "</w:tc><w:tc>" + p("1") + "</w:tc></w:tr>"
            "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
            + p("删")
            + "</w:tc><w:tc>"
            + p("2")
            + "</w:tc></w:tr></w:tbl>",
            ["甲 乙\t1"],
            id="a cell of two paragraphs, a deleted row",
        ),
        pytest.param(
            "<w:tbl><w:tr><w:tc>"
            + p("长" * 160)
            + "</w:tc><w:tc>"
            + p("短")
            + "</w:tc></w:tr></w:tbl>",
            ["长" * 160, "短"],
            id="a table for the layout",
        ),
    ],
)
def test_what_a_reader_sees_is_read(body, expected):
    assert lines(package(body)) == expected


def test_footnotes_follow_the_text():
    notes = f'<w:footnote w:type="separator">{p("————")}</w:footnote>'
    notes += f"<w:footnote>{p('数据来自统计局。')}</w:footnote>"
    assert lines(package(p("正文。"), footnotes=notes)) == ["正文。", "数据来自统计局。"]


def test_a_strict_document_is_read_too():
    assert lines(package(numbered("甲"), namespace=STRICT, numbering=OUTLINE + num())) == ["一、甲"]


def test_a_docx_is_known_by_its_content():
    assert load(package(p("正文")), name="报告.doc").format == "docx"


GOOD = package("".join(p(f"第{index}段，办结案件{index}件。") for index in range(300)))


def zip_of(name: str, content: bytes = b"x", more: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in {name: content, **(more or {})}.items():
            archive.writestr(part, data)
    return buffer.getvalue()


def entity_bomb() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
    )
    document = (
        f'<!DOCTYPE w:document [{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
        "<w:t>&k;</w:t></w:r></w:p></w:body></w:document>"
    )
    return zip_of("word/document.xml", document.encode())


def external_entity() -> bytes:
    document = (
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    return zip_of("word/document.xml", document.encode())


def encrypted_member() -> bytes:
    data = bytearray(zip_of("word/document.xml"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(GOOD[: len(GOOD) // 2], "cut off", id="cut off"),
        pytest.param(GOOD[:30] + bytes(40) + GOOD[70:], "damaged", id="damaged inside"),
        pytest.param(zip_of("word/document.xml", b"<w:document"), "damaged", id="broken XML"),
        pytest.param(zip_of("word/document.xml", b"<document/>"), "damaged", id="no body"),
        pytest.param(package(""), "is empty", id="no text"),
        pytest.param(entity_bomb(), "document type", id="entity bomb"),
        pytest.param(external_entity(), "document type", id="external entity"),
        pytest.param(
            zip_of("word/document.xml", b" " * 80_000_000), "Limits.max_unpacked", id="zip bomb"
        ),
        pytest.param(encrypted_member(), "password", id="encrypted ZIP"),
        pytest.param(zip_of("xl/workbook.xml"), ".xlsx", id="spreadsheet"),
        pytest.param(zip_of("ppt/presentation.xml"), ".pptx", id="presentation"),
        pytest.param(zip_of("OFD.xml"), "OFD", id="OFD"),
        pytest.param(zip_of("mimetype", more={"content.xml": b""}), ".odt", id="OpenDocument"),
        pytest.param(zip_of("报告.txt"), "ZIP archive", id="archive"),
        pytest.param(zip_of("../../etc/passwd"), "ZIP archive", id="archive with a path trick"),
        pytest.param(
            zip_of("_rels/.rels", RELS.replace("word/document.xml", "../../etc/passwd").encode()),
            "ZIP archive",
            id="a relation that leads outside",
        ),
        pytest.param(b"PK\x05\x06" + bytes(18), "ZIP archive", id="empty archive"),
    ],
)
def test_what_is_no_sound_document_is_refused_with_the_reason(data, reason):
    with pytest.raises(LoadError) as caught:
        load(data, name="报告.docx")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_unpacked_size_is_a_setting():
    with pytest.raises(LoadError, match="max_unpacked"):
        load(GOOD, limits=Limits(max_unpacked=1000))
