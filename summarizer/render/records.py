"""核验记录, the second half of the annex: what a signer should ask about, and what the program did.

Doubts about the report's own figures come first, put with care (与原文不一致，建议核实): it is
the report's author who knows the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.render.wording import ACTION, PARTS, RELATION, Say, clean
from summarizer.types import Brief, Finding, Report, Span

_LISTED_PARAGRAPHS = 20  # of the unused ones; a review page shows them all
_SHOWN_CHARS = 40


@dataclass(frozen=True)
class Line:
    """One paragraph of 核验记录, and the place in the report that it is about."""

    text: str
    at: Span | None = None


@dataclass(frozen=True)
class Record:
    """A group of paragraphs of 核验记录."""

    heading: str
    lines: tuple[Line, ...]


def records(brief: Brief, say: Say) -> Iterator[Record]:
    """The groups of 核验记录, some of them without lines."""
    yield Record(say("需向报告单位核实的数据"), tuple(_doubts(brief, say)))
    for heading, lines in (
        ("程序对初稿的改动", _changes(brief, say)),
        ("未能完成的部分", _failures(brief, say)),
        ("报告内容的采用情况", _coverage(brief, say)),
        ("生成信息", _provenance(brief, say)),
    ):
        yield Record(say(heading), tuple(Line(text) for text in lines))


def _doubts(brief: Brief, say: Say) -> Iterator[Line]:
    for finding in brief.findings:
        if not finding.consistent:
            text = _doubt(brief.report, finding, say)
            yield Line(text, finding.spans[0] if finding.spans else None)
    if brief.findings:
        confirmed = sum(finding.consistent for finding in brief.findings)
        yield Line(say(f"程序复算报告中的数量关系{len(brief.findings)}项，{confirmed}项相符。"))


def _doubt(report: Report, finding: Finding, say: Say) -> str:
    where = "、".join(str(number) for number in sentences_at(report, finding.spans))
    place = say(f"（原文第{where}句）") if where else ""
    doubt = finding.note or say(
        f"原文为“{finding.stated}”，按{finding.formula}计算为{finding.computed}，不一致，建议核实"
    )
    return say(f"{RELATION[finding.kind]}：") + clean(doubt).rstrip("。") + f"{place}。"


def sentences_at(report: Report, spans: Iterable[Span]) -> list[int]:
    """The numbers, from 1, of the sentences that `spans` touch."""
    return sorted(
        {
            number
            for span in spans
            for number, sentence in enumerate(report.sentences, start=1)
            if sentence.start < span.end and span.start < sentence.end
        }
    )


def _changes(brief: Brief, say: Say) -> Iterator[str]:
    for change in brief.changes:
        line = say(f"{PARTS[change.part]}，{ACTION[change.action]}：")
        said = [clean(text) for text in (change.before, change.after) if text]
        line += say("改为").join(f"“{text}”" for text in dict.fromkeys(said))
        yield line + (say("；原因：") + clean(change.reason).rstrip("。") + "。"
                      if change.reason else "。")  # fmt: skip


def _failures(brief: Brief, say: Say) -> Iterator[str]:
    for failure in brief.failures:
        heading = f"“{clean(failure.heading)}”" if failure.heading else ""
        where = say(f"原文第{failure.sentences[0] + 1}至{failure.sentences[-1] + 1}句"
                    if failure.sentences else "全部")  # fmt: skip
        yield (
            say(PARTS[failure.part])
            + f"{heading}（{where}）"
            + say("未能由模型归纳：")
            + clean(failure.reason).rstrip("。")
            + "。"
        )


def _coverage(brief: Brief, say: Say) -> Iterator[str]:
    covered = brief.coverage
    yield say(
        f"报告共{covered.sentences}句，摘要引用{covered.sentences_cited}句；"
        f"报告正文数据{covered.figures}处，摘要采用{covered.figures_used}处。"
    )
    for part in covered.absent_parts:
        yield say(f"报告未设“{PARTS[part]}”部分。")
    for part in covered.uncovered_parts:
        yield say(f"“{PARTS[part]}”部分未能全部归纳，请查阅报告原文。")
    unused = covered.unused_paragraphs
    if unused:
        shown = "；".join(opening(brief.report, span, say) for span in unused[:_LISTED_PARAGRAPHS])
        more = say("等") if len(unused) > _LISTED_PARAGRAPHS else ""
        yield say(f"摘要未引用的段落{len(unused)}处：") + shown + more + "。"


def opening(report: Report, span: Span, say: Say) -> str:
    """The first words of a paragraph, with the number of its first sentence."""
    text = clean(report.text[span.start : span.end]).strip()
    short = text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "……"
    where = sentences_at(report, [span])
    return (say(f"第{where[0]}句起") if where else "") + f"“{short}”"


def _provenance(brief: Brief, say: Say) -> Iterator[str]:
    made = brief.provenance
    yield say("报告文件：") + clean(brief.report.name) + f"（SHA-256 {made.report_sha256}）。"
    yield (
        say("生成方式：模型")
        + clean(made.model)
        + say(f"，体裁{made.profile}（摘要值{made.profile_digest[:16]}），程序版本{made.version}。")
    )
    if brief.usage:
        yield (
            say("模型用量：")
            + "；".join(
                say(f"{clean(usage.purpose)}{usage.calls}次")
                + _tokens(usage.prompt_tokens, usage.completion_tokens, say)
                for usage in brief.usage
            )
            + "。"
        )


def _tokens(prompt: int | None, completion: int | None, say: Say) -> str:
    if prompt is None or completion is None:
        return say("（服务器未报告用量）")
    return say(f"（输入{prompt}、输出{completion}词元）")
