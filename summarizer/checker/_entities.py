"""Who and where: places, organs, roles and levels (层级) that a statement puts something down to.

A name is judged by its neighbour: where the source has another name of the same kind before the
same words (武陵区获评 against 鼎城区获评), the statement puts it down to the wrong one, unless the
right name stands before those words in the same clause, as one of a list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from summarizer.checker._gazetteer import KNOWN_PLACE
from summarizer.checker._lexicon import FIRST_PLACES, LEVEL, MINISTRY, PROVINCES
from summarizer.checker._source_index import SourceIndex

HAN = "\u4e00-\u9fff"
PLACE_SUFFIX = "省|自治州|自治区|市|州|县|区|旗|镇|乡|街道|街(?!道)"
# 秦皇岛港, and not 现了高铁 of 实现了高铁.
_SITE_NAME = rf"(?:{KNOWN_PLACE.pattern}|(?:(?![了着过的与和在及为等入沿跨临治个])[{HAN}]){{2}})"
_SITE_SUFFIX = "港|机场|水库|铁路|高铁|湖|河|油田|煤矿|口岸|大桥|隧道|电站"
_ORGAN_SUFFIX = (
    "检察院|法院|委员会|办公室|管理局|分局|局|(?<!大)厅|公司|集团|大学|学院|医院|协会|银行|公证处"
    "|支队|大队"
)
_PLACE = re.compile(rf"(?=([{HAN}]{{1,3}}(?:{PLACE_SUFFIX})))")
_SITE = re.compile(rf"{_SITE_NAME}(?:{_SITE_SUFFIX})")
_ORGAN = re.compile(rf"[{HAN}]{{2}}(?:{_ORGAN_SUFFIX})(?!级)")
# What stands before 市, 区, 县 without naming one: 全市, 城区, 示范区, 辖区.
_GENERIC = re.compile(
    r"^(?:.*[年月日全我本该各两一二三四五六七八九十几多跨设由在对与和及向从至经为等是到将被把其此某数个级的了])$"
    r"|^(?:[老新主县全]?城|社|辖|地|片|园|小|景|校|厂|库|新|老|乡|村|集|都|超|夜|菜|股|门|上|县|多|外|内|附|邻|近|区|市|省|镇|大|老|步行|商业|条|返|下|回|离|还|故|水|侨|归|兴|驻)$"
    r"|.*(?:示范|开发|试验|自贸|工业|产业|保护|风景|旅游|集聚|功能|核心|经济|高新|保税|行政|农业|重点|[^省市县]小"
    r"|贫困|管理|控制|合作|先行|试点|特色|所有|部分|基层|相关|有关|综合|社|辖|园|片)$"
)
_BARE_LEVEL = r"(?:全球|世界|国际|全国|国家|全省|全市|全区|全县|中央|省|市|区|县|部)级?"
_WIDE = re.compile(r"^(?:全球|世界|国际|全国|国家级?|全省|省级|中央|部级)$")
_SHORT_NAME = 2
# The character that ends a place's name begins another word here.
_NOT_A_PLACE = frozenset(
    {
        *("市场", "市民", "市容", "市政", "市直", "市级", "市县", "省级", "省直", "镇街", "乡村"),
        *(
            "区域",
            "区块",
            "区间",
            "区位",
            "区级",
            "区直",
            "区属",
            "县域",
            "县级",
            "县直",
            "县处",
            "乡镇",
            "旗下",
        ),
    }
)
_SKIPPED = "“”‘’ 的"
_LEAST = 3  # characters of a place's name
_LONGEST = 9
_OWN = re.compile(r"[我本][省市州县区旗镇]$")  # the region itself
_A_CITY = re.compile(
    r"(?:^|[大小中老新各多全该和与及所个座等的]|..)城市$|地区$"
)  # and not 丰城市, 盐城市
_ITS_ORGAN = re.compile("(?:人民)?(?:法院|检察院)")
_AWARDED = re.compile(r"[入当]选|获[评得批]|荣获|被[评授命认]")
_BEHIND_TIME = re.compile(r"^.*[年月日](?=.{3})")
_WITH = re.compile(r"^(?:与|和|同|会同|联合)")
_BEFORE = {
    kind: re.compile(rf"({name})[{_SKIPPED}]*$")
    for kind, name in (
        ("level", _BARE_LEVEL),
        ("place", rf"[{HAN}]{{1,3}}(?:{PLACE_SUFFIX})"),
        ("organ", rf"[{HAN}]{{2}}(?:{_ORGAN_SUFFIX})"),
        ("site", rf"{_SITE_NAME}(?:{_SITE_SUFFIX})"),
    )
}
_NO_NAME = re.compile(
    r"全[国省市区县州]|[一二两三四五六七八九十]家|案件|事项|问题|同期|当年|本年|去年|上年|全年|同年|其中|以及|各级|有关|相关|所在|由该|试点|定点|公立|民营|重点|示范|基层|所属|下属|直属|部分"
    r"|年[初中末底终]|.?[该我本]|[及和与]?其|.*[布格结当全大开僵]局$|高等|职业|中小|[省市区县]属|龙头|上市|科技|国有|外资|骨干|(?!协和).[中里内被由经向对与和及为将从在到的了有]"
)
_MORE = re.compile(rf"(?:(?:、|和|与|及)(?:[{HAN}]{{1,4}}?(?:{PLACE_SUFFIX})){{1,2}})*")
_OF_THE_PROVINCE = re.compile(rf"(?:{'|'.join(PROVINCES)})省(?:的?平均|水平|[前首第])")
_IS_SAID_OF = re.compile(rf"([{HAN}]{{2}})[^,;。]*的(?:分别)?是")
# What no place's name has in it: 年间, 其中, 审查, 高于, 街镇.
_NO_STEM = re.compile(
    r"^[了过着的地得]|[这那]些|[年日间其查共报经获受向为个各批项件等及与对由将被是]|[高低多少属位]于$|(?:会同|联合|协同|配合|报请|邀请|推动|支持|指导|帮助|要求|组织)$|[街镇撤]$|^(?:主持|办理|召开|组织|参加|出席)$|[与和的各及]乡$"
)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A name of the statement that its source does not bear out."""

    start: int
    end: int
    kind: str  # name or rank
    found: tuple[int, int] | None
    expected: str


