"""Tell which taxa of a text stand aside: livestock, crops, plants that only make a habitat."""

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.components.mentions import Draft, case_study_of, drafts_of, text_of
from extract.matching.bystanders import Bystanders, domesticated, load_bystanders


def background_taxa(doc: Doc, drafts: Iterable[Draft]) -> frozenset[str]:
    """Return the taxa that are not in focus where any other is.

    A taxon is one that people keep or grow, or a plant all of whose names stand before a word for
    a habitat or a use of land. One that the title names for itself is none.
    """
    reader = _reader(doc)
    title = len(case_study_of(doc).title)
    aside: dict[str, bool] = {}
    for draft in drafts:
        if draft.entity is None:
            continue
        iri = draft.entity.iri
        span = (text_of(doc), draft.start, draft.end)
        modifies = reader.is_habitat(*span) or reader.is_land_use(*span)
        kept = _is_kept(draft) and draft.end > title
        aside[iri] = aside.get(iri, True) and (modifies or kept or _in_threat(doc, draft))
    return frozenset(iri for iri, holds in aside.items() if holds)


def used_taxa(doc: Doc, drafts: Iterable[Draft]) -> frozenset[str]:
    """Return the kept species that the text names only as a use of land: ``sugarcane farming``."""
    reader = _reader(doc)
    used: dict[str, bool] = {}
    for draft in drafts:
        if draft.entity is not None:
            iri = draft.entity.iri
            land_use = reader.is_land_use(text_of(doc), draft.start, draft.end)
            meant = _is_kept(draft) and (land_use or _in_threat(doc, draft))
            used[iri] = used.get(iri, True) and meant
    return frozenset(iri for iri, holds in used.items() if holds)


def is_aside(doc: Doc, draft: Draft, focal: tuple[str, ...]) -> bool:
    """Tell whether a mention of a kept species is no party to a fact, or means its wild kin."""
    if draft.kind != "species" or draft.entity is None or not _is_kept(draft):
        return False
    reader = _reader(doc)
    return draft.entity.iri not in focal or reader.is_group(text_of(doc), draft.start, draft.end)


def _is_kept(draft: Draft) -> bool:
    return draft.entity is not None and draft.entity.scientific_name in domesticated()


def _in_threat(doc: Doc, draft: Draft) -> bool:
    """Tell whether a kept species is part of the words for a threat: ``cattle ranching``."""
    return _is_kept(draft) and any(
        threat.start < draft.end and draft.start < threat.end for threat in drafts_of(doc, "threat")
    )


def _reader(doc: Doc) -> Bystanders:
    readers = load_bystanders()
    return readers.get(case_study_of(doc).lang[:2], readers["en"])
