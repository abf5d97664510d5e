"""How Telegram says no: a code, a description and sometimes what to do instead."""

from typing import Any


class Refused(Exception):
    """A call that Telegram refuses; nothing was changed."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:  # noqa: ANN401  JSON
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def wire(self) -> dict[str, Any]:
        return {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
            **({"parameters": self.parameters} if self.parameters else {}),
        }


def bad(reason: str) -> Refused:
    """Return a refusal of the request itself."""
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """Return a refusal of the bot."""
    return Refused(403, f"Forbidden: {reason}")
