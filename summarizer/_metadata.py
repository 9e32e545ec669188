"""Part of segmenting: what the report says about itself. What it does not say is None.

Functions read the text and its folded form side by side: found in the folded one, given out in
the report's own characters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer._layout import Layout, find_dates, is_label, is_organ
from summarizer.folding import fold
from summarizer.types import Span

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KIND = "报告|总结|年报|汇报|述职|情况"
_TITLE = re.compile(rf"[^。;!?]{{2,76}}?(?:{_KIND})(?!.*(?:{_KIND}))")
_OTHER_KIND = re.compile(
    "(?:决议|决定|通知|办法|意见|条例|规定|方案|批复|函|纪要|解读|细则|名单|预案|要点|计划|价格表|目录|通报|评论|综述)$"
)
_TITLE_TAIL = re.compile(
    r"(?:(?:招标|中标|采购|成交)?公告|[-_|>].*| .*(?:网|政府|门户).*|\(?全文\)?|\(.{1,10}\)|(?:招标|中标|采购|成交).*)"
)
_SPLIT_HEAD = re.compile(
    r".{0,40}(?:关于|政府|委员会|局|委|厅|办公室|办事处)$|关于.{2,40}|(?:19|20)\d\d ?年度?.{0,30}|.{2,10}[省市区县旗州镇]$"
)
_GLUED_TITLE = re.compile(
    r"[^。,;:!?\n\r]{6,60}?(?:年度报告|情况报告|情况的报告|工作报告|工作总结|总结|报告)(?= |\(?(?:19|20)\d\d年|一、|各位)"
)
_SUBTITLE = re.compile(
    r"-*(?P<year>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日在(?P<body>.{2,20}?)第.{1,6}届人民代表大会"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年")
_HAN_YEAR = re.compile(r"([一二][〇零九]{1,2}[〇零一二三四五六七八九]{1,2})年")
_DOC_NUMBER = re.compile(r"[一-龥]{1,12}[〔\[(【](?:19|20)\d\d[〕\])】] ?第? ?\d{1,4} ?号")
_NO_NAME = re.compile("政府|建设|工作|关于|情况|年度|法治|开展|推进|我们|各|的|[年月日和与在]")
_AREA = re.compile(
    r"[一-龥]{1,9}?(?:特别行政区|自治区|自治州|自治县|自治旗|街道|地区|省|市|州|盟|县|区|旗|镇|乡)"
)
_LEAD_IN = re.compile(r"(?:关于|中共|《|(?:19|20)\d\d ?年?度?|\(|[-~至] ?)*")
_SPACE_IN_HAN = re.compile(r"(?<=[一-龥\d]) +(?=[一-龥\d])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says about itself; `title_spans` are the lines of its title."""

    title: str | None
    title_spans: tuple[Span, ...]
    region: str | None
    year: int | None
    issuer: str | None
    issued_on: dt.date | None
    doc_number: str | None
    of_work: bool


def find_metadata(text: str, folded: str, layout: Layout, said: Mapping[str, str]) -> Metadata:
    """The metadata of a text; `said` is what its file says (发布机构, 发文日期 …)."""
    labels = {fold(key).replace(" ", ""): value for key, value in said.items()}
    spans = _find_title(folded, layout)
    title = _join(text, folded, spans) or _first(labels, "标题", "名称", "title")
    heading = fold(title or "")
    front = " ".join(folded[span.start : span.end] for span in layout.front)
    opening = folded[layout.body_start : min(layout.body_end, layout.body_start + 600)]
    issuer = _find_issuer(text, folded, layout, labels)
    subtitle = next(
        (m for s in layout.front if (m := _SUBTITLE.search(folded, s.start, s.end))), None
    )
    of_work = "政府工作报告" in heading
    return Metadata(
        title=title,
        title_spans=tuple(spans),
        region=_find_region(text, folded, spans, subtitle, issuer, layout),
        year=_find_year(heading, opening, of_work, subtitle),
        issuer=issuer,
        issued_on=_find_date(folded, layout, labels, front),
        doc_number=_find_number(text, folded, layout, labels),
        of_work=of_work,
    )


def names_other_kind(title: str) -> bool:
    """Whether a folded title names another kind of document than a report."""
    return _OTHER_KIND.search(title) is not None


def _first(labels: Mapping[str, str], *keys: str) -> str | None:
    return next((labels[key].strip() for key in keys if labels.get(key, "").strip()), None)


def _find_title(folded: str, layout: Layout) -> list[Span]:
    """The lines of the title; with a glued one, the stretch of the first line that is it."""
    best: tuple[int, int] | None = None
    front = layout.front
    for at, line in enumerate(front):
        text = folded[line.start : line.end]
        if is_label(text) or len(text) > 90:
            continue
        found = _TITLE.match(text)
        rest = text[found.end() :].strip() if found else ""
        if not found or (rest and not _TITLE_TAIL.fullmatch(rest) and not _OTHER_KIND.search(text)):
            continue
        score = 2 * bool(_YEAR.search(text)) + ("报告" in text or "总结" in text) + (len(text) > 8)
        if best is None or score > best[0]:
            best = (score, at)
    if best is None:
        glued = _GLUED_TITLE.match(folded, layout.body_start, layout.body_end)
        return [Span(layout.body_start, glued.end())] if glued else []
    at = best[1]
    first = at
    while (
        first > 0
        and at - first < 2
        and _SPLIT_HEAD.fullmatch(folded[front[first - 1].start : front[first - 1].end])
        and not is_label(folded[front[first - 1].start : front[first - 1].end])
    ):
        first -= 1
    last = at
    if at + 1 < len(front) and re.fullmatch(
        "的.{0,10}报告", folded[front[at + 1].start : front[at + 1].end]
    ):
        last = at + 1
    return list(front[first : last + 1])


