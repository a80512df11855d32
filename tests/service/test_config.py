"""Settings from file, environment and options."""

from pathlib import Path

import pytest

from service.config import Settings, load_settings
from service.errors import ServiceError


def test_config_reads_file_then_environment_then_options(tmp_path: Path) -> None:
    file = tmp_path / "ecoduct.toml"
    file.write_text('port = 1\nhost = "::1"\nreaders = 4\n', encoding="utf-8")
    environ = {"ECODUCT_PORT": "2", "ECODUCT_BASE": "https://eco.test/", "OTHER": "x"}
    settings = load_settings(file, environ=environ, port=3, host=None)
    assert settings == Settings(port=3, host="::1", readers=4, base="https://eco.test/")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "unknown setting colour; known are allow_private"),
        ('port = "many"', "setting port: 'many' is not a valid int"),
        ('base = "https://eco.test"', "must end in a slash"),
        ('default_graph = "union"', "use merged or own"),
        ("port =", "settings file"),
    ],
)
def test_config_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "ecoduct.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ServiceError, match=message):
        load_settings(file, environ={})
