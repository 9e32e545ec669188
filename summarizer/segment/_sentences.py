"""Part of segmenting: where sentences end.

A sentence ends at 。！？； or their half-width forms, with the closing quotation marks and brackets
behind it, or at a line's end; also inside 《》 and “”, where the text stops there. White space
stays outside. A full stop "." ends nothing: in these texts it is a decimal point or part of a
marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.types import Span

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_CLOSING = "”’」』》〉）)】〕"
# A half-width mark between Latin letters belongs to an address or an entity: a.html?id=1.
_SENTENCE = re.compile(
    rf"(?:[^。！？；;!?{_LINE_ENDS}]|(?<=[A-Za-z])[;!?](?=[A-Za-z0-9]))+"
    rf"(?:[。！？；;!?]+[{_CLOSING}]*)?"
    rf"|[。！？；;!?]+[{_CLOSING}]*"
)
# What `str.isspace` leaves out: characters of no width and the byte order mark.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*")


def find_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of ``text[start:end]`` in order, white space outside; offsets into `text`."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        if span := _trim(text, *match.span()):
            yield span


def cut_sentences(text: str, cuts: Iterable[int]) -> Iterator[Span]:
    """The sentences of `text`, cut also at the offsets `cuts` (in rising order).

    Where a heading is glued into a line (如下:一、工作情况) no mark ends the sentence before it.
    """
    waiting = iter(cuts)
    cut = next(waiting, len(text))
    for start, end in find_sentences(text):
        at = start
        while cut < end:
            if at < cut and (span := _trim(text, at, cut)):
                yield span
                at = cut
            cut = next(waiting, len(text))
        if span := _trim(text, at, end):
            yield span


def _trim(text: str, start: int, end: int) -> Span | None:
    inside = _EDGE.match(text, start, end)
    start = inside.end() if inside else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end) if start < end else None
