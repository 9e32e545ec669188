"""Model traffic on tape: record a run once, replay it anywhere, to the byte.

``record(path)`` writes what goes to the model and what comes back; ``replay(path)`` answers
from the file and lets nothing through. A request is found again by method, path and body (as
data); host and port play no part, so that a cassette replays without server, key or extra. It
also holds the settings it was made with, and a replay takes model, mode and piece size from it.

Nothing private is stored: of the headers only the content type, no host, no key, and of a
response only what a run uses (`_protocol.lasting_part`), so that recording anew gives a small
difference. What failed in passing (a busy server, a wrong key) is not recorded.

``record(path)`` makes the file anew; ``record(path, new=True)`` asks the model only for what is
missing. After a run that ended well the file holds what the run used and nothing else; after
one that failed or was stopped it also keeps what it held before, so nothing is lost. It is
written whole or not at all, and never in place of a file that is not a cassette.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from summarizer._cassette_file import Interaction, Recording, as_json, dump, from_json, load
from summarizer._protocol import CHAT_PATH, lasting_part
from summarizer.errors import CassetteMiss, ConfigError

STORED_BASE_URL = "http://model.invalid/v1"
_HEADERS = {"content-type": ["application/json"]}

_in_use: ActiveCassette | None = None
_lock = threading.Lock()


class ActiveCassette:
    """The cassette of the run: its settings, and what of it was played."""

    def __init__(self, path: Path, settings: Mapping[str, Any], *, replaying: bool) -> None:
        self.path = path
        self.replaying = replaying
        self.unfinished = False
        self._settings = dict(settings)
        self._tape: Any = None  # vcr's cassette, from the block's start
        self._loaded = 0

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the recording was made with: model, mode, piece size and the like."""
        return dict(self._settings)

    def note(self, **settings: Any) -> None:
        """Keep `settings` in the cassette; without effect under replay."""
        if not self.replaying:
            self._settings.update(settings)

    def mark_unfinished(self) -> None:
        """Say that a call failed: what the run did not ask for may still be wanted."""
        self.unfinished = True

    def play(self, tape: Any) -> None:
        """Use `tape`, which holds what was loaded from the file."""
        self._tape = tape
        self._loaded = len(tape)

    @property
    def requests(self) -> tuple[Any, ...]:
        """The bodies of the recorded requests."""
        return tuple(from_json(request.body) for request in self._tape.requests)

    @property
    def fresh(self) -> tuple[Interaction, ...]:
        """What the model was asked in this run."""
        return self._interactions()[self._loaded :]

    @property
    def used(self) -> tuple[Interaction, ...]:
        """What the run asked for, from the file or from the model."""
        return tuple(
            item
            for index, item in enumerate(self._interactions())
            if index >= self._loaded or self._tape.play_counts[index]
        )

    @property
    def unplayed(self) -> tuple[str, ...]:
        """The opening words of each recorded request that the run did not ask for."""
        return tuple(
            _opening_words(body)
            for index, body in enumerate(self.requests)
            if not self._tape.play_counts[index]
        )

    def _interactions(self) -> tuple[Interaction, ...]:
        return tuple(
            Interaction(
                request.method,
                request.uri,
                from_json(request.body),
                response["status"]["code"],
                from_json(response["body"]["string"]),
            )
            for request, response in (() if self._tape is None else self._tape.data)
        )


class Missed(NamedTuple):
    """A request that the cassette does not hold."""

    cassette: ActiveCassette
    body: Any

    def explained(self, about: str) -> CassetteMiss:
        """The error, in one line; `about` says whose request it was."""
        tape = self.cassette
        return CassetteMiss(
            f"{tape.path.name} holds no answer for {about or _opening_words(self.body)!r}: "
            f"{_difference(self.body, tape)}; "
            f"run it with --record {tape.path} --new to record what is missing"
        )


def active() -> ActiveCassette | None:
    """The cassette in use, if any: one for the whole process, its threads included."""
    return _in_use


@contextlib.contextmanager
def replay(path: str | os.PathLike[str]) -> Iterator[ActiveCassette]:
    """Answer every model call in the block from the cassette at `path`.

    Raises `ConfigError` where there is no cassette; a call that it does not hold raises
    `CassetteMiss`.
    """
    path = Path(path)
    stored = _read(path)
    if stored is None:
        raise ConfigError(f"there is no cassette at {path}: record it with --record {path}")
    with _playing(ActiveCassette(path, stored.settings, replaying=True), stored) as cassette:
        yield cassette


@contextlib.contextmanager
def record(path: str | os.PathLike[str], *, new: bool = False) -> Iterator[ActiveCassette]:
    """Record every model call in the block to `path`; with `new` only those it does not hold.

    Raises `ConfigError` where `path` cannot be written, or holds something else.
    """
    path = Path(path)
    before = _read(path) or Recording({}, [])
    _check_writable(path)
    stored = before if new else Recording({}, [])
    cassette = ActiveCassette(path, stored.settings, replaying=False)
    try:
        with _playing(cassette, stored):
            yield cassette
    except BaseException as exc:
        try:
            _save_unfinished(cassette, before)
        except ConfigError as failure:
            exc.add_note(str(failure))
        raise
    if cassette.unfinished:
        _save_unfinished(cassette, before)
    else:
        _save(path, Recording(cassette.settings, cassette.used))


