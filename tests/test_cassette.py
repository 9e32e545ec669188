from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer, Step, completion, refusal
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from summarizer import cassette
from summarizer._cassette_file import Interaction, Recording, dump, load
from summarizer.cassette import record, replay
from summarizer.errors import CassetteMiss, ConfigError, ModelUnavailable
from summarizer.llm import (
    AnswerUnfit,
    CallCache,
    Client,
    Message,
    ModelSettings,
    PromptTooLong,
    _endpoint,
    resolve_model,
)

KEY = "sk-test-0f1e2d3c4b5a"


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str = Field(max_length=90)
    sources: list[int]


class Other(BaseModel):
    text: str


SYSTEM = (
    "你是政府报告的摘编员。\n\n规则：\n一、只写原文有的内容。\n二、每条注明句子编号。"
    + "数字照抄。" * 10
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUMMARIZER_MODEL", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(_endpoint, "_sleep", slept.append)
    return slept


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "report.yaml"


def echo(body: dict[str, Any]) -> Step:
    """An answer that tells which piece was asked about, and how many times that happened."""
    return completion(json.dumps({"text": body["messages"][1]["content"], "sources": [1]}))


def ask(client: Client, text: str, *, system: str = SYSTEM) -> str:
    messages = [Message(role="system", content=system), Message(role="user", content=text)]
    return client.ask(messages, Draft, purpose="extract", about=f"〈{text}〉").value.text


def model(server: FakeServer, **changes: Any) -> ModelSettings:
    return resolve_model("qwen", base_url=server.url, **changes)


def recorded(path: Path, *texts: str, new: bool = False, **changes: Any) -> int:
    """Record a run over `texts`; the number of requests that reached the server."""
    with FakeServer(echo) as server:
        with record(path, new=new), Client(model(server, **changes)) as client:
            for text in texts:
                assert ask(client, text) == text
        return len(server.seen)


def replayed(path: Path, *texts: str) -> tuple[str, ...]:
    """Replay a run over `texts`; what of the cassette was not asked for."""
    with replay(path) as active, Client(resolve_model()) as client:
        for text in texts:
            assert ask(client, text) == text
        return active.unplayed


# ── record and replay ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json", "md_json"])
def test_a_replay_gives_what_the_recording_gave_without_server_or_key(
    tape: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    runs = []
    with (
        FakeServer(echo, compress=True) as server,
        record(tape),
        Client(model(server, mode=mode, piece_chars=420)) as client,
    ):
        runs.append((ask(client, "办结5件"), client.usage, client.settings.recordable()))
    monkeypatch.delenv("SUMMARIZER_API_KEY")
    for _ in range(2):
        with replay(tape), Client(resolve_model()) as client:
            runs.append((ask(client, "办结5件"), client.usage, client.settings.recordable()))
    assert runs[0] == runs[1] == runs[2]
    assert (client.settings.mode, client.settings.piece_chars) == (mode, 420)


def test_what_is_given_wins_over_what_the_cassette_says(tape: Path) -> None:
    recorded(tape, "甲", piece_chars=420)
    with replay(tape):
        assert resolve_model(mode="tools").mode == "tools"
        assert resolve_model(mode="md-json", piece_chars=99).piece_chars == 99
        other = resolve_model("ollama/qwen")
        assert (other.provider, other.piece_chars) == ("ollama", 420)


def test_the_cassette_wins_over_the_environment(
    tape: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(tape, "甲")
    monkeypatch.setenv("SUMMARIZER_MODEL", "openai/gpt-4.1")
    with replay(tape):
        assert resolve_model().name == "custom/qwen"


def test_a_cassette_of_the_embedded_model_is_replayed_beside_any_address(tape: Path) -> None:
    with record(tape) as active:
        active.note(**resolve_model("local").recordable())
    with replay(tape):
        chosen = resolve_model(base_url="http://127.0.0.1:9/v1")
        assert chosen.name == "local/qwen2.5-coder-1.5b-instruct"
        assert resolve_model("local/of-another-day").model == "of-another-day"


def test_a_hosted_model_is_replayed_without_its_key(
    tape: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(tape, "甲")
    monkeypatch.delenv("SUMMARIZER_API_KEY")
    with replay(tape):
        assert resolve_model("deepseek/deepseek-chat").provider == "deepseek"


def test_the_same_request_twice_is_one_interaction(tape: Path) -> None:
    assert recorded(tape, "甲", "甲") == 1
    assert replayed(tape, "甲", "甲", "甲") == ()


def test_what_was_not_played_is_told(tape: Path) -> None:
    recorded(tape, "甲", "乙", "丙" * 60)
    assert replayed(tape, "甲") == ("丙" * 40 + "…", "乙")


def test_a_re_ask_is_on_tape_too(tape: Path) -> None:
    with FakeServer("{}") as server, record(tape), Client(model(server)) as client:
        with pytest.raises(AnswerUnfit):
            ask(client, "甲")
        assert len(server.seen) == 2
    with replay(tape) as active, Client(resolve_model()) as client:
        with pytest.raises(AnswerUnfit):
            ask(client, "甲")
        assert active.unplayed == ()


def test_the_call_cache_stays_out_of_the_way(tape: Path, tmp_path: Path) -> None:
    cache = CallCache(tmp_path / "calls")
    with FakeServer(echo) as server:
        with Client(model(server), cache=cache) as client:
            ask(client, "甲")
        with record(tape), Client(model(server), cache=cache) as client:
            ask(client, "甲")
        assert len(server.seen) == 2
    assert replayed(tape, "甲") == ()


def test_after_the_block_calls_go_to_the_server_again(tape: Path) -> None:
    recorded(tape, "甲")
    replayed(tape, "甲")
    assert cassette.active() is None
    with FakeServer(echo) as server, Client(model(server)) as client:
        ask(client, "甲")
        assert len(server.seen) == 1


def test_only_one_cassette_is_in_use_at_a_time(tape: Path) -> None:
    recorded(tape, "甲")
    with replay(tape):
        with pytest.raises(ConfigError, match="in use"), replay(tape):
            pass
        with pytest.raises(ConfigError, match="in use"), record(tape):
            pass
        assert cassette.active() is not None
    assert replayed(tape, "甲") == ()


# ── what is in the file ──────────────────────────────────────────────────────────────────


def test_the_file_is_readable_and_holds_nothing_private(tape: Path, tmp_path: Path) -> None:
    recorded(tape, "市司法局办结案件5件。", "推进执法。")
    text = tape.read_text("utf-8")
    assert "        content: |-\n          你是政府报告的摘编员。\n\n          规则：\n" in text
    assert text.count("你是政府报告的摘编员") == 1  # the prompt once, however many requests
    assert "市司法局办结案件5件。" in text
    for private in (
        KEY, "127.0.0.1", str(tmp_path), "Bearer", "authorization", "session=1234", "chatcmpl",
        "1760000000", "secret-path", "fp_77", "timings", "user-agent", "x-stainless",
    ):  # fmt: skip
        assert private.lower() not in text.lower()


def test_the_file_does_not_depend_on_the_order_of_the_calls(tmp_path: Path) -> None:
    texts = [f"第{n}段" for n in range(12)]
    recorded(tmp_path / "a.yaml", *texts)
    with (
        FakeServer(echo) as server,
        record(tmp_path / "b.yaml"),
        Client(model(server)) as client,
        ThreadPoolExecutor(6) as pool,
    ):
        list(pool.map(lambda text: ask(client, text), reversed(texts)))
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


def test_a_run_may_note_what_it_was_made_with(tape: Path) -> None:
    with record(tape) as active:
        active.note(profile="rule_of_law")
    with replay(tape) as active:
        active.note(profile="other")
        assert active.settings["profile"] == "rule_of_law"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS | TEXTS.map(lambda text: f"{text}\n{text}" * 4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(BODIES, BODIES, st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_any_body_comes_back_from_the_file_as_it_was(
    request: Any, response: Any, noted: dict[str, str]
) -> None:
    twice = [Interaction("POST", "u", {"a": request, "n": n}, 200, response) for n in (1, 2)]
    assert load(dump(Recording(noted, twice))) == Recording(noted, twice)


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param(Step(429, {}), id="a busy server"),
        pytest.param(Step(502, "<html>"), id="a gateway's page"),
        pytest.param(refusal("Unknown parameter: seed"), id="a refused parameter"),
    ],
)
def test_what_failed_in_passing_is_not_recorded(tape: Path, passing: Step) -> None:
    with FakeServer(passing, echo) as server, record(tape), Client(model(server)) as client:
        ask(client, "甲")
        assert len(server.seen) == 2
    assert len(load(tape.read_text("utf-8")).interactions) == 1
    assert replayed(tape, "甲") == ()


def test_a_prompt_that_was_too_long_is_recorded_since_the_run_acts_on_it(tape: Path) -> None:
    step = refusal(f"maximum context length is 4096 tokens, key {KEY}")
    with (
        FakeServer(step) as server,
        record(tape),
        Client(model(server)) as client,
        pytest.raises(PromptTooLong),
    ):
        ask(client, "甲")
    assert KEY not in tape.read_text("utf-8")
    with replay(tape) as active, Client(resolve_model()) as client:
        with pytest.raises(PromptTooLong):
            ask(client, "甲")
        assert active.unplayed == ()


# ── a miss ───────────────────────────────────────────────────────────────────────────────


def _another_text(client: Client) -> None:
    ask(client, "乙")


def _another_prompt(client: Client) -> None:
    ask(client, "甲", system="你是别人。")


def _another_schema(client: Client) -> None:
    messages = [Message(role="system", content=SYSTEM), Message(role="user", content="甲")]
    client.ask(messages, Other, purpose="extract")


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        pytest.param(_another_text, None, ("extract 〈乙〉", "no recorded request has this text"),
                     id="text"),
        pytest.param(_another_prompt, None, ("extract 〈甲〉", "differs in the prompt"),
                     id="prompt"),
        pytest.param(_another_schema, None, ("'extract'", "differs in the schema"), id="schema"),
        pytest.param(lambda client: ask(client, "甲"), "custom/other",
                     ("differs in model",), id="model"),
    ],
)  # fmt: skip
def test_a_miss_says_in_one_line_what_changed_and_what_to_run(
    tape: Path, pauses: list[float], changed: Callable[[Client], None], name: str | None,
    words: tuple[str, ...],
) -> None:  # fmt: skip
    recorded(tape, "甲")
    with (
        replay(tape),
        Client(resolve_model(name)) as client,
        pytest.raises(CassetteMiss) as caught,
    ):
        changed(client)
    message = str(caught.value)
    for expected in ("report.yaml", f"--record {tape} --new", *words):
        assert expected in message
    assert "\n" not in message
    assert pauses == []


# ── recording again ──────────────────────────────────────────────────────────────────────


def test_recording_anew_asks_for_everything(tape: Path) -> None:
    recorded(tape, "甲", "乙")
    assert recorded(tape, "乙", "丙") == 2
    assert replayed(tape, "乙", "丙") == ()


def test_recording_what_is_missing_asks_for_nothing_else_and_drops_what_is_not_used(
    tape: Path,
) -> None:
    recorded(tape, "甲", "乙")
    assert recorded(tape, "乙", "丙", new=True) == 1
    assert len(load(tape.read_text("utf-8")).interactions) == 2
    assert replayed(tape, "乙", "丙") == ()


def test_recording_what_is_missing_goes_by_the_settings_of_the_cassette(tape: Path) -> None:
    recorded(tape, "甲", mode="tools", piece_chars=420)
    with FakeServer(echo) as server, record(tape, new=True):
        again = model(server)
        assert (again.mode, again.piece_chars, again.base_url) == ("tools", 420, server.url)


def test_recording_the_same_again_leaves_the_same_bytes(tape: Path) -> None:
    recorded(tape, "甲", "乙")
    before = tape.read_bytes()
    recorded(tape, "乙", "甲")
    assert tape.read_bytes() == before
    recorded(tape, "乙", "甲", new=True)
    assert tape.read_bytes() == before


@pytest.mark.parametrize("new", [True, False])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, ModelUnavailable])
def test_a_recording_that_was_stopped_loses_nothing(
    tape: Path, new: bool, stop: type[BaseException]
) -> None:
    recorded(tape, "甲", "乙")

    def run(server: FakeServer) -> None:
        with record(tape, new=new), Client(model(server)) as client:
            ask(client, "丙")
            raise stop

    with FakeServer(echo) as server, pytest.raises(stop):
        run(server)
    assert len(load(tape.read_text("utf-8")).interactions) == 3
    assert recorded(tape, "丙", "丁", new=True) == 1
    assert replayed(tape, "丙", "丁") == ()


