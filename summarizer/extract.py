"""Stage: a report's sections go to the model in pieces and come back as statements.

The model sees the sentences of a piece numbered from 1 and answers with short statements and
the numbers of the sentences they rest on, never with copied evidence: grounding is exact, and
output is short. The numbers are checked here and mapped to `Report.sentences`.

A piece (`Piece`) is made of whole items of one part of the report: an item is a subsection, or
in a running list (一是…二是…) one entry. Small models see one subsection at a time, large ones
several thousand characters; only `piece_chars` differs. The answer's schema is the same for all
pieces, and the stable part of the prompt stands first, so that a server evaluates it once.

Models read and write simplified characters best: the prompt is in them whatever the report is
in, and the answer is set in the report's script.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.folding import to_script, to_script_of
from summarizer.items import Item, find_items
from summarizer.llm import Client, Message
from summarizer.profiles import Profile
from summarizer.summaries import PART_HEADINGS
from summarizer.types import MEMO_PARTS, MemoPart, Report, Statement
from summarizer.typesetting import as_item, set_in_chinese

# One statement for about this many characters of an achievements section.
_CHARS_PER_STATEMENT = 330
# A failed statement is repeated to the model no longer than this, within the schema's bound.
_REPEATED_CHARS = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """What one call sends: whole items of one part."""

    part: MemoPart
    items: tuple[Item, ...]

    @property
    def sentences(self) -> tuple[int, ...]:
        """The piece's sentences, in order, as indices into `Report.sentences`."""
        return tuple(index for item in self.items for index in item.sentences)

    @property
    def heading(self) -> str:
        """The heading that a reader would look for."""
        return self.items[0].heading or PART_HEADINGS[self.part][0]


@dataclass(frozen=True, slots=True)
class Answered:
    """A model's statements about one piece, mapped to the report.

    `cut` holds the places in `statements` whose text ran into its bound.
    """

    statements: tuple[Statement, ...]
    cut: frozenset[int] = frozenset()


def cut_pieces(report: Report, piece_chars: int) -> list[Piece]:
    """The report in pieces of at most about `piece_chars` characters, in order.

    Parts never share a piece. An item longer than a piece is split between sentences. Sections
    of other parts (前言, 落款, 网页杂质) are never sent.
    """
    pieces: list[Piece] = []
    for part in MEMO_PARTS:
        waiting: list[Item] = []
        for item in find_items(report, part):
            for smaller in _split_item(report, item, piece_chars):
                size = sum(_length(report, other) for other in waiting)
                if waiting and not _fits(
                    waiting, smaller, size + _length(report, smaller), piece_chars
                ):
                    pieces.append(Piece(part, tuple(waiting)))
                    waiting = []
                waiting.append(smaller)
        if waiting:
            pieces.append(Piece(part, tuple(waiting)))
    return pieces


