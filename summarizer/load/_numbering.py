"""Automatic numbers of Word paragraphs (w:numPr): what they read on paper.

A document keeps 一、 (一) 1. as counters, not as text. Rules after ECMA-376 part 1, 17.9: a
paragraph advances the counter of its level and restarts those of the deeper levels; lists that
share an abstract definition share its counters, unless a w:num overrides the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_LEGAL = {"hans": "零壹贰叁肆伍陆柒捌玖", "hant": "零壹貳參肆伍陸柒捌玖"}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = {
    "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40,
    "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1,
}  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute in the namespace of its element, as WordprocessingML writes them."""
    if element is None:
        return None
    namespace = element.tag.partition("}")[0]
    value: str | None = element.get(f"{namespace}}}{name}")
    return value


class _Level(NamedTuple):
    start: int
    number_format: str
    text: str
    restarts: bool
    legal: bool
    style: str | None


@dataclass
class _List:
    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The counters of one document, advanced paragraph by paragraph in document order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._list_of_number: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()
        self._styles = _paragraph_styles(styles)
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: _Element | None) -> str:
        """Advance the list a paragraph belongs to; its number as printed, or an empty str.

        `properties` is the paragraph's w:pPr.
        """
        number, level = self._number_and_level(properties)
        key = self._list_of_number.get(number or "")
        if number is None or key is None:
            return ""
        listed = self._lists[key]
        if number not in self._used:
            self._used.add(number)
            for overridden, start in self._overrides.get(number, {}).items():
                listed.counters[overridden] = start - 1
        return _advance(listed, level)

    def _read(self, numbering: _Element) -> None:
        links: dict[str, str] = {}
        for abstract in numbering.iterfind("{*}abstractNum"):
            key = attribute(abstract, "abstractNumId") or ""
            levels = {
                _whole(attribute(level, "ilvl"), 0): _level(level)
                for level in abstract.iterfind("{*}lvl")
            }
            self._lists[key] = _List(levels)
            if link := attribute(abstract.find("{*}numStyleLink"), "val"):
                links[key] = link
        for number in numbering.iterfind("{*}num"):
            identity = attribute(number, "numId") or ""
            key = attribute(number.find("{*}abstractNumId"), "val") or ""
            if key in self._lists:
                self._list_of_number[identity] = key
            self._overrides[identity] = {
                _whole(attribute(override, "ilvl"), 0): _whole(attribute(start, "val"), 1)
                for override in number.iterfind("{*}lvlOverride")
                if (start := override.find("{*}startOverride")) is not None
                and _whole(attribute(override, "ilvl"), 0) < _LEVELS
            }
        for key, style in links.items():
            target = self._list_of_number.get(self._styles.get(style, _NO_STYLE).number or "")
            if target is not None and not self._lists[key].levels:
                self._lists[key] = self._lists[target]

    def _number_and_level(self, properties: _Element | None) -> tuple[str | None, int]:
        own = None if properties is None else properties.find("{*}numPr")
        number = attribute(own.find("{*}numId"), "val") if own is not None else None
        level = attribute(own.find("{*}ilvl"), "val") if own is not None else None
        if number is not None:
            return number, min(_whole(level, 0), _LEVELS - 1)
        style = None
        if properties is not None:
            style = attribute(properties.find("{*}pStyle"), "val")
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            entry = self._styles[style]
            if entry.number is not None:
                return entry.number, self._level_of_style(entry, style, level)
            style = entry.based_on
        return None, 0

    def _level_of_style(self, entry: _Style, style: str, own: str | None) -> int:
        if own is not None or entry.level is not None:
            return min(_whole(own or entry.level, 0), _LEVELS - 1)
        listed = self._lists.get(self._list_of_number.get(entry.number or "", ""))
        levels = listed.levels if listed else {}
        return next((index for index, level in levels.items() if level.style == style), 0)


class _Style(NamedTuple):
    based_on: str | None
    number: str | None
    level: str | None


_NO_STYLE = _Style(None, None, None)


def _paragraph_styles(styles: _Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for style in styles.iterfind("{*}style") if styles is not None else ():
        own = style.find("{*}pPr/{*}numPr")
        found[attribute(style, "styleId") or ""] = _Style(
            attribute(style.find("{*}basedOn"), "val"),
            attribute(own.find("{*}numId"), "val") if own is not None else None,
            attribute(own.find("{*}ilvl"), "val") if own is not None else None,
        )
    return found


def _level(element: _Element) -> _Level:
    legal = element.find("{*}isLgl")
    return _Level(
        start=_whole(attribute(element.find("{*}start"), "val"), 0),
        number_format=attribute(element.find("{*}numFmt"), "val") or "decimal",
        text=attribute(element.find("{*}lvlText"), "val") or "",
        restarts=attribute(element.find("{*}lvlRestart"), "val") != "0",
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        style=attribute(element.find("{*}pStyle"), "val"),
    )


def _advance(listed: _List, index: int) -> str:
    level = listed.levels.get(index)
    if level is None:
        return ""
    counters = listed.counters
    for upper in range(index):
        if counters[upper] is None and upper in listed.levels:
            counters[upper] = listed.levels[upper].start
    current = counters[index]
    counters[index] = level.start if current is None else current + 1
    for deeper in range(index + 1, _LEVELS):
        if deeper in listed.levels and listed.levels[deeper].restarts:
            counters[deeper] = None
    if level.number_format == "bullet":  # a mark of the layout that says nothing
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        shown = listed.levels.get(place)
        value = counters[place]
        if shown is None or value is None:
            return ""
        return _formatted(value, "decimal" if level.legal else shown.number_format)

    return _PLACEHOLDER.sub(number, level.text)


def _formatted(value: int, number_format: str) -> str:
    if value < 1 or value > 9999:
        return str(value)
    plain = _SIMPLE_FORMATS.get(number_format)
    if plain is not None:
        return plain(value)
    if number_format.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting")):
        return chinese_numeral(value)
    if number_format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    return str(value)


def chinese_numeral(value: int) -> str:
    """A number from 1 to 9999 in Chinese characters as headings write it: 十一, 二十, 一百零五."""
    return _in_units(value, "零" + _DIGITS[1:], "十百千").removeprefix(
        "一" if 10 <= value < 20 else ""
    )


def _in_units(value: int, digits: str, units: str) -> str:
    text = ""
    places = str(value)
    for index, digit in enumerate(places):
        unit = len(places) - index - 1
        if digit != "0":
            text += digits[int(digit)] + (units[unit - 1] if unit else "")
        elif not text.endswith(digits[0]) and places[index:].strip("0"):
            text += digits[0]
    return text


def _roman(value: int) -> str:
    text = ""
    for sign, worth in _ROMAN.items():
        text += sign * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _from_series(first: str, length: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if value <= length else str(value)


_SIMPLE_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "decimalEnclosedCircle": _from_series("①", 20),
    "decimalEnclosedCircleChinese": _from_series("①", 20),
    "decimalEnclosedParen": _from_series("⑴", 20),
    "decimalEnclosedFullstop": _from_series("⒈", 20),
    "ideographEnclosedCircle": _from_series("㊀", 10),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "chineseLegalSimplified": lambda value: _in_units(value, _LEGAL["hans"], "拾佰仟"),
    "ideographLegalTraditional": lambda value: _in_units(value, _LEGAL["hant"], "拾佰仟"),
}


def _whole(text: str | None, default: int) -> int:
    if text is not None and len(text) <= 9 and text.removeprefix("-").isdecimal():
        return int(text)
    return default
