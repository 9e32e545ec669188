"""Does a source support this text: figures, what they count, dates, names, direction, words.

No model is asked. The same code judges a whole summary against a whole report (`check_text`) and
one statement against the sentences it cites (`check_statement`). A check that fails is data.

What is checked, and where it is written:

- **figures** (`_figures`, `_comparable`, `_values`): value, scale and measure word; exact, in
  another notation or unit of one scale (亿斤 and 万吨, 亩 and 公顷, 2.5倍 and 250%), or rounded
  under a word that says so (约, 近, 超, 余). A rounder bound follows from a stronger one (超过95%
  from 96%以上). A hedge that is turned round or lost fails.
- **what a figure counts** (`_anatomy`, `_leads`, `_words`, `_binding`, `_rivals`, `_homes`): see
  below.
- **words at it that exclude each other** (`_contrasts`): directions, 受理 and 审结, levels, areas.
- **derived figures** (`_derivation`, on what `_unknown` is named; `_sums`, `_shares`, `_pairs`,
  `_baselines`, `_enumeration`, `_passage`, `_complements`): sums, rests, differences, shares,
  products, growths, ratios, means, and what a figure is set off against (last year's value, the
  province's mean), where the text says that it computes, from operands that it gives, or that it
  names by their words; or, where it names none, from the few figures of the one sentence that it
  speaks of. A total, a rest or a difference that is told as one must come out, even where the
  report has its number of something else. A figure from which a right result was worked out stands
  where it should (`_corroboration`).
- **dates and periods** (`_periods`, `_frames`); **《titles》, “quoted names”, hotlines and ratios**
  (`_titles`); **plans told as done, words that the report does not have** (`_wording`); **places,
  organs, roles, levels** (`_entities`), **words that exclude each other** (`_exchanges`);
  **negation, movement, totality and honours without a figure** (`_polarity`).
- **what a figure covers** (`_scope`): one year or several, half a year, a month or a year, one
  level or all.
- **how far a thing has come** (`_assessment`): a lack told as overcome, a draft as passed, a work
  under way as finished, and a comparison with last year that the report does not make.
- **who and where, without a figure** (`_bearers`): cities by their bare names (`_gazetteer`), the
  unit above the region, the organ that acts, numbered courts, the winner and level of an award.

How a figure is bound to what it counts
---------------------------------------
Text and report are taken to pieces by the same code. A sentence falls into clauses at commas and
brackets; a figure's *lead* is what stands before it since the last figure or list sign, its *tail*
what stands behind its measure word. In 「A、B、C分别下降x、y、z」 each figure gets its item of the
list, also where the list stands clauses before; in 从x增加到y the second takes over the metric of
the first; a bare 同比增长 takes it from the figure before. A figure with next to no words of its
own (,累计达到482万亩) counts what the clause before does. Around the lead and tail lie the rest of
the clause, the clause before, the one that opens the sentence, the sentence, the headings above:
the nearer a word, the more it is worth. The name of the region itself is worth nothing. Words are
compared as pairs of neighbouring characters, weighed by how rare they are in the report.

Each figure of the text is compared in this way with every mention of its own value and with the
*rivals*: mentions of other values under the same measure word near what the text speaks of. It is
misattributed where a rival fits clearly better; clearly is less where only distant words tell the
two apart, and more for each other figure of the text that stands with the mention, if none stands
with the rival; a half of the year, and a year before the report's own, are told from the rest. A
rival that another figure of the text rightly names counts only if the two figures exchanged would
fit better. A mention that shares next to nothing with the text is no support, unless it stands in
the very sentence that the text speaks of, or that it retells with two other figures, and its words
are no other figure's there.

Where it is blind
-----------------
- Two metrics whose surroundings are the same words cannot be told apart; nor can a subject that
  the source leaves unsaid. A list in the order of a list of another sentence is not followed, nor
  one that names three things and gives figures of two.
- A synonym that shares no character with the source's word counts as another word. Closed classes
  of words that exclude each other (受理 and 审结, 人大 and 政协) are listed in `_lexicon`; whatever
  is not listed there and not near a figure can be exchanged for a word of the same field unseen.
- Names of persons are words like others. An unknown place is noticed by its ending (县, 镇, 街道);
  without one only countries, provinces and prefecture-level cities are known, less those that are
  words. A place or organ of the report put where another one belongs is noticed where the same
  words follow it, in a list of places, as the winner of an award or at the head of its clause, and
  not elsewhere.
- An assessment is compared where it closes its clause (…显著提升) and the same thing is named;
  where the source names it a clause before, or speaks of it elsewhere without a lack, it passes.
- Only drafts, works and reforms have stages; an act that is over, told as under way, is noticed
  by 正在.
- A figure without a year or level in the text is not held to that of its source. What a paragraph
  before opened (五年来) is believed where the text says so, and not held against it.
- Without a figure, a clause is unsupported where most of its words, or a stretch of four, are
  unknown around its source: an invention of the report's own words goes through.
- Derived figures are tried from operands that the text names or singles out, or that one sentence
  has. A figure computed from several places of the report without naming them is unsupported,
  though it may be right; so are a share of a table's row, the sum of its sub-rows, and what is
  reckoned with ratios (2.50:1). A wrong result that is the share, sum or difference of two other
  figures of the one sentence passes.
- A bare figure in a table is money only where its own column's header says so (单位:万元).
- A plan told as done is noticed by what the text adds to it (已, 完成, the year of the report).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.checker._anatomy import Prose
from summarizer.checker._comparable import comparable_quantities
from summarizer.checker._figures import check_figures
from summarizer.checker._lexicon import NAMES_SIGN, RESPECTIVELY
from summarizer.checker._scope import check_scope
from summarizer.checker._source_index import (
    SourceIndex,
    index_of,
    normal_name,
    unnamed_quantities,
)
from summarizer.checker._wording import check_copy, check_wording
from summarizer.checker._words import grams
from summarizer.folding import fold
from summarizer.types import Check, CheckedSentence, MemoPart, Report, Span, Verdict

# A line that opens what follows, in a memo's own words: # 主要成效, 二、存在不足.
_HEADING = re.compile(
    r"(?:#+\s|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])[^，,。；;]{1,20}"
)
# 8个部门中,66个问题: 个 counts anything.
_ANYTHING = frozenset({"", "个", "项", "家", "种", "类"})
_AMONG_THEM = re.compile(r"[^,;:。]*[中里内],?(?:其中)?有?")
_SENTENCE = re.compile(r"[^。！？!?\n\r]+[。！？!?]*[”’》)）」』]*")


def check_text(text: str, report: Report) -> Verdict:
    """Check every sentence of any text, whoever wrote it, against the whole report.

    Sentences end at 。！？ or a line's end; of a heading only figures, dates and names are checked.
    The offsets of sentences and checks are half-open
    indices into `text`, those of a check's evidence into ``report.text``.
    """
    index = index_of(report)
    sentences = []
    for found in _SENTENCE.finditer(text):
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        end = found.start() + len(found.group().rstrip())
        if start >= end:
            continue
        checks = tuple(
            check.model_copy(update={"start": check.start + start, "end": check.end + start})
            for check in _check(text[start:end], index, None, None)
            if check.kind != "content" or not _HEADING.fullmatch(text[start:end])
        )
        sentences.append(CheckedSentence(text=text[start:end], start=start, end=end, checks=checks))
    return Verdict(supported=all(s.supported for s in sentences), sentences=tuple(sentences))


def check_statement(
    text: str,
    report: Report,
    sources: Sequence[int] | None = None,
    *,
    part: MemoPart | None = None,
) -> tuple[Check, ...]:
    """Check one statement against the sentences it cites, or against the whole report.

    `sources` are 0-based indices into ``report.sentences``; None stands for all of them, and an
    index that no sentence has supports nothing. Region, year and the headings over a sentence need
    no citation. `part` is the memo's section in which the statement stands: an achievement may not
    rest on a plan, nor a plan on an achievement. Checks come in the order of the text, offsets as
    in `check_text`.
    """
    allowed = None if sources is None else [n for n in sources if 0 <= n < len(report.sentences)]
    return _check(text, index_of(report), allowed, part)


def _check(
    text: str, index: SourceIndex, allowed: Sequence[int] | None, part: MemoPart | None
) -> tuple[Check, ...]:
    prose = _read(text, index)
    copied = check_copy(prose, text, index, allowed, part)
    if copied is not None:
        return tuple(sorted(copied, key=lambda c: (c.start, c.end)))
    checks, bindings = check_figures(prose, text, index, allowed)
    checks = _refuse_larger_parts(prose, _refuse_unpaired(prose, checks))
    printed = [b for b, c in zip(bindings, checks, strict=True) if c.status != "derived"]
    checks += check_scope(prose, text, index, printed)
    figures = list(zip(bindings, checks[: len(bindings)], strict=True))
    checks += check_wording(prose, text, index, allowed, figures, part)
    return tuple(sorted(checks, key=lambda c: (c.start, c.end)))


def _refuse_unpaired(prose: Prose, checks: Sequence[Check]) -> list[Check]:
    """Fail the figures of a 分别-list with fewer names than figures, or with one name twice."""
    unpaired: dict[int, str] = {}
    for clause in prose.clauses:
        names, *respectively = RESPECTIVELY.split(clause.text, maxsplit=1)
        listed = [name for name in NAMES_SIGN.split(names) if grams(name)]
        figures = [
            mention.quantity.start
            for mention in prose.mentions
            if clause.start + len(names) <= mention.quantity.start < clause.end
        ]
        distinct = len({name.strip() for name in listed})
        if respectively and len(listed) >= 2 and distinct < len(figures):
            reason = f"“分别”之前列了{distinct}项，之后有{len(figures)}个数，对不上"
            unpaired.update(dict.fromkeys(figures, reason))
    return [_misattributed(c, unpaired[c.start]) if c.start in unpaired else c for c in checks]


def _refuse_larger_parts(prose: Prose, checks: Sequence[Check]) -> list[Check]:
    """Fail a part that is more than its whole: 9件案件中,有23件."""
    larger: dict[int, str] = {}
    for whole, part in pairwise(prose.mentions):
        ours, theirs = whole.quantity, part.quantity
        alike = ours.unit == theirs.unit and ours.unit not in _ANYTHING and ours.kind == "count"
        between = prose.text[ours.end : theirs.start]
        if not alike or not ours.value or not theirs.value or theirs.value <= ours.value:
            continue
        if _AMONG_THEM.fullmatch(between):
            larger[theirs.start] = f"部分“{theirs.text}”大于整体“{ours.text}”"
    return [_misattributed(c, larger[c.start]) if c.start in larger else c for c in checks]


def _misattributed(check: Check, reason: str) -> Check:
    return check.model_copy(update={"kind": "subject", "status": "misattributed", "reason": reason})


def _read(text: str, index: SourceIndex) -> Prose:
    folded = fold(text)
    figures = unnamed_quantities(folded, comparable_quantities(folded))
    prose = Prose(folded, [Span(0, len(folded))], figures, index.own_name)
    for mention in prose.mentions:
        mention.wide = prose.sentence_grams[0]
    return prose


def find_home(check: Check, text: str, report: Report, within: Sequence[int]) -> int | None:
    """Return the one sentence of `within` that supports what a check of statement `text` is about.

    For a figure: the sentence that has it under the same measure word, of the same thing. For a
    title, a name or a date: the sentence that has it. None where no sentence does, or several do,
    or where the check is about words: then no citation can be mended.
    """
    index = index_of(report)
    if check.kind in ("title", "name", "date"):
        wanted = normal_name(fold(check.text)).strip("《》")
        homes = [n for n in within if wanted in normal_name(_sentence(index, n))]
    elif check.kind in ("number", "unit", "subject", "rank", "approx"):
        prose = _read(text, index)
        homes = [n for n in within if _supports(prose, text, index, n, check)]
    else:
        return None
    return homes[0] if len(homes) == 1 else None


def _sentence(index: SourceIndex, number: int) -> str:
    start, end = index.prose.sentences[number]
    return index.text[start:end]


def _supports(prose: Prose, text: str, index: SourceIndex, number: int, check: Check) -> bool:
    if not any(m.quantity.start == check.start for m in prose.mentions):
        return False
    checks, bindings = check_figures(prose, text, index, [number])
    return any(
        found.start == check.start and found.passed and bound.same is not None
        for found, bound in zip(checks, bindings, strict=True)
    )
