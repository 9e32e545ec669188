"""One call to a model, bound to a schema: the only seam between the program and a model.

instructor turns a pydantic class into the request of a mode and an answer back into the class;
`_endpoint` speaks to the server, `call_cache` remembers finished calls, `cassette` records and
replays them. instructor's own retries and its templating (``context=``) are not used: a report
is never rendered as a template, and the one re-ask after an answer that does not fit is worded
here, in Chinese, short and the same every time.

Usage counts what the answers cost when they were made, those from the call cache included, so
that a memo made again is the same to the byte; a budget counts only what is spent now.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypedDict, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer import cassette
from summarizer._endpoint import Endpoint, ModeRefused, OnNotice, PromptTooLong
from summarizer._protocol import Reply
from summarizer._providers import (
    KnownModel,
    Mode,
    ModelSettings,
    known_models,
    resolve_model,
)
from summarizer.call_cache import CallCache
from summarizer.errors import BudgetExceeded, ModelOutputError, SummarizerError
from summarizer.local import LOCAL_MODEL_VARIABLE
from summarizer.types import Usage

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

__all__ = [
    "Answer",
    "AnswerCut",
    "AnswerUnfit",
    "Call",
    "CallCache",
    "Client",
    "KnownModel",
    "Message",
    "Mode",
    "ModelSettings",
    "PromptTooLong",
    "TokenBudget",
    "known_models",
    "resolve_model",
]

T = TypeVar("T", bound=BaseModel)

_MAX_PROBLEMS = 5
_MAX_REPEATED_CHARS = 4000
_REASK = "上面的回答不符合格式要求：\n{problems}\n请改正后重新输出完整的 JSON，不要输出其他文字。"
# What went wrong, by pydantic's error type, in the words the model is asked again with.
_PROBLEMS: Mapping[str, str] = {
    "missing": "缺少这一项",
    "extra_forbidden": "不应有这一项",
    "string_too_long": "文字太长，最多{max_length}字",
    "string_too_short": "文字太短，至少{min_length}字",
    "too_long": "项数太多，最多{max_length}项",
    "too_short": "项数太少，至少{min_length}项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "json_invalid": "不是完整的 JSON",
}


class Message(TypedDict):
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class AnswerCut(ModelOutputError):  # noqa: N818 - the name says what is the matter
    """The answer was cut off at the length limit (``finish_reason=length``): ask for less."""


class AnswerUnfit(ModelOutputError):  # noqa: N818
    """The answer does not fit the schema, the re-ask's neither; `raw` is its text."""

    def __init__(self, message: str, raw: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.raw = raw
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer that fits its schema.

    `cut_texts` are the texts in it that ran into their length bound (a grammar cuts there
    without a word); `cut` is True with any of them, or where the server says so. The token
    counts are None where the server did not tell them.
    """

    value: T
    cut: bool
    cut_texts: frozenset[str]
    prompt_tokens: int | None
    completion_tokens: int | None
    cached: bool


class Call(TypedDict):
    """What `Client` tells of each finished call."""

    purpose: str
    about: str
    cached: bool
    prompt_tokens: int | None
    completion_tokens: int | None


class TokenBudget:
    """The tokens that a run, or several that share it, may spend. Safe for several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._spent = 0
        self._lock = threading.Lock()

    @property
    def spent(self) -> int:
        """Tokens spent so far; of a server that does not tell, one per character."""
        return self._spent

    def spend(self, tokens: int) -> None:
        """Count `tokens` as spent."""
        with self._lock:
            self._spent += tokens

    def check(self) -> None:
        """Raise `BudgetExceeded` where nothing is left for another call."""
        if self._spent >= self.limit:
            raise BudgetExceeded(
                f"the budget of {self.limit} tokens is spent ({self._spent} used): "
                "raise --budget-tokens to go on; finished calls are kept in the call cache"
            )


class Client:
    """The model of one run. Safe for several threads; use it as a context manager."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        cache: CallCache | None = None,
        budget_tokens: int | TokenBudget | None = None,
        on_call: Callable[[Call], None] | None = None,
        on_notice: OnNotice | None = None,
    ) -> None:
        """Nothing is contacted or started before the first call.

        `on_call` hears of each finished call, `on_notice` in a line to which host the report
        goes, what is waited for and what the endpoint refuses. Record and replay leave the
        call cache out.
        """
        self._endpoint = Endpoint(settings, on_notice=on_notice)
        self._cache = None if cassette.active() else cache
        if isinstance(budget_tokens, int):
            budget_tokens = TokenBudget(budget_tokens)
        self._budget = budget_tokens
        self._on_call = on_call or (lambda _: None)
        self._usage: dict[str, Usage] = {}
        self._lock = threading.Lock()
        # instructor logs each failure as an error, which Python prints where no one has set
        # logging up; ours reach the user as exceptions.
        _quiet("instructor")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._endpoint.__exit__(kind, error, trace)

    @property
    def settings(self) -> ModelSettings:
        """The settings in force: without what the endpoint has refused so far."""
        return self._endpoint.settings

    @property
    def usage(self) -> tuple[Usage, ...]:
        """Calls and tokens by purpose, in the purposes' alphabetical order."""
        with self._lock:
            return tuple(self._usage[purpose] for purpose in sorted(self._usage))

    def ask(
        self, messages: Sequence[Message], answer: type[T], *, purpose: str, about: str = ""
    ) -> Answer[T]:
        """The model's answer to `messages`, as an `answer`.

        `purpose` groups the usage; `about` names the piece for a reader (its heading). An
        answer that does not fit the schema is asked for once more. Raises `AnswerUnfit` where
        that does not help, `AnswerCut`, `PromptTooLong`, `ModelUnavailable`,
        `BudgetExceeded`, and `CassetteMiss` under replay.
        """
        try:
            return self._ask(messages, answer, purpose, about)
        except AnswerUnfit as unfit:
            if not unfit.problems:
                raise
            again = [*messages, *_reask(unfit)]
        return self._ask(again, answer, purpose, about)

    def _ask(
        self, messages: Sequence[Message], answer: type[T], purpose: str, about: str
    ) -> Answer[T]:
        while True:
            try:
                return self._ask_in_mode(messages, answer, purpose, about)
            except ModeRefused:
                continue  # the settings now name a weaker mode

    def _ask_in_mode(
        self, messages: Sequence[Message], answer: type[T], purpose: str, about: str
    ) -> Answer[T]:
        import instructor
        from instructor.core.exceptions import IncompleteOutputException, InstructorRetryException

        settings = self.settings
        received: list[tuple[Reply, bool]] = []

        def create(**request: Any) -> ChatCompletion:
            reply, cached = self._reply(request, purpose, about)
            received.append((reply, cached))
            return _completion(reply, settings.mode)

        asked: Any = instructor.patch(create=create, mode=instructor.Mode[settings.mode.upper()])
        try:
            value = asked(
                response_model=answer,
                messages=[dict(message) for message in messages],
                model=settings.model,
                max_retries=0,
                strict=None,
            )
        except IncompleteOutputException as exc:
            value = _whole_anyway(answer, received[-1][0], exc)
        except InstructorRetryException as exc:
            raise _unwrapped(exc, answer, received[-1][0] if received else None) from exc.__cause__
        return _answered(answer, value, *received[-1])

    def _reply(self, request: Mapping[str, Any], purpose: str, about: str) -> tuple[Reply, bool]:
        """The reply to a request, and whether it came from the call cache."""
        settings = self.settings
        key = _key(request, settings) if self._cache else ""
        kept = self._cache.get(key) if self._cache else None
        reply = Reply.from_json(kept) if kept else None
        cached = reply is not None
        if reply is None:
            if self._budget:
                self._budget.check()
            _check_length(request, settings)
            reply = self._endpoint.send(request, about=f"{purpose} {about}".strip())
            if self._budget:
                self._budget.spend(_cost(reply, request))
            if self._cache:
                self._cache.put(key, reply.to_json())
        self._count(reply, purpose)
        self._on_call(
            Call(
                purpose=purpose,
                about=about,
                cached=cached,
                prompt_tokens=reply.prompt_tokens,
                completion_tokens=reply.completion_tokens,
            )
        )
        if reply.finish_reason in ("content_filter", "refusal"):
            raise ModelOutputError(f"{settings.name} declines to answer ({reply.finish_reason})")
        return reply, cached

    def _count(self, reply: Reply, purpose: str) -> None:
        with self._lock:
            before = self._usage.get(purpose, Usage(
                purpose=purpose, calls=0, prompt_tokens=0, completion_tokens=0
            ))  # fmt: skip
            self._usage[purpose] = Usage(
                purpose=purpose,
                calls=before.calls + 1,
                prompt_tokens=_sum(before.prompt_tokens, reply.prompt_tokens),
                completion_tokens=_sum(before.completion_tokens, reply.completion_tokens),
            )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _quiet(name: str) -> None:
    logger = logging.getLogger(name)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _completion(reply: Reply, mode: Mode) -> ChatCompletion:
    """`reply` in the form in which instructor reads an answer of `mode`."""
    from openai.types.chat import ChatCompletion

    message: dict[str, Any] = {"role": "assistant", "content": reply.text}
    if mode == "tools":
        function = {"name": "answer", "arguments": reply.text}
        message["tool_calls"] = [{"id": "call_0", "type": "function", "function": function}]
    reason = "length" if reply.finish_reason == "length" else "stop"
    return ChatCompletion.model_validate(
        {
            "id": "",
            "object": "chat.completion",
            "created": 0,
            "model": "",
            "choices": [{"index": 0, "finish_reason": reason, "message": message}],
        }
    )


def _answered(answer: type[T], value: T, reply: Reply, cached: bool) -> Answer[T]:
    plain = answer.model_validate(value.model_dump(by_alias=True))  # drops instructor's additions
    cut_texts = frozenset(_texts_at_bound(plain))
    return Answer(
        value=plain,
        cut=bool(cut_texts) or reply.finish_reason == "length",
        cut_texts=cut_texts,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        cached=cached,
    )


def _whole_anyway(answer: type[T], reply: Reply, exc: Exception) -> T:
    """The answer where it was complete just at the limit. Raises `AnswerCut` where it was not."""
    try:
        return answer.model_validate_json(reply.text)
    except ValidationError:
        raise AnswerCut(
            "the model's answer was cut off at its length limit: ask with less text"
        ) from exc


def _unwrapped(exc: Exception, answer: type[BaseModel], reply: Reply | None) -> Exception:
    """What instructor's exception stands for."""
    cause = exc.__cause__
    if isinstance(cause, SummarizerError):
        return cause
    if isinstance(cause, ValidationError) and reply is not None:
        errors = cause.errors(include_url=False, include_input=False)[:_MAX_PROBLEMS]
        plain = "; ".join(f"{_place(error['loc'])}: {error['msg']}" for error in errors)
        return AnswerUnfit(
            f"the model's answer does not fit the schema {answer.__name__} ({plain})",
            reply.text,
            tuple(_worded(dict(error)) for error in errors),
        )
    return AnswerUnfit("the model's answer cannot be read", reply.text if reply else "")


def _worded(error: Mapping[str, Any]) -> str:
    """One validation error as the model is told of it."""
    words = _PROBLEMS.get(error["type"], "取值不对").format_map(error.get("ctx") or {})
    return f"- {_place(error['loc'])}：{words}"


def _place(loc: Sequence[int | str]) -> str:
    """A place in an answer as a path: ``statements[2].text``."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.lstrip(".") or "JSON"


def _reask(unfit: AnswerUnfit) -> list[Message]:
    repeated = unfit.raw[:_MAX_REPEATED_CHARS] or "（空）"
    return [
        Message(role="assistant", content=repeated),
        Message(role="user", content=_REASK.format(problems="\n".join(unfit.problems))),
    ]


def _texts_at_bound(value: BaseModel) -> list[str]:
    """The texts in `value` that are as long as its schema lets them be."""
    schema = type(value).model_json_schema()
    return list(_at_bound(value.model_dump(mode="json"), schema, schema.get("$defs", {})))


def _at_bound(value: Any, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> list[str]:
    if "$ref" in schema:
        schema = defs.get(schema["$ref"].rpartition("/")[2], {})
    found: list[str] = []
    for option in schema.get("anyOf", ()):
        found += _at_bound(value, option, defs)
    if isinstance(value, str):
        return [value] if len(value) >= schema.get("maxLength", len(value) + 1) else found
    if isinstance(value, list):
        for item in value:
            found += _at_bound(item, schema.get("items", {}), defs)
    elif isinstance(value, dict):
        for key, item in value.items():
            found += _at_bound(item, schema.get("properties", {}).get(key, {}), defs)
    return found


def _key(request: Mapping[str, Any], settings: ModelSettings) -> str:
    """A hash of everything that is sent, and of where: another server is another model."""
    sent = {
        "request": request,
        "to": settings.base_url or _local_weights(),
        "sampling": [settings.temperature, settings.seed, settings.max_output_tokens],
    }
    text = json.dumps(sent, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _local_weights() -> list[str | int]:
    """Which weights the local server serves: the user's own file may change under its name."""
    path = os.environ.get(LOCAL_MODEL_VARIABLE, "").strip()
    try:
        stat = os.stat(path) if path else None  # noqa: PTH116 - the path may be malformed
    except (OSError, ValueError):
        return [path]
    return [path, stat.st_size, stat.st_mtime_ns] if stat else ["embedded"]


def _check_length(request: Mapping[str, Any], settings: ModelSettings) -> None:
    """Raise `PromptTooLong` where prompt and answer cannot share the model's known context."""
    if settings.context_tokens is None:
        return
    needed = _estimated_tokens(request) + settings.max_output_tokens
    if needed > settings.context_tokens:
        raise PromptTooLong(
            f"the prompt needs about {needed} tokens with its answer, and {settings.name} has "
            f"{settings.context_tokens}: choose a smaller --piece-chars"
        )


def _estimated_tokens(request: Mapping[str, Any]) -> int:
    """About how many tokens the messages are, rather too many: one a Han character."""
    text = "".join(str(message.get("content") or "") for message in request["messages"])
    narrow = sum(character.isascii() for character in text)
    return len(text) - narrow + narrow // 3


def _cost(reply: Reply, request: Mapping[str, Any]) -> int:
    prompt, completion = reply.prompt_tokens, reply.completion_tokens
    return (_estimated_tokens(request) if prompt is None else prompt) + (
        len(reply.text) if completion is None else completion
    )
