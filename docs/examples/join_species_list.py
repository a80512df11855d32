"""Join a species list with the solutions of a running service, in bulk, with pandas.

Each row is matched by its identifier where it has one, else by its name, misspelt or not.

python docs/examples/join_species_list.py http://127.0.0.1:8000
"""

import io
import sys
from urllib.request import Request, urlopen

import pandas

OURS = pandas.DataFrame(
    [
        ("1", "Panthera onca", "", "VU"),
        ("2", "Felis onca", "", "VU"),
        ("3", "Pantera onca", "", "VU"),
        ("4", "our name for the panda", "9646", "VU"),
        ("5", "no such beast", "", "DD"),
    ],
    columns=["number", "scientificName", "ncbi", "category"],
)


def resolve(root: str, frame: pandas.DataFrame) -> pandas.DataFrame:
    """Post a table of up to 10,000 rows; it comes back with what each row was matched to."""
    body = frame.to_csv(index=False).encode()
    request = Request(f"{root}/resolve?type=taxon", body, {"Content-Type": "text/csv"})
    with urlopen(request) as answer:
        return pandas.read_csv(io.BytesIO(answer.read()), dtype=str, keep_default_na=False)


def main(root: str) -> None:
    joined = resolve(root, OURS)
    shown = ["number", "scientificName", "category", "status", "label", "solutions"]
    print(joined[shown].to_csv(sep="\t", index=False), end="")


if __name__ == "__main__":
    main(sys.argv[1])