def misplaced_names(
    text: str, index: SourceIndex, passages: Sequence[int], masked: Sequence[tuple[int, int]]
) -> Iterator[Misplaced]:
    """Yield places, organs and levels of folded `text` that the source has otherwise.

    `passages` are the sentences the text speaks of; what lies in `masked` (titles, quoted names)
    is judged elsewhere.
    """
    yield from _unknown_ministries(text, index)
    around = [index.prose.sentences[n] for n in passages[:2]]
    for start, end, kind in _names(text, index):
        if any(a <= start < b for a, b in masked):
            continue
        name = text[start:end]
        left = text[start - 1 : start]
        listed = _MORE.match(text, end)
        following = words_after(text, listed.end() if listed else end) or _said_first(text, start)
        conflict = _conflict(name, left, following, kind, index, around)
        own_figure = kind in ("place", "level") and _has_its_own(name, text, start, index, passages)
        if conflict and own_figure:
            continue
        own_level = kind == "level" and index.region and name == f"全{index.region[-1]}"
        if own_level and re.search(r"(?:^|[,;。年])$", text[:start]):
            continue  # 全市 as the subject is the report's own
        if conflict:
            yield Misplaced(start, end, "rank" if kind == "level" else "name", *conflict)
        elif kind == "level":
            if _reaches_beyond(name, index) and not any(
                _has_level(name, index.text[slice(*index.prose.sentences[n])]) for n in passages
            ):
                yield Misplaced(start, end, "rank", None, "")
        elif (
            kind != "site"
            and name not in index.text
            and not _is_region(name, index)
            and not (kind == "organ" and _shortened(name, index.text))
        ):
            yield Misplaced(start, end, "name", None, "")


