"""Part of segmenting: the numbered headings of a report, also where they are glued into a line.

The ranks of official writing: 第一部分, then 一、 then (一) then 1. then (1). A marker at the start
of a line opens a heading; one inside a line only where it continues a numbering (二、 after 一、)
or begins one that goes on, and stands behind a mark that ends something, or directly behind
another heading (一、工作情况(一)加强领导). 一是…二是… is a running list, not a heading.

All functions read folded text (`folding.fold`), whose offsets are those of the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.types import Span

_HAN = "一二三四五六七八九十"
_DIGITS = {char: value for value, char in enumerate(_HAN, start=1)}
_MARKER = re.compile(
    rf"第(?P<r0>[{_HAN}]{{1,3}})(?:部分|[篇章编])[、:]?"
    rf"|(?P<r1>[{_HAN}]{{1,3}})(?: ?、|[.,:])(?![{_HAN}]+[、.,])"
    rf"|\((?P<r2>[{_HAN}]{{1,3}})\)[、.]?"
    r"|(?<![\d.])(?P<r3>\d{1,2})(?: ?、|[.](?:(?!\d)|(?=20\d\d年)))"
    r"|\(?(?<!\d)(?P<r4>\d{1,2})\)[、.]?"
)
_BEFORE_GLUED = frozenset("。;!?:…”’》)】")
_LINE_ENDS = frozenset("\n\r\x1c\x1d\x1e")
_LEAD = re.compile(r"[^\S\n\r]*[#*>]*[^\S\n\r]*")
_TITLE_END = re.compile(r"[。;!?:\n\r\x1c\x1d\x1e]")
UNNUMBERED = -1
# A numbered paragraph without a heading of its own: its first sentence is no heading.
MAX_HEADING = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `start` is its marker's, the title lies between `title_start` and `title_end`.

    `rank` is 0 for 第一部分, 1 for 一、, 2 for (一), 3 for 1., 4 for (1). A heading without
    a number has the number 0 and the rank `UNNUMBERED`, above all others.
    """

    start: int
    title_start: int
    title_end: int
    rank: int
    number: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rank: int
    number: int
    opens_line: bool
    behind_mark: bool


def find_headings(folded: str, body: Span, excluded: Sequence[Span]) -> list[Heading]:
    """The numbered headings of `body`, in order, without those of a table of contents.

    In the stretches `excluded`, which are in order and apart, nothing is a heading.
    """
    candidates = [
        candidate
        for candidate in _find_candidates(folded, *body)
        if not is_inside(candidate.start, excluded)
    ]
    accepted = _drop_contents(_accept(folded, candidates))
    limits = [*(candidate.start for candidate in accepted[1:]), body.end]
    return [
        _as_heading(folded, candidate, limit)
        for candidate, limit in zip(accepted, limits, strict=False)
    ]


def is_inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether `at` lies in one of `spans`, which are in order and apart."""
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return index >= 0 and at < spans[index].end


def _find_candidates(folded: str, start: int, end: int) -> list[_Candidate]:
    candidates: list[_Candidate] = []
    for match in _MARKER.finditer(folded, start, end):
        rank = int((match.lastgroup or "r0")[1])
        at = match.start()
        while at > start and folded[at - 1] in " \t#*>":
            at -= 1
        opens_line = at == start or folded[at - 1] in _LINE_ENDS
        behind_mark = opens_line or at < match.start() or folded[at - 1] in _BEFORE_GLUED
        while folded[at].isspace():
            at += 1
        if not opens_line and match[0][-1] in ",:" and match.lastgroup == "r1":
            continue
        number = _number(match[match.lastgroup or "r0"])
        if number:
            candidates.append(_Candidate(at, match.end(), rank, number, opens_line, behind_mark))
    return candidates


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + _DIGITS.get(ones, 0)


def _accept(folded: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    following: dict[int, int] = {}
    goes_on = [False] * len(candidates)
    for index in range(len(candidates) - 1, -1, -1):
        candidate = candidates[index]
        goes_on[index] = following.get(candidate.rank) == candidate.number + 1
        if candidate.behind_mark or candidate.number > 1:
            following[candidate.rank] = candidate.number
    accepted: list[_Candidate] = []
    last: dict[int, int] = {}
    for candidate, continued in zip(candidates, goes_on, strict=True):
        if candidate.opens_line:
            fits = True
        else:
            placed = candidate.behind_mark or _follows_title(folded, accepted, candidate)
            begins = candidate.number == 1 and continued
            fits = placed and (begins or candidate.number == last.get(candidate.rank, 0) + 1 > 1)
        if fits:
            accepted.append(candidate)
            last = {rank: number for rank, number in last.items() if rank < candidate.rank}
            last[candidate.rank] = candidate.number
    return accepted


def _follows_title(folded: str, accepted: Sequence[_Candidate], candidate: _Candidate) -> bool:
    """Whether nothing but the title of a higher heading stands before `candidate`."""
    if not accepted or accepted[-1].rank >= candidate.rank:
        return False
    end = accepted[-1].end
    return (
        candidate.start - end <= MAX_HEADING
        and _TITLE_END.search(folded, end, candidate.start) is None
    )


def _drop_contents(accepted: list[_Candidate]) -> list[_Candidate]:
    """Without a table of contents: a numbering that only names what then begins again at 1."""
    if not accepted:
        return accepted
    top = min(candidate.rank for candidate in accepted)
    restarts = [i for i, c in enumerate(accepted) if c.rank == top and c.number == 1]
    if len(restarts) < 2 or restarts[1] < 2:
        return accepted
    first, second = restarts[:2]
    room = accepted[second].start - accepted[first].start
    if room <= 45 * (second - first) + 60:
        return accepted[second:]
    return accepted


def _as_heading(folded: str, candidate: _Candidate, limit: int) -> Heading:
    lead = _LEAD.match(folded, candidate.end, limit)
    title_start = lead.end() if lead else candidate.end
    found = _TITLE_END.search(folded, title_start, limit)
    title_end = found.start() if found else limit
    while title_end > title_start and folded[title_end - 1].isspace():
        title_end -= 1
    return Heading(candidate.start, title_start, title_end, candidate.rank, candidate.number)
