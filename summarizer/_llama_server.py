"""The child process of `local`: llama.cpp's OpenAI server on loopback, until the parent is gone.

It is run as a file, needs nothing of this package, and is told everything in one line of JSON
on standard input, so that the key is on no command line. It answers with one line on standard
output, ``{"address": …}`` or ``{"error": …}``; whatever the native code prints goes to
standard error. The parent keeps standard input open: its end, also by ``kill -9``, is the end
of the server. Where a process forked from the parent still holds that pipe, a changed parent
tells the same.

Before the native server stands a gate that makes equal requests give equal bytes. The native
server takes up a prompt where it parts from the one before. Its kernels compute four tokens at
a time and the rest one by one, with other roundings, so where it takes up decides between
near-equal words. The gate first has it go back to a multiple of four, some way before the end;
then the outcome is that of a prompt evaluated from its beginning, and what prompts share is
still evaluated once only. (Measured: without flash attention; with it the roundings change with
every length. Of few tokens at the end, too.)
"""

from __future__ import annotations

import http.client
import http.server
import itertools
import json
import os
import signal
import sys
import threading
from typing import Any, NamedTuple
from urllib.parse import urlsplit

_PARENT_CHECK_SECONDS = 2.0
_ERRORS_ONLY = 1
_TOKENS_AT_A_TIME = 4
_TOKENS_ANEW = 48  # measured: alike from 44 on, not alike for 4 and fewer
_CHAT = "/v1/chat/completions"
_JSON = "application/json"


def main() -> None:
    """Serve until standard input ends or the parent changes."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    settings = json.loads(sys.stdin.readline())
    gone = threading.Event()
    threading.Thread(target=_await_end_of_input, args=(gone,), daemon=True).start()
    try:
        native = _started(settings)
        front = Front(Gate(native.listening_address, settings["key"]))
        answer = {"address": f"http://127.0.0.1:{front.server_port}"}
        threading.Thread(target=front.serve_forever, daemon=True).start()
    except (ImportError, RuntimeError, OSError) as exc:
        answer = {"error": str(exc)}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
    while not gone.wait(_PARENT_CHECK_SECONDS) and os.getppid() == parent:
        pass
    os._exit(0)  # the native threads are not waited for


def _await_end_of_input(gone: threading.Event) -> None:
    sys.stdin.read()
    gone.set()


def _started(settings: dict[str, Any]) -> Any:
    """The native server, the model loaded, on a free port of 127.0.0.1, with one slot."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = settings["model"]
    params.model_alias = {settings["name"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [settings["key"]]
    params.n_ctx = settings["context_tokens"]
    params.n_parallel = 1
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings["threads"]
    params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = _ERRORS_ONLY
    return xllamacpp.Server(params)


class Answer(NamedTuple):
    """An HTTP answer, as it is handed on."""

    status: int
    content_type: str
    body: bytes


class Gate:
    """Hands requests on to the native server, one at a time, each from a settled state."""

    def __init__(self, native: str, key: str) -> None:
        """A gate before the server at the address `native`, which asks for `key`."""
        self._native = urlsplit(native)
        self._authorization = f"Bearer {key}"
        self._held: list[int] = []
        self._one_at_a_time = threading.Lock()

    def passed(self, method: str, path: str, body: bytes, authorization: str) -> Answer:
        """The native server's answer."""
        with self._one_at_a_time:
            if path != _CHAT or authorization != self._authorization:
                return self._send(method, path, body, authorization)
            tokens = self._tokens(body)
            self._settle(tokens)
            answer = self._send(method, path, body, authorization)
            if answer.status == http.client.OK:
                self._held = tokens
            return answer

    def _tokens(self, chat: bytes) -> list[int]:
        """The prompt of the request `chat` in tokens; [] where it cannot be read.

        Then the native server says what is wrong with it.
        """
        prompt = self._asked("/apply-template", chat).get("prompt", "")
        wanted = {"content": prompt, "add_special": True, "parse_special": True}
        tokens: list[int] = self._asked("/tokenize", json.dumps(wanted).encode()).get("tokens", [])
        return tokens

    def _settle(self, tokens: list[int]) -> None:
        """Have the native server forget what it holds of `tokens` beyond a multiple of four.

        A prompt that is the same up to there and has another token then makes it do so, also
        with what it holds of its own answer.
        """
        if not tokens:
            return
        pairs = zip(self._held, tokens[:-_TOKENS_ANEW], strict=False)
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        kept = shared - shared % _TOKENS_AT_A_TIME
        settled = [*tokens[:kept], tokens[kept] ^ 1]
        wanted = {"prompt": settled, "n_predict": 0, "cache_prompt": True}
        self._asked("/completion", json.dumps(wanted).encode())

    def _asked(self, path: str, question: bytes) -> dict[str, Any]:
        answer = self._send("POST", path, question, self._authorization)
        said: dict[str, Any] = json.loads(answer.body) if answer.status == http.client.OK else {}
        return said

    def _send(self, method: str, path: str, body: bytes, authorization: str) -> Answer:
        native = http.client.HTTPConnection(self._native.hostname or "", self._native.port)
        headers = {"Authorization": authorization, "Content-Type": _JSON}
        try:
            native.request(method, path, body, headers)
            answer = native.getresponse()
            return Answer(answer.status, answer.headers["Content-Type"] or _JSON, answer.read())
        finally:
            native.close()


class Front(http.server.ThreadingHTTPServer):
    """A free port of 127.0.0.1 at which `gate` is reached."""

    daemon_threads = True

    def __init__(self, gate: Gate) -> None:
        super().__init__(("127.0.0.1", 0), _Exchange)
        self.gate = gate


class _Exchange(http.server.BaseHTTPRequestHandler):
    """One request and its answer."""

    protocol_version = "HTTP/1.1"
    server: Front

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base names it
        """Say nothing: requests are no errors."""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        authorization = self.headers.get("Authorization", "")
        answer = self.server.gate.passed(self.command, self.path, body, authorization)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


if __name__ == "__main__":
    main()
