"""Every number in a Chinese report: found, normalised, and told from names.

`find_quantities` walks once over the folded text (see `folding`: every offset stays) and reads at
each digit or numeral the longest thing that begins there: a list marker, a date, a label, an
ordinal, a number with its scale and unit, or nothing. The work at one place is bounded, and a run
of digits is consumed whole, so the time is linear in the length of the text.

What decides, beyond the grammar of numerals:

- A number in digits is a quantity with whatever unit follows; without a unit it is a bare count,
  unless it names something (12345热线, “绿盾2020”, 863计划).
- A number in Chinese characters needs a measure word (量词) behind it that it counts with; an
  article (一个), a set phrase (三项制度) and a short quotation (“四个最严”) are nothing.
- 以上, 近, 约 and the like stay outside the span and are kept as `approx`.

Source of the rules: GB/T 15835 (numerals in publications) and the convention of the benchmarks.
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.folding import fold
from summarizer.quantities import _context, _names
from summarizer.quantities._counting import counts
from summarizer.quantities._dates import date_at
from summarizer.quantities._numbers import MORE, NUMERAL, Number, number_at
from summarizer.quantities._numerals import DIGITS, NUMERAL_CHARS, chinese_number
from summarizer.quantities._units import CLASSIFIERS, KINDS, unit_at
from summarizer.types import Quantity, QuantityKind

_CANDIDATE = re.compile(rf"[0-9]+|[A-Za-z]+|[{NUMERAL_CHARS}]+|[第半]|{_names.DOCUMENT_YEAR}")
_TO = " ?(?:-{1,2}|~|至|到) ?"
_PARTS_PER = re.compile(rf"([百千万])分之({NUMERAL}|\d+(?:\.\d+)?)")
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_FRACTION = re.compile(r"([二三四五六七八九十]{1,2})分之([一二两三四五六七八九]{1,2})")
_ORDINAL = re.compile(rf"第 ?(\d{{1,5}}|[{NUMERAL_CHARS}]+)(?:{_TO}(\d{{1,5}}))? ?")
_RANGE = re.compile(_TO)
_HALF = re.compile(r"半(?:个?小时|个?月|天|年(?![度报]))")
_MINUS = re.compile(r"[长降幅比为达至到(,、 ]-$")
_MAX_DIGITS = 24  # no count is written with more

_NUMBERED = frozenset({"届", "代", "季度"})  # numbered, not counted, by Chinese numerals


def find_quantities(text: str) -> list[Quantity]:
    """All mentions of numbers in `text`, in order, without overlap.

    `start` and `end` are half-open offsets into `text` itself, whatever its script and width;
    `unit` is in the script of the text, with half-width punctuation. Never raises; linear time.
    """
    return _Reader(text).read()


class _Reader:
    """One walk over one text: each method reads at an offset and returns where to go on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.quotations = _names.quotations(self.folded)
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        at = 0
        while candidate := _CANDIDATE.search(self.folded, at):
            start = candidate.start()
            first = self.folded[start]
            if first.isdigit():
                at = self._digits(start)
            elif first in "〔[【(":
                at = self._document_number(start)
            elif first.isascii():
                at = self._letters(start)
            elif first == "第":
                at = self._ordinal(start)
            elif first == "半":
                at = self._half(start)
            else:
                at = self._chinese(start, candidate.end())
        return self.found

    # -- what is recorded ---------------------------------------------------------------------

    def _add(
        self,
        start: int,
        end: int,
        kind: QuantityKind,
        bounds: tuple[str, str],
        *,
        unit: str = "",
        more: bool = False,
    ) -> int:
        low, high = bounds
        exact = low == high
        valued = kind not in ("date", "label")
        approx = None
        if valued and kind != "ordinal":
            years = unit == "年"
            share = kind == "percent"
            approx = _context.approximation(
                self.folded, start, end, years=years, more=more, share=share
            )
        self.found.append(
            Quantity(
                text=self.text[start:end],
                start=start,
                end=end,
                value=Decimal(low) if valued and exact else None,
                low=Decimal(low) if valued and not exact else None,
                high=Decimal(high) if valued and not exact else None,
                canonical=low if exact else f"{low}/{high}",
                unit=unit,
                kind=kind,
                approx=approx,
            )
        )
        return end

    def _label(self, start: int, end: int, value: str | None = None, unit: str = "") -> int:
        value = self.folded[start:end] if value is None else value
        return self._add(start, end, "label", (value, value), unit=unit)

    def _counted(
        self,
        start: int,
        unit_start: int,
        end: int,
        word: str,
        bounds: tuple[str, str],
        *,
        more: bool = False,
    ) -> int:
        """Record a number with the unit at unit_start:end; `word` decides its kind."""
        kind: QuantityKind = KINDS[word]
        folded = self.folded
        parted = folded[unit_start + 1 : unit_start + 2] if len(word) > 1 else ""
        if parted and parted in "多余来":  # 6个多月
            more = True
        elif parted == "半" and bounds[0].isdigit():  # 1个半小时
            bounds = (bounds[0] + ".5", bounds[1] + ".5")
        elif word == "成" and folded[end : end + 1] in DIGITS:  # 七成五
            bounds = (f"{bounds[0]}.{DIGITS[folded[end]]}",) * 2
            end += 1
        if word == "%" and _MINUS.search(folded, max(0, start - 2), start):  # 增长-3.5%
            start, bounds = start - 1, ("-" + bounds[0], "-" + bounds[1])
        if (word in ("位", "名") and _context.is_rank(folded, start)) or (
            word == "次" and _context.is_session(folded, start, end)
        ):
            kind = "ordinal"
        elif word == "日" and bounds[0] == bounds[1] and not _context.is_term(folded, start, end):
            kind, bounds = "date", (f"---{bounds[0]:0>2}",) * 2
        unit = "" if kind == "date" else self._unit(unit_start, end)
        if parted and parted in "多余来半":
            unit = unit[0] + unit[2:]
        elif word == "成":
            unit = "成"
        return self._add(start, end, kind, bounds, unit=unit, more=more)

    def _unit(self, start: int, end: int) -> str:
        """The unit in the script of the text, its punctuation in half width."""
        pairs = zip(self.text[start:end], self.folded[start:end], strict=True)
        return "".join(new if new.isascii() else old for old, new in pairs)

    # -- names --------------------------------------------------------------------------------

    def _letters(self, start: int) -> int:
        match = _names.URL.match(self.folded, start) or _names.MIXED.match(self.folded, start)
        assert match is not None  # it begins with a letter
        if any(char.isdigit() for char in match[0]):
            return self._label(start, match.end())
        return match.end()

    def _document_number(self, start: int) -> int:
        match = _names.DOCUMENT_NUMBER.match(self.folded, start)
        if match is None:
            return start + 1
        return self._label(start, match.end(), match[0].rstrip("号 "), "号")

    # -- digits -------------------------------------------------------------------------------

    def _digits(self, start: int) -> int:
        folded = self.folded
        marker = _names.list_marker_at(folded, start)
        if marker is not None:
            return marker
        date = date_at(folded, start)
        if date:
            return self._add(start, date.end, "date", (date.value, date.value))
        label = _names.label_at(folded, start)
        if label is not None:
            return self._label(start, label)
        number = number_at(folded, start)
        assert number is not None  # it begins with a digit
        if number.end - start > _MAX_DIGITS:
            return self._label(start, number.end)
        unit_start = self._behind_space(number.end)
        end, word = unit_at(folded, unit_start)
        ranged = self._range(start, number, end if word else number.end, word)
        if ranged:
            return ranged
        if not word:
            return self._bare(start, number)
        return self._counted(start, unit_start, end, word, number.bounds(), more=number.more)

    def _behind_space(self, at: int) -> int:
        """Where a unit may begin: behind one or two spaces."""
        for _ in range(2):
            at += self.folded.startswith(" ", at)
        return at

    def _range(self, start: int, first: Number, after: int, word: str) -> int | None:
        """5-10日, 3至5名, 10%-15%, 3-5万元, 三到五个: where a second number ends the range."""
        folded = self.folded
        to = _RANGE.match(folded, after)
        second = number_at(folded, to.end()) if to else None
        if second is None:
            return None
        unit_start = self._behind_space(second.end)
        end, other = unit_at(folded, unit_start)
        if not other or (word and word != other):
            return None
        low, high = first.bounds()[0], second.bounds()[1]
        if not first.exponent and Decimal(low) < Decimal(second.high):
            low = first.bounds(second.exponent)[0]  # 3-5万元
        if Decimal(low) >= Decimal(high):
            return None
        return self._counted(start, unit_start, end, other, (low, high), more=second.more)

    def _bare(self, start: int, number: Number) -> int:
        """A number without a unit: a name, or a bare count."""
        folded = self.folded
        end = number.end
        if folded[end : end + 1].isascii() and folded[end : end + 1].isalpha():
            mixed = _names.MIXED.match(folded, start)
            return self._label(start, max(end, mixed.end() if mixed else end))
        if number.plain and _names.is_year(folded, start, end):
            return self._add(start, end, "date", (number.low, number.low))
        if not number.exponent and not number.more and _names.is_name(folded, start, end):
            return self._label(start, end)
        if number.more and folded[end - 1] in MORE:
            end = start + len(folded[start : end - 1].rstrip())  # 5000余: no unit takes the 余 in
        return self._add(start, end, "count", number.bounds(), more=number.more)

    # -- Chinese numerals ---------------------------------------------------------------------

    def _chinese(self, start: int, run_end: int) -> int:
        folded = self.folded
        parts = _PARTS_PER.match(folded, start)
        if parts:
            return self._parts(parts)
        fraction = _FRACTION.match(folded, start)
        if fraction:
            return self._fraction(fraction)
        date = date_at(folded, start)
        if date:
            return self._add(start, date.end, "date", (date.value, date.value))
        number = number_at(folded, start)
        if number is None or folded[start:run_end] in ("零", "〇"):
            return run_end
        unit_start = self._behind_space(number.end)
        end, word = unit_at(folded, unit_start, words=CLASSIFIERS)
        ranged = self._range(start, number, end if word else number.end, word)
        if ranged:
            return ranged
        if not word or not counts(
            folded, start, run_end, end, word=word, more=number.more, quotations=self.quotations
        ):
            return run_end
        if word in _NUMBERED:
            return self._add(
                start, end, "ordinal", number.bounds(), unit=self._unit(unit_start, end)
            )
        return self._counted(start, unit_start, end, word, number.bounds(), more=number.more)

    def _parts(self, match: re.Match[str]) -> int:
        """百分之三, 千分之五: the unit is the sign."""
        digits = match[2]
        if not digits[0].isdigit():
            number = number_at(self.folded, match.start(2))
            if number is None:
                return match.end()
            digits = number.low
        unit = _PARTS[match[1]]
        return self._add(match.start(), match.end(), "percent", (digits, digits), unit=unit)

    def _fraction(self, match: re.Match[str]) -> int:
        """三分之二: a count without a unit, to four places."""
        bottom, top = chinese_number(match[1]), chinese_number(match[2])
        if not bottom or not top or not bottom[0]:
            return match.end()
        value = str((Decimal(top[0]) / Decimal(bottom[0])).quantize(Decimal("0.0001")))
        return self._add(match.start(), match.end(), "count", (value, value))

    def _half(self, start: int) -> int:
        match = _HALF.match(self.folded, start)
        if match is None or (self.folded[start - 1 : start] in tuple("上下前后过大对") and start):
            return start + 1
        return self._add(
            start, match.end(), "duration", ("0.5", "0.5"), unit=self._unit(start + 1, match.end())
        )

    # -- ordinals -----------------------------------------------------------------------------

    def _ordinal(self, start: int) -> int:
        """第二批, 第3位, 第3至5条, 全省第一; nothing for 第一责任人."""
        match = _ORDINAL.match(self.folded, start)
        if match is None:
            return start + 1
        bounds = _whole(match[1]), _whole(match[2] or match[1])
        if None in bounds or _names.is_title(self.folded, start):
            return match.end()
        low, high = str(bounds[0]), str(bounds[1])
        end, word = unit_at(self.folded, match.end())
        if word:
            kind: QuantityKind = "label" if KINDS[word] == "label" else "ordinal"
            return self._add(start, end, kind, (low, high), unit=self._unit(match.end(), end))
        end = match.end(2) if match[2] else match.end(1)
        if not _context.follows_ranked_place(self.folded, start):
            return end
        return self._add(start, end, "ordinal", (low, high))


def _whole(digits: str) -> int | None:
    """The whole number that `digits` write, in either script; None for a range or no numeral."""
    if digits.isdigit():
        return int(digits)
    bounds = chinese_number(digits)
    return bounds[0] if bounds and bounds[0] == bounds[1] else None