def _shortened(name: str, text: str) -> bool:
    """Whether a text has an organ's name in full (监督管理局 for 监管局), or 市局 behind a word."""
    if name[1] in "省市区县州本该" and name[1:] in text:
        return True
    if not name.endswith(("局", "厅", "委员会", "支队", "大队")):
        return False  # 浙江大学 is not 浙江海洋大学
    return re.search(rf"[{HAN}]{{0,2}}".join(name), text) is not None


def _unknown_ministries(text: str, index: SourceIndex) -> Iterator[Misplaced]:
    """Yield the organs of the State Council (国务院部门) that the report does not name at all."""
    for found in MINISTRY.finditer(text):
        if found.group() not in index.text:
            yield Misplaced(found.start(), found.end(), "name", None, "")


def _names(text: str, index: SourceIndex) -> Iterator[tuple[int, int, str]]:
    taken: set[int] = set()
    for found in LEVEL.finditer(text):
        taken.update(range(*found.span()))
        yield found.start(), found.end(), "level"
    own = index.own_name.finditer(text) if index.own_name else ()
    inside = {at for name in own for at in range(name.start() + 1, name.end())}
    for found in _ORGAN.finditer(text):
        own_organ = index.own_name and index.own_name.match(found.group())
        place = text[max(0, found.start() - 1) : found.start() + 2]
        if place[-1] in "县区市" and len(place) > 2 and place in index.text:
            continue  # 三台县法院: of the place
        if not _NO_NAME.match(found.group()) and found.start() not in inside and not own_organ:
            yield found.start(), found.end(), "organ"
        taken.update(range(*found.span()))
    for found in _SITE.finditer(text):
        yield found.start(), found.end(), "site"
    begins = {name.start() for name in (index.own_name.finditer(text) if index.own_name else ())}
    for start, end in _places(text, index, inside, begins):
        if end - 1 not in taken:
            yield start, end, "place"


