"""Words at two figures that exclude each other: directions, 受理 and 审结, two levels."""

from __future__ import annotations

import re

from summarizer.checker._anatomy import Mention
from summarizer.checker._binding import Binding, Candidate
from summarizer.checker._lexicon import AREA, CONTRASTS, LEVEL, STAGES, Direction, directions
from summarizer.checker._source_index import SourceIndex, quoted_names

_MORE_OR_LESS = re.compile(
    r"[比较][^,;:。]{2,}([多少高低快慢长短大小])[出了]?$|([多少高低快慢长短大小超])[于过出][^,;:。]{2,}$"
)
_FOREIGN_TRADE = re.compile("进出口")  # one word, and neither 进口 nor 出口
_LESS = frozenset("少低慢短小")
_WIDER_SUBJECT = re.compile(r"(?:同期|目前)?(全[国省])(?!第|首|平均|[前同各])[\u4e00-\u9fff]{2}")
_NEAR = 2  # sentences
_CORE = 2  # characters at the end of 市人大 that say which organ it is


# What is the better the less of it there is.
_IMPROVED = re.compile(r"(?:浓度|PM[\d.]*|臭氧|能耗|排放)[^,;。|]{0,6}改善[了约]?$")


def direction_of(mention: Mention) -> tuple[str, Direction] | None:
    lead, tail = mention.lead, mention.tail
    compared = _MORE_OR_LESS.search(lead)
    if compared and compared.group(2) and mention.quantity.unit == "%":
        return None  # 低于预算收入4.5%的增速: of that, and no difference
    if compared:
        word = compared.group(1) or compared.group(2)
        return word, "down" if word in _LESS else "up"
    if _IMPROVED.search(lead):
        return "改善", "down"
    found = directions(lead)
    if found and len(lead) - found[-1][0] <= 12:
        return _in_time(mention, *found[-1][1:])
    after = directions(tail[:6])
    return _in_time(mention, *after[0][1:]) if after else None


def _in_time(mention: Mention, word: str, direction: Direction) -> tuple[str, Direction]:
    """Return a direction as it is meant of a length of time: 提速到1.5个工作日 shortens it."""
    faster = word == "提速" and mention.quantity.kind == "duration"
    return word, "down" if faster else direction


def contrast(
    binding: Binding, same: Candidate, after: str, index: SourceIndex
) -> tuple[str, str] | None:
    """Find a word that excludes the source's own: 受理 where the source has 审结."""
    ours = _FOREIGN_TRADE.sub("外贸", f"{binding.mention.lead}|{binding.mention.tail}")
    theirs = _FOREIGN_TRADE.sub("外贸", f"{same.mention.lead}|{same.mention.tail}")
    around = f"{same.mention.clause}|{same.mention.previous}|{same.mention.before}|{after}"
    wider = f"{theirs}|{_FOREIGN_TRADE.sub('外贸', around)}"
    for row in CONTRASTS:
        for group in row:
            word = next((w for w in group if w in ours), None)
            if word is None or any(w in wider for w in group):
                continue
            for rival in row:
                other = next((w for w in rival if w in theirs and w not in ours), None)
                if rival is group or not other:
                    continue
                core = other[-_CORE:]
                if core == word[-_CORE:] or core not in ours:
                    return word, other  # and not: 市政府办理人大代表建议, of the 市人大
    sentence = index.text[slice(*index.prose.sentences[same.mention.sentence])]
    quoted = _other_quoted(binding.mention.clause, same.mention, index)
    if quoted is not None:
        return quoted
    wide = _of_a_wider_place(binding.mention, same.mention, index)
    return wide or _other_stage(ours, theirs, sentence) or _other_level(ours, theirs, wider)


def _of_a_wider_place(ours: Mention, theirs: Mention, index: SourceIndex) -> tuple[str, str] | None:
    """Find what the report tells of the whole province (同期全省受理) told of the region."""
    wide = _WIDER_SUBJECT.match(theirs.clause)
    if wide is None or wide.group(1) in f"{ours.clause}|{ours.previous}|{ours.opening}":
        return None
    if not index.region or index.region.endswith(("省", "自治区")):
        return None
    return index.region, wide.group(1)


def _other_quoted(ours: str, theirs: Mention, index: SourceIndex) -> tuple[str, str] | None:
    """Find a “quoted name” of the text's clause that the report has a sentence away, not here."""
    said = [name.text for name in quoted_names(ours)]
    start, end = index.prose.sentences[theirs.sentence]
    here = quoted_names(index.text[start : theirs.quantity.start])
    if not said or not here or any(name in index.text[start:end] for name in said):
        return None
    near = index.paragraph(theirs.sentence, _NEAR)
    around = "".join(index.text[slice(*index.prose.sentences[n])] for n in near)
    beside = [name for name in said if name in around]
    return (beside[0], here[-1].text) if beside else None


def _other_stage(ours: str, theirs: str, sentence: str) -> tuple[str, str] | None:
    """Find 受理 told of what was 收到, where the source counts the one and the other."""
    for row in STAGES:
        said = next((word for word in row if word in ours and word not in theirs), None)
        meant = next((word for word in row if word in theirs and word not in ours), None)
        if said and meant and said in sentence:
            return said, meant
    return None


def _other_level(ours: str, theirs: str, wider: str) -> tuple[str, str] | None:
    """Find a level (市级) that stands where the source has another (区级)."""
    area, wide = AREA.search(theirs), LEVEL.search(ours)
    if area and wide and area.group() not in ours and wide.group() not in theirs:
        return wide.group(), area.group()
    said, meant = LEVEL.findall(ours), LEVEL.findall(theirs)
    if not said or not meant or said[-1] in theirs or meant[-1] in ours:
        return None
    if said[-1].startswith("全") and said[-1] in wider:
        return None
    return said[-1], meant[-1]
