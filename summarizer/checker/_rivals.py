"""Whether another figure of the report fits the text better than the one of its own value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from summarizer.checker._anatomy import Mention
from summarizer.checker._binding import MARGIN, YEAR_BEFORE, Binding, Candidate, best
from summarizer.checker._lexicon import RESPECTIVELY, kindred_measures
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._values import same_number
from summarizer.checker._words import Grams, grams

_ALIKE, _MIRRORED = 0.8, 0.87
_MARGIN_CLOSE = 0.03  # the same where only the rest of the sentence tells them apart
_TOTAL = re.compile(r"共|合计|总")  # no rival of the parts that a list gives one by one
_NAME, _VERB = 2, 3
_MONTHS = re.compile(r"[上下]半年|[一二三四]季度")
_SO_MANY_YEARS = re.compile(r"([两二三四五六七八九十]年)(?:间|来|以来|里|中)")
_NEW = re.compile(r"新|当年|本年|净增")
_SUBSET = re.compile(r"其中|本年|当年|全年|[|]")
_WITNESSES = 4
_NEIGHBOURS = 2  # sentences apart: a semicolon ends one


def _counts_alike(ours: Mention, theirs: Mention) -> bool:
    if theirs.quantity.kind in ("percent", "ordinal"):
        return True
    alike = kindred_measures(theirs.quantity.unit, ours.quantity.unit)
    return alike or bool(ours.tail[:2].strip("|") and ours.tail[:2] == theirs.tail[:2])


def _named_by_its_end(ours: Mention, same: Mention, rival: Mention) -> bool:
    """Whether our figure's name ends in the rival's whole name, and not in its own: 贷款余额."""
    name, ours_name, own = (_name_of(m) for m in (rival, ours, same))
    return (
        len(name) >= _NAME
        and abs(same.sentence - rival.sentence) <= _NEIGHBOURS
        and ours_name.endswith(name)
        and not own.endswith(name)
        and not ours_name.endswith(own)
    )


def _name_of(mention: Mention) -> str:
    name = mention.lead.strip("|").removeprefix("其中")
    return name.replace("进出口", "外贸")  # which ends in 出口 and is none


def _named_as_the_part(ours: Mention, same: Mention, rival: Mention) -> bool:
    """Whether ours is named by what tells the part from its whole: 9684件,其中农民工2317件."""
    if same.sentence != rival.sentence or not rival.lead.startswith("其中"):
        return False
    around = same.local_grams | same.previous_grams
    apart = {gram for gram in rival.lead_grams - around if len(gram) > 1}
    return len(apart & ours.lead_grams) > 1 and len(apart - ours.lead_grams) <= 1


def _has_the_verb(ours: Mention, same: Mention, rival: Mention) -> bool:
    """Whether all that stands at the rival is a verb of ours that is not the own one's: 审结."""
    own = _SUBSET.sub("", rival.lead)
    verb = own[-2:]
    opening = ours.clause.split(ours.lead)[0] if ours.lead else ""
    return (
        2 <= len(own) <= _VERB
        and not rival.tail_grams
        and same.sentence == rival.sentence
        and (verb in ours.lead or verb in opening.split("|")[-1])
        and verb not in f"{same.clause}{same.lead}{same.tail}"
        and not (same.thin and same.lead.strip("|") in ours.lead)
    )


def _alike(ours: Grams, theirs: Grams) -> bool:
    return len(ours & theirs) >= _ALIKE * len(ours | theirs)


def crossed(bindings: Sequence[Binding]) -> dict[int, Candidate]:
    """Return the figures that are told of each other's thing, each with what belongs there.

    Of two figures of one sentence of the report, the words that only the one has in the text
    stand only at the other in the report: 1264家水路企业、387家道路企业 for the reverse.
    """
    found: dict[int, Candidate] = {}
    for first, second in combinations(bindings, 2):
        one, other = first.same, second.same
        if one is None or other is None or one.mention is other.mention:
            continue
        if one.mention.sentence != other.mention.sentence:
            continue
        if not kindred_measures(one.mention.quantity.unit, other.mention.quantity.unit):
            continue
        ours, theirs = _apart(first.mention, second.mention), _apart(one.mention, other.mention)
        straight = [ours[0] & theirs[0], ours[1] & theirs[1]]
        if ours[0] & theirs[1] and ours[1] & theirs[0] and not all(straight):
            found[first.mention.quantity.start] = other
            found[second.mention.quantity.start] = one
    return found


