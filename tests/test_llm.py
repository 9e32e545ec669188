from __future__ import annotations

import datetime as dt
import json
import logging
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fake_server import FakeServer, Script, Step, completion, refusal
from pydantic import BaseModel, ConfigDict, Field

from summarizer import local
from summarizer.errors import BudgetExceeded, ConfigError, ModelOutputError, ModelUnavailable
from summarizer.llm import (
    Answer,
    AnswerCut,
    AnswerUnfit,
    CallCache,
    Client,
    Message,
    ModelSettings,
    PromptTooLong,
    TokenBudget,
    _endpoint,
    known_models,
    resolve_model,
)

KEY = "sk-test-0f1e2d3c4b5a"


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str = Field(max_length=8)
    sources: list[int] = Field(max_length=3)


class Drafts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    statements: list[Draft] = Field(max_length=2)


GOOD = '{"statements": [{"text": "办结5件", "sources": [1]}]}'
MODES = ("json_schema", "tools", "json", "md_json")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SUMMARIZER_MODEL", "SUMMARIZER_API_KEY", "SUMMARIZER_LOCAL_MODEL", "OPENAI_API_KEY",
        "DEEPSEEK_API_KEY", "DASHSCOPE_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID",
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
        "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been slept between tries."""
    slept: list[float] = []
    monkeypatch.setattr(_endpoint, "_sleep", slept.append)
    return slept


def messages(text: str = "[1] 办结案件5件。") -> list[Message]:
    return [Message(role="system", content="你是助手。"), Message(role="user", content=text)]


def settings(server: FakeServer, **changes: Any) -> ModelSettings:
    return resolve_model("m", base_url=server.url, **changes)


def ask(client: Client, text: str = "[1] 办结案件5件。") -> Answer[Drafts]:
    return client.ask(messages(text), Drafts, purpose="extract", about="二、执法")


def ask_once(*script: Script, **changes: Any) -> tuple[Answer[Drafts], FakeServer]:
    with FakeServer(*script) as server, Client(settings(server, **changes)) as client:
        return ask(client), server


# ── which model ──────────────────────────────────────────────────────────────────────────


def test_a_key_in_the_environment_never_selects_a_remote_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    chosen = resolve_model()
    assert (chosen.name, chosen.base_url, chosen.remote) == (
        "local/qwen2.5-coder-1.5b-instruct", None, False,
    )  # fmt: skip


def test_the_environment_names_the_model_where_nothing_else_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "ollama/qwen2.5:7b")
    assert resolve_model().model == "qwen2.5:7b"
    assert resolve_model("ollama/glm4").model == "glm4"


