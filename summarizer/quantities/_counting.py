"""Whether a Chinese numeral with a measure word behind it counts, or is an article or a name.

一 with a measure word is mostly an article (一个, 一批): it counts only where it measures (一倍,
一个月) or ends its clause (增设窗口一个). 二 before a measure word is an ordinal (二级, 二期):
counting is done with 两. 百, 千 and 万 alone count only beside a word that makes them numbers
(近百家, 百余名). Nothing counts in a set phrase or in a short quotation.
"""

from __future__ import annotations

import re

from summarizer.quantities import _context, _names

_VAGUE = frozenset("百千万亿") | {"百万", "千万", "百亿", "千亿", "万亿", "十万", "十亿"}
_CLAUSE_END = re.compile(r" ?(?:[,。;:、)”\n]|$)")
_MEASURES = re.compile("倍|个?小时|分钟|个月|个?工作日|个季度|周|刻钟|个百分点|成")
_FINAL = re.compile("[次个件项名家条部场份起座所处期套例宗篇]|人次|场次")
_NOT_FINAL = frozenset("再又每这那某同任另首第哪跑统唯单逐万归合头前后上下此了如不之在")
_SPAN_OF_YEARS = re.compile(r"(?:为期|不足|满|至少|超过?|历时|每|近) ?$")
_NOT_COUNTED = re.compile(r"(?:[第周初几数双老\d.]|星期|礼拜|[一二三四五六七八九]、)$")
_LEVELS = frozenset("级大层")


def counts(
    folded: str,
    start: int,
    run_end: int,
    end: int,
    *,
    word: str,
    more: bool,
    quotations: list[tuple[int, int]],
) -> bool:
    """Whether the numeral at start:run_end counts with its measure word, which ends at `end`.

    `more`: 余 or 多 stands in it. `quotations`: the short quotations of the text.
    """
    run = folded[start:run_end]
    before = folded[max(0, start - 4) : start]
    if _NOT_COUNTED.search(before) or _names.inside(quotations, start):
        return False
    if run == "一" and not more:
        return _measures_one(folded, start, end, word)
    if run == "二":
        return False
    if word in _LEVELS and len(run) > 1:  # 十八大, 二十大
        return False
    if run in _VAGUE and not more:
        return _context.makes_number(folded, start)
    return not _names.is_set_phrase(folded, start, end)


def _measures_one(folded: str, start: int, end: int, word: str) -> bool:
    """Whether 一 measures (一倍, 一个月) or closes its clause (窗口一个)."""
    before = folded[max(0, start - 4) : start]
    if before[-1:] in _NOT_FINAL:
        return False
    if _MEASURES.fullmatch(word):
        return True
    if word == "年":
        bounded = _context.approximation(folded, start, end, years=True, more=False, share=False)
        return bool(bounded or _SPAN_OF_YEARS.search(before))
    final = _FINAL.fullmatch(word) and _CLAUSE_END.match(folded, end)
    return bool(final) and "\u3400" <= before[-1:] <= "\u9fff"
