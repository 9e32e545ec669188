"""What a rendered memo says in its own name: the words for marks, origins and changes.

Written in simplified characters; `in_script` turns them into traditional ones (繁體) for a report
in that script. It is for our own words only: what comes from the report passes untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from summarizer.summaries import PART_HEADINGS
from summarizer.types import CheckStatus, MemoPart, Origin, Script

Say = Callable[[str], str]

PARTS: Final[dict[MemoPart, str]] = {part: names[0] for part, names in PART_HEADINGS.items()}
STATUS: Final[dict[CheckStatus, str]] = {
    "exact": "一致",
    "converted": "换算一致",
    "rounded": "约数相符",
    "derived": "程序计算",
    "altered": "与原文不符，须核实",
    "misattributed": "与原文所指不同，须核实",
    "unsupported": "原文未见，须核实",
}
ORIGIN: Final[dict[Origin, str]] = {
    "model": "",
    "repaired": "经程序订正",
    "quoted": "引用原文",
    "extractive": "摘自原文",
    "edited": "人工修改",
}
ACTION: Final[dict[str, str]] = {
    "recited": "更正出处",
    "reasked": "重新生成",
    "quoted": "以原文代替",
    "added": "补引原文",
    "dropped": "未列入正文",
    "headed": "补上提法",
    "trimmed": "删去套话",
}
RELATION: Final[dict[str, str]] = {
    "sum": "合计",
    "difference": "差额",
    "ratio": "比率",
    "growth": "增减幅度",
}

# What XML 1.0 refuses, and what makes a text read otherwise than it is stored (bidi controls).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"\s+")
_NUMERALS = "零一二三四五六七八九十"


def clean(text: str) -> str:
    """`text` on one line, without characters that no document can hold or that hide others."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text))


def in_script(script: Script) -> Say:
    """A function that puts our own words into `script`."""
    return _to_traditional() if script == "hant" else str


@cache
def _to_traditional() -> Say:
    from opencc import OpenCC

    converter = OpenCC("s2t")

    def say(words: str) -> str:
        # OpenCC writes 覈 for the 核 of 核驗, which nobody does.
        return str(converter.convert(words)).replace("覈", "核")

    return say


def chinese_numeral(number: int) -> str:
    """1 to 99 as in 一、 or 十二、."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")
