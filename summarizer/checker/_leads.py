"""What names each figure of a clause: the stretches between the figures, shared out.

Of 「A、B、C分别下降x、y、z」 each figure gets its item; in 从x增加到y the second takes over the
metric of the first; a bare 同比增长 takes that of the figure before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.checker._lexicon import GOAL, NAMES_SIGN, ORIGIN, RESPECTIVELY, TWO_IN_ONE
from summarizer.checker._words import grams

LIST_SIGN = re.compile(rf"{NAMES_SIGN.pattern}|(?<![合兼归])并(?![且联购网案轨])")
DEPENDENT = re.compile(
    r"(?:[|\s]|同比|环比|实际|名义|同口径|可比价|净|[比较](?:上年|去年|上一年|\|+)(?:同期|预计|执行|预算|决算)*数?|分别|依次"
    r"|上升|增长|增加|提升|提高|下降|降低|减少|回落|回升|上涨|下滑|[高低多少快慢]|增幅|降幅|涨幅|占比?|比重|约|[了达到为的]"
    r"|位?[居列]|[高低多少快慢](?:于|出)|[比较](?=全|平均|[省市])|平均(?:水平|值|数)?|位于|名列|排名?|全[国省市区县]|世界|全球"
    r"|总[数量额]|累计|合计|共|保持|稳定|在|左右|以[上下内]|预期目标|目标|则?是|则)*"
)
_QUOTED_BESIDE = re.compile(r"[”》][“《]")
_ADVERBS_BEHIND = re.compile(r"(?:同比|环比|[比较](?:上年|去年)(?:同期)?|均|都)+$")
_ANY_LIST_SIGN = re.compile("[、和与]")
_INCLUDING = re.compile(r"^\((?:含|包括|其中)[^()]*\)")  # 办结1100件(含上年结转)
_BARE_SIGN = re.compile(r"(?:/[年月日天人])?[、和与及]")
_SO_MANY = re.compile(r"[\u4e00-\u9fff]{0,8}$")


def leads_and_tails(gaps: list[str]) -> tuple[list[str], list[str]]:
    """Say for each figure of a clause what names it, from the stretches between the figures."""
    count = len(gaps) - 1
    leads, tails = [""] * count, [""] * count
    leads[0], tails[-1] = _last_item(gaps[0]), _first_item(_INCLUDING.sub("", gaps[-1]))
    for i in range(1, count):
        gap = gaps[i]
        sign = LIST_SIGN.search(gap)
        if sign:
            tails[i - 1], leads[i] = gap[: sign.start()], _last_item(gap[sign.end() :])
        else:
            tails[i - 1] = leads[i] = gap
            if GOAL.search(gap) and ORIGIN.search(leads[i - 1]):
                # 从0.94万家增加到1.55万家: both ends measure the same thing.
                leads[i] = f"{ORIGIN.sub('', leads[i - 1])}|{gap}"
    for i in range(1, count):
        if not grams(leads[i]) and not grams(tails[i]):
            leads[i] = f"{leads[i - 1]}|{leads[i]}" if leads[i].strip("|") else leads[i - 1]
        elif GOAL.search(gaps[i]) and ORIGIN.search(leads[i - 1]):
            continue  # 由上年的5280次减少到3917次
        elif RESPECTIVELY.search(leads[0]) and DEPENDENT.fullmatch(leads[0]):
            continue  # 同比分别下降5.3%、上升2.9%: each of its own
        elif leads[i] and DEPENDENT.fullmatch(leads[i]) and not grams(tails[i]):
            # 零售总额126.8亿元、增长7.2%: the growth of what the figure before counts.
            leads[i] = f"{leads[i - 1]}|{leads[i]}"
    _distribute(gaps, leads)
    _in_order(gaps, leads)
    return leads, tails


def names_of(text: str, count: int | None = None) -> list[str]:
    """Return the names of a list; split at 、 alone where that gives so many: 文体广电和旅游局."""
    alone = [item for item in text.split("、") if grams(item)]
    beside = _QUOTED_BESIDE.search(text)  # 交警、路政推行“首违不罚”“轻微不罚”: the last two
    if count is not None and len(alone) == count > 1 and not beside:
        return alone
    return [item for item in LIST_SIGN.split(text) if grams(item)]


def take_over(leads: list[str], tails: list[str], earlier: Sequence[str], previous: str) -> None:
    """Give figures that only say how something moved the metric of the figures before them.

    同比增长7.3% is the growth of what the last figure counts; 分别增长18.5%和21.3% are the growths
    of what the last two count. `earlier` says what the figures before count.
    """
    listed = 1
    in_order = RESPECTIVELY.search(leads[0])  # 同比分别下降5.3%、上升2.9%
    while listed < len(leads) and not grams(tails[listed]):
        if leads[listed] != leads[0] and not (in_order and DEPENDENT.fullmatch(leads[listed])):
            break
        listed += 1
    sources = [*earlier[-listed:]]
    items = names_of(previous, listed)
    if len(sources) < listed <= len(items):
        sources = items[-listed:]  # 建议与提案共262件,分别为168件和94件
    if len(sources) < listed:
        sources = [sources[-1] if sources else previous] * listed
    for i, source in enumerate(sources):
        leads[i] = f"{source}|{leads[i]}"


def _last_item(text: str) -> str:
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        depth += (text[i] in "》”") - (text[i] in "《“")
        if text[i] == "、" and depth == 0 and grams(text[i + 1 :]):
            return text[i + 1 :]
    return text


def _first_item(text: str) -> str:
    return text.split("、", 1)[0]


def _both(text: str) -> str:
    """Return 城乡 and 存贷款 as the two that they are, in their order."""
    for both, each in TWO_IN_ONE.items():
        text = text.replace(both, each)
    return text


def _shared_end(items: Sequence[str]) -> str:
    """Return what the last of a list has behind its name, which is meant of all.

    Of 东镇、西镇、南镇调解纠纷 it is 调解纠纷.
    """
    *others, last = items
    name = others[-1].strip("|")
    same_end = last.find(name[-1:])  # 东盟 and 欧盟 end alike, and so does what is named
    if 0 < same_end < len(last) - 1:
        return last[same_end + 1 :]
    return last[len(name) :] if len(last) > len(name) + 1 else ""


def _in_order(gaps: list[str], leads: list[str]) -> None:
    """Give the figures of a bare list the names before it: 自来水、厕所普及率超过98%、85%."""
    count = len(leads)
    if count < 2 or RESPECTIVELY.search(gaps[0]) or any(grams(gap) for gap in gaps[1:-1]):
        return
    items = names_of(_both(gaps[0]), count)
    if len(items) == count and not gaps[0].rstrip("|").endswith("等"):
        end = _shared_end(items)
        for n, item in enumerate(items):
            leads[n] = f"{item}|{leads[n]}" if n == count - 1 else f"{item}|{end}"


def _shared(items: Sequence[str]) -> tuple[str, str]:
    """Return what opens the first item and is meant of all, and what ends the last and is."""
    end = _shared_end(items)
    names = [*items[1:-1], items[-1].removesuffix(end)]  # 道路交通[事故起数、事故亡人数]
    return items[0][: -max(len(_ADVERBS_BEHIND.sub("", name)) for name in names)], end


def _from_to(gaps: list[str], leads: list[str], first: int, before: str, verb: str) -> bool:
    """Give the figures of 甲、乙分别从a、b增加到c、d their items; return whether it is such."""
    goals = [n for n in range(first + 2, len(leads)) if GOAL.search(gaps[n])]
    if not goals or not ORIGIN.search(verb):
        return False
    count = goals[0] - first
    inner = [n for n in range(first + 1, first + 2 * count) if n != goals[0]]
    items = names_of(_both(before), count)
    if goals[0] + count > len(leads) or len(items) < count:
        return False
    if not all(_BARE_SIGN.fullmatch(gaps[n]) for n in inner):
        return False
    shared, end = _shared(items[-count:])
    for n, item in enumerate(items[-count:]):
        name = f"{shared}|{item}|{end}" if n < count - 1 else f"{shared}|{item}"
        leads[first + n] = f"{name}|{verb}"
        leads[goals[0] + n] = f"{name}|{gaps[goals[0]]}"
    return True


def _distribute(gaps: list[str], leads: list[str]) -> None:
    """Give each figure behind 分别 the item of the list before it, in order."""
    for first, gap in enumerate(gaps[:-1]):
        origin = ORIGIN.search(gap)  # 城乡收入从4.6万元和1.7万元分别提高到
        if origin and _from_to(gaps, leads, first, gap[: origin.start()], origin.group()):
            continue
        found = list(RESPECTIVELY.finditer(gap))
        if not found:
            continue
        respectively = found[-1]
        before = gap[: respectively.start()]
        if first and _SO_MANY.match(before):  # 甲、乙、丙三类产品分别增长…
            before = gaps[first - 1] + before
        if _from_to(gaps, leads, first, before, gap[respectively.end() :]):
            continue
        last = first + 1
        while last < len(leads) and DEPENDENT.fullmatch(LIST_SIGN.sub("", gaps[last])):
            last += 1
        figures = range(first, last)
        items = names_of(_both(before), len(figures))
        if len(items) < len(figures):  # 甲段和平漯高铁: 和平 is no word here
            items = [item for item in _ANY_LIST_SIGN.split(before) if grams(item)]
            items = items if len(items) == len(figures) else []
        if len(figures) < 2 or len(items) < len(figures):
            continue
        verb = gap[respectively.end() :]
        items = items[-len(figures) :]
        shared, end = _shared(items)
        for figure, item in zip(figures, items, strict=True):
            own = LIST_SIGN.sub("", gaps[figure]) if figure > first else verb
            leads[figure] = f"{shared}|{item}|{own or verb}"
            if figure < figures[-1]:
                leads[figure] += f"|{end}"
