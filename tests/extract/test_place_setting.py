from extract.reconcile.place_setting import Clue, decide_countries


def clue(code: str, weight: float, *, stated: bool = True, rule: str = "country") -> Clue:
    return Clue(tuple(code.split()), weight, 0, 1, stated, rule)


def codes(*clues: Clue) -> list[str]:
    return [setting.country for setting in decide_countries(clues)]


def test_place_setting_keeps_every_country_of_a_list() -> None:
    assert codes(clue("KE", 1.0), clue("TZ", 1.0), clue("UG", 1.0)) == ["KE", "TZ", "UG"]


def test_place_setting_leaves_donors_out() -> None:
    assert codes(clue("KE", 1.0), clue("NO", 0.1, rule="donor")) == ["KE"]


def test_place_setting_takes_the_country_of_its_places_as_inferred() -> None:
    (setting,) = decide_countries([clue("CA", 1.2, stated=False, rule="place")])
    assert (setting.country, setting.stated, setting.rule) == ("CA", False, "place")


def test_place_setting_many_places_do_not_hide_a_named_country() -> None:
    places = [clue("UZ", 1.2, stated=False) for _ in range(9)]
    assert codes(*places, clue("KZ", 1.0)) == ["KZ", "UZ"]


def test_place_setting_uses_adjectives_only_where_one_country_leads() -> None:
    assert codes(*[clue("FJ", 0.5, stated=False)] * 3) == ["FJ"]
    assert codes(clue("FJ", 0.5, stated=False), clue("TO", 0.5, stated=False)) == []


def test_place_setting_takes_shared_places_where_nothing_else_is_known() -> None:
    shared = clue("AR CL", 1.2, stated=False)
    assert codes(shared) == ["AR", "CL"]
    assert codes(shared, clue("AR", 1.0)) == ["AR"]


def test_place_setting_of_nothing_is_nothing() -> None:
    assert decide_countries([]) == ()
