"""Chance, as an argument: codes that people read and tokens that nobody may guess."""

import secrets
from typing import Protocol

# No 0 O 1 I L: people read these aloud and copy them from screenshots.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Ids(Protocol):
    """Makes codes and tokens."""

    def code(self, length: int) -> str:
        """Return a code that a person can read aloud."""

    def token(self) -> str:
        """Return a token of 22 characters that nobody can guess, fit for a deep link."""


class SecureIds:
    """From the machine's own source of chance."""

    def code(self, length: int) -> str:
        return "".join(secrets.choice(READABLE) for _ in range(length))

    def token(self) -> str:
        return secrets.token_urlsafe(16)


class CountingIds:
    """One, two, three: for tests."""

    def __init__(self) -> None:
        self._last = 0

    def code(self, length: int) -> str:
        self._last += 1
        number, digits = self._last, ""
        for _ in range(length):
            number, rest = divmod(number, len(READABLE))
            digits = READABLE[rest] + digits
        return digits

    def token(self) -> str:
        self._last += 1
        return f"token-{self._last:016d}"
