"""Tool: a report genre as a plugin: its prompts, its answer schema and its cue words, by name.

A profile `x` is the folder ``prompts/x/`` and the file ``schemas/x.py``:

- ``system.md``, ``achievements.md``, ``shortcomings.md``, ``plans.md``, ``reask.md``: the words to
  the model, `string.Template` with the variables of `PROMPT_VARIABLES` and no others.
- ``cues.toml``: how the genre's titles read and which words of its own it has for the parts.
- ``examples.toml`` (optional): few-shot examples, each a part, its sentences and the statements
  that are expected for them.
- ``schemas/x.py``: the pydantic model `Answer`, whose ``statements`` have ``sources``, ``topic``
  and ``text``; extra fields forbidden, every string and list bounded, so that no model can
  answer without end and a server can hold it to the schema.

Built-in profiles come in by the same door as a third party's: both are looked for inside the
package or, in a checkout, beside it, then in the folder given. All of a profile is checked when
it is loaded; what does not fit is refused with the reason. A schema is Python code: a folder of
profiles is to be trusted like any program.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from string import Template
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import ProfileError
from summarizer.folding import fold
from summarizer.types import MemoPart, Report, Section, Sentence

if TYPE_CHECKING:
    from summarizer.llm import Message

DEFAULT_PROFILE = "rule_of_law"
_PART_VARIABLES = frozenset({"sentences", "count"})
PROMPT_VARIABLES: Mapping[str, frozenset[str]] = {
    "system": frozenset(),
    "achievements": _PART_VARIABLES,
    "shortcomings": _PART_VARIABLES,
    "plans": _PART_VARIABLES,
    "reask": frozenset({"problems", "count"}),
}
_REQUIRED_VARIABLES = {
    "achievements": "sentences",
    "shortcomings": "sentences",
    "plans": "sentences",
    "reask": "problems",
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# How much of a report's beginning tells its genre.
_OPENING_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a genre, in simplified characters and half-width forms.

    `titles` are regular expressions that a title of the genre matches; `openings` are words of
    a report's beginning. The others add to the segmenter's own: nouns with which headings
    announce a part, words that look ahead (`ahead`), lines of page furniture (`boilerplate`).
    """

    titles: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    achievements: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()


