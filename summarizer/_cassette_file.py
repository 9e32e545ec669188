"""A cassette as text: YAML that a person can read and compare.

Bodies are stored as data, not as quoted JSON; a prompt stands there line by line. What many
interactions share (the system prompt, the schema) is written once and referred to by a YAML
alias. The order follows the requests' content, not the clock, so recording with several
threads gives the same file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

_VERSION = 1
_SHARED_FROM = 60  # characters from which a repeated text or structure becomes an alias


class Interaction(NamedTuple):
    """One request and its response; the bodies as JSON data."""

    method: str
    uri: str
    request: Any
    status: int
    response: Any

    @property
    def order(self) -> str:
        """The request in canonical form: the place of the interaction in the file."""
        return f"{self.method} {self.uri} {canonical(self.request)}"


class Recording(NamedTuple):
    """The whole content of a cassette."""

    settings: Mapping[str, Any]
    interactions: Sequence[Interaction]


def canonical(body: Any) -> str:
    """`body` as JSON with sorted keys: equal for equal data."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_json(body: Any) -> bytes:
    """`body` as a server would send it."""
    return json.dumps(body, ensure_ascii=False).encode()


@lru_cache(maxsize=1024)
def from_json(body: bytes | str) -> Any:
    """The data in a body, or the body's text where it is not JSON. Treat it as read-only."""
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace") if isinstance(body, bytes) else body


def dump(recording: Recording) -> str:
    """The recording as YAML text."""
    import yaml

    shared: dict[str, Any] = {}
    document = {
        "version": _VERSION,
        "summarizer": dict(recording.settings),
        "interactions": [
            {
                "request": {
                    "method": item.method,
                    "uri": item.uri,
                    "headers": {"content-type": "application/json"},
                    "body": _with_shared_parts(item.request, shared),
                },
                "response": {
                    "status": item.status,
                    "headers": {"content-type": "application/json"},
                    "body": item.response,
                },
            }
            for item in sorted(recording.interactions, key=lambda item: item.order)
        ],
    }
    text: str = yaml.dump(
        document,
        Dumper=_dumper(),
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=2**20,
    )
    return text


def load(text: str) -> Recording:
    """The recording in YAML text. Raises ValueError where `text` is not a cassette of ours."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        document = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as exc:
        raise ValueError("it is not YAML") from exc
    try:
        if document["version"] != _VERSION:
            raise ValueError(f"its format is version {document['version']}, not {_VERSION}")
        interactions = [_interaction(entry) for entry in document["interactions"]]
        return Recording(dict(document["summarizer"]), interactions)
    except (KeyError, TypeError) as exc:
        raise ValueError("it lacks what a cassette of summarizer holds") from exc


def _interaction(entry: Any) -> Interaction:
    request, response = entry["request"], entry["response"]
    return Interaction(
        method=str(request["method"]),
        uri=str(request["uri"]),
        request=request["body"],
        status=int(response["status"]),
        response=response["body"],
    )


def _with_shared_parts(value: Any, pool: dict[str, Any]) -> Any:
    """`value` with equal large parts made the same object, so that YAML refers to them."""
    if isinstance(value, str):
        return pool.setdefault(f"s{value}", value) if len(value) >= _SHARED_FROM else value
    if isinstance(value, list):
        built: Any = [_with_shared_parts(item, pool) for item in value]
    elif isinstance(value, dict):
        built = {key: _with_shared_parts(item, pool) for key, item in value.items()}
    else:
        return value
    form = json.dumps(value, ensure_ascii=False)
    return pool.setdefault(form, built) if len(form) >= _SHARED_FROM else built


@cache
def _dumper() -> Any:
    """A YAML dumper that refers to long repeated texts and writes plain ones line by line."""
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Dumper(base):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            if isinstance(data, str):
                return len(data) < _SHARED_FROM
            return not isinstance(data, (dict, list)) or not data

    Dumper.add_representer(str, _represent_text)
    return Dumper


def _represent_text(dumper: Any, text: str) -> Any:
    """Several lines of plain text as a literal block; anything odd as YAML sees fit."""
    lines = text.split("\n")
    plain = (
        len(lines) > 1
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and not text.startswith((" ", "\n"))
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if plain else None)