@pytest.mark.parametrize(
    ("name", "base_url", "provider", "model", "host", "remote"),
    [
        pytest.param("deepseek/deepseek-chat", None, "deepseek", "deepseek-chat",
                     "api.deepseek.com", True, id="a hosted provider"),
        pytest.param("ollama/qwen2.5:7b", None, "ollama", "qwen2.5:7b", "127.0.0.1:11434", False,
                     id="a colon in the name"),
        pytest.param("Qwen/Qwen3-8B", "http://10.0.0.5:8000/v1", "custom", "Qwen/Qwen3-8B",
                     "10.0.0.5:8000", True, id="a slash that names no provider"),
        pytest.param("openai", "http://localhost:1234/v1", "custom", "openai", "localhost:1234",
                     False, id="a model called as a provider is"),
        pytest.param("openai/gpt-4.1", "https://user:pass@gateway.example/v1", "openai",
                     "gpt-4.1", "gateway.example", True, id="a gateway; no password in the host"),
        pytest.param("m", "http://[::1]:8000/v1/chat/completions", "custom", "m", "[::1]:8000",
                     False, id="an address copied with its path"),
    ],
)  # fmt: skip
def test_a_model_is_named_by_provider_and_name(
    monkeypatch: pytest.MonkeyPatch,
    name: str, base_url: str | None, provider: str, model: str, host: str, remote: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    chosen = resolve_model(name, base_url=base_url)
    assert (chosen.provider, chosen.model, chosen.host, chosen.remote) == (
        provider, model, host, remote,
    )  # fmt: skip
    assert KEY not in repr(chosen)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"name": "gpt-4.1"}, "openai/gpt-4.1", id="no provider"),
        pytest.param({"name": "acme/x"}, "deepseek", id="a provider that is not known"),
        pytest.param({"name": "openai"}, "openai/", id="a provider without a model"),
        pytest.param({"name": "deepseek/deepseek-chat"}, "DEEPSEEK_API_KEY", id="no key"),
        pytest.param({"base_url": "http://127.0.0.1:1/v1"}, "--model NAME", id="no model"),
        pytest.param({"name": "custom/m"}, "--base-url", id="a recorded name without an address"),
        pytest.param({"name": "m", "base_url": "127.0.0.1:8000"}, "http://", id="no scheme"),
        pytest.param({"name": "m", "base_url": "http://h:port/v1"}, "http://", id="no port number"),
        pytest.param({"name": "local/llama"}, "SUMMARIZER_LOCAL_MODEL", id="other weights"),
        pytest.param({"name": "local", "base_url": "http://127.0.0.1:1/v1"}, "--base-url",
                     id="an address for the embedded model"),
        pytest.param({"name": "local", "mode": "xml"}, "json_schema", id="an unknown mode"),
        pytest.param({"name": "local", "piece_chars": 3}, "piece_chars", id="pieces too small"),
    ],
)  # fmt: skip
def test_a_wrong_setting_says_what_to_do(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        resolve_model(**given)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_malformed_key_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "把密钥 放这里")
    with pytest.raises(ConfigError, match="SUMMARIZER_API_KEY") as caught:
        resolve_model("openai/gpt-4.1")
    assert "密钥" not in str(caught.value)


def test_a_model_file_of_ones_own_gives_the_local_model_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_LOCAL_MODEL", str(tmp_path / "glm-edge-1.5b.gguf"))
    assert resolve_model("local").name == "local/glm-edge-1.5b"


def test_the_list_of_models_says_only_whether_a_key_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    rows = {row.provider: row for row in known_models()}
    assert rows["deepseek"].key_set
    assert not rows["openai"].key_set
    assert KEY not in repr(rows)


# ── what is sent ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("json_schema", {"type": "json_schema"}),
        ("tools", None),
        ("json", {"type": "json_object"}),
        ("md_json", None),
    ],
)
def test_each_mode_asks_in_its_own_form(mode: str, form: dict[str, str] | None) -> None:
    answer, server = ask_once(GOOD, mode=mode)
    body = server.seen[0].body
    assert answer.value == Drafts(statements=[Draft(text="办结5件", sources=[1])])
    assert body.get("response_format", {}).get("type") == (form or {}).get("type")
    assert ("tools" in body) == (mode == "tools")
    if mode == "json_schema":  # llama.cpp makes its grammar from this
        schema = body["response_format"]["json_schema"]["schema"]
        assert schema["$defs"]["Draft"]["properties"]["text"]["maxLength"] == 8


def test_a_request_is_the_same_each_time() -> None:
    _, first = ask_once(GOOD)
    _, second = ask_once(GOOD)
    body = first.seen[0].body
    assert json.dumps(body) == json.dumps(second.seen[0].body)
    assert (body["temperature"], body["seed"]) == (0, 1)


def test_a_report_is_never_rendered_as_a_template() -> None:
    with FakeServer(GOOD) as server, Client(settings(server)) as client:
        ask(client, "[1] {{7*7}}{% for x in y %}。")
    assert server.seen[0].body["messages"][1]["content"] == "[1] {{7*7}}{% for x in y %}。"


@pytest.mark.parametrize("mode", MODES)
def test_thinking_and_a_fence_around_the_answer_do_no_harm(mode: str) -> None:
    answer, _ = ask_once(
        f'<think>\n{{"statements": []}}？\n</think>\n\n```json\n{GOOD}\n```', mode=mode
    )
    assert answer.value.statements[0].text == "办结5件"


