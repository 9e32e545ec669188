"""The figures of a folded text in the form in which the checker compares them.

四成, 三分之二 and 一半 are percentages, 首位 and 全省最多 the first rank, 连续第五年 is five years,
and the bare figures under a table's 单位:万元 are money.
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.quantities import find_quantities
from summarizer.types import Quantity

_FIRST_PLACE = re.compile(
    r"(?:(?:[居列占]|位于|排名?|名列)[^,;。0-9]{0,8}|全[国省市区县]|世界|全球)(首位|榜首)"
    r"|(?:全[国省市区县]|世界|全球)(最多|最高|最大|最快|之首)(?!的?限度)"
)
_CELL_UNIT = re.compile(r"\(?单位:(亿|万|)元\)?$")
_SCALE = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_TOP = re.compile(r"(?:全[国省市区县]|世界|全球|[居列排])前$")
_EACH = re.compile(r"每(平方米|立方米|平方公里|公里|吨|公斤|升|亩|公顷)$")
_A_TIME = re.compile(r"/(?:年|月|日|天|周|小时)$")
_LONGEST_UNIT = 6
_YEARS = re.compile(r"[一二两三四五六七八九十]+年")
_ENDS_AT = re.compile(r"[\u4e00-\u9fff]{0,4}[到至为]")  # 从7个工作日缩短到4个
_FRAME = re.compile(r"以?来|间|里|内|累计|共|义务教育|一贯制")
_PHASE = re.compile(r"[一二三四五六]期")
_NAMED = re.compile(r"[\u4e00-\u9fff][^办展共开设第分为\d]$")
_WORK = re.compile(r"[等均都]|、|工程|项目|建设|扩|及|和|与|投|开工|竣工|全面")
_HALF = re.compile(r"[过大多]半(?=[^年]|$)|一半|半数")


def comparable_quantities(folded: str) -> list[Quantity]:
    """Find the figures of a folded text; offsets are those of the text."""
    found = [
        _per(_as_place(_in_a_row(_as_percent(q), folded), folded), folded)
        for q in find_quantities(folded)
        if not (_is_each(q, folded) or _frames(q, folded) or _is_phase(q, folded))
    ]
    found = _of_one_unit(found, folded)
    found += _halves(folded, found)
    found += _first_places(folded, found)
    if "单位:" in folded:
        found = _under_headers(folded, found)
    return sorted(found, key=lambda q: q.start)


def _is_each(quantity: Quantity, folded: str) -> bool:
    """Whether a figure is the one of 每1元, which counts nothing."""
    return quantity.value == 1 and folded.endswith("每", 0, quantity.start)


def _frames(quantity: Quantity, folded: str) -> bool:
    """Whether a span of years says when (五年来), and is no figure of its own."""
    return bool(_YEARS.fullmatch(quantity.text) and _FRAME.match(folded, quantity.end))


def _is_phase(quantity: Quantity, folded: str) -> bool:
    """Whether a numeral is part of a work's name: 长江存储三期."""
    return bool(
        _PHASE.fullmatch(quantity.text)
        and _NAMED.search(folded, max(0, quantity.start - 2), quantity.start)
        and _WORK.match(folded, quantity.end)
    )


def _as_percent(quantity: Quantity) -> Quantity:
    """Return tenths (四成) and fractions (三分之二) as the percentages that they are."""
    if quantity.value is None:
        return quantity
    if quantity.unit == "成":
        value = quantity.value * 10
    elif "分之" in quantity.text and not quantity.unit:
        value = quantity.value * 100
    else:
        return quantity
    return quantity.model_copy(update={"value": value, "unit": "%", "kind": "percent"})


def _in_a_row(quantity: Quantity, folded: str) -> Quantity:
    """Return the rank of 连续第五年 as the five years that it says."""
    if quantity.kind != "ordinal" or quantity.unit not in ("年", "季度"):
        return quantity
    if not folded.endswith("连续", 0, quantity.start):
        return quantity
    return quantity.model_copy(update={"kind": "duration"})


