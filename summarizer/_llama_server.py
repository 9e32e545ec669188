"""The child process of `local`: llama.cpp's OpenAI server on loopback, until the parent is gone.

It is run as a file, needs nothing of this package, and is told everything in one line of JSON
on standard input, so that the key is on no command line. It answers with one line on standard
output, ``{"address": …}`` or ``{"error": …}``; whatever the native code prints goes to
standard error. The parent keeps standard input open: its end, also by ``kill -9``, is the end
of the server. Where a process forked from the parent still holds that pipe, a changed parent
tells the same.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

_PARENT_CHECK_SECONDS = 2.0
_ERRORS_ONLY = 1


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
        server = _started(settings)
        answer = {"address": server.listening_address}
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
    """A server that has loaded the model and listens on a free port of 127.0.0.1.

    Without flash attention and with one slot the same request gives the same bytes whether the
    beginning of its prompt was still in the slot or not.
    """
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


if __name__ == "__main__":
    main()