class ExampleStatement(BaseModel):
    """A statement that an example expects; `sources` count its sentences from 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[int, ...] = Field(min_length=1)
    topic: str
    text: str


class Example(BaseModel):
    """A few-shot example: sentences of one part and what is to be said of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: MemoPart
    sentences: tuple[str, ...] = Field(min_length=1)
    statements: tuple[ExampleStatement, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Profile:
    """A genre, checked. `digest` is the SHA-256 over all its files: names and bytes."""

    name: str
    prompts: Mapping[str, Template]
    cues: Cues
    answer: type[BaseModel]
    examples: tuple[Example, ...]
    digest: str

    def examples_as_messages(self) -> list[Message]:
        """The examples as a conversation: asked with the part's own prompt, answered in JSON."""
        messages: list[Message] = []
        for example in self.examples:
            numbered = (f"[{i}] {text}" for i, text in enumerate(example.sentences, start=1))
            asked = self.prompts[example.part].substitute(
                sentences="\n".join(numbered), count=len(example.statements)
            )
            answer = self.answer.model_validate(_expected(example))
            messages.append({"role": "user", "content": asked})
            messages.append({"role": "assistant", "content": answer.model_dump_json()})
        return messages


def load_profile(name: str, *, folder: Path | None = None) -> Profile:
    """The profile `name`, from the package or from `folder`.

    A folder holds ``prompts`` and ``schemas`` as the package does. Raises `ProfileError` if
    there is none of that name or if its files do not fit together.
    """
    if not _NAME.fullmatch(name):
        raise ProfileError(
            f"{name[:40]!r} is no profile name: use small letters, digits and _, as in rule_of_law"
        )
    homes = [root for root in _roots(folder) if (root / "prompts" / name).is_dir()]
    if not homes:
        known = ", ".join(profile_names(folder)) or "none"
        raise ProfileError(f"there is no profile {name!r}; known: {known}")
    if len(homes) > 1:
        raise ProfileError(f"profile {name!r} in {folder} has a built-in's name: rename it")
    return _build(name, _read_files(name, homes[0]))


def profile_names(folder: Path | None = None) -> list[str]:
    """The names of all profiles that can be loaded, the default one first."""
    names = {
        path.name
        for root in _roots(folder)
        if (root / "prompts").is_dir()
        for path in (root / "prompts").iterdir()
        if path.is_dir() and _NAME.fullmatch(path.name)
    }
    return sorted(names, key=lambda name: (name != DEFAULT_PROFILE, name))


def choose_profile(text: str, title: str | None, *, folder: Path | None = None) -> Profile:
    """The profile whose titles fit `title` best, then the one whose words open `text`.

    The default profile where nothing tells. Raises `ProfileError` for a bad one in `folder`.
    """
    heading = fold(title or "")
    opening = fold(text[:_OPENING_CHARS])

    def fitness(profile: Profile) -> int:
        found = (re.search(pattern, heading) for pattern in profile.cues.titles)
        length = max((len(match[0]) for match in found if match), default=0)
        return 10 * length + min(9, sum(opening.count(word) for word in profile.cues.openings))

    return max((load_profile(name, folder=folder) for name in profile_names(folder)), key=fitness)


def _roots(folder: Path | None) -> list[Path]:
    package = Path(__file__).parent
    # In a checkout they lie beside the package; beside an installed one lies the whole world.
    home = package if (package / "prompts").is_dir() else package.parent
    if folder is not None and not folder.is_dir():
        raise ProfileError(f"{folder}: there is no such folder of profiles")
    return [home, folder] if folder is not None else [home]


def _read_files(name: str, home: Path) -> tuple[tuple[str, bytes], ...]:
    """Every file of the profile, in a fixed order: path below `home`, content."""
    schema = home / "schemas" / f"{name}.py"
    if not schema.is_file():
        raise ProfileError(f"profile {name!r} has no schema: {schema} is missing")
    paths = [*sorted((home / "prompts" / name).iterdir()), schema]
    try:
        return tuple(
            (path.relative_to(home).as_posix(), path.read_bytes())
            for path in paths
            if path.is_file()
        )
    except OSError as exc:
        raise ProfileError(f"profile {name!r} cannot be read: {exc.strerror}") from exc


@lru_cache(maxsize=32)
def _build(name: str, files: tuple[tuple[str, bytes], ...]) -> Profile:
    digest = hashlib.sha256()
    for path, content in files:
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    texts = {path.rpartition("/")[2]: _decode(name, path, content) for path, content in files}
    answer = _load_answer(name, texts[f"{name}.py"], digest.hexdigest())
    return Profile(
        name=name,
        prompts=_parse_prompts(name, texts),
        cues=_parse_cues(name, texts),
        answer=answer,
        examples=_parse_examples(name, texts, answer),
        digest=digest.hexdigest(),
    )


def _decode(name: str, path: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ProfileError(f"profile {name!r}: {path} is not UTF-8") from exc


def _parse_prompts(name: str, texts: Mapping[str, str]) -> dict[str, Template]:
    prompts = {
        file.removesuffix(".md"): Template(text)
        for file, text in texts.items()
        if file.endswith(".md")
    }
    if missing := PROMPT_VARIABLES.keys() - prompts.keys():
        raise ProfileError(f"profile {name!r}: prompt {min(missing)}.md is missing")
    for prompt, template in prompts.items():
        known = PROMPT_VARIABLES.get(prompt)
        if known is None:
            wanted = ", ".join(PROMPT_VARIABLES)
            raise ProfileError(f"profile {name!r}: {prompt}.md is no prompt; known: {wanted}")
        if not template.is_valid():
            raise ProfileError(
                f"profile {name!r}: {prompt}.md has a stray $; write $$ for a dollar"
            )
        used = set(template.get_identifiers())
        if unknown := used - known:
            wanted = ", ".join(f"${variable}" for variable in sorted(known)) or "none"
            raise ProfileError(
                f"profile {name!r}: {prompt}.md uses ${min(unknown)}; known there: {wanted}"
            )
        required = _REQUIRED_VARIABLES.get(prompt)
        if required and required not in used:
            raise ProfileError(f"profile {name!r}: {prompt}.md does not use ${required}")
    return prompts


def _parse_toml(name: str, file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ProfileError(f"profile {name!r}: {file} is no TOML: {exc}") from exc


def _parse_cues(name: str, texts: Mapping[str, str]) -> Cues:
    if "cues.toml" not in texts:
        raise ProfileError(f"profile {name!r}: cues.toml is missing")
    table = _parse_toml(name, "cues.toml", texts["cues.toml"])
    known = [field.name for field in fields(Cues)]
    for key, words in table.items():
        if key not in known:
            raise ProfileError(
                f"profile {name!r}: cues.toml has {key!r}; known: {', '.join(known)}"
            )
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise ProfileError(f"profile {name!r}: {key} in cues.toml must be a list of words")
    for pattern in table.get("titles", ()):
        try:
            re.compile(pattern)
        except re.error as exc:
            raise ProfileError(f"profile {name!r}: titles in cues.toml: {exc}") from exc
    return Cues(**{key: tuple(words) for key, words in table.items()})


def _parse_examples(
    name: str, texts: Mapping[str, str], answer: type[BaseModel]
) -> tuple[Example, ...]:
    table = _parse_toml(name, "examples.toml", texts.get("examples.toml", ""))
    if unknown := table.keys() - {"example"}:
        raise ProfileError(f"profile {name!r}: examples.toml has {min(unknown)!r}; known: example")
    examples: list[Example] = []
    rows = table.get("example", [])
    if not isinstance(rows, list):
        raise ProfileError(f"profile {name!r}: examples.toml: write each example under [[example]]")
    for number, row in enumerate(rows, start=1):
        try:
            example = Example.model_validate(row)
            answer.model_validate(_expected(example))
        except ValidationError as exc:
            fault = exc.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise ProfileError(
                f"profile {name!r}: example {number}: {where}: {fault['msg']}"
            ) from exc
        for fault_found in _find_faults(example):
            raise ProfileError(f"profile {name!r}: example {number}: {fault_found}")
        examples.append(example)
    return tuple(examples)


def _expected(example: Example) -> dict[str, list[dict[str, Any]]]:
    """The answer that `example` expects, as the schema wants it."""
    return {"statements": [statement.model_dump(mode="json") for statement in example.statements]}


def _find_faults(example: Example) -> Iterator[str]:
    """What is wrong with an example: here an error would be taught to the model."""
    from summarizer.checker import check_statement  # not every command that loads a profile checks

    report = _as_report(example)
    for statement in example.statements:
        for source in statement.sources:
            if not 1 <= source <= len(example.sentences):
                yield f"{statement.text[:20]!r} cites sentence {source}, which is not there"
                return
        sources = [source - 1 for source in statement.sources]
        for check in check_statement(statement.text, report, sources, part=example.part):
            if not check.passed:
                yield f"{check.text[:20]!r} in {statement.text[:20]!r} fails: {check.reason}"


def _as_report(example: Example) -> Report:
    """The example's sentences as a report of one section, a sentence a line."""
    text = "\n".join(example.sentences)
    sentences, at = [], 0
    for sentence in example.sentences:
        sentences.append(Sentence(start=at, end=at + len(sentence)))
        at += len(sentence) + 1
    whole = Section(part=example.part, heading="", level=0, start=0, end=len(text))
    return Report(
        text=text,
        name="example",
        profile="example",
        sections=(whole,),
        sentences=tuple(sentences),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _load_answer(name: str, code: str, digest: str) -> type[BaseModel]:
    """The model `Answer` of the profile's schema, with no loose ends."""
    module = ModuleType(f"summarizer_schema_{name}_{digest[:12]}")
    # Pydantic resolves the annotations of a model, and of those derived from it, by module name.
    sys.modules[module.__name__] = module
    try:
        exec(compile(code, f"schemas/{name}.py", "exec"), module.__dict__)  # noqa: S102 - a plugin
        found = module.__dict__.get("Answer")
        answer = found if isinstance(found, type) and issubclass(found, BaseModel) else None
        schema = answer.model_json_schema() if answer else {}
    except (Exception, SystemExit) as exc:
        reason = " ".join(str(exc).split())[:200] or type(exc).__name__
        raise ProfileError(f"profile {name!r}: schemas/{name}.py fails: {reason}") from exc
    if answer is None:
        raise ProfileError(f"profile {name!r}: schemas/{name}.py defines no model Answer")
    for fault in _loose_ends(schema):
        raise ProfileError(f"profile {name!r}: schemas/{name}.py: {fault}")
    return answer


def _loose_ends(schema: dict[str, Any]) -> Iterator[str]:
    """What a model could answer without bound or without place in the memo."""
    definitions: dict[str, Any] = schema.get("$defs", {})
    for where, node in [("Answer", schema), *definitions.items()]:
        yield from _loose_node(where, node)
    statements = schema.get("properties", {}).get("statements", {})
    reference = str(statements.get("items", {}).get("$ref", "")).rpartition("/")[2]
    known = definitions.get(reference, {}).get("properties", {})
    for field, kind in (("sources", "array"), ("topic", "string"), ("text", "string")):
        if known.get(field, {}).get("type") != kind:
            yield f"statements need a field {field} ({kind})"
    if known and known["sources"].get("items", {}).get("type") != "integer":
        yield "sources must be a list of int"


def _loose_node(where: str, node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("type")
    if kind == "object":
        if node.get("additionalProperties") is not False:
            yield f"{where} does not forbid extra fields (ConfigDict(extra='forbid'))"
        for field, inner in node.get("properties", {}).items():
            yield from _loose_node(f"{where}.{field}", inner)
    elif kind == "array":
        if "maxItems" not in node:
            yield f"{where} is a list without max_length"
        yield from _loose_node(f"{where}[]", node.get("items", {}))
    elif kind == "string":
        if "maxLength" not in node and "enum" not in node and "const" not in node:
            yield f"{where} is a string without max_length"
    elif kind is None and "$ref" not in node and "enum" not in node and "const" not in node:
        inner_nodes = [*node.get("anyOf", ()), *node.get("allOf", ()), *node.get("oneOf", ())]
        if not inner_nodes:
            yield f"{where} may be anything: give it a type"
        for inner in inner_nodes:
            yield from _loose_node(where, inner)