def test_a_recording_that_got_nowhere_leaves_the_file_alone(tape: Path) -> None:
    recorded(tape, "甲")
    before = tape.read_bytes()
    with (
        FakeServer(Step(401, {})) as server,
        pytest.raises(ModelUnavailable),
        record(tape),
        Client(model(server)) as client,
    ):
        ask(client, "甲")
    assert tape.read_bytes() == before


def test_what_a_run_did_not_reach_is_kept_where_the_server_failed_on_the_way(tape: Path) -> None:
    recorded(tape, "甲", "乙")
    with (
        FakeServer(echo, Step(401, {})) as server,
        record(tape, new=True),
        Client(model(server)) as client,
    ):
        ask(client, "丙")
        with pytest.raises(ModelUnavailable):  # the pipeline quotes the source and goes on
            ask(client, "丁")
    assert len(load(tape.read_text("utf-8")).interactions) == 3


def test_a_file_is_written_whole_or_not_at_all(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(tape, "甲")
    before = tape.read_bytes()

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigError, match="No space left"):
        recorded(tape, "乙")
    assert tape.read_bytes() == before
    assert list(tape.parent.iterdir()) == [tape]


# ── files that are no cassettes ──────────────────────────────────────────────────────────


FOREIGN = [
    pytest.param(b"# README\n\nsome text\n", id="a text"),
    pytest.param(b"a: [1, 2\n", id="broken YAML"),
    pytest.param(b"\xff\xfe\x00PDF", id="a binary file"),
    pytest.param(b"interactions: []\nversion: 1\n", id="a cassette of vcr's own"),
    pytest.param(b"version: 2\nsummarizer: {}\ninteractions: []\n", id="a later format"),
    pytest.param(b"version: 1\nsummarizer: {}\ninteractions: [{request: 5}]\n", id="torn"),
    pytest.param(b"version: 1\nsummarizer: !!python/name:os.system\ninteractions: []\n",
                 id="a tag that would run code"),
]  # fmt: skip


