"""A report's pieces go to the model, and what comes back is settled statement by statement.

The middle of the pipeline: extract → verify → repair → re-ask → verify → quote, for one piece
after the other (or several at once, where a server is not this machine). A statement has a fault
if a check fails, if it cites nothing, if it ran into its length bound, if it merges entries of a
list that must stay apart or leaves out most of such an entry, or if it leaves out every figure
of sentences full of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Literal

from summarizer.errors import ModelError, ModelOutputError, ModelUnavailable
from summarizer.extract import Answered, Piece, ask_again, cut_pieces, extract, halve
from summarizer.items import Item, find_items, points_of
from summarizer.llm import AnswerCut, Client, ModelSettings, PromptTooLong
from summarizer.profiles import Profile
from summarizer.quantities import find_quantities
from summarizer.quote import quote_item, quote_key_sentences, quote_sentence, weight
from summarizer.repair import (
    cite_points,
    drop_phrases,
    left_out,
    recite,
    restore_head,
    says_some_of,
    says_what_is_lacking,
    tighten,
)
from summarizer.types import MEMO_PARTS, Change, Failure, Report, Statement
from summarizer.verify import verify, verify_one

# From this many figures on, sentences are about their figures.
_DENSE = 3
# An entry of a list may leave out so much of its points: it is a memo, not the report.
_LEAVE_OUT = 0.5
_COUNTED = frozenset({"count", "percent", "money"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: pieces done of all, tokens spent so far (None where unknown)."""

    done: int
    total: int
    heading: str = ""
    tokens: int | None = None


OnProgress = Callable[[Progress], None]


@dataclass(slots=True)
class Written:
    """Statements that hold, and what happened on the way to them."""

    statements: list[Statement] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Written) -> None:
        """Append all that `other` holds."""
        self.statements += other.statements
        self.changes += other.changes
        self.failures += other.failures

    def record(
        self,
        action: Literal["recited", "headed", "trimmed", "reasked", "quoted", "dropped"],
        before: Statement,
        after: Statement | None,
        reason: str,
    ) -> None:
        """Put a change on record."""
        self.changes.append(
            Change(
                part=before.part,
                action=action,
                before=before.text,
                after=after.text if after else "",
                reason=reason,
            )
        )


