"""One report from file to `Brief`: extract → verify → repair → re-ask → verify → quote → compose.

Nothing a model wrote reaches the memo unchecked. A statement that fails is mended by code where
that is plain (a wrong citation), then asked for once more with what was wrong named, then its
place is taken by the source's own sentence. A section whose call fails for good is quoted too,
and the failure is on record. Only a server that fails the very first call stops the run: then
the setting is wrong, not the section.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.compose import compose
from summarizer.errors import ModelError, ModelOutputError, ModelUnavailable
from summarizer.extract import Answered, Piece, ask_again, cut_pieces, extract, halve
from summarizer.folding import to_script
from summarizer.items import Item, find_items
from summarizer.llm import CallCache, Client, ModelSettings, PromptTooLong, resolve_model
from summarizer.load import Limits, load
from summarizer.profiles import Profile, load_profile
from summarizer.quote import quote_item, quote_key_sentences, quote_sentence, weigh_text, weight
from summarizer.repair import repair
from summarizer.segment import segment
from summarizer.types import Brief, Change, Failure, MemoPart, Report, Script, Statement, Usage
from summarizer.typesetting import heading_as_topic
from summarizer.verify import verify, verify_one

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: pieces done of all, tokens spent so far (None where unknown)."""

    done: int
    total: int
    heading: str = ""
    tokens: int | None = None


OnProgress = Callable[[Progress], None]


@dataclass(slots=True)
class _Written:
    """What became of one piece."""

    statements: list[Statement] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: _Written) -> None:
        self.statements += other.statements
        self.changes += other.changes
        self.failures += other.failures


def load_report(
    path: str | os.PathLike[str] | bytes,
    *,
    text: str | None = None,
    name: str | None = None,
    profile: str | None = None,
    profiles: Path | None = None,
    limits: Limits | None = None,
) -> Report:
    """The report in a file: text, HTML, DOCX or PDF. A `str` is always a path, never a text.

    `bytes` are a file's content. With `text` the file is not read: the report is that text.
    `profile` overrides the genre that is otherwise found from title and text; `profiles` names
    a folder with further ones. Raises `LoadError` and `ProfileError`.
    """
    source = load(path, text=text, name=name, limits=limits or Limits())
    genre = load_profile(profile, folder=profiles) if profile else None
    return segment(source, genre)


