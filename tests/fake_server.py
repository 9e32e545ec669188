"""A small real HTTP server on loopback that speaks the OpenAI chat protocol by script.

Each request takes the next scripted step; the last one is repeated. A step is an answer's text,
a ready `Step`, or a function of the request's body that returns either.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self


@dataclass(frozen=True)
class Step:
    """One scripted response."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    close: bool = False  # drop the connection without a word


Script = str | Step | Callable[[dict[str, Any]], "str | Step"]


class Seen(NamedTuple):
    """One request as it came in; the header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


def completion(text: str, *, finish: str = "stop", usage: bool = True, **message: Any) -> Step:
    """A chat completion with `text` as its answer, with the noise that real servers add."""
    body: dict[str, Any] = {
        "id": "chatcmpl-5f3a",
        "object": "chat.completion",
        "created": 1760000000,
        "model": "/srv/models/secret-path.gguf",
        "system_fingerprint": "fp_77",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, **message},
            }
        ],
        "timings": {"predicted_ms": 123.4},
    }
    if usage:
        body["usage"] = {"prompt_tokens": 30, "completion_tokens": 10, "total_tokens": 40}
    return Step(body=body, headers={"set-cookie": "session=1234"})


def refusal(message: str, *, status: int = 400, **error: Any) -> Step:
    """An error in OpenAI's form."""
    return Step(status, {"error": {"message": message, **error}})


class FakeServer:
    """The server; `url` is its base URL and `seen` what it was asked."""

    def __init__(self, *script: Script, compress: bool = False) -> None:
        self.script = list(script)
        self.seen: list[Seen] = []
        self._compress = compress
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """The base URL for an OpenAI client."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _next(self, seen: Seen) -> Step:
        with self._lock:
            self.seen.append(seen)
            step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if callable(step):
            step = step(seen.body)
        return completion(step) if isinstance(step, str) else step

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                step = server._next(Seen(self.path, headers, body))
                if step.close:
                    self.close_connection = True
                    return
                text = step.body if isinstance(step.body, str) else json.dumps(step.body)
                kind = "text/html" if isinstance(step.body, str) else "application/json"
                data = text.encode()
                self.send_response(step.status)
                if server._compress:
                    data = gzip.compress(data)
                    self.send_header("content-encoding", "gzip")
                for name, value in {"content-type": kind, **step.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
