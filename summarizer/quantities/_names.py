"""Numerals that name a thing and count nothing: labels, list markers, set phrases.

A label (12345热线, 〔2021〕14号, 12·4, “1+1+N”, 5G) becomes a quantity of its own kind. A list
marker (一、, (二), 1.) and a numeral in a set phrase (一规划两纲要, 三项制度) become nothing. Set
phrases are told by their structure: numerals in step (四所一庭: numeral, noun, numeral, noun), a
Chinese numeral in a short quotation (“四个最严”), a numeral with no measure word behind it. Only
the political formulas that look exactly like counts (两个维护) need a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_NUMERAL = "一二两三四五六七八九十百千万"
_HAN = rf"(?:(?![{_NUMERAL}])[\u3400-\u9fff])"

URL = re.compile(r"(?:https?://|www\.)[!-'*-;=?-~]+")
MIXED = re.compile(r"[A-Za-z0-9]+(?:[._/@:#&?=+-][A-Za-z0-9]+)*")
DOCUMENT_YEAR = r"[〔\[【(](?=(?:19|20)\d\d[〕\]】)])"
DOCUMENT_NUMBER = re.compile(DOCUMENT_YEAR + r"\d{4}. ?(?:第 ?)?\d{1,6} ?号")
_SUM = re.compile(r"\d+(?:\+(?:\d+|[A-Za-z]+))+")
_DOTTED = re.compile(r"\d{1,2}(?:·\d{1,2})+(?!\d)")
_PHONE = re.compile(
    r"(?:0\d{2,3}|400)-\d{3,8}(?:-\d{1,6})?(?!\d)|1[3-9]\d{9}(?!\d| ?[\u3400-\u9fff])"
)
_SERIES = re.compile(r"\d+(?:\.\d+){2,}|\d+(?:-\d+){2,}|0\d*-\d+|\d+-0\d+|\d+-\d{7,}")
_PRODUCT = re.compile(r"\d+ ?[×xX*] ?\d+(?: ?小时)?")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d.])|\d{1,3}/\d{1,3}(?![\d/.])")
_LABELS = (_SUM, _DOTTED, _PHONE, _SERIES, _PRODUCT, _RATIO)

_LIST_MARKER = re.compile(r"\d{1,3} ?[.、)](?!\d)")
_FOOTNOTE = re.compile(r"\d{1,3}\]")
_BEFORE_MARKER = "\n。;:!?”》"
_PAGE = re.compile(r" *- ?\d+ ?- *\r?(?:\n|$)")

_CALLED = re.compile(
    r"(?:电话|热线|邮编|邮政编码|编码|传真|账号|编号|号码|代码|附件|附表|附图|专栏|表|图|微信|QQ"
    r"|大道|路|街|巷|弄):?[“\"]?$"
)
_CALLS = re.compile(
    r"[”\"]? {0,2}(?:(?:在线|政务|政府|市民|便民|公共|法律|监督|服务|举报|投诉|维权|公益|检察){0,4}"
    r"(?:热线|平台|电话|专线)|报警|急救|接处?警|警情|指挥中心|专栏|计划|工程|高校)"
)
_COUNTED = re.compile(r"(?:数量?|[达为约近超逾共计有至到过余]|人数|总量|合计|突破|分别) {0,2}$")

# Names of places that read exactly like counts.
_PLACES = re.compile(
    r"(?:[三五九]台|三门|二道|三元|八步|两当)(?=[县区](?![级域内直属]))"
    r"|五台(?=山)|七台河|四方台|三门(?=峡)|二道(?=江)|五家渠|七里(?=河|店)"
)
# Formulas that read exactly like counts; each is a name known all over the country.
_FORMULAS = re.compile(
    r"两个(?:维护|确立|毫不动摇|一百年|大局|结合|先行区|务必|责任(?!单位|主体|部门))"
    r"|三个(?:代表|务必|区分开来|没有变)|四个(?:意识|自信|全面|伟大|服从|善于|不摘|最严|革命|铁一般)"
    r"|五个(?:一百|文明|必由之路|坚持|统筹|一工程)|[六十]个(?:必须坚持|坚持|明确)"
    r"|[三四五六七八九十]个一(?![级般流])|两个市场|两种资源|两级法院|两位数|[两三]代表一委员"
    r"|三项(?:制度|纪律)|[四六]项(?:基本原则|纪律)|八项规定|十项规定|五年规划|五保户"
    r"|三次(?:产业|分配)|三条控制线|三道红线|三部曲|五级书记|三期叠加|[两三]步走|三层次|三头六臂"
    r"|[二三四五六]期(?:等|工程|项目|建设|规划|改造|扩建)"
    r"|[一二三四五]级(?:[甲乙丙]等|医院|综合|响应|应急|预警|警|文物|保护|英雄|高级|法官|检察官"
    r"|律师|建造|资质|等保|以上|、)"
)
# 四所一庭, 一规划两方案; a classifier that only counts (五个三级医院) begins no such phrase.
_IN_STEP = re.compile(
    rf"[{_NUMERAL}](?![年月日天]|[个家项名件位份次种类](?!一(?![级流类]))){_HAN}{{1,2}}"
    rf"[{_NUMERAL}](?![余多甲流]){_HAN}"
)
_SHORT_QUOTE = 16
_NEXT_YEAR = re.compile(r" ?[、,和及与] ?(?:(?:19|20)\d\d ?[、,和及与] ?)*(?:19|20)\d\d ?年")
_NAME_CLOSES = re.compile(r" ?[”’\"'》]")
# A noun behind a bare number makes it a name (863计划); these words do not.
_HAN_FOLLOWS = re.compile(
    r" ?(?![和与及至到比或左以上下之内占其为是较同均在已的分共各增减万亿余多])[\u3400-\u9fff]"
)
_NUMBERED_SERIES = re.compile(r"(?:[、和及与]\d{1,3})+ ?(?:号|季度|栋|楼)")  # 1、2号线
_NAME_LIKE = re.compile(r"\d+|\d{1,2}\.\d{1,2}")  # 863计划, 3.15晚会
_TITLES = re.compile(
    r"第[一二三](?:责任人|议题|方(?!面)|书记|时间|线|手(?!段)|要务|资源|动力|生产力|产业|人称|位的"
    r"|课堂|道防线|人民|要素|需求|信号|任务|年级|国策|检察院|分院|中学|小学|医院|中级|步兵)"
)


def label_at(folded: str, at: int) -> int | None:
    """Where the label that begins with a digit at `at` ends; None for a plain number."""
    for pattern in _LABELS:
        match = pattern.match(folded, at)
        if match:
            return match.end()
    return None


def list_marker_at(folded: str, at: int) -> int | None:
    """Where the list marker in digits at `at` ends: 1., 2、, (3), a page's or footnote's number."""
    footnote = _FOOTNOTE.match(folded, at) if folded[at - 1 : at] == "[" else None
    if footnote:
        return footnote.end()
    match = _LIST_MARKER.match(folded, at)
    if match is None:
        page = _PAGE.match(folded, folded.rfind("\n", max(0, at - 8), at) + 1) if at else None
        return page.end() if page and page.start() < at < page.end() else None
    before = folded[max(0, at - 12) : at].rstrip(" ")
    if before[-1:] in ("(", "[") and folded[match.end() - 1] == ")":
        return match.end()
    if (not before and at <= 12) or (before[-1:] and before[-1] in _BEFORE_MARKER):
        return match.end()
    return None


def is_year(folded: str, start: int, end: int) -> bool:
    """Whether four bare digits are a year: heads of tables, 2021、2022年; 达2000 is a count."""
    if end - start != 4 or not "1949" <= folded[start:end] <= "2099":
        return False
    before = folded[max(0, start - 4) : start]
    if before[-1:] and "\u3400" <= before[-1:] <= "\u9fff":
        return bool(_NEXT_YEAR.match(folded, end)) and not _COUNTED.search(before)
    return not _NAME_CLOSES.match(folded, end)


def is_title(folded: str, start: int) -> bool:
    """Whether 第一… at `start` is a word of its own: 第一责任人, 第三方."""
    return bool(_TITLES.match(folded, start))


def is_name(folded: str, start: int, end: int) -> bool:
    """Whether a bare number without a unit names a thing: a hotline, a version, a plan."""
    digits = folded[start:end]
    before, after = folded[max(0, start - 16) : start], folded[end : end + 16]
    opening, closing = before.rstrip(" ")[-1:], after.lstrip(" ")[:1]
    if closing and closing in "”’\"'》" and not _COUNTED.search(before):
        return True  # “12345”, “绿盾2020”
    if digits.endswith(".0") or (digits.startswith("0") and digits.isdigit() and len(digits) > 1):
        return True
    if _NUMBERED_SERIES.match(after):
        return True
    if _CALLED.search(before.replace(" ", "")) or _CALLS.match(after):
        return True
    if _COUNTED.search(before):
        return False
    if _HAN_FOLLOWS.match(folded, end) and _NAME_LIKE.fullmatch(digits):
        return True
    if len(digits) == 5 and digits.startswith("12") and opening:
        return "\u3400" <= opening <= "\u9fff" or opening in "、和及与"  # the 12xxx short codes
    return False


def quotations(folded: str) -> list[tuple[int, int]]:
    """The spans of the short quotations: what may be a name in quotation marks."""
    matches = re.finditer(r"“[^“”\n]*”|\"[^\"\n]*\"|‘[^‘’\n]*’", folded)
    return [m.span() for m in matches if m.end() - m.start() <= _SHORT_QUOTE + 2]


def inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether `at` lies in one of the spans, which are in order and do not overlap."""
    index = bisect_left(spans, (at + 1,)) - 1
    return index >= 0 and at < spans[index][1]


def is_set_phrase(folded: str, start: int, end: int) -> bool:
    """Whether the Chinese numeral (with its measure word) at start:end is part of a set phrase."""
    if (
        _PLACES.match(folded, start)
        or _FORMULAS.match(folded, start)
        or _IN_STEP.match(folded, start)
    ):
        return True
    # It may be the second numeral of a phrase in step.
    return any(start >= back and _IN_STEP.match(folded, start - back, end) for back in (2, 3))
