"""Who or where a deed is put down to, beyond the names that end like one.

A city without 市 (支持保定…基地), the unit above the report's own (淮安市 for 全区), the organ that
acts (人大常委会), and the winners of an award: of 「A被评为X，B被授予Y」 A has not won Y. What the
statement names must stand where its source speaks of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.checker._anatomy import Clause, Prose
from summarizer.checker._entities import Misplaced, is_generic
from summarizer.checker._gazetteer import KNOWN_PLACE
from summarizer.checker._lexicon import LEVEL, NAMES_SIGN, RESPECTIVELY
from summarizer.checker._source_index import SourceIndex
from summarizer.checker._words import Grams, grams

_HAN = "\u4e00-\u9fff"
# A unit as the subject of a clause: at its beginning or behind a date.
_UNIT = re.compile(rf"(?:^|(?<=[年月日,;。]))([{_HAN}]{{2,3}}[省市州县区])(?=([{_HAN}]{{2}}))")
_REACH = 8
# Organs of which a place has one each; whichever acts, its source must name it.
_ORGANS = re.compile(r"人大|政协|纪委|监委|检察院|法院|县区|区县|乡镇|镇街|街道")
_ACTOR = re.compile(
    r"^(?:\d{4}年,?)?(?:全国|省|市|区|县|各|全[省市区县]各?)?"
    r"(?:(人大|政协|纪委监委|纪委|监委|检察院|法院)(?:常委会)?"
    r"|(县区|区县|乡镇|镇街|街道)(?:政府|党委))(?!代表|委员|建议|提案)"
)
_SYNONYMS = {"县区": r"县区|区县|县\(|各[县区]", "区县": r"县区|区县|县\(|各[县区]"}

_WON = (
    r"获评|获得|荣获|(?<!所)获(?!批|悉|取)|入选|当选"
    r"|被?评为|被?评选为|被?追?授予|被追授|被?命名为|被?认定为|被?确定为|创成|创建为"
)
_NOMINATED = r"入围|获?提名|申报|参评|候选|推荐"
_AWARDED = re.compile(rf"(?:分别|均|同时|先后|共同|成功|再次)?({_WON})")
_IS_WON_BY = re.compile(rf"(?:{_WON})(?P<award>.+?)的(?:分别)?是(?P<winners>.+)")
_AN_HONOUR = re.compile(
    r"^[^\d]*(?:(?<!不)优秀|先进|典型|标兵|模范|标杆|十佳|称号|[^补]奖(?!补|励)|表彰|文明|百强|金牌|五星)[^\d]*$"
)
_NAMED_FOR = re.compile(rf"{_WON}|{_NOMINATED}")
_LISTED = NAMES_SIGN
_MORE_PLACES = re.compile(rf"(?:(?:{_LISTED.pattern})(?:{KNOWN_PLACE.pattern}))*")
_PLACES = re.compile(rf"(?:{KNOWN_PLACE.pattern}){_MORE_PLACES.pattern}")
_SAME_AWARD, _SAME_WINNER, _OTHER_AWARD = 0.8, 0.6, 0.5
_SAME_THING, _FEWEST, _FOLLOWING = 0.7, 4, 4
_NUMBERED_NAME = re.compile(rf"第[一二三四五六七八九十]+(?=[{_HAN}])")
_SAME_WORDS = 7
_SMALL_PLACE = re.compile(rf"[{_HAN}]{{2}}(街道|镇|乡|社区|村|县|(?<!全)市(?![级场]))")
_ADVERBS = re.compile(r"(?:不仅|既|也|还|又|均|都|曾|已|更|则|其|一道|一起|共同|同时|双双)+$")
# 举办, 布局, 部署 and 教室 end in no organ.
_ORGAN_FIRST = re.compile(
    rf"(?:\d{{4}}年,?)?(?P<organ>[省市区县州]?[{_HAN}]{{1,7}}?(?:(?<![布格结当全大开僵])局(?![面势长部限])"
    r"|(?<![举主承协创开兴督交查代帮催筹])办(?![理事结案公好学件税证法实成])"
    r"|(?<![编原])委(?![托员派会])|院(?![校士落长])|厅(?!局)"
    r"|(?<![部签])署(?![名理])|(?<![教])室(?![内外])|中心|公司|支队|大队|部门))"
    rf"(?=[{_HAN}]{{4}})"
)
_ANY_ORGAN = re.compile(r"全[国省市区县]|各|有关|相关|两|[一二三四五六七八九十]")
_NO_ACTOR = re.compile(r"[该我本].$|并?(?:[与和同]|会同|联合)")  # 该厅, 并与北京医院
_IS_THE_ONLY = re.compile(r"是[^,;。]*唯一$")
_SO_MANY = re.compile(
    r"[两二三四五六七八九十](?:[县市区镇乡村家院校]局?|个[^,;。]{1,4})(?:的[^,;。]{1,4})?$"
)
_AS_WELL = 0.9
_MUCH_BETTER = 0.3
_WORDS = re.compile(rf"[{_HAN}0-9]{{{_FOLLOWING}}}")
_SUFFIXED = frozenset("省市州县区")  # 保定市: found by its ending
_SELF = re.compile(
    r"^(?:另|还有|其他|其余|且|并|也|还|已|曾|又|被|由|经|获|连续|再次|多次|成功|先后)|^(?:[区市省县州境]内|其中)|^(?:该|我|本|全)[省市州县区]|^(?:\d{4}年)?$"
)


def misplaced_bearers(
    prose: Prose, index: SourceIndex, passages: Sequence[int], masked: Sequence[tuple[int, int]]
) -> Iterator[Misplaced]:
    """Yield cities, units, organs and winners that the source does not have in this place."""
    for clause in prose.clauses:
        yield from _cities(clause, index, passages, masked, prose.text)
        yield from _units(clause, index, passages, prose.text)
        yield from _actors(clause, index, passages, prose.text)
        yield from _winners(clause, index, passages, prose.text)
        yield from _numbered(clause, index, passages, prose.text)
        yield from _subjects(clause, index, passages, prose.text)


def _passage(index: SourceIndex, number: int) -> str:
    return index.text[slice(*index.prose.sentences[number])] + "|" + index.headings[number]


def _home(rest: str, index: SourceIndex, passages: Sequence[int]) -> str:
    """Return the sentences that have the rest of a clause, or else all that may have it."""
    wanted = grams(rest)
    best = max(passages, key=lambda n: index.coverage(wanted, index.sentence_words(n)), default=-1)
    held = index.coverage(wanted, index.sentence_words(best)) if best >= 0 else 0.0
    if len(wanted) < _FEWEST or held < _SAME_THING:
        beside = index.paragraph(passages[0], 1) if passages else []
        return _all(index, [*passages, *(n for n in beside if n not in passages)])
    near = [
        n for n in passages if index.coverage(wanted, index.sentence_words(n)) >= _AS_WELL * held
    ]
    return _all(index, [*near, *(n for n in index.paragraph(best, 1) if n not in near)])


def _all(index: SourceIndex, passages: Sequence[int]) -> str:
    return "|".join(_passage(index, n) for n in passages)


def _cities(
    clause: Clause,
    index: SourceIndex,
    passages: Sequence[int],
    masked: Sequence[tuple[int, int]],
    text: str,
) -> Iterator[Misplaced]:
    """Yield a city that its source does not have, or has elsewhere than before these words."""
    cities = list(KNOWN_PLACE.finditer(text, clause.start, clause.end))
    if not cities:
        return
    rest = KNOWN_PLACE.sub("|", text[clause.start : clause.end])
    context = _home(rest, index, passages)
    for found in cities:
        name, end = found.group(), found.end()
        if name in index.region or text[end : end + 1] in _SUFFIXED:
            continue
        if any(a <= found.start() < b for a, b in masked):
            continue
        behind = _MORE_PLACES.match(text, end)
        assert behind is not None
        following = text[behind.end() : behind.end() + _FOLLOWING]
        other = _city_instead(name, following, context, rest_of=text)
        if other or name not in context:
            yield Misplaced(found.start(), end, "name", None, other)


def _city_instead(name: str, following: str, context: str, rest_of: str) -> str:
    """Return the place that the source has before the same words, where this one does not stand.

    Of a list (廊坊、张家口全国算力高地) any place that the statement, `rest_of`, leaves out.
    """
    if not _WORDS.fullmatch(following):
        return ""
    if re.search(rf"{name}[^,;。]{{0,60}}{following}", context):
        return ""
    for others in _PLACES.finditer(context):
        if context.startswith(following, others.end()):
            left_out = [p for p in KNOWN_PLACE.findall(others.group()) if p not in rest_of]
            return left_out[0] if left_out else ""
    return ""


def _units(
    clause: Clause, index: SourceIndex, passages: Sequence[int], text: str
) -> Iterator[Misplaced]:
    """Yield another unit as the subject: 淮安市 where 淮安市洪泽区 is meant, 苏州市 for 常州市."""
    found = _UNIT.search(text, clause.start, clause.end)
    if found is None or _is_own(found, index, text):
        return
    name = found.group(1)
    lower = re.match(rf"[{_HAN}]{{2,3}}[县区市旗]", text[found.end(1) :])
    if is_generic(name) or (lower and found.group(1) + lower.group() in index.text):
        return
    if not KNOWN_PLACE.fullmatch(name[:-1]) and name + index.region not in index.text:
        return
    context = _home(text[found.end(1) : clause.end], index, passages)
    elsewhere = re.sub(rf"《[^》]*》|{name}(?=[{_HAN}]{{2,3}}[县区市旗])", "", context)
    if name not in elsewhere and name[:-1] + found.group(2) not in elsewhere:
        yield Misplaced(found.start(1), found.end(1), "name", None, index.region or "")


def _is_own(found: re.Match[str], index: SourceIndex, text: str) -> bool:
    """Whether a unit is the report's own, or stands before its name: 白银市平川区."""
    stem = index.region[:-1]
    behind = text[found.start(1) : found.end(1) + _REACH]
    return bool(stem) and (stem in behind or index.region.endswith(found.group(1)))