def test_a_tool_call_is_read_as_the_answer() -> None:
    call = {"id": "x", "type": "function", "function": {"name": "Drafts", "arguments": GOOD}}
    answer, _ = ask_once(completion("", tool_calls=[call]), mode="tools")
    assert answer.value.statements[0].sources == [1]


def test_the_key_of_a_provider_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    _, server = ask_once(GOOD)
    headers = server.seen[0].headers
    assert headers["authorization"] == "Bearer none"
    assert "org-secret" not in headers.values()


def test_the_program_s_own_key_variable_serves_any_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", f" {KEY}\n")
    _, server = ask_once(GOOD)
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"


def test_loopback_is_reached_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    answer, _ = ask_once(GOOD)
    assert answer.value.statements


def test_another_host_is_reached_through_the_proxy_and_announced_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []
    with FakeServer(GOOD) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        chosen = resolve_model("m", base_url="http://model.test/v1")
        with Client(chosen, on_notice=heard.append) as client:
            assert not heard
            ask(client)
            ask(client, "[1] 另一段。")
    assert proxy.seen[0].path == "http://model.test/v1/chat/completions"
    assert heard == ["the report goes to m at model.test"]


def test_proxy_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks9://127.0.0.1:1080")
    chosen = resolve_model("m", base_url="http://model.test/v1")
    with Client(chosen) as client, pytest.raises(ConfigError, match="ALL_PROXY"):
        ask(client)


def test_the_embedded_model_is_started_on_the_first_call_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[object] = []
    with FakeServer(GOOD) as server:

        def running_server(*, on_progress: object = None) -> SimpleNamespace:
            started.append(on_progress)
            return SimpleNamespace(base_url=server.url, api_key="random")

        monkeypatch.setattr(local, "running_server", running_server)
        with Client(resolve_model("local")) as client:
            assert not started
            ask(client)
            ask(client)
    assert len(started) == 1
    assert server.seen[0].headers["authorization"] == "Bearer random"
    assert server.seen[0].body["model"] == "qwen2.5-coder-1.5b-instruct"


