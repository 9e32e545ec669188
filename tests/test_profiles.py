"""Profiles: what is loaded, what is refused and why, and which one a report gets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from summarizer.errors import ProfileError
from summarizer.profiles import (
    DEFAULT_PROFILE,
    PROMPT_VARIABLES,
    choose_profile,
    load_profile,
    profile_names,
)

ROOT = Path(__file__).parent.parent
GOOD = {
    "system.md": "你是编辑。",
    "achievements.md": "写 $count 条。\n$sentences",
    "shortcomings.md": "$sentences",
    "plans.md": "$sentences",
    "reask.md": "重写：\n$problems",
    "cues.toml": 'titles = ["审计工作报告"]\nopenings = ["审计"]\n',
}
SCHEMA = """
from __future__ import annotations
from pydantic import BaseModel, ConfigDict, Field


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: list[int] = Field(max_length=5)
    topic: str = Field(max_length=12)
    text: str = Field(max_length=90)


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    statements: list[Item] = Field(max_length=9)
"""
EXAMPLE = """
[[example]]
part = "plans"
sentences = ["明年新建7.7公里步道。"]
[[example.statements]]
sources = [1]
topic = "步道"
text = "新建步道7.7公里。"
"""


def write(
    folder: Path, name: str = "audit", schema: str | None = SCHEMA, **files: str | None
) -> Path:
    """A folder with one profile: the good files, with changes; None leaves a file out."""
    home = folder / "prompts" / name
    home.mkdir(parents=True)
    (folder / "schemas").mkdir(exist_ok=True)
    changed = {key.replace("_", "."): text for key, text in files.items()}
    for file, text in (GOOD | changed).items():
        if text is not None:
            (home / file).write_text(text, "utf-8")
    if schema is not None:
        (folder / "schemas" / f"{name}.py").write_text(schema, "utf-8")
    return folder


@pytest.mark.parametrize("name", ["rule_of_law", "work_report"])
def test_a_built_in_profile_is_whole(name: str) -> None:
    profile = load_profile(name)
    assert set(profile.prompts) == set(PROMPT_VARIABLES)
    assert len(profile.digest) == 64
    messages = profile.examples_as_messages()
    assert [message["role"] for message in messages] == ["user", "assistant"] * (len(messages) // 2)
    for answer in messages[1::2]:
        assert profile.answer.model_validate_json(str(answer["content"]))


def test_the_default_profile_is_named_first() -> None:
    assert profile_names()[0] == DEFAULT_PROFILE
    assert "work_report" in profile_names()


def test_a_third_partys_profile_works_from_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, examples_toml=EXAMPLE)
    profile = load_profile("audit", folder=folder)
    assert profile_names(folder) == ["rule_of_law", "audit", "work_report"]
    assert profile.prompts["plans"].substitute(sentences="[1] 好。", count=1) == "[1] 好。"
    asked, answered = profile.examples_as_messages()
    assert asked["content"] == "[1] 明年新建7.7公里步道。"
    assert answered["content"] == (
        '{"statements":[{"sources":[1],"topic":"步道","text":"新建步道7.7公里。"}]}'
    )


def test_a_model_can_be_derived_from_a_profiles_schema(tmp_path: Path) -> None:
    answer = load_profile("audit", folder=write(tmp_path)).answer
    narrower = type("Answer", (answer,), {"__doc__": "As before."})
    assert narrower.model_json_schema()["properties"] == answer.model_json_schema()["properties"]


def test_every_changed_byte_changes_the_digest(tmp_path: Path) -> None:
    folder = write(tmp_path)
    before = load_profile("audit", folder=folder).digest
    assert load_profile("audit", folder=folder).digest == before
    (folder / "prompts" / "audit" / "system.md").write_text("你是编辑！", "utf-8")
    after = load_profile("audit", folder=folder)
    assert after.digest != before
    assert after.prompts["system"].template == "你是编辑！"


BROKEN = [
    pytest.param({"plans_md": "$sentences $region"}, "plans.md uses \\$region", id="variable"),
    pytest.param({"plans_md": "5$ $sentences"}, "plans.md has a stray \\$", id="stray dollar"),
    pytest.param({"plans_md": "写。"}, "plans.md does not use \\$sentences", id="sentences unused"),
    pytest.param({"system_md": None}, "system.md is missing", id="missing prompt"),
    pytest.param({"extra_md": "多余"}, "extra.md is no prompt", id="unknown prompt"),
    pytest.param({"cues_toml": None}, "cues.toml is missing", id="no cues"),
    pytest.param({"cues_toml": "titles = ["}, "cues.toml is no TOML", id="broken TOML"),
    pytest.param({"cues_toml": "words = ['a']"}, "cues.toml has 'words'", id="unknown key"),
    pytest.param({"cues_toml": "titles = 'a'"}, "must be a list of words", id="no list"),
    pytest.param({"cues_toml": "titles = ['(']"}, "titles in cues.toml", id="broken pattern"),
    pytest.param(
        {"examples_toml": EXAMPLE.replace("[1]", "[2]")},
        "example 1: .* cites sentence 2",
        id="example cites what is not there",
    ),
    pytest.param(
        {
            "examples_toml": EXAMPLE.replace(
                'topic = "步道"', 'topic = "步道建设与绿道建设一体推进"'
            )
        },
        "example 1: statements.0.topic",
        id="example beyond the schema's bounds",
    ),
    pytest.param(
        {"examples_toml": EXAMPLE.replace("新建步道7.7公里", "新建步道8.8公里")},
        "example 1: .*8.8公里.* fails",
        id="example with a wrong figure",
    ),
    pytest.param(
        {"examples_toml": EXAMPLE.replace('"plans"', '"future"')},
        "example 1: part",
        id="example of no part",
    ),
]


@pytest.mark.parametrize(("files", "reason"), BROKEN)
def test_files_that_do_not_fit_are_refused_with_the_reason(
    tmp_path: Path, files: dict[str, str | None], reason: str
) -> None:
    folder = write(tmp_path, **files)
    with pytest.raises(ProfileError, match=reason) as caught:
        load_profile("audit", folder=folder)
    assert "\n" not in str(caught.value)


LOOSE = [
    pytest.param(("forbid", "allow"), "does not forbid extra fields", id="extra fields"),
    pytest.param(("text: str = Field(max_length=90)", "text: str"), "text is a string", id="text"),
    pytest.param(("list[int] = Field(max_length=5)", "list[int]"), "sources is a list", id="list"),
    pytest.param(("topic: str", "subject: str"), "need a field topic", id="field missing"),
    pytest.param(("list[int]", "list[float]"), "sources must be a list of int", id="float"),
    pytest.param(
        ("topic: str", "note: dict[str, str] = {}\n    topic: str"),
        "does not forbid extra fields",
        id="dict",
    ),
    pytest.param(
        ("topic: str", "note: object = None\n    topic: str"), "may be anything", id="object"
    ),
    pytest.param(("class Answer", "class Reply"), "defines no model Answer", id="no Answer"),
    pytest.param(("class Item", "import nowhere_to_be_found\nclass Item"), "fails: ", id="import"),
    pytest.param(("class Item(BaseModel):", "class Item(BaseModel)"), "fails: ", id="syntax"),
]


@pytest.mark.parametrize(("change", "reason"), LOOSE)
def test_a_loose_schema_is_refused_with_the_reason(
    tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    folder = write(tmp_path, schema=SCHEMA.replace(*change))
    with pytest.raises(ProfileError, match=reason) as caught:
        load_profile("audit", folder=folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../rule_of_law", "rule_of_law/..", "Rule", "a b", "x" * 99, "a\0"]
)
def test_a_name_is_a_name_and_no_path(name: str) -> None:
    with pytest.raises(ProfileError, match="no profile name"):
        load_profile(name)


def test_an_unknown_name_says_which_are_known() -> None:
    with pytest.raises(ProfileError, match="known: rule_of_law, work_report"):
        load_profile("nowhere")


def test_a_profile_without_schema_or_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="has no schema"):
        load_profile("audit", folder=write(tmp_path / "a", schema=None))
    folder = write(tmp_path / "b")
    (folder / "prompts" / "audit" / "system.md").write_bytes("编辑".encode("gb18030"))
    with pytest.raises(ProfileError, match=r"system\.md is not UTF-8"):
        load_profile("audit", folder=folder)


def test_a_built_in_profile_cannot_be_replaced_unseen(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    shutil.copytree(ROOT / "prompts" / "work_report", tmp_path / "prompts" / "work_report")
    with pytest.raises(ProfileError, match="rename it"):
        load_profile("work_report", folder=tmp_path)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("东江县2023年法治政府建设年度报告", "", "rule_of_law"),
        # the more telling title wins over 工作总结
        ("东江县2023年法治政府建设工作总结", "", "rule_of_law"),
        ("東江縣2023年度法治政府建設工作情況", "", "rule_of_law"),
        ("政府工作报告", "各位代表：", "work_report"),
        ("东江县水利局2023年工作总结和2024年工作计划", "", "work_report"),
        # without a title the opening tells
        (None, "2022年，我市扎实推进依法行政，法治政府建设成效明显。", "rule_of_law"),
        (None, "各位代表：现在，我代表市人民政府作政府工作报告，请予审议。", "work_report"),
        (None, "白菜 1.20元", "rule_of_law"),
    ],
)
def test_title_and_text_choose_the_profile(title: str | None, text: str, name: str) -> None:
    assert choose_profile(text, title).name == name


def test_a_folders_profile_is_among_those_to_choose_from(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert choose_profile("", "东江县2023年审计工作报告", folder=folder).name == "audit"
    bad = write(tmp_path / "bad", plans_md="$region")
    with pytest.raises(ProfileError, match=r"uses \$region"):
        choose_profile("", "东江县2023年工作总结", folder=bad)
