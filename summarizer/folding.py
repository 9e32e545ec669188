"""Folding: one spelling for each character, with every offset left as it is.

Reports come in simplified (简体) and traditional (繁體) characters, with full-width (全角) and
half-width (半角) digits and punctuation, with CJK quotation marks of several shapes, and, from
PDF files, with Kangxi radicals in place of the characters that they look like. `fold` maps all of
that onto one spelling, character by character, so that ``fold(text)[i]`` is always the folded
``text[i]``: what is found in the folded text is found at the same offsets in the source.

Decisions:

- Never NFKC: it turns ``㎡`` into ``m2`` and moves every offset behind it. Only mappings from one
  character to one character are made; a character without one stays.
- Traditional to simplified by OpenCC's character table (t2s), never by its phrases: a phrase may
  change the length. One traditional reading is thereby merged with another (後 and 后 both give
  后), which is what a comparison wants; a folded text is for comparing, never for showing.
- The full-width forms U+FF01 to U+FF5E become ASCII: ``，（）：；％``, digits and letters alike.
  ``。``, ``、``, ``《》`` and ``〔〕`` stay: they have no ASCII form that means the same.
  ``〈〉`` becomes ``<>``, as scrapes have it inside ``《》``.
- ``「」`` and ``『』`` become ``“”`` and ``‘’``: quoted names are read by their direction.
- Dashes of all kinds become ``-``, tildes ``~``, middle dots ``·``: the marks of ranges and of
  names such as 12·4.
- White space of every width, and characters of no width, become one space; line ends stay.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.types import Script

_IDEOGRAPHS = (
    (0x3400, 0xA000),  # extension A and the unified ideographs
    (0xF900, 0xFB00),  # compatibility ideographs
    (0x20000, 0x2FA20),  # extensions B to F, compatibility supplement
    (0x30000, 0x32400),  # extensions G and H
)
_LOOKALIKES = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2F800, 0x2FA20))  # radicals, compatibility
_VERTICAL_FORMS = ((0xFE10, 0xFE20), (0xFE30, 0xFE70))  # vertical and small punctuation
_PUNCTUATION = {
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("\u00a0\u1680\u180e\u2007\u202f\u205f\u3000\ufeff\u00ad", " "),
    **{chr(c): " " for c in range(0x2000, 0x2010)},
    **{chr(c): " " for c in range(0x2060, 0x2065)},
    **dict.fromkeys("\u2028\u2029\u0085\u000b\u000c", "\n"),
    **dict.fromkeys("‐‑‒–—―⸺⸻−－﹣﹘﹉━─", "-"),
    **dict.fromkeys("～〜∼˜〰", "~"),
    **dict.fromkeys("・‧•∙⋅･‣●", "·"),
    **dict(zip("「」『』｢｣〝〞〟", "“”‘’“”“””", strict=True)),
    **dict(zip("〈〉﹝﹞﹪∶︓", "<>〔〕%::", strict=True)),
    "○": "〇",
    "〇": "〇",
}


def _alone(chars: list[str], config: str) -> dict[str, str]:
    """What OpenCC makes of each character by itself, where that is one other character."""
    from opencc import OpenCC

    converted = OpenCC(config).convert("\n".join(chars)).split("\n")
    return {a: b for a, b in zip(chars, converted, strict=True) if a != b and len(b) == 1}


def _ideographs() -> list[str]:
    return [chr(c) for low, high in _IDEOGRAPHS for c in range(low, high)]


@cache
def _simplified() -> dict[str, str]:
    """Traditional character to its simplified one."""
    table = _alone(_ideographs(), "t2s")
    return {a: table.get(b, b) for a, b in table.items()}


@cache
def _table() -> dict[int, str]:
    """The whole mapping, closed under itself, so that folding twice changes nothing more."""
    table = dict(_PUNCTUATION)
    for low, high in _LOOKALIKES + _VERTICAL_FORMS:
        for char in map(chr, range(low, high)):
            plain = unicodedata.normalize("NFKC", char)  # of this one character: see the docstring
            if len(plain) == 1 and plain != char:
                table.setdefault(char, _PUNCTUATION.get(plain, plain))
    simplified = _simplified()
    for char, plain in table.items():
        table[char] = simplified.get(plain, plain)
    for char, plain in simplified.items():
        table.setdefault(char, table.get(plain, plain))
    return {ord(a): b for a, b in table.items() if a != b}


def fold(text: str) -> str:
    """The folded spelling of `text`: the same length, offset for offset; idempotent."""
    return text.translate(_table())


@cache
def _telltale() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of the traditional script only, and of the simplified script only."""
    traditional = _simplified()
    simplified = _alone(_ideographs(), "s2t")
    # 后 and 台 are good traditional characters, 乾 and 著 good simplified ones: they tell nothing.
    both = {c for c in simplified if c in traditional}
    both |= set("后里台干面只征余范云才千几系制发乾著藉瞭徵")
    return frozenset(traditional) - both, frozenset(simplified) - both


def script_of(text: str) -> Script:
    """The script that most of the telling characters of `text` belong to; simplified if none do."""
    hant, hans = _telltale()
    counts = Counter(text)
    traditional = sum(n for char, n in counts.items() if char in hant)
    simplified = sum(n for char, n in counts.items() if char in hans)
    return "hant" if traditional > simplified else "hans"


@cache
def _converter(config: str):  # type: ignore[no-untyped-def]  # opencc carries no types
    from opencc import OpenCC

    return OpenCC(config)


def to_script(text: str, script: Script) -> str:
    """`text` in the wanted script, by OpenCC's phrases; its length may change."""
    converted: str = _converter("s2t" if script == "hant" else "t2s").convert(text)
    return converted


def to_script_of(text: str, like: str) -> str:
    """`text` in the script of `like`, with the characters that `like` itself prefers.

    Traditional texts differ in their variants (復議, 複議; 幹部, in a converted text 干部): what is
    quoted beside a report should be spelt as the report spells it.
    """
    script = script_of(like)
    converted = to_script(text, script)
    if script == "hans":
        return converted
    preferred = _preferred(like)
    pairs = zip(converted, fold(converted), strict=True)
    return "".join(preferred.get(plain, char) for char, plain in pairs)


@lru_cache(maxsize=8)
def _preferred(text: str) -> dict[str, str]:
    """Folded ideograph to the spelling of it that stands in `text` most often."""
    spellings: dict[str, Counter[str]] = {}
    for (char, plain), count in Counter(zip(text, fold(text), strict=True)).items():
        if "\u3400" <= plain <= "\u9fff":
            spellings.setdefault(plain, Counter())[char] += count
    return {plain: chars.most_common(1)[0][0] for plain, chars in spellings.items()}
