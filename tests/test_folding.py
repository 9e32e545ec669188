"""Folding: every offset stays, one spelling comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.folding import fold, script_of, to_script, to_script_of

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("行政複議案件", "行政复议案件", id="traditional characters"),
        pytest.param(
            "對於臺灣的覆核", "对于台湾的覆核", id="variants, and one that has no other form"
        ),
        pytest.param(
            "２０２３年，占９５．６％", "2023年,占95.6%", id="full-width digits and signs"
        ),
        pytest.param("（一）：；？！", "(一):;?!", id="full-width punctuation"),
        pytest.param(
            "。、《》〔〕【】", "。、《》〔〕【】", id="punctuation without an ASCII form stays"
        ),
        pytest.param(
            "《落实〈纲要〉方案》", "《落实<纲要>方案》", id="inner titles as scrapes have them"
        ),
        pytest.param("「甲『乙』」", "“甲‘乙’”", id="corner brackets keep their direction"),
        pytest.param(
            "5—10日、5–10日、5－10日、5−10日", "5-10日、5-10日、5-10日、5-10日", id="dashes"
        ),
        pytest.param("3～5名、3〜5名", "3~5名、3~5名", id="tildes"),
        pytest.param("12·4、12・4、12•4", "12·4、12·4、12·4", id="middle dots"),
        pytest.param(
            "5\u00a0件\u3000共\u200b3\ufeff项", "5 件 共 3 项", id="spaces of every width"
        ),
        pytest.param("一行\r\n二行\n", "一行\r\n二行\n", id="line ends stay"),
        pytest.param("二○二四年", "二〇二四年", id="the circle that stands for zero"),
        pytest.param("㎡ ℃ ① ½ Ⅲ ‰", "㎡ ℃ ① ½ Ⅲ ‰", id="nothing that NFKC would spread or merge"),
        pytest.param("⽂⼈⾏", "文人行", id="Kangxi radicals of a PDF's text layer"),
        pytest.param("\uf9dc\ufa1b", "隆福", id="compatibility ideographs"),
        pytest.param("︵一︶﹐﹪", "(一),%", id="vertical and small forms"),
        pytest.param("𠮷野\U0002f81a😀", "𠮷野冬😀", id="characters beyond the first plane"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_each_character_has_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@settings(max_examples=200)
def test_folding_keeps_the_length_and_changes_nothing_the_second_time(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_character_folds_the_same_in_any_company(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


def test_every_code_point_keeps_its_place() -> None:
    everything = "".join(chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000)
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert fold(folded) == folded


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_report_and_its_full_width_copy_fold_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,.%():;?!+"})
    assert fold(wide) == fold(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param("法治政府建設工作情況報告", "hant", id="traditional"),
        pytest.param("法治政府建设工作情况报告", "hans", id="simplified"),
        pytest.param("2023年3月", "hans", id="nothing tells: simplified"),
        pytest.param("", "hans", id="empty"),
        pytest.param("皇后乾隆里", "hans", id="characters good in both scripts tell nothing"),
        pytest.param("依法行政工作報告:行政复議", "hant", id="mixed: the majority"),
    ],
)
def test_the_script_is_told_by_the_characters_of_one_script_only(text: str, script: str) -> None:
    assert script_of(text) == script


def test_the_five_reports_are_told_apart_by_script() -> None:
    scripts = {path.stem: script_of(path.read_text(encoding="utf-8")) for path in REPORTS}
    assert scripts.pop("changde-2023") == "hant"
    assert set(scripts.values()) == {"hans"}


def test_a_text_is_converted_by_phrases_not_by_characters() -> None:
    assert to_script("头发与发展", "hant") == "頭髮與發展"
    assert to_script("頭髮與發展", "hans") == "头发与发展"


def test_a_text_is_set_in_the_characters_that_the_other_text_prefers() -> None:
    report = (
        "行政復議案件,各級領導干部,規范執法,發布辦法。"  # converted by a machine, with 干 and 范
    )
    assert to_script_of("行政复议，干部规范，发布", report) == "行政復議，干部規范，發布"
    assert to_script_of("行政復議", "行政复议案件") == "行政复议"
