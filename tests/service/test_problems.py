import pytest

from service.errors import (
    BusyError,
    QuerySyntaxError,
    ServiceError,
    StoreUnavailableError,
    UncertainWriteError,
)
from service.problems import explain


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ServiceError("cannot open '/srv/data/store/1.sst'"), "cannot open '(a file)'"),
        (ServiceError("/srv/data/x.nq: no such file"), "(a file): no such file"),
        (StoreUnavailableError("/srv/data: gone"), "the store cannot be read or written just now"),
        (BusyError("too many queries wait"), "too many queries wait"),
        (UncertainWriteError("look before you repeat it"), "look before you repeat it"),
        (ServiceError("<http://data.test/a/b> is bad"), "<http://data.test/a/b> is bad"),
        (QuerySyntaxError("error at 2:7: expected ?s a/b/c"), "line 2, column 7: expected ?s"),
    ],
)
def test_problems_tell_no_file_of_the_machine(error: ServiceError, text: str) -> None:
    said = explain(error)
    assert text in said
    assert "/srv" not in said
