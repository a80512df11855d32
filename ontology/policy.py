"""Read how texts name policy: frameworks, their numbered targets, resolutions, national plans."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from ontology.errors import OntologyError
from ontology.phrases import LANGUAGES, lexicon_file, read_table

PolicyForm = Literal["name", "numbered", "fixed"]
"""A name; a word that a number follows; a name for one target (``kmgbf:3``)."""
FAMILIES = ("aichi", "cms-resolution", "kmgbf", "national-plan", "sdg")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """Tie a regular expression in one language to what it names."""

    family: str
    code: str
    form: PolicyForm
    lang: str
    pattern: str
    where: str


def read_policy(source: Traversable) -> tuple[PolicyRow, ...]:
    """Read the table; raise OntologyError with file and line at the first bad row."""
    rows = []
    for where, row in read_table(source, ("family", "form", "lang", "pattern")):
        family, _, code = row["family"].partition(":")
        form = next((form for form in get_args(PolicyForm) if form == row["form"]), None)
        if family not in FAMILIES or form is None or row["lang"] not in LANGUAGES:
            raise OntologyError(
                f"{where}: family must be one of {', '.join(FAMILIES)}, form one of "
                f"{', '.join(get_args(PolicyForm))}, language one of {', '.join(LANGUAGES)}"
            )
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise OntologyError(f"{where}: {row['pattern']!r}: {error}") from error
        rows.append(PolicyRow(family, code, form, row["lang"], row["pattern"], where))
    return tuple(rows)


@cache
def load_policy() -> tuple[PolicyRow, ...]:
    """Read the packaged table, once a process."""
    return read_policy(lexicon_file("policy_mentions"))
