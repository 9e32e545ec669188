"""The answer to an extraction call about a 政府工作报告 or a 年度工作总结.

`sources` stands first: a model that has named its sentences words them more faithfully. Every
bound is part of the schema that a server holds the model to.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SentenceNumber = Annotated[int, Field(ge=1)]


class Statement(BaseModel):
    """One item of the memo and the numbered sentences it rests on."""

    model_config = ConfigDict(extra="forbid")

    sources: list[SentenceNumber] = Field(min_length=1, max_length=6)
    topic: str = Field(min_length=1, max_length=12)
    text: str = Field(min_length=4, max_length=110)


class Answer(BaseModel):
    """All that is said about one piece of the report."""

    model_config = ConfigDict(extra="forbid")

    statements: list[Statement] = Field(max_length=12)
