"""Reading PDFs: lines back to paragraphs, pages without their furniture, tables by row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from pdfs import (
    LEFT,
    PITCH,
    RIGHT,
    SIZE,
    TOP,
    Picture,
    Stroke,
    Word,
    report_pages,
    text_width,
    wrapped,
    write_pdf,
)

from summarizer.errors import LoadError
from summarizer.load import Limits, load

LONG = (
    "2023年，某市坚持以习近平法治思想为指导，深入推进依法行政，全年办结案件4321件，同比增长6.5%，"
    "其中行政许可550件、行政处罚1206件，受理行政复议申请88件，调解各类纠纷3.2万件，群众满意率99.5%。"
)
REPORT = [
    "某市2023年法治政府建设年度报告",
    LONG,
    "一、主要举措和成效",
    f"（一）依法履职。{LONG}",
    f"（二）科学决策。{LONG * 3}",
    "二、存在的不足",
    "一是执法力量不足；二是普法形式单一。",
    "某市人民政府",
    "2024年3月15日",
]


def lines(data: bytes) -> list[str]:
    return load(data, name="报告.pdf").text.splitlines()


def test_wrapped_lines_come_back_as_paragraphs():
    source = load(write_pdf(report_pages(REPORT)))
    assert source.text.splitlines() == REPORT
    assert source.format == "pdf"


def test_the_text_keeps_its_pages():
    pages = report_pages(REPORT * 4)
    source = load(write_pdf(pages))
    assert [spot.page for spot in source.locations] == list(range(1, len(pages) + 1))
    for spot, page in zip(source.locations, pages, strict=True):
        shown = source.text[spot.start : spot.end].replace("\n", "")
        assert shown == "".join(word.text for word in page[1:])
    covered = "".join(source.text[spot.start : spot.end] for spot in source.locations)
    assert covered.replace("\n", "") == source.text.replace("\n", "")


@pytest.mark.parametrize("style", ["— {} —", "{}", "第{}页", "第 {} 页 共 9 页", "{}/9", "- {} -"])
def test_page_numbers_and_running_heads_are_left_out(style):
    pages = report_pages(REPORT * 3, head="某市司法局 2024年第3期", numbered=False)
    for number, page in enumerate(pages, start=1):
        page.append(Word(280, 45, style.format(number), 12))
    assert lines(write_pdf(pages)) == REPORT * 3


def test_a_line_of_digits_inside_the_page_is_text():
    pages = report_pages([LONG, "2023", LONG])
    assert lines(write_pdf(pages)) == [LONG, "2023", LONG]


def test_paragraphs_without_indents_are_told_by_their_gaps():
    pages, y = [[]], TOP
    for paragraph in [LONG, f"（一）依法履职。{LONG}", LONG]:
        for x, text in wrapped(paragraph, indent=0):
            pages[-1].append(Word(x, y, text))
            y -= PITCH
        y -= PITCH
    assert lines(write_pdf(pages)) == [LONG, f"（一）依法履职。{LONG}", LONG]


def test_a_title_over_two_lines_stays_on_two():
    title = [Word(160, TOP + 60, "某市2023年度", 22), Word(140, TOP + 30, "法治政府建设报告", 22)]
    pages = report_pages([LONG])
    pages[0][:0] = title
    assert lines(write_pdf(pages)) == ["某市2023年度", "法治政府建设报告", LONG]


def test_a_number_broken_by_the_margin_is_whole_again():
    pages = [
        [
            Word(LEFT + 2 * SIZE, TOP, "全年办结案件共计" + "一" * 17 + "12"),
            Word(LEFT, TOP - PITCH, "34件。"),
        ]
    ]
    assert lines(write_pdf(pages)) == ["全年办结案件共计" + "一" * 17 + "1234件。"]


def test_a_range_broken_after_its_dash_keeps_the_dash():
    first = "《某市法治政府建设实施纲要（某市人民政府公报（2021-"
    x = RIGHT - text_width(first)
    pages = [[Word(x, TOP, first), Word(LEFT, TOP - PITCH, "2025年）》印发，各部门认真落实。")]]
    pages[0].append(Word(LEFT, TOP - 2 * PITCH, "结束。"))
    assert "2021-2025年" in lines(write_pdf(pages))[0]


def test_radicals_in_place_of_characters_are_mended():
    assert lines(write_pdf([[Word(LEFT, TOP, "⼀、⼈民政府⻓期⻅效")]])) == ["一、人民政府长期见效"]


def test_pieces_drawn_out_of_order_read_from_the_top():
    pages = report_pages(REPORT)
    for page in pages:
        page.reverse()
    assert lines(write_pdf(pages)) == REPORT


def test_two_columns_are_read_one_after_the_other():
    def column(x: float, text: str) -> list[Word]:
        rows = [text[start : start + 18] for start in range(0, len(text), 18)]
        return [Word(x, TOP - PITCH * n, row, 12) for n, row in enumerate(rows)]

    text = LONG.translate(str.maketrans("0123456789.%", "〇一二三四五六七八九点率"))[:85]
    assert lines(write_pdf([column(60, text) + column(330, text)])) == [text, text]


CELLS = [["类别", "件数", "占比"], ["行政许可", "550", "12.5%"], ["行政处罚", "1206", "87.5%"]]


def ruled_table(top: float, cells: list[list[str]], width: float = 140) -> list[Word | Stroke]:
    bottom, right = top - PITCH * len(cells), LEFT + width * len(cells[0])
    heights = [top - PITCH * index for index in range(len(cells) + 1)]
    places = [LEFT + width * index for index in range(len(cells[0]) + 1)]
    return [
        *(Stroke(LEFT, y, right, y) for y in heights),
        *(Stroke(x, bottom, x, top) for x in places),
        *(
            Word(x + 6, y - 20, text, 12)
            for y, texts in zip(heights, cells, strict=False)
            for x, text in zip(places, texts, strict=False)
        ),
    ]


def test_a_ruled_table_reads_row_by_row():
    page = [
        Word(LEFT, TOP, "具体情况见下表："),
        *ruled_table(TOP - 20, CELLS),
        Word(LEFT, 300, "表后文字。"),
    ]
    assert lines(write_pdf([page])) == [
        "具体情况见下表：",
        "类别\t件数\t占比",
        "行政许可\t550\t12.5%",
        "行政处罚\t1206\t87.5%",
        "表后文字。",
    ]


def test_a_cell_of_two_lines_stays_one_cell():
    table = ruled_table(TOP, [["", "件数"], ["许可", "5"]])
    table += [Word(LEFT + 6, TOP - 12, "办理", 9), Word(LEFT + 6, TOP - 24, "类别", 9)]
    assert lines(write_pdf([table])) == ["办理类别\t件数", "许可\t5"]


def test_a_table_without_rules_reads_row_by_row():
    page = [
        Word(LEFT + 150 * column, TOP - PITCH * row, text)
        for column in range(3)
        for row, text in enumerate(cells[column] for cells in CELLS)
    ]
    assert lines(write_pdf([page])) == ["\t".join(row) for row in CELLS]


def test_a_line_under_the_heading_makes_no_table():
    pages = report_pages([LONG])
    pages[0].append(Stroke(LEFT, TOP - 5, RIGHT, TOP - 5))
    assert lines(write_pdf(pages)) == [LONG]


def test_a_page_that_is_a_picture_is_told():
    source = load(write_pdf([*report_pages(REPORT), [Picture()]]))
    assert source.text.splitlines() == REPORT
    assert "page 3 of the PDF is a picture" in source.warnings[0]


GOOD = write_pdf(report_pages(REPORT))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(GOOD[: len(GOOD) // 2], "cut off", id="cut off"),
        pytest.param(b"%PDF-1.7\n%%EOF", "damaged", id="nothing inside"),
        pytest.param(write_pdf(report_pages(REPORT), encrypted=True), "password", id="encrypted"),
        pytest.param(write_pdf([[Picture()], [Picture()]]), "scanned", id="scanned"),
        pytest.param(write_pdf([[]]), "without text", id="blank"),
        pytest.param(write_pdf([]), "PDF", id="no pages"),
        pytest.param(
            write_pdf([[Word(LEFT, TOP, "\ue001\ue123\ue345" * 8)]]), "fonts", id="no character map"
        ),
    ],
)
def test_what_is_no_sound_pdf_is_refused_with_the_reason(data, reason):
    with pytest.raises(LoadError) as caught:
        load(data, name="报告.pdf")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_pages_and_characters_are_limited_by_settings():
    with pytest.raises(LoadError, match="max_pages"):
        load(write_pdf([[], []]), limits=Limits(max_pages=1))
    with pytest.raises(LoadError, match="max_glyphs"):
        load(GOOD, limits=Limits(max_glyphs=100))


def test_many_threads_may_read_at_once():
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: load(GOOD).text, range(8)))
    assert set(found) == {"\n".join(REPORT) + "\n"}
