"""Whether one figure says what another says: value, measure word, and the words that hedge it.

约 covers half a unit of the last printed digit; 近 and 不足 stand for a true value a little below
the printed one, 超 and 余 for one a little above: 近350万 is 348.8万, 超过334万 is 334.1万. Without
such a word only the exact value passes, in whatever notation: 19.68万 is 196800, 四成 is 40%.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from summarizer.checker._lexicon import same_measure
from summarizer.types import CheckStatus, Quantity

Hedge = Literal["around", "near", "under", "over"]
# How far from a hedged figure the true value may be; up to one unit of its last digit (不到12%
# for 11.27%) a little more.
_LITTLE, _LITTLE_MORE = Decimal("0.06"), Decimal("0.09")
_LITTLE_ROUND = Decimal("0.1")
_NEAR_BEFORE = re.compile(r"(?:近|将近|逼近|接近[^,;。0-9]{0,6})$")
# Between the comparing word and the figure the thing compared with may stand: 超过总投资500万元.
# 超过签订的200条, but not 低于上年的8.3%, which says what last year's figure was.
# 低于全市的2.1名 says what the city's figure is.
_COMPARED_WITH = r"(?:(?!上年|去年|同期|[^,;。0-9]{0,4}年)[^,;。0-9]{0,6})"
_OF_ANOTHER = re.compile(
    r"[高低多少大小]于(?![^,;。]*(?:规定|要求|标准|目标|计划))[^,;。0-9]{2,}的?$"
)
_OVER_BEFORE = re.compile(
    rf"(?:(?:超过|(?<!不)[多高大]于){_COMPARED_WITH}|超|突破|逾|不少于|不低于)$"
)
_UNDER_BEFORE = re.compile(
    rf"(?:(?:不足|(?<!不)[少低小]于){_COMPARED_WITH}|不到|未满|未达到?|没有?达到|达不到|不超过|不多于|不高于)$"
)
_AROUND_SHARE = re.compile(r"约(?:占|相当于|等于)[^,;。\d]{1,12}$")
_AT_LEAST = re.compile(r"(?:下限|底线)[定设]?[为是]?$")
_LOWER_BOUND = re.compile(r"的?[^,;。\d]{0,6}(?:下限|底线)")
_LIST_HEDGES: dict[str, Hedge] = {
    "超": "over", "突破": "over", "逾": "over", "约": "around", "近": "near", "不足": "under",
}  # fmt: skip
_HEDGED_LIST = re.compile(
    rf"分别[达为]?({'|'.join(_LIST_HEDGES)})过?(?:[\d.]+[^\d,;。、和]{{1,6}}[、和与及])+$"
)
_FARTHER_OFF = 40
_HALF = Decimal("0.5")
_MORE_BEHIND = re.compile(r"多(?:[出了,;。]|$)")
_SET_AGAINST = re.compile(r"[比较][^,;。]*$")
_MORE_THAN = re.compile(r"多\d")  # 1163亿元多298亿元: a difference, and no word of degree
_SET_OFF = re.compile(r"[高低多少]于$")
_OF_THE = re.compile(r"的[^,;。\d]{0,4}(?:编制|平均|水平|目标|均值|总[数量额])")
_EXTREME = re.compile(r"最[高多长大低少短小](?:[有为达到]|达到)?$")
_COMPARED = re.compile(r"(?:高于|低于|快于|慢于|超过)[^,;。\d]{2,}$")
_FIVES = 5
_FRACTION = re.compile(r"(?<!百)分之|半")
# Units that measure one thing, with what each is worth in the first of its row: 1吨 = 1000公斤.
_SCALES: tuple[dict[str, Decimal], ...] = (
    {"公斤": Decimal(1), "千克": Decimal(1), "斤": _HALF, "吨": Decimal(1000)},
    {
        "亩": Decimal(1),
        "公顷": Decimal(15),
        "平方公里": Decimal(1500),
        "平方米": Decimal("0.0015"),
    },
    {"米": Decimal(1), "千米": Decimal(1000), "公里": Decimal(1000), "里": Decimal(500)},
    {"元": Decimal(1), "分": Decimal("0.01")},
    {"倍": Decimal(1), "%": Decimal("0.01")},
)
_SCALE_OF = {unit: scale for scale in _SCALES for unit in scale}


class Agreement(NamedTuple):
    """How a figure of the text agrees with one of the source; `fault` is empty if it does."""

    status: CheckStatus
    fault: Literal["", "approx"] = ""


_PLACES_IN_A_RANKING = frozenset({"", "位", "名"})


def hedge_of(quantity: Quantity, text: str) -> Hedge | None:
    """Return how the figure is hedged in folded `text`, the word before it included."""
    before = text[max(0, quantity.start - 10) : quantity.start]
    compares = _MORE_BEHIND.match(text, quantity.end) and _SET_AGAINST.search(before)
    if compares or _MORE_THAN.match(text, quantity.end):
        return None
    if "点" in quantity.unit and _COMPARED.search(before):
        return None  # 高于全省平均0.8个百分点: a difference too
    if _OF_ANOTHER.search(before):
        return None
    if _SET_OFF.search(before) and _OF_THE.match(text, quantity.end):
        return None  # 低于1.46万名的核定编制
    if _EXTREME.search(before):
        return None  # 单案最高判赔1050万元 is the figure itself
    if _UNDER_BEFORE.search(before):
        return "under"
    if _NEAR_BEFORE.search(before):
        return "near"
    if quantity.approx == "about":
        return "around"
    if quantity.approx is None:
        return _hedge_before(quantity, text)
    return quantity.approx


def _hedge_before(quantity: Quantity, text: str) -> Hedge | None:
    """Return the hedge that stands farther off: 约占全球10%, 分别突破1.5万亿元、1.4万亿元."""
    before = text[max(0, quantity.start - _FARTHER_OFF) : quantity.start]
    if _OVER_BEFORE.search(before) or _AT_LEAST.search(before):
        return "over"
    if _LOWER_BOUND.match(text, quantity.end):
        return "over"
    if quantity.kind == "percent" and _AROUND_SHARE.search(before):
        return "around"
    listed = _HEDGED_LIST.search(before)
    return _LIST_HEDGES[listed[1]] if listed else None


def in_other_units(quantity: Quantity) -> list[Decimal]:
    """Return the value in the other units of the same scale: of 15亩 that of 1公顷."""
    scale = _SCALE_OF.get(quantity.unit, {})
    if quantity.value is None:
        return []
    worth = quantity.value * scale.get(quantity.unit, Decimal(1))
    return [worth / each for unit, each in scale.items() if unit != quantity.unit]


def converted(quantity: Quantity, unit: str) -> Quantity | None:
    """Return a figure in another unit of its scale (15亩 in 公顷); None where there is no way."""
    scale = _SCALE_OF.get(quantity.unit)
    if scale is None or unit == quantity.unit or unit not in scale or quantity.value is None:
        return None
    return quantity.model_copy(
        update={"value": quantity.value * scale[quantity.unit] / scale[unit]}
    )


def hedged_before(quantity: Quantity, text: str) -> bool:
    """Whether the word that hedges a figure stands before it (超过96%) and not behind (96%以上)."""
    before = text[max(0, quantity.start - 10) : quantity.start]
    return any(hedge.search(before) for hedge in (_OVER_BEFORE, _UNDER_BEFORE, _NEAR_BEFORE))


def same_number(ours: Quantity, theirs: Quantity) -> bool:
    """Whether both print the same value, in whatever notation; ranges by both ends."""
    if ours.value is not None and theirs.value is not None:
        return ours.value == theirs.value
    if ours.low is not None and theirs.low is not None:
        return (ours.low, ours.high) == (theirs.low, theirs.high)
    return ours.value is None and theirs.value is None and ours.canonical == theirs.canonical


def same_unit(ours: Quantity, theirs: Quantity) -> bool:
    """Whether both count in the same measure word, or in one that may stand for it."""
    if ours.kind != theirs.kind:
        kinds = {ours.kind, theirs.kind}
        if kinds != {"count", "duration"} and kinds != {"count", "ordinal"}:
            return False
        return ours.unit == theirs.unit and ours.kind != "ordinal" != theirs.kind
    if ours.kind == "percent":
        return ("点" in ours.unit) == ("点" in theirs.unit)
    if ours.kind == "ordinal":  # 第二个 is not 第二批, 第三名 is 第3位
        return ours.unit == theirs.unit or {ours.unit, theirs.unit} <= _PLACES_IN_A_RANKING
    return same_measure(ours.unit, theirs.unit)


def last_digit(quantity: Quantity) -> Decimal:
    """Return what one unit of the last digit that was printed and is not 0 is worth."""
    value = quantity.value
    if value is None or value == 0:
        return Decimal(1)
    digits = value.normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    return Decimal(1).scaleb(exponent)  # of 四成 too: its value is 40


def printed_digit(quantity: Quantity) -> Decimal:
    """Return what one unit of the last digit that was printed is worth: of 1.25万 it is 100."""
    fraction = re.search(r"[.．点](\d+)", quantity.text)
    decimals = len(fraction.group(1)) if fraction else 0
    scale = Decimal(10 if "成" in quantity.text else 1)
    for sign, worth in (("亿", 8), ("万", 4), ("億", 8), ("萬", 4)):
        if sign in quantity.text:
            scale = scale.scaleb(worth)
    return scale.scaleb(-decimals)


def agree(
    ours: Quantity,
    theirs: Quantity,
    hedge: Hedge | None,
    source_hedge: Hedge | None,
    *,
    reworded: bool = False,
) -> Agreement | None:
    """Compare a figure of the text with one of the source; None if the values differ.

    `reworded`: whether the two are hedged in different words, as 超过95% and 96%以上 are. An
    `Agreement` with a fault has the right digits under the wrong word, as 不足500亿 for 突破500亿.
    """
    if same_number(ours, theirs):
        status: CheckStatus = "exact" if _plain(ours) == _plain(theirs) else "converted"
        if hedge == source_hedge or _compatible(hedge, source_hedge):
            return Agreement(status)
        if ours.kind in ("duration", "ordinal"):
            opposed = {hedge, source_hedge} == {"over", "under"}
            return Agreement(status, "approx" if opposed else "")
        return Agreement(status, "approx")
    if hedge is None or ours.value is None or theirs.value is None:
        return None
    if source_hedge is not None:
        if source_hedge == "around" and hedge == "near" and _rounds(ours, theirs, hedge):
            return Agreement("rounded")  # 近2亿元 for 约1.9亿元
        weaker = hedge == source_hedge and _weaker(ours, theirs, hedge, reworded=reworded)
        return Agreement("rounded") if weaker else None
    return Agreement("rounded") if _rounds(ours, theirs, hedge) else None


def _plain(quantity: Quantity) -> str:
    return re.sub(r"[\s余多]", "", quantity.text)


def _compatible(hedge: Hedge | None, source_hedge: Hedge | None) -> bool:
    if hedge == "around":
        return True  # 约5.6万 of 5.6万 says no more than the source
    return {hedge, source_hedge} in ({"near", "around"}, {"near", "under"})


def _weaker(ours: Quantity, theirs: Quantity, hedge: Hedge, *, reworded: bool) -> bool:
    """Whether one bound follows from the other and is plainly the rounder: 96%以上, 超过95%.

    A changed digit must not pass for a weaker bound: in the source's own wording only the next
    higher digit may be rounded to.
    """
    assert ours.value is not None
    assert theirs.value is not None
    if hedge not in ("over", "under"):
        return False
    gap = theirs.value - ours.value if hedge == "over" else ours.value - theirs.value
    rounder = last_digit(ours) > last_digit(theirs)
    to_five = reworded and _fives(ours) and not _fives(theirs)
    return (rounder or to_five) and 0 < gap <= abs(ours.value) * _LITTLE_MORE


def _fives(quantity: Quantity) -> bool:
    assert quantity.value is not None
    return (quantity.value / last_digit(quantity)) % _FIVES == 0


def _rounds(ours: Quantity, theirs: Quantity, hedge: Hedge) -> bool:
    stated, true = ours.value, theirs.value
    assert stated is not None
    assert true is not None
    unit, gap = last_digit(ours), abs(stated - true)
    if _FRACTION.search(ours.text):  # 超过四分之一 for 27.4%, 约三分之一 for 33.7%
        if hedge == "around":
            return gap <= abs(stated) / 20
        return gap <= abs(stated) / 10 and (true > stated) is (hedge == "over")
    little = max(abs(stated) * _LITTLE, min(unit, abs(stated) * _LITTLE_MORE))
    if significant_digits(ours) == 1:  # 百余人 for 110, 接近30个 for 27
        little = max(
            little, abs(stated) * (_LITTLE_ROUND * 2 if hedge == "over" else _LITTLE_ROUND)
        )
    little = min(little, unit * (_FIVES if _fives(ours) else 1))  # 近357万 is not 348.8万
    if gap > little or unit < last_digit(theirs):
        return False
    if hedge == "around":
        return gap <= unit * _HALF
    if hedge in ("near", "under"):
        return true < stated
    return true > stated


def significant_digits(quantity: Quantity) -> int:
    """Return how many digits of a value say something: of 96.8 three, of 2000 one."""
    return len(quantity.value.normalize().as_tuple().digits) if quantity.value is not None else 0
