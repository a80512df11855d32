"""What parts places of one name: how near the others are, and how known each is."""

import pytest

from extract.reconcile.place_kinds import standing
from extract.reconcile.place_scores import (
    Surroundings,
    is_great,
    is_inside,
    is_same_place,
    is_small,
)
from ontology.gazetteer.rows import PlaceRow


def _row(
    number: int = 1,
    *,
    kind: str = "settlement",
    rank: int | None = 5,
    point: tuple[float, float] | None = (0.0, 0.0),
    countries: tuple[str, ...] = ("KE",),
    parent: int | None = None,
    table: str = "settlements",
    designation: str = "",
) -> PlaceRow:
    lat, lon = point if point is not None else (None, None)
    return PlaceRow(
        row_id=number,
        key=f"row-{number}",
        name="Mbali",
        kind=kind,
        table=table,
        designation=designation,
        countries=countries,
        lat=lat,
        lon=lon,
        rank=rank,
        parent=parent,
        bbox=None,
        precision="",
        code="",
        wikidata="",
        geonames="",
        needs_type_word=False,
        bordering=(),
    )


@pytest.mark.parametrize(
    ("degrees", "nearness", "closeness"), [(1.0, 0.2, 0.06), (3.0, 0.2, 0.0), (30.0, -0.1, 0.0)]
)
def test_place_namesakes_weigh_by_the_nearest_settled_place(
    degrees: float, nearness: float, closeness: float
) -> None:
    settled = (_row(2, point=(0.0, degrees)), _row(3, point=(0.0, 90.0)))
    surroundings = Surroundings({}, settled, ())
    assert surroundings.nearness(_row()) == nearness
    assert surroundings.closeness(_row()) == closeness


def test_place_namesakes_without_points_weigh_nothing() -> None:
    surroundings = Surroundings({}, (_row(2, point=None),), ())
    assert surroundings.nearness(_row()) == 0.0
    assert surroundings.nearness(_row(point=None)) == 0.0
    assert surroundings.closeness(_row()) == 0.0


def test_place_namesakes_stand_great_town_province_feature_small_town() -> None:
    order = [
        _row(rank=1),
        _row(kind="admin1", rank=None, table="admin1"),
        _row(kind="river", rank=4, table="natural_features"),
        _row(rank=7),
        _row(kind="admin2", rank=None, table="districts"),
        _row(rank=None),
    ]
    assert [standing(row) for row in order] == sorted(standing(row) for row in order)
    assert standing(order[0]) < standing(order[1]) < standing(order[2]) < standing(order[3])


def test_place_namesakes_tell_small_from_great() -> None:
    assert is_small(_row(rank=5)) and is_small(_row(rank=None)) and not is_small(_row(rank=1))
    assert is_great(_row(rank=1)) and not is_great(_row(rank=2))
    assert is_great(_row(kind="river", rank=2)) and not is_great(_row(kind="river", rank=None))
    assert is_great(_row(kind="admin1", rank=None, designation="Country"))
    assert not is_great(_row(kind="admin1", rank=None, designation="Province"))


def test_place_namesakes_lie_in_a_province_only_by_their_parent() -> None:
    province = _row(9, kind="admin1", rank=None, table="admin1")
    assert is_inside(_row(parent=9), province)
    assert not is_inside(_row(parent=8), province)
    assert is_inside(_row(), _row(7, kind="protected_area", table="protected_areas"))
    assert not is_inside(_row(), _row(7, kind="country", countries=("UG",), table="countries"))


def test_place_namesakes_of_two_tables_may_be_one_place() -> None:
    assert is_same_place(_row(), _row(2, point=(0.0, 1.0)))
    assert not is_same_place(_row(), _row(2, point=(0.0, 20.0)))
    assert is_same_place(_row(), _row(2, point=(0.0, 20.0), parent=1))
    assert not is_same_place(_row(), _row(2, point=None, countries=("UG",)))
