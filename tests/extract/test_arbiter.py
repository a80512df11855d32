"""Overlaps between kinds of names."""

import pytest
import spacy

from corpus.documents import CaseStudy, Source
from extract.components.arbiter import Arbiter
from extract.components.mentions import Draft, add_draft, drafts_of, prepare_doc
from ontology.namespaces import Minter

TEXT = "The Otter Trust of Vesk met local otter keepers in Vesk."


def _arbitrate(*drafts: tuple[str, str, float, bool]) -> dict[tuple[str, str], str]:
    study = CaseStudy("x", "x", "en", TEXT, (), (), Source("x.md", "", "text/markdown"))
    doc = prepare_doc(spacy.blank("en").make_doc(TEXT), study, Minter())
    for kind, text, score, generic in drafts:
        start = TEXT.index(text)
        features = {"generic": generic}
        add_draft(doc, Draft(kind, start, start + len(text), text, score, "t", features=features))  # type: ignore[arg-type]
    return {(d.kind, d.text): d.rejected for d in drafts_of(Arbiter()(doc), rejected=True)}


def test_arbiter_rejects_a_name_inside_a_longer_one_of_another_kind() -> None:
    fate = _arbitrate(
        ("species", "Otter", 0.9, False), ("actor", "Otter Trust of Vesk", 0.7, False)
    )
    assert fate == {
        ("actor", "Otter Trust of Vesk"): "",
        ("species", "Otter"): "inside the actor 'Otter Trust of Vesk'",
    }


def test_arbiter_keeps_names_inside_generic_groups() -> None:
    fate = _arbitrate(("species", "otter", 0.9, False), ("actor", "local otter keepers", 0.7, True))
    assert set(fate.values()) == {""}


@pytest.mark.parametrize(("actor", "place"), [(0.9, 0.8), (0.6, 0.5)])
def test_arbiter_prefers_the_surer_of_two_readings_of_one_run(actor: float, place: float) -> None:
    fate = _arbitrate(("actor", "Vesk", actor, False), ("place", "Vesk", place, False))
    assert (fate["actor", "Vesk"], fate["place", "Vesk"]) == ("", "inside the actor 'Vesk'")
