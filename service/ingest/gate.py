"""The gate before the store: graphs that violate a shape are not published."""

from collections.abc import Mapping

from ontology.namespaces import Minter
from ontology.validation import validate_graph

_SHOWN = 3


def find_violations(graphs: Mapping[str, bytes], minter: Minter) -> str:
    """Say what is wrong with the graphs of a document, taken together; empty where nothing is."""
    violations = validate_graph(b"".join(graphs.values()), minter)
    if not violations:
        return ""
    shown = "; ".join(str(violation) for violation in violations[:_SHOWN])
    more = f"; and {len(violations) - _SHOWN} more" if len(violations) > _SHOWN else ""
    return f"violates the shapes: {shown}{more}"
