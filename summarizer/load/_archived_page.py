"""A page saved as one file (MHTML, .mht): its HTML part."""

from __future__ import annotations

import re

from summarizer.load._unreadable import Unreadable

_NESTS = re.compile(rb"content-type\s*:\s*(?:multipart|message)", re.IGNORECASE)
_DEEPEST = 20


def html_part(data: bytes) -> bytes:
    """The first HTML part of an MHTML file. Raises `Unreadable` if there is none."""
    import email

    if len(_NESTS.findall(data)) > _DEEPEST:  # the parser takes each one level deeper
        raise Unreadable("is a web archive with archives inside it; save the page as .html")
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            markup = part.get_payload(decode=True)
            if isinstance(markup, bytes) and markup.strip():
                return markup
    raise Unreadable("is a web archive (.mht) without a page in it; save the page as .html")