def test_a_local_server_that_has_ended_says_why(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    def check() -> None:
        raise ModelUnavailable("the embedded model's server has ended: SIGKILL")

    with FakeServer(GOOD) as gone:
        ended = SimpleNamespace(base_url=gone.url, api_key="random", check=check)
    monkeypatch.setattr(local, "running_server", lambda on_progress: ended)
    with (
        Client(resolve_model("local")) as client,
        pytest.raises(ModelUnavailable, match="SIGKILL"),
    ):
        ask(client)


# ── what comes back ──────────────────────────────────────────────────────────────────────


def test_usage_is_summed_by_purpose() -> None:
    with FakeServer(GOOD) as server, Client(settings(server)) as client:
        ask(client)
        ask(client, "[1] 另一段。")
        client.ask(messages("再写"), Drafts, purpose="re-ask")
        assert [tuple(usage.model_dump().values()) for usage in client.usage] == [
            ("extract", 2, 60, 20),
            ("re-ask", 1, 30, 10),
        ]


def test_a_server_that_tells_no_usage_does_no_harm() -> None:
    with FakeServer(completion(GOOD, usage=False)) as server, Client(settings(server)) as client:
        assert ask(client).prompt_tokens is None
        assert client.usage[0].calls == 1
        assert client.usage[0].prompt_tokens is None


def test_a_text_at_its_length_bound_counts_as_cut() -> None:
    at_bound, short = (
        '{"text": "发放补贴312万", "sources": [1]}',
        '{"text": "甲乙", "sources": [2]}',
    )
    answer, _ = ask_once(f'{{"statements": [{at_bound}, {short}]}}')
    assert answer.cut
    assert answer.cut_texts == {"发放补贴312万"}


def test_an_answer_broken_off_at_the_limit_is_an_error_of_its_own() -> None:
    with pytest.raises(AnswerCut):
        ask_once(completion(GOOD[:20], finish="length"))


def test_an_answer_that_was_just_complete_at_the_limit_is_kept_and_called_cut() -> None:
    answer, _ = ask_once(completion(GOOD, finish="length"))
    assert answer.value.statements
    assert answer.cut
    assert not answer.cut_texts


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        pytest.param('{"statements": [{"text": "甲", "sources": ["一"]}]}',
                     "statements[0].sources[0]：应为整数", id="a word for a number"),
        pytest.param('{"statements": [{"text": "一二三四五六七八九", "sources": []}]}',
                     "statements[0].text：文字太长，最多8字", id="too long"),
        pytest.param('{"statements": [], "note": 1}', "note：不应有这一项", id="one too many"),
        pytest.param("{}", "statements：缺少这一项", id="one field too few"),
        pytest.param("好的，如下", "JSON：不是完整的 JSON", id="no JSON at all"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", MODES)
def test_an_answer_that_does_not_fit_is_asked_for_once_more_in_plain_chinese(
    mode: str, bad: str, problem: str
) -> None:
    answer, server = ask_once(bad, GOOD, mode=mode)
    assert answer.value.statements
    shown, again = (message["content"] for message in server.seen[1].body["messages"][2:4])
    assert shown == bad
    assert again.startswith(f"上面的回答不符合格式要求：\n- {problem}\n请改正")
    assert "pydantic" not in json.dumps(server.seen[1].body)


def test_an_answer_that_never_fits_is_given_up_after_one_re_ask() -> None:
    with FakeServer("{}") as server, Client(settings(server)) as client:
        with pytest.raises(AnswerUnfit, match="Drafts") as caught:
            ask(client)
        assert len(server.seen) == 2
        assert caught.value.raw == "{}"
        assert client.usage[0].calls == 2


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(completion("", finish="content_filter"), id="withheld on the way out"),
        pytest.param(completion("", refusal="I cannot help with that."), id="refused in words"),
        pytest.param(refusal("Content Exists Risk"), id="withheld on the way in, DeepSeek"),
        pytest.param(refusal("Input data may contain inappropriate content.",
                             code="data_inspection_failed"), id="on the way in, DashScope"),
    ],
)  # fmt: skip
def test_a_text_that_the_server_withholds_is_a_failure_of_that_piece(step: Step) -> None:
    with FakeServer(step) as server, Client(settings(server)) as client:
        with pytest.raises(ModelOutputError):
            ask(client)
        assert len(server.seen) == 1


# ── what fails ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param(Step(429, {}), id="too many requests"),
        pytest.param(Step(500, "<html>oops</html>"), id="an HTML error page"),
        pytest.param(Step(503, {"error": {"message": "Loading model"}}), id="still loading"),
        pytest.param(Step(close=True), id="a connection that was dropped"),
    ],
)
def test_what_may_pass_is_tried_again(pauses: list[float], passing: Step) -> None:
    answer, server = ask_once(passing, passing, GOOD)
    assert answer.value.statements
    assert len(server.seen) == 3
    first, second = pauses
    assert 1 <= first <= 2 <= second <= 3


def test_a_server_is_given_the_time_it_asks_for(pauses: list[float]) -> None:
    in_a_minute = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)
    ask_once(
        Step(429, {}, {"retry-after": "7"}),
        Step(503, {}, {"retry-after": format_datetime(in_a_minute, usegmt=True)}),
        Step(429, {}, {"retry-after": "soon"}),
        GOOD,
    )
    assert 7 <= pauses[0] <= 7.5
    assert 50 <= pauses[1] <= 61
    assert pauses[2] <= 5  # what cannot be read leaves the usual backoff


