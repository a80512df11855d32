"""Labels of IRIs, in one language, found for many at a time."""

import re
from collections.abc import Iterable

from service.queries import GraphData, iris
from service.web.links import local_name

_LABELS = """
SELECT ?iri ?label ?notation WHERE {
  VALUES ?iri { $iris }
  { ?iri skos:prefLabel ?label } UNION { ?iri rdfs:label ?label }
  OPTIONAL { ?iri skos:notation ?notation }
}
"""
_BATCH = 400
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def humanise(name: str) -> str:
    """Part a name such as ``takesPlaceIn`` or ``costa-rica`` into words."""
    return _WORD.sub(" ", name).replace("-", " ").replace("_", " ").lower()


def find_labels(
    data: GraphData, wanted: Iterable[str], *, lang: str = "en", notation: bool = True
) -> dict[str, str]:
    """Return a label for each IRI: in the language, else in none, else the first by name.

    Concepts carry their code in front. What has no label is named by the end of its IRI.
    """
    wanted = sorted(set(wanted))
    ranked: dict[str, tuple[int, str]] = {}
    codes: dict[str, str] = {}
    valid = iris(wanted)
    for start in range(0, len(valid), _BATCH):
        table = data.table(_LABELS, iris=valid[start : start + _BATCH])
        for iri, label, code in table.rows:
            if iri is None or label is None:
                continue
            rank = 0 if label.lang == lang else 1 if not label.lang else 2
            best = (rank, label.value)
            ranked[iri.value] = min(ranked.get(iri.value, best), best)
            if code is not None:
                codes[iri.value] = min(codes.get(iri.value, code.value), code.value)
    labels = {iri: ranked[iri][1] if iri in ranked else local_name(iri) for iri in wanted}
    if notation:
        for name, mark in codes.items():
            if name in labels and mark[:1].isdigit() and not labels[name].startswith(mark):
                template = "Target {}: {}" if "/kmgbf/" in name else "{} {}"
                labels[name] = template.format(mark, labels[name])
    return labels
