"""One call to a model, bound to a schema: the only seam between the program and a model.

instructor turns a pydantic class into the request of a mode and an answer back into the class;
`_endpoint` speaks to the server, `call_cache` remembers finished calls, `cassette` records and
replays them. instructor's own retries and its templating (``context=``) are not used: a report
is never rendered as a template, and the one re-ask after an answer that does not fit is worded
in `_answers`.

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
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict, TypeVar

from pydantic import BaseModel

from summarizer import cassette
from summarizer._protocol import Reply
from summarizer.call_cache import CallCache
from summarizer.errors import BudgetExceeded, ModelOutputError, ModelUnavailable
from summarizer.llm._answers import (
    Answer,
    AnswerCut,
    AnswerUnfit,
    Message,
    as_answer,
    as_completion,
    reask_messages,
    unfit,
    whole_anyway,
)
from summarizer.llm._endpoint import Endpoint, ModeRefused, OnNotice
from summarizer.llm._providers import (
    KnownModel,
    Mode,
    ModelSettings,
    known_models,
    resolve_model,
)
from summarizer.llm._server_errors import PromptTooLong
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
        self._cache = cache
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
        self.close()

    def close(self) -> None:
        """Give up the calls in flight and let go of the server."""
        self._endpoint.close()

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
        except AnswerUnfit as error:
            if not error.problems:
                raise
            again = [*messages, *reask_messages(error)]
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
            received.append(self._reply(request, settings, purpose, about))
            return as_completion(received[-1][0], settings.mode)

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
            value = whole_anyway(answer, received[-1][0], exc)
        except InstructorRetryException as exc:
            cause = exc.__cause__ or exc
            if received and isinstance(cause, ValueError):
                raise unfit(answer, received[-1][0], cause) from cause
            raise cause from cause.__cause__
        return as_answer(answer, value, *received[-1])

    def _reply(
        self, request: Mapping[str, Any], settings: ModelSettings, purpose: str, about: str
    ) -> tuple[Reply, bool]:
        """The reply to a request, and whether it came from the call cache."""
        cache = None if cassette.active() else self._cache
        key = _key(request, settings) if cache else ""
        kept = cache.get(key) if cache else None
        reply = Reply.from_json(kept) if kept else None
        cached = reply is not None
        if reply is None:
            reply = self._sent(request, settings, f"{purpose} {about}".strip())
            if cache:
                cache.put(key, reply.to_json())
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

    def _sent(self, request: Mapping[str, Any], settings: ModelSettings, about: str) -> Reply:
        try:
            if self._budget:
                self._budget.check()
            _check_length(request, settings)
            reply = self._endpoint.send(request, mode=settings.mode, about=about)
        except (BudgetExceeded, ModelUnavailable):
            tape = cassette.active()
            if tape:  # what the run does not ask for now may still be wanted
                tape.mark_unfinished()
            raise
        if self._budget:
            self._budget.spend(_cost(reply, request))
        return reply

    def _count(self, reply: Reply, purpose: str) -> None:
        with self._lock:
            none = Usage(purpose=purpose, calls=0, prompt_tokens=0, completion_tokens=0)
            before = self._usage.get(purpose, none)
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
