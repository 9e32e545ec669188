"""One report from file to `Brief`: extract → verify → repair → re-ask → verify → quote → compose.

Nothing a model wrote reaches the memo unchecked. A statement that fails is mended by code where
that is plain (a wrong citation), then asked for once more with what was wrong named, then its
place is taken by the source's own sentence. A section whose call fails for good is quoted too,
and the failure is on record. Only a server that fails the very first call stops the run: then
the setting is wrong, not the section.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from summarizer import cassette, local
from summarizer._writer import OnProgress, Progress, Writer, Written
from summarizer.arithmetic import audit_report
from summarizer.compose import compose, recompose
from summarizer.errors import ConfigError
from summarizer.folding import fold, to_script
from summarizer.items import Item, find_items
from summarizer.llm import CallCache, Client, resolve_model
from summarizer.load import Limits, load
from summarizer.profiles import Profile, load_profile
from summarizer.quote import quote_item, quote_key_sentences, weigh_text, weight
from summarizer.segment import segment
from summarizer.types import Brief, Change, MemoPart, Report, Script, Statement, Usage
from summarizer.typesetting import heading_as_topic
from summarizer.verify import verify, verify_one

__all__ = ["EXTRACTIVE", "OnProgress", "Progress", "load_report", "recheck", "summarize"]

EXTRACTIVE = "extractive"


def load_report(
    path: str | os.PathLike[str] | bytes | None = None,
    *,
    text: str | None = None,
    name: str | None = None,
    profile: str | None = None,
    profiles: Path | None = None,
    limits: Limits | None = None,
) -> Report:
    """The report in a file: text, HTML, DOCX or PDF. A `str` is always a path, never a text.

    `bytes` are a file's content. With `text` there is no file: the report is that text.
    `profile` overrides the genre that is otherwise found from title and text; `profiles` names
    a folder with further ones. Raises `LoadError` and `ProfileError`.
    """
    source = load(path, text=text, name=name, limits=limits or Limits())
    genre = load_profile(profile, folder=profiles) if profile else None
    return segment(source, genre, profiles=profiles)


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
    if script not in (None, "hans", "hant"):
        raise ConfigError(f"{script!r} is no script: give 'hans' or 'hant'")
    if not isinstance(report, Report):
        report = load_report(report, profile=profile, profiles=profiles)
    genre = load_profile(profile or report.profile, folder=profiles)
    recorded = cassette.active()
    if model == EXTRACTIVE or (
        model is None and recorded is None and os.environ.get("SUMMARIZER_MODEL") == EXTRACTIVE
    ):
        written = Written(verify(quote_key_sentences(report), report))
        return _finish(written, report, genre, EXTRACTIVE, (), script)
    if recorded:
        recorded.note(profile=genre.name)
    settings = resolve_model(model, base_url=base_url, mode=mode, piece_chars=piece_chars)
    if settings.provider == "local" and not (recorded and recorded.replaying):
        local.require()
    with Client(
        settings,
        cache=CallCache.open_default() if cache else None,
        budget_tokens=budget_tokens,
        on_notice=on_notice,
    ) as client:
        writer = Writer(report, genre, client, settings, on_progress)
        written = writer.write(concurrency)
        return _finish(written, report, genre, settings.name, client.usage, script)


def recheck(brief: Brief) -> Brief:
    """`brief` with every statement verified anew: what a reviewer edited is checked like the rest.

    Nothing is left out or replaced: a person's words stay, with their checks beside them.
    """
    return recompose(brief, verify(brief.statements(), brief.report))


def _finish(
    written: Written,
    report: Report,
    genre: Profile,
    model: str,
    usage: Sequence[Usage],
    script: Script | None,
) -> Brief:
    _cover_every_item(written, report)
    statements = [_with_topic(statement, report) for statement in written.statements]
    script = script or report.script
    if script != report.script:
        statements = verify((_in_script(statement, script) for statement in statements), report)
    return compose(
        report,
        statements,
        script=script,
        profile=genre.name,
        weigh=lambda statement: _weigh(statement, report),
        is_copied=lambda statement: model != EXTRACTIVE and _is_copied(statement, report),
        changes=written.changes,
        failures=written.failures,
        findings=audit_report(report),
        usage=usage,
        profile_digest=genre.digest,
        model=model,
    )


def _cover_every_item(written: Written, report: Report) -> None:
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
                        action="added",
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
    """How much an achievement tells: by its own words, a little by the sentences it rests on.

    A memo is not a copy: before a quotation, and before what the model copied, go its own words.
    """
    source = max((weight(report, index) for index in statement.sources), default=0.0)
    borrowed = 3.0 if statement.origin == "quoted" else 1.5 * _is_copied(statement, report)
    return weigh_text(statement.text) + 0.25 * source - borrowed


def _is_copied(statement: Statement, report: Report) -> bool:
    source = "".join(_bare(report.sentence_text(index)) for index in statement.sources)
    return _bare(statement.text) in source


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _in_script(statement: Statement, script: Script) -> Statement:
    return statement.model_copy(
        update={
            "text": to_script(statement.text, script),
            "topic": to_script(statement.topic, script),
        }
    )
