"""Every number in a Chinese report: found, normalised, and told from names.

`find_quantities` walks once over the folded text (see `folding`: every offset stays) and reads at
each digit or numeral the longest thing that begins there: a list marker, a date, a label, an
ordinal, a number with its scale and unit, or nothing. The work at one place is bounded, and a run
of digits is consumed whole, so the time is linear in the length of the text.

What decides, beyond the grammar of numerals:

- A number in digits is a quantity with whatever unit follows; without a unit it is a bare count,
  unless it names something (12345热线, “绿盾2020”, 863计划).
- A number in Chinese characters needs a measure word (量词) behind it, and must not stand in a set
  phrase (三项制度, 四所一庭) or in a short quotation (“四个最严”).
- 一 with a measure word is mostly an article (一个, 一批): it is a quantity only where it measures
  (一倍, 一个月) or ends its clause (增设窗口一个). 二 before a measure word is an ordinal (二级,
  二期): counting is done with 两. 百, 千 and 万 alone are quantities only beside a word that makes
  them one (近百家, 百余名).
- 以上, 近, 约 and the like stay outside the span and are kept as `approx`.

Source of the rules: GB/T 15835 (numerals in publications) and the convention of the benchmarks.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from summarizer import _context, _names
from summarizer._dates import date_at
from summarizer._numerals import NUMERAL_CHARS, SCALES, chinese_digits, chinese_number, scaled
from summarizer._units import CLASSIFIERS, KINDS, unit_at
from summarizer.folding import fold
from summarizer.types import Quantity, QuantityKind

_CANDIDATE = re.compile(rf"[0-9]+|[A-Za-z]+|[{NUMERAL_CHARS}]+|[第半〔]")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
_MORE = "[余多几来]"
_SCALE = "万亿|[十百千]?[万亿]|千(?![瓦克米伏卡帕焦])|百(?!分)"
_SCALING = re.compile(
    rf"(?: {{0,2}}(?P<first>{_MORE})(?={_SCALE}))?(?: {{0,2}}(?P<scale>{_SCALE}))?"
    rf"(?: ?(?P<more>{_MORE}))?"
)
_TO = re.compile(r" ?(?:-{1,2}|~|至|到) ?")
_NUMERAL = re.compile(rf"[{NUMERAL_CHARS}]+(?:点[零〇一二三四五六七八九]+)?")
_PARTS_PER = re.compile(rf"([百千万])分之({_NUMERAL.pattern}|\d+(?:\.\d+)?)")
_PARTS = {"百": "%", "千": "‰", "万": "‱"}
_FRACTION = re.compile(r"([二三四五六七八九十]{1,2})分之([一二两三四五六七八九]{1,2})")
_ORDINAL = re.compile(rf"第 ?(\d{{1,5}}|[{NUMERAL_CHARS}]+) ?")
_HALF = re.compile(r"半(?:个?小时|个?月|天|年(?![度报]))")
_MAX_DIGITS = 24  # no count is written with more

_VAGUE = frozenset("百千万亿") | {"百万", "千万", "百亿", "千亿", "万亿", "十万", "十亿"}
_CLAUSE_END = re.compile(r" ?(?:[,。;:、)”\n]|$)")
_MEASURED_ONE = frozenset(
    ["倍", "小时", "个小时", "分钟", "个月", "个工作日", "工作日", "个季度", "周", "刻钟", "个百分点", "成"]
)
_YEAR_LONG = re.compile(r"(?:为期|不足|满|至少|超过?|历时|每|近) ?$")
_FINAL_ONE = frozenset(["次", "个", "件", "项", "名", "家", "条", "部", "场", "份", "起", "座", "所", "处", "期", "套", "例", "宗", "篇", "人次", "场次"])
_NOT_FINAL = frozenset("再又每这那某同任另首第哪跑统唯单逐万归合头前后上下此了如不之")
_NO_NUMERAL_BEFORE = re.compile(r"[第周初几数双老]$|星期$|礼拜$|[\d.]$")
_NAMELESS = frozenset({"届", "代"})  # numbered, not counted, in Chinese numerals too
_LEVELS = frozenset({"级", "大", "层"})


class _Number(NamedTuple):
    """A numeral that was read: its end, its bounds as printed, its scale, and how it was said."""

    end: int
    low: str
    high: str
    exponent: int = 0
    more: bool = False
    plain: bool = False  # an integer without scale or commas: it may be a name

    def bounds(self, exponent: int) -> tuple[str, str]:
        return scaled(self.low, exponent), scaled(self.high, exponent)


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
            elif first.isascii():
                at = self._letters(start)
            elif first == "第":
                at = self._ordinal(start)
            elif first == "〔":
                at = self._document_number(start)
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
            approx = _context.approximation(self.folded, start, end, years=years, more=more)
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
        if (word in ("位", "名") and _context.is_rank(folded, start)) or (word == "次" and _context.is_session(folded, start, end)):
            kind = "ordinal"
        elif word == "日" and bounds[0] == bounds[1] and not _context.is_term(folded, start, end):
            kind, bounds = "date", (f"---{bounds[0]:0>2}",) * 2
        unit = "" if kind == "date" else self._unit(unit_start, end)
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
        number = self._arabic(start)
        end, word = unit_at(folded, unit_start := self._behind(number.end))
        if number.end - start > _MAX_DIGITS:
            return self._label(start, number.end)
        ranged = self._range(start, number, end if word else number.end, word)
        if ranged:
            return ranged
        if word:
            bounds = number.bounds(number.exponent)
            return self._counted(start, unit_start, end, word, bounds, more=number.more)
        return self._bare(start, number)

    def _arabic(self, start: int) -> _Number:
        """The number in digits at `start`, with its scale."""
        match = _ARABIC.match(self.folded, start)
        assert match is not None  # it begins with a digit
        scaling = _SCALING.match(self.folded, match.end())
        assert scaling is not None  # it may be empty
        number = match[0].replace(",", "")
        exponent = SCALES[scaling["scale"]] if scaling["scale"] else 0
        more = bool(scaling["first"] or scaling["more"])
        plain = match[0].isdigit() and not exponent and not more
        return _Number(scaling.end(), number, number, exponent, more, plain)

    def _behind(self, end: int) -> int:
        """Where a unit may begin: behind one or two spaces."""
        while self.folded.startswith(" ", end) and end < len(self.folded):
            end += 1
            if not self.folded.startswith(" ", end):
                break
        return end

    def _range(self, start: int, first: _Number, after: int, word: str) -> int | None:
        """5-10日, 3至5名, 10%-15%, 3-5万元, 三到五个: where a second number ends the range."""
        folded = self.folded
        to = _TO.match(folded, after)
        if to is None:
            return None
        second = self._second(to.end())
        if second is None:
            return None
        unit_start = self._behind(second.end)
        end, other = unit_at(folded, unit_start)
        if not other or (word and word != other):
            return None
        low = first.bounds(first.exponent or second.exponent)[0]
        high = second.bounds(second.exponent)[1]
        if Decimal(low) >= Decimal(high):
            low = first.bounds(first.exponent)[0]
        if Decimal(low) >= Decimal(high):
            return None
        return self._counted(start, unit_start, end, other, (low, high), more=second.more)

    def _second(self, at: int) -> _Number | None:
        if self.folded[at : at + 1].isdigit():
            return self._arabic(at)
        return self._numeral(at)

    def _bare(self, start: int, number: _Number) -> int:
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
        return self._add(start, end, "count", number.bounds(number.exponent), more=number.more)

    # -- Chinese numerals ---------------------------------------------------------------------

    def _numeral(self, start: int) -> _Number | None:
        """The number in Chinese characters at `start`, or None."""
        match = _NUMERAL.match(self.folded, start)
        if match is None:
            return None
        whole, _, fraction = match[0].partition("点")
        scale = whole[-1:] if fraction else ""
        bounds = chinese_number(whole)
        if bounds is None or scale in _VAGUE:
            return None
        low, high = str(bounds[0]), str(bounds[1])
        if fraction:
            low = high = f"{low}.{chinese_digits(fraction)}"
        scaling = _SCALING.match(self.folded, match.end())
        assert scaling is not None
        exponent = SCALES[scaling["scale"]] if scaling["scale"] else 0
        more = bool(scaling["first"] or scaling["more"])
        return _Number(scaling.end(), low, high, exponent, more)

    def _chinese(self, start: int, run_end: int) -> int:
        folded = self.folded
        parts = _PARTS_PER.match(folded, run_end - 1)
        if parts and run_end - 1 == start:
            return self._parts(parts)
        fraction = _FRACTION.match(folded, start)
        if fraction:
            return self._fraction(fraction)
        date = date_at(folded, start)
        if date:
            return self._add(start, date.end, "date", (date.value, date.value))
        number = self._numeral(start)
        if number is None or run_end - start > _MAX_DIGITS:
            return run_end
        unit_start = self._behind(number.end)
        end, word = unit_at(folded, unit_start, words=CLASSIFIERS)
        ranged = self._range(start, number, end if word else number.end, word)
        if ranged:
            return ranged
        if not word or not self._counts(start, run_end, end, word, number):
            return max(run_end, number.end if word else run_end)
        bounds = number.bounds(number.exponent)
        if word in _NAMELESS:
            return self._add(start, end, "ordinal", bounds, unit=self._unit(unit_start, end))
        return self._counted(start, unit_start, end, word, bounds, more=number.more)

    def _counts(self, start: int, run_end: int, end: int, word: str, number: _Number) -> bool:
        """Whether a Chinese numeral with a measure word is a count, not an article or a name."""
        folded, run = self.folded, self.folded[start:run_end]
        before = folded[max(0, start - 4) : start]
        if _NO_NUMERAL_BEFORE.search(before) or _names.inside(self.quotations, start):
            return False
        if run == "一" and not number.more:
            return self._measures_one(start, end, word)
        if run == "二" or (word in _LEVELS and len(run) > 1 and not run.startswith("十")):
            return False
        if word == "大" and run != "十" and len(run) > 1:
            return False  # 十八大, 二十大
        if run in _VAGUE and not number.more:
            return run != "十" and bool(_context.approximation_before(folded, start))
        return not _names.is_set_phrase(folded, start, end)

    def _measures_one(self, start: int, end: int, word: str) -> bool:
        """Whether 一 measures (一倍, 一个月) or closes its clause (窗口一个)."""
        before = self.folded[max(0, start - 4) : start]
        if before[-1:] in _NOT_FINAL:
            return False
        if word in _MEASURED_ONE:
            return True
        if word == "年":
            return bool(_YEAR_LONG.search(before))
        final = word in _FINAL_ONE and _CLAUSE_END.match(self.folded, end)
        return bool(final) and "\u3400" <= before[-1:] <= "\u9fff"

    def _parts(self, match: re.Match[str]) -> int:
        """百分之三, 千分之五: the unit is the sign."""
        digits = match[2]
        if not digits[0].isdigit():
            number = self._numeral(match.start(2))
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
        """第二批, 第3位, 全省第一; nothing for 第一责任人."""
        match = _ORDINAL.match(self.folded, start)
        if match is None:
            return start + 1
        digits = match[1]
        if not digits.isdigit():
            bounds = chinese_number(digits)
            if bounds is None or bounds[0] != bounds[1]:
                return match.end()
            digits = str(bounds[0])
        at = match.end()
        end, word = unit_at(self.folded, at)
        if not word:
            end = match.end(1)
            if not _context.follows_ranked_place(self.folded, start):
                return end
            return self._add(start, end, "ordinal", (digits, digits))
        if _names.is_title(self.folded, start):
            return end
        kind: QuantityKind = "label" if KINDS[word] == "label" else "ordinal"
        unit = self._unit(at, end)
        return self._add(start, end, kind, (digits, digits), unit=unit)