@pytest.mark.parametrize("content", FOREIGN)
def test_a_file_that_is_no_cassette_is_neither_replayed_nor_overwritten(
    tape: Path, content: bytes
) -> None:
    tape.write_bytes(content)
    for use in (replay, record):
        with pytest.raises(ConfigError, match="not a cassette") as caught, use(tape):
            pass
        assert "\n" not in str(caught.value)
    assert tape.read_bytes() == content


def test_settings_that_make_no_sense_are_named_with_the_file(tape: Path) -> None:
    text = "version: 1\nsummarizer: {name: ollama/x, piece_chars: many}\ninteractions: []\n"
    tape.write_text(text, "utf-8")
    with replay(tape), pytest.raises(ConfigError, match=r"report\.yaml: piece_chars"):
        resolve_model()


def test_a_replay_of_nothing_says_how_to_record(tape: Path) -> None:
    with pytest.raises(ConfigError, match=f"--record {tape}"), replay(tape):
        pass


def test_an_empty_file_is_recorded_into(tape: Path) -> None:
    tape.touch()
    assert recorded(tape, "甲") == 1
    assert replayed(tape, "甲") == ()


@pytest.mark.parametrize("path", ["nowhere/x.yaml", "."])
def test_a_place_that_cannot_be_written_is_refused_before_the_first_call(
    tmp_path: Path, path: str
) -> None:
    with pytest.raises(ConfigError, match="cassette"), record(tmp_path / path):
        raise AssertionError("the run must not start")
