import pytest

from extract.reconcile.geography import box_radius_km, compass, distance_km, main_part_km


def test_geography_distance_of_a_degree_on_the_equator() -> None:
    assert distance_km(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert distance_km(10, 20, 10, 20) == 0


def test_geography_box_radius_is_half_the_diagonal() -> None:
    assert box_radius_km((0, 0, 0, 2)) == pytest.approx(111.2, abs=0.1)


def test_geography_main_part_ignores_far_islands() -> None:
    assert main_part_km(52.0, -20.0, 53.0) == pytest.approx(157.3, abs=0.1)


@pytest.mark.parametrize(
    ("direction", "steps"),
    [
        ("north western", (1, -1)),
        ("southeast", (-1, 1)),
        ("eastern", (0, 1)),
        ("nord ouest", (1, -1)),
        ("noroeste", (1, -1)),
        ("sur", (-1, 0)),
        ("central", (0, 0)),
    ],
)
def test_geography_compass_reads_directions(direction: str, steps: tuple[int, int]) -> None:
    assert compass(direction) == steps
