"""One model's server: a request goes out, a `Reply` or an error of ours comes back.

The only place that speaks HTTP to a model, through the openai SDK with its own retries off.
What may pass by itself is tried again here: a connection that fails, a time-out, 429 (after
``Retry-After`` where the server names it) and 5xx, with jittered backoff; nothing else is. A
parameter that the server refuses is left out from then on and remembered for the run.

Loopback addresses are reached past any proxy setting; other hosts respect it. Keys are read
here, handed to the SDK, and never put in a message.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from summarizer import cassette
from summarizer._protocol import CHAT_PATH, Reply
from summarizer.errors import (
    ConfigError,
    ModelError,
    ModelUnavailable,
    SummarizerError,
)
from summarizer.llm._providers import Mode, ModelSettings, api_key, is_loopback
from summarizer.llm._server_errors import (
    from_status,
    may_pass,
    pause,
    refused_parameter,
    root_cause,
    tried_enough,
)

if TYPE_CHECKING:
    import openai
    from tenacity import RetryCallState

    from summarizer.local import LocalServer

OnNotice = Callable[[str], None]

_REPLAY_URL = cassette.STORED_BASE_URL
_CONNECT_SECONDS = 10.0
_REMOTE_SECONDS = 180.0
_LOOPBACK_SECONDS = 900.0
_WEAKER_MODE: Mapping[Mode, Mode] = {"json_schema": "json", "tools": "json", "json": "md_json"}


class ModeRefused(ModelError):  # noqa: N818
    """The endpoint does not take the answer mode; the settings now name a weaker one."""


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


class Endpoint:
    """A model's server, reached on the first call. Safe for several threads."""

    def __init__(self, settings: ModelSettings, *, on_notice: OnNotice | None = None) -> None:
        """`on_notice` is told in a line where a report goes and what is waited for."""
        self.settings = settings
        self._on_notice = on_notice or (lambda _: None)
        self._lock = threading.Lock()
        self._sdk: openai.OpenAI | None = None
        self._server: LocalServer | None = None

    def close(self) -> None:
        """Close the connections. The embedded model's server stays for the next run."""
        if self._sdk is not None:
            self._sdk.close()

    def send(self, request: Mapping[str, Any], *, mode: Mode, about: str) -> Reply:
        """The server's reply to `request`: model, messages and the answer's form in `mode`.

        Raises `PromptTooLong`, `ModeRefused`, `ModelUnavailable`, `ModelOutputError` where a
        content filter withholds the answer, and `CassetteMiss` under replay.
        """
        sdk = self._connected()
        while True:
            settings = self.settings
            if settings.mode != mode:
                raise ModeRefused(f"{self._place()} does not take the answer mode {mode}")
            body = _body(request, settings)
            try:
                return self._post(sdk, body, about)
            except _Refused as refusal:
                self._leave_out(refusal.parameter, settings)

    def _connected(self) -> openai.OpenAI:
        with self._lock:
            if self._sdk is None:
                self._sdk = self._connect()
            return self._sdk

    def _connect(self) -> openai.OpenAI:
        tape = cassette.active()
        if tape and tape.replaying:
            return _sdk(_REPLAY_URL, None)
        if tape:
            tape.note(**self.settings.recordable())
        if self.settings.provider == "local":
            from summarizer import local

            self._server = local.running_server(on_progress=self._on_notice)
            return _sdk(self._server.base_url, self._server.api_key)
        url = self.settings.base_url or ""
        if self.settings.remote:
            self._on_notice(f"the report goes to {self.settings.model} at {self.settings.host}")
        return _sdk(url, api_key(self.settings), openai_account=self.settings.provider == "openai")

    def _post(self, sdk: openai.OpenAI, body: dict[str, Any], about: str) -> Reply:
        import httpx2
        import openai
        from tenacity import Retrying, retry_if_exception

        patient = Retrying(
            retry=retry_if_exception(may_pass),
            stop=tried_enough,
            wait=pause,
            sleep=_sleep,
            before_sleep=self._say_waiting,
            reraise=True,
        )
        try:
            # Not `sdk.chat.completions`: that imports every resource of the SDK (half a second).
            answer = patient(sdk.post, CHAT_PATH, body=body, cast_to=httpx2.Response)
            reply = Reply.from_completion(json.loads(answer.content))
        except openai.APIError as exc:
            raise self._translated(exc, body, about) from exc
        except (ValueError, openai.OpenAIError) as exc:
            raise self._not_the_protocol() from exc
        if reply is None:
            raise self._not_the_protocol()
        return reply

    def _say_waiting(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        status = getattr(error, "status_code", None)
        what = f"answers HTTP {status}" if status else "cannot be reached"
        seconds = state.next_action.sleep if state.next_action else 0
        self._on_notice(f"{self._place()} {what}: trying again in {seconds:.0f} s")

    def _leave_out(self, parameter: str, sent: ModelSettings) -> None:
        """Remember that the endpoint refuses `parameter`, as sent under the settings `sent`."""
        with self._lock:
            if self.settings != sent:  # another thread has just learned something
                return
            self.settings = self._without(parameter, sent)
            tape = cassette.active()
            if tape:
                tape.note(**self.settings.recordable())

    def _without(self, parameter: str, sent: ModelSettings) -> ModelSettings:
        if parameter == "mode" and _is_strict(sent):
            parameter = "strict"
        if parameter == "mode":
            weaker = _WEAKER_MODE[sent.mode]
            self._on_notice(f"{self._place()} refuses the mode {sent.mode}: {weaker} is used")
            return sent.model_copy(update={"mode": weaker})
        self._on_notice(f"{self._place()} refuses {parameter}: it is left out")
        return sent.model_copy(update={"left_out": (*sent.left_out, parameter)})

    def _place(self) -> str:
        return self.settings.host or "the local model"

    def _not_the_protocol(self) -> ModelUnavailable:
        return ModelUnavailable(
            f"{self._place()} does not answer as an OpenAI-compatible server: "
            "check --base-url (it mostly ends in /v1)"
        )

    def _translated(
        self, exc: openai.APIError, body: Mapping[str, Any], about: str
    ) -> SummarizerError | _Refused:
        import openai

        place, settings = self._place(), self.settings
        missed = cassette.find_miss(exc)
        if missed is not None:
            return missed.explained(about)
        if isinstance(exc, openai.APITimeoutError):
            return ModelUnavailable(
                f"{place} gave no answer in time: try again, or choose a smaller --piece-chars"
            )
        if not isinstance(exc, openai.APIStatusError):
            return self._unreached(exc)
        refused = refused_parameter(exc, body)
        if refused is not None:
            return _Refused(refused)
        return from_status(exc, settings, place)

    def _unreached(self, exc: openai.APIError) -> ModelUnavailable:
        """Why there is no connection; of the embedded model's server, why it has ended."""
        try:
            if self._server is not None:
                self._server.check()
        except ModelUnavailable as ended:
            return ended
        return ModelUnavailable(
            f"cannot reach {self._place()} ({root_cause(exc)}): "
            "check that the server runs, and the network"
        )


def _body(request: Mapping[str, Any], settings: ModelSettings) -> dict[str, Any]:
    """The whole request, without what the endpoint is known to refuse."""
    left_out = settings.left_out
    limit = "max_completion_tokens" if "max_tokens" in left_out else "max_tokens"
    sampling = {
        "temperature": settings.temperature,
        "seed": settings.seed,
        limit: settings.max_output_tokens,
    }
    body = {**request, **{k: v for k, v in sampling.items() if k not in left_out}}
    if _is_strict(settings):
        form = body["response_format"]
        body["response_format"] = {
            **form, "json_schema": {**form["json_schema"], "strict": True},
        }  # fmt: skip
    return body


def _is_strict(settings: ModelSettings) -> bool:
    """Whether the schema is sent as binding: OpenAI only promises to keep one marked so."""
    return (
        settings.provider == "openai"
        and settings.mode == "json_schema"
        and "strict" not in settings.left_out
    )


def _sdk(base_url: str, key: str | None, *, openai_account: bool = False) -> openai.OpenAI:
    import httpx2
    import openai

    near = base_url == _REPLAY_URL or is_loopback(base_url)
    timeout = httpx2.Timeout(
        _LOOPBACK_SECONDS if near else _REMOTE_SECONDS, connect=_CONNECT_SECONDS
    )
    try:
        sdk = openai.OpenAI(
            api_key=key or "none",
            base_url=base_url,
            max_retries=0,
            timeout=timeout,
            # br and zstd would reach a cassette undecoded.
            default_headers={"Accept-Encoding": "gzip, deflate"},
            http_client=httpx2.Client(trust_env=False, timeout=timeout) if near else None,
        )
    except (ImportError, ValueError) as exc:
        raise ConfigError(
            "the proxy settings in the environment cannot be used: correct or unset HTTP_PROXY, "
            "HTTPS_PROXY and ALL_PROXY (a SOCKS proxy needs pip install 'httpx2[socks]')"
        ) from exc
    if not openai_account:  # the SDK takes OPENAI_ORG_ID and the like along to any host
        sdk.organization = sdk.project = None
    return sdk


def _sleep(seconds: float) -> None:
    time.sleep(seconds)
