"""Briefing memos from Chinese government annual reports, every figure checked by code.

The names below are the public ones; all others may change. They are imported on first use, so
that ``import summarizer`` and ``summarizer --help`` stay instant.
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.arithmetic import audit_report
    from summarizer.cassette import record, replay
    from summarizer.checker import check_text
    from summarizer.errors import (
        BudgetExceeded,
        CassetteMiss,
        ConfigError,
        LoadError,
        ModelError,
        ModelOutputError,
        ModelUnavailable,
        ProfileError,
        RenderError,
        SummarizerError,
    )
    from summarizer.load import Limits
    from summarizer.pipeline import Progress, load_report, summarize
    from summarizer.quantities import find_quantities
    from summarizer.render import load_brief, render_brief, save_brief
    from summarizer.types import (
        Brief,
        Change,
        Check,
        CheckedSentence,
        Coverage,
        Failure,
        Figure,
        Finding,
        Provenance,
        Quantity,
        Report,
        Section,
        Sentence,
        Statement,
        Usage,
        Verdict,
    )

_HOMES = {
    "audit_report": "arithmetic",
    "record": "cassette",
    "replay": "cassette",
    "check_text": "checker",
    "BudgetExceeded": "errors",
    "CassetteMiss": "errors",
    "ConfigError": "errors",
    "LoadError": "errors",
    "ModelError": "errors",
    "ModelOutputError": "errors",
    "ModelUnavailable": "errors",
    "ProfileError": "errors",
    "RenderError": "errors",
    "SummarizerError": "errors",
    "Limits": "load",
    "Progress": "pipeline",
    "load_report": "pipeline",
    "summarize": "pipeline",
    "find_quantities": "quantities",
    "load_brief": "render",
    "render_brief": "render",
    "save_brief": "render",
    "Brief": "types",
    "Check": "types",
    "Finding": "types",
    "Quantity": "types",
    "Change": "types",
    "CheckedSentence": "types",
    "Coverage": "types",
    "Failure": "types",
    "Figure": "types",
    "Provenance": "types",
    "Usage": "types",
    "Report": "types",
    "Section": "types",
    "Sentence": "types",
    "Statement": "types",
    "Verdict": "types",
}

__all__ = [
    "Brief",
    "BudgetExceeded",
    "CassetteMiss",
    "Change",
    "Check",
    "CheckedSentence",
    "ConfigError",
    "Coverage",
    "Failure",
    "Figure",
    "Finding",
    "Limits",
    "LoadError",
    "ModelError",
    "ModelOutputError",
    "ModelUnavailable",
    "ProfileError",
    "Progress",
    "Provenance",
    "Quantity",
    "RenderError",
    "Report",
    "Section",
    "Sentence",
    "Statement",
    "SummarizerError",
    "Usage",
    "Verdict",
    "audit_report",
    "check_text",
    "find_quantities",
    "load_brief",
    "load_report",
    "record",
    "render_brief",
    "replay",
    "save_brief",
    "summarize",
]

try:
    __version__ = version("summarizer")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0.0.0"


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
