from ontology.inference import Conclusion, Premise, infer
from ontology.namespaces import Minter

MINTER = Minter("http://localhost/")
BROADER = {
    MINTER.taxon("saiga-tatarica"): [MINTER.taxon("saiga")],
    MINTER.taxon("buteo-rufinus"): [MINTER.taxon("accipitridae")],
    MINTER.taxon("accipitridae"): [MINTER.taxon("aves")],
    MINTER.taxon("passer-domesticus"): [MINTER.taxon("passeriformes")],
    MINTER.taxon("passeriformes"): [MINTER.taxon("aves")],
}


def taxon(key: str, *, focal: bool = True, score: float = 1.0) -> Premise:
    predicate = "focalTaxon" if focal else "mentionsTaxon"
    return Premise(predicate, MINTER.taxon(key), score, ((0, 10),))


def country(code: str, score: float = 0.8) -> Premise:
    return Premise("takesPlaceInCountry", MINTER.country(code), score, ((20, 30),))


def instruments(*premises: Premise) -> dict[str, float]:
    return {
        conclusion.object.rpartition("/")[2]: conclusion.score
        for conclusion in infer(premises, BROADER, MINTER)
        if conclusion.predicate == "relevantToInstrument"
    }


def test_inference_needs_taxon_and_country_in_scope() -> None:
    assert instruments(taxon("saiga-tatarica"), country("KZ")) == {
        "cms": 0.9,
        "saiga-mou": 0.8,
        "cami": 0.8,
    }
    assert instruments(taxon("saiga-tatarica"), country("BR")) == {"cms": 0.9}


def test_inference_reaches_species_through_family() -> None:
    found = instruments(taxon("buteo-rufinus"), country("KZ"))
    assert set(found) == {"cms", "raptors-mou", "central-asian-flyway"}


def test_inference_leaves_out_taxa_that_are_not_listed() -> None:
    assert instruments(taxon("passer-domesticus"), country("KZ")) == {}


def test_inference_trusts_a_named_taxon_less_than_a_focal_one() -> None:
    assert instruments(taxon("saiga-tatarica", focal=False))["cms"] == 0.6


def test_inference_keeps_rule_reasons_and_evidence() -> None:
    found = infer((taxon("saiga-tatarica"), country("KZ")), BROADER, MINTER)
    assert found[-1] == Conclusion(
        "relevantToInstrument",
        MINTER.cms("saiga-mou"),
        0.8,
        "inference:instrument-by-taxon-and-range because saiga-tatarica, kz",
        ((0, 10), (20, 30)),
    )


def goals(*premises: Premise, spoken: tuple[str, ...] = ()) -> list[str]:
    found = infer(premises, {}, MINTER, spoken=spoken)
    return [conclusion.object.rpartition("/")[2] for conclusion in found]


def test_inference_follows_official_crosswalk_to_sdgs() -> None:
    premise = Premise("contributesToTarget", MINTER.kmgbf("2"), 0.75, ((5, 9),))
    rule = "inference:sdg-through-kmgbf because 2"
    goal = MINTER.concept("sdg", "15")
    assert infer((premise,), {}, MINTER) == (
        Conclusion("contributesToSDG", goal, 0.6, rule, ((5, 9),)),
    )


def test_inference_states_other_goals_only_where_the_text_speaks_of_them() -> None:
    species = Premise("contributesToTarget", MINTER.kmgbf("4"), 0.8)
    restored = Premise("contributesToTarget", MINTER.kmgbf("2"), 0.8)
    assert goals(species) == ["15"]
    assert goals(species, spoken=("hunger",)) == ["15", "2"]
    assert goals(restored, spoken=("sea",)) == ["14"]


def test_inference_follows_no_weak_or_supporting_target() -> None:
    target = MINTER.kmgbf("4")
    assert goals(Premise("contributesToTarget", target, 0.55)) == []
    assert goals(Premise("contributesToTarget", target, 0.8, primary=False)) == []


def test_inference_keeps_the_best_reason() -> None:
    weak = Premise("contributesToTarget", MINTER.kmgbf("4"), 0.6)
    strong = Premise("contributesToTarget", MINTER.kmgbf("2"), 1.0)
    found = {c.object: c.score for c in infer((weak, strong), {}, MINTER)}
    assert found[MINTER.concept("sdg", "15")] == 0.8


def test_inference_survives_a_circle_of_wider_taxa() -> None:
    circle = {MINTER.taxon("a"): [MINTER.taxon("b")], MINTER.taxon("b"): [MINTER.taxon("a")]}
    assert infer((taxon("a"),), circle, MINTER) == ()