def _apart(one: Mention, other: Mention) -> tuple[Grams, Grams]:
    """Return the pairs of characters that stand at one of two figures alone."""
    first, second = (
        frozenset(gram for gram in m.local_grams if len(gram) > 1) for m in (one, other)
    )
    return first - second, second - first


def better_rival(
    binding: Binding, others: Sequence[Binding], index: SourceIndex
) -> Candidate | None:
    """Return the rival that fits this figure clearly better than the mention of its own value.

    A rival that another figure of the text names with right is no rival, unless the two figures
    would fit better exchanged. Of a thing both reported and planned only the words of time tell
    the two figures apart: they are no rivals.
    """
    same = binding.same
    if same is None:
        return None
    rival = _rival_of(binding, same, index)
    if rival is None:
        return None
    ours, own, other = binding.mention, same.mention, rival.mention
    if _is_no_rival(binding, own, other, index):
        return None
    if any(
        told(ours, own, other) for told in (_named_by_its_end, _named_as_the_part, _has_the_verb)
    ):
        return rival
    if _named_by_its_end(ours, other, own) or _retold_with(others, binding, same, rival):
        return None
    margin = _margin(same, rival)
    margin += _added_up(ours, own, other)
    if _told_of_the_part(others, binding, same, rival):
        margin -= MARGIN
    if _counted_alone(ours, own, other, index):
        margin += MARGIN
    margin += MARGIN * _beside(others, binding, other.sentence, own.sentence)
    return rival if _gain(binding, same, rival, others) > margin else None


def _is_no_rival(binding: Binding, own: Mention, other: Mention, index: SourceIndex) -> bool:
    """Whether the report tells the other of another time, or of a whole or a part of this one."""
    ours = binding.mention
    if _of_other_months(ours, own, other):
        return True
    told = [YEAR_BEFORE.match(mention.clause) is not None for mention in (own, other)]
    if binding.last_year and told == [True, False]:
        return True
    apart = (_whole_of_parts, _part_of_a_whole, _of_these_years)
    return any(tells(ours, own, other, index) for tells in apart)


def _of_other_months(ours: Mention, same: Mention, rival: Mention) -> bool:
    """Whether both are told of one half or quarter of the year, and the rival is not."""
    mine, own, other = (_MONTHS.findall(m.lead)[-1:] for m in (ours, same, rival))
    return mine == own != other and bool(mine or other)


def _added_up(ours: Mention, same: Mention, rival: Mention) -> float:
    """Return how much more a rival has to fit where 累计 tells the two apart, or how much less."""
    told, own, other = ("累计" in mention.lead for mention in (ours, same, rival))
    if own is other or not (told or _NEW.search(ours.lead)):
        return 0.0
    return MARGIN if told is own else -MARGIN


def _of_these_years(ours: Mention, same: Mention, rival: Mention, index: SourceIndex) -> bool:
    """Whether the text tells its figure of so many years (五年间) as its own is told, alone."""
    span = _SO_MANY_YEARS.search(ours.lead)
    if span is None:
        return False

    def told(mention: Mention) -> bool:
        opening = index.prose.sentences[mention.sentence][0]
        return span.group(1) in index.text[opening : mention.quantity.start]

    return told(same) and not told(rival)


def _whole_of_parts(ours: Mention, same: Mention, rival: Mention, index: SourceIndex) -> bool:
    """Whether the text tells of a whole (640卷中), and its own has the rival among its parts."""
    behind = index.text[same.quantity.end : rival.quantity.start]
    among = ours.tail.rstrip("|").endswith(("中", "里", "内"))
    return among and same.sentence == rival.sentence and "其中" in behind