def _join(text: str, folded: str, spans: Sequence[Span]) -> str | None:
    """The title on one line, without the site's words behind it."""
    if not spans:
        return None
    pieces = [text[span.start : span.end] for span in spans]
    last = folded[spans[-1].start : spans[-1].end]
    found = _TITLE.match(last)
    if found and found.end() < len(last) and not _OTHER_KIND.search(last):
        pieces[-1] = pieces[-1][: found.end()]
    return _SPACE_IN_HAN.sub("", "".join(pieces)).strip("《》 ")


def _find_issuer(text: str, folded: str, layout: Layout, labels: Mapping[str, str]) -> str | None:
    if layout.signature:
        start, end = layout.signature
        dated = find_dates(folded[start:end])
        name = folded[start : start + dated[0].start()] if dated else folded[start:end]
        lines = [line for line in name.split("\n") if line.strip(" \r()")]
        if lines:
            at = folded.index(lines[0].strip(), start)
            return text[at : at + len(lines[0].strip())]
    for span in layout.front:
        line = folded[span.start : span.end]
        found = re.search(
            r"(?:来源|发布机构|发布单位|发文机关|发文单位|公开主体) ?[:】]? ?([一-龥]{3,30})", line
        )
        if (
            found
            and is_organ(found[1])
            and found[1].endswith(("政府", "委员会", "局", "厅", "办公室"))
        ):
            return text[span.start + found.start(1) : span.start + found.end(1)]
        found = re.match(
            r"([一-龥]{2,20}(?:人民政府|国务院)|国务院)(?:代?(?:省|市|区|县|州|旗|镇|乡)长|主席|总理)",
            line,
        )
        if found:
            return text[span.start : span.start + found.end(1)]
    said = _first(labels, "发布机构", "发文机关", "发布单位", "公开主体", "发文单位", "来源")
    if said:
        return said
    for span in layout.front:
        found = re.match(r"[一-龥]{2,20}?人民政府", folded[span.start : span.end])
        if found:
            return text[span.start : span.start + found.end()]
    return None


def find_area(folded: str) -> Span | None:
    """The names of administrative areas at the beginning of a folded text: 海口市美兰区."""
    lead = _LEAD_IN.match(folded)
    start = at = lead.end() if lead else 0
    while found := _AREA.match(folded, at):
        name = found[0]
        end = found.end()
        # 郑州|市, 新乡|市, 通州|区, 津市|市: the name itself ends with the word for an area.
        following = folded[end : end + 1]
        if following in ("市", "区", "县") and (name[-1] in "州镇乡" or len(name) == 2):
            end += 1
        if _NO_NAME.search(folded, at, end) or name[0] in "我全本各该":
            break
        at = end
    return Span(start, at) if at > start else None


def _find_region(
    text: str,
    folded: str,
    spans: Sequence[Span],
    subtitle: re.Match[str] | None,
    issuer: str | None,
    layout: Layout,
) -> str | None:
    if spans:
        title = _SPACE_IN_HAN.sub("", "".join(text[s.start : s.end] for s in spans))
        if found := find_area(fold(title)):
            return title[found.start : found.end]
    if subtitle and (found := find_area(subtitle["body"])):
        at = subtitle.start("body")
        return text[at + found.start : at + found.end]
    if issuer and (found := find_area(fold(issuer))):
        return issuer[found.start : found.end]
    opening = re.compile(r"(?:(?:19|20)\d\d年度?,?)").match(folded, layout.body_start)
    at = opening.end() if opening else layout.body_start
    if found := find_area(folded[at : at + 40]):
        return text[at + found.start : at + found.end]
    return None


def _find_year(
    heading: str, opening: str, of_work: bool, subtitle: re.Match[str] | None
) -> int | None:
    """The year reported on: a 政府工作报告 of 2026 reports on 2025."""
    years = [int(year) for year in _YEAR.findall(heading)] or [
        _from_han(numeral) for numeral in _HAN_YEAR.findall(heading)
    ]
    if years:
        return years[0] - of_work
    if subtitle:
        return int(subtitle["year"]) - 1
    found = _YEAR.search(opening)
    return int(found[1]) if found else None


def _from_han(numeral: str) -> int:
    return int("".join(str(_HAN_DIGITS[char]) for char in numeral))


def _find_date(
    folded: str, layout: Layout, labels: Mapping[str, str], front: str
) -> dt.date | None:
    places = []
    if layout.signature:
        places.append(folded[layout.signature.start : layout.signature.end])
    places.append(
        fold(_first(labels, "成文日期", "发文日期", "发布日期", "发布时间", "公开日期") or "")
    )
    places.append(front)
    for place in places:
        for found in find_dates(place):
            if date := _as_date(found[0]):
                return date
    return None


def _as_date(stated: str) -> dt.date | None:
    numbers = [int(n) for n in re.findall(r"\d+", stated)]
    if len(numbers) != 3:
        year, month, day = re.split("[年月日]", stated)[:3]
        try:
            numbers = [_from_han(year), _from_tens(month), _from_tens(day)]
        except (KeyError, ValueError):
            return None
    try:
        return dt.date(*numbers)
    except ValueError:
        return None


def _from_tens(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN_DIGITS[numeral]
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)


def _find_number(text: str, folded: str, layout: Layout, labels: Mapping[str, str]) -> str | None:
    for span in layout.front:
        if found := _DOC_NUMBER.search(folded, span.start, span.end):
            at = found.start() + (2 if found[0].startswith("文号") else 0)
            return text[at : found.end()].strip()
    said = _first(labels, "文号", "发文字号")
    return said if said and any(char.isdigit() for char in said) else None
