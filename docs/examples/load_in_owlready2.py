"""Load the whole graph in owlready2 and walk it as Python objects.

    ecoduct --data data export --format ntriples -o ecoduct.nt
    python docs/examples/load_in_owlready2.py ecoduct.nt

The dump of a running service, dumps/ecoduct.nt.gz, is the same file, packed.
"""

import sys
from pathlib import Path

import owlready2

ONTOLOGY = "https://w3id.org/ecoduct/ontology"


def load(path: Path) -> owlready2.World:
    """Load N-Triples: of the forms of the export, the one that owlready2 reads."""
    world = owlready2.World()
    # The foreign terms that the schema imports need not be fetched to look around.
    world.get_ontology(f"{ONTOLOGY}/imports").loaded = True
    world.get_ontology(path.resolve().as_uri()).load()
    return world


def main(path: Path) -> None:
    world = load(path)
    eco = world.get_namespace(f"{ONTOLOGY}#")
    for solution in sorted(eco.Solution.instances(), key=lambda item: item.iri):
        interventions = sorted(concept.label.first() for concept in solution.usesIntervention)
        print(solution.label.first(), "; ".join(interventions), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
