from corpus.documents import Source
from extract.evaluation.drawing import draw_relations, reading_sheet, relations_table
from extract.records import AssertionStatus, Entity, Extraction, Statement

TEXT = "Otters live in Vesk. Carp do not."


def _extraction() -> Extraction:
    def said(
        subject: str, object_: str, score: float, assertion: AssertionStatus = "affirmed"
    ) -> Statement:
        return Statement(subject, "occursIn", object_, score, assertion, ((0, 20),))

    return Extraction(
        id="t",
        iri="c",
        title="T",
        lang="en",
        text=TEXT,
        source=Source(file="t.md", checksum="sha256:0", media_type="text/markdown"),
        solution="s",
        entities=(
            Entity("otter", "species", "otter", scientific_name="Lutra lutra"),
            Entity("carp", "species", "carp"),
            Entity("vesk", "place", "Vesk"),
        ),
        statements=(
            said("otter", "vesk", 0.8),
            said("carp", "vesk", 0.4),
            said("carp", "vesk", 0.9, "negated"),
            Statement("c", "takesPlaceIn", "vesk", 0.9, evidence=((0, 20),)),
        ),
    )


def test_drawing_takes_relations_that_count_as_facts_and_no_others() -> None:
    drawn = draw_relations([_extraction()], 10, seed=1, threshold=0.5)
    assert [(d.statement.subject, d.statement.object) for d in drawn] == [("otter", "vesk")]


def test_drawing_keeps_wording_out_of_the_table_and_in_the_sheet() -> None:
    drawn = draw_relations([_extraction()], 10, seed=1, threshold=0.5)
    table = relations_table(drawn)
    assert table.splitlines()[1] == "t\t0\t20\toccursIn\totter\tvesk\t\t"
    assert "live" not in table
    assert "otter (Lutra lutra)\tVesk\tOtters live in Vesk." in reading_sheet(drawn)


def test_drawing_draws_the_same_for_a_seed() -> None:
    many = [
        Extraction(**{name: getattr(_extraction(), name) for name in _FIELDS} | {"id": str(number)})
        for number in range(20)
    ]
    first = relations_table(draw_relations(many, 5, seed=1, threshold=0.5))
    assert first == relations_table(draw_relations(many[::-1], 5, seed=1, threshold=0.5))
    assert first != relations_table(draw_relations(many, 5, seed=2, threshold=0.5))


_FIELDS = ("iri", "title", "lang", "text", "source", "solution", "entities", "statements")
