"""What a statement says besides its figures: titles, names, places, levels, plans, its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from summarizer.checker._anatomy import Clause, Prose
from summarizer.checker._assessment import overtold
from summarizer.checker._bearers import misplaced_bearers
from summarizer.checker._binding import Binding
from summarizer.checker._entities import Misplaced, misplaced_names
from summarizer.checker._exchanges import exchanged_places, exchanged_words
from summarizer.checker._lexicon import DONE_CUE, MEMO_WORDS, PLAN_CUE
from summarizer.checker._periods import check_dates
from summarizer.checker._polarity import turned
from summarizer.checker._source_index import SourceIndex, quoted_names, titles
from summarizer.checker._subject import Subject
from summarizer.checker._titles import check_labels, check_quoted, check_titles
from summarizer.checker._words import Grams, grams, strange_runs
from summarizer.types import Check, CheckKind, MemoPart, Quantity, Span

# The share of a clause's words that its source must hold; a figure is checked by itself.
_HELD, _HELD_IF_LITTLE = 0.48, 0.25
_WHOLE_HELD = 0.3
_LONG_ENOUGH, _SHORT = 5, 8
_EXPLAINS = re.compile(r"即|也就是|据|由|按|照")
_LABEL = re.compile(
    r"[在从]?[^,;。]{1,16}(?:方面|层面)|[在从]?[^,;。]{1,10}(?:来看|来说|层面|看)|除[^,;。]{1,12}外|在[^,;。]{1,12}[中里内]|按照?[^,;。]{1,8}(?:划?分|统计|来看|计)"
)
_HEADING = 12
_PRAISE = re.compile(
    r"(?:不断|持续|逐步|进一步|更加|稳步|加快|日益)(?:壮大|恢复|增强|提升|向好|见效|改善|夯实|活跃|完善|优化|提速)$"
)
_HAS_DONE = re.compile(r"[编制定建办开成][制定立理展]?了")  # 编制了规划纲要(草案)
_AROUND = 4  # sentences of the paragraph on either side
_STRANGE = 4  # characters in a row, no two of which the source has together


def check_copy(
    prose: Prose,
    text: str,
    index: SourceIndex,
    allowed: Collection[int] | None,
    part: MemoPart | None,
) -> list[Check] | None:
    """Check a statement that is a run of whole clauses of the report; None where it is not.

    Whole clauses, so that neither a 未 or 近 before the run nor a 以上 behind it is lost.
    """
    found = index.find_clauses(prose.text, allowed)
    if found is None:
        return None
    sentence, shift = found
    subject = Subject(text, prose, index, allowed, [sentence])
    marked: list[tuple[int, int, CheckKind]] = [
        (m.quantity.start, m.quantity.end, _kind_of(m.quantity)) for m in prose.mentions
    ]
    marked += [(d.start, d.end, "date") for d in prose.dates]
    marked += [(t.start, t.end, "title") for t in titles(prose.text)]
    checks = [
        subject.check(start, end, kind, "exact", Span(start + shift, end + shift))
        for start, end, kind in marked
    ]
    return checks + _check_plan(subject, part)


def _kind_of(quantity: Quantity) -> CheckKind:
    return "rank" if quantity.kind == "ordinal" else "number"


def check_wording(
    prose: Prose,
    text: str,
    index: SourceIndex,
    allowed: Collection[int] | None,
    figures: Sequence[tuple[Binding, Check]],
    part: MemoPart | None,
) -> list[Check]:
    """Check everything but the figures of a statement, which come with their checks."""
    passages = index.nearest(prose.sentence_grams[0], allowed, 4)
    for clause in prose.clauses:  # a sentence may merge several of the report
        words = grams(clause.text)
        near = index.nearest(words, allowed, 1) if _length(words) > _LONG_ENOUGH else []
        passages += [n for n in near if n not in passages]
    worked_out = frozenset(c.start for _, c in figures if c.status == "derived")
    homes = frozenset(b.same.mention.sentence for b, c in figures if b.same and c.passed)
    subject = Subject(text, prose, index, allowed, passages, worked_out, homes)
    checks = check_titles(subject) + check_quoted(subject)
    checks += check_labels(subject)
    checks += check_dates(subject, [binding for binding, _ in figures])
    checks += _check_entities(subject)
    checks += [
        subject.check(t.start, t.end, t.kind, t.status, t.found, t.reason)
        for t in turned(prose, index, passages)
    ]
    checks += [
        subject.check(t.start, t.end, t.kind, "altered", t.found, t.reason)
        for t in overtold(prose, index, passages)
    ]
    checks += _check_content(subject) or _check_strange_words(subject)
    checks += _check_plan(subject, part)
    return checks


def _check_entities(subject: Subject) -> list[Check]:
    text, index = subject.prose.text, subject.index
    masked = [(n.start, n.end) for n in [*titles(text), *quoted_names(text)]]
    found = [
        *misplaced_names(text, index, subject.passages, masked),
        *exchanged_words(text, index, subject.passages, masked, subject.homes),
        *exchanged_places(text, index, subject.passages),
        *misplaced_bearers(subject.prose, index, subject.passages, masked),
    ]
    return [_misplaced(subject, name) for name in found]


def _misplaced(subject: Subject, name: Misplaced) -> Check:
    kind: CheckKind = (
        "rank" if name.kind == "rank" else "subject" if name.kind == "subject" else "name"
    )
    if name.expected:
        return subject.check(
            name.start, name.end, kind, "misattributed",
            Span(*name.found) if name.found else None, f"原文此处为“{name.expected}”",
        )  # fmt: skip
    return subject.check(name.start, name.end, kind, "unsupported", None, "原文此处没有这一说法")


def _clauses_to_hold(subject: Subject) -> Iterator[Clause]:
    """Yield the clauses whose words must stand in the source.

    Not those that say what the writer computed, in words of the writer's own, nor a label before
    what it names (行政复议方面,…).
    """
    computed = {subject.prose.clause_at(start) for start in subject.worked_out}
    for number, clause in enumerate(subject.prose.clauses):
        explains = computed and _EXPLAINS.match(clause.text)
        if number not in computed and not explains and not _LABEL.fullmatch(clause.text):
            yield clause


def _heads(clause: Clause, prose: Prose) -> bool:
    """Whether a few words only head what follows them: 民生底色更厚: or 人才队伍不断壮大,."""
    if clause.end - clause.start > _HEADING or prose.has_figure(clause):
        return False
    if prose.text.startswith(":", clause.end):
        return True
    return prose.text.startswith(",", clause.end) and bool(_PRAISE.search(clause.text))


def _own_words(text: str) -> str:
    """Blank out what any memo says of anything, and of the report: 报告承认, 成效显著."""
    return MEMO_WORDS.sub(lambda found: "|" * len(found.group()), text)


def _check_content(subject: Subject) -> list[Check]:
    """Check that each clause's words, and the whole statement's, stand in the source."""
    index, prose = subject.index, subject.prose
    having = grams(index.region).union(*(index.sentence_words(n) for n in subject.passages[:3]))
    checks = []
    for clause in _clauses_to_hold(subject):
        if clause is prose.clauses[0] and _heads(clause, prose):
            continue  # whose strange words are looked for all the same
        wanted = grams(_own_words(clause.text))
        if _length(wanted) < _LONG_ENOUGH:
            continue
        near = index.nearest(wanted, subject.allowed, 1)
        held = max(
            index.held(wanted, having),
            max((index.held(wanted, index.sentence_words(n)) for n in near), default=0.0),
        )
        figured = prose.has_figure(clause) or _measures_time(clause, prose)
        short = _length(wanted) < _SHORT
        if figured and short:
            continue  # the check of the figure compares its words
        if held < (_HELD_IF_LITTLE if figured or short else _HELD):
            checks.append(
                subject.check(
                    clause.start, clause.end, "content", "unsupported", None, "原文没有这一内容"
                )
            )
    whole = grams(_own_words(prose.blanked))
    if not checks and _length(whole) >= _LONG_ENOUGH and index.held(whole, having) < _WHOLE_HELD:
        checks.append(
            subject.check(0, len(subject.text), "content", "unsupported", None, "原文没有这一内容")
        )
    return checks


def _measures_time(clause: Clause, prose: Prose) -> bool:
    """Whether a clause has a length of time that is measured, and no year that frames it."""
    return any(
        clause.start <= m.quantity.start < clause.end
        for m in prose.mentions
        if m.quantity.kind == "duration" and m.quantity.unit != "年"
    )


def _check_strange_words(subject: Subject) -> list[Check]:
    """Check that no clause has a stretch of words of which its source has not one pair."""
    index, checks = subject.index, []
    for clause in _clauses_to_hold(subject):
        near = [*subject.passages, *index.nearest(grams(clause.text), subject.allowed, 2)]
        if not _strange(clause, near, index):
            continue  # nothing that the paragraphs around could know
        around = {n for home in near for n in index.paragraph(home, _AROUND)}
        for first, last in _strange(clause, around, index):
            start, end = clause.start + first, clause.start + last
            reason = f"原文没有“{subject.text[start:end]}”的内容"
            checks.append(subject.check(start, end, "content", "unsupported", None, reason))
    return checks


def _strange(clause: Clause, sentences: Iterable[int], index: SourceIndex) -> list[tuple[int, int]]:
    having = grams(index.region).union(*(index.sentence_words(n) for n in sentences))
    runs = strange_runs(_own_words(clause.text), having)
    return [(start, end) for start, end in runs if end - start >= _STRANGE]


def _length(words: Grams) -> int:
    return sum(len(gram) == 1 for gram in words)


def _check_plan(subject: Subject, part: MemoPart | None) -> list[Check]:
    """Check that a plan is not told as done, nor what was done as a plan."""
    index = subject.index
    if not subject.passages:
        return []
    best = subject.passages[0]
    home = index.parts[best]
    span = index.prose.sentences[best]
    wrong = ""
    if part == "achievements" and home == "plans":
        wrong = "原文此处是下一步计划，不是已完成的工作"
    elif part == "plans" and home == "achievements" and subject.allowed is not None:
        wrong = "原文此处是已完成的工作，不是计划"
    elif part != "shortcomings" and home == "plans" and _told_as_done(subject):
        wrong = "原文此处是下一步计划，不是已完成的工作"
    if not wrong:
        return []
    return [subject.check(0, len(subject.text), "period", "misattributed", Span(*span), wrong)]


def _told_as_done(subject: Subject) -> bool:
    text, index = subject.prose.text, subject.index
    start, end = index.prose.sentences[subject.passages[0]]
    source = index.text[start:end]
    # 完成 and 建成 say that something is done only where the plan itself does not say them.
    done = any(cue.group() not in source for cue in DONE_CUE.finditer(text))
    done = done or (f"{index.year}年" in text and not subject.homes | subject.worked_out)
    if PLAN_CUE.search(text) or not done or _HAS_DONE.search(source):
        return False
    if subject.homes and all(index.parts[n] != "plans" for n in subject.homes):
        return False  # its figures are of what was done
    years = {q.canonical[:4] for q in subject.prose.dates}
    if str(index.year_of(subject.passages[0])) in years:
        return False
    whole = subject.prose.sentence_grams[0]
    held = {n: index.coverage(whole, index.sentence_words(n)) for n in subject.passages}
    best = held[subject.passages[0]]
    return all(index.parts[n] == "plans" or h < 0.85 * best for n, h in held.items())
