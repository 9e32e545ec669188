"""Part of segmenting: what of the text is the report, and what stands around it.

A scraped page has site words and a table of metadata before the report (网页杂质), a signature
(落款), annexes (附件) and again site words behind it, and sometimes the whole page again. All
functions read folded text (`folding.fold`); offsets are half-open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.types import Span

_LINE = re.compile(r"[^\n\r\x1c-\x1e]+")
_LABEL = re.compile(
    r"[\[【(]?(?:"
    r"索 ?引 ?号|信息索引|信息来源|文件来源|文章来源|来 ?源|发布机构|发布单位|发文机关"
    r"|发文单位|公开主体|发文日期|成文日期|发布日期|发布时间|公开日期|公开时间|生成日期"
    r"|生成时间|更新时间|标 {0,4}题|名 {0,4}称|文 {0,4}号|发文字号|主 ?题 ?词|主题分类"
    r"|组配分类|公开分类|信息分类|体裁分类|分 {0,4}类|内容概述|内容摘要|摘 {0,4}要"
    r"|时 {0,4}效|有效性|关键词|文件下载|作者|供稿|责任编辑|责编|编辑|审核|浏览|阅读|点击"
    r"|访问量|字体|字号|日期|时间|当前位置|您?(?:现在|当前|所在)?的?位置|首页"
    r")(?: |:|】|\]|$|>)"
)
_PRESS = re.compile(r"记者|通讯员|新华社.{0,20}电|[ /]摄$|摄影")
_SALUTATION = re.compile(
    r"[一-龥、,() ]{1,30}(?:代表|委员|政府|委|会|同志们|同志|领导|办公室|办|局|厅):"
)
_TOP_HEADING = re.compile(
    r"[#* ]*(?:第[一二三四五六七八九十]+部分[、: ]*|[一二三四五六七八九十]+ ?、"
    r"|\([一二三四五六七八九十]+\))[一-龥“\d]"
)
_TITLE_LINE = re.compile(
    r"(?=.*(?:19|20)\d\d ?年)[^。,;!?:]{6,60}(?:报告|总结)|[^。,;!?:]{0,20}政府工作报告"
)
# No label, not even an abstract, is as long: this is the report without line breaks.
_LONG_LINE = 600
_LONG = 80
# A wrapped line of prose has no full stop but a comma; a title has none.
_WRAPPED = 20
# Lines of notices that may stand before a title.
_MOST_NOTICES = 6
_FURNITURE = re.compile(
    r"返回顶部|回到顶部|TOP|扫一扫.*|扫描二维码.*|用户登录|登录个人中心|还没有账号.*|立即注册|注册|登录|下载"
    r"|打印.*|全屏|收藏|分享.*|[【\[]?(?:打印|关闭)(?:窗口|本页)?[】\]]?|大 ?中 ?小|加大"
    r"|还原|减小|】"
    r"|[\[【]?字[号体].*|相关(?:报道|阅读|新闻|链接|文章|附件):?.*|上一[篇条].*|下一[篇条].*|招标|中标|金额"
    r"|项目地址|公告摘要|公告正文|移动端应用|政务(?:微信|微博|新媒体)|智能问答|无障碍.*"
    r"|网站(?:首页|地图|声明|标识码).*|版权所有.*|主办(?:单位)?:.*|承办(?:单位)?:.*|技术支持.*|.*ICP备.*"
    r"|.*公网安备.*|联系我们|关于我们|责任编辑.*|\(?(?:此件|本文).{0,6}公开.{0,4}\)?|信息公开选项:.*"
    r"|公开方式:.*|抄送:.*|(?:联系人|联系电话|咨询电话|联系方式):.*|文件下载|附件下载"
    r"|-? ?\d{1,3} ?-?|第 ?\d+ ?页.*|共 ?\d+ ?页|-+"
)
DATE = (
    r"(?:(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|[二一][〇零九0O]{1,2}[〇零一二三四五六七八九]{1,2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATE = re.compile(DATE)
_ORGAN = re.compile(
    r"[一-龥][一-龥()、 ]{1,38}(?:政府|委员会|办公室|办|局|厅|部|院|署|处|中心|公司|办事处|小组"
    r"|委|站|所|队|协会|学校|大学|联合会|集团)"
)
_SIGNED_INLINE = re.compile(rf"(?<=[。!?]) *(?:{_ORGAN.pattern}) *{_DATE.pattern} *$")
_ANNEX = re.compile(r"附 ?[件录表](?:[ :\d一二三四五六]|$)|附:")
_ANNEX_LIST = re.compile(r"附 ?件?:")
# Fewer repeated characters may be a set phrase; a page is longer.
_PAGE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the report stands in the text.

    The front matter ends at `body_start`; `front` are its lines. From `body_end` on nothing is
    the report's own text: `signature` is the span of the lines that sign it, `enclosures` are
    where a list of annexes and the annexes themselves begin. `noise` are lines of page furniture
    behind the front matter, `repeated` stretches of pages that the text has already held,
    `hidden` both, in order.
    """

    front: tuple[Span, ...]
    body_start: int
    body_end: int
    signature: Span | None
    enclosures: tuple[int, ...]
    noise: tuple[Span, ...]
    repeated: tuple[Span, ...]
    hidden: tuple[Span, ...]


