"""Cut SPARQL text into tokens, enough to tell keywords from names, strings and comments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.sparql.negotiation import QueryForm

_FORMS: dict[str, QueryForm] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}
_UPDATES = (
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "CREATE",
    "DROP",
    "COPY",
    "MOVE",
    "ADD",
    "WITH",
)
_BEFORE_IRI = frozenset({"PREFIX", "GRAPH", "TO", "INTO", "WITH", "USING", "NAMED", "FROM"})
"""Keywords after which a name at the top of a text is an IRI and no operation."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NAME_START = r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF" + (
    r"\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
_NAME = _NAME_START + r"_0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
_PREFIX = rf"(?:[{_NAME_START}](?:[{_NAME}.]*[{_NAME}])?)?"
_PERCENT = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = (
    rf"(?:[{_NAME_START}_:0-9]|{_PERCENT})"
    rf"(?:(?:[{_NAME}.:]|{_PERCENT})*(?:[{_NAME}:]|{_PERCENT}))?"
)
_TOKEN = re.compile(
    rf"""
    (?P<space>[\x20\x09\x0D\x0A]+)
  | (?P<comment>\#[^\x0D\x0A]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
      | \"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\"
      | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
  | (?P<blank>_:[{_NAME_START}_0-9](?:[{_NAME}.]*[{_NAME}])?)
  | (?P<name>{_PREFIX}:(?:{_LOCAL})?)
  | (?P<variable>[?$][{_NAME_START}_0-9][{_NAME_START}_0-9\u00B7\u0300-\u036F\u203F-\u2040]*)
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_QUERY = re.compile(
    r"(?:[\x20\x09\x0D\x0A]|\#[^\x0D\x0A]*+[\x0D\x0A]|BASE\s*+<[^<>\s\"{}|^`]*+>"
    r"|PREFIX\s++[a-z0-9]*+:\s*+<[^<>\s\"{}|^`]*+>)*+(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE | re.ASCII,
)
"""The start of nearly every query, found without cutting the text; all others are cut."""


@dataclass(frozen=True, slots=True)
class Token:
    """Mark one token by kind; ``start`` counts characters of the text that was cut."""

    kind: str
    text: str
    start: int


def decode_escapes(text: str) -> str:
    r"""Replace ``\uXXXX`` and ``\UXXXXXXXX`` by their characters, as comes before parsing."""

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code <= 0x10FFFF else match.group(0)

    return _ESCAPE.sub(character, text)


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a query; characters that fit nowhere come one by one as ``other``."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


@lru_cache(maxsize=16)
def _tokens(text: str) -> tuple[Token, ...]:
    """Cut a text once for all that is asked of it in one request."""
    return tuple(tokenize(decode_escapes(text)))


def may_hold(text: str, *keywords: str) -> bool:
    """Tell quickly whether a token of a text may hold a keyword, before the text is cut.

    A token is a piece of the text, so what is not in the text is in no token; escapes may stand
    for any character.
    """
    upper = text.upper()
    return "\\" in text or any(keyword in upper for keyword in keywords)


def _first_keyword(text: str, keywords: Iterable[str]) -> str | None:
    """Return the keyword that opens the first operation after the prologue."""
    previous = ""
    for token in _tokens(text):
        upper = token.text.upper()
        if token.kind in ("word", "name") and previous != "PREFIX":
            for keyword in keywords:
                if upper.startswith(keyword):
                    return keyword
        previous = upper
    return None


def query_form(text: str) -> QueryForm | None:
    """Return the form of a query; None where the text is no query."""
    plain = None if "\\" in text else _PLAIN_QUERY.match(text)
    if plain is not None:
        return _FORMS[plain.group(1).upper()]
    return _FORMS.get(_first_keyword(text, (*_FORMS, *_UPDATES)) or "")


def is_update(text: str) -> bool:
    """Tell whether the first operation of a text is an update."""
    return _first_keyword(text, (*_FORMS, *_UPDATES)) in _UPDATES


def _remote_keywords(tokens: Sequence[Token]) -> set[str]:
    """Find SERVICE and LOAD, also where an engine would split them off a name or literal.

    Engines may take ``SERVICEex:x {`` as SERVICE and ``ex:x``, and ``trueSERVICE`` as two tokens.
    A prefix that merely contains the word is let pass where no group follows its name.
    """
    found = set()
    depth = 0
    for i, token in enumerate(tokens):
        upper = token.text.upper()
        previous = tokens[i - 1].text.upper() if i else ""
        following = tokens[i + 1].text if i + 1 < len(tokens) else ""
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.kind == "word":
            found |= {keyword for keyword in ("SERVICE", "LOAD") if keyword in upper}
        elif token.kind == "name":
            prefix = upper.partition(":")[0]
            if "SERVICE" in prefix and following == "{" and previous != "GRAPH":
                found.add("SERVICE")
            if "LOAD" in prefix and depth == 0 and previous not in _BEFORE_IRI:
                found.add("LOAD")
    return found


def remote_keywords(text: str) -> tuple[str, ...]:
    """List the keywords of a text that would make the store open connections.

    Both readings of codepoint escapes count, since engines differ on when they decode them.
    """
    if not may_hold(text, "SERVICE", "LOAD"):
        return ()
    return tuple(sorted(_remote_keywords(list(tokenize(text))) | _remote_keywords(_tokens(text))))
