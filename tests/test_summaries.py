"""What a summary claims is read, whatever it is written in; what only sets it in type is not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from brief_samples import make_brief
from docx import Document
from docx.oxml import parse_xml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from summarizer.errors import LoadError
from summarizer.render import render_brief, save_brief
from summarizer.render.markdown import escape
from summarizer.summaries import ANNEX_NOTE, _markdown_lines, load_brief, read_summary

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _read(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_summary(path).text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        pytest.param("# 摘要\n\n正文。", "摘要\n正文。", id="a heading stays, its sign goes"),
        pytest.param("1. **普法**。70场。", "普法。70场。", id="a list number and bold"),
        pytest.param(
            "**普法。**70场。", "普法。70场。", id="bold that CommonMark does not close before 7"
        ),
        pytest.param("受理77件[^s3][^s4]。", "受理77件。", id="footnote references"),
        pytest.param(
            "[^s3]: 受理98件。", "受理98件。", id="a footnote's text is no link definition"
        ),
        pytest.param("受理77件。〔45、46〕", "受理77件。", id="source marks"),
        pytest.param("受理77件。[45,46]全年", "受理77件。全年", id="marks in Latin brackets"),
        pytest.param("受理[77]件", "受理[77]件", id="a bracketed figure is a figure"),
        pytest.param(
            "连政发〔2021〕14号印发。", "连政发〔2021〕14号印发。", id="a document number stays"
        ),
        pytest.param(
            "| 事项 | 数 |\n| --- | --- |\n| 受理 | 77件 |",
            "事项，数\n受理，77件",
            id="a table row is a line",
        ),
        pytest.param("纠错率\\*为5.9\\%", "纠错率*为5.9%", id="escapes"),
        pytest.param("受理&nbsp;77&lt;件", "受理\xa077<件", id="entities"),
        pytest.param("受理<b>77</b>件<br>审结8件", "受理77件\n审结8件", id="inline HTML"),
        pytest.param(
            "<table><tr><td>受理</td><td>77件</td></tr></table>",
            "受理，77件",
            id="a block of HTML is read, not skipped",
        ),
        pytest.param("<!-- 98件 -->\n\n受理77件。", "受理77件。", id="a comment is not seen"),
        pytest.param("    受理77件。", "受理77件。", id="an indented line is no code to us"),
        pytest.param("> 受理77件。", "受理77件。", id="a quotation"),
        pytest.param("[受理77件](http://x.example)", "受理77件", id="a link's address is no claim"),
        pytest.param("1.5万件，2022.5.1印发", "1.5万件，2022.5.1印发", id="a decimal is no list"),
        pytest.param("新增※21件", "新增21件", id="our mark of a computed figure"),
        pytest.param(
            "一、主要成效\n\n（报告未设此部分。）\n\n三、2023年计划\n\n2023年计划新建3处。",
            "2023年计划新建3处。",
            id="our fixed lines",
        ),
    ],
)
def test_markdown_is_read_as_its_claims(tmp_path: Path, markdown: str, plain: str) -> None:
    assert _read(tmp_path, "memo.md", markdown) == plain


def test_a_foreign_annex_is_read_to_its_end(tmp_path: Path) -> None:
    assert "999件" in _read(
        tmp_path, "memo.md", "受理77件。\n\n## 附件\n\n数据核验表\n\n受理999件。"
    )


def test_our_annex_ends_the_reading(tmp_path: Path) -> None:
    memo = f"受理77件。\n\n## 附件\n\n### 数据核验表\n\n{ANNEX_NOTE[0]}\n\n受理999件。"
    path = tmp_path / "memo.md"
    path.write_text(memo, encoding="utf-8")
    summary = read_summary(path)
    assert summary.own
    assert "999件" not in summary.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_any_chinese_encoding(tmp_path: Path, encoding: str) -> None:
    assert _read(tmp_path, "memo.txt", "1、受理77件。\n".encode(encoding)) == "受理77件。"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        pytest.param("memo.pdf", b"%PDF-1.7", "save it as", id="another kind of file"),
        pytest.param("memo", b"text", "save it as", id="no suffix"),
        pytest.param("memo.md", b"", "empty", id="an empty file"),
        pytest.param("memo.md", b"\n \n", "no text", id="only white space"),
        pytest.param("memo.txt", b"\x00\x01\x02\xff", "not a text file", id="binary in a .txt"),
        pytest.param("memo.docx", b"PK\x03\x04junk", "not a readable Word", id="a broken archive"),
        pytest.param("memo.docx", "受理".encode(), "not a readable Word", id="text named .docx"),
        pytest.param("memo.json", b"{}", "not a brief", id="another JSON"),
        pytest.param("memo.json", b"{", "not a brief", id="cut-off JSON"),
    ],
)
def test_a_bad_file_is_one_clear_error(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    with pytest.raises(LoadError, match=word) as caught:
        _read(tmp_path, name, content)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="check the path"):
        read_summary(tmp_path / "none.md")


def test_a_docx_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(LoadError, match="unpacks to more"):
        _read(tmp_path, "memo.docx", packed.getvalue())


def _docx(tmp_path: Path, *blocks: str) -> str:
    document = Document()
    for block in blocks:
        document.element.body.insert(0, parse_xml(block))
    path = tmp_path / "memo.docx"
    document.save(str(path))
    return read_summary(path).text


@pytest.mark.parametrize(
    ("block", "plain"),
    [
        pytest.param(
            f"<w:p {W}><w:r><w:t>受理</w:t></w:r>"
            '<w:del w:id="1" w:author="a"><w:r><w:delText>77</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>78</w:t></w:r></w:ins>'
            "<w:r><w:t>件。</w:t></w:r></w:p>",
            "受理78件。",
            id="tracked changes: the inserted figure counts",
        ),
        pytest.param(
            f'<w:p {W}><w:moveFrom w:id="1" w:author="a"><w:r><w:t>旧</w:t></w:r></w:moveFrom>'
            "<w:r><w:t>新。</w:t></w:r></w:p>",
            "新。",
            id="text that was moved away",
        ),
        pytest.param(
            f"<w:p {W}><w:sdt><w:sdtContent><w:r><w:t>受理77件。</w:t></w:r></w:sdtContent></w:sdt>"
            "</w:p>",
            "受理77件。",
            id="a content control",
        ),
        pytest.param(
            f"<w:p {W}><w:r><w:instrText>PAGE 98</w:instrText></w:r>"
            "<w:r><w:t>受理。</w:t></w:r></w:p>",
            "受理。",
            id="a field's code is no text",
        ),
        pytest.param(
            f"<w:p {W}><w:r><w:t>受理</w:t><w:br/><w:t>77件。</w:t></w:r></w:p>",
            "受理\n77件。",
            id="a line break",
        ),
        pytest.param(
            f"<w:tbl {W}><w:tblPr/><w:tblGrid/>"
            "<w:tr><w:tc><w:p><w:r><w:t>受理</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>77件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "受理，77件",
            id="a table row is a line",
        ),
        pytest.param(
            f"<w:p {W}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内98件。</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r><w:r><w:t>框外77件。</w:t></w:r></w:p>",
            "框外77件。\n框内98件。",
            id="a text box is read, once",
        ),
    ],
)
def test_word_text_is_read_as_a_reader_sees_it(tmp_path: Path, block: str, plain: str) -> None:
    assert _docx(tmp_path, block) == plain


def test_a_json_brief_is_read_as_its_statements(tmp_path: Path) -> None:
    lines = _read(tmp_path, "memo.json", render_brief(make_brief(), "json")).splitlines()
    assert lines[:4] == [
        "复议应诉",
        "收到复议申请98件，受理77件，未受理21件，纠错率5.9%。",
        "普法",
        "开展普法活动70余场。",
    ]


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_our_own_memo_is_read_without_its_annex(tmp_path: Path, suffix: str) -> None:
    brief = make_brief()
    path = tmp_path / f"memo{suffix}"
    save_brief(brief, path)
    summary = read_summary(path)
    assert summary.own
    assert all(statement.text in summary.text for statement in brief.statements())
    assert "云岭市2022年法治政府建设情况摘要" in summary.text
    for ours in ("核验", "附件", "主要成效", "local/model", "〔", "。[", "[^", "※"):
        assert ours not in summary.text


def test_the_letterhead_over_our_memo_is_no_claim(tmp_path: Path) -> None:
    letterhead = Document()
    letterhead.add_paragraph("山海市司法局 第9期")
    letterhead.save(str(tmp_path / "letterhead.docx"))
    path = tmp_path / "memo.docx"
    save_brief(make_brief(), path, template=tmp_path / "letterhead.docx")
    text = read_summary(path).text
    assert "山海市" not in text
    assert text.startswith("云岭市2022年法治政府建设情况摘要")


def test_a_figure_changed_in_our_docx_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "memo.docx"
    save_brief(make_brief(), path)
    document = Document(str(path))
    run = next(r for p in document.paragraphs for r in p.runs if r.text == "77件")
    run.text = "79件"
    document.save(str(path))
    assert "受理79件" in read_summary(path).text


def test_a_brief_that_cites_what_is_not_there_is_refused(tmp_path: Path) -> None:
    text = render_brief(make_brief(), "json").decode().replace('"sources": [\n        2', "@", 1)
    path = tmp_path / "memo.json"
    path.write_text(text.replace("@", '"sources": [\n        999'), encoding="utf-8")
    with pytest.raises(LoadError, match="cites a sentence"):
        load_brief(path)


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_what_we_escape_reads_back_as_it_was(text: str) -> None:
    assume(not any(mark in text for mark in ("**", "__", "[^")))  # read as marks, escaped or not
    said = f"甲{text}乙"
    assert _markdown_lines(f"1. {escape(said)}") == [said]
