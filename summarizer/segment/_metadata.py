"""Part of segmenting: what the report says about itself. What it does not say is None.

Functions read the text and its folded form side by side: found in the folded one, given out in
the report's own characters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.folding import fold
from summarizer.segment._areas import find_area, find_area_of_opening
from summarizer.segment._layout import DATE, Layout, find_dates, is_label, is_organ
from summarizer.types import Span

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KIND = "报告|总结|小结|年报|汇报|述职|白皮书|情况"
_AND_PLAN = (
    r"(?:(?:以?及|和|与|暨|、)? ?(?:(?:19|20)[\dXx×*]{2}年度?)?.{0,12}"
    r"(?:计划|打算|安排|思路|谋划|要点|展望|报告))?"
)
_TITLE = re.compile(
    rf"[^。;!?]{{2,76}}?(?:{_KIND})(?!.*(?:{_KIND})){_AND_PLAN}"
    r"(?:的(?:公示|公告|通报|说明|函)|\((?:19|20)\d\d ?年?度?\))?"
)
# The kinds that talk about a report, and those that are none unless they bring one.
_ABOUT_REPORT = re.compile(
    "(?:决议|决定|办法|意见|条例|规定|细则|批复|复函|纪要|解读|评论|综述|发布会|工作要求|提纲)$"
)
_NO_REPORT = re.compile(
    "(?:通知|方案|名单|预案|要点|计划|价格表|目录|通报|公告|规划|合同|讲话|指南)$"
)
_TITLE_TAIL = re.compile(
    r"(?:(?:招标|中标|采购|成交)?公告|公开|公示|[-_|>].*| .*(?:网|政府|门户).*|\(?全文\)?"
    r"|\(.{1,12}\)|(?:招标|中标|采购|成交).*)"
)
_SPLIT_HEAD = re.compile(
    r".{0,40}(?:关于|政府|委员会|局|委|厅|办公室|办事处)|关于.{2,40}"
    r"|(?:19|20)\d\d ?年度?.{0,30}|[一-龥]{2,10}[省市区县旗州镇]"
)
_GLUED_TITLE = re.compile(
    rf"[^。,;:!?\n\r]{{4,60}}?(?:年度报告|情况报告|情况的报告|工作报告|工作总结|总结|报告){_AND_PLAN}"
    r"(?= |\(?(?:19|20)[\dX]{2}年|今年|一、|各位)"
)
_SUBTITLE = re.compile(
    r"-*(?P<year>(?:19|20)\d\d)年 ?\d{1,2}月 ?\d{1,2}日 ?"
    r"在(?P<body>.{0,20}?)第.{1,6}届.{0,3}人民代表大会"
)
_SPEAKER = re.compile(
    r"([一-龥]{2,20}人民政府|国务院)(?:代?(?:省|市|区|县|州|旗|镇|乡)长|主席|总理)"
)
_SPEAKS_FOR = re.compile("我(?:谨)?代表([一-龥]{2,15}?人民政府)")
_RANGE_YEAR = re.compile(r"(?:19|20)\d\d ?年?[-~至到](?:19|20)\d\d ?年?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年")
_HAN_YEAR = re.compile(r"([一二][〇零九]{1,2}[〇零一二三四五六七八九]{1,2})年")
_DOC_NUMBER = re.compile(r"[一-龥]{1,12}[〔\[(【](?:19|20)\d\d[〕\])】] ?第? ?\d{1,4} ?号")
_ORIGIN = re.compile(
    r"(?:来源|发布机构|发布单位|发文机关|发文单位|公开主体) ?[:】]? ?([一-龥]{3,30})"
)
_OPENING_CHARS = 600
# The labels under which a file's own metadata say it, the most telling first.
_TITLE_LABELS = ("标题", "名称", "信息名称", "文件名称", "ArticleTitle")
_ISSUER_LABELS = (
    *(
        "发文机关",
        "发文机构",
        "制发机关",
        "发布机构",
        "发布机关",
        "公开主体",
        "发布单位",
        "发文单位",
    ),
    *("来源", "信息来源", "文章来源", "ContentSource"),
)
_DATE_LABELS = (
    *("成文日期", "生成日期", "制发日期", "发文日期", "印发日期", "发布日期", "发布时间"),
    *("公开日期", "公开时间", "PubDate", "日期", "时间"),
)
_SPACE_IN_HAN = re.compile(r"(?<=[一-龥\d〇]) +(?=[一-龥\d〇])")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says about itself.

    `title_spans` are the stretches that are its title, `byline_spans` the lines of the front
    matter that name the occasion, the speaker or the document number.
    """

    title: str | None
    title_spans: tuple[Span, ...]
    byline_spans: tuple[Span, ...]
    region: str | None
    year: int | None
    issuer: str | None
    issued_on: dt.date | None
    doc_number: str | None


