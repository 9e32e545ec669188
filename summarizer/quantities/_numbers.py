"""One number at an offset of a folded text: in digits or in Chinese characters, with its scale."""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.quantities._numerals import (
    NUMERAL_CHARS,
    SCALES,
    chinese_digits,
    chinese_number,
    scaled,
)

MORE = "余多几来"
NUMERAL = rf"[{NUMERAL_CHARS}]+(?:点[零〇一二三四五六七八九]+)?"
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
# Yearbooks group by spaces: 321 146件; a row of table cells has no unit behind it.
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,4}(?=[\u3400-\u9fff])")
_CHINESE = re.compile(NUMERAL)
# 千 and 百 belong to 千瓦, 千克 and 百分点 where those follow.
_SCALE = "万亿|[十百千]?[万亿]|千(?![瓦克米伏卡帕焦])|百(?!分)"
_SCALING = re.compile(
    rf"(?: {{0,2}}(?P<first>[{MORE}])(?={_SCALE}))?(?: {{0,2}}(?P<scale>{_SCALE}))?"
    rf"(?: ?(?P<more>[{MORE}]))?"
)


class Number(NamedTuple):
    """A numeral that was read: its end, its bounds as printed, its scale, and how it was said."""

    end: int
    low: str
    high: str
    exponent: int = 0
    more: bool = False  # 余 or 多 stands in it
    plain: bool = False  # an integer without scale or commas: it may be a name

    def bounds(self, exponent: int | None = None) -> tuple[str, str]:
        """Both bounds as plain decimal strings, by its own scale or by the one given."""
        exponent = self.exponent if exponent is None else exponent
        return scaled(self.low, exponent), scaled(self.high, exponent)


def number_at(folded: str, at: int) -> Number | None:
    """The number at `at`, in digits or in Chinese characters, or None."""
    arabic = _SPACED.match(folded, at) or _ARABIC.match(folded, at)
    if arabic:
        digits = arabic[0].replace(",", "").replace(" ", "")
        end, exponent, more = _scaling(folded, arabic.end())
        plain = arabic[0].isdigit() and not exponent and not more
        return Number(end, digits, digits, exponent, more, plain)
    chinese = _CHINESE.match(folded, at)
    if chinese is None:
        return None
    whole, _, fraction = chinese[0].partition("点")
    bounds = chinese_number(whole)
    if bounds is None:
        return None
    low, high = str(bounds[0]), str(bounds[1])
    if fraction:
        low = high = f"{low}.{chinese_digits(fraction)}"
    end, exponent, more = _scaling(folded, chinese.end())
    return Number(end, low, high, exponent, more)


def _scaling(folded: str, at: int) -> tuple[int, int, bool]:
    """What follows the digits: the end, the exponent of the scale, whether 余 or 多 is there."""
    match = _SCALING.match(folded, at)
    if match is None or not match[0]:
        return at, 0, False
    exponent = SCALES[match["scale"]] if match["scale"] else 0
    return match.end(), exponent, bool(match["first"] or match["more"])
