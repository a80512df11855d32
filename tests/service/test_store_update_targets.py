import pytest

from service.store.update_targets import UpdateTargets, find_targets

G, H = "https://data.test/g", "https://data.test/h"
T = "{ <urn:a:s> <urn:a:p> 'GRAPH <urn:x> { }' }"


@pytest.mark.parametrize(
    ("text", "default", "graphs"),
    [
        ("", False, ()),
        (f"INSERT DATA {{ GRAPH <{G}> {T} }}", False, (G,)),
        (f"INSERT DATA {T}", True, ()),
        (f"INSERT DATA {{ GRAPH <{G}> {T} . }} ;", False, (G,)),
        (
            f"PREFIX x: <https://data.test/> DROP GRAPH x:g ; CLEAR SILENT GRAPH <{H}>",
            False,
            (G, H),
        ),
        ("BASE <https://data.test/> DROP GRAPH <g>", False, (G,)),
        ("DROP GRAPH <g>", False, None),
        ("DROP GRAPH x:g", False, None),
        ("DROP ALL", False, None),
        ("CLEAR NAMED", False, None),
        ("CLEAR DEFAULT", True, ()),
        (f"CREATE GRAPH <{G}>", False, (G,)),
        (f"COPY <{G}> TO <{H}>", False, (H,)),
        (f"COPY DEFAULT TO <{H}>", False, (H,)),
        (f"MOVE GRAPH <{G}> TO GRAPH <{H}>", False, (G, H)),
        (f"MOVE DEFAULT TO <{H}>", True, (H,)),
        (f"ADD <{G}> TO DEFAULT", True, ()),
        (f"LOAD <{G}> INTO GRAPH <{H}>", False, (H,)),
        (f"LOAD SILENT <{G}>", True, ()),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} INSERT {T} WHERE {{ ?s ?p ?o }}", False, (G,)),
        (f"WITH <{G}> DELETE {{ GRAPH <{H}> {{ ?s ?p ?o }} }} WHERE {{ }}", False, (H,)),
        ("DELETE WHERE { ?s ?p ?o }", True, ()),
        (f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}", False, (G,)),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", False, None),
        (
            f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} USING <{H}> USING NAMED <{H}> "
            "WHERE { { ?s ?p ?o } GRAPH ?g { ?s ?p ?o } }",
            False,
            (G,),
        ),
        (f"INSERT {{ ?s ?p ?o }} USING <{H}> WHERE {{ ?s ?p ?o }}", True, ()),
        (f"# INSERT DATA {{ x }}\nDROP GRAPH <{G}>", False, (G,)),
        (r"DROP GRAPH <https://data.test/\u0067>", False, (G,)),
        (f"INSERT DATA {{ GRAPHx:g {T} }}", True, None),
        ("LOAD <urn:a:b> INTO", False, None),
        (f"INSERT DATA {{ GRAPH <{G}> {{", False, None),
    ],
)
def test_update_targets_are_told_from_tokens(
    text: str, default: bool, graphs: tuple[str, ...] | None
) -> None:
    assert find_targets(text) == UpdateTargets(default=default, graphs=graphs)


def test_update_targets_resolve_against_the_base_given() -> None:
    assert find_targets("DROP GRAPH <g>", base="https://data.test/x").graphs == (G,)
