"""The words of folded text, as the checker compares them: characters and pairs of neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.checker._lexicon import ADVERB, FUNCTION, FUNCTION_CHARACTER

_TRADE = ("进出口", "贸易|")  # one word, and neither 进口 nor 出口
_NO_ONE_HURT = ("零伤亡", "未发生人员伤亡")
_PRODUCT = ("GDP", "经济总量", "国内生产总值")
HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_ONLY_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_KEPT = 20_000  # texts whose words are remembered: a clause is asked for again and again

Grams = frozenset[str]


@lru_cache(maxsize=_KEPT)
def grams(text: str) -> Grams:
    """Return the content of folded text as characters and pairs of neighbouring characters.

    Figures, punctuation and function words break the text and are left out.
    """
    found: set[str] = set()
    text = text.replace(" ", "").replace(*_TRADE).replace(*_NO_ONE_HURT)
    for synonym in _PRODUCT:
        text = text.replace(synonym, "地区生产总值")
    text = ADVERB.sub("", FUNCTION.sub("|", text))
    text = FUNCTION_CHARACTER.sub("|", text)
    for run in _ONLY_WORDS.split(text):
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def strange_runs(text: str, having: Grams) -> Iterator[tuple[int, int]]:
    """Yield the stretches of folded text of which `having` holds no pair of characters.

    Function words end a stretch.
    """
    text = text.replace(*_TRADE)
    for pattern in (FUNCTION, ADVERB, FUNCTION_CHARACTER):
        text = pattern.sub(lambda found: "|" * len(found.group()), text)
    for run in HAN_RUN.finditer(text):
        start = run.start()
        for at in range(run.start(), run.end() + 1):
            pairs = (text[max(at - 1, run.start()) : at + 1], text[at : min(at + 2, run.end())])
            if at == run.end() or any(pair in having for pair in pairs if len(pair) == 2):
                if at > start:
                    yield start, at
                start = at + 1
