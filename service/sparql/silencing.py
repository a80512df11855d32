"""Let refused SERVICE SILENT and LOAD SILENT succeed without effect, as SPARQL asks of failures."""

from collections.abc import Sequence

from service.sparql.tokenizer import Token, may_hold, tokenize

_TARGETS = ("iri", "name", "variable")


def _is_word(tokens: Sequence[Token], at: int, word: str) -> bool:
    return at < len(tokens) and tokens[at].kind == "word" and tokens[at].text.upper() == word


def _is_target(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in _TARGETS


def closing_brace(tokens: Sequence[Token], opening: int) -> int | None:
    """Return the position of the brace that closes a group; None where none does."""
    depth = 0
    for at in range(opening, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[at].text, 0)
        if depth == 0:
            return at
    return None


def _end_of_service(tokens: Sequence[Token], at: int, relay: str) -> int | None:
    if not (_is_word(tokens, at + 1, "SILENT") and _is_target(tokens, at + 2)):
        return None
    if relay and tokens[at + 2].text.startswith(f"<{relay}"):
        return None
    if at + 3 >= len(tokens) or tokens[at + 3].text != "{":
        return None
    return closing_brace(tokens, at + 3)


def _end_of_load(tokens: Sequence[Token], at: int, relay: str) -> int | None:
    if not (_is_word(tokens, at + 1, "SILENT") and _is_target(tokens, at + 2)):
        return None
    if relay and tokens[at + 2].text.startswith(f"<{relay}"):
        return None
    if not _is_word(tokens, at + 3, "INTO"):
        return at + 2
    if _is_word(tokens, at + 4, "GRAPH") and _is_target(tokens, at + 5):
        return at + 5
    return None


def silence_remote(text: str, *, relay: str = "") -> str:
    """Replace SERVICE SILENT by an empty group and LOAD SILENT by an empty insertion.

    What asks the relay is left alone.
    Lines stay where they are. What is left of SERVICE and LOAD is for the caller to refuse.
    """
    if not may_hold(text, "SERVICE", "LOAD"):
        return text
    tokens = list(tokenize(text))
    parts, position, at, depth = [], 0, 0, 0
    while at < len(tokens):
        end = None
        if _is_word(tokens, at, "SERVICE"):
            end, opening, closing = _end_of_service(tokens, at, relay), "{", "}"
        elif depth == 0 and _is_word(tokens, at, "LOAD"):
            end, opening, closing = _end_of_load(tokens, at, relay), "INSERT DATA {", "}"
        if end is None:
            depth += {"{": 1, "}": -1}.get(tokens[at].text, 0)
            at += 1
            continue
        start, stop = tokens[at].start, tokens[end].start + len(tokens[end].text)
        lines = "\n" * text.count("\n", start, stop)
        parts += [text[position:start], opening, lines, closing]
        position, at = stop, end + 1
    return "".join(parts) + text[position:]
