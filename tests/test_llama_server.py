"""The gate before the native server: it hands on faithfully, and from a settled state.

The native server is a stand-in that takes up a prompt as the real one does: where it parts
from what it holds of the prompt before and of its own answer. A character is a token here.
"""

import http.client
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer._llama_server import Answer, Front, Gate

KEY = "sk-of-this-run"
ANSWERED = "好的"
SHORTEST_ANEW = 44
CHAT = "/v1/chat/completions"


class Native:
    """The slot of a native server; `taken_up` is how many tokens the last chat took up."""

    def __init__(self):
        self.held = []
        self.taken_up = None
        self.chats = 0

    def send(self, method, path, body, authorization):
        if authorization != f"Bearer {KEY}":
            return self.answer(401, {"error": "no key"})
        if path == "/health":
            return self.answer(200, {"status": method})
        try:
            asked = json.loads(body)
        except ValueError:
            return self.answer(400, {"error": "no JSON"})
        if path == "/tokenize":
            return self.answer(200, {"tokens": [ord(character) for character in asked["content"]]})
        if path == "/completion":
            self.take_up(asked["prompt"])
            return self.answer(200, {"content": ""})
        if "messages" not in asked:
            return self.answer(400, {"error": "no messages"})
        prompt = "".join(message["content"] for message in asked["messages"])
        if path == "/apply-template":
            return self.answer(200, {"prompt": prompt})
        if len(prompt) > 400:
            return self.answer(400, {"error": "too long"})
        self.taken_up = self.take_up([ord(character) for character in prompt])
        self.held += [ord(character) for character in ANSWERED]
        self.chats += 1
        return self.answer(200, {"content": ANSWERED})

    def take_up(self, prompt):
        pairs = zip(self.held, prompt[:-1], strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        self.held = list(prompt)
        return shared

    @staticmethod
    def answer(status, body):
        return Answer(status, "application/json; charset=utf-8", json.dumps(body).encode())


@pytest.fixture
def native():
    return Native()


@pytest.fixture
def gate(native):
    return gate_before(native)


def gate_before(native):
    made = Gate("http://127.0.0.1:9", KEY)
    made._send = native.send
    return made


def chat(gate, *contents):
    body = json.dumps({"messages": [{"role": "user", "content": text} for text in contents]})
    return gate.passed("POST", CHAT, body.encode(), f"Bearer {KEY}")


prompts = st.lists(
    st.tuples(st.sampled_from(["", "系统" * 25, "系统" * 40]), st.text("一二好的", max_size=120)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(prompts)
def test_a_prompt_is_taken_up_at_a_multiple_of_four_well_before_its_end(asked):
    native = Native()
    gate = gate_before(native)
    for contents in asked:
        chat(gate, *contents)
        length = sum(map(len, contents))
        assert native.taken_up % 4 == 0
        assert native.taken_up == 0 or length - native.taken_up >= SHORTEST_ANEW


def test_what_prompts_share_is_evaluated_once_only(gate, native):
    chat(gate, "系统" * 50, "一" * 60)
    chat(gate, "系统" * 50, "二" * 60)
    assert native.taken_up == 100


def test_the_answer_before_is_not_taken_up(gate, native):
    """It was computed token by token, with other roundings than a prompt."""
    chat(gate, "系统" * 50)
    chat(gate, "系统" * 50, ANSWERED, "再短一些" * 20)
    assert native.taken_up <= 100


def test_a_prompt_that_was_refused_is_not_counted_as_held(gate, native):
    chat(gate, "系统" * 50, "一" * 60)
    assert chat(gate, "系统" * 50, "二" * 400).status == 400
    chat(gate, "系统" * 50, "二" * 60)
    assert native.taken_up == 100


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        pytest.param(b"{broken", b"no JSON", id="no JSON"),
        pytest.param(b"{}", b"no messages", id="no messages"),
    ],
)
def test_a_request_that_cannot_be_read_gets_the_native_complaint(gate, body, complaint):
    answer = gate.passed("POST", CHAT, body, f"Bearer {KEY}")
    assert answer.status == 400
    assert complaint in answer.body


def test_without_the_key_nothing_is_evaluated(gate, native):
    body = json.dumps({"messages": [{"role": "user", "content": "一" * 60}]}).encode()
    assert gate.passed("POST", CHAT, body, "Bearer wrong").status == 401
    assert native.held == []


def test_requests_come_to_the_native_server_one_at_a_time(native):
    inside, most = [], []

    def send(*request):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.005)  # room for another to come in
        answer = native.send(*request)
        inside.pop()
        return answer

    gate = gate_before(native)
    gate._send = send
    threads = [threading.Thread(target=chat, args=(gate, f"{n}" * 60)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert native.chats == 5
    assert max(most) == 1


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_over_http_status_type_and_body_are_handed_on_past_any_proxy(native, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = native.send("POST", self.path, body, self.headers["Authorization"])
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            pass

    body = json.dumps({"messages": [{"role": "user", "content": "你好"}]})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as native_port:
        front = Front(Gate(f"http://127.0.0.1:{native_port}", KEY))
        with serving(front) as port:
            ours = http.client.HTTPConnection("127.0.0.1", port)
            ours.request("POST", CHAT, body.encode(), {"Authorization": f"Bearer {KEY}"})
            answer = ours.getresponse()
            assert answer.status == 200
            assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
            assert json.loads(answer.read()) == {"content": ANSWERED}
            ours.close()