def find_lines(folded: str) -> list[Span]:
    """The lines that hold more than white space, without the white space at their ends."""
    lines: list[Span] = []
    for match in _LINE.finditer(folded):
        inside = match[0].strip()
        if inside:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            lines.append(Span(start, start + len(inside)))
    return lines


def find_layout(folded: str, lines: Sequence[Span], furniture: Sequence[str]) -> Layout:
    """The layout of a text; `furniture` are further words that stand alone in page furniture."""
    texts = [folded[line.start : line.end] for line in lines]
    own = frozenset(furniture)

    def is_noise(text: str) -> bool:
        return len(text) <= 60 and (text in own or _FURNITURE.fullmatch(text) is not None)

    first = _find_first(texts)
    repeated = _find_repeated(texts, first)
    covered = {at for top, last in repeated for at in range(top, last + 1)}
    pages = [Span(lines[top].start, lines[last].end) for top, last in repeated]
    kept = [i for i in range(first, len(lines)) if i not in covered]
    noise = [lines[i] for i in kept if is_noise(texts[i])]
    content = [i for i in kept if not is_noise(texts[i])]
    end = _find_end(lines, texts, content)
    body_start = lines[first].start if first < len(lines) else len(folded)
    body_end = lines[end.content[-1]].end if end.content else body_start
    signature = end.signature
    if signature is None and end.content:
        signature = _sign_inline(folded, lines[end.content[-1]])
        body_end = signature.start if signature else body_end
    return Layout(
        front=tuple(lines[:first]),
        body_start=body_start,
        body_end=body_end,
        signature=signature,
        enclosures=end.enclosures,
        noise=tuple(noise),
        repeated=tuple(pages),
        hidden=tuple(sorted([*noise, *pages])),
    )


def is_label(text: str) -> bool:
    """Whether a line (folded) is a row of a metadata table or a source line."""
    return _LABEL.match(text) is not None


def find_dates(text: str) -> list[re.Match[str]]:
    """The full dates in a folded text."""
    return list(_DATE.finditer(text))


def is_organ(text: str) -> bool:
    """Whether a text (folded) is nothing but the name of a public body."""
    return _ORGAN.fullmatch(text) is not None


def _find_first(texts: Sequence[str]) -> int:
    """The first line of the body. A site's notice may stand before the title and read like one."""
    first = next((i for i, text in enumerate(texts) if _opens_body(text)), len(texts))
    if any(_TITLE_LINE.fullmatch(text) for text in texts[:first]):
        return first
    for at in range(first + 1, min(first + _MOST_NOTICES, len(texts))):
        if _TOP_HEADING.match(texts[at - 1]):
            break
        if _TITLE_LINE.fullmatch(texts[at]):
            return next((i for i in range(at + 1, len(texts)) if _opens_body(texts[i])), first)
    return first


def _opens_body(text: str) -> bool:
    if len(text) > _LONG_LINE:
        return True
    if is_label(text) or _FURNITURE.fullmatch(text) or (_PRESS.search(text) and len(text) < 60):
        return False
    if _TOP_HEADING.match(text) or _SALUTATION.fullmatch(text):
        return True
    if text.count(">") > 1 or text.count("|") > 2:
        return False
    prose = "。" in text or text.endswith("如下:") or ("," in text and len(text) >= _WRAPPED)
    return prose or len(text) >= _LONG