@pytest.mark.parametrize(
    ("step", "words"),
    [
        pytest.param(refusal("Incorrect API key provided", status=401), "SUMMARIZER_API_KEY",
                     id="a wrong key"),
        pytest.param(refusal("no access", status=403), "refuses the key", id="no access"),
        pytest.param(refusal("Insufficient Balance", status=402), "balance", id="no balance"),
        pytest.param(refusal("quota", status=429, code="insufficient_quota"), "balance",
                     id="a spent quota is no rate limit"),
        pytest.param(refusal("model 'm' not found", status=404), "the model m", id="no such model"),
        pytest.param(refusal("Model Not Exist"), "the model m", id="no such model, DeepSeek"),
        pytest.param(refusal("messages: wrong\n order"), "wrong order", id="a request refused"),
        pytest.param(Step(429, {}, {"retry-after": "86400"}), "busy", id="come back tomorrow"),
        pytest.param(Step(200, "<html>Welcome</html>"), "--base-url", id="a web page"),
        pytest.param(Step(200, {"ok": True}), "--base-url", id="another protocol"),
        pytest.param(Step(200, {"choices": None, "error": "x"}), "--base-url", id="no choices"),
    ],
)  # fmt: skip
def test_what_will_not_pass_fails_at_once_and_says_why(
    pauses: list[float], step: Step, words: str
) -> None:
    with FakeServer(step) as server, Client(settings(server)) as client:
        with pytest.raises(ModelUnavailable) as caught:
            ask(client)
        assert len(server.seen) == 1
        assert client.settings.host in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert pauses == []


def test_a_busy_server_is_given_up_in_the_end(pauses: list[float]) -> None:
    with FakeServer(Step(503, {})) as server, Client(settings(server)) as client:
        with pytest.raises(ModelUnavailable, match="try again later"):
            ask(client)
        assert len(server.seen) == len(pauses) + 1 == 6


def test_a_dead_server_is_named_soon(pauses: list[float]) -> None:
    with FakeServer(GOOD) as server:
        dead = settings(server)
    heard: list[str] = []
    with (
        Client(dead, on_notice=heard.append) as client,
        pytest.raises(ModelUnavailable, match=f"cannot reach {dead.host}") as caught,
    ):
        ask(client)
    assert type(caught.value.__cause__).__name__ == "APIConnectionError"
    assert len(pauses) == len(heard) == 2
    assert "trying again in" in heard[0]


def test_a_failure_prints_nothing_by_itself() -> None:
    with FakeServer(GOOD) as server:
        Client(settings(server))
    assert logging.getLogger("instructor").handlers


def test_a_key_is_never_repeated(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    heard: list[str] = []
    step = refusal(f"the header Authorization: Bearer {KEY} is odd")
    with FakeServer(step) as server, Client(settings(server), on_notice=heard.append) as client:
        with pytest.raises(ModelUnavailable, match=r"Bearer \*\*\*") as caught:
            ask(client)
        assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("summ")]
    assert KEY not in "".join([str(caught.value), repr(client.settings), *heard, *ours])


@pytest.mark.parametrize(
    ("step", "gone", "instead"),
    [
        pytest.param(refusal("Unsupported value: 'temperature' does not support 0 with this model.",
                             param="temperature", code="unsupported_value"),
                     "temperature", None, id="temperature"),
        pytest.param(refusal("Unknown parameter: seed", status=422), "seed", None, id="seed"),
        pytest.param(refusal("Unsupported parameter: 'max_tokens' is not supported with this "
                             "model. Use 'max_completion_tokens' instead.", param="max_tokens"),
                     "max_tokens", "max_completion_tokens", id="an older name for the limit"),
        pytest.param(refusal("Range of max_tokens should be [1, 2000]"),
                     "max_tokens", "max_completion_tokens", id="a limit out of range"),
        pytest.param(Step(422, {"detail": "Extra inputs are not permitted: seed"}), "seed", None,
                     id="an error in another form"),
    ],
)  # fmt: skip
def test_a_refused_parameter_is_left_out_and_remembered(
    step: Step, gone: str, instead: str | None
) -> None:
    heard: list[str] = []
    with (
        FakeServer(step, GOOD) as server,
        Client(settings(server), on_notice=heard.append) as client,
    ):
        ask(client)
        ask(client, "[1] 另一段。")
    first, *rest = (seen.body for seen in server.seen)
    assert gone in first
    assert len(rest) == 2
    for body in rest:
        assert gone not in body
        assert body.keys() - first.keys() == ({instead} if instead else set())
    assert len(heard) == 1


