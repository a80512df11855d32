"""Rewrite what the engine would answer wrongly, where a rewriting means the same."""

from service.sparql.tokenizer import may_hold, tokenize


def repair_aggregates(text: str) -> str:
    """Wrap GROUP_CONCAT in STR: its answer has no language, but the engine keeps one."""
    if not may_hold(text, "GROUP_CONCAT"):
        return text
    tokens = list(tokenize(text))
    parts, position = [], 0
    for at, token in enumerate(tokens[:-1]):
        if token.kind != "word" or token.text.upper() != "GROUP_CONCAT":
            continue
        depth = 0
        for closing in tokens[at + 1 :]:
            depth += {"(": 1, ")": -1}.get(closing.text, 0)
            if depth == 0:
                break
        if depth or tokens[at + 1].text != "(":
            return text
        parts += [text[position : token.start], "STR(", text[token.start : closing.start + 1], ")"]
        position = closing.start + 1
    return "".join(parts) + text[position:]
