"""Does a source support this text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer._anatomy import Prose
from summarizer._figures import check_figures
from summarizer._source_index import (
    SourceIndex,
    comparable_quantities,
    index_of,
    normal_name,
    unnamed_quantities,
)
from summarizer._wording import check_copy, check_wording
from summarizer.folding import fold
from summarizer.types import Check, CheckedSentence, MemoPart, Report, Span, Verdict

_SENTENCE = re.compile(r"[^。！？!?\n\r]+[。！？!?]*[”’》)）」』]*")


def check_text(text: str, report: Report) -> Verdict:
    """Check every sentence of any text against the whole report."""
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
    """Check one statement against the sentences it cites, or against the whole report."""
    allowed = None if sources is None else [n for n in sources if 0 <= n < len(report.sentences)]
    return _check(text, index_of(report), allowed, part)


def _check(
    text: str, index: SourceIndex, allowed: Sequence[int] | None, part: MemoPart | None
) -> tuple[Check, ...]:
    prose = _read(text)
    copied = check_copy(prose, text, index, allowed, part)
    if copied is not None:
        return tuple(sorted(copied, key=lambda c: (c.start, c.end)))
    checks, bindings = check_figures(prose, text, index, allowed)
    checks += check_wording(prose, text, index, allowed, bindings, part)
    return tuple(sorted(checks, key=lambda c: (c.start, c.end)))


def _read(text: str) -> Prose:
    folded = fold(text)
    prose = Prose(
        folded, [Span(0, len(folded))], unnamed_quantities(folded, comparable_quantities(folded))
    )
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
        prose = _read(text)
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
