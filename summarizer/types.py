"""The central data types: frozen, without logic beyond their invariants.

Offsets are half-open `str` indices everywhere. Those of a `Check` point into the text that was
checked; every `evidence`, and the offsets of sections, sentences and findings, point into
`Report.text`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Part = Literal[
    "preamble", "achievements", "shortcomings", "plans", "signature", "boilerplate", "other"
]
MemoPart = Literal["achievements", "shortcomings", "plans"]
MEMO_PARTS: tuple[MemoPart, ...] = ("achievements", "shortcomings", "plans")
Script = Literal["hans", "hant"]
QuantityKind = Literal["count", "percent", "money", "duration", "date", "ordinal", "label"]
Approx = Literal["about", "over", "under"]
Origin = Literal["model", "repaired", "quoted", "extractive", "edited"]
CheckKind = Literal[
    "number", "unit", "subject", "direction", "date", "period", "rank", "approx",
    "title", "name", "content",
]  # fmt: skip
CheckStatus = Literal[
    "exact", "converted", "rounded", "derived", "altered", "misattributed", "unsupported"
]
PASSING: frozenset[str] = frozenset({"exact", "converted", "rounded", "derived"})


class Frozen(BaseModel):
    """The base of all data types: immutable, hashable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(NamedTuple):
    """A half-open range of characters."""

    start: int
    end: int


class Location(Frozen):
    """Where a stretch of extracted text stood in the file: a page or a paragraph, from 1."""

    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None


class Source(Frozen):
    """A file that was read: its text and where it came from, not yet understood.

    `text` of a text file is the decoded file, character for character; of other formats it is
    the extracted text. `metadata` holds what the file itself says about the document (索引号,
    发文日期 and the like, as they are labelled there). `sha256` is that of the file's bytes.
    """

    text: str
    name: str
    sha256: str
    format: Literal["text", "html", "docx", "pdf"] = "text"
    encoding: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    locations: tuple[Location, ...] = ()
    warnings: tuple[str, ...] = ()


class Sentence(Frozen):
    """A sentence of the report; ends at 。！？； or a line's end, white space outside."""

    start: int
    end: int


class Section(Frozen):
    """A stretch of the report under one heading. The sections of a report tile its text.

    `level` is 0 for text without a heading, 1 for 一、, 2 for (一), 3 for 1. and so on.
    """

    part: Part
    heading: str
    level: int
    start: int
    end: int


class Report(Frozen):
    """A report that has been read and segmented.

    What the report does not say is None, not guessed. `year` is the year reported on.
    """

    text: str
    name: str
    title: str | None = None
    region: str | None = None
    year: int | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    doc_number: str | None = None
    script: Script = "hans"
    profile: str
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    locations: tuple[Location, ...] = ()
    sha256: str
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sections_tile_the_text(self) -> Self:
        at = 0
        for section in self.sections:
            if section.start != at or section.end < section.start:
                raise ValueError(f"the sections do not tile the text at {at}")
            at = section.end
        if at != len(self.text):
            raise ValueError(f"the sections end at {at}, the text at {len(self.text)}")
        at = 0
        for sentence in self.sentences:
            if sentence.start < at or not sentence.start < sentence.end <= len(self.text):
                raise ValueError(f"the sentences are out of order at {sentence.start}")
            at = sentence.end
        return self

    def sentence_text(self, index: int) -> str:
        """The text of sentence `index` (0-based). Raises IndexError where there is none."""
        sentence = self.sentences[index]
        return self.text[sentence.start : sentence.end]


class Quantity(Frozen):
    """One mention of a number; `start` and `end` span numeral, scale and unit.

    `value` has the scale applied (15.4万 is 154000) and is None for a range, a date or a label.
    `low` and `high` bound a range. `canonical` is the value as a plain string: ``3488000``,
    ``5/10``, ``2024-02-28``, ``--12``, ``1+1+N``.
    """

    text: str
    start: int
    end: int
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    canonical: str
    unit: str = ""
    kind: QuantityKind
    approx: Approx | None = None


