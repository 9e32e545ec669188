"""The command line: exit codes, one line for each kind of trouble, outputs whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "tests/reports"
MEILAN = REPORTS / "meilan-2023.txt"
CASSETTE = ROOT / "cassettes/meilan-2023.yaml"


def run(
    *arguments: str | Path, stdin: bytes | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.endswith("_API_KEY") and not key.startswith("SUMMARIZER_")
    }
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *map(str, arguments)],
        capture_output=True,
        input=stdin,
        env=environment | {"PYTHONPATH": str(ROOT)} | variables,
        check=False,
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr.rstrip().splitlines()[-1]


@pytest.mark.parametrize("suffix", ["docx", "md", "json", "html"])
def test_a_memo_is_written_in_the_form_its_name_asks_for(tmp_path: Path, suffix: str) -> None:
    memo = tmp_path / f"memo.{suffix}"
    done = run("brief", MEILAN, "--replay", CASSETTE, "-o", memo)
    assert done.returncode == 0, done.stderr
    assert memo.stat().st_size > 1000
    if suffix != "html":
        checked = run("check", memo, MEILAN)
        assert checked.returncode == 0, checked.stdout


def test_without_an_output_the_memo_goes_to_standard_output_as_markdown() -> None:
    done = run("brief", MEILAN, "--model", "extractive")
    assert done.returncode == 0
    assert done.stdout.startswith("# ")


def test_standard_output_is_utf8_on_every_console() -> None:
    done = run("brief", MEILAN, "--model", "extractive", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "主要成效" in done.stdout


def test_a_report_comes_from_standard_input() -> None:
    done = run("outline", "-", stdin=MEILAN.read_bytes())
    assert "region: 海口市美兰区" in done.stdout


def test_an_existing_output_is_kept_unless_forced(tmp_path: Path) -> None:
    memo = tmp_path / "memo.md"
    memo.write_text("mine", encoding="utf-8")
    refused = run("brief", MEILAN, "--model", "extractive", "-o", memo)
    assert refused.returncode == 1
    assert "--force" in last_line(refused)
    assert memo.read_text(encoding="utf-8") == "mine"
    assert run("brief", MEILAN, "-m", "extractive", "-o", memo, "--force").returncode == 0


BAD_REPORTS = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": bytes(range(256)) * 40,
    "recipe.txt": "把土豆切成块，放盐三克，煮二十分钟。\n".encode() * 20,
}


@pytest.mark.parametrize("name", BAD_REPORTS)
def test_a_bad_report_is_one_line_and_exit_code_1(tmp_path: Path, name: str) -> None:
    content = BAD_REPORTS[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("brief", tmp_path / name, "-m", "extractive", "-o", tmp_path / "memo.docx")
    assert done.returncode == 1
    assert name in last_line(done)
    assert not (tmp_path / "memo.docx").exists()


def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    done = run("brief", MEILAN, "-m", "extractive", "-o", tmp_path / "no" / "memo.docx")
    assert done.returncode == 1
    assert "memo.docx" in last_line(done)


def test_an_output_of_an_unknown_form_is_refused(tmp_path: Path) -> None:
    done = run("brief", MEILAN, "-m", "extractive", "-o", tmp_path / "memo.pages")
    assert done.returncode == 1
    assert ".docx" in last_line(done)


def test_a_dead_server_is_one_line_that_names_the_host(tmp_path: Path) -> None:
    url = "http://127.0.0.1:9/v1"
    done = run("brief", MEILAN, "--base-url", url, "-m", "x", "-o", tmp_path / "memo.md")
    assert done.returncode == 1
    assert "127.0.0.1:9" in last_line(done)
    assert not list(tmp_path.iterdir())


def test_a_missing_key_names_its_variable() -> None:
    done = run("brief", MEILAN, "-m", "deepseek/deepseek-chat")
    assert done.returncode == 1
    assert "DEEPSEEK_API_KEY" in last_line(done)


def test_the_cassette_of_another_report_says_how_to_record_what_is_missing() -> None:
    other = REPORTS / "liyang-2022.txt"
    done = run("brief", other, "--replay", CASSETTE)
    assert done.returncode == 1
    assert "--new" in last_line(done)


@pytest.mark.parametrize(
    "arguments",
    [
        # two things that exclude each other
        ["brief", str(MEILAN), "--replay", str(CASSETTE), "--record", "x.yaml"],
        # an option without its partner
        ["brief", str(MEILAN), "--new"],
        # a script there is not
        ["brief", str(MEILAN), "--script", "latin"],
        # an option there is not
        ["brief", str(MEILAN), "--modle", "local"],
        # no report
        ["brief"],
        ["schema", "memo"],
        # no model, and a recording of it
        ["brief", str(MEILAN), "-m", "extractive", "--replay", str(CASSETTE)],
    ],
)
def test_a_malformed_command_line_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def test_check_exits_with_3_where_the_report_does_not_support_a_sentence(tmp_path: Path) -> None:
    summary = tmp_path / "summary.txt"
    summary.write_text("2023年区行政复议办共收到53件行政复议申请案件。", encoding="utf-8")
    done = run("check", summary, MEILAN)
    assert done.returncode == 3
    assert "BAD" in done.stdout
    verdict = json.loads(run("check", summary, MEILAN, "--json").stdout)
    assert verdict["supported"] is False


def test_a_memo_saved_as_json_is_rendered_again_to_the_same_bytes(tmp_path: Path) -> None:
    first, saved, again = (tmp_path / name for name in ("a.docx", "memo.json", "b.docx"))
    run("brief", MEILAN, "-m", "extractive", "-o", first)
    run("brief", MEILAN, "-m", "extractive", "-o", saved)
    assert run("render", saved, "-o", again).returncode == 0
    assert first.read_bytes() == again.read_bytes()


def test_render_refuses_what_is_no_memo(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    done = run("render", tmp_path / "x.json")
    assert done.returncode == 1
    assert "x.json" in last_line(done)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["numbers", str(MEILAN)], "467个"),
        (["outline", str(MEILAN)], "achievements"),
        (["audit", str(MEILAN)], "relations"),
        (["models"], "deepseek"),
        (["schema", "brief"], '"achievements"'),
        (["schema", "statements"], '"statements"'),
        (["--version"], "summarizer 0"),
    ],
)
def test_a_command_prints_what_it_is_for(arguments: list[str], expected: str) -> None:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout


@pytest.mark.parametrize("command", ["numbers", "outline", "audit"])
def test_the_json_of_a_command_is_json(command: str) -> None:
    assert json.loads(run(command, MEILAN, "--json").stdout)


def test_a_memo_never_overwrites_the_report_it_is_made_from(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    page = f"<html><body>{''.join(f'<p>{x}</p>' for x in MEILAN.read_text('utf-8').split(chr(10)))}"
    report.write_text(page, encoding="utf-8")
    done = run("brief", report, "-m", "extractive", "-o", report, "--force")
    assert done.returncode == 1
    assert "input" in last_line(done)
    assert report.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("output", ["memo.docx", "memo.md"])
def test_a_bad_letterhead_is_refused_before_the_work(tmp_path: Path, output: str) -> None:
    letterhead = tmp_path / "letterhead.docx"
    letterhead.write_text("no zip", encoding="utf-8")
    done = run(
        "brief", MEILAN, "--replay", CASSETTE, "-o", tmp_path / output, "--template", letterhead
    )
    assert done.returncode == 1
    assert "template" in last_line(done) or "letterhead" in last_line(done)
    assert not (tmp_path / output).exists()


def test_a_full_standard_output_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", "numbers", str(MEILAN)],
            stdout=full, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_a_folder_of_profiles_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = run("brief", MEILAN, "-m", "extractive", "--profiles", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "nowhere" in last_line(done)


def test_a_key_in_the_environment_sends_nothing_anywhere() -> None:
    """Nothing is asked of a remote server: the default is the embedded model, here recorded."""
    done = run("brief", MEILAN, "--replay", CASSETTE, OPENAI_API_KEY="sk-not-to-be-seen")
    assert done.returncode == 0
    assert "api.openai.com" not in done.stderr
    assert "not-to-be-seen" not in done.stdout + done.stderr


def test_escape_sequences_of_a_report_do_not_reach_the_terminal(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "某县2023年法治政府建设工作总结\n一、主要\x1b[31m成效\n全年办理案件12件。\n",
        encoding="utf-8",
    )
    done = run("outline", report)
    assert "\x1b" not in done.stdout + done.stderr