def summarize(
    report: Report | str | os.PathLike[str],
    *,
    model: str | None = None,
    base_url: str | None = None,
    mode: str | None = None,
    piece_chars: int | None = None,
    profile: str | None = None,
    profiles: Path | None = None,
    script: Script | None = None,
    cache: bool = True,
    concurrency: int | None = None,
    budget_tokens: int | None = None,
    on_progress: OnProgress | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> Brief:
    """The briefing memo of a report, every figure of it checked against its sentence.

    `model` is ``provider/name``, ``local`` (the embedded model, the default) or ``extractive``
    (no model at all). `on_notice` is told, in a line, to which host the report goes and what
    the embedded model prepares. Raises `LoadError`, `ProfileError`, `ConfigError`,
    `ModelUnavailable` where the first call finds no server, and `CassetteMiss`.
    """
    if not isinstance(report, Report):
        report = load_report(report, profile=profile, profiles=profiles)
    genre = load_profile(profile or report.profile, folder=profiles)
    if (model or os.environ.get("SUMMARIZER_MODEL")) == EXTRACTIVE:
        written = _Written(verify(quote_key_sentences(report), report))
        return _finish(written, report, genre, EXTRACTIVE, (), script)
    settings = resolve_model(model, base_url=base_url, mode=mode, piece_chars=piece_chars)
    with Client(
        settings,
        cache=CallCache.open_default() if cache else None,
        budget_tokens=budget_tokens,
        on_notice=on_notice,
    ) as client:
        writer = _Writer(report, genre, client, settings, on_progress)
        written = writer.write(concurrency)
        return _finish(written, report, genre, settings.name, client.usage, script)


def _finish(
    written: _Written,
    report: Report,
    genre: Profile,
    model: str,
    usage: Sequence[Usage],
    script: Script | None,
) -> Brief:
    _cover_every_item(written, report)
    statements = [_with_topic(statement, report) for statement in written.statements]
    if script and script != report.script:
        statements = verify((_in_script(statement, script) for statement in statements), report)
    return compose(
        report,
        statements,
        weigh=lambda statement: _weigh(statement, report),
        changes=written.changes,
        failures=written.failures,
        usage=usage,
        profile_digest=genre.digest,
        model=model,
    )


class _Writer:
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
        self._down: ModelError | None = None
        self._done = 0

    def write(self, concurrency: int | None) -> _Written:
        pieces = cut_pieces(self._report, self._settings.piece_chars)
        if not pieces:
            return _Written()
        written = _Written()
        # The first piece goes alone: a wrong key or a dead server must end the run at once,
        # and a server's prefix cache is filled once.
        written.add(self._write(pieces[0], len(pieces), first=True))
        with ThreadPoolExecutor(max_workers=concurrency or self._settings.concurrency) as pool:
            for more in pool.map(lambda piece: self._write(piece, len(pieces)), pieces[1:]):
                written.add(more)
        return written

    def _write(self, piece: Piece, total: int, *, first: bool = False) -> _Written:
        written = self._ask(piece, first=first)
        self._done += 1
        spent = [usage.prompt_tokens for usage in self._client.usage] + [
            usage.completion_tokens for usage in self._client.usage
        ]
        tokens = None if None in spent else sum(count or 0 for count in spent)
        self._on_progress(Progress(self._done, total, piece.heading, tokens))
        return written

    def _ask(self, piece: Piece, *, first: bool) -> _Written:
        if self._down is not None:
            return self._quote_piece(piece, str(self._down))
        try:
            answered = extract(piece, self._report, self._genre, self._client)
        except PromptTooLong as exc:
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

    def _quote_piece(self, piece: Piece, reason: str) -> _Written:
        """The piece in the source's own words, and the failure on record."""
        quoted = quote_key_sentences(self._report, piece.items)
        failure = Failure(
            part=piece.part, heading=piece.heading, sentences=piece.sentences, reason=reason
        )
        return _Written(verify(quoted, self._report), [], [failure])

    def _settle(self, piece: Piece, answered: Answered) -> _Written:
        """The piece's statements, all supported: as written, mended, asked anew or quoted."""
        written = _Written()
        good, bad = self._judge(piece, answered, written.changes)
        if bad:
            again = self._ask_again(piece, bad)
            better, _ = self._judge(piece, again, written.changes)
            for failed, reason in bad:
                self._replace(failed, reason, good, better, written.changes)
            good += better
        written.statements = good
        return written

    def _ask_again(self, piece: Piece, bad: Sequence[tuple[Statement, str]]) -> Answered:
        try:
            return ask_again(piece, self._report, self._genre, self._client, bad)
        except ModelError:
            return Answered(())

    def _judge(
        self, piece: Piece, answered: Answered, changes: list[Change]
    ) -> tuple[list[Statement], list[tuple[Statement, str]]]:
        """The statements that hold, and the others with what is wrong with them."""
        good: list[Statement] = []
        bad: list[tuple[Statement, str]] = []
        for at, written in enumerate(answered.statements):
            statement = verify_one(written, self._report)
            if not statement.supported:
                statement = self._mend(statement, piece, changes)
            reason = _fault(statement, cut=at in answered.cut)
            if reason:
                bad.append((statement, reason))
            else:
                good.append(statement)
        return good, bad

    def _mend(self, statement: Statement, piece: Piece, changes: list[Change]) -> Statement:
        mended = repair(statement, self._report, piece.sentences)
        if mended is None:
            return statement
        mended = verify_one(mended, self._report)
        if not mended.supported:
            return statement
        added = "、".join(str(i + 1) for i in mended.sources if i not in statement.sources)
        changes.append(
            _changed("recited", statement, mended, f"出处补正：补引第{added}句，文字未改")
        )
        return mended

    def _replace(
        self,
        failed: Statement,
        reason: str,
        good: list[Statement],
        better: Sequence[Statement],
        changes: list[Change],
    ) -> None:
        """Record what became of a failed statement; quote its source where nothing else holds."""
        successor = next((s for s in better if set(s.sources) & set(failed.sources)), None)
        if successor is not None:
            changes.append(_changed("reasked", failed, successor, reason))
            return
        said = any(set(s.sources) >= set(failed.sources) for s in good)
        if said or not failed.sources:
            changes.append(_changed("dropped", failed, None, reason))
            return
        best = max(failed.sources, key=lambda index: weight(self._report, index))
        quoted = verify_one(quote_sentence(self._report, best, failed.part), self._report)
        changes.append(_changed("quoted", failed, quoted, reason))
        good.append(quoted)


def _fault(statement: Statement, *, cut: bool) -> str:
    """What keeps `statement` out of the memo, for the model and for the record; '' if nothing."""
    if not statement.sources:
        return "没有注明有效的句子编号"
    if cut:
        return "文字过长被截断，请写得更短"
    return "；".join(check.reason for check in statement.checks if not check.passed)


def _changed(action: str, before: Statement, after: Statement | None, reason: str) -> Change:
    return Change.model_validate(
        {
            "part": before.part,
            "action": action,
            "before": before.text,
            "after": after.text if after else "",
            "reason": reason,
        }
    )


def _cover_every_item(written: _Written, report: Report) -> None:
    """Quote each shortcoming and plan that no statement rests on; put all in the report's order."""
    parts: tuple[MemoPart, ...] = ("shortcomings", "plans")
    for part in parts:
        for item in find_items(report, part):
            if not _covered(item, written.statements):
                quoted = verify_one(quote_item(report, item), report)
                written.statements.append(quoted)
                written.changes.append(
                    Change(
                        part=part,
                        action="quoted",
                        before="",
                        after=quoted.text,
                        reason="模型未写到此项，引用原文",
                    )
                )
    written.statements.sort(key=lambda statement: min(statement.sources, default=0))


def _covered(item: Item, statements: Sequence[Statement]) -> bool:
    return any(
        statement.part == item.part and set(item.sentences) & set(statement.sources)
        for statement in statements
    )


def _with_topic(statement: Statement, report: Report) -> Statement:
    """`statement` with a topic from the source: its section's heading.

    Shortcomings and plans open with their head words and need none.
    """
    if statement.part != "achievements":
        return statement.model_copy(update={"topic": ""})
    at = report.sentences[statement.sources[0]].start if statement.sources else 0
    heading = next((s.heading for s in report.sections if s.start <= at < s.end), "")
    return statement.model_copy(update={"topic": heading_as_topic(heading)})


def _weigh(statement: Statement, report: Report) -> float:
    """How much an achievement tells: by its own words, a little by the sentences it rests on."""
    source = max((weight(report, index) for index in statement.sources), default=0.0)
    return weigh_text(statement.text) + 0.25 * source


def _in_script(statement: Statement, script: Script) -> Statement:
    return statement.model_copy(
        update={
            "text": to_script(statement.text, script),
            "topic": to_script(statement.topic, script),
        }
    )
