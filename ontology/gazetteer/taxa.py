"""Collect taxa and their names from the taxon tables."""

from typing import Any

from ontology.gazetteer.collecting import Collection, set_identifier
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lineage import add_heads, add_parents
from ontology.gazetteer.own import NOTHING_OWN, SOURCE, OwnTables
from ontology.gazetteer.plurals import singular_keys, singular_keys_romance
from ontology.gazetteer.tables import iterate_table
from ontology.namespaces import slugify

_IDENTIFIERS = (
    "iucn_redlist_id",
    "itis",
    "worms",
    "speciesplus_cites_id",
    "speciesplus_cms_id",
    "mdd",
    "avibase",
    "ebird",
    "amphibiaweb",
    "reptile_database",
    "wikipedia_en",
)
_NAME_KINDS = ("group", "domestic", "crop", "role")


class _Taxa:
    """Fill a collection with taxa, one for each scientific name."""

    def __init__(self) -> None:
        self.collection = Collection()
        self.keys: dict[str, str] = {}
        self.best_alias: dict[str, dict[str, str]] = {}

    def row(self, name: str, rank: str, **values: Any) -> str:
        """Return the key of a taxon; make its row where it is new, else fill its gaps."""
        key = self.keys.get(name)
        if key is None:
            key = slugify(name, limit=120)
            if key in self.collection.rows:
                key = f"{key}-{slugify(rank or 'taxon')}"
            self.keys[name] = key
            self.collection.add_row(key, scientific_name=name, rank=rank)
            self.collection.add_name(
                key, name, lang="la", source="accepted name", priority=0, kind="scientific"
            )
        known = self.collection.rows[key]
        for column, value in values.items():
            if value and not known.get(column):
                known[column] = value
        return key

    def add_external(self) -> None:
        for row in iterate_table("taxa_external"):
            self.row(
                row["scientificName"],
                row["taxonRank"],
                class_name=row["class"],
                order=row["order"],
                family=row["family"],
                ncbi=row["ncbi"],
                wikidata=row["wikidata"],
                gbif=row["gbif"],
                identifiers=[[column, row[column]] for column in _IDENTIFIERS if row[column]],
            )

    def add_vernaculars(self) -> None:
        for row in iterate_table("taxa_vernacular"):
            key = self.row(
                row["scientificName"],
                row["taxonRank"],
                class_name=row["class"],
                ncbi=row["ncbi"],
                wikidata=row["wikidata"],
                gbif=row["gbif"],
                kingdom=row["kingdom_group"],
            )
            if row["preferred"] == "1":
                self.collection.rows[key].setdefault(f"name_{row['language']}", row["name"])
            self.collection.add_name(
                key,
                row["name"],
                lang=row["language"],
                source=row["source"],
                priority=int(row["priority"]),
                kind="vernacular",
            )

    def add_aliases(self) -> None:
        rows = list(iterate_table("taxon_aliases"))
        without_taxon = {fold(r["name"]) for r in rows if not r["scientificName"]}
        for row in rows:
            name, lang = row["name"], row["language"]
            if row["scientificName"]:
                key = self.row(
                    row["scientificName"],
                    row["taxonRank"],
                    ncbi=row["ncbi"],
                    wikidata=row["wikidata"],
                )
            else:
                folded = fold(name)
                forms = singular_keys(folded) if lang == "en" else singular_keys_romance(folded)
                single = next((form for form in forms if form in without_taxon), folded)
                key = f"group-{slugify(single)}"
                self.collection.add_row(key, scientific_name="", rank="group", name_en=single)
            kind = row["kind"] if row["kind"] in _NAME_KINDS else "vernacular"
            self.collection.add_name(
                key, name, lang=lang, source="taxon_aliases", priority=0, kind=kind
            )
            if kind != "group" and not name.endswith("s"):
                self.collection.rows[key].setdefault(f"alias_{lang}", name)

    def add_synonyms(self) -> None:
        for row in iterate_table("taxa_synonyms"):
            accepted = row["scientificName"]
            if accepted not in self.keys:
                self.row(accepted, _rank_of(accepted), ncbi=row["ncbi"], wikidata=row["wikidata"])
            narrower = row["type"] == "subspecies of"
            several = row["accepted_names_for_synonym"] not in ("", "1")
            self.collection.add_name(
                self.keys[accepted],
                row["synonym"],
                lang="la",
                source=row["source"],
                priority=(3 if narrower else 1) + several,
                kind="subspecies of" if narrower else "synonym",
            )

    def add_own(self, own: OwnTables) -> None:
        """Add a user's taxa; what they say of a taxon outranks the tables."""
        for row in own.of("taxon"):
            name = row["scientific_name"] or row["name"]
            key = self._accepted(name) or self.row(name, row["rank"] or _rank_of(name))
            values = {"class_name": row["class"]} | {
                column: row[column]
                for column in ("rank", "order", "family", "ncbi", "gbif", "wikidata")
            }
            self.collection.rows[key].update((c, v) for c, v in values.items() if v)
            lang = row["language"] or "en"
            for vernacular in (row["name"], *row["alt_names"].split("|")):
                if vernacular.strip() and vernacular != name:
                    self.collection.add_name(
                        key,
                        vernacular.strip(),
                        lang=lang,
                        source=SOURCE,
                        priority=0,
                        kind="vernacular",
                    )
                    self.collection.rows[key].setdefault(f"name_{lang}", vernacular.strip())

    def _accepted(self, name: str) -> str | None:
        """Return the taxon that bears a scientific name, or of which alone it is a synonym."""
        known = self.keys.get(name)
        slot = self.collection.names.get(fold(name), {})
        rows = sorted({row for row, kind, _ in slot if kind == "synonym"})
        return known or (rows[0] if len(rows) == 1 else None)

    def add_own_identifiers(self, own: OwnTables) -> None:
        for row in own.identifiers_of("taxon"):
            taxon = self.collection.rows.get(row["key"])
            if taxon is not None:
                set_identifier(taxon, row, ("ncbi", "gbif", "wikidata"))

    def add_gbif_keys(self) -> None:
        keys = {
            row["scientificName"]: row["gbif"]
            for row in iterate_table("gbif_keys")
            if row["status"] != "synonym"
        }
        rows = self.collection.rows
        for name, key in self.keys.items():
            if name in keys and not rows[key].get("gbif"):
                rows[key]["gbif"] = keys[name]
        by_synonym: dict[str, set[str]] = {}
        for row in iterate_table("taxa_synonyms"):
            equal = row["accepted_names_for_synonym"] == "1" and row["type"] != "subspecies of"
            if equal and row["synonym"] in keys:
                by_synonym.setdefault(self.keys[row["scientificName"]], set()).add(
                    keys[row["synonym"]]
                )
        for key, found in by_synonym.items():
            if len(found) == 1 and not rows[key].get("gbif"):
                rows[key]["gbif_synonym"] = min(found)

    def add_wider(self) -> None:
        """Make rows for the ranks that are only columns."""
        for rank in ("class_name", "order", "family"):
            names = sorted({r[rank] for r in self.collection.rows.values() if r.get(rank)})
            for name in names:
                self.row(name, "class" if rank == "class_name" else rank)