def _actors(
    clause: Clause, index: SourceIndex, passages: Sequence[int], text: str
) -> Iterator[Misplaced]:
    """Yield an organ that acts in the statement and is not named where its source tells the act."""
    found = _ACTOR.match(text[clause.start : clause.end])
    if found is None:
        return
    context = _home(text[clause.start + found.end() : clause.end], index, passages)
    organ = found.group(1) or found.group(2)
    if organ in index.title:
        return  # who reports is not named again: 全市法院 in a court's report
    known = _SYNONYMS.get(organ, "|".join(_ORGANS.findall(organ)))
    if not re.search(known, context):
        yield Misplaced(clause.start, clause.start + found.end(), "name", None, "")


def _numbered(
    clause: Clause, index: SourceIndex, passages: Sequence[int], text: str
) -> Iterator[Misplaced]:
    """Yield a numbered name where its source has another number before the same words."""
    context = _all(index, passages)
    for found in _NUMBERED_NAME.finditer(text, clause.start, clause.end):
        following = text[found.end() : found.end() + _SAME_WORDS]
        if following.startswith("产业"):
            continue  # of the three industries each has its figure
        if len(following) < _SAME_WORDS or found.group() + following in context:
            continue
        other = re.search(rf"{_NUMBERED_NAME.pattern}(?={re.escape(following)})", context)
        beside = found.group() + text[found.end()]
        listed = other and beside in re.split("[。;]", context[: other.end()])[-1]
        if other is not None and not listed:
            yield Misplaced(found.start(), found.end(), "name", None, other.group())


