"""Read the cookbook, and write under each query the first rows that it really returns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.sparql.results import ResultTable, Term, parse_results
from service.store.protocol import QueryRequest, Reader

COOKBOOK = Path("docs/cookbook.md")
SHOWN = 4
_RECIPE = re.compile(
    r"^## (?P<title>[^\n]+)\n(?P<text>.*?)^```sparql\n(?P<query>.*?)^```\n"
    r"(?P<table>\n\|.*?)?(?=\n## |\Z)",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hold one query of the cookbook with the table that is shown under it."""

    title: str
    query: str
    table: str


def read_recipes(text: str) -> list[Recipe]:
    """Return the recipes in their order."""
    return [
        Recipe(m["title"], m["query"], (m["table"] or "").strip() + "\n")
        for m in _RECIPE.finditer(text)
    ]


def run_recipe(reader: Reader, recipe: Recipe) -> ResultTable:
    """Ask the query of a recipe."""
    return parse_results(
        reader.query(QueryRequest(recipe.query, "application/sparql-results+json"))
    )


def _cell(term: Term | None) -> str:
    text = term.value if term else ""
    return " ".join(text.replace("|", "\\|").split())


def write_table(table: ResultTable) -> str:
    """Write the first rows in Markdown, and how many there are."""
    lines = [
        "| " + " | ".join(table.variables) + " |",
        "|" + "---|" * len(table.variables),
        *("| " + " | ".join(map(_cell, row)) + " |" for row in table.rows[:SHOWN]),
    ]
    more = len(table.rows) - SHOWN
    return "\n".join(lines) + "\n" + (f"\n{more} more.\n" if more > 0 else "")


def refresh(text: str, tables: Iterator[str]) -> str:
    """Return the cookbook with other tables."""

    def replace(match: re.Match[str]) -> str:
        head = f"## {match['title']}\n{match['text']}```sparql\n{match['query']}```\n"
        return f"{head}\n{next(tables)}"

    return _RECIPE.sub(replace, text)
