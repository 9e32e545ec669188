"""Part of segmenting: the names of administrative areas (海口市美兰区).

No gazetteer: a name is what stands before 省, 市, 区, 县 … at the beginning of a title, of an
issuer's name or of the clause that says who did the work.
"""

from __future__ import annotations

import re

from summarizer.types import Span

_AREA = re.compile(
    r"[一-龥]{1,9}?(?:特别行政区|自治区|自治州|自治县|自治旗|街道|地区|省|市|州|盟|县|区|旗|镇|乡)"
)
_NO_NAME = re.compile(
    "政府|建设|工作|关于|情况|年度|法治|开展|推进|我们|各|的|[委局厅院部办年月日和与在是为将]"
)
_NO_NAME_START = re.compile(
    "城市|城区|社区|小区|园区|地区|省市|全国|[我全本该各贵][省市区县局镇乡]|[我该各]州|全州(?!县)|[在为以对把]|坚持|深入|紧|围绕|按照|加强|全面|扎实|根据|聚焦|锚定|贯彻|落实|学习"
    "|结合|立足|认真|统筹|着力|创建|打造|持续|切实|严格|积极|市(?![北南中])|[省市区县]委"
)
_LEAD_IN = re.compile(
    r"(?:关于|中共|国家[一-龥]{2,4}局|《|【.{1,8}】|(?:19|20)\d\d ?年?度?"
    r"|[一二][〇零九][〇零一二三四五六七八九]{2}年度?|[-~( ])*"
)
_CLAUSE = re.compile(r"(?:^|[,。;:\n])\s*(?:(?:19|20)\d\d年度?(?:以来|来)?,?)?")
# What such a clause goes on with: 溧阳市|坚持…, 四季青街道|在区委…领导下
_ACTS = re.compile(
    "[省市区县镇乡]?(?:委|党委|党工委|人民政府|政府|办事处)|坚持|认真|深入|始终|以|在|紧|全面|积极"
    "|切实|法治|严格|按照|围绕|扎实|持续|着力|高度|充分|牢|各|聚焦|立足|党政|统筹|贯彻"
)
_AFTER_AREA = re.compile("[省区县市]")


def find_area(folded: str) -> Span | None:
    """The administrative areas at the beginning of a folded text, the whole chain of them."""
    lead = _LEAD_IN.match(folded)
    start = at = lead.end() if lead else 0
    while found := _AREA.match(folded, at):
        end = found.end()
        name = found[0]
        # 郑州|市, 新乡|市, 通州|区, 津市|市: a name may itself end with a word for an area.
        if _AFTER_AREA.match(folded, end) and (
            name[-1] in "州镇乡" or (len(name) == 2 and name[-1] == "市")
        ):
            end += 1
        if _NO_NAME.search(folded, at, end) or _NO_NAME_START.match(folded, at, end):
            break
        at = end
    return Span(start, at) if at > start else None


def find_area_of_opening(folded: str) -> Span | None:
    """The area that the first sentences of a report say did the work."""
    for clause in _CLAUSE.finditer(folded, 0, 300):
        found = find_area(folded[clause.end() :][:60])
        if found:
            span = Span(clause.end() + found.start, clause.end() + found.end)
            if span.end - span.start >= 3 and _ACTS.match(folded, span.end):
                return span
    return None
