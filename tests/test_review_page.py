"""The review page: safe and whole as a file, and at work in a real browser.

The browser tests drive headless Chromium through its driver on loopback. Where no browser is
installed they are skipped, except in CI, where that is a failure.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NoReturn

import pytest
from brief_samples import REPORT_TEXT, make_brief, make_report
from docx import Document

from summarizer.render import load_brief, render_brief, save_brief
from summarizer.summaries import read_summary
from summarizer.types import Brief

HOSTILE = (
    "<script>document.title='broken'</script>"
    "<img src=x onerror=\"document.title='broken'\">"
    '</script><script id="brief-data">{}</script><!-- -->\'"&lt; javascript:alert(1)'
)


def _page(brief: Brief) -> str:
    return render_brief(brief, "html").decode()


def _hostile_brief() -> Brief:
    report = make_report(REPORT_TEXT.replace("全年收到", HOSTILE + "全年收到"), region=HOSTILE,
                         issuer=HOSTILE, title=None, name=f"{HOSTILE}.txt")  # fmt: skip
    brief = make_brief(report)
    said = brief.plans[0].model_copy(update={"text": HOSTILE, "topic": HOSTILE})
    finding = brief.findings[0].model_copy(update={"formula": HOSTILE})
    failure = brief.failures[0].model_copy(update={"heading": HOSTILE, "reason": HOSTILE})
    return brief.model_copy(
        update={"plans": (said,), "findings": (finding,), "failures": (failure,)}
    )


class _Elements(HTMLParser):
    """The tags of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag in self.raw else None
        if self._inside:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside][-1] += data


# ── the file ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("brief", [make_brief(), _hostile_brief()], ids=["plain", "hostile"])
def test_the_page_runs_and_loads_nothing_but_its_own(brief: Brief) -> None:
    elements = _Elements(_page(brief))
    tags = [tag for tag, _ in elements.tags]
    assert tags.count("script") == 2
    assert not {"img", "iframe", "object", "embed", "link", "base", "video", "audio", "svg"} & {
        *tags
    }
    for tag, attributes in elements.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes
        assert "style" not in attributes  # the policy would refuse it
        if tag == "a":
            assert (attributes["href"] or "").startswith("#")


