from xml.etree import ElementTree

import pytest

from service.web.maps import HEIGHT, WIDTH, Point, load_outlines, project, view_box, world_svg


@pytest.mark.parametrize(
    ("lon", "lat", "x"), [(0, 0, WIDTH / 2), (180, 0, WIDTH), (-180, 0, 0.0), (0, 89, WIDTH / 2)]
)
def test_maps_project_into_the_frame(lon: float, lat: float, x: float) -> None:
    point = project(lon, lat)
    assert point[0] == pytest.approx(x, abs=0.2)
    assert 0 <= point[1] <= HEIGHT


def test_maps_put_north_above_south_and_west_left_of_east() -> None:
    (west, north), (east, south) = project(-100, 50), project(100, -30)
    assert west < east
    assert north < south


def test_maps_draw_all_countries() -> None:
    root = ElementTree.fromstring(world_svg())
    assert len(root) == len(load_outlines()) > 170
    assert {"cr", "ke", "ro"} <= {shape.iso2 for shape in load_outlines()}


def test_maps_show_points_with_a_margin_inside_the_frame() -> None:
    left, top, width, height = map(float, view_box([Point(995, 5, "edge", "")]).split())
    assert (left + width, top) == (WIDTH, 0)
    assert width == 2 * height