def _part_of_a_whole(ours: Mention, same: Mention, rival: Mention, index: SourceIndex) -> bool:
    """Whether the text names the part by its own words: 居民收入2.8万元,其中城镇居民3.4万元."""
    between = index.text[rival.quantity.end : same.quantity.start]
    if same.sentence != rival.sentence or "其中" not in between:
        return False
    own = {gram for gram in same.lead_grams - rival.lead_grams if len(gram) > 1}
    return bool(own & ours.lead_grams)


def _told_of_the_part(
    others: Sequence[Binding], binding: Binding, same: Candidate, rival: Candidate
) -> bool:
    """Whether the text's other figures stand with the rival in 其中…, and none with our own.

    完成投资742.5亿元,其中省重点项目79个、完成投资268.3亿元: of the 79 it is the second.
    """
    clauses = [o.same.mention.clause for o in others if o is not binding and o.same is not None]
    own, other = same.mention.clause, rival.mention.clause
    return other.startswith("其中") and other in clauses and own != other and own not in clauses


def _counted_alone(ours: Mention, same: Mention, rival: Mention, index: SourceIndex) -> bool:
    """Whether what is counted behind our figure is counted behind its own, and not the rival's."""
    counted = frozenset(gram for gram in ours.tail_grams if len(gram) > 1)
    if len(counted) < _NAME:
        return False
    return index.coverage(counted, grams(same.tail)) >= _ALIKE and not counted & grams(rival.tail)


def _rival_of(binding: Binding, same: Candidate, index: SourceIndex) -> Candidate | None:
    """Return the best rival that speaks of the same part of the report and the same measure."""
    planned = index.parts[same.mention.sentence] == "plans"
    # 6个 is not exchanged for 42万人
    own_unit = same.mention.quantity.unit == binding.mention.quantity.unit
    listed = RESPECTIVELY.search(binding.mention.lead) is not None
    return best(
        [
            c
            for c in binding.rivals
            if (index.parts[c.mention.sentence] == "plans") is planned
            and not (listed and _TOTAL.search(c.mention.lead))
            and not (own_unit and not _counts_alike(binding.mention, c.mention))
        ]
    )


def _gain(binding: Binding, same: Candidate, rival: Candidate, others: Sequence[Binding]) -> float:
    """How much better the text would fit with the rival, and its figure where the rival is told."""
    gain = rival.score - same.score
    for other in others:
        if other is not binding and other.same and other.same.mention is rival.mention:
            mine = [
                c.score
                for c in other.rivals
                if same_number(c.mention.quantity, same.mention.quantity)
            ]
            return gain + max(mine, default=0.0) - other.same.score
    return gain


def _margin(same: Candidate, rival: Candidate) -> float:
    """By how much a rival has to fit better.

    Where the words right at the two figures are the same, those farther off decide.
    """
    ours, theirs = same.mention, rival.mention
    tied = _alike(ours.lead_grams, theirs.lead_grams) and ours.tail_grams == theirs.tail_grams
    mirrored = rival.fit.backward > _MIRRORED and rival.fit.dominates(same.fit)
    near = abs(ours.sentence - theirs.sentence) <= _NEIGHBOURS
    return _MARGIN_CLOSE if (tied and near) or mirrored else MARGIN


def _retold_with(
    others: Sequence[Binding], binding: Binding, same: Candidate, rival: Candidate
) -> bool:
    """Whether two others of the text stand in the own sentence, none by the rival's, none here."""
    homes = [o.same.mention for o in others if o is not binding and o.same is not None]
    own, other = same.mention, rival.mention
    if own.sentence == other.sentence or any(m is own for m in homes):
        return False
    told = [m.sentence for m in homes]
    return told.count(own.sentence) > 1 and other.sentence not in told


def _beside(others: Sequence[Binding], binding: Binding, sentence: int, own: int) -> int:
    """Return how many of the text's other figures stand by the own mention, if none by the rival.

    Exchanged figures stand together: the more of a passage the text tells, the less is one of its
    figures taken from another.
    """
    homes = [
        other.same.mention.sentence
        for other in others
        if other is not binding and other.same is not None
    ]
    if any(abs(n - sentence) <= 1 for n in homes):
        return int(sentence not in homes and homes.count(own) > 1)
    return min(_WITNESSES, sum(abs(n - own) <= 1 for n in homes))
