"""Damage files of every format at random and see how `load` takes it.

    python benchmarks/fuzz_load.py [ITERATIONS] [FIRST]

Every outcome must be a text or a one-line `LoadError`. A crash of the interpreter, a hang, or any
other exception counts as a fault and is printed with its number: `fuzz_load.py 1 NUMBER` repeats
it. The work is done in a child process, so that a fault in a C library does not end the run.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import re
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from copy import deepcopy
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import docx  # noqa: E402 - the paths come first
from lxml import etree  # noqa: E402
from pages import government_page  # noqa: E402
from pdfs import LEFT, TOP, Stroke, Word, report_pages, write_pdf  # noqa: E402

from summarizer.errors import LoadError  # noqa: E402
from summarizer.load import load  # noqa: E402

HANG = 60.0
TOKENS = [
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x81\x30\x81\x30", b"\r\r\n",
    b"%PDF-1.7", b"%%EOF", b"endstream", b"/Length 99999999", b"4294967295", b"-1", b"0 0 0 0 re S",
    b"BT", b"PK\x03\x04", b"<html>", b"<table><tr><td>", b"<pre>", b"<!--", b"charset=x",
    b"Content-Type: text/html", b"<w:numPr>", b"<w:tbl>", b"<!DOCTYPE x [", b"&x;",
    "一、".encode(), b"9" * 400,
]  # fmt: skip


def seeds() -> dict[str, bytes]:
    """One sound file of each kind."""
    paths = sorted((ROOT / "tests" / "reports").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8")[:3000] for path in paths]
    lines = [line.strip() for line in texts[1].splitlines() if line.strip()]
    page = government_page(lines, title="某市2023年法治政府建设年度报告")
    rules = [Stroke(LEFT, TOP - 20 * n, 400, TOP - 20 * n) for n in range(4)]
    rules += [Stroke(x, TOP - 60, x, TOP) for x in (LEFT, 200, 400)]
    table = [*rules, *(Word(x + 5, TOP - 15, "办结12件", 12) for x in (LEFT, 200))]
    return {
        "utf-8": texts[0].encode(),
        "gb18030": texts[1].encode("gb18030"),
        "big5": texts[0].encode("cp950", "ignore"),
        "utf-16": texts[2].encode("utf-16"),
        "html": page,
        "html gb": government_page(lines, title="报告", charset="gb18030"),
        "mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        b"Content-Type: text/html\n\n" + page + b"\n--b--\n",
        "docx": _word_document(lines),
        "pdf": write_pdf([*report_pages(lines, head="某市人民政府公报"), table]),
    }  # fmt: skip


def _word_document(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line, style="List Number" if len(line) < 30 else None)
    table = document.add_table(rows=3, cols=3)
    for cell in table._cells:  # noqa: SLF001
        cell.text = "办结12件"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with a few of its bytes changed, lost, doubled or replaced."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 2, 8, 64, 1024))
        action = chance.randrange(6)
        if action == 0:
            content[at : at + 1] = bytes([chance.randrange(256)])
        elif action == 1:
            del content[at : at + length]
        elif action == 2:
            content[at:at] = chance.choice(TOKENS)
        elif action == 3:
            content[at:at] = content[at : at + length] * chance.choice((1, 2, 20))
        elif action == 4:
            other = chance.randrange(len(content) + 1)
            content[at : at + length] = content[other : other + length]
        else:
            content[at : at + length] = chance.randbytes(min(length, 64))
    if chance.random() < 0.1:
        del content[chance.randrange(len(content) + 1) :]
    return bytes(content)


def damaged_inside(package: bytes, chance: random.Random) -> bytes:
    """A Word package whose ZIP is sound and whose document or numbering is not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in ("word/document.xml", "word/numbering.xml", "word/styles.xml"):
                content = _damaged_markup(content, chance)
            target.writestr(name, content)
    return buffer.getvalue()


def _damaged_markup(content: bytes, chance: random.Random) -> bytes:
    """XML that mostly still parses: elements are lost, doubled or moved, values exchanged."""
    root = etree.fromstring(content)
    for _ in range(chance.choice((1, 3, 10, 100))):
        elements = list(root.iter())[1:]
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        action = chance.randrange(4)
        if action == 0:
            one.getparent().remove(one)
        elif action == 1:
            other.append(deepcopy(one))
        elif action == 2 and one.attrib and other.attrib:
            key = chance.choice(sorted(one.attrib))
            one.set(key, chance.choice([*other.attrib.values(), "", "-1", "99999999999", "x"]))
        else:
            one.tag, other.tag = other.tag, one.tag
    content = etree.tostring(root)
    return content if chance.random() < 0.8 else damaged(content, chance)


def case(number: int, sound: dict[str, bytes]) -> tuple[str, bytes]:
    """The kind and the bytes of a numbered case."""
    chance = random.Random(number)
    kind = chance.choice([*sound, "docx inside"])
    if kind == "docx inside":
        return kind, damaged_inside(sound["docx"], chance)
    return kind, damaged(sound[kind], chance)


def outcome_of(data: bytes) -> str:
    """What came of reading: a text, or the gist of the error."""
    try:
        source = load(data, name="x")
    except LoadError as exc:
        message = str(exc).removeprefix("x: ")
        if "\n" in message or not message:
            return f"FAULT message {message!r}"
        return "refused: " + re.split(r"[:;,(0-9]", message)[0][:60].strip()
    except Exception:  # noqa: BLE001 - that there is none is what is tested
        return "FAULT " + traceback.format_exc(limit=-3)
    located = all(0 <= spot.start <= spot.end <= len(source.text) for spot in source.locations)
    return f"read as {source.format}" if source.text.strip() and located else "FAULT empty"


def work(numbers: range, pipe: Connection) -> None:
    sound = seeds()
    for number in numbers:
        kind, data = case(number, sound)
        pipe.send((number, kind, None, 0.0))
        start = time.perf_counter()
        outcome = outcome_of(data)
        pipe.send((number, kind, outcome, time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((-1, "", f"{peak:.0f}", 0.0))


def main(iterations: int, first: int) -> int:
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, -1, "")
    peak = 0.0
    faults: list[str] = []
    at, end = first, first + iterations
    while at < end:
        here, there = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.Process(target=work, args=(range(at, end), there))
        child.start()
        there.close()
        current, kind = at, "?"
        try:
            while here.poll(HANG):
                number, kind, outcome, seconds = here.recv()
                if number < 0:
                    peak = max(peak, float(outcome))
                    current = end
                    break
                current = number
                if outcome is None:
                    continue
                slowest = max(slowest, (seconds, number, kind))
                if outcome.startswith("FAULT"):
                    faults.append(f"{number} ({kind}): {outcome}")
                    outcome = "FAULT"
                outcomes[kind, outcome] += 1
            else:
                faults.append(f"{current} ({kind}): no end after {HANG:.0f} s")
        except EOFError:
            faults.append(f"{current} ({kind}): the process died")
        child.kill()
        child.join()
        at = current + 1
    for (kind, outcome), count in sorted(outcomes.items()):
        print(f"{count:7}  {kind:12} {outcome}")
    print(f"{iterations} cases, {len(faults)} faults; slowest {slowest[0]:.2f} s"
          f" (case {slowest[1]}, {slowest[2]}); peak memory {peak:.0f} MiB")  # fmt: skip
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:3]]
    raise SystemExit(main(*(arguments + [2000, 0][len(arguments) :])))
