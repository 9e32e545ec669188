"""Calendar dates in Chinese text: points and spans, in digits and in Chinese numerals.

`date_at` reads the longest date that begins at an offset of a folded text. Values are ISO 8601
with what is known: ``2023``, ``2024-02-28``, ``--11-28``, ``--12``, ``---15``; a span is two of
them, the second completed from the first: 2024年1—6月 is ``2024-01/2024-06``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.quantities._numerals import chinese_digits, chinese_number

_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?"
    r"|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_TO = r" {0,2}(?:起? ?(?:至|到)|-{1,2}|~) {0,2}"
# 初步, 初中, 底数, 末端 and 份额 are other words; a year's 度假 is another noun.
_YEAR_TAIL = r"(?:度(?!假|过)|份(?!额)|底(?![数线层部盘色])|末(?!端)|初(?![步中级次始审查]))"
_MONTH_TAIL = r"(?:份(?!额)|底(?![数线层部盘色])|初(?![步中级次始审查])|末(?!端)|[上中下]旬)"
_CLOCK = (
    r"(?: {0,2}(?P<hour>[01]?\d|2[0-4])(?:[:时点] ?(?P<minute>[0-5]\d)分?|[时点]整?)(?::[0-5]\d)?)?"
)


def _year(name: str, *, span: bool) -> str:
    to = rf"(?:{_TO})?"  # scrapes lose the dash: 20212025年
    first = rf"(?:(?P<{name}_first>{_YEAR}){to}(?={_YEAR} {{0,2}}学?年))?" if span else ""
    return rf"{first}(?P<{name}>{_YEAR}) {{0,2}}学?年(?: {{0,2}}{_YEAR_TAIL})?"


def _month(name: str, *, span: bool) -> str:
    first = rf"(?:(?P<{name}_first>{_MONTH}){_TO}(?={_MONTH} {{0,2}}月))?" if span else ""
    return rf"{first}(?P<{name}>{_MONTH}) {{0,2}}月(?: {{0,2}}{_MONTH_TAIL})?"


def _day(name: str, *, span: bool) -> str:
    first = rf"(?:(?P<{name}_first>{_DAY}){_TO}(?={_DAY} {{0,2}}[日号]))?" if span else ""
    return rf"{first}(?P<{name}>{_DAY}) {{0,2}}[日号]"


def _point(*, span: bool) -> str:
    """A date written with 年, 月, 日; with `span` also 2021—2025年, 1—6月, 3月5—10日."""
    return (
        rf"(?:{_year('y', span=span)}"
        rf"(?: {{0,2}}{_month('m', span=span)}(?: {{0,2}}{_day('d', span=span)})?)?"
        rf"|{_month('m_', span=span)}(?: {{0,2}}{_day('d_', span=span)})?)"
    )


_WRITTEN = re.compile(_point(span=True) + _CLOCK)
_SECOND = re.compile(_TO + "(?:" + _point(span=False) + rf"|(?P<day>{_DAY}) {{0,2}}[日号])")
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=sep)"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"(?: {1,2}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
)
_NUMERIC_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0[1-9]|1[0-2])(?![\d.%‰/-]| ?[万亿余多元个项件人吨米])"
)
_YEARS = re.compile(
    rf"(?P<first>(?:19|20)\d\d)(?:{_TO}|/)(?P<second>(?:19|20)\d\d)"
    r"(?![\d.]| ?[万亿余多元个项件人吨米%])(?: ?学?年度?)?"
)
_CLOCK_ALONE = re.compile(
    r"(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d.:])"
    r"|时(?:(?P<minutes>[0-5]?\d)分)?(?![间效限长代期速段]))"
)


class Date(NamedTuple):
    """A date found: the offset behind it, and its value."""

    end: int
    value: str


def date_at(folded: str, at: int) -> Date | None:
    """The date that begins at `at`, or None."""
    head = folded[at : at + 12]
    if "年" in head or "月" in head:
        written = _written(folded, at)
        if written:
            return written
    if "0" <= folded[at] <= "9":
        return _numeric(folded, at)
    return None


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdigit():
        return int(text)
    bounds = chinese_number(text)
    return int(chinese_digits(text) or 0) if bounds is None or len(text) == 4 else bounds[0]


def iso(year: int | None, month: int | None, day: int | None) -> str:
    """ISO 8601 with what is known; ISO 8601:2000's truncated form where the year is not."""
    if year is not None:
        return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])
    if month is not None:
        return f"--{month:02d}" + (f"-{day:02d}" if day else "")
    return f"---{day:02d}"


def _written(folded: str, at: int) -> Date | None:
    match = _WRITTEN.match(folded, at)
    if match is None:
        return None
    get = {name: _number(value) for name, value in match.groupdict().items()}
    year, month, day = get["y"], get["m"] or get["m_"], get["d"] or get["d_"]
    end, value = match.end(), iso(year, month, day)
    if folded.startswith("代", end) and month is None:  # 1990年代
        return None
    first = iso(
        get["y_first"] or year,
        get["m_first"] or get["m__first"] or month,
        get["d_first"] or get["d__first"] or day,
    )
    if first != value:
        return Date(end, f"{first}/{value}")
    if get["hour"] is not None:
        if day is None:
            return Date(len(folded[at : match.start("hour")].rstrip(" ")) + at, value)
        return Date(end, f"{value}T{get['hour']:02d}:{get['minute'] or 0:02d}")
    return _span(folded, end, (year, month, day)) or Date(end, value)


def _span(folded: str, at: int, first: tuple[int | None, int | None, int | None]) -> Date | None:
    """The second end of a span, completed from the first: 2020年至2021年, 3月1日至5日."""
    match = _SECOND.match(folded, at)
    if match is None:
        return None
    get = {name: _number(value) for name, value in match.groupdict().items()}
    year, month, day = get["y"], get["m"] or get["m_"], get["d"] or get["d_"] or get["day"]
    if get["day"] is not None:
        if first[2] is None:
            return None
        month = first[1]
    low, high = iso(*first), iso(year or first[0], month, day)
    return Date(match.end(), f"{low}/{high}")


def _numeric(folded: str, at: int) -> Date | None:
    """A date without 年 and 月: 2024/03/15, 2024.2.28, 2025-03-05 09:30, 2021—2025, 09:30."""
    match = _NUMERIC.match(folded, at)
    if match:
        value = iso(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"]:
            value += f"T{int(match['hour']):02d}:{match['minute']}"
        return Date(match.end(), value)
    match = _YEARS.match(folded, at)
    if match and match["first"] < match["second"]:
        return Date(match.end(), f"{match['first']}/{match['second']}")
    match = _NUMERIC_MONTH.match(folded, at)
    if match:
        return Date(match.end(), iso(int(match["year"]), int(match["month"]), None))
    match = _CLOCK_ALONE.match(folded, at)
    if match:
        minute = int(match["minute"] or match["minutes"] or 0)
        return Date(match.end(), f"T{int(match['hour']):02d}:{minute:02d}")
    return None
