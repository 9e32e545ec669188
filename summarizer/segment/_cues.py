"""Part of segmenting: what headings and sentences say about the part of the report they open.

Two sources of truth, in this order. A heading *announces* parts by its nouns (成效, 问题, 打算),
read phrase by phrase: 存在问题及下一步打算 announces two. A noun alone is not enough: 坚持问题导向
and 化解信访突出问题 are achievements, because a verb of solving governs the noun, and so is
制定年度计划, because only a heading made of nothing but such nouns and neutral words announces a
plan. Where no heading announces a part, *cue sentences* open it (取得了一定成绩,但还存在…;
下一步,将…).

The words here are those of Chinese official reports of any kind; a profile's `cues.toml` adds what
is particular to its genre. All functions read folded text (`folding.fold`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.profiles import Cues
from summarizer.types import MemoPart, Part

_PROBLEMS = "问题|不足|困难|短板|弱项|差距|薄弱环节|薄弱点|挑战|瓶颈|欠缺|困境|困惑"
_SOLVING = (
    "解决|化解|整改|整治|破解|补齐|攻坚|消除|排查|聚焦|针对|治理|纠正|防范|应对|攻克|突破|着力|瞄准"
    "|围绕|直击|缓解|坚持|强化|处置|清理|梳理|研究"
)
_AHEAD = (
    "下一步|下步|下一阶段|下阶段|下一年|下年|明年|来年|今后|新的一年|新一年|接下来|后续工作"
    "|未来[一三五]年|未来发展"
)
_PLANS = (
    "打算|计划|安排|思路|设想|展望|部署|规划|目标任务|目标|任务|要点|努力方向|工作方向|重点工作"
    "|工作重点|(?:改进|整改)(?:措施|举措|方向|打算|思路|情况)|对策|建议|总体要求|指导思想|工作举措"
)
# Of these nouns, those that tell a plan from a review by themselves; 重点工作 does not.
_LOOKS_AHEAD = re.compile(
    "打算|计划|安排|思路|设想|展望|目标|方向|对策|建议|总体要求|指导思想|(?:改进|整改)(?:措施|举措)"
)
_DONE = (
    "成效|成绩|成果|成就|回顾|总结|举措|做法|进展|亮点|经验|业绩|特色|主要工作|工作情况|开展情况"
    "|完成情况|落实情况|推进情况|履职情况|总体情况|基本情况|工作开展|主要措施|情况"
)
_REASONS = "原因|成因|原因分析|分析|剖析|反思|查摆"
_NEUTRAL = (
    r"(?:(?:19|20)[\dXx×*]{2}年度?|二〇[一二三四五六七八九〇]{2}年度?"
    r"|[“\"]?十[一二三四五六七八九]五[”\"]?|依法行政|法治|工作|建设|推进|开展"
    "|当前|目前|现阶段|主要|突出|重点|总体|具体|我[省市区县州局镇乡]|全[省市区县州局]|本[省市区县局级年]"
    "|年度|[上下]半年|全年|今年|去年|上年|经济社会|发展|政府|自身|中|的|上|方面|几个|几点|一些|一步|仍|还|有|存在|面临"
    "|遇到|之处|时期|期间|形势|意见|自查|关于|对|情况|政务|信息|公开)"
)
_CONJUNCTION = re.compile("以及|及其|[及和与暨、,;/\\s-]")
_AFTER_PROBLEM = rf"(?:之处|点|方面|情况|的?(?:{_REASONS}))*$"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d|二〇[一二三四五六七八九〇]{2})年")
_HAN = "〇一二三四五六七八九"
_HAN_DIGITS = str.maketrans(_HAN, "0123456789")
_FIVE_YEARS = re.compile("十([一二三四五六七八九])五(?!年)")  # 十四五: 2021 to 2025

# Of a heading that runs into its text only the beginning is read.
_MOST_TITLE = 200
# Behind a space as much is no heading any more but its text.
_RUNS_ON = 20

# The problem is there, and nothing in front says that it is dealt with.
_THERE_IS = re.compile(
    r"(?:存在|面临|遇到|自查发现|仍有|还有|有待改进|需要改进|亟待解决|亟需解决)"
    rf"[^,;]{{0,15}}?(?:{_PROBLEMS}|方面|地方){_AFTER_PROBLEM}"
)
_SOLVED = re.compile(_SOLVING)
_REASON_ONLY = re.compile(rf"(?:{_NEUTRAL})*(?:{_REASONS})+")
_OTHER = re.compile(
    r"(?:其他|其它)(?:(?:需要|应当|应|需).{0,8})?(?:有关|重要)?(?:事项|情况|问题|说明)$"
    "|名词解释|名词注释|有关用语|附件|附录|附表"
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a heading announces: parts in its order, and whether it says nothing besides.

    `weak` marks a heading such as 重点工作 alone: a plan or a review, as its text will show.
    """

    parts: tuple[Part, ...] = ()
    structural: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What one phrase of a heading names: `strong` if it does so in any company.

    `closed` says that the phrase has no words besides.
    """

    part: MemoPart | None
    strong: bool
    closed: bool


class CueReader:
    """Reads headings and sentences with the words of one profile, for one year reported on."""

    def __init__(self, cues: Cues, year: int | None) -> None:
        self._year = year
        self._words = _compile(cues)

    def announce(self, title: str) -> Announcement:
        """What the heading `title` (folded, without its number) announces."""
        if _OTHER.match(title) or self._words.other.match(title):
            return Announcement(("other",), structural=True)
        if self._words.problem_lead.match(title):
            return Announcement(("shortcomings",))
        title = title[:_MOST_TITLE]
        head, space, text = title.partition(" ")
        if space and len(text) > _RUNS_ON:
            said = self.announce(head)
            return said if said.structural else Announcement(said.parts, weak=said.weak)
        phrases = [phrase for phrase in _CONJUNCTION.split(title) if phrase]
        read = [self._read_phrase(phrase) for phrase in phrases]
        closed = all(phrase.closed for phrase in read)
        parts: list[Part] = []
        for phrase in read:
            if phrase.part and (phrase.strong or closed) and phrase.part not in parts:
                parts.append(phrase.part)
        if parts[-2:] == ["shortcomings", "achievements"]:
            parts[-1:] = [] if "plans" in parts else ["plans"]  # 存在的问题及改进情况
        if parts[:2] == ["plans", "achievements"] and not _LOOKS_AHEAD.search(phrases[0]):
            del parts[0]  # 主要工作举措和成效: what was done, and what came of it
        if not parts and _REASON_ONLY.fullmatch(title):
            return Announcement(("shortcomings",), structural=True)
        sure = any(phrase.strong for phrase in read) or _LOOKS_AHEAD.search(title)
        weak = parts == ["plans"] and not sure
        return Announcement(tuple(parts), structural=closed and bool(parts), weak=weak)

    def _read_phrase(self, phrase: str) -> _Phrase:
        """The part that one phrase of a heading names."""
        words = self._words
        there_is = _THERE_IS.search(phrase)
        if there_is and not _SOLVED.search(phrase, 0, there_is.start()):
            return _Phrase("shortcomings", strong=True, closed=True)
        if words.problem_only.fullmatch(phrase):
            return _Phrase("shortcomings", strong=False, closed=True)
        ends_as_plan = words.plan_end.search(phrase) is not None
        done = words.done.search(phrase)
        if words.ahead.match(phrase) or (words.ahead.search(phrase) and ends_as_plan):
            return _Phrase("plans", strong=True, closed=ends_as_plan)
        if self.is_later_year(phrase) and (ends_as_plan or not done):
            return _Phrase("plans", strong=True, closed=ends_as_plan)
        if words.plan_only.fullmatch(phrase):
            return _Phrase("plans", strong=False, closed=True)
        if done:
            return _Phrase(
                "achievements", strong=True, closed=words.done_end.search(phrase) is not None
            )
        neutral = _REASON_ONLY.fullmatch(phrase) or words.neutral.fullmatch(phrase)
        return _Phrase(None, strong=False, closed=neutral is not None)

    def is_later_year(self, text: str) -> bool:
        """Whether `text` names a year after the one reported on, and none up to it."""
        years = [int(year.translate(_HAN_DIGITS)) for year in _YEAR.findall(text)]
        years += [2021 + 5 * (_HAN.index(nth) - 4) for nth in _FIVE_YEARS.findall(text)]
        return self._year is not None and bool(years) and min(years) > self._year

    def opens_shortcomings(self, sentence: str) -> bool:
        """Whether `sentence` turns to what is lacking, of the whole work and not of one case."""
        if not _LACK.search(sentence):
            return False
        found = _TURN.search(sentence)
        return found is not None and not _IN_HAND.search(sentence, 0, found.end())

    def opens_plans(self, sentence: str) -> bool:
        """Whether `sentence` turns to what comes next."""
        if self._words.plan_opening.match(sentence):
            return True
        year = _PLAN_YEAR.match(sentence)
        if year is None:
            return False
        if self._year is None:
            return _INTENT.search(sentence, 0, 160) is not None
        return int(year[1]) > self._year

    def offers_remedy(self, sentence: str) -> bool:
        """Whether `sentence` answers shortcomings: 针对以上问题,… or 对此,我们将…."""
        return _REMEDY.match(sentence) is not None

    def count_moods(self, text: str) -> tuple[int, int]:
        """How often `text` looks ahead, and how often back."""
        return 2 * len(_RESOLVED.findall(text)), len(_PAST.findall(text))

    def mood(self, sentence: str, part: Part) -> float:
        """How much `sentence` sounds like `part`, for a text that has several parts in a row."""
        if part == "shortcomings":
            bonus = 3 if self.opens_shortcomings(sentence) else 0
            return min(3, len(_LACKING.findall(sentence))) + bonus
        if part == "plans":
            bonus = 4 if self.opens_plans(sentence) or self.offers_remedy(sentence) else 0
            return min(3, len(_INTENT.findall(sentence))) + bonus
        return min(3, len(_PAST.findall(sentence)))


_WANTING = (
    f"{_PROBLEMS}|不够|不强|不高|不到位|有待|薄弱|滞后|不平衡|不充分|需要改进"
    "|需进一步|提升空间|不尽如人意"
)
_LACK = re.compile(_WANTING)
_TURN = re.compile(
    rf"(?:但|然而|不过|同时|尽管|虽)[^。]{{0,120}}?(?:还|仍|依然|依旧|尚|也)[^。]{{0,40}}?(?:{_WANTING})"
    rf"|(?:但|然而|不过)[^。]{{0,12}}?(?:{_PROBLEMS})[^。]{{0,6}}?(?:依然|仍然|仍|还)"
    rf"|(?:肯定|看到|总结)[^。]{{0,10}}(?:成绩|成效|成就)[^。]{{0,60}}(?:{_WANTING})"
    rf"|(?:清醒|深刻|客观|充分)地?(?:看到|认识|意识|面对)[^。]{{0,60}}(?:{_WANTING})"
    rf"|(?:还|仍|仍然|依然|依旧|尚)(?:存在|面临)[^。]{{0,40}}?(?:{_PROBLEMS})"
    "|(?:还|仍|仍然|依然|依旧|尚)有(?:(?:着|一些|不少|一定|许多|很多|诸多|较大|不小|明显|个别|部分)"
    rf"的?[^。,]{{0,12}}?)?(?:{_PROBLEMS})"
    rf"|(?:工作|建设)[^。,]{{0,8}}存在(?:的|着|一些|以下|不少|一定|诸多|部分|主要)*(?:{_PROBLEMS})"
    rf"|存在(?:的|着|一些|以下|不少|一定|诸多|部分)*(?:主要|突出)?(?:{_PROBLEMS})(?:主要)?"
    "(?:[是有为:]|表现)"
    rf"|与[^。]{{2,40}}(?:相比|要求)[^。]{{0,20}}(?:差距|不足)"
)
# One case, found and dealt with, is part of the work done.
_IN_HAND = re.compile(
    "(?:针对|发现|督促|整改|解决|查找|梳理|通报|约谈|聚焦|反馈|排查|整治|专项)[^,。]*$"
)
_PLAN_YEAR = re.compile(
    r"(?:展望|进入|在)?((?:19|20)\d\d)年度?(?![^,。]{0,12}(?:以来|期间|底前|月))"
)
_MUST = "(?<![主重需必])要(?![求素点闻])"
_INTENT = re.compile(f"将|{_MUST}|继续|进一步|力争|确保|努力|计划|拟|持续|着力|加快|重点")
# 将 that is no 把: 将继续推进, not 将其纳入考核.
_RESOLVED = re.compile(
    "将(?=进一步|继续|以|坚持|深入|着力|重点|持续|全面|认真|按照|紧|围绕|充分|努力|加)"
    f"|{_MUST}|力争|争取"
)
_REMEDY = re.compile(
    "(?:针对|对于|对照)[^。,]{0,16}(?:问题|不足|差距|短板)|为此|对此|我们将|我[省市区县州局]将|全[省市区县]将"
)
_LACKING = re.compile(
    "不够|不足|不强|不高|不深|不大|不严|不细|不全|不均|不平衡|不充分|不完善|不健全|不规范|不到位|不及时|不适应"
    "|有待|欠缺|仍需|还需|薄弱|差距|滞后|缺乏|缺失|存在|尚未|偏[低弱少重慢]|难以|短板|问题|困难|有限|单一"
)
_PAST = re.compile(r"了|已|共|累计|完成|实现|获|达|同比|\d[\d.]*[万亿]?[件个次项家人起部场]")


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled cue words of one profile."""

    ahead: re.Pattern[str]
    plan_end: re.Pattern[str]
    plan_only: re.Pattern[str]
    plan_opening: re.Pattern[str]
    problem_only: re.Pattern[str]
    problem_lead: re.Pattern[str]
    done: re.Pattern[str]
    done_end: re.Pattern[str]
    neutral: re.Pattern[str]
    other: re.Pattern[str]


