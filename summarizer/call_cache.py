"""Finished model calls on disk: a run that was stopped goes on where it was.

A call is found again by a hash of everything that was sent. Values are plain JSON text, never
pickles: a tampered cache can yield a wrong answer, which the checks then meet as they meet any
answer, but no code. The folder belongs to the user alone (mode 0700). A cache that does not
work is left out of the run and said so once; it never breaks one.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

CACHE_VARIABLE = "SUMMARIZER_CACHE_DIR"
_SIZE_LIMIT = 256 * 1024 * 1024
_LOCK_TIMEOUT = 5.0


def cache_folder() -> Path:
    """The user's cache folder: ``SUMMARIZER_CACHE_DIR``, else where the system keeps such."""
    import platformdirs

    given = os.environ.get(CACHE_VARIABLE, "").strip()
    return Path(given).expanduser() if given else platformdirs.user_cache_path("summarizer")


class CallCache:
    """Answers by key, kept across runs; safe for several threads and processes."""

    def __init__(self, folder: Path, *, on_notice: Callable[[str], None] | None = None) -> None:
        """A cache in `folder`, made on the first use; `on_notice` hears when it fails."""
        self.folder = folder
        self._on_notice = on_notice or (lambda _: None)
        self._lock = threading.Lock()
        self._store: Any = None
        self._usable = True

    @classmethod
    def open_default(cls, *, on_notice: Callable[[str], None] | None = None) -> CallCache:
        """The cache in the user's cache folder."""
        return cls(cache_folder() / "calls", on_notice=on_notice)

    def get(self, key: str) -> str | None:
        """The text kept under `key`, or None."""
        value = self._guarded(lambda store: store.get(key))
        return value if isinstance(value, str) else None

    def put(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        self._guarded(lambda store: store.set(key, value))

    def _guarded(self, action: Callable[[Any], object]) -> object:
        """What `action` returns of the store; a failure switches the cache off."""
        with self._lock:
            if not self._usable:
                return None
            try:
                # Each thread has its own connection to the database: closed with the block,
                # it cannot outlive its thread.
                with self._opened() as store:
                    return action(store)
            except _failures() as exc:
                self._usable = False
                self._on_notice(
                    f"the call cache is left out ({type(exc).__name__}); "
                    f"if this stays so, delete the folder {self.folder}"
                )
                return None

    def _opened(self) -> Any:
        if self._store is None:
            import diskcache

            _make_private(self.folder)
            self._store = diskcache.Cache(
                str(self.folder), timeout=_LOCK_TIMEOUT, disk=_text_disk(),
                size_limit=_SIZE_LIMIT,
            )  # fmt: skip
        return self._store


def _failures() -> tuple[type[Exception], ...]:
    diskcache: Any = sys.modules.get("diskcache")
    own = (OSError, ValueError, sqlite3.Error)
    return (*own, diskcache.Timeout) if diskcache else own


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _text_disk() -> type:
    """A diskcache `Disk` that stores text and refuses to unpickle."""
    import diskcache

    class TextDisk(diskcache.Disk):  # type: ignore[misc]
        def fetch(self, mode: int, filename: str, value: object, read: bool) -> object:
            if mode == diskcache.core.MODE_PICKLE:
                raise ValueError("a pickle in the call cache")
            return super().fetch(mode, filename, value, read)

    return TextDisk
