"""The parts of a model become one file: once, whole, and nothing of theirs is run."""

import hashlib
import importlib.metadata
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import filelock
import pytest

from summarizer import weights
from summarizer.errors import ConfigError, ModelUnavailable
from summarizer.weights import SplitWeights, assemble

PARTS = (b"GGUF first part ", b"the second ", b"end")
WHOLE = b"".join(PARTS)
MODEL = SplitWeights(
    file_name="model.gguf",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    distributions=tuple(f"fake-weights-part{number}" for number in (1, 2, 3)),
)


def install(site: Path, name: str, content: bytes) -> Path:
    """A distribution with one data file, whose code must not run; the path of the data file."""
    module = name.replace("-", "_")
    data = site / module / "data" / "part.bin"
    data.parent.mkdir(parents=True)
    data.write_bytes(content)
    (site / module / "__init__.py").write_text("raise SystemExit('code of a part was run')")
    info = site / f"{module}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "RECORD").write_text(f"{module}/__init__.py,,\n{module}/data/part.bin,,\n")
    return data


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """The paths of the three installed parts."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    return [
        install(site, name, content)
        for name, content in zip(MODEL.distributions, PARTS, strict=True)
    ]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "models"


@pytest.fixture
def said():
    return []


def test_the_parts_become_one_file_in_their_order(parts, folder, said):
    path = assemble(MODEL, folder, said.append)
    assert path.read_bytes() == WHOLE
    assert said[0] == f"unpacking the model into {folder}: 0.0 GB of disk, once"
    assert any(line.endswith("%") for line in said)


def test_the_second_call_neither_writes_nor_reads_the_file_again(parts, folder, said, monkeypatch):
    path = assemble(MODEL, folder, said.append)
    said.clear()
    monkeypatch.setattr(weights, "_chunks", lambda _: pytest.fail("the file was read again"))
    assert assemble(MODEL, folder, said.append) == path
    assert said == []


def test_only_the_user_may_read_the_file(parts, folder, said):
    path = assemble(MODEL, folder, said.append)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(WHOLE[:-2], id="cut short"),
        pytest.param(WHOLE.replace(b"second", b"sedonc"), id="same size, other bytes"),
        pytest.param(b"", id="empty"),
    ],
)
def test_a_broken_file_is_made_anew(parts, folder, said, broken):
    path = assemble(MODEL, folder, said.append)
    path.write_bytes(broken)
    os.utime(path, ns=(0, 0))
    assert assemble(MODEL, folder, said.append).read_bytes() == WHOLE


def test_a_whole_file_with_a_new_time_is_checked_and_kept(parts, folder, said):
    path = assemble(MODEL, folder, said.append)
    os.utime(path, ns=(0, 0))
    said.clear()
    assemble(MODEL, folder, said.append)
    assert said == ["checking the unpacked model"]
    assert path.stat().st_mtime_ns == 0


def test_a_start_that_was_killed_halfway_leaves_nothing_in_the_way(parts, folder, said):
    folder.mkdir(parents=True)
    (folder / "model.gguf.part").write_bytes(WHOLE * 2)
    assert assemble(MODEL, folder, said.append).read_bytes() == WHOLE
    assert not (folder / "model.gguf.part").exists()


def test_a_second_start_waits_for_the_first_and_takes_its_file(parts, folder, said):
    path = assemble(MODEL, folder, said.append)
    seal = (folder / "model.gguf.verified").read_text()
    (folder / "model.gguf.verified").unlink()
    first = filelock.FileLock(f"{path}.lock", thread_local=False)
    first.acquire()

    def finish(line: str) -> None:
        said.append(line)
        (folder / "model.gguf.verified").write_text(seal)
        first.release()

    said.clear()
    assert assemble(MODEL, folder, finish) == path
    assert said == ["waiting for another start that is unpacking the model"]


def test_a_lock_that_is_never_given_up_is_told(parts, folder, said, monkeypatch):
    folder.mkdir(parents=True)
    monkeypatch.setattr(weights, "_LOCK_SECONDS", 0.05)
    with (
        filelock.FileLock(folder / "model.gguf.lock"),
        pytest.raises(ModelUnavailable, match="another start"),
    ):
        assemble(MODEL, folder, said.append)


def test_a_full_disk_is_told_before_anything_is_written(parts, folder, said, monkeypatch):
    monkeypatch.setattr(weights.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(ConfigError, match="make room there, or set SUMMARIZER_CACHE_DIR"):
        assemble(MODEL, folder, said.append)
    assert not list(folder.glob("*.gguf*[!k]"))
    assert said == []


def test_a_write_that_fails_leaves_no_file(parts, folder, said, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(weights.os, "fsync", full)
    with pytest.raises(ConfigError, match=r"No space left on device.*SUMMARIZER_CACHE_DIR"):
        assemble(MODEL, folder, said.append)
    assert not list(folder.glob("*.gguf*[!k]"))


def test_an_interrupted_start_leaves_no_half_file(parts, folder, monkeypatch):
    def interrupt(line: str) -> None:
        if line.endswith("%"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assemble(MODEL, folder, interrupt)
    assert not list(folder.glob("*.gguf*[!k]"))


def test_a_folder_that_cannot_be_made_is_told(parts, tmp_path, said):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot keep the model in"):
        assemble(MODEL, tmp_path / "file" / "models", said.append)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"short", "sizes do not add up", id="a part is cut"),
        pytest.param(PARTS[1].upper(), "SHA-256", id="a part has other bytes"),
        pytest.param(None, "fake-weights-part2 is missing", id="a part's file is gone"),
    ],
)
def test_damaged_parts_are_told_and_make_no_file(parts, folder, said, content, complaint):
    if content is None:
        parts[1].unlink()
    else:
        parts[1].write_bytes(content)
    with pytest.raises(ConfigError, match=f"{complaint}.*force-reinstall"):
        assemble(MODEL, folder, said.append)
    assert not list(folder.glob("*.gguf*[!k]"))


def test_a_distribution_that_is_not_installed_counts_as_missing(parts, folder, said, tmp_path):
    more = SplitWeights("m.gguf", MODEL.size, MODEL.sha256, (*MODEL.distributions, "no-such-part"))
    assert MODEL.missing() == ()
    assert more.missing() == ("no-such-part",)


def test_a_distribution_without_a_list_of_files_counts_as_missing(parts, tmp_path):
    (tmp_path / "site" / "fake_weights_part3-1.0.dist-info" / "RECORD").unlink()
    assert importlib.metadata.distribution("fake-weights-part3").files is None
    assert MODEL.missing() == ("fake-weights-part3",)
