"""What an error of a model's server means: wait, leave something out, or give up and why.

Servers agree on the status codes and hardly on the words; what is recognised by words is
listed here with the servers that use them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from summarizer import cassette
from summarizer._protocol import OVERFLOW, error_of, is_overflow
from summarizer.errors import ModelOutputError, ModelUnavailable, SummarizerError
from summarizer.llm._providers import ModelSettings, api_key

if TYPE_CHECKING:
    import openai
    from tenacity import RetryCallState

# A server that cannot be reached is soon known to be gone; a busy one is worth a minute.
_TRIES_UNREACHED = 3
_TRIES_BUSY = 6
_LONGEST_WAIT = 300.0
_QUOTA_SPENT = "insufficient_quota"

# How a refusal names what it refuses. Only what was sent counts.
_REFUSALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("seed", re.compile(r"\bseed\b", re.IGNORECASE)),
    ("temperature", re.compile(r"\btemperature\b", re.IGNORECASE)),
    ("max_completion_tokens", re.compile(r"\bmax_completion_tokens\b", re.IGNORECASE)),
    ("max_tokens", re.compile(r"\bmax_tokens\b", re.IGNORECASE)),
    (
        "mode",
        re.compile(
            r"response_format|json_schema|json_object|json mode|structured output|grammar"
            r"|\btools?\b|tool_choice|function call",
            re.IGNORECASE,
        ),
    ),
)
_NO_MODEL = re.compile(
    r"model_not_found|\bmodel\b.{0,60}\b(?:not|n't) (?:exist|found)", re.IGNORECASE
)
# Content filters of Azure, DashScope and DeepSeek, by their words.
_WITHHELD = re.compile(
    r"content.?filter|data.?inspection|content exists risk|inappropriate", re.IGNORECASE
)


class PromptTooLong(ModelOutputError):  # noqa: N818 - the name says what is the matter
    """The prompt is beyond the model's context: ask with less text."""


def may_pass(exc: BaseException) -> bool:
    """Whether the same request may work a little later."""
    import openai

    if isinstance(exc, openai.APIConnectionError):
        return cassette.find_miss(exc) is None
    if not isinstance(exc, openai.APIStatusError):
        return False
    if exc.status_code == 429 and _QUOTA_SPENT in error_of(exc.body)[1]:
        return False
    busy = exc.status_code in (408, 429) or exc.status_code >= 500
    return busy and (_retry_after(exc) or 0) <= _LONGEST_WAIT


def tried_enough(state: RetryCallState) -> bool:
    """Whether to give up."""
    error = state.outcome.exception() if state.outcome else None
    unreached = getattr(error, "status_code", None) is None
    return state.attempt_number >= (_TRIES_UNREACHED if unreached else _TRIES_BUSY)


def pause(state: RetryCallState) -> float:
    """Seconds to wait: what the server asks for, else doubling from one second; jittered."""
    from tenacity import wait_exponential_jitter, wait_random

    error = state.outcome.exception() if state.outcome else None
    asked = _retry_after(error)
    if asked is not None:
        return asked + wait_random(0, 0.5)(state)
    return wait_exponential_jitter(initial=1, max=30, jitter=1)(state)


def _retry_after(exc: BaseException | None) -> float | None:
    """Seconds that the server asks to wait: ``Retry-After`` as a number or an HTTP date."""
    headers = getattr(getattr(exc, "response", None), "headers", {})
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(value))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


def refused_parameter(exc: openai.APIStatusError, body: Mapping[str, Any]) -> str | None:
    """The parameter of `body` that a 400 or 422 is about, ``mode`` for the answer's form."""
    if exc.status_code not in (400, 422) or is_overflow(exc.status_code, exc.body):
        return None
    message, _, parameter = error_of(exc.body)
    for name, pattern in _REFUSALS:
        sent = {"response_format", "tools"} if name == "mode" else {name}
        if sent & body.keys() and (
            parameter == name or pattern.search(parameter) or pattern.search(message)
        ):
            return name
    return None


def from_status(exc: openai.APIStatusError, settings: ModelSettings, place: str) -> SummarizerError:
    """The error of ours for an HTTP status; `place` names the server in its message."""
    status = exc.status_code
    message, code, _ = error_of(exc.body)
    http = f"HTTP {status}"
    if is_overflow(status, exc.body):
        return PromptTooLong(f"{place}: the prompt is beyond the model's context ({OVERFLOW})")
    if status in (401, 403):
        variable = settings.key_variables[-1]
        return ModelUnavailable(f"{place} refuses the key ({http}): set {variable} to a valid one")
    if status == 402 or _QUOTA_SPENT in code:
        return ModelUnavailable(f"{place}: the account has no balance left ({http})")
    if status == 404 or _NO_MODEL.search(f"{code} {message}"):
        return ModelUnavailable(
            f"{place} does not know the model {settings.model} ({http}): "
            "check the model's name and --base-url"
        )
    if status in (408, 429) or status >= 500:
        return ModelUnavailable(f"{place} is too busy or out of order ({http}): try again later")
    if _WITHHELD.search(f"{code} {message}"):
        return ModelOutputError(f"{place}: its content filter refuses this text ({http})")
    said = _scrubbed(_one_line(message), settings)[:200] or code.strip()
    return ModelUnavailable(f"{place} refuses the request ({http}): {said}")


def _scrubbed(text: str, settings: ModelSettings) -> str:
    """`text` without the key, which some servers repeat in their errors."""
    key = api_key(settings)
    return text.replace(key, "***") if key else text


def root_cause(exc: BaseException) -> str:
    """The first cause of a failed connection, in a few words."""
    while exc.__cause__ is not None:
        exc = exc.__cause__
    return _one_line(exc)[:120] or type(exc).__name__


def _one_line(said: object) -> str:
    return " ".join(str(said).split())
