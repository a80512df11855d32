"""Link drafts of taxa to taxa."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import add_entity, drafts_of, entities_of, minter_of
from extract.components.species import MATCH
from extract.reconcile.taxa import TaxonReconciler
from ontology.gazetteer.lookup import Gazetteer, open_gazetteer


@Language.factory("taxon_linker", default_config={"gazetteer": ""}, assigns=["doc.spans"])
def make_taxon_linker(nlp: Language, name: str, gazetteer: str) -> "TaxonLinker":
    """Make the linker of taxa; ``gazetteer`` is the path of the lookup."""
    return TaxonLinker(open_gazetteer(Path(gazetteer)))


class TaxonLinker:
    """Set the entity and candidates of each draft of a taxon."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        drafts = [d for d in drafts_of(doc, "species") if MATCH in d.features]
        countries = frozenset(
            code
            for entity in entities_of(doc).values()
            if entity.kind == "place" and entity.place_type == "country"
            for code in entity.countries
        )
        reconciler = TaxonReconciler(self._gazetteer, minter_of(doc))
        links = reconciler.link((d.features[MATCH] for d in drafts), countries=countries)
        for draft, link in zip(drafts, links, strict=True):
            if link is None:
                continue
            draft.entity = add_entity(doc, link.entity)
            draft.candidates = link.candidates
            draft.score = round(min(draft.score, link.score), 2)
            for ancestor in link.ancestors:
                add_entity(doc, ancestor)
        return doc