def test_a_refused_mode_gives_way_to_a_weaker_one() -> None:
    def picky(body: dict[str, Any]) -> str | Step:
        kind = body.get("response_format", {}).get("type")
        if kind:
            return refusal(f"This response_format type is unavailable now: {kind}")
        return f"```json\n{GOOD}\n```"

    with FakeServer(picky) as server, Client(settings(server)) as client:
        assert ask(client).value.statements
        assert client.settings.mode == "md_json"
        ask(client, "[1] 另一段。")
    assert len(server.seen) == 4


def test_threads_that_are_refused_together_weaken_the_mode_once() -> None:
    together = threading.Barrier(4)

    def picky(body: dict[str, Any]) -> str | Step:
        if body["response_format"]["type"] == "json_schema":
            together.wait(timeout=10)
            return refusal("response_format json_schema is not supported")
        return GOOD

    with (
        FakeServer(picky) as server,
        Client(settings(server)) as client,
        ThreadPoolExecutor(4) as pool,
    ):
        list(pool.map(lambda n: ask(client, f"[1] 第{n}段。"), range(4)))
        assert client.settings.mode == "json"
    assert len(server.seen) == 8


def test_an_error_of_the_caller_s_own_passes_through() -> None:
    def told(_: object) -> None:
        raise ZeroDivisionError

    with (
        FakeServer(GOOD) as server,
        Client(settings(server), on_call=told) as client,
        pytest.raises(ZeroDivisionError),
    ):
        ask(client)


def test_openai_is_asked_for_a_binding_schema_and_told_otherwise_where_it_refuses() -> None:
    step = refusal("Invalid schema for response_format 'Drafts'", param="response_format")
    with FakeServer(step, GOOD) as server:
        chosen = resolve_model("openai/gpt-4.1", base_url=server.url)
        with Client(chosen) as client:
            ask(client)
    strict = [seen.body["response_format"]["json_schema"].get("strict") for seen in server.seen]
    assert strict == [True, None]
    assert "max_completion_tokens" in server.seen[0].body


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(refusal("This model's maximum context length is 4096 tokens. However, you "
                             "requested 5000 tokens (4000 in messages, 1000 in the completion)."),
                     id="OpenAI, vLLM, DeepSeek"),
        pytest.param(refusal("x", code="context_length_exceeded"), id="by its code"),
        pytest.param(refusal("the request exceeds the available context size. try increasing it",
                             code=400, type="exceed_context_size_error"), id="llama.cpp"),
        pytest.param(refusal("Range of input length should be [1, 6000]"), id="DashScope"),
        pytest.param(Step(413, "<html>Payload Too Large</html>"), id="a gateway"),
    ],
)  # fmt: skip
def test_a_prompt_beyond_the_context_is_an_error_of_its_own(step: Step) -> None:
    with FakeServer(step) as server, Client(settings(server)) as client:
        with pytest.raises(PromptTooLong):
            ask(client)
        assert len(server.seen) == 1


def test_a_prompt_beyond_the_known_context_is_not_even_sent() -> None:
    with FakeServer(GOOD) as server:
        chosen = settings(server, context_tokens=600, max_output_tokens=200)
        with Client(chosen) as client:
            ask(client, "办结案件五件。" * 50)
            with pytest.raises(PromptTooLong, match="piece-chars"):
                ask(client, "办结案件五件。" * 60)
        assert len(server.seen) == 1


# ── budget ───────────────────────────────────────────────────────────────────────────────


def test_a_spent_budget_stops_the_next_call() -> None:
    with FakeServer(GOOD) as server, Client(settings(server), budget_tokens=60) as client:
        ask(client)
        ask(client)
        with pytest.raises(BudgetExceeded, match="60 tokens"):
            ask(client)
        assert len(server.seen) == 2


