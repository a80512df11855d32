"""Do what OpenRefine does with a column of names: manifest, matches in batches, new columns.

python docs/examples/reconcile_like_openrefine.py http://127.0.0.1:8000
"""

import json
import sys
from collections.abc import Iterator
from urllib.parse import urlencode
from urllib.request import urlopen

NAMES = ("jaguar", "Pantera onca", "Ailuropoda melanoleuca", "Otocolubus manul", "no such beast")
COLUMNS = ("scientificName", "ncbi", "solutionCount")


def ask(address: str, **form: object) -> dict:
    """Send a form whose fields are JSON, or nothing, and read the answer."""
    fields = {name: json.dumps(value) for name, value in form.items()}
    with urlopen(address, urlencode(fields).encode() if fields else None) as answer:
        return json.load(answer)


def match(service: str, names: tuple[str, ...], size: int) -> Iterator[tuple[str, dict]]:
    """Yield each name with its best candidate, or with nothing."""
    for start in range(0, len(names), size):
        batch = names[start : start + size]
        queries = {f"q{n}": {"query": name, "type": "taxon"} for n, name in enumerate(batch)}
        results = ask(service, queries=queries)
        for n, name in enumerate(batch):
            yield name, next(iter(results[f"q{n}"]["result"]), {})


def main(root: str) -> None:
    service = f"{root}/reconcile"
    manifest = ask(service)
    found = list(match(service, NAMES, manifest["batchSize"]))
    ids = [best["id"] for _, best in found if best]
    properties = [{"id": column} for column in COLUMNS]
    rows = ask(service, extend={"ids": ids, "properties": properties})["rows"]
    for name, best in found:
        values = rows.get(best.get("id"), {})
        cells = [next(iter(values[c][0].values())) if values.get(c) else "" for c in COLUMNS]
        print(name, best.get("name", ""), best.get("match", False), *cells, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
