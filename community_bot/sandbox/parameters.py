"""What a call carries: form fields, JSON or multipart, read as leniently as Telegram reads them."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from community_bot.sandbox.refusals import bad

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime_type: str
    data: bytes


class Parameters:
    """The named values of one call."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read a number; what is none counts as the default, as in the official server."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float:
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            raise bad(f"{name} is empty") from None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or (value is not None and str(value).strip().lower() in _TRUE)

    def json(self, name: str, what: str = "") -> Any:  # noqa: ANN401  JSON
        """Read a value that may be an object or a list; None where nothing was said."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what or name} JSON object") from None


async def read(request: web.Request) -> Parameters:
    """Read the parameters from the address and from the body, whatever its form."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if request.method == "GET" or not request.can_read_body:
        return Parameters(values)
    if kind == "application/json":
        return Parameters(values | _object(await request.read()))
    if kind == "multipart/form-data":
        return await _multipart(request, values)
    body = (await request.read()).decode()
    values.update(parse_qsl(body, keep_blank_values=True))
    return Parameters(values)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse request JSON object")
    return found


async def _multipart(request: web.Request, values: dict[str, Any]) -> Parameters:
    uploads: dict[str, Upload] = {}
    for name, field in (await request.post()).items():
        if isinstance(field, FileField):
            uploads[name] = Upload(field.filename, field.content_type, field.file.read())
        else:
            values[name] = field
    return Parameters(values, uploads)
