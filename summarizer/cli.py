"""The command line: arguments, printing and exit codes, nothing else.

Exit codes: 0 done; 1 something is wrong with a file, a key, a server or an output; 2 the command
line is malformed; 3 done, but a person must look; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from summarizer._terminal import print_json, print_verdict, progress, say, show
from summarizer.errors import ConfigError, RenderError, SummarizerError

if TYPE_CHECKING:
    from summarizer.types import Brief, Report

DONE, FAILED, LOOK, INTERRUPTED = 0, 1, 3, 130

app = typer.Typer(
    name="summarizer",
    help="Briefing memos from Chinese government annual reports, every figure checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Paths are plain strings here: typer's own path check would exit with 2, the code of a
# malformed command line, for a file that merely is not there.
ReportPath = Annotated[str, typer.Argument(metavar="REPORT", help="The report; - reads stdin.")]
ProfileName = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="Genre; found by itself if omitted.")
]
ProfileFolder = Annotated[
    Path | None,
    typer.Option("--profiles", metavar="DIR", help="A folder with further profiles."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing output.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="memo.docx, .md, .html or .json; else Markdown."
    ),
]


def run() -> None:
    """The console command: runs `app` and turns errors into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            app(standalone_mode=True)
        finally:
            sys.stdout.flush()  # here, where a full disk is still an error of this command
    except SummarizerError as exc:
        say(f"summarizer: {exc}")
        raise SystemExit(FAILED) from None
    except SystemExit as exc:  # typer answers Ctrl-C with this code
        if exc.code == INTERRUPTED:
            _leave_interrupted()
        raise
    except KeyboardInterrupt:
        _leave_interrupted()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(FAILED) from None
    except OSError as exc:  # a full disk, a folder that is gone: nothing of ours
        say(f"summarizer: {exc.filename or 'the system'}: {exc.strerror or exc}")
        raise SystemExit(FAILED) from None


def _leave_interrupted() -> NoReturn:
    say("summarizer: interrupted; finished calls are kept, the same command goes on from there")
    sys.stderr.flush()
    # Not by SystemExit: the interpreter would wait for calls that a server leaves hanging.
    os._exit(INTERRUPTED)


def _print_version(wanted: bool) -> None:
    if wanted:
        from summarizer import __version__

        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    del version


@app.command()
def brief(
    report: ReportPath,
    output: Output = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            "-m",
            metavar="PROVIDER/NAME",
            help="openai/…, deepseek/…, dashscope/…, ollama/…, local, or extractive (no model).",
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Any OpenAI-compatible server.")
    ] = None,
    mode: Annotated[
        str | None, typer.Option("--mode", help="json_schema, tools, json or md_json.")
    ] = None,
    piece_chars: Annotated[
        int | None,
        typer.Option("--piece-chars", min=100, metavar="N", help="Characters per model call."),
    ] = None,
    profile: ProfileName = None,
    profiles: ProfileFolder = None,
    script: Annotated[
        str | None, typer.Option("--script", help="hans or hant; as the report if omitted.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="Record the model's traffic.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="With --record: record only what is missing.")
    ] = False,
    replay: Annotated[
        Path | None, typer.Option("--replay", metavar="FILE", help="Replay recorded traffic.")
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Ask again what was already answered.")
    ] = False,
    budget_tokens: Annotated[
        int | None, typer.Option("--budget-tokens", min=1, metavar="N", help="Stop asking after N.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DOCX", help="Your office's letterhead.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 3 also for quotations and audit findings.")
    ] = False,
    force: Force = False,
) -> None:
    """Write a briefing memo of a report."""
    from summarizer.pipeline import summarize

    _refuse_malformed(record, replay, new=new, script=script)
    if model == "extractive" and (record or replay or base_url or mode):
        raise typer.BadParameter(
            "--model extractive asks no model: leave out --record and the like"
        )
    _check_output(output, template, report, record, replay, template, force=force)
    read = _read_report(report, profile, profiles)
    if not any(
        section.part in ("achievements", "shortcomings", "plans") for section in read.sections
    ):
        raise ConfigError(
            f"{read.name}: no achievements, shortcomings or plans found in it; "
            f"is it a report? See `summarizer outline {report}`"
        )
    with _traffic(record, replay, new=new), progress() as on_progress:
        memo = summarize(
            read,
            model=model,
            base_url=base_url,
            mode=mode,
            piece_chars=piece_chars,
            profile=profile,
            profiles=profiles,
            script=script,  # type: ignore[arg-type]  # _refuse_malformed has narrowed it
            cache=not no_cache,
            budget_tokens=budget_tokens,
            on_progress=on_progress,
            on_notice=say,
        )
    _write(memo, output, template)
    raise typer.Exit(_exit_code(memo, strict=strict))


