"""Scoring by hand-made examples."""

from pathlib import Path

import pytest

from corpus.documents import Source
from extract.errors import ExtractError
from extract.evaluation.facets import score_facet, to_level_two
from extract.evaluation.gold import GoldFacet, GoldItem, read_gold
from extract.evaluation.report import format_scores
from extract.evaluation.scoring import great_circle_km, score
from extract.evaluation.spans import find_surfaces, gold_spans, match_spans
from extract.evaluation.tally import Tally
from extract.records import Entity, Extraction, Mention, Statement
from ontology.namespaces import Minter

TEXT = "Otters\n\nGiant otters meet otters in Vesk. The Vesk Trust counts otters."
MINTER = Minter()


def _item(*surfaces: str, neutral: bool = False) -> GoldItem:
    return GoldItem(surfaces=surfaces, neutral=neutral)


def _mention(text: str, occurrence: int = 0, entity: str | None = None) -> Mention:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(text, start + 1)
    return Mention("m", start, start + len(text), text, "species", entity, 0.9, "t")


def test_evaluation_finds_surfaces_as_whole_words_longest_first() -> None:
    found = find_surfaces(TEXT, ["otters", "Giant otters"])
    assert [TEXT[slice(*span)] for span in found] == ["Giant otters", "otters", "otters"]


def test_evaluation_makes_names_inside_longer_other_names_neutral() -> None:
    spans = gold_spans(TEXT, [_item("Vesk")], [_item("Vesk Trust")])
    assert [(TEXT[s.span[0] - 4 : s.span[0] - 1], s.neutral) for s in spans] == [
        (" in", False),
        ("The", True),
    ]


def test_evaluation_matches_one_to_one_best_overlap_first() -> None:
    spans = gold_spans(TEXT, [_item("Giant otters"), _item("otters")], [])
    mentions = [_mention("Giant otters"), _mention("otters"), _mention("Vesk")]
    matching = match_spans(spans, mentions)
    assert [(p.span, m.text) for p, m in matching.pairs] == [((8, 20), "Giant otters")]
    assert [m.text for m in matching.spurious] == ["otters", "Vesk"]
    assert len(matching.missed) == 2


@pytest.mark.parametrize(
    ("codes", "cut"),
    [({"1.1.2", "2"}, {"1.1", "2"}), ({"1", "1.1"}, {"1.1"}), (set(), set())],
)
def test_evaluation_cuts_codes_to_level_two(codes: set[str], cut: set[str]) -> None:
    assert to_level_two(codes) == cut


def test_evaluation_counts_codes_with_acceptable_ones_neutral() -> None:
    tally = Tally()
    gold = GoldFacet(frozenset({"1.1", "4.1"}), frozenset({"5.2"}))
    faults = score_facet("t", "threats", {"1.1.3", "5", "5.2", "9.4"}, gold, tally)
    assert (tally.right, tally.wrong, tally.missed) == (1, 1, 1)
    assert [(f.kind, f.detail) for f in faults] == [("missed", "4.1"), ("spurious", "9.4")]


def test_evaluation_scores_a_text_whole(tmp_path: Path) -> None:
    gold = tmp_path / "gold.yaml"
    gold.write_text(
        """
- id: vesk
  title: Otters
  species: [{name: Lutra lutra, rank: species, surfaces: [otters, Otters]}]
  places: [{surfaces: [Vesk], kind: river, countries: [RO], lat: 46, lon: 25, tol_km: 50}]
  actors: [{surfaces: [Vesk Trust], type: ngo, named: true}]
  threats: {core: [{code: "4.1", phrase: x}], ok: []}
  stresses: {core: [], ok: []}
  interventions: {core: ["8.1"], ok: []}
  kmgbf: {core: [21], ok: [4]}
  countries: {core: [RO], ok: []}
  relations: [[implements, Vesk Trust, "8.1"]]
""",
        encoding="utf-8",
    )
    otter = Entity(MINTER.taxon("l"), "species", "otter", scientific_name="Lutra lutra")
    counting = Entity(MINTER.intervention("8.1"), "intervention", "Research", notation="8.1")
    trust = Entity(MINTER.actor("vesk-trust"), "actor", "Vesk Trust", actor_type="fund", named=True)
    case = MINTER.case_study("v")
    start = TEXT.index("Vesk Trust")
    extraction = Extraction(
        id="v",
        iri=case,
        title="Otters",
        lang="en",
        text=TEXT,
        source=Source("v.md", "", "text/markdown"),
        solution=case,
        mentions=(
            _mention("Otters", 0, otter.iri),
            _mention("Giant otters", 0, otter.iri),
            Mention("a", start, start + 10, "Vesk Trust", "actor", trust.iri, 0.9, "t"),
        ),
        entities=(otter, counting, trust),
        statements=(
            Statement(case, "usesIntervention", counting.iri, 0.9),
            Statement(trust.iri, "implements", counting.iri, 0.9),
        ),
    )
    scores = score([extraction], read_gold(gold))
    counts = {k: (t.right, t.wrong, t.missed) for k, t in scores.tallies.items()}
    assert counts == {
        "species mention (overlap)": (2, 0, 2),
        "species mention (exact)": (1, 1, 3),
        "species link (of found)": (2, 0, 0),
        "place mention (overlap)": (0, 0, 1),
        "place mention (exact)": (0, 0, 1),
        "actor mention (overlap)": (1, 0, 0),
        "actor mention (exact)": (1, 0, 0),
        "actor type (of found)": (0, 1, 1),
        "named actor mention (overlap)": (1, 0, 0),
        "threats": (0, 0, 1),
        "stresses": (0, 0, 0),
        "interventions": (1, 0, 0),
        "kmgbf": (0, 0, 1),
        "countries": (0, 0, 1),
        "relations (recall of core)": (1, 0, 0),
    }
    assert "vesk\tactor link\tVesk Trust\tfund not ngo" in format_scores(scores, errors=True)


def test_evaluation_names_the_text_that_is_not_well_formed(tmp_path: Path) -> None:
    gold = tmp_path / "gold.yaml"
    gold.write_text("- id: vesk\n  species: []\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="text vesk: not well-formed"):
        read_gold(gold)


def test_evaluation_measures_distances_on_the_sphere() -> None:
    assert round(great_circle_km(0, 0, 0, 180)) == 20015
