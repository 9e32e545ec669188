"""Whether a figure of the text stands at home in the report's sentence that has its value.

Its own words may be other ones there: a sentence retold, a place told by how far it moved. Then the
sentence has to be the one that the text speaks of, and the words no other figure's of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.checker._anatomy import Mention
from summarizer.checker._binding import Binding, Candidate, changed
from summarizer.checker._lexicon import FIRST_PLACES, kindred_measures
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._values import significant_digits
from summarizer.folding import fold

_LEVELS = re.compile(r"[两二三四五六七]级")  # 四级平台: what kind of thing it is, and no count
_LEVELS_BEFORE = re.compile(r"[国省市州县区乡镇村街]+$")
_LINE = 200  # characters of the line before a sentence
_HOME = 0.35
_RETOLD = 2  # other figures of the text in one sentence: it is that sentence retold
_TAKEN = 0.85  # the share of our words at another figure from which they are that one's
_NUMERAL = "两二三四五六七八九十"
_SO_MANY_GREAT = re.compile(rf"[{_NUMERAL}]大")
_NAME = 4  # characters behind 四大 that are the name's
_SHORT = 2
_PLACES = frozenset("位名")
_IN_WORDS = re.compile(r"[一二三四五六七八九十]+")
_TELLING = 3  # digits that hardly two things of a report have in common


def names_levels(binding: Binding, index: SourceIndex) -> bool:
    """Whether a figure says how many levels (四级平台), as the report has it or the text lists."""
    words = binding.mention.quantity.text
    if not _LEVELS.fullmatch(words):
        return False
    return _near_words(words, binding, index) or _levels_named(binding)


def is_part_of_a_name(binding: Binding, text: str, index: SourceIndex) -> bool:
    """Whether a figure belongs to what the report calls so in many places: 四大主导产业."""
    quantity = binding.mention.quantity
    if not _SO_MANY_GREAT.fullmatch(quantity.text):
        return False
    name = fold(text[quantity.start : quantity.end + _NAME])
    if len(name) != len(quantity.text) + _NAME or name not in index.text:
        return False
    called = name[len(quantity.text) :]  # and no other number of them: 全国四大, 本市三大
    return set(re.findall(rf"[{_NUMERAL}]大(?={re.escape(called)})", index.text)) == {quantity.text}


def is_said_in_short(binding: Binding, text: str, index: SourceIndex) -> bool:
    """Whether the report says 前三 for 前三名, or 七地 for 七个地."""
    quantity = binding.mention.quantity
    numeral = quantity.text.removesuffix(quantity.unit)
    if not quantity.unit or not _IN_WORDS.fullmatch(numeral):
        return False
    if text[max(0, quantity.start - 1) : quantity.start] == "前":
        return _near_words(f"前{numeral}", binding, index)
    behind = fold(text[quantity.end : quantity.end + _SHORT])
    short = quantity.unit == "个" and len(behind) == _SHORT
    return short and _near_words(numeral + behind, binding, index)


def is_the_first_time(binding: Binding, index: SourceIndex) -> bool:
    """Whether a figure says 第一次 where the report says 首次 of it."""
    quantity = binding.mention.quantity
    first = quantity.kind == "ordinal" and quantity.text == f"第一{quantity.unit}"
    if quantity.unit in _PLACES:
        return False
    return first and bool(quantity.unit) and _near_words(f"首{quantity.unit}", binding, index)


def is_among_the_first(binding: Binding, same: Candidate, index: SourceIndex) -> bool:
    """Whether the sentence spoken of says 前列, and the first place is another sentence's."""
    quantity = binding.mention.quantity
    if quantity.kind != "ordinal" or quantity.text not in FIRST_PLACES:
        return False
    home = index.nearest(binding.mention.wide, None, 1)
    if not home or same.mention.sentence in home:
        return False
    return "前列" in index.text[slice(*index.prose.sentences[home[0]])]


def at_home(
    binding: Binding, same: Candidate, others: Sequence[Binding], index: SourceIndex
) -> bool:
    """Whether a figure stands where the text speaks of, though other words stand at it."""
    if binding.mention.quantity.kind == "ordinal":
        return _near_words(same.mention.quantity.text, binding, index)
    ours, theirs = binding.mention, same.mention
    both_changed = changed(ours) and changed(theirs)
    alike = kindred_measures(ours.quantity.unit, theirs.quantity.unit)
    if ours.quantity.unit != theirs.quantity.unit and not (both_changed and alike):
        return False
    beside = [
        other
        for other in others
        if other is not binding and other.same and other.same.mention.sentence == theirs.sentence
    ]
    told = len(beside) >= _RETOLD
    nearest = index.nearest(ours.wide, None, 1) + index.nearest(ours.near_grams, None, 1)
    if theirs.sentence not in nearest and not told:
        return False
    if both_changed:
        return True  # 较上年提升4位 for 比上年前移4位
    unlikely = binding.rival is None or binding.rival.score < same.score
    telling = significant_digits(ours.quantity) >= _TELLING and unlikely
    here = told or telling or same.fit.wide >= _HOME
    return here and not _told_elsewhere(ours, theirs, index)


def _told_elsewhere(ours: Mention, theirs: Mention, index: SourceIndex) -> bool:
    """Whether our words stand at another figure of the report's sentence, and belong there."""
    said = frozenset(gram for gram in ours.local_grams if len(gram) > 1)
    name = frozenset(gram for gram in ours.lead_grams if len(gram) > 1)
    for other in index.by_sentence[theirs.sentence]:
        if other is theirs:
            continue
        if kindred_measures(other.quantity.unit, theirs.quantity.unit):
            # What stands a clause before both is said of both.
            shared = theirs.previous_grams if other.clause != theirs.previous else frozenset()
            if (said - shared) & other.local_grams:
                return True
        elif (
            "percent" in (other.quantity.kind, theirs.quantity.kind)
            and len(name) > 2
            and index.coverage(name, other.local_grams) >= _TAKEN
        ):
            return True
    return False


def _levels_named(binding: Binding) -> bool:
    """Whether the levels are named that are counted: 省市县三级."""
    named = _LEVELS_BEFORE.search(binding.mention.lead)
    return named is not None and len(named.group()) == binding.mention.quantity.value


def _near_words(words: str, binding: Binding, index: SourceIndex) -> bool:
    """Whether what a figure's own sentence is nearest to has these words, or its line before it."""
    for number in index.nearest(binding.mention.wide, None, 3):
        start, end = index.prose.sentences[number]
        line = index.text.rfind("\n", 0, start) + 1
        if words in index.text[max(line, start - _LINE) : end]:
            return True
    return False
