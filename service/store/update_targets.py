"""Find which graphs an update may write, from its tokens alone.

Where the tokens do not tell, every graph counts as written; the caller then rebuilds more than it
had to, and never less.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from service.sparql.tokenizer import Token, decode_escapes, tokenize

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class UpdateTargets:
    """Say what an update may write."""

    default: bool
    """Whether it names the default graph as something to write, other than all graphs at once."""
    graphs: tuple[str, ...] | None
    """The named graphs that it may write, sorted; None where it may be any."""


class _Unclear(Exception):
    """The tokens cannot be followed any further."""


class _Scanner:
    """Walk over the operations of one update request."""

    def __init__(self, tokens: Sequence[Token], base: str) -> None:
        self._tokens = tokens
        self._at = 0
        self._base = base
        self._prefixes: dict[str, str] = {}
        self.default = False
        self.graphs: set[str] = set()
        self.any = False
        """Whether it may write graphs that the tokens do not name."""

    def _peek(self) -> str:
        return self._tokens[self._at].text.upper() if self._at < len(self._tokens) else ""

    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise _Unclear
        self._at += 1
        return self._tokens[self._at - 1]

    def _accept(self, *words: str) -> str:
        """Step over the next token where it is one of the words; the word or nothing."""
        word = self._peek()
        if word not in words:
            return ""
        self._at += 1
        return word

    def _iri(self, token: Token) -> str:
        if token.kind == "iri":
            iri = token.text[1:-1]
            if _ABSOLUTE.match(iri):
                return iri
            if self._base.startswith(("http://", "https://")):
                return urljoin(self._base, iri)
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in self._prefixes:
                return self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        raise _Unclear

    def _note(self, token: Token) -> None:
        """Note the graph that a token names, or that it may be any."""
        if token.kind == "variable":
            self.any = True
        else:
            self.graphs.add(self._iri(token))

    def scan(self) -> None:
        """Read all operations; raise _Unclear at the first that cannot be told."""
        while self._at < len(self._tokens):
            word = self._next().text.upper()
            if word == "PREFIX":
                name = self._next().text.removesuffix(":")
                self._prefixes[name] = self._iri(self._next())
            elif word == "BASE":
                self._base = self._iri(self._next())
            elif word == "VERSION":
                self._next()
            elif word in ("CLEAR", "DROP"):
                self._accept("SILENT")
                self._graph_or_word("DEFAULT", "NAMED", "ALL")
            elif word == "CREATE":
                self._accept("SILENT")
                self._graph_or_word()
            elif word == "LOAD":
                self._load()
            elif word in ("ADD", "COPY", "MOVE"):
                self._transfer(moves=word == "MOVE")
            elif word in ("INSERT", "DELETE", "WITH"):
                self._at -= 1
                self._modify()
            elif word != ";":
                raise _Unclear

    def _graph_or_word(self, *words: str) -> None:
        word = self._accept(*words)
        if word == "DEFAULT":
            self.default = True
        elif word:
            self.any = True
        else:
            self._accept("GRAPH")
            self.graphs.add(self._iri(self._next()))

    def _load(self) -> None:
        self._accept("SILENT")
        self._next()
        if self._accept("INTO"):
            self._accept("GRAPH")
            self.graphs.add(self._iri(self._next()))
        else:
            self.default = True

    def _transfer(self, *, moves: bool) -> None:
        self._accept("SILENT")
        before, default = set(self.graphs), self.default
        self._graph_or_word("DEFAULT")
        if not moves:
            self.graphs, self.default = before, default
        if self._next().text.upper() != "TO":
            raise _Unclear
        self._graph_or_word("DEFAULT")

    def _modify(self) -> None:
        """Read one INSERT DATA, DELETE DATA, DELETE WHERE or modify operation."""
        with_graph = self._iri(self._next()) if self._accept("WITH") else None
        template = False
        previous = ""
        while self._at < len(self._tokens) and self._peek() != ";":
            token = self._next()
            word = token.text.upper()
            if word in ("INSERT", "DELETE"):
                template = True
            elif word == "WHERE":
                template = previous == "DELETE"
            elif word == "{":
                if template:
                    self._template(with_graph)
                else:
                    self._skip_group()
                template = False
            elif word not in ("DATA", "USING", "NAMED") and token.kind not in ("iri", "name"):
                raise _Unclear
            previous = word

    def _skip_group(self) -> None:
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self._next().text, 0)

    def _template(self, with_graph: str | None) -> None:
        """Read the quads of a template up to its closing brace."""
        while (token := self._next()).text != "}":
            if token.kind == "word" and token.text.upper() == "GRAPH":
                self._note(self._next())
                if self._next().text != "{":
                    raise _Unclear
                self._skip_group()
            elif token.text == "{":
                raise _Unclear
            elif with_graph is not None:
                self.graphs.add(with_graph)
            elif token.text != ".":
                self.default = True


def find_targets(text: str, *, base: str = "") -> UpdateTargets:
    """Tell which graphs an update request may write."""
    scanner = _Scanner(list(tokenize(decode_escapes(text))), base)
    try:
        scanner.scan()
    except _Unclear:
        scanner.any = True
    graphs = None if scanner.any else tuple(sorted(scanner.graphs))
    return UpdateTargets(default=scanner.default, graphs=graphs)