def _rank_of(name: str) -> str:
    return {1: "genus", 2: "species"}.get(len(name.split(" ")), "subspecies")


def collect_taxa(own: OwnTables = NOTHING_OWN) -> Collection:
    """Collect every taxon with all its names."""
    taxa = _Taxa()
    taxa.add_external()
    taxa.add_vernaculars()
    taxa.add_aliases()
    taxa.add_synonyms()
    taxa.add_own(own)
    add_heads(taxa.collection, taxa.keys)
    taxa.add_gbif_keys()
    taxa.add_own_identifiers(own)
    taxa.add_wider()
    add_parents(taxa.collection, taxa.keys)
    return taxa.collection


def pack_taxa(collection: Collection, numbers: dict[str, int]) -> list[list[Any]]:
    """Return the taxa as lists in the order of TaxonRow's fields, the number left out."""
    packed = []
    for key in sorted(collection.rows):
        row = collection.rows[key]
        names = [
            row.get(f"name_{lang}") or row.get(f"alias_{lang}", "") for lang in ("en", "fr", "es")
        ]
        texts = [row.get(c, "") for c in ("kingdom", "class_name", "order", "family")]
        parent = row.get("parent")
        packed.append(
            [
                key,
                row["scientific_name"],
                row["rank"],
                *texts,
                None if parent is None else numbers[parent],
                row.get("ncbi", ""),
                row.get("wikidata", ""),
                row.get("gbif") or row.get("gbif_synonym", ""),
                row.get("identifiers", []),
                *names,
            ]
        )
    return packed
