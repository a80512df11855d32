"""Find the names of taxa."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import Draft, add_draft, text_of
from extract.components.words import in_title, words_of
from extract.matching.species_document import SpeciesReader
from extract.matching.taxon_match import TaxonMatch
from ontology.gazetteer.lookup import Gazetteer, open_gazetteer

MATCH = "taxon_match"
"""Feature of a draft that holds its TaxonMatch."""
_CLASS_WORDS = frozenset({"class", "kingdom", "phylum", "group"})


@Language.factory("species_ruler", default_config={"gazetteer": ""}, assigns=["doc.spans"])
def make_species_ruler(nlp: Language, name: str, gazetteer: str) -> "SpeciesRuler":
    """Make the recogniser of taxa; ``gazetteer`` is the path of the lookup."""
    return SpeciesRuler(nlp.lang or "und", open_gazetteer(Path(gazetteer)))


class SpeciesRuler:
    """Draft a mention for each name of a taxon, those not meant as one with the reason."""

    def __init__(self, lang: str, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._reader = SpeciesReader(gazetteer, lang)

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        for match in self._reader.read(words, in_title(doc)):
            start, end = words.starts[match.start], words.ends[match.end - 1]
            add_draft(
                doc,
                Draft(
                    kind="species",
                    start=start,
                    end=end,
                    text=text_of(doc)[start:end],
                    score=match.score,
                    rule=f"species_ruler:{match.rule}",
                    rejected=match.rejected,
                    features={
                        MATCH: match,
                        "name_kind": match.name_kind,
                        "generic": self._is_generic(match),
                    },
                ),
            )
        return doc

    def _is_generic(self, match: TaxonMatch) -> bool:
        """Tell whether a word names a whole class or less: fish, birds, plants."""
        rows = match.rows()
        return bool(rows) and self._gazetteer.taxon(rows[0]).rank in _CLASS_WORDS