def _fits(waiting: Sequence[Item], item: Item, size: int, piece_chars: int) -> bool:
    """Whether `item` may join `waiting`.

    Subsections share a piece only where both are short; the entries of shortcomings and plans,
    each of which must come back as a statement of its own, only where they are shorter still.
    """
    if item.part != "achievements":
        return size <= piece_chars // 4
    return size <= (piece_chars if waiting[-1].heading == item.heading else piece_chars // 2)


def _length(report: Report, item: Item) -> int:
    return sum(report.sentences[i].end - report.sentences[i].start for i in item.sentences)


def _split_item(report: Report, item: Item, piece_chars: int) -> list[Item]:
    total = _length(report, item)
    if total <= piece_chars * 1.25:
        return [item]
    target = total / math.ceil(total / piece_chars)
    smaller: list[Item] = []
    current: list[int] = []
    size = 0
    for index in item.sentences:
        length = report.sentences[index].end - report.sentences[index].start
        if current and size + length / 2 > target:
            smaller.append(replace(item, sentences=tuple(current)))
            current, size = [], 0
        current.append(index)
        size += length
    smaller.append(replace(item, sentences=tuple(current)))
    return smaller


def halve(piece: Piece) -> tuple[Piece, Piece] | None:
    """The piece in two, for a prompt beyond the model's context; None for a single sentence."""
    if len(piece.items) > 1:
        middle = len(piece.items) // 2
        return replace(piece, items=piece.items[:middle]), replace(
            piece, items=piece.items[middle:]
        )
    item = piece.items[0]
    middle = len(item.sentences) // 2
    if not middle:
        return None
    first = replace(item, sentences=item.sentences[:middle])
    second = replace(item, sentences=item.sentences[middle:])
    return replace(piece, items=(first,)), replace(piece, items=(second,))


def extract(piece: Piece, report: Report, profile: Profile, client: Client) -> Answered:
    """What the model says of `piece`. Raises `ModelError` as `Client.ask` does."""
    return _ask(_request(piece, report, profile), piece, report, profile, client, "extract")


def ask_again(
    piece: Piece,
    report: Report,
    profile: Profile,
    client: Client,
    failed: Sequence[tuple[Statement, str]],
) -> Answered:
    """One targeted re-ask: the failed statements as the model gave them, and each one's fault."""
    numbers = {index: at for at, index in enumerate(piece.sentences, start=1)}
    before = [
        {
            "sources": [numbers[index] for index in statement.sources if index in numbers] or [1],
            "topic": statement.topic or PART_HEADINGS[piece.part][0],
            "text": to_script(statement.text, "hans")[:_REPEATED_CHARS],
        }
        for statement, _ in failed
    ]
    said = json.dumps({"statements": before}, ensure_ascii=False, separators=(",", ":"))
    problems = "\n".join(f"第{at}条：{reason}。" for at, (_, reason) in enumerate(failed, start=1))
    again = profile.prompts["reask"].substitute(problems=problems, count=len(failed))
    request = [
        *_request(piece, report, profile),
        Message(role="assistant", content=said),
        Message(role="user", content=again),
    ]
    return _ask(request, piece, report, profile, client, "re-ask")


def _request(piece: Piece, report: Report, profile: Profile) -> list[Message]:
    lines: list[str] = []
    at = 0
    heading = None
    for item in piece.items:
        if piece.part == "achievements" and item.heading and item.heading != heading:
            lines.append(f"【{set_in_chinese(to_script(item.heading, 'hans'))}】")
            heading = item.heading
        for index in item.sentences:
            at += 1
            sentence = to_script(report.sentence_text(index), "hans")
            lines.append(f"[{at}] {set_in_chinese(sentence)}")
    size = sum(_length(report, item) for item in piece.items)
    count = (
        max(1, round(size / _CHARS_PER_STATEMENT))
        if piece.part == "achievements"
        else len(piece.items)
    )
    user = profile.prompts[piece.part].substitute(sentences="\n".join(lines), count=count)
    return [
        Message(role="system", content=profile.prompts["system"].substitute()),
        *profile.examples_as_messages(),
        Message(role="user", content=user),
    ]


def _ask(
    request: list[Message],
    piece: Piece,
    report: Report,
    profile: Profile,
    client: Client,
    purpose: str,
) -> Answered:
    answer = client.ask(
        request, profile.answer, purpose=purpose, about=set_in_chinese(piece.heading)
    )
    statements: list[Statement] = []
    cut: set[int] = set()
    known = piece.sentences
    for draft in answer.value.model_dump()["statements"]:
        sources = tuple(
            dict.fromkeys(
                known[number - 1] for number in draft["sources"] if 0 < number <= len(known)
            )
        )
        if draft["text"] in answer.cut_texts:
            cut.add(len(statements))
        statements.append(
            Statement(
                part=piece.part,
                topic=to_script_of(set_in_chinese(draft["topic"]).strip("。：，、 "), report.text),
                text=as_item(to_script_of(draft["text"], report.text)),
                sources=sources,
                origin="model",
            )
        )
    return Answered(tuple(statements), frozenset(cut))
