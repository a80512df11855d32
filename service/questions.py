"""The questions that pages offer to start from."""

from importlib.resources import files

from service.web.site import Question


def _title(text: str, key: str) -> str:
    """Return the first comment of a query, which says what it asks."""
    for line in text.splitlines():
        title = line.removeprefix("#").strip()
        if line.startswith("#") and title:
            return title
    return key


def load_questions() -> tuple[Question, ...]:
    """Read the competency questions in order of their names."""
    folder = files("ontology") / "queries"
    if not folder.is_dir():
        return ()
    questions = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".rq"):
            key = file.name.removesuffix(".rq")
            text = file.read_text(encoding="utf-8")
            questions.append(Question(key, _title(text, key), text))
    return tuple(questions)
