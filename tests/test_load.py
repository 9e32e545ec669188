"""Reading files: every encoding, every format, and whatever is no report."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import LoadError
from summarizer.load import Limits, load

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
PASSAGE = REPORTS[-1].read_text(encoding="utf-8")[120:260]
TRADITIONAL = REPORTS[0].read_text(encoding="utf-8")[120:260]


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_text_file_comes_out_character_for_character(path):
    data = path.read_bytes()
    source = load(path)
    assert source.text == data.decode("utf-8")
    assert source.format == "text"
    assert source.name == path.name
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        pytest.param("utf-8", b"", id="UTF-8"),
        pytest.param("utf-8", b"\xef\xbb\xbf", id="UTF-8 from Windows Notepad"),
        pytest.param("gb18030", b"", id="GB18030"),
        pytest.param("gb18030", b"\x84\x31\x95\x33", id="GB18030 with its own mark"),
        pytest.param("utf-16-le", b"\xff\xfe", id="Notepad's Unicode"),
        pytest.param("utf-16-be", b"\xfe\xff", id="Unicode big endian"),
        pytest.param("utf-16-le", b"", id="UTF-16 LE without a mark"),
        pytest.param("utf-16-be", b"", id="UTF-16 BE without a mark"),
        pytest.param("utf-32-le", b"\xff\xfe\0\0", id="UTF-32"),
    ],
)
@pytest.mark.parametrize("passage", [PASSAGE, TRADITIONAL], ids=["simplified", "traditional"])
def test_an_encoding_is_told_from_a_hundred_characters(codec, mark, passage):
    source = load(mark + passage.encode(codec))
    assert source.text == passage
    assert source.encoding == codec


def test_big5_is_not_taken_for_gb18030():
    passage = "".join(char for char in TRADITIONAL if _encodable(char, "cp950"))
    source = load(passage.encode("cp950"))
    assert (source.text, source.encoding) == (passage, "cp950")


def test_a_character_of_hong_kong_is_read_in_its_own_big5():
    passage = TRADITIONAL.replace("“", "「").replace("”", "」").replace("裏", "裡") + "嘅"
    passage = "".join(char for char in passage if _encodable(char, "big5hkscs"))
    assert load(passage.encode("big5hkscs")).text == passage


def _encodable(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    "ending",
    ["\r", "\n", "\r\n", "\r\r\n", "\u2028", "\v", "\u3000\n", "\u00a0\n", "\u200b\n"],
    ids=ascii,
)
def test_line_ends_and_invisible_characters_stay(ending):
    text = f"一、工作{ending}办结案件5 830\u200b件{ending}"
    assert load(text.encode()).text == text


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_whatever_a_marked_file_holds_comes_back(text, codec):
    text += "件"
    assert load(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"\xef\xbb\xbf", "is empty", id="only a mark"),
        pytest.param("\u3000\r\n\u200b \n".encode(), "is empty", id="only white space"),
        pytest.param(bytes(range(256)) * 8, "NUL", id="binary"),
        pytest.param(b"\x80\xff\xfa\x81" * 300, "not Chinese text", id="binary without NUL"),
        pytest.param((PASSAGE + "\0" + PASSAGE).encode(), "NUL", id="a NUL inside a text"),
        pytest.param("\ufeff办\0件".encode("utf-16-le"), "NUL", id="a NUL in UTF-16"),
        pytest.param("è é ü à ç".encode("latin-1") * 40, "not Chinese text", id="French"),
        pytest.param((PASSAGE * 3).encode()[:-1], "ends in the middle of a UTF-8", id="cut off"),
        pytest.param(
            PASSAGE.encode() + b"\xff" + PASSAGE.encode(),
            "UTF-8 text with damage",
            id="one bad byte",
        ),
        pytest.param(
            b"\xff\xfe" + PASSAGE.encode("utf-16-le") + b"\x00\xd8" + "件".encode("utf-16-le"),
            "UTF-16 text with damage",
            id="an unpaired surrogate",
        ),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(LoadError) as caught:
        load(data, name="报告.txt")
    message = str(caught.value)
    assert message.startswith("报告.txt: ")
    assert reason in message
    assert "\n" not in message


def test_a_text_at_hand_is_taken_as_it_is():
    source = load(text="\ufeff一、工作\r\n", name="clipboard")
    assert source.text == "\ufeff一、工作\r\n"
    assert source.name == "clipboard"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param("办结\ud800件", "unpaired surrogate in line 1", id="surrogate"),
        pytest.param("办结\0件", "NUL", id="NUL"),
    ],
)
def test_a_text_at_hand_may_be_refused_too(text, reason):
    with pytest.raises(LoadError, match=reason):
        load(text=text)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(LoadError, match=r"no-such\.txt: there is no such file"):
        load(tmp_path / "no-such.txt")
    with pytest.raises(LoadError, match="is a folder"):
        load(tmp_path)


def test_a_str_is_always_a_path():
    with pytest.raises(LoadError, match="no such file"):
        load("2023年,全市办结案件12件。")


@pytest.mark.parametrize("path", ["", "a\0b", "x" * 5000], ids=["empty", "NUL", "too long"])
def test_an_impossible_path_is_one_clear_line(path):
    with pytest.raises(LoadError) as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_a_name_cannot_forge_a_second_line():
    with pytest.raises(LoadError) as caught:
        load(b"", name="a\nerror: b\x1b[31m")
    assert str(caught.value).isprintable()


def test_a_file_name_in_gbk_is_read():
    name = "报告.txt".encode("gbk").decode("utf-8", "surrogateescape")
    assert load(b"x", name=name).name == "报告.txt"


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(LoadError, match=r"200\.0 MiB"):
        load(huge)


def test_limits_are_settings():
    with pytest.raises(LoadError, match="max_bytes"):
        load(b"12345", limits=Limits(max_bytes=4))
    with pytest.raises(LoadError, match="max_chars"):
        load("一二三四五".encode(), limits=Limits(max_chars=4))


def test_one_line_of_five_megabytes_is_read():
    text = ("办结案件12件," * 300_000)[: 5 * 2**20 // 3]
    assert load(text.encode()).text == text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        pytest.param(OLE + _wide("WordDocument"), "报告.doc", "an old Word document", id=".doc"),
        pytest.param(OLE + _wide("WordDocument"), "报告.wps", "a WPS document", id=".wps"),
        pytest.param(OLE + _wide("Workbook"), "报告.xls", "an old spreadsheet", id=".xls"),
        pytest.param(OLE + _wide("PowerPoint Document"), "x.ppt", "presentation", id=".ppt"),
        pytest.param(OLE + _wide("EncryptedPackage"), "报告.docx", "password", id="encrypted"),
        pytest.param(OLE, "x.bin", "an old Office file", id="another compound file"),
        pytest.param(b"{\\rtf1\\ansi x}", "报告.doc", "rich text", id=".rtf named .doc"),
        pytest.param(b"Rar!\x1a\x07\x01\0", "x.rar", "RAR", id=".rar"),
        pytest.param(b"7z\xbc\xaf\x27\x1c\0", "x.7z", "7z", id=".7z"),
        pytest.param(b"\x1f\x8b\x08\0", "x.gz", "gzip", id=".gz"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0", "扫描.png", "OCR", id=".png"),
        pytest.param(b"\xff\xd8\xff\xe0\0", "扫描.jpg", "OCR", id=".jpg"),
        pytest.param(b"BM\x36\0\0\0", "扫描.bmp", "OCR", id=".bmp"),
        pytest.param(b"II*\0\x08\0", "扫描.tif", "OCR", id=".tif"),
        pytest.param(b"CAJ\0", "x.caj", "CAJ", id=".caj"),
        pytest.param(b"\x7fELF\x02", "x", "a program", id="a program"),
    ],
)
def test_another_format_is_named_with_what_to_save_it_as(data, name, told):
    with pytest.raises(LoadError) as caught:
        load(data, name=name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert told in message
    assert ";" in message
    assert "\n" not in message


def test_a_text_that_begins_like_a_magic_number_is_text():
    text = "BMW中国年度报告：办结案件12件。\nMZ"
    assert load(text.encode()).text == text


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", OLE, b"MIME-Version: 1.0\n"]
    ),
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a.doc"]),
)
def test_whatever_the_bytes_it_is_a_source_or_one_clear_line(head, tail, name):
    try:
        told = load(head + tail, name=name).text
    except LoadError as exc:
        told = str(exc).removeprefix(f"{name}: ")
        assert len(told.splitlines()) == 1, told
    assert told.strip()
