"""Apply the dataset that an update request names in its parameters to the text of the update."""

from collections.abc import Sequence
from http import HTTPStatus

from service.problems import ProblemError
from service.sparql.silencing import closing_brace
from service.sparql.tokenizer import Token, decode_escapes, tokenize


def _top_words(tokens: Sequence[Token]) -> list[str]:
    """List the keywords that stand outside all groups."""
    words, depth = [], 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.kind == "word":
            words.append(token.text.upper())
    return words


def _check(text: str, tokens: Sequence[Token]) -> None:
    words = _top_words(tokens)
    decoded = _top_words(list(tokenize(decode_escapes(text))))
    if {"USING", "WITH"} & {*words, *decoded}:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "the update names its graphs by USING or WITH, and the request by using-graph-uri or "
            "using-named-graph-uri; use one of the two",
        )
    if words != decoded:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            "write keywords without \\u escapes where using-graph-uri is given",
        )


def add_using(text: str, graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Write USING clauses into each operation that has a WHERE; the graphs are valid IRIs.

    Raise ProblemError where the text has such clauses of its own.
    """
    if not graphs and not named_graphs:
        return text
    tokens = list(tokenize(text))
    _check(text, tokens)
    clauses = [f"USING <{iri}>" for iri in graphs]
    clauses += [f"USING NAMED <{iri}>" for iri in named_graphs]
    using = " ".join(clauses)
    parts, position, depth = [], 0, 0
    for at, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth or token.kind != "word" or token.text.upper() != "WHERE":
            continue
        parts.append(text[position : token.start])
        position = token.start
        if at and tokens[at - 1].text.upper() == "DELETE" and at + 1 < len(tokens):
            # DELETE WHERE takes no USING: write its pattern out as the template too.
            end = closing_brace(tokens, at + 1)
            if end is not None:
                parts.append(text[tokens[at + 1].start : tokens[end].start + 1] + " ")
        parts.append(f"{using} ")
    return "".join(parts) + text[position:]
