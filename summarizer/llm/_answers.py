"""From a server's reply to an answer in its class, and what to say where it does not fit.

The re-ask is ours: in Chinese, short, and the same for the same fault, so that a recording of
it stays good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypedDict, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer._protocol import Reply
from summarizer.errors import ModelOutputError
from summarizer.llm._providers import Mode

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

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


def as_completion(reply: Reply, mode: Mode) -> ChatCompletion:
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


def as_answer(answer: type[T], value: T, reply: Reply, cached: bool) -> Answer[T]:
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


def whole_anyway(answer: type[T], reply: Reply, exc: Exception) -> T:
    """The answer where it was complete just at the limit. Raises `AnswerCut` where it was not."""
    try:
        return answer.model_validate_json(reply.text)
    except ValidationError:
        raise AnswerCut(
            "the model's answer was cut off at its length limit: ask with less text"
        ) from exc


def unfit(answer: type[BaseModel], reply: Reply, cause: ValueError) -> AnswerUnfit:
    """The error for a reply that is not an `answer`, as `cause` found."""
    if not isinstance(cause, ValidationError):
        return AnswerUnfit("the model's answer cannot be read", reply.text)
    errors = cause.errors(include_url=False, include_input=False)[:_MAX_PROBLEMS]
    plain = "; ".join(f"{_place(error['loc'])}: {error['msg']}" for error in errors)
    return AnswerUnfit(
        f"the model's answer does not fit the schema {answer.__name__} ({plain})",
        reply.text,
        tuple(_worded(dict(error)) for error in errors),
    )


def _worded(error: Mapping[str, Any]) -> str:
    """One validation error as the model is told of it."""
    words = _PROBLEMS.get(error["type"], "取值不对").format_map(error.get("ctx") or {})
    return f"- {_place(error['loc'])}：{words}"


def _place(loc: Sequence[int | str]) -> str:
    """A place in an answer as a path: ``statements[2].text``."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.lstrip(".") or "JSON"


def reask_messages(unfit: AnswerUnfit) -> list[Message]:
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