def _refuse_malformed(
    record: Path | None, replay: Path | None, *, new: bool, script: str | None
) -> None:
    if record and replay:
        raise typer.BadParameter("--record and --replay exclude each other")
    if new and not record:
        raise typer.BadParameter("--new goes with --record")
    if script not in (None, "hans", "hant"):
        raise typer.BadParameter("--script is hans or hant")


def _check_output(
    output: Path | None, template: Path | None, *inputs: str | Path | None, force: bool
) -> None:
    """Refuse before the work is done, not after; never overwrite what the memo is made from."""
    from summarizer.render import check_output, check_template

    if template is not None:
        check_template(template, output)
    if output is None:
        return
    check_output(output)
    if not output.exists():
        return
    if any(path is not None and Path(path).exists() and output.samefile(path) for path in inputs):
        raise RenderError(f"{output}: is an input of this command; name another output")
    if not force:
        raise RenderError(f"{output}: exists already; give --force to overwrite it")


def _read_report(
    path: str, profile: str | None, profiles: Path | None, *, warn: bool = True
) -> Report:
    from summarizer.pipeline import load_report

    if path == "-":
        report = load_report(
            sys.stdin.buffer.read(), name="<stdin>", profile=profile, profiles=profiles
        )
    else:
        report = load_report(path, profile=profile, profiles=profiles)
    if warn:
        for warning in report.warnings:
            say(f"{report.name}: {warning}")
    return report


@contextmanager
def _traffic(record: Path | None, replay: Path | None, *, new: bool) -> Iterator[None]:
    if record:
        from summarizer import cassette

        with cassette.record(record, new=new):
            yield
    elif replay:
        from summarizer import cassette

        with cassette.replay(replay):
            yield
    else:
        yield


def _write(memo: Brief, output: Path | None, template: Path | None) -> None:
    from summarizer.render import render_brief, save_brief

    if output is None:
        typer.echo(render_brief(memo, "markdown").decode(), nl=False)
        return
    save_brief(memo, output, template=template)
    say(f"wrote {output}")


def _exit_code(memo: Brief, *, strict: bool) -> int:
    unsupported = [statement for statement in memo.statements() if not statement.supported]
    look = bool(memo.failures or memo.coverage.uncovered_parts or unsupported)
    if strict:
        look = (
            look
            or any(statement.origin == "quoted" for statement in memo.statements())
            or any(not finding.consistent for finding in memo.findings)
        )
    if look:
        say("done, but a person must look: see 核验记录 in the memo")
        for statement in unsupported:
            say(f"not supported by the report: {statement.text}")
    return LOOK if look else DONE


@app.command()
def render(
    brief: Annotated[str, typer.Argument(metavar="BRIEF.json", help="A memo saved as JSON.")],
    output: Output = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DOCX", help="Your office's letterhead.")
    ] = None,
    force: Force = False,
) -> None:
    """Render a memo saved as JSON again, as DOCX, Markdown or a review page."""
    from summarizer.pipeline import recheck
    from summarizer.render import load_brief

    _check_output(output, template, brief, template, force=force)
    memo = recheck(load_brief(brief))
    _write(memo, output, template)
    raise typer.Exit(_exit_code(memo, strict=False))