def find_metadata(text: str, folded: str, layout: Layout, said: Mapping[str, str]) -> Metadata:
    """The metadata of a text; `said` is what its file says of it (发布机构, 发文日期 …)."""
    labels = {fold(key).replace(" ", ""): value for key, value in said.items()}
    spans = _find_title(folded, layout)
    title = _spell_title(text, folded, spans) or _first(labels, *_TITLE_LABELS)
    heading = fold(title or "")
    issuer = _find_issuer(text, folded, layout, labels)
    spoken = next(
        (m for s in layout.front if (m := _SUBTITLE.search(folded, s.start, s.end))), None
    )
    issued_on = _find_date(folded, layout, labels, spoken)
    return Metadata(
        title=title,
        title_spans=tuple(spans),
        byline_spans=tuple(s for s in layout.front if _is_byline(folded[s.start : s.end])),
        region=_find_region(text, folded, title, spoken, issuer, layout),
        year=_find_year(folded, heading, spoken, layout, issued_on),
        issuer=issuer,
        issued_on=issued_on,
        doc_number=_find_number(text, folded, layout, labels),
    )


def names_other_kind(title: str) -> bool:
    """Whether a folded title names another kind of document than a report."""
    bare = title.rstrip("》 ")
    if _ABOUT_REPORT.search(bare):
        return True
    return _NO_REPORT.search(bare) is not None and re.search(_KIND, bare) is None


def _is_byline(line: str) -> bool:
    if is_label(line):
        return False
    known = _SUBTITLE.search(line) or _SPEAKER.match(line)
    dated = line.startswith("(") and line.endswith(")") and bool(find_dates(line))
    return known is not None or dated or _DOC_NUMBER.fullmatch(line) is not None


def _first(labels: Mapping[str, str], *keys: str) -> str | None:
    return next((labels[key].strip() for key in keys if labels.get(key, "").strip()), None)


def _squeeze(text: str) -> str:
    """Without the spaces that a page puts between Chinese characters and digits."""
    return _SPACE_IN_HAN.sub("", text)


def _find_title(folded: str, layout: Layout) -> list[Span]:
    """The lines of the title; with a glued one, the stretch of the first line that is it."""
    front = layout.front
    raw = [folded[line.start : line.end] for line in front]
    lines = ["" if is_label(line) else _squeeze(line) for line in raw]
    best = max(
        (_extend_title(lines, at) for at, line in enumerate(lines) if _ends_title(line)),
        key=lambda span: _score_title("".join(lines[span.start : span.end])),
        default=None,
    )
    if best and _score_title("".join(lines[best.start : best.end])):
        return list(front[best.start : best.end])
    glued = _GLUED_TITLE.match(folded, layout.body_start, layout.body_end)
    return [Span(layout.body_start, glued.end())] if glued else []


def _ends_title(line: str) -> bool:
    """Whether a line is a title or its end, with nothing but a site's words behind it."""
    found = _TITLE.match(line) if len(line) <= 90 else None
    rest = line[found.end() :].strip() if found else ""
    return found is not None and (
        not rest
        or _TITLE_TAIL.fullmatch(rest) is not None
        or _ABOUT_REPORT.search(line) is not None
    )


def _extend_title(lines: Sequence[str], at: int) -> Span:
    """The lines of the title that line `at` belongs to, as a range of `lines`."""
    first = last = at
    while first > 0 and at - first < 2 and _begins_title(lines[first - 1], lines[first]):
        first -= 1
    if last + 1 < len(lines) and re.fullmatch("的.{0,10}报告", lines[last + 1]):
        last += 1
    return Span(first, last + 1)


def _begins_title(line: str, rest: str) -> bool:
    """Whether a title begins in `line` and goes on in `rest`; a site's name stands apart."""
    return (
        _SPLIT_HEAD.fullmatch(line) is not None and not find_dates(line) and find_area(rest) is None
    )


def _score_title(title: str) -> int:
    """How much a line of the front matter is the document's own title: 0 for not at all."""
    dated = bool(_YEAR.search(title) or _HAN_YEAR.search(title))
    # 法治政府建设年度报告 alone is the name of a column of the site.
    if not (dated or "政府工作报告" in title or find_area(title)):
        return 0
    other = ">" in title or title.endswith(("的函", "的通知"))
    return 3 + 2 * dated + ("报告" in title or "总结" in title) + (len(title) > 8) - 2 * other


def _spell_title(text: str, folded: str, spans: Sequence[Span]) -> str | None:
    """The title on one line, without the site's words behind it."""
    if not spans:
        return None
    pieces = [_squeeze_like(text, folded, span) for span in spans]
    last = _squeeze(folded[spans[-1].start : spans[-1].end])
    found = _TITLE.match(last)
    if found and not _ABOUT_REPORT.search(last):
        pieces[-1] = pieces[-1][: found.end()]
    return "".join(pieces).strip("《》#＃* ")


