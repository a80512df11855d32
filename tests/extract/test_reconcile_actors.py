from extract.reconcile.actors import ActorLinker, ActorNamed
from ontology.gazetteer.rows import NameHit, OrganisationRow
from ontology.namespaces import Minter

MINTER = Minter("https://test.invalid/")
ROWS = (
    OrganisationRow(
        0,
        "moe-pe",
        "Ministry of Fens of Peru",
        "MOF",
        "government",
        "10",
        "government",
        "PE",
        "Q1",
        "",
        "",
    ),
    OrganisationRow(
        1,
        "moe-cl",
        "Ministry of Fens of Chile",
        "MOF",
        "government",
        "10",
        "government",
        "CL",
        "Q2",
        "",
        "",
    ),
    OrganisationRow(
        2,
        "fen-trust",
        "Fen Trust",
        "FT",
        "ngo",
        "22",
        "nonprofit",
        "",
        "",
        "https://ror.org/01abc0d23",
        "",
    ),
)


def _linker(*countries: str) -> ActorLinker:
    def names(key: str) -> tuple[NameHit, ...]:
        return ()

    return ActorLinker(MINTER, names, ROWS.__getitem__, countries)


def test_reconcile_actors_chooses_the_body_of_the_texts_country() -> None:
    link = _linker("CL", "BR").link(ActorNamed("Ministry of Fens", "government", rows=(0, 1)))
    assert link.entity.iri == MINTER.actor("moe-cl")
    assert link.entity.exact_match == ("http://www.wikidata.org/entity/Q2",)
    assert [(c.iri, c.match) for c in link.candidates] == [
        (MINTER.actor("moe-pe"), False),
        (MINTER.actor("moe-cl"), True),
    ]


def test_reconcile_actors_offers_candidates_where_none_is_sure() -> None:
    link = _linker("BR").link(ActorNamed("Ministry of Fens", "government", rows=(0, 1)))
    assert link.entity.iri == MINTER.actor("ministry-of-fens-br")
    assert [c.match for c in link.candidates] == [False, False]


def test_reconcile_actors_carries_identifiers_and_other_names() -> None:
    entity = _linker().link(ActorNamed("the Fen Trust", "other", rows=(2,))).entity
    assert entity.exact_match == ("https://ror.org/01abc0d23",)
    assert entity.actor_type == "ngo"
    assert entity.alt_labels == ("FT", "the Fen Trust")


def test_reconcile_actors_mints_by_name_alone_where_no_row_is_known() -> None:
    one = _linker("PE").link(ActorNamed("Reed & Sons", "private")).entity
    two = _linker("CL").link(ActorNamed("Reed & Sons", "private")).entity
    assert one == two
    assert one.iri == MINTER.actor("reed-sons")


def test_reconcile_actors_describes_groups_and_projects() -> None:
    group = _linker().link(ActorNamed("local fisher", "community", named=False)).entity
    assert (group.iri, group.named) == (MINTER.actor("group-local-fisher"), False)
    project = _linker().project(ActorNamed("Living Fens", "other", alternates=("LF",)))
    assert (project.iri, project.kind) == (MINTER.project("living-fens"), "project")
    assert project.alt_labels == ("LF",)