@app.command()
def check(
    summary: Annotated[str, typer.Argument(metavar="SUMMARY", help=".md .txt .docx or .json")],
    report: ReportPath,
    profile: ProfileName = None,
    profiles: ProfileFolder = None,
    as_json: AsJson = False,
) -> None:
    """Check any summary, whoever wrote it, against its report."""
    from summarizer.checker import check_text
    from summarizer.summaries import read_summary

    text = read_summary(summary).text
    verdict = check_text(text, _read_report(report, profile, profiles))
    if as_json:
        print_json(verdict.model_dump(mode="json"))
    else:
        print_verdict(verdict)
    raise typer.Exit(DONE if verdict.supported else LOOK)


@app.command()
def outline(
    report: ReportPath,
    profile: ProfileName = None,
    profiles: ProfileFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show how a report comes apart: its metadata, headings and parts."""
    read = _read_report(report, profile, profiles)
    if as_json:
        print_json(read.model_dump(mode="json", exclude={"text", "sentences", "locations"}))
        return
    for label in (
        "title",
        "region",
        "year",
        "issuer",
        "issued_on",
        "doc_number",
        "script",
        "profile",
    ):
        value = getattr(read, label)
        show(f"{label}: {value if value is not None else '-'}")
    for section in read.sections:
        indent = "  " * section.level
        show(
            f"{section.start:>6}-{section.end:<6} {section.part:<12} "
            f"{indent}{section.heading or '·'}"
        )


@app.command()
def numbers(report: ReportPath, as_json: AsJson = False) -> None:
    """List every quantity of a report with its value, unit and place."""
    from summarizer.quantities import find_quantities

    read = _read_report(report, None, None, warn=False)
    quantities = find_quantities(read.text)
    if as_json:
        print_json([quantity.model_dump(mode="json") for quantity in quantities])
        return
    for quantity in quantities:
        approx = f" ({quantity.approx})" if quantity.approx else ""
        show(
            f"{quantity.start:>6}-{quantity.end:<6} {quantity.kind:<9}"
            f"{quantity.canonical:>16} {quantity.unit:<6} {quantity.text}{approx}"
        )


@app.command()
def audit(report: ReportPath, as_json: AsJson = False) -> None:
    """Recompute the arithmetic that a report states: sums, shares, rates, growth."""
    from summarizer.arithmetic import audit_report

    findings = audit_report(_read_report(report, None, None, warn=False))
    if as_json:
        print_json([finding.model_dump(mode="json") for finding in findings])
        return
    for finding in findings:
        mark = "ok " if finding.consistent else "BAD"
        note = f"  {finding.note}" if finding.note else ""
        show(f"{mark} {finding.kind:<10} {finding.stated}  {finding.formula}{note}")
    wrong = sum(not finding.consistent for finding in findings)
    show(f"{len(findings)} relations, {wrong} that do not hold")


@app.command()
def models(as_json: AsJson = False) -> None:
    """List the model providers, their keys' variables and their defaults."""
    from summarizer.llm import known_models

    rows = known_models()
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        show(f"{row.example:<36} {row.key_status:<34} {row.base_url or 'embedded'}")
    show(f"{'extractive':<36} {'no key':<34} no model: the source's own key sentences")


@app.command()
def schema(
    what: Annotated[str, typer.Argument(metavar="brief|statements", help="Which schema.")],
    profile: ProfileName = None,
    profiles: ProfileFolder = None,
) -> None:
    """Print the JSON Schema of a memo's JSON, or of a model's answer."""
    if what == "brief":
        from summarizer.render import brief_schema

        print_json(brief_schema())
    elif what == "statements":
        from summarizer.profiles import load_profile

        print_json(
            load_profile(profile or "rule_of_law", folder=profiles).answer.model_json_schema()
        )
    else:
        raise typer.BadParameter("say `schema brief` or `schema statements`")
