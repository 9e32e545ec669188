"""Stage: a `Brief` becomes a memo: Markdown, DOCX, a review page, or its own JSON.

One outline (`memo.py`) says what the memo says; each format only sets it in type, so that all say
the same. The same brief gives the same bytes in every format. A file is written beside its place
and moved there when it is whole; an old file stays until then.
"""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

from summarizer.errors import RenderError
from summarizer.summaries import load_brief
from summarizer.types import Brief

__all__ = [
    "Format",
    "brief_schema",
    "check_output",
    "check_template",
    "format_of",
    "load_brief",
    "render_brief",
    "save_brief",
    "write_whole",
]

Format = Literal["markdown", "docx", "html", "json"]
_SUFFIXES: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".html": "html",
    ".json": "json",
}


def render_brief(brief: Brief, format: Format, *, template: Path | None = None) -> bytes:  # noqa: A002 - the word a caller expects
    """The memo that `brief` makes, as the bytes of a file.

    `template` is an office's own letterhead for DOCX: its page, headers and styles are kept.
    Raises `RenderError` for an unknown format or a template that cannot be used.
    """
    if template is not None and format != "docx":
        raise RenderError(f"a template sets a DOCX memo only; leave it out for {format}")
    if format == "docx":
        from summarizer.render.docx import render_docx

        return render_docx(brief, template=template)
    if format not in _RENDERERS:
        raise RenderError(
            f"{format!r} is no format of a memo; use one of {', '.join(get_args(Format))}"
        )
    return _RENDERERS[format](brief)


def save_brief(brief: Brief, path: Path | str, *, template: Path | None = None) -> None:
    """Write the memo to `path`, in the format of its suffix, whole or not at all.

    Raises `RenderError` when the suffix names no format or the place cannot be written to.
    """
    path = Path(path)
    write_whole(path, render_brief(brief, format_of(path), template=template))


def format_of(path: Path | str) -> Format:
    """The format that the suffix of `path` names. Raises `RenderError` when it names none."""
    suffix = Path(path).suffix.lower()
    if suffix not in _SUFFIXES:
        raise RenderError(f"{path}: a memo is written as .md, .docx, .html or .json; name it so")
    return _SUFFIXES[suffix]


def check_output(path: Path | str) -> None:
    """Find out before the work is done whether a memo can be written to `path`.

    Raises `RenderError` when the suffix names no format, or the folder is missing or closed.
    """
    path = Path(path)
    format_of(path)
    if path.is_dir():
        raise RenderError(f"{path}: is a folder; name a file in it")
    if not path.parent.is_dir():
        raise RenderError(f"{path}: the folder {path.parent} does not exist; create it first")
    if not os.access(path.parent, os.W_OK):
        raise RenderError(f"{path}: the folder {path.parent} is not writable; choose another place")


def check_template(template: Path, output: Path | None) -> None:
    """Find out before the work whether `template` can set the memo. Raises `RenderError`."""
    if output is None or format_of(output) != "docx":
        raise RenderError("a template sets a DOCX memo only: give -o memo.docx, or leave it out")
    try:
        is_package = zipfile.is_zipfile(template)
    except OSError as exc:
        raise RenderError(f"{template}: cannot be read: {exc.strerror}") from exc
    if not template.is_file() or not is_package:
        raise RenderError(f"{template}: is no DOCX file; name the letterhead to use")


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: a reader sees the old file or the new one, never half.

    Raises `RenderError` when the place cannot be written to.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as exc:
        reason = exc.strerror or "unwritable"
        raise RenderError(f"{path}: cannot be written ({reason}); choose another place") from exc


def brief_schema() -> dict[str, Any]:
    """The JSON Schema of a brief's JSON, as `Brief.schema_version` numbers it."""
    schema = Brief.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _render_json(brief: Brief) -> bytes:
    data = brief.model_dump(mode="json")
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _render_markdown(brief: Brief) -> bytes:
    from summarizer.render.markdown import render_markdown

    return render_markdown(brief)


def _render_html(brief: Brief) -> bytes:
    from summarizer.render.html import render_html

    return render_html(brief)


_RENDERERS: dict[str, Callable[[Brief], bytes]] = {
    "markdown": _render_markdown,
    "html": _render_html,
    "json": _render_json,
}