def _per(quantity: Quantity, folded: str) -> Quantity:
    """Return 41微克 of 每立方米41微克 under the measure word that it has: 微克/立方米."""
    if _A_TIME.search(quantity.unit):  # 3095万吨/年: by what time, `_scope` compares
        return quantity.model_copy(update={"unit": _A_TIME.sub("", quantity.unit)})
    each = _EACH.search(folded, max(0, quantity.start - _LONGEST_UNIT), quantity.start)
    if each is None or quantity.kind != "count" or not quantity.unit:
        return quantity
    return quantity.model_copy(update={"unit": f"{quantity.unit}/{each.group(1)}"})


def _as_place(quantity: Quantity, folded: str) -> Quantity:
    """Return the bare figure of 位居全国前10 as the place that it is, like 前10位."""
    if quantity.unit not in ("", "位", "名") or not _TOP.search(folded, 0, quantity.start):
        return quantity
    return quantity.model_copy(update={"kind": "ordinal", "unit": "位"})


def _of_one_unit(found: list[Quantity], folded: str) -> list[Quantity]:
    """Give the first of 0.7个和1.4个百分点 the unit that stands behind the second alone."""
    shared = list(found)
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], shared[n + 1]
        listed = folded[first.end : second.start] in ("、", "和", "与", "及")
        bare = not first.unit and second.kind == "percent"  # 分别提高15、22个百分点
        ends = _ENDS_AT.fullmatch(folded, first.end, second.start)
        behind = folded[second.end : second.end + 1]
        if ends and second.unit == "个" and behind in ",;。、" and len(first.unit) > 1:
            shared[n + 1] = second.model_copy(update={"unit": first.unit, "kind": first.kind})
        if listed and (bare or (first.unit == "个" and second.unit == "个百分点")):
            shared[n] = first.model_copy(update={"unit": second.unit, "kind": second.kind})
    return shared


def _halves(folded: str, others: list[Quantity]) -> list[Quantity]:
    """Return 一半, 半数 and 过半 as the percentages that they are."""
    taken = {q.start for q in others}
    found = []
    for half in _HALF.finditer(folded):
        if half.start() in taken:
            continue
        over = half.group().startswith(("过", "大", "多")) or folded.startswith("以上", half.end())
        found.append(
            Quantity(
                text=half.group(),
                start=half.start(),
                end=half.end(),
                value=Decimal(50),
                canonical="50",
                unit="%",
                kind="percent",
                approx="over" if over else None,
            )
        )
    return found


def _first_places(folded: str, others: list[Quantity]) -> list[Quantity]:
    """Return 首位, 榜首 and 全省最多 as the first rank that they are."""
    taken = {at for q in others for at in range(q.start, q.end)}
    return [
        Quantity(
            text=place.group(place.lastindex or 0),
            start=place.start(place.lastindex or 0),
            end=place.end(place.lastindex or 0),
            value=Decimal(1),
            canonical="1",
            unit="位",
            kind="ordinal",
        )
        for place in _FIRST_PLACE.finditer(folded)
        if place.start(place.lastindex or 0) not in taken
    ]


def _under_headers(folded: str, found: list[Quantity]) -> list[Quantity]:
    """Return the bare figures of a table's column as money where its header says 单位:万元."""
    money: dict[int, tuple[Decimal, int]] = {}
    column, scale, at = -1, Decimal(1), 0
    for line in folded.split("\n"):
        cells = line.split("\t")
        units = [(n, unit) for n, cell in enumerate(cells) if (unit := _CELL_UNIT.search(cell))]
        if units:
            column, scale = units[0][0], _SCALE[units[0][1].group(1)]
        elif len(cells) <= column or len(cells) < 2:
            column = -1
        elif column > 0:
            start = at + sum(len(cell) + 1 for cell in cells[:column])
            money[start] = (scale, start + len(cells[column].rstrip()))
        at += len(line) + 1
    return [_as_money(q, *money[q.start]) if q.start in money else q for q in found]


def _as_money(quantity: Quantity, scale: Decimal, end: int) -> Quantity:
    if quantity.unit or quantity.end != end or quantity.value is None:
        return quantity
    value = quantity.value * scale
    changes = {"value": value, "canonical": f"{value:f}", "unit": "元", "kind": "money"}
    return quantity.model_copy(update=changes)