def _subjects(
    clause: Clause, index: SourceIndex, passages: Sequence[int], text: str
) -> Iterator[Misplaced]:
    """Yield an organ that opens a clause whose source opens with another one."""
    found = _ORGAN_FIRST.match(text[clause.start : clause.end])
    if found is None or _ANY_ORGAN.search(found["organ"]) or _NO_ACTOR.match(found["organ"]):
        return
    wanted = grams(text[clause.start + found.end() : clause.end])
    if len(wanted) < _FEWEST:
        return
    near = index.prose.clauses_of(passages)
    shares = [(index.coverage(wanted, index.clause_words(c)), c) for c in near]
    share, home = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    if home is None or share < _SAME_THING:
        return
    own = index.text[home.start : home.end]
    theirs = _ORGAN_FIRST.match(own)
    core = found["organ"].lstrip("省市区县州")
    if theirs is None or _ANY_ORGAN.search(theirs["organ"]) or core in own:
        return
    with_another = theirs["organ"].startswith(("与", "会同", "联合"))
    if core in index.title or with_another or "及其" in core:
        return  # who reports is not named: 与市司法局联合开展
    if not _shortens(core, theirs["organ"]) and not _shortens(theirs["organ"], found["organ"]):
        start = clause.start + found.start("organ")
        end = clause.start + found.end("organ")
        span = (home.start + theirs.start("organ"), home.start + theirs.end("organ"))
        yield Misplaced(start, end, "name", span, theirs["organ"])


