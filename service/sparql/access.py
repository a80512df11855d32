"""Let only those write who send a token that allows it."""

from dataclasses import dataclass
from http import HTTPStatus

from werkzeug import Request

from service.problems import ProblemError
from service.store.operations import Writer
from service.store.tokens import TokenStore

CHALLENGE = 'Bearer realm="ecoduct"'


@dataclass(frozen=True, slots=True)
class WriteAccess:
    """Hold what writes and who may; an application without it only reads."""

    writer: Writer
    tokens: TokenStore


def require_scope(access: WriteAccess | None, request: Request, scope: str) -> WriteAccess:
    """Return the access of a request whose token covers the scope; raise ProblemError else."""
    if access is None:
        raise ProblemError(HTTPStatus.FORBIDDEN, "this service only reads")
    header = request.headers.get("Authorization", "")
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer":
        raise ProblemError(
            HTTPStatus.UNAUTHORIZED,
            "writing needs the header 'Authorization: Bearer TOKEN'; "
            "whoever runs this service makes one with 'ecoduct token add'",
            {"WWW-Authenticate": CHALLENGE},
        )
    token = access.tokens.check(text.strip())
    if token is None:
        raise ProblemError(
            HTTPStatus.UNAUTHORIZED,
            "this token is not known here (any more)",
            {"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'},
        )
    if not token.allows(scope):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            f"this token allows {', '.join(token.scopes)}; what you ask needs {scope}",
            {"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'},
        )
    return access
