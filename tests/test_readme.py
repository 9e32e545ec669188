"""The README's examples are run, and its commands are asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_readme_has_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_readme_prints_what_it_says(
    example: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(example, "README.md", "exec"), {})
    promised = re.findall(r"^# (.*)$", example, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == promised


@pytest.mark.parametrize("name", re.findall(r"`([a-z]+)`[,:]", README.partition("## Commands")[2]))
def test_every_command_that_the_readme_names_explains_itself(name: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_both_readmes_show_the_same_two_commands_first() -> None:
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    blocks = [re.findall(r"```sh\n(.*?)```", text, re.DOTALL)[0] for text in (README, chinese)]
    assert blocks[0] == blocks[1]
