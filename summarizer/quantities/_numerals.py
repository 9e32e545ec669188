"""Chinese numerals (汉字数字): from 三百四十 to a number, and decimal strings scaled exactly."""

from __future__ import annotations

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERAL_CHARS = "零〇一二两三四五六七八九十百千万亿"
SCALES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9}
SCALES |= {"百亿": 10, "千亿": 11, "万亿": 12}
_LONGEST = 20  # no number in a report is written with more characters


def chinese_number(run: str) -> tuple[int, int] | None:
    """The bounds of a numeral in Chinese characters; None where the characters are no numeral.

    三百四十 gives (340, 340), 三四十 gives (30, 40), 两三 gives (2, 3). 两万五 and 一百二 are
    read in full: 25000, 120. 十四五 (a plan's name) and 八五 are no numerals.
    """
    if not run or len(run) > _LONGEST:
        return None
    pair = _neighbours(run)
    if pair is not None:
        low, high = _exact(run.replace(pair, pair[0])), _exact(run.replace(pair, pair[1]))
        return None if low is None or high is None else (low, high)
    value = _exact(run)
    return None if value is None else (value, value)


def _neighbours(run: str) -> str | None:
    """The one pair of neighbouring digits that says "about": 三四, 两三; not 三五 or 八九八."""
    pairs = [
        run[i : i + 2]
        for i in range(len(run) - 1)
        if DIGITS.get(run[i], 0) and DIGITS.get(run[i + 1], 0)
    ]
    if len(pairs) != 1 or DIGITS[pairs[0][1]] - DIGITS[pairs[0][0]] != 1:
        return None
    return None if run == "十" + pairs[0] else pairs[0]  # 十四五 names a five-year plan


def _exact(run: str) -> int | None:
    """The value of a numeral that is written by the rules, else None."""
    total = section = 0
    digit: int | None = None
    place, ceiling = 10**5, 10**13  # the last multiplier in this section, the last 万 or 亿
    last = 1
    for char in run:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            if digit == 0:
                last = 1
        elif char in _TENS:
            unit = _TENS[char]
            if unit >= place or (digit == 0 and unit > 10):
                return None
            section += (digit or 1) * unit
            digit, place, last = None, unit, unit
        else:
            unit = _MYRIADS[char]
            if unit >= ceiling and not (unit == 10**8 and total):
                return None
            whole = section + (digit or 0)
            if unit == 10**8 and total:
                total, whole = 0, total + whole
            total += (whole or 1) * unit
            section, digit, place, ceiling, last = 0, None, 10**5, unit, unit
    if digit and last > 10 and run[-2] not in "零〇":
        digit *= last // 10  # 两万五, 一百二
    return total + section + (digit or 0)


def chinese_digits(run: str) -> str | None:
    """A year or a decimal written digit by digit: 二〇二四 gives ``2024``; else None."""
    if run and all(char in DIGITS for char in run):
        return "".join(str(DIGITS[char]) for char in run)
    return None


def scaled(number: str, exponent: int) -> str:
    """The plain decimal string of ``number * 10**exponent``, exact at any length.

    A number that is not scaled stays as printed (93.10); a scaled one loses its idle zeros.
    """
    if not exponent:
        return number
    whole, _, fraction = number.partition(".")
    fraction = fraction.ljust(exponent, "0")
    whole, fraction = (whole + fraction[:exponent]).lstrip("0"), fraction[exponent:].rstrip("0")
    return (whole or "0") + ("." + fraction if fraction else "")
