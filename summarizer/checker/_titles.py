"""《Titles》, “quoted names” and numbers that are names (12345热线): verbatim after folding."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import permutations

from summarizer.checker._anatomy import Prose
from summarizer.checker._source_index import (
    Name,
    SourceIndex,
    normal_label,
    normal_name,
    quoted_names,
    titles,
)
from summarizer.checker._subject import Subject
from summarizer.checker._words import grams
from summarizer.types import Check, CheckStatus, Quantity, Span

_FOLLOWING = 4  # characters behind a quoted name that say what is called so
_MEDALS = frozenset("金银铜")
_LIST = re.compile(r"(?:[、和与及]|[“\"][^”\"]*[”\"])*")
# What closes a name that begins with a quoted one: “绿水青山”实践创新基地.
_NAMED_KIND = re.compile(r"[\u4e00-\u9fff]{4,8}?(?:基地|示范|称号|中心|试点|奖)")
_MOST_DIGITS = 6
_FRACTION = re.compile(r"\d+/\d+")
_VERB_BEHIND = re.compile(r"[入当]选|获|荣|被|列|成为|开展|举办|实施|推|建|纳入|创")


def check_titles(subject: Subject) -> list[Check]:
    """Check every 《title》 of a statement: the report has to have it, word for word."""
    checks = []
    for name in titles(subject.prose.text):
        wanted = normal_name(name.text)
        home = next(
            (t for t in subject.index.titles if _same_title(wanted, normal_name(t.text))), None
        )
        if home:
            status: CheckStatus = "exact"
            checks.append(
                subject.check(name.start, name.end, "title", status, Span(home.start, home.end))
            )
        elif wanted in subject.index.normal_text:
            checks.append(subject.check(name.start, name.end, "title", "exact"))
        else:
            checks.append(_wrong_title(subject, name, wanted))
    return checks


def _same_title(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    # A trailing bracket, (试行) or (2023年版), may be left out, and the name of the place before.
    return theirs.startswith(ours + "(") or theirs.endswith(ours)


def _wrong_title(subject: Subject, name: Name, wanted: str) -> Check:
    best = max(
        subject.index.titles,
        key=lambda t: len(grams(wanted) & grams(normal_name(t.text))),
        default=None,
    )
    if best and len(grams(wanted) & grams(normal_name(best.text))) * 2 > len(grams(wanted)):
        return subject.check(
            name.start, name.end, "title", "altered", Span(best.start, best.end),
            f"原文为《{best.text}》",
        )  # fmt: skip
    return subject.check(name.start, name.end, "title", "unsupported", None, "原文没有这一标题")


def check_quoted(subject: Subject) -> list[Check]:
    """Check every “quoted name”: the report has to have it, and before the same words."""
    checks = []
    for name in quoted_names(subject.prose.text):
        wanted = normal_name(name.text)
        if not wanted:
            continue
        if wanted in subject.index.normal_text:
            checks += _followed_otherwise(subject, name)
            other = _called_otherwise(subject, name)
            if other is not None:
                where = Span(other.start, other.end)
                reason = f"原文此处为“{other.text}”"
                checks.append(subject.check(name.start, name.end, "name", "altered", where, reason))
            continue
        checks.append(
            subject.check(name.start, name.end, "name", "unsupported", None, "原文没有这一引语")
        )
    return checks


def _followed_otherwise(subject: Subject, ours: Name) -> list[Check]:
    """Check the word behind a quoted name: “双碳”理论创新基地 is not the 实践创新基地."""
    text, index = subject.prose.text, subject.index
    word, rest = text[ours.end : ours.end + 2], text[ours.end + 2 : ours.end + 4]
    if not _NAMED_KIND.match(text, ours.end) or _VERB_BEHIND.match(word):
        return []
    wanted = normal_name(ours.text)
    ends = [name.end for name in index.quoted if normal_name(name.text) == wanted]
    other = [end for end in ends if index.text.startswith(rest, end + 2)]
    if not other or any(index.text.startswith(word, end) for end in ends):
        return []
    where = Span(other[0], other[0] + 2)
    reason = f"原文此处为“{index.text[where.start : where.end]}”"
    return [subject.check(ours.end, ours.end + 2, "name", "altered", where, reason)]


def check_labels(subject: Subject) -> list[Check]:
    """Check the numbers that are names (12345热线) or ratios (1:12): the report must print them."""
    index, checks = subject.index, []
    names = [*titles(subject.prose.text), *quoted_names(subject.prose.text)]
    for label in subject.prose.quantities:
        if label.kind != "label" or _FRACTION.fullmatch(label.canonical):
            continue
        if any(n.start <= label.start < n.end for n in names):
            continue
        printed = normal_label(label.canonical) in index.labels
        countries = subject.prose.text.startswith("国", label.end)
        if countries and f"{label.text}个国家" in index.text:
            continue  # 9国
        medal = subject.prose.text[label.end : label.end + 1]
        if medal in _MEDALS and re.search(rf"{medal}牌{label.text}[枚块]", index.text):
            continue  # 19金13银22铜
        if not printed and not _is_ratio_of_two(label, subject.prose):
            reason = "原文没有这一编号或比例"
            checks.append(
                subject.check(label.start, label.end, "name", "unsupported", None, reason)
            )
        elif other := _numbered_otherwise(subject, label):
            where, reason = Span(other.start, other.end), f"原文此处为“{other.text}”"
            checks.append(subject.check(label.start, label.end, "name", "altered", where, reason))
    return checks


def _numbered_otherwise(subject: Subject, ours: Quantity) -> Quantity | None:
    """Return the number that the source has before the same words, where ours is not: 12348热线."""
    text, index = subject.prose.text, subject.index
    following = text[ours.end : ours.end + 2]
    spans = [index.prose.sentences[n] for n in subject.passages[:1]]
    labels = [label for label in index.prose.quantities if label.kind == "label"]
    near = [label for label in labels if any(a <= label.start < b for a, b in spans)]
    own = normal_label(ours.canonical)
    if len(following) < 2 or any(normal_label(label.canonical) == own for label in near):
        return None
    # PM2.5、PM10平均浓度: of a list only the last one stands before the words
    if text[: ours.start].endswith("、") and any(
        normal_label(label.canonical) == own and index.text.startswith(following, label.end)
        for label in labels
        if _sentence_of(label, index) in subject.passages
    ):
        return None
    return next((n for n in near if index.text.startswith(following, n.end)), None)


def _sentence_of(label: Quantity, index: SourceIndex) -> int:
    return index.prose.sentence_at(label.start)


def _is_ratio_of_two(label: Quantity, prose: Prose) -> bool:
    """Whether a ratio (1:11.9) is that of two amounts of the statement."""
    found = re.fullmatch(r"1:(\d+(?:\.(\d+))?)", label.canonical)
    if found is None:
        return False
    values = [
        m.quantity.value
        for m in prose.mentions
        if m.quantity.kind in ("count", "money") and m.quantity.value
    ]
    digits = len(found.group(2) or "")
    if digits > _MOST_DIGITS:
        return False
    return any(
        round(larger / smaller, digits) == Decimal(found.group(1))
        for larger, smaller in permutations(values, 2)
    )


def _called_otherwise(subject: Subject, ours: Name) -> Name | None:
    """Return the quoted name that the source has before the same words, where ours is not."""
    text, index = subject.prose.text, subject.index
    following = text[ours.end : ours.end + _FOLLOWING]
    spans = [index.prose.sentences[n] for n in subject.passages]
    near = [name for name in index.quoted if any(a <= name.start < b for a, b in spans)]
    followed = [n for n in near if index.text.startswith(following, n.end)]
    if len(following) < _FOLLOWING or not followed or following[0] in "、和与及":
        return None  # what follows is the next of a list
    other, wanted = followed[0], normal_name(ours.text)
    mine = [n for n in near if wanted in normal_name(n.text)]
    bare = following.removeprefix("平台")  # “粤商通”平台注册 for “粤商通”注册
    if bare != following and any(index.text.startswith(bare, n.end) for n in mine):
        return None
    # Of a list only the last one stands before the words: “甲”“乙”两项指标.
    meant = any(n in followed or _LIST.fullmatch(index.text, n.end, other.start) for n in mine)
    return None if meant else other