@dataclass(frozen=True, slots=True)
class _End:
    """How a text ends: which lines stand before signature and annexes, and where these are."""

    content: Sequence[int]
    signature: Span | None
    enclosures: tuple[int, ...]


def _find_end(lines: Sequence[Span], texts: Sequence[str], content: Sequence[int]) -> _End:
    signed = _find_signature(texts, content)
    if signed is None:
        return _End(_without_stray_lines(texts, content), None, ())
    top, last = signed
    size = [sum(len(texts[i]) for i in part) for part in (content[:top], content[last + 1 :])]
    if size[1] > 2 * size[0]:  # a covering letter is signed, the report is what it encloses
        return _End(_without_stray_lines(texts, content), None, ())
    before, behind = content[:top], content[last + 1 :]
    enclosures = []
    listed = next((k for k, i in enumerate(before[-8:]) if _ANNEX_LIST.match(texts[i])), None)
    if listed is not None:
        at = max(0, len(before) - 8) + listed
        enclosures.append(lines[before[at]].start)
        before = before[:at]
    if any("。" in texts[i] or _ANNEX.match(texts[i]) for i in behind):
        enclosures.append(lines[behind[0]].start)
    signature = Span(lines[content[top]].start, lines[content[last]].end)
    return _End(_without_stray_lines(texts, before), signature, tuple(enclosures))


def _find_signature(texts: Sequence[str], content: Sequence[int]) -> tuple[int, int] | None:
    """The first and last line, as places in `content`, that sign the report."""
    more = False  # does text follow?
    alone: tuple[int, int] | None = None
    for at in range(len(content) - 1, 0, -1):
        text = texts[content[at]]
        signed_line = _is_signed_line(text)
        if signed_line or _DATE.fullmatch(text.strip("() ")):
            top = at
            while top > 1 and at - top < 5 and is_organ(texts[content[top - 1]]):
                top -= 1
            if top < at or signed_line:
                return top, at
            if not more:
                alone = (at, at)
        more = more or "。" in text
    if alone is None and content and is_organ(texts[content[-1]]) and len(content) > 1:
        alone = (len(content) - 1, len(content) - 1)
    return alone


def _is_signed_line(text: str) -> bool:
    found = _DATE.search(text) if len(text) <= 60 else None
    return (
        found is not None and found.end() == len(text) and is_organ(text[: found.start()].strip())
    )


def _without_stray_lines(texts: Sequence[str], content: Sequence[int]) -> Sequence[int]:
    """Without the site's words behind the last sentence: short lines that end in no mark."""
    end = len(content)
    while end > 1 and _is_stray(texts[content[end - 1]]):
        end -= 1
    closed = end and texts[content[end - 1]].endswith(("。", "!", ";", "”", ")", "》", "…"))
    return content[:end] if closed else content


def _is_stray(text: str) -> bool:
    if is_label(text) and len(text) < 40:
        return True
    return len(text) <= 16 and not re.search(r"[。;!,、)]|^[一二三四五六七八九十\d(]", text)


def _sign_inline(folded: str, line: Span) -> Span | None:
    """A signature glued to the end of the last line."""
    start = max(line.start, line.end - 80)
    found = _SIGNED_INLINE.search(folded, start, line.end)
    if not found:
        return None
    at = found.start()
    while folded[at].isspace():
        at += 1
    return Span(at, line.end)


def _find_repeated(texts: Sequence[str], first: int) -> list[tuple[int, int]]:
    """Runs of lines behind `first`, their ends, that the text has held before: whole pages."""
    seen = {text.replace(" ", "") for text in texts[:first]}
    runs: list[tuple[int, int, int]] = []  # first line, last line, repeated characters
    for at in range(first, len(texts)):
        text = texts[at].replace(" ", "")
        if text in seen:
            if runs and at - runs[-1][1] <= 2:
                runs[-1] = (runs[-1][0], at, runs[-1][2] + len(text))
            else:
                runs.append((at, at, len(text)))
        seen.add(text)
    return [(top, last) for top, last, chars in runs if chars >= _PAGE_CHARS]
