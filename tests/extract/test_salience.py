"""Taxa in focus."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.components.mentions import case_study_of, drafts_of, entities_of
from extract.components.salience import choose_focal, weigh_taxa


def _focal(doc: Doc) -> set[str]:
    weights = weigh_taxa(case_study_of(doc), drafts_of(doc, "species"))
    return {iri.rpartition("/")[2] for iri in choose_focal(weights, entities_of(doc))}


@pytest.mark.parametrize(
    ("text", "focal"),
    [
        (
            "[Herons|species:ardea] return\n\n[Herons|species:ardea] eat [frogs|species:rana].",
            {"ardea"},
        ),
        ("[Birds|species:aves/class] of the [stork|species:ciconia] marsh\n\nStorks.", {"ciconia"}),
        ("[Corals|species:anthozoa/class] regrow\n\nThe reef is back.", {"anthozoa"}),
        ("A walk\n\n[Frogs|species:rana] sang. [Herons|species:ardea] flew.", {"rana", "ardea"}),
        ("A walk\n\nA bench.\n\n[Frogs|species:rana] sang. [Herons|species:ardea] flew.", set()),
        ("A walk\n\nNothing.\n\nPhoto: a [frog|species:rana].", set()),
        ("A walk\n\nA [frog|species:rana].\n\nPhoto: a [heron|species:ardea].", {"rana"}),
    ],
)
def test_salience_chooses_by_title_opening_and_frequency(
    make_doc: Callable[..., Doc], text: str, focal: set[str]
) -> None:
    assert _focal(make_doc(text)) == focal