@lru_cache(maxsize=16)
def _compile(cues: Cues) -> _Words:
    def either(words: str, more: tuple[str, ...]) -> str:
        return "|".join([*map(re.escape, more), words])

    plans = either(_PLANS, cues.plans)
    problems = either(_PROBLEMS, cues.shortcomings)
    ahead = either(_AHEAD, cues.ahead)
    done = either(_DONE, cues.achievements)
    return _Words(
        ahead=re.compile(rf"(?:{_NEUTRAL})*(?:{ahead})"),
        plan_end=re.compile(rf"(?:{plans}|工作|措施|举措|重点|方向)$"),
        plan_only=re.compile(rf"(?:{_NEUTRAL})*(?:{plans})+"),
        plan_opening=re.compile(
            rf"(?:针对[^。,]{{0,30}},|为此,|同时,)?(?:在)?(?:{ahead}|展望|面向未来)"
        ),
        problem_only=re.compile(
            rf"(?:{_NEUTRAL}|正视|直面|查找|认清|看到)*(?:{problems})+{_AFTER_PROBLEM}"
        ),
        # A heading that runs into its text: 存在的问题虽然我县法治政府建设…
        problem_lead=re.compile(
            rf"(?:{_NEUTRAL})*(?:{problems})(?:[和与及、](?:{_NEUTRAL})*(?:{problems}|{_REASONS}))*"
            r"(?= ?(?:(?:19|20)\d\d年|虽|尽管|一是|对照"
            r"|当前|目前|我[省市区县州局镇们]|今年|近年))"
        ),
        done=re.compile(done),
        done_end=re.compile(f"(?:{done})$"),
        neutral=re.compile(rf"(?:{_NEUTRAL})+"),
        other=re.compile("|".join(map(re.escape, cues.other)) or r"(?!)"),
    )