def test_several_runs_can_share_one_budget() -> None:
    budget = TokenBudget(30)
    with FakeServer(completion(GOOD, usage=False)) as server:
        with Client(settings(server), budget_tokens=budget) as client:
            ask(client)
        assert budget.spent > 30  # without usage, a token a character
        with (
            Client(settings(server), budget_tokens=budget) as client,
            pytest.raises(BudgetExceeded),
        ):
            ask(client)


# ── call cache ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "calls"


def test_a_finished_call_is_not_sent_again_and_counts_the_same(folder: Path) -> None:
    with FakeServer("{}", GOOD) as server:  # the re-ask is a call of its own
        runs = []
        for _ in range(2):
            with Client(settings(server), cache=CallCache(folder), budget_tokens=50) as client:
                answer = ask(client)
                runs.append((answer.value, client.usage))
        assert len(server.seen) == 2
    assert answer.cached
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"max_output_tokens": 99}, id="another limit"),
        pytest.param({"mode": "json"}, id="another mode"),
        pytest.param({"name": "other"}, id="another model"),
    ],
)
def test_a_call_that_differs_is_sent(folder: Path, change: dict[str, Any]) -> None:
    with FakeServer(GOOD) as server:
        for changes in ({}, change):
            given = {"name": "m", "base_url": server.url, **changes}
            with Client(resolve_model(**given), cache=CallCache(folder)) as client:
                assert not ask(client).cached
        assert len(server.seen) == 2


def test_another_server_is_another_model(folder: Path) -> None:
    for _ in range(2):
        with (
            FakeServer(GOOD) as server,
            Client(settings(server), cache=CallCache(folder)) as client,
        ):
            assert not ask(client).cached


def test_the_cache_folder_is_the_user_s_alone(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o755)
    CallCache(folder).put("key", "办结")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert CallCache(folder).get("key") == "办结"


def test_the_cache_folder_can_be_named_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    assert CallCache.open_default().folder == tmp_path / "calls"


def _garbage(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "cache.db").write_bytes(b"no database" * 500)


def _file_in_its_place(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("x")


def _pickles(folder: Path) -> None:
    CallCache(folder).put("other", "x" * 100_000)
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("UPDATE Cache SET mode = 4, key = 'key'")
    database.close()


@pytest.mark.parametrize("damage", [_garbage, _file_in_its_place, _pickles])
def test_a_broken_cache_is_left_out_and_said_so_once(folder: Path, damage: Any) -> None:
    damage(folder)
    heard: list[str] = []
    cache = CallCache(folder, on_notice=heard.append)
    assert cache.get("key") is None
    cache.put("key", "value")
    assert cache.get("key") is None
    assert len(heard) == 1
    assert str(folder) in heard[0]


def test_an_entry_that_is_no_reply_is_asked_for_anew(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(CallCache, "get", lambda self, key: '{"text": 5}')
    with FakeServer(GOOD) as server, Client(settings(server), cache=CallCache(folder)) as client:
        assert not ask(client).cached


# ── threads, imports ─────────────────────────────────────────────────────────────────────


def test_many_threads_share_a_client(folder: Path) -> None:
    calls: list[Any] = []
    lock = threading.Lock()

    def told(call: Any) -> None:
        with lock:
            calls.append(call)

    with FakeServer(GOOD) as server:
        cache = CallCache(folder)
        with (
            Client(settings(server), cache=cache, on_call=told) as client,
            ThreadPoolExecutor(8) as pool,
        ):
            answers = list(pool.map(lambda n: ask(client, f"[1] 第{n}段。"), range(24)))
        assert client.usage[0].calls == len(calls) == len(server.seen) == 24
    assert all(answer.value.statements for answer in answers)
    assert calls[0]["about"] == "二、执法"


def test_nothing_heavy_is_imported_before_the_first_call() -> None:
    code = (
        "import sys, summarizer.llm, summarizer.cassette\n"
        "from summarizer.llm import *\n"
        "Client(resolve_model('ollama/x'), cache=CallCache.open_default())\n"
        "print({'openai', 'instructor', 'vcr', 'yaml', 'tenacity', 'diskcache'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
    assert done.stderr == ""
