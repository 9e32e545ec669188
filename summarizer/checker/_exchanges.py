"""Words and places that take the place of one they exclude, without a figure.

检察官派驻 for 法官派驻, and of a list (甲村、乙村被确认为…) a place that the report's list has not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from summarizer.checker._entities import HAN, PLACE_SUFFIX, Misplaced, words_after
from summarizer.checker._lexicon import CONTRASTS, TWO_IN_ONE
from summarizer.checker._source_index import SourceIndex

_STEPS = frozenset({"受理", "收案", "新收", "收到", "审结", "办结", "结案", "已结"})
_COMPARED = re.compile("[高低快慢多少优劣差好]于")
_OVER_WHAT = frozenset({"年均", "同比", "环比", "比上年", "较上年", "上年"})
_COMMITTEE = "常委会"  # 人大常委会 acts where 政协 might
_ITEM = re.compile(rf"(?:(?![和与及])[{HAN}]){{1,4}}(?:{PLACE_SUFFIX}|村|社区)")
_LIST_OF_PLACES = re.compile(rf"(?:{_ITEM.pattern}[、和与及])+{_ITEM.pattern}")
_OF_ALL = re.compile(r"^[全该我本][省市县区]")
_FOLLOWING = 2
_NAME = 3  # characters at the end of an item that are a place's name: 由上派镇
_CONTRASTING = [
    (row, re.compile("|".join(sorted((w for g in row for w in g), key=len, reverse=True))))
    for row in CONTRASTS
]


def exchanged_words(
    text: str,
    index: SourceIndex,
    passages: Sequence[int],
    masked: Sequence[tuple[int, int]],
    homes: Collection[int],
) -> Iterator[Misplaced]:
    """Yield words that take the place of one they exclude: 检察官派驻 for 法官派驻.

    What is compared (高于) is looked for at the `homes` of the text's figures, where it has any.
    """
    said = {
        n: index.text[slice(*index.prose.sentences[n])].replace(f"人大{_COMMITTEE}", "人大")
        for n in {*passages, *homes}
    }
    for row, words in _CONTRASTING:
        for found in words.finditer(text):
            if any(a <= found.start() < b for a, b in masked):
                continue
            word = found.group()
            rivals = [w for group in row if word not in group for w in group]
            before = text[max(0, found.start() - 2) : found.start()]
            if not re.fullmatch(rf"[{HAN}]{{2}}", before):
                before = ""
            after = words_after(
                text, found.end() + len(_COMMITTEE) * text.startswith(_COMMITTEE, found.end())
            )
            figured = any(sign.isdigit() for sign in text[: found.start()])
            compared = homes and figured and _COMPARED.fullmatch(word)
            around = [said[n] for n in (sorted(homes) if compared else passages)]
            hit = _exchanged(word, rivals, before, after, around)
            if hit:
                yield Misplaced(found.start(), found.end(), "subject", None, hit)


def exchanged_places(text: str, index: SourceIndex, passages: Sequence[int]) -> Iterator[Misplaced]:
    """Yield the place of a list that stands where the report's list has another one."""
    around = [index.prose.sentences[n] for n in passages[:2]]
    for said in _LIST_OF_PLACES.finditer(text):
        ours, following = _ITEM.findall(said.group()), text[said.end() : said.end() + _FOLLOWING]
        if len(following) < _FOLLOWING:
            continue
        lists = [f for a, b in around for f in _LIST_OF_PLACES.finditer(index.text, a, b)]
        for found in lists:
            if not index.text.startswith(following, found.end()):
                continue
            theirs = _ITEM.findall(found.group())
            strange = [o for o in ours if _OF_ALL.sub("", o)[-_NAME:] not in found.group()]
            left_out = [item for item in theirs if item[-_NAME:] not in said.group()]
            if len(strange) == len(left_out) == 1 < len(ours):
                start = said.start() + said.group().index(strange[0])
                at = found.start() + found.group().index(left_out[0])
                where = (at, at + len(left_out[0]))
                yield Misplaced(start, start + len(strange[0]), "name", where, left_out[0])


def _in_one(word: str, after: str, around: Sequence[str]) -> bool:
    """Whether one word of a passage says both that exclude each other: 存贷款余额."""
    both = [one for one, each in TWO_IN_ONE.items() if word in each]
    return any(one + after in passage for one in both for passage in around)


def _exchanged(
    word: str, rivals: Sequence[str], before: str, after: str, around: Sequence[str]
) -> str:
    if word in _STEPS or word in _OVER_WHAT or word == "前列" or _in_one(word, after, around):
        return ""  # which of them is said of which figure, the binding says
    if after and not any(word + after in passage for passage in around):
        for rival in rivals:
            if any(rival + after in passage for passage in around):
                own = any(re.search(rf"{word}[^,;。]*{rival}{after}", p) for p in around)
                return "" if own else rival
    bare = word[1:] if word[0] in "省市区县镇" else word
    if len(before) == 2 and not any(bare in passage for passage in around):
        for rival in rivals:
            if any(before + rival in passage for passage in around):
                return rival
    return ""
