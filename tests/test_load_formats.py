"""The same report as text, web page, Word document and PDF is the same text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from pages import government_page
from pdfs import report_pages, write_pdf

from summarizer.load import load

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
FULL_WIDTH = str.maketrans({",": "，", "(": "（", ")": "）", ":": "：", ";": "；"})
# The last lines of two of the reports: buttons of the sites they were taken from.
BUTTONS = {"扫一扫打开当前页", "返回顶部"}


@pytest.fixture(params=REPORTS, ids=lambda path: path.stem)
def report(request):
    text = load(request.param).text
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def as_docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(f"　　{line}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def folded(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_word_document_has_the_text_of_the_report(report):
    assert load(as_docx(report)).text.splitlines() == report


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_web_page_has_the_text_of_the_report(report, charset):
    title = "某市2023年法治政府建设年度报告"
    found = load(government_page(report, title=title, charset=charset)).text.splitlines()
    assert found == [title, *(line for line in report if line not in BUTTONS)]


@pytest.mark.parametrize("width", ["half", "full"])
def test_a_pdf_has_the_paragraphs_of_the_report(report, width):
    if width == "full":
        report = [line.translate(FULL_WIDTH) for line in report]
    data = write_pdf(report_pages(report, head="某市人民政府公报 2024年第3期"))
    assert [folded(line) for line in load(data).text.splitlines()] == [folded(r) for r in report]