def _shortens(short: str, long: str) -> bool:
    """Whether one name is the other with characters left out: 中院 of 中级人民法院."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def _winners(
    clause: Clause, index: SourceIndex, passages: Sequence[int], text: str
) -> Iterator[Misplaced]:
    """Yield winners of an award that the source gives to others, of another level or to no one."""
    own = text[clause.start : clause.end]
    turned_round = _IS_WON_BY.match(own)
    verb = turned_round or _AWARDED.search(own)
    if verb is None:
        return
    award = verb["award"] if turned_round else own[verb.end() :]
    winners = verb["winners"] if turned_round else own[: verb.start()]
    if len(grams(award)) < _FEWEST:
        return
    if _AN_HONOUR.search(award) and not _is_given(award, index):
        yield Misplaced(clause.start, clause.end, "name", None, "")
        return
    named = [c for c in index.prose.clauses_of(passages) if _NAMED_FOR.search(c.text)]
    if not named:
        return
    at = clause.start + (verb.start("winners") if turned_round else 0)
    # 石泉、平利两县
    winners = _IS_THE_ONLY.sub("", winners)
    items = _LISTED.split(_SO_MANY.sub("", winners))
    awards = _LISTED.split(award)
    if not RESPECTIVELY.search(own) or len(awards) != len(items):
        awards = [award] * len(items)
    for item, its_own in zip(items, awards, strict=True):
        start = text.index(item, at)
        at = start + len(item)
        wrong = _not_won(item, its_own, named, index)
        if wrong:
            yield Misplaced(start, at, "name", (wrong.start, wrong.end), _said(wrong, index))


def _is_given(award: str, index: SourceIndex) -> bool:
    """Whether any sentence of the report that tells of an award has the words of this one."""
    telling = {c.sentence for c in index.prose.clauses if _NAMED_FOR.search(c.text)}
    words = grams(award)
    return any(index.coverage(words, index.sentence_words(n)) >= _OTHER_AWARD for n in telling)


def _said(clause: Clause, index: SourceIndex) -> str:
    return index.text[clause.start : clause.end].strip()


def _not_won(item: str, award: str, named: Sequence[Clause], index: SourceIndex) -> Clause | None:
    stem = index.region[:-1]
    wanted = grams(item.replace(stem, "") if stem else item)
    item = _ADVERBS.sub("", item)
    if not wanted or _reports_itself(item, index):
        return None
    shares = [(_award_share(award, c, index), _subject_has(wanted, c, index), c) for c in named]
    won = any(
        has and share >= _SAME_AWARD and item[:2] in _said(clause, index)
        for share, has, clause in shares
    )
    for share, has, clause in shares if not won else ():
        if not has or share < _OTHER_AWARD:
            continue
        said = _said(clause, index)
        if _of_another_place(item, _subject_of(clause, index)) or _begins_otherwise(item, said):
            return clause
    its_own = [(share, c) for share, has, c in shares if has]
    otherwise = _won_otherwise(item, award, [c for _, c in its_own], named, index)
    if its_own and otherwise is not None:
        return otherwise
    best = max(shares, key=lambda found: found[0])
    held = max((share for share, _ in its_own), default=0.0)
    other = held < max(_OTHER_AWARD, best[0] - _MUCH_BETTER)
    if best[0] >= _SAME_AWARD and other and _has_subject(best[2], index):
        return best[2]
    return None


def _reports_itself(item: str, index: SourceIndex) -> bool:
    """Whether the winner is who reports: the region, the bureau of the title, 我市, or unsaid."""
    if index.own_name and index.own_name.search(item):
        return True
    if item.lstrip("省市区县") in index.title or _SELF.match(item):
        return True
    return bool(index.region) and item in index.region


def _won_otherwise(
    item: str, award: str, own: Sequence[Clause], named: Sequence[Clause], index: SourceIndex
) -> Clause | None:
    """Return the clause that says what a winner has won instead: another name, level, or none."""
    called = re.findall(r"“[^”]+”", award)
    if called and not any(name in _said(c, index) for name in called for c in own):
        for clause in named:
            said = _said(clause, index)
            if called[0] in said and item[:2] not in said:
                return clause
    level = LEVEL.findall(award)
    levels = [LEVEL.findall(_award_of(c, index)) for c in own]
    if level and all(found and level[0][:2] not in "".join(found) for found in levels):
        return own[0] if own else None
    return own[0] if own and all(not re.search(_WON, c.text) for c in own) else None


def _begins_otherwise(item: str, said: str) -> bool:
    """Whether a winner's first word is another than its source's: 临洮苹果产业, 静宁苹果产业."""
    at = said.find(item[2:6])
    return len(item) >= 6 and at == 2 and item[:2] not in said


def _of_another_place(item: str, said: str) -> bool:
    """Whether a winner is of another street, town or village than its source's: 东四街道司法所."""
    for found in _SMALL_PLACE.finditer(item):
        other = re.search(rf"[{_HAN}]{{2}}{found.group(1)}", said)
        if other and found.group() not in said:
            return True
    return False


def _award_of(clause: Clause, index: SourceIndex) -> str:
    own = index.text[clause.start : clause.end]
    verb = _NAMED_FOR.search(own)
    return own[verb.end() :] if verb else ""


def _subject_of(clause: Clause, index: SourceIndex) -> str:
    own = index.text[clause.start : clause.end]
    verb = _NAMED_FOR.search(own)
    return own[: verb.start()] if verb else own


def _award_share(award: str, clause: Clause, index: SourceIndex) -> float:
    return index.coverage(grams(award), grams(_award_of(clause, index)))


def _subject_has(wanted: Grams, clause: Clause, index: SourceIndex) -> bool:
    return index.coverage(wanted, grams(_subject_of(clause, index))) >= _SAME_WINNER


def _has_subject(clause: Clause, index: SourceIndex) -> bool:
    """Whether a clause names its winner itself: not 获评…示范项目 after a comma, nor 我市…."""
    subject = _subject_of(clause, index)
    return len(grams(subject)) >= 3 and not _SELF.match(subject)
