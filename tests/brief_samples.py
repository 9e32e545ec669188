"""A brief made by hand, with the oddities that a renderer meets. All names are invented."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from summarizer.types import (
    Brief,
    Change,
    CheckStatus,
    Coverage,
    Failure,
    Figure,
    Finding,
    MemoPart,
    Provenance,
    Report,
    Section,
    Sentence,
    Span,
    Statement,
    Usage,
)

REPORT_TEXT = """云岭市2022年法治政府建设情况报告
一、主要工作成效
全年收到行政复议申请98件,受理77件,直接纠错率为5.9%。
开展普法宣传活动70余场,受益群众超20万人。
发放案件补贴196800元,另有<b>三个</b>单位|两个平台获评先进。
二、存在不足
法治人才队伍建设还有差距。
三、下一步打算
2023年,修订《云岭市<立法>条例》,新建[2](http://x.example)个服务站点。
云岭市人民政府
2023年1月10日
"""

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")


def make_report(text: str = REPORT_TEXT, **fields: object) -> Report:
    """`text` as a report of one section, in sentences."""
    known: dict[str, object] = {
        "name": "云岭-2022.txt",
        "title": "云岭市2022年法治政府建设情况报告",
        "region": "云岭市",
        "year": 2022,
        "issuer": "云岭市人民政府",
        "issued_on": dt.date(2023, 1, 10),
        "profile": "rule_of_law",
    }
    return Report.model_validate(
        {
            **known,
            **fields,
            "text": text,
            "sections": (Section(part="other", heading="", level=0, start=0, end=len(text)),),
            "sentences": tuple(
                Sentence(start=found.start(), end=found.end()) for found in _SENTENCE.finditer(text)
            ),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
    )


def statement(part: MemoPart, text: str, *sources: int, **fields: object) -> Statement:
    """A statement of the model, unless `fields` say otherwise."""
    return Statement.model_validate(
        {"part": part, "text": text, "sources": sources, "origin": "model", **fields}
    )


def figure(
    report: Report,
    said: Statement,
    item: int,
    text: str,
    evidence: str = "",
    status: CheckStatus = "exact",
    reason: str = "",
) -> Figure:
    """The figure `text` of a statement, resting on `evidence` (else on the same words)."""
    at = said.text.index(text)
    found = report.text.find(evidence or text)
    return Figure(
        part=said.part,
        item=item,
        text=text,
        start=at,
        end=at + len(text),
        status=status,
        sentence=None if status == "derived" else sentence_at(report, found),
        evidence=None if status == "derived" else Span(found, found + len(evidence or text)),
        computed=status == "derived",
        reason=reason,
    )


def sentence_at(report: Report, at: int) -> int:
    """The sentence that holds the character `at`."""
    return next(i for i, s in enumerate(report.sentences) if s.start <= at < s.end)


def make_brief(report: Report | None = None) -> Brief:
    """A whole brief: three parts, every kind of check, changes, a failure, a finding."""
    report = report or make_report()
    appeals = statement(
        "achievements",
        "收到复议申请98件，受理77件，未受理21件，纠错率5.9%。",
        2,
        topic="复议应诉",
    )
    law = statement(
        "achievements", "开展普法活动70余场。", 3, topic="普法", origin="quoted", reviewed=True
    )
    public = statement("achievements", "受益群众超20万人。", 3, topic="普法")
    money = statement("achievements", "发放补贴19.68万元；<b>三个</b>单位|获评先进。", 4)
    lacking = statement("shortcomings", "法治人才队伍建设还有差距。", 6, origin="extractive")
    plan = statement("plans", "修订《云岭市<立法>条例》，新建[2](http://x.example)个站点。", 8)
    return Brief(
        script=report.script,
        report=report,
        achievements=(appeals, law, public, money),
        shortcomings=(lacking,),
        plans=(plan,),
        figures=(
            figure(report, appeals, 0, "98件"),
            figure(report, appeals, 0, "77件"),
            figure(report, appeals, 0, "21件", status="derived", reason="98−77=21"),
            figure(report, appeals, 0, "5.9%"),
            figure(report, law, 1, "70余场"),
            figure(report, public, 2, "20万人", status="rounded", reason="原文为“超20万人”"),
            figure(report, money, 3, "19.68万元", "196800元", "converted", "196800元=19.68万元"),
        ),
        findings=(
            Finding(
                kind="ratio",
                stated="5.9%",
                computed="6.1%",
                formula="6÷98",
                spans=(Span(report.text.index("5.9%"), report.text.index("5.9%") + 4),),
                consistent=False,
                note="按6÷98计算为6.1%，与原文的5.9%不一致，建议核实（可能含上年结转案件）",
            ),
            Finding(
                kind="sum", stated="98", computed="98", formula="77+21", spans=(), consistent=True
            ),
        ),
        changes=(
            Change(
                part="achievements",
                action="quoted",
                before="开展|普法70场。",
                after="开展普法活动70余场。",
                reason="少了“余”",
            ),
        ),
        coverage=Coverage(
            sentences=len(report.sentences),
            sentences_cited=5,
            figures=9,
            figures_used=7,
            unused_figures=(Span(report.text.index("三个"), report.text.index("三个") + 2),),
            unused_paragraphs=(Span(report.sentences[4].start, report.sentences[4].end),),
        ),
        failures=(
            Failure(part="plans", heading="三、下一步打算", sentences=(8, 9), reason="回答被截断"),
        ),
        usage=(Usage(purpose="归纳", calls=3, prompt_tokens=300, completion_tokens=50),),
        provenance=Provenance(
            report_sha256=report.sha256,
            profile="rule_of_law",
            profile_digest="3fa9c0d1",
            model="local/model",
            version="0.1.0",
        ),
    )
