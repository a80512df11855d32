"""Write a question so that engines can answer it which do not follow SPARQL 1.1 to the letter."""

import re
from dataclasses import replace
from importlib.resources import files

from ontology.competency import Question
from ontology.namespaces import DEFAULT_BASE

_PARAMETER = re.compile(r"^[ \t]*VALUES \?(\w+) \{ (.*) \}[ \t]*\n", re.MULTILINE)
_DECIMAL = re.compile(r'"([+-]?\d+(?:\.\d+)?)"\^\^xsd:decimal')
_DIFFERENCE = re.compile(r"\((\?\w+) - ")


def render_portable(question: Question, base: str = DEFAULT_BASE) -> str:
    """Return the query with its parameters written where they are used, numbers as plain ones.

    Virtuoso joins a VALUES block inside MINUS or beside a path wrongly, calculates with doubles
    only, and repeats a row for each way that a path leads to it. A query that needs more than that
    has a form of its own in ``queries/portable``, with the same rows. Comments at the head are
    left out.
    """
    own = files("ontology") / "queries" / "portable" / f"{question.key}.rq"
    if own.is_file():
        question = replace(question, text=own.read_text(encoding="utf-8"))
    lines = question.render(base).splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("#"))
    known = {parameter.name for parameter in question.parameters}
    for name, term in _PARAMETER.findall(text):
        if name in known:
            text = text.replace(f"VALUES ?{name} {{ {term} }}", "")
            text = re.sub(rf"\?{name}\b", term.replace("\\", r"\\"), text)
    text = re.sub(r"^SELECT (?!DISTINCT)", "SELECT DISTINCT ", text, count=1, flags=re.MULTILINE)
    return _DIFFERENCE.sub(r"(xsd:double(\1) - ", _DECIMAL.sub(r"\1", text))