def _squeeze_like(text: str, folded: str, span: Span) -> str:
    """A stretch of the text without the spaces that `_squeeze` takes out of the folded one."""
    kept: list[str] = []
    at = span.start
    for space in _SPACE_IN_HAN.finditer(folded, span.start, span.end):
        kept.append(text[at : space.start()])
        at = space.end()
    return "".join([*kept, text[at : span.end]])


def _find_issuer(text: str, folded: str, layout: Layout, labels: Mapping[str, str]) -> str | None:
    if layout.signature:
        start, end = layout.signature
        dated = find_dates(folded[start:end])
        name = folded[start : start + dated[0].start()] if dated else folded[start:end]
        first = name.strip(" \r\n()").split("\n")[0].strip()
        if first:
            at = folded.index(first, start)
            return text[at : at + len(first)]
    for span in layout.front:
        found = _ORIGIN.search(folded, span.start, span.end) or _SPEAKER.match(
            folded, span.start, span.end
        )
        if found and is_organ(found[1]):
            return text[found.start(1) : found.end(1)]
    said = _first(labels, *_ISSUER_LABELS)
    if said and is_organ(fold(said)):
        return said
    for span in layout.front:
        named = re.compile("[一-龥]{2,20}?(?:人民政府|街道办事处)").match(
            folded, span.start, span.end
        )
        if named:
            return text[span.start : named.end()]
    return None


def _find_region(
    text: str,
    folded: str,
    title: str | None,
    spoken: re.Match[str] | None,
    issuer: str | None,
    layout: Layout,
) -> str | None:
    if title and (found := find_area(fold(title))):
        return title[found.start : found.end]
    if spoken and (found := find_area(spoken["body"])):
        at = spoken.start("body")
        return text[at + found.start : at + found.end]
    if issuer and (found := find_area(fold(issuer))):
        return issuer[found.start : found.end]
    end = min(layout.body_end, layout.body_start + _OPENING_CHARS)
    speaks = _SPEAKS_FOR.search(folded, layout.body_start, end)
    if speaks and (found := find_area(speaks[1])):
        at = speaks.start(1)
        return text[at + found.start : at + found.end]
    if found := find_area_of_opening(folded[layout.body_start : end]):
        at = layout.body_start
        return text[at + found.start : at + found.end]
    return None


def _find_year(
    folded: str,
    heading: str,
    spoken: re.Match[str] | None,
    layout: Layout,
    issued_on: dt.date | None,
) -> int | None:
    """The year reported on: a 政府工作报告 of 2026 reports on 2025."""
    of_work = re.search(r"政府工作报告(?:\(.*\))?$", heading) is not None
    bare = _RANGE_YEAR.sub("", heading)
    years = [int(year) for year in _YEAR.findall(bare)]
    years += [_from_han(numeral) for numeral in _HAN_YEAR.findall(bare)]
    if years:
        return years[0] - of_work
    if spoken:
        return int(spoken["year"]) - 1
    if of_work and issued_on:
        return issued_on.year - 1
    end = min(layout.body_end, layout.body_start + _OPENING_CHARS)
    opening = re.sub(rf"{DATE}|{_RANGE_YEAR.pattern}", "", folded[max(0, end - 1500) : end])
    counts = Counter(int(year) for year in _YEAR.findall(opening))
    return counts.most_common(1)[0][0] if counts else None


def _from_han(numeral: str) -> int:
    return int("".join(str(_HAN_DIGITS.get(char, 0)) for char in numeral))


def _find_date(
    folded: str, layout: Layout, labels: Mapping[str, str], spoken: re.Match[str] | None
) -> dt.date | None:
    front = [folded[span.start : span.end] for span in layout.front]
    places = [
        folded[layout.signature.start : layout.signature.end] if layout.signature else "",
        spoken[0] if spoken else "",
        fold(_first(labels, *_DATE_LABELS) or ""),
        *(line for line in front if re.search("(?:成文|发文)日期", line)),
        *(line for line in front if re.search("日期|时间|来源", line)),
        *(line for line in front if find_dates(line) and len(line) < 16),
    ]
    for place in places:
        for found in find_dates(place):
            if date := _as_date(found[0]):
                return date
    return None


def _as_date(stated: str) -> dt.date | None:
    numbers = [int(n) for n in re.findall(r"\d+", stated)]
    if len(numbers) != 3:
        year, month, day = re.split("[年月日]", stated)[:3]
        numbers = [_from_han(year), _from_tens(month), _from_tens(day)]
    try:
        return dt.date(*numbers)
    except ValueError:
        return None


def _from_tens(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN_DIGITS.get(numeral, 0)
    return (_HAN_DIGITS.get(tens, 0) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0))


def _find_number(text: str, folded: str, layout: Layout, labels: Mapping[str, str]) -> str | None:
    for span in layout.front:
        if found := _DOC_NUMBER.search(folded, span.start, span.end):
            at = found.start() + (2 if found[0].startswith("文号") else 0)
            return text[at : found.end()].strip()
    said = _first(labels, "文号", "发文字号")
    return said if said and any(char.isdigit() for char in said) else None
