"""Send SERVICE and LOAD to a relay where their address is on the operator's list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from service.sparql.tokenizer import Token, tokenize

_ABSOLUTE = re.compile(r"https?://[^/]", re.IGNORECASE)


def is_allowed(address: str, hosts: Iterable[str]) -> bool:
    """Tell whether an address is on the list: ``host``, or ``host:port`` for that port alone."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return False
    names = {host, f"{host}:{port}"} if port else {host}
    return any(allowed.lower() in names for allowed in hosts)


def _targets(text: str) -> Iterator[tuple[Token, Token]]:
    """Yield each SERVICE and LOAD keyword with its target, where that is written as an IRI."""
    tokens = list(tokenize(text))
    depth = 0
    for at, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        keyword = token.text.upper() if token.kind == "word" else ""
        if keyword not in ("SERVICE", "LOAD"):
            continue
        after = [t for t in tokens[at + 1 : at + 4] if t.text.upper() != "SILENT"]
        if not after or after[0].kind != "iri":
            continue
        following = after[1].text.upper() if len(after) > 1 else ""
        if keyword == "SERVICE":
            fits = following == "{"
        else:
            fits = depth == 0 and following in ("", ";", "INTO")
        if fits:
            yield token, after[0]


def drop_relayed(text: str, relay: str) -> str:
    """Cut out SERVICE and LOAD where their target is the relay; what is left must have none."""
    if not relay:
        return text
    parts, position = [], 0
    for keyword, target in _targets(text):
        if target.text.startswith(f"<{relay}"):
            parts.append(text[position : keyword.start])
            position = target.start + len(target.text)
    return "".join(parts) + text[position:]


@dataclass(frozen=True, slots=True)
class Federation:
    """Hold the list of hosts and the address of the relay that asks them."""

    hosts: tuple[str, ...]
    relay: str

    def route(self, text: str) -> str:
        """Point each allowed SERVICE and LOAD at the relay; the others stay and are refused."""
        parts, position = [], 0
        for _, target in _targets(text):
            address = target.text[1:-1]
            if _ABSOLUTE.match(address) and is_allowed(address, self.hosts):
                parts += [text[position : target.start], f"<{self.relay}{quote(address, safe='')}>"]
                position = target.start + len(target.text)
        return "".join(parts) + text[position:]