class Check(Frozen):
    """What came of comparing one element of a text with its source.

    `start` and `end` point into the checked text, `evidence` into `Report.text`. `reason` says
    what was expected and found, in words a person can act on; it is empty for an exact match.
    """

    text: str
    start: int
    end: int
    kind: CheckKind
    status: CheckStatus
    evidence: Span | None = None
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether the source supports this element."""
        return self.status in PASSING


class CheckedSentence(Frozen):
    """One sentence of a checked text; `start` and `end` point into that text."""

    text: str
    start: int
    end: int
    checks: tuple[Check, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether every check of the sentence passed."""
        return all(check.passed for check in self.checks)


class Verdict(Frozen):
    """What the source says of a whole text, sentence by sentence."""

    supported: bool
    sentences: tuple[CheckedSentence, ...]


class Finding(Frozen):
    """One relation between figures that the report states, recomputed."""

    kind: Literal["sum", "difference", "ratio", "growth"]
    stated: str
    computed: str
    formula: str
    spans: tuple[Span, ...]
    consistent: bool
    note: str = ""


class Statement(Frozen):
    """One item of the memo and the sentences it rests on.

    `sources` are 0-based indices into `Report.sentences`.
    """

    part: MemoPart
    topic: str = ""
    text: str = Field(min_length=1)
    sources: tuple[int, ...]
    origin: Origin
    reviewed: bool = False
    checks: tuple[Check, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether every check of the statement passed."""
        return all(check.passed for check in self.checks)


class Figure(Frozen):
    """One figure of the memo's body beside its source: a row of the annex 数据核验表.

    `item` is the statement's place in its part, from 0; `start` and `end` point into its text.
    `computed` marks a figure that code worked out from the source's figures; `reason` then
    shows how.
    """

    part: MemoPart
    item: int
    text: str
    start: int
    end: int
    status: CheckStatus
    sentence: int | None = None
    evidence: Span | None = None
    computed: bool = False
    reason: str = ""


class Change(Frozen):
    """One change that the program made to a model's statement, and why.

    `before` is empty where the program added what no statement said (``added``).
    """

    part: MemoPart
    action: Literal["recited", "headed", "trimmed", "reasked", "quoted", "added", "dropped"]
    before: str
    after: str
    reason: str


class Failure(Frozen):
    """A model call that failed for good: which sentences it was about, and what took its place.

    `sentences` are 0-based indices into `Report.sentences`.
    """

    part: MemoPart
    heading: str
    sentences: tuple[int, ...]
    reason: str


class Coverage(Frozen):
    """What of the report the memo rests on, and what it leaves out."""

    sentences: int
    sentences_cited: int
    figures: int
    figures_used: int
    unused_figures: tuple[Span, ...] = ()
    unused_paragraphs: tuple[Span, ...] = ()
    absent_parts: tuple[MemoPart, ...] = ()
    uncovered_parts: tuple[MemoPart, ...] = ()


class Usage(Frozen):
    """The tokens spent for one purpose; None where the server did not say."""

    purpose: str
    calls: int
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Provenance(Frozen):
    """What the memo was made from and with: enough to make it again."""

    report_sha256: str
    profile: str
    profile_digest: str
    model: str
    version: str


class Brief(Frozen):
    """A briefing memo (信息专报) with all that is needed to render and to check it again.

    `script` is that of the memo's own words; statements and headings are set in it.
    """

    schema_version: Literal[1] = 1
    report: Report
    script: Script
    achievements: tuple[Statement, ...] = ()
    shortcomings: tuple[Statement, ...] = ()
    plans: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    coverage: Coverage
    failures: tuple[Failure, ...] = ()
    usage: tuple[Usage, ...] = ()
    provenance: Provenance

    def statements(self) -> tuple[Statement, ...]:
        """All statements in the order of the memo."""
        return self.achievements + self.shortcomings + self.plans