def test_the_policy_names_the_hashes_of_the_pages_own_script_and_style() -> None:
    elements = _Elements(_page(make_brief()))
    policy = next(a["content"] for _, a in elements.tags if "content" in a and "http-equiv" in a)
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for text in (elements.raw["script"][1], elements.raw["style"][0]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize("brief", [make_brief(), _hostile_brief()], ids=["plain", "hostile"])
def test_the_brief_in_the_page_comes_back_whole(brief: Brief, tmp_path: Path) -> None:
    path = tmp_path / "memo.html"
    save_brief(brief, path)
    assert load_brief(path) == brief
    assert "<" not in _Elements(_page(brief)).raw["script"][0]


def test_every_link_leads_somewhere_and_every_id_is_one() -> None:
    elements = _Elements(_page(make_brief()))
    ids = [a["id"] for _, a in elements.tags if "id" in a]
    links = {(a["href"] or "")[1:] for tag, a in elements.tags if tag == "a"}
    assert len(set(ids)) == len(ids)
    assert links <= set(ids)
    assert len(links) > 5


def test_a_page_is_read_as_a_summary_by_its_statements(tmp_path: Path) -> None:
    path = tmp_path / "memo.html"
    save_brief(make_brief(), path)
    summary = read_summary(path)
    assert summary.own
    assert "受理77件，未受理21件" in summary.text
    assert "核验" not in summary.text


def test_the_same_brief_gives_the_same_page() -> None:
    assert _page(make_brief()) == _page(make_brief())


def test_the_page_speaks_the_script_of_the_report() -> None:
    page = _page(make_brief(make_report(script="hant")))
    assert '<html lang="zh-Hant">' in page
    for words in ("只看需人工處理", "核驗記錄", "保存本頁", "程序計算"):
        assert words in page


def test_a_mark_never_splits_what_it_marks_from_its_place() -> None:
    page = _page(make_brief())
    text = "".join(re.findall(r'<div class="report-text".*?>(.*?)</div>', page, re.DOTALL))
    plain = re.sub(r"<[^>]+>", "", text)
    assert re.sub(r"\s", "", plain).replace("&lt;", "<").replace("&gt;", ">") == re.sub(
        r"\s", "", REPORT_TEXT
    )


# ── in a browser ─────────────────────────────────────────────────────────────────────────────

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--window-size=1400,900")  # fmt: skip


def _no_browser(reason: str) -> NoReturn:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"the review page needs a browser in CI: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, downloads: Path) -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        _no_browser("chromium or chromedriver is missing")
    try:
        from selenium import webdriver
    except ImportError:
        _no_browser("selenium is missing")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    service = webdriver.ChromeService(executable_path=driver)
    with webdriver.Chrome(options=options, service=service) as chrome:
        yield chrome


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Callable[[Brief], Any]:
    def open_page(brief: Brief) -> Any:
        path = tmp_path / "memo.html"
        save_brief(brief, path)
        browser.get(path.as_uri())
        return browser

    return open_page


def _one(browser: Any, css: str) -> Any:
    return browser.find_element("css selector", css)


def _lit(browser: Any) -> list[tuple[str, str]]:
    return [
        (element.get_attribute("id"), element.text)
        for element in browser.find_elements("css selector", "#report .lit")
    ]


def _in_view(browser: Any, css: str) -> bool:
    return bool(
        browser.execute_script(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;",
            css,
        )
    )


def _downloaded(folder: Path, suffix: str) -> Path:
    """The newest download of a kind, once the browser has finished it."""
    for _ in range(200):
        found = [p for p in folder.glob(f"*{suffix}") if p.stat().st_size]
        if found and not list(folder.glob("*.crdownload")):
            return max(found, key=lambda path: path.stat().st_mtime_ns)
        time.sleep(0.05)
    raise AssertionError(f"no {suffix} was downloaded")


def test_a_click_on_a_figure_lights_its_sentence_and_brings_it_into_view(
    opened: Callable[[Brief], Any],
) -> None:
    brief = make_brief()
    browser = opened(brief)
    _one(browser, "#achievements_1 .figure:nth-of-type(2)").click()
    start = brief.report.text.index("77件")
    lit = _lit(browser)
    assert (f"c{start}", "77件") in lit
    assert [name for name, _ in lit if name.startswith("s")] == ["s3"]
    assert _in_view(browser, f"#c{start}")


def test_in_a_long_report_the_source_comes_into_view(opened: Callable[[Brief], Any]) -> None:
    report = make_report("其他工作有序推进。\n" * 1500 + REPORT_TEXT)
    brief = make_brief(report)
    moved = tuple(
        said.model_copy(update={"sources": tuple(index + 1500 for index in said.sources)})
        for said in brief.achievements
    )
    browser = opened(brief.model_copy(update={"achievements": moved}))
    target = f"#c{report.text.index('98件')}"
    assert not _in_view(browser, target)
    _one(browser, "#achievements_1 .figure").click()
    assert _in_view(browser, target)


def test_a_computed_figure_lights_the_sentences_of_its_statement(
    opened: Callable[[Brief], Any],
) -> None:
    browser = opened(make_brief())
    _one(browser, "#achievements_1 .figure.derived").click()
    assert [name for name, _ in _lit(browser)] == ["s3"]


def test_a_click_on_a_sentence_leads_back_to_each_statement_in_turn(
    opened: Callable[[Brief], Any],
) -> None:
    browser = opened(make_brief())
    reached = []
    for _ in range(3):
        _one(browser, "#s4").click()
        reached.append(_one(browser, ".statement.current").get_attribute("id"))
    assert reached == ["achievements_2", "achievements_3", "achievements_2"]


def test_the_keyboard_goes_through_the_statements_to_the_source_and_back(
    opened: Callable[[Brief], Any],
) -> None:
    browser = opened(make_brief())
    for key in "jjk":
        _one(browser, "body").send_keys(key)
    assert browser.switch_to.active_element.get_attribute("id") == "achievements_1"
    browser.switch_to.active_element.send_keys("\ue007")  # Enter
    assert browser.switch_to.active_element.get_attribute("id") == "s3"
    browser.switch_to.active_element.send_keys("\ue007")
    assert browser.switch_to.active_element.get_attribute("id") == "achievements_1"


def test_the_filter_leaves_what_needs_a_person(opened: Callable[[Brief], Any]) -> None:
    browser = opened(make_brief())
    _one(browser, "#only-doubtful").click()
    shown = [
        element.get_attribute("id")
        for element in browser.find_elements("css selector", ".statement")
        if element.is_displayed()
    ]
    # A computed figure and a doubtful source; the quoted one has been reviewed already.
    assert shown == ["achievements_1"]
    assert _one(browser, "#doubtful-count").text == "1"
    _one(browser, "#achievements_1 .check").click()
    assert _one(browser, "#doubtful-count").text == "0"


def test_colour_is_never_alone(opened: Callable[[Brief], Any]) -> None:
    browser = opened(make_brief())
    signs = {
        figure.get_attribute("class"): figure.find_element("css selector", ".sign").text
        for figure in browser.find_elements("css selector", ".figure")
    }
    assert signs == {
        "figure exact": "＝",
        "figure converted": "⇄",
        "figure rounded": "≈",
        "figure derived": "※",
    }


def test_unused_figures_and_paragraphs_are_marked_on_request(
    opened: Callable[[Brief], Any],
) -> None:
    brief = make_brief()
    browser = opened(brief)
    mark = _one(browser, f"#c{brief.report.text.index('三个')}")
    before = mark.value_of_css_property("background-color")
    _one(browser, "#show-unused").click()
    assert mark.value_of_css_property("background-color") != before
    assert "unused" in _one(browser, "#s5").get_attribute("class")


def test_an_edit_becomes_json_and_the_json_becomes_docx(
    opened: Callable[[Brief], Any], downloads: Path, tmp_path: Path
) -> None:
    brief = make_brief()
    browser = opened(brief)
    _one(browser, "#achievements_1 .edit").click()
    area = _one(browser, "#achievements_1 textarea")
    assert area.get_attribute("value") == brief.achievements[0].text
    area.clear()
    area.send_keys("收到复议申请98件， jk<b>受理</b>77件。")
    _one(browser, "#achievements_1 .editor button").click()
    _one(browser, "#shortcomings_1 .check").click()
    _one(browser, "#save-json").click()

    corrected = load_brief(_downloaded(downloads, ".json"))
    edited = corrected.achievements[0]
    assert edited.text == "收到复议申请98件， jk<b>受理</b>77件。"
    assert (edited.origin, edited.reviewed, edited.checks) == ("edited", False, ())
    assert [figure for figure in corrected.figures if figure.item == 0] == []
    assert corrected.shortcomings[0].reviewed
    assert corrected.shortcomings[0].origin == "extractive"
    assert corrected.achievements[1:] == brief.achievements[1:]
    assert corrected.report == brief.report

    save_brief(corrected, tmp_path / "memo.docx")
    document = Document(str(tmp_path / "memo.docx"))
    assert any("jk<b>受理</b>77件。" in paragraph.text for paragraph in document.paragraphs)
    assert "人工修改，未经程序核验" in document.tables[0].rows[1].cells[0].text


def test_a_saved_page_opens_again_with_the_work_in_it(
    opened: Callable[[Brief], Any], downloads: Path
) -> None:
    browser = opened(_hostile_brief())
    _one(browser, "#achievements_1 .edit").click()
    area = _one(browser, "#achievements_1 textarea")
    area.clear()
    area.send_keys("受理</script>77件。")
    _one(browser, "#achievements_1 .editor button").click()
    _one(browser, "#achievements_2 .check").click()
    _one(browser, "#save-page").click()

    page = _downloaded(downloads, ".html")
    assert load_brief(page).achievements[0].text == "受理</script>77件。"
    browser.get(page.as_uri())
    assert _one(browser, "#achievements_1 .text").text == "受理</script>77件。"
    assert _one(browser, "#achievements_1 .badge.edited").is_displayed()
    assert not _one(browser, "#achievements_2 .badge.reviewed").is_displayed()
    _one(browser, "#shortcomings_1 .sources a").click()
    assert [name for name, _ in _lit(browser)] == ["s7"]
    assert not browser.get_log("browser")


def test_script_in_the_report_is_text_and_stays_inert(opened: Callable[[Brief], Any]) -> None:
    browser = opened(_hostile_brief())
    assert browser.title != "broken"
    assert "<script>document.title='broken'</script>" in _one(browser, "#report").text
    assert "onerror" in _one(browser, "#plans_1").text
    assert browser.find_elements("css selector", "img") == []
    assert not browser.get_log("browser")  # nothing was refused: nothing tried


def test_the_page_has_names_for_a_screen_reader(opened: Callable[[Brief], Any]) -> None:
    browser = opened(make_brief())
    assert _one(browser, "html").get_attribute("lang") == "zh-Hans"
    assert _one(browser, "#memo").accessible_name == "摘要"
    assert _one(browser, "#report").accessible_name == "报告原文"
    assert _one(browser, "#status").aria_role == "status"
    assert _one(browser, "#achievements_1 .sources a").accessible_name == "原文第3句"
    assert _one(browser, "#achievements_1 .figure").accessible_name == "98件 一致"


def test_print_shows_memo_and_report_without_tools(opened: Callable[[Brief], Any]) -> None:
    browser = opened(make_brief())
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not _one(browser, ".bar").is_displayed()
        assert not _one(browser, "#achievements_1 .edit").is_displayed()
        assert _one(browser, "#achievements_1").is_displayed()
        assert _one(browser, "#report").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