def find_miss(exc: BaseException) -> Missed | None:
    """The miss behind an error, down the chain of its causes; None where there is none."""
    cassette = active()
    cause: BaseException | None = exc
    while cassette is not None and cause is not None:
        if type(cause).__name__ == "CannotOverwriteExistingCassetteException":
            return Missed(cassette, from_json(cause.failed_request.body))  # type: ignore[attr-defined]
        cause = cause.__cause__ or cause.__context__
    return None


@contextlib.contextmanager
def _playing(cassette: ActiveCassette, stored: Recording) -> Iterator[ActiveCassette]:
    """Put `cassette` in the way of every model call."""
    import vcr
    from vcr.patch import PATCHER_NAMES

    global _in_use
    recorder = vcr.VCR(
        record_mode="none" if cassette.replaying else "new_episodes",
        match_on=("method", "path", "data"),
        before_record_request=_stored_request,
        before_record_response=_stored_response,
        decode_compressed_response=True,
        skip_patchers=[name for name in PATCHER_NAMES if name != "httpx2"],
    )
    recorder.register_matcher("data", _same_data)
    with _lock:
        if _in_use is not None:
            raise ConfigError(f"the cassette {_in_use.path} is in use: only one can be at a time")
        _in_use = cassette
    try:
        with recorder.use_cassette(
            str(cassette.path), persister=_Memory(stored), allow_playback_repeats=True
        ) as tape:
            cassette.play(tape)
            yield cassette
    finally:
        _in_use = None


class _Memory:
    """Where vcr finds the interactions; writing is done here, not by vcr."""

    def __init__(self, stored: Recording) -> None:
        self._stored = stored

    def load_cassette(self, _path: str, serializer: Any) -> tuple[list[Any], list[Any]]:  # noqa: ARG002
        from vcr.request import Request

        requests, responses = [], []
        for item in self._stored.interactions:
            requests.append(Request(item.method, item.uri, as_json(item.request), dict(_HEADERS)))
            responses.append(_response(item.status, as_json(item.response)))
        return requests, responses

    def save_cassette(self, *_: Any, **__: Any) -> None:
        """Nothing: `record` writes the file."""


def _response(status: int, body: bytes) -> dict[str, Any]:
    message = "OK" if status == 200 else "Bad Request"
    return {
        "status": {"code": status, "message": message},
        "headers": dict(_HEADERS),
        "body": {"string": body},
    }


def _stored_request(request: Any) -> Any:
    """The request as it is kept: no host, and of the headers only the content type."""
    path = urlsplit(request.uri).path
    if path.endswith(CHAT_PATH):  # a base URL's own path belongs to the host
        request.uri = STORED_BASE_URL + CHAT_PATH
    else:
        request.uri = f"{STORED_BASE_URL}/{path.lstrip('/')}"
    request.headers = dict(_HEADERS)
    return request


def _stored_response(response: Any) -> Any:
    """The response as it is kept, or None for one that is not."""
    status = response["status"]["code"]
    kept = lasting_part(status, from_json(response["body"]["string"]))
    return None if kept is None else _response(status, as_json(kept))


def _same_data(one: Any, other: Any) -> None:
    assert from_json(one.body) == from_json(other.body), "the bodies differ"


def _read(path: Path) -> Recording | None:
    """The recording at `path`; None where there is no file or an empty one."""
    try:
        text = path.read_text("utf-8")
        return load(text) if text.strip() else None
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise ConfigError(f"cannot read the cassette {path}: {exc.strerror}") from exc
    except ValueError as exc:
        raise ConfigError(
            f"{path} is not a cassette ({_reason(exc)}): give another file, or delete this one"
        ) from exc


def _reason(exc: ValueError) -> str:
    return "it is not UTF-8 text" if isinstance(exc, UnicodeError) else str(exc)


def _check_writable(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise ConfigError(f"cannot write the cassette {path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK) or path.is_dir():
        raise ConfigError(f"cannot write the cassette {path}: choose a file you may write")


def _save_unfinished(cassette: ActiveCassette, before: Recording) -> None:
    """Keep what is new beside what the file held; write nothing where nothing is new."""
    if cassette.fresh:
        kept = {item.order: item for item in (*before.interactions, *cassette.fresh)}
        _save(cassette.path, Recording(cassette.settings, list(kept.values())))


def _save(path: Path, recording: Recording) -> None:
    """Write the recording whole or not at all."""
    unique = {item.order: item for item in reversed(recording.interactions)}
    text = dump(recording._replace(interactions=list(unique.values())))
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as exc:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise ConfigError(f"cannot write the cassette {path}: {exc.strerror}") from exc


def _opening_words(body: Any) -> str:
    """The opening words of a request's last message, which holds the piece of the report."""
    try:
        text = " ".join(str(body["messages"][-1]["content"]).split())
    except (KeyError, IndexError, TypeError):
        return "a request without messages"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _difference(body: Any, cassette: ActiveCassette) -> str:
    """In what a request differs from the recorded one that is nearest to it."""
    if not isinstance(body, dict):
        return "it is not a chat request"
    same_text = [
        other
        for other in cassette.requests
        if isinstance(other, dict) and other.get("messages", [None])[-1:] == body["messages"][-1:]
    ]
    if not same_text:
        return "no recorded request has this text (another report, prompt or piece size)"
    parts = min((_parts_that_differ(body, other) for other in same_text), key=len)
    return f"the recorded request differs in {', '.join(parts)}"


def _parts_that_differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    names = {"messages": "the prompt", "response_format": "the schema", "tools": "the schema"}
    return [names.get(key, key) for key in sorted({*one, *other}) if one.get(key) != other.get(key)]
