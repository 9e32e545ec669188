"""What the words around a number say of it: about, over or under; a rank; a span of days.

All functions look at a bounded stretch of the folded text before or behind the number.
"""

from __future__ import annotations

import re

from summarizer.types import Approx

_BEFORE = 8
_FILLER = r"(?:有|为|达到?|占|了|到)? ?$"

_ABOUT_BEFORE = re.compile(r"(?:约|近|大约|将近|接近|大概)" + _FILLER)
# 节约, 预约, 签约: 约 ends another word; 损失约 and 调解约 do not. 最近, 附近: so does 近.
_NOT_ABOUT = re.compile(r"(?:[节预签违履邀缔]约|[附最临靠邻亲远新相]近)" + _FILLER)
_UNDER_BEFORE = re.compile(
    r"(?:不足|不超过|未超过|不超|不到|不高于|不多于|不大于|至多|最多|最高|最长"
    r"|(?<!不)[低少小短]于|未满|不满|未达到?|未到)" + _FILLER
)
_OVER_BEFORE = re.compile(
    r"(?:超|超过|超出|突破|逾|不低于|不少于|不小于|不下于?|至少|最少|最低|高于|大于|多于|上|过)"
    + _FILLER
)
_FRACTION = re.compile(r"\d+\.\d")
_ROUND = frozenset("百千万亿")
_NOT_OVER = re.compile(
    r"(?:通过|经过|[以之加向晚早网线马迈登跃踏走赶]上|[通经路度放看做办去来审读说走跨翻]过|赶超|反超)"
    + _FILLER
)
_OVER_AFTER = re.compile(
    r" ?(?:\(含\))?(?:以上|及以上|之上|余(?![额下款人])|多(?![元样种层方个出了于])|开外|有余)"
)
_ABOUT_AFTER = re.compile(r" ?(?:左右|上下(?!游|级|班|车))")
_UNDER_AFTER = re.compile(r" ?(?:\(含\))?(?:以下|及以下|以内|之内|内(?![部容涵在外设]))")
_RECENT_YEARS = re.compile(r"近 ?$")
_LASTED = re.compile(r"(?:历时|耗时|用时|长达|持续|达|累计) ?近 ?$")

_RANKING = re.compile(
    r"(?:排名|排在|排|位列|名列|列|位居|跃居|稳居|居|位次|名次|升至|升到)"
    r"[全国省市区县州域前第同类内的位城]{0,6} ?$"
)
_PLACE = (
    r"(?:全国|全省|全市|全区|全县|全州|全球|世界|国内|省内|市内|[省市区县州居列排名位获第]|保持[东西南北中华]{1,2}部?"
    r"|地区|城市|同类|行业)"
)
_RANKED = re.compile(_PLACE + r"[^,。;:\n]{0,4}$")
_TERM_AFTER = re.compile(r" ?(?:内|以内|之内|以上|以下|左右|后|期|游|有余|罚|拘)")
_TERM_BEFORE = re.compile(
    r"(?:不[足到满]|未满|[少多]于"
    r"|延长|提前|至少|共|历时|连续|缩短|压缩|压减|减至|减少|满|达|超过?|近|约|为|[到至]|平均) ?$"
)
_SESSION_BEFORE = re.compile(r"届[^,。;\d\n]{0,6}$")
_MEETING_AFTER = re.compile(r"(?:全会|全体|会议|全委|代表大会|党代会|常委会|扩大)")


def approximation(
    folded: str, start: int, end: int, *, years: bool, more: bool, share: bool
) -> Approx | None:
    """Whether the number at start:end is said to be about, over or under what it is.

    `years`: it counts years, so that 近三年 is "the last three years", not "about". `more`: 余 or
    多 stands inside it. `share`: it is a percentage; of 约占六大产业的三成 only 三成 is about.
    """
    if more:
        return "over"
    if not share and folded.endswith("占", 0, start):
        return None
    if _OVER_AFTER.match(folded, end):
        before = folded[max(0, start - _BEFORE) : start]
        return "under" if _UNDER_BEFORE.search(before) else "over"
    if _ABOUT_AFTER.match(folded, end):
        return "about"
    if _UNDER_AFTER.match(folded, end):
        return "under"
    before = folded[max(0, start - _BEFORE) : start]
    if _UNDER_BEFORE.search(before):
        return "under"
    if _OVER_BEFORE.search(before) and not _NOT_OVER.search(before):
        counted = before.endswith("上") and folded[start] not in _ROUND  # 在会议上9次, and 上百次
        return None if counted else "over"
    if _ABOUT_BEFORE.search(before) and not _NOT_ABOUT.search(before):
        if years and _RECENT_YEARS.search(before) and not _LASTED.search(before):
            return None
        return "about"
    return None


def makes_number(folded: str, start: int) -> bool:
    """Whether a word before `start` makes a bare 百 or 千 a number: 近百家, 超千人."""
    before = folded[max(0, start - _BEFORE) : start]
    if _ABOUT_BEFORE.search(before):
        return not _NOT_ABOUT.search(before)
    return bool(_OVER_BEFORE.search(before)) and not _NOT_OVER.search(before)


def is_rank(folded: str, start: int) -> bool:
    """Whether a place in a ranking is named before `start`: 位列369位, 排名全省12名, 前10名."""
    if _FRACTION.match(folded, start):
        return False  # 升至3.5名
    before = folded[max(0, start - 10) : start]
    if before.endswith(("安排", "编排", "居", "列")):
        return False
    return before.endswith(("前", "头")) or bool(_RANKING.search(before))


def follows_ranked_place(folded: str, start: int) -> bool:
    """Whether 第一 at `start` is a rank (全省第一, 位列第一) and not a word (安全第一)."""
    return bool(_RANKED.search(folded, max(0, start - 10), start))


def is_term(folded: str, start: int, end: int) -> bool:
    """Whether days without a month are a length of time (15日内) and not a date (于15日)."""
    if _TERM_BEFORE.search(folded, max(0, start - 4), start):
        return True
    return bool(_TERM_AFTER.match(folded, end))


def is_session(folded: str, start: int, end: int) -> bool:
    """Whether N次 at start:end numbers a meeting: 十二届十一次全会."""
    return bool(
        _SESSION_BEFORE.search(folded, max(0, start - 8), start)
        and _MEETING_AFTER.match(folded, end)
    )
