"""The few parts of an answer in the OpenAI chat protocol that the program lives on.

Servers differ in what they add; everything here reads plain JSON and takes what is missing as
missing. The same reduction serves the call cache, which keeps a `Reply`, and the cassettes,
which keep a response without what changes from one recording to the next.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

CHAT_PATH = "/chat/completions"
OVERFLOW = "context_length_exceeded"

_THINKING = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL | re.IGNORECASE)
# How servers say that a prompt is too long: OpenAI, vLLM, DeepSeek, llama.cpp, DashScope.
_TOO_LONG = re.compile(
    r"maximum context length|context (?:length|window|size)|exceed\w* .{0,40}context"
    r"|prompt is too long|too many (?:input )?tokens|range of input length"
    r"|input (?:length|tokens).{0,40}exceed",
    re.IGNORECASE,
)


class Reply(NamedTuple):
    """A finished call: the answer's text, why it ended, and the tokens where they were told.

    `finish_reason` is ``stop``, ``length`` (cut off), ``content_filter`` or ``refusal``.
    """

    text: str
    finish_reason: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    @classmethod
    def from_completion(cls, body: Any) -> Reply | None:
        """The reply in a chat completion, or None where `body` is not one."""
        message, reason = _first_choice(body)
        if message is None:
            return None
        if message.get("refusal"):
            return cls(str(message["refusal"]), "refusal", *_tokens(body))
        text = _tool_arguments(message) or message.get("content") or ""
        return cls(_plain(str(text)), reason, *_tokens(body))

    def to_json(self) -> str:
        """The reply as the call cache keeps it."""
        return json.dumps(self._asdict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Reply | None:
        """A reply from the call cache; None where the entry is not one."""
        try:
            reply = cls(**json.loads(text))
        except (ValueError, TypeError):
            return None
        return reply if isinstance(reply.text, str) else None


def error_of(body: Any) -> tuple[str, str, str]:
    """Message, code with type, and parameter of an error; '' where a server does not say."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return (str(error or ""), "", "")
    message = error.get("message") or error.get("detail") or ""
    code = f"{error.get('code') or ''} {error.get('type') or ''}"
    return (str(message), code, str(error.get("param") or ""))


def is_overflow(status: int, body: Any) -> bool:
    """Whether an error answer says that the prompt is beyond the model's context."""
    if status == 413:
        return True
    message, code, _ = error_of(body)
    return status in (400, 422) and bool(OVERFLOW in code or _TOO_LONG.search(message))


def lasting_part(status: int, body: Any) -> dict[str, Any] | None:
    """A response without what differs between two recordings; None for one not worth keeping.

    Kept are answers, and the refusal of a prompt that is too long, since a run acts on it. A
    busy server, a wrong key or a refused parameter says nothing about the report.
    """
    if is_overflow(status, body):
        return {"error": {"message": OVERFLOW, "code": OVERFLOW}}
    message, reason = _first_choice(body)
    if status != 200 or message is None:
        return None
    kept: dict[str, Any] = {"role": "assistant", "content": _whole(message.get("content"))}
    if message.get("refusal"):
        kept["refusal"] = _whole(message["refusal"])
    arguments = _tool_arguments(message)
    if arguments:
        function = {"name": "answer", "arguments": _whole(arguments)}
        kept["tool_calls"] = [{"id": "call_0", "type": "function", "function": function}]
    answer: dict[str, Any] = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": kept, "finish_reason": reason}],
    }
    prompt, completion = _tokens(body)
    if prompt is not None or completion is not None:
        answer["usage"] = {"prompt_tokens": prompt, "completion_tokens": completion}
    return answer


def _first_choice(body: Any) -> tuple[dict[str, Any] | None, str]:
    choices = body.get("choices") if isinstance(body, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(first, dict) or not isinstance(first.get("message"), dict):
        return None, ""
    return first["message"], str(first.get("finish_reason") or "stop")


def _tool_arguments(message: dict[str, Any]) -> str:
    try:
        arguments = message["tool_calls"][0]["function"]["arguments"]
    except (KeyError, IndexError, TypeError):
        return ""
    return arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


def _tokens(body: Any) -> tuple[int | None, int | None]:
    usage = body.get("usage") if isinstance(body, dict) else None
    counts = usage if isinstance(usage, dict) else {}
    prompt, completion = counts.get("prompt_tokens"), counts.get("completion_tokens")
    return (
        prompt if isinstance(prompt, int) else None,
        completion if isinstance(completion, int) else None,
    )


def _plain(text: str) -> str:
    """The answer itself, without a leading <think> block and without a fence around it."""
    text = _THINKING.sub("", _whole(text) or "")
    fenced = _FENCED.match(text)
    return fenced[1] if fenced else text


def _whole(text: Any) -> Any:
    """`text` with each half of a broken surrogate pair replaced: it could not be written out."""
    if not isinstance(text, str):
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
