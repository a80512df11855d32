import pytest

from service.web.downloads import csv_response, json_response


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_downloads_keep_spreadsheets_from_running_text(text: str) -> None:
    assert f"'{text}" in csv_response(("a",), [{"a": text}]).get_data(as_text=True)


def test_downloads_quote_as_csv_does_and_keep_accents() -> None:
    rows = [{"a": 'é "q", x', "b": 0.5}, {"a": "y"}]
    assert (
        csv_response(("a", "b"), rows).get_data(as_text=True) == 'a,b\r\n"é ""q"", x",0.5\r\ny,\r\n'
    )
    assert json_response([{"a": "é"}]).get_data(as_text=True) == '[\n {\n  "a": "é"\n }\n]'