def _places(
    text: str, index: SourceIndex, inside: Collection[int], own: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield place names: the longest form that the report knows, or else two characters' worth.

    None begins `inside` the region's own name (南 of 云南州市), nor ends where that begins, in
    `own` (出自镇江).
    """
    ends: dict[int, list[int]] = {}
    for found in _PLACE.finditer(text):
        suffixed = found.group(1)
        ends.setdefault(found.start() + len(suffixed), []).append(found.start())
    for end, starts in ends.items():
        if text[end - 1 : end + 1] in _NOT_A_PLACE or end - 1 in own:
            continue
        suffix = re.search(rf"(?:{PLACE_SUFFIX})$", text[:end])
        assert suffix is not None
        names = [(s, text[s:end]) for s in sorted(starts) if s < suffix.start()]
        named = [
            (s, name)
            for s, name in names
            if s not in inside
            and not is_generic(name)
            and not _begins_with_a_conjunction(name, index)
        ]
        known = [s for s, name in named if name in index.text]
        if known:
            # 桃源县陬市镇: a name begins where another ends.
            clean = [s for s in known if s == 0 or not re.match(rf"[{HAN}]", text[s - 1])]
            after = [s for s in known if s and text[s - 1] in "省市州县区旗镇乡"]
            yield (clean or after or known)[0], end
            continue
        two = [s for s, _ in named if suffix.start() - s == 2]
        # An unknown place (汉寿县), and not a word that the report has elsewhere (办理区人大建议).
        unknown = not any(name in index.text for _, name in names)
        misspelt = bool(two) and index.region[-2:] == text[end - 2 : end]  # 西陵市 for 东陵市
        if two and (unknown or misspelt) and text[two[0] : suffix.start()] not in index.text:
            yield two[0], end


def _begins_with_a_conjunction(name: str, index: SourceIndex) -> bool:
    """Whether 和 before a name that the report knows was taken for its first character."""
    return name[0] in "和与及或在于向对" and len(name) > 3 and name[1:] in index.text


def is_generic(name: str) -> bool:
    """Whether a word that ends like a place names none: 全市, 示范区, 城市, 地区."""
    stem = re.sub(rf"(?:{PLACE_SUFFIX})$", "", name)
    verb = len(stem) == 1 and name[-1] in "省市区街"  # 请省, 报市, 理区 of 管理区
    verb = (
        verb or bool(_NO_STEM.search(stem)) or (name[-1] == "省" and not stem.endswith(PROVINCES))
    )
    return verb or bool(_GENERIC.match(stem)) or _A_CITY.search(name) is not None


def _has_its_own(
    name: str, text: str, start: int, index: SourceIndex, passages: Sequence[int]
) -> bool:
    """Whether a place has a figure of its own, its predicate unsaid: 甲镇调解41件,乙镇37件."""
    if not re.match(r"[^,;。]*\d", text[start:]):
        return False
    elided = re.compile(rf"{name}\d")
    return any(elided.search(index.text[slice(*index.prose.sentences[n])]) for n in passages)


def _said_first(text: str, start: int) -> str:
    """Return what a name at the end is said of: 率先实现全覆盖的是福清市、长乐区."""
    clause = re.split(r"[,;:。]", text[:start])[-1]
    found = _IS_SAID_OF.match(clause)
    return found.group(1) if found else ""


def words_after(text: str, end: int) -> str:
    while end < len(text) and text[end] in _SKIPPED:
        end += 1
    organ = _ITS_ORGAN.match(text, end)  # 三台县法院审结: of the court, not of the county
    following = text[end : (organ.end() if organ else end) + 2]
    return following if re.fullmatch(rf"[{HAN}]{{2,}}", following) else ""


def _conflict(
    name: str,
    left: str,
    following: str,
    kind: str,
    index: SourceIndex,
    around: Sequence[tuple[int, int]],
) -> tuple[tuple[int, int], str] | None:
    """Find another name of the kind before the same words, where this one does not stand."""
    if not following:
        return None
    if kind == "place" and _AWARDED.match(following) and _has_won(name, index, around):
        return None  # what it has won, the check of winners says
    stem = re.sub(rf"(?:{PLACE_SUFFIX})$", "", name)
    if kind == "place" and any(stem + following in index.text[a:b] for a, b in around):
        return None  # 常德获评 for 常德市获评
    if kind == "level":
        places = "|".join(FIRST_PLACES) if following in FIRST_PLACES else "$^"
        batch = rf"(?:第[一二三四五六七八九十]+|首)批[{_SKIPPED}]*{following}"
        spelt = re.compile(f"{name}(?:{places}|{batch})")
        if any(spelt.search(index.text, a, b) for a, b in around):
            return None  # 全国首位 is 全国第一, 第三批全国“样板” is 全国第三批“样板”
    before = _BEFORE[kind]
    conflict = None
    for start, end in around:
        for found in _before_each(before, following, index.text, start, end):
            other = found.group(1)
            if kind == "place":
                other = _BEHIND_TIME.sub("", other)
            if _is_no_rival(other, left, kind, found.end(1), index):
                continue
            if _is_region(name, index) and not _opens_a_clause(other, index):
                continue  # 大英县 is no error for the 县 of 全面落实县政府
            number = index.prose.clause_at(found.start())
            opening = index.prose.clauses[number].start
            stretch = index.text[min(opening, found.start()) : found.end(1)]
            if _is_meant(name, other, left, stretch, kind, index):
                return None
            wider = (found.span(1), other)
            conflict = conflict or (wider if kind == "level" else _without_wider(*wider))
    return conflict


def _opens_a_clause(name: str, index: SourceIndex) -> bool:
    """Whether a report has a place's name where nothing before it can be a part of it."""
    return re.search(rf"(?<![{HAN}]){name[-_LEAST:]}", index.text) is not None


def _has_won(name: str, index: SourceIndex, around: Sequence[tuple[int, int]]) -> bool:
    """Whether the report says of a place that it has won something."""
    won = re.compile(rf"(?<![{HAN}]){name}[^,;。]{{0,12}}?(?:{_AWARDED.pattern})")
    return any(won.search(index.text, a, b) for a, b in around)


def _is_no_rival(other: str, left: str, kind: str, end: int, index: SourceIndex) -> bool:
    """Whether what the report has before the same words is not such a name at all."""
    if kind == "level":  # the 区 of 龙湖区 is no level, nor that of 地区生产总值
        if index.text.endswith("地区", 0, end):
            return True
        return bool(index.region) and index.text.endswith(str(index.region)[-2:], 0, end)
    if kind == "organ":
        return _NO_NAME.match(other) is not None
    if kind != "place":
        return False
    says_where = other[0] in "在于对" and left != other[0]  # 在合肥市考核中 says not who
    return says_where or (not _OWN.search(other) and is_generic(other))


def _is_region(name: str, index: SourceIndex) -> bool:
    """Whether a name is that of the region that reports, in full or in short."""
    short = index.own_name is not None and index.own_name.fullmatch(name)
    return bool(short) or (bool(index.region) and str(index.region).endswith(name))


def _is_meant(
    name: str, other: str, left: str, stretch: str, kind: str, index: SourceIndex
) -> bool:
    """Whether the report has our name there too, or leaves its own out."""
    if kind == "level" and _level_stem(name)[-1:] == _level_stem(other)[-1:]:
        return True  # 国家 for 国家级
    region = index.region or ""
    own = _is_region(name, index)
    if kind == "place" and _OWN.search(other) and (not region or own):
        return True
    if kind == "place" and own and _WITH.search(stretch):
        return True  # 江汉区与硚口区签订 for 与硚口区签订
    if kind == "organ" and _shortened(name, stretch):
        return True
    return (bool(left) and stretch.endswith(left + name)) or _stands_in(name, stretch, kind, index)


def _without_wider(span: tuple[int, int], name: str) -> tuple[tuple[int, int], str]:
    """Cut off the end of the name before: 区苏州 behind 试验区 is 苏州."""
    cut = int(name[0] in "省市州县区旗镇乡")
    return (span[0] + cut, span[1]), name[cut:]


def _before_each(
    before: re.Pattern[str], following: str, text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """Yield what stands before each occurrence of some words, where it is such a name."""
    at = text.find(following, start, end)
    while at >= 0:
        found = before.search(text, max(start, at - _LONGEST), at)
        if found:
            yield found
        at = text.find(following, at + 1, end)


def _stands_in(name: str, stretch: str, kind: str, index: SourceIndex) -> bool:
    if kind == "level":
        return stretch.endswith(name) or (
            _level_stem(name) in stretch[-4:] and not _WIDE.match(name)
        )
    if len(name) > _SHORT_NAME and name in stretch:
        return True
    # 临澧县 is not 澧县: a short name begins behind a sign, a wider place or a function word.
    if re.search(rf"(?:^|[^{HAN}]|[省市州县区旗镇乡由在对与和及向从])(?={name})", stretch):
        return True
    # 我市, 全区 and the like stand for the region itself.
    return bool(name == index.region and re.search(r"[我全本该][省市州县区旗]", stretch))


def _reaches_beyond(level: str, index: SourceIndex) -> bool:
    """Whether a level is wider than the region that reports: 全省 for a city."""
    if not _WIDE.match(level) or not index.region:
        return False
    province = index.region.endswith(("省", "自治区"))
    return not (province and level in ("全省", "省级"))


def _level_stem(name: str) -> str:
    return name.rstrip("级")


def _has_level(name: str, passage: str) -> bool:
    """Whether a passage speaks of a level, 全省 by the province's name too: 江苏省平均水平."""
    by_name = name == "全省" and _OF_THE_PROVINCE.search(passage)
    return _level_stem(name) in passage or bool(by_name)