class Writer:
    """Takes a report's pieces to the model and settles what comes back."""

    def __init__(
        self,
        report: Report,
        genre: Profile,
        client: Client,
        settings: ModelSettings,
        on_progress: OnProgress | None,
    ) -> None:
        self._report = report
        self._genre = genre
        self._client = client
        self._settings = settings
        self._on_progress = on_progress or (lambda _: None)
        self._one_entry = {part for part in MEMO_PARTS if len(find_items(report, part)) == 1}
        self._down: ModelError | None = None
        self._done = 0
        self._lock = threading.Lock()

    def write(self, concurrency: int | None) -> Written:
        """The whole report. Raises `ModelUnavailable` where the first call finds no server."""
        pieces = cut_pieces(self._report, self._settings.piece_chars)
        written = Written()
        if not pieces:
            return written
        # The first piece goes alone: a wrong key or a dead server must end the run at once,
        # and a server's prefix cache is filled once.
        written.add(self._write(pieces[0], len(pieces), first=True))
        for more in self._write_all(pieces[1:], concurrency or self._settings.concurrency):
            written.add(more)
        return written

    def _write_all(self, pieces: Sequence[Piece], concurrency: int) -> Iterator[Written]:
        total = len(pieces) + 1
        if concurrency == 1:
            yield from (self._write(piece, total) for piece in pieces)
            return
        pool = ThreadPoolExecutor(max_workers=concurrency)
        try:
            yield from pool.map(lambda piece: self._write(piece, total), pieces)
        except BaseException:
            # Ctrl-C must not wait for a server that hangs: the calls in flight are given up.
            pool.shutdown(wait=False, cancel_futures=True)
            self._client.close()
            raise
        pool.shutdown()

    def _write(self, piece: Piece, total: int, *, first: bool = False) -> Written:
        written = self._ask(piece, first=first)
        spent = [
            count
            for usage in self._client.usage
            for count in (usage.prompt_tokens, usage.completion_tokens)
        ]
        tokens = None if None in spent else sum(count or 0 for count in spent)
        with self._lock:
            self._done += 1
            self._on_progress(Progress(self._done, total, piece.heading, tokens))
        return written

    def _ask(self, piece: Piece, *, first: bool) -> Written:
        if self._down is not None:
            return self._quote_piece(piece, str(self._down))
        try:
            answered = extract(piece, self._report, self._genre, self._client)
        except (PromptTooLong, AnswerCut) as exc:
            halves = halve(piece)
            if halves is None:
                return self._quote_piece(piece, str(exc))
            written = self._ask(halves[0], first=first)
            written.add(self._ask(halves[1], first=False))
            return written
        except ModelError as exc:
            if first and isinstance(exc, ModelUnavailable):
                raise
            if not isinstance(exc, ModelOutputError):
                self._down = exc
            return self._quote_piece(piece, str(exc))
        return self._settle(piece, answered)

    def _quote_piece(self, piece: Piece, reason: str) -> Written:
        """The piece in the source's own words, and the failure on record."""
        quoted = quote_key_sentences(self._report, piece.items)
        return Written(verify(quoted, self._report), [], [self._failure(piece, reason)])

    def _settle(self, piece: Piece, answered: Answered) -> Written:
        """The piece's statements, all supported: as written, mended, asked anew or quoted."""
        written = Written()
        bad = self._judge(piece, answered, written)
        if bad:
            again = self._ask_again(piece, bad, written)
            before = len(written.statements)
            for failed, reason in self._judge(piece, again, written):
                written.record("dropped", failed, None, f"重写后仍不合格：{reason}")
            better = written.statements[before:]
            for failed, reason in bad:
                self._replace(piece, failed, reason, better, written)
        return written

    def _ask_again(
        self, piece: Piece, bad: Sequence[tuple[Statement, str]], written: Written
    ) -> Answered:
        try:
            return ask_again(piece, self._report, self._genre, self._client, bad)
        except ModelOutputError:
            return Answered(())
        except ModelError as exc:  # the budget is spent, or the server is gone
            self._down = exc
            written.failures.append(self._failure(piece, str(exc)))
            return Answered(())

    def _failure(self, piece: Piece, reason: str) -> Failure:
        return Failure(
            part=piece.part, heading=piece.heading, sentences=piece.sentences, reason=reason
        )

    def _judge(
        self, piece: Piece, answered: Answered, written: Written
    ) -> list[tuple[Statement, str]]:
        """Add the statements that hold to `written`; the others, with what is wrong with them."""
        bad: list[tuple[Statement, str]] = []
        for at, raw in enumerate(answered.statements):
            statement = self._mend(verify_one(raw, self._report), piece, written)
            reason = self._fault(statement, piece, cut=at in answered.cut)
            if reason:
                bad.append((statement, reason))
            else:
                written.statements.append(statement)
        return bad

    def _mend(self, statement: Statement, piece: Piece, written: Written) -> Statement:
        """`statement` with what code may mend mended, verified again."""
        if not statement.supported:
            recited = recite(statement, self._report, piece.sentences)
            if recited is None:
                return statement
            recited = verify_one(recited, self._report)
            if not recited.supported:
                return statement
            added = "、".join(str(i + 1) for i in recited.sources if i not in statement.sources)
            written.record("recited", statement, recited, f"补引第{added}句，文字未改")
            statement = recited
        trimmed = drop_phrases(statement)
        if trimmed.text != statement.text:
            written.record("trimmed", statement, trimmed, "删去套话")
            statement = verify_one(trimmed, self._report)
        statement = tighten(statement, self._report)
        items = _items_cited(statement, piece)
        if statement.part != "achievements" and len(items) == 1:
            statement = cite_points(statement, self._report, items[0])
            headed = verify_one(restore_head(statement, self._report, items[0]), self._report)
            if headed.text != statement.text and headed.supported:
                written.record("headed", statement, headed, "补上原文的提法")
                return headed
        return verify_one(statement, self._report)

    def _fault(self, statement: Statement, piece: Piece, *, cut: bool) -> str:
        """What keeps `statement` out, for the model and for the record; '' if nothing."""
        if not statement.sources:
            return "没有注明有效的句子编号"
        if cut:
            return "太长，没有写完；只写最要紧的两三件事，不超过50字"
        if failed := [check.reason for check in statement.checks if not check.passed]:
            return "；".join(failed)
        if statement.part == "achievements":
            return self._missing_figures(statement)
        items = _items_cited(statement, piece)
        if len(items) > 1:
            return "把几项并成了一条，请一项一条分开写"
        if statement.part == "shortcomings" and not says_what_is_lacking(statement):
            return "最后一句不像不足，请写明缺什么、差在哪里"
        return self._missing_points(statement, items[0])

    def _missing_points(self, statement: Statement, item: Item) -> str:
        """What an entry of a list leaves out; a whole part in one entry must be complete."""
        points = points_of(self._report, item)
        missing = left_out(statement, self._report, item)
        allowed = 0.0 if item.part in self._one_entry else _LEAVE_OUT
        if len(missing) <= allowed * len(points):
            return ""
        return f"漏了要点：{'；'.join(missing[:3])}"

    def _missing_figures(self, statement: Statement) -> str:
        if _figures(statement.text):
            return ""
        there = [
            figure
            for index in statement.sources
            for figure in _figures(self._report.sentence_text(index))
        ]
        if len(there) < _DENSE:
            return ""
        return f"漏了数字，请写上最要紧的两三个及其所指（原文有{'、'.join(there[:6])}）"

    def _replace(
        self,
        piece: Piece,
        failed: Statement,
        reason: str,
        better: Sequence[Statement],
        written: Written,
    ) -> None:
        """Record what became of a failed statement; quote its source where nothing else holds."""
        successor = next((s for s in better if _takes_up(s, failed)), None)
        if successor is not None:
            written.record("reasked", failed, successor, reason)
            return
        said = any(_takes_up(statement, failed) for statement in written.statements)
        if said or not failed.sources:
            written.record("dropped", failed, None, reason)
            return
        quotations = [
            verify_one(quotation, self._report) for quotation in self._quote(failed, piece)
        ]
        for quotation in quotations:
            written.record("quoted", failed, quotation, reason)
        written.statements += quotations

    def _quote(self, failed: Statement, piece: Piece) -> list[Statement]:
        """The source in place of `failed`: of a list each entry, else the most telling sentence."""
        if failed.part != "achievements":
            return [quote_item(self._report, item) for item in _items_cited(failed, piece)]
        best = max(failed.sources, key=lambda index: weight(self._report, index))
        return [quote_sentence(self._report, best, failed.part)]


def _takes_up(statement: Statement, failed: Statement) -> bool:
    """Whether `statement` says anew what `failed` was about, not another thing of its sentence."""
    return bool(set(statement.sources) & set(failed.sources)) and says_some_of(statement, failed)


def _items_cited(statement: Statement, piece: Piece) -> list[Item]:
    return [item for item in piece.items if set(item.sentences) & set(statement.sources)]


def _figures(text: str) -> list[str]:
    return [quantity.text for quantity in find_quantities(text) if quantity.kind in _COUNTED]
