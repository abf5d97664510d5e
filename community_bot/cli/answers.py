"""The questions of `init`, and what is an answer to each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from community_bot.config.sections import TOKEN
from community_bot.errors import ConfigError
from community_bot.storage.engines import parse_url
from handlers.texts import cli as texts
from handlers.texts.words import Words

LONGEST_NAME = 64


class Unusable(Exception):
    """An answer that cannot be used; says so in words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its words, the words for a wrong answer, and the answer as TOML takes it."""

    name: str
    ask: Callable[[Words], str]
    wrong: Callable[[Words], str]
    read: Callable[[str], str | int | None]
    default: str | None = None

    def answer(self, _: Words, typed: str) -> str | int:
        """Return the answer; raises Unusable with the words for it."""
        found = self.read(typed.strip())
        if found is None:
            raise Unusable(self.wrong(_))
        return found


def _token(typed: str) -> str | None:
    return typed if TOKEN.fullmatch(typed) else None


def _owner(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"[1-9][0-9]{0,18}", typed) else None


def _name(typed: str) -> str | None:
    return typed if 0 < len(typed) <= LONGEST_NAME and typed.isprintable() else None


def _zone(typed: str) -> str | None:
    try:
        ZoneInfo(typed)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return typed


def _database(typed: str) -> str | None:
    """Accept a path as well: people know files, not addresses of databases."""
    url = typed if "://" in typed else f"sqlite:///{typed}"
    try:
        parsed = parse_url(url)
    except ConfigError:
        return None
    return url if parsed.database else None


TOKEN_QUESTION = Question("token", texts.ask_token, texts.wrong_token, _token)
QUESTIONS = (
    TOKEN_QUESTION,
    Question("owner", texts.ask_owner, texts.wrong_owner, _owner),
    Question("name", texts.ask_name, texts.wrong_name, _name),
    Question("timezone", texts.ask_zone, texts.wrong_zone, _zone, "Asia/Shanghai"),
    Question("database", texts.ask_database, texts.wrong_database, _database, "data/community.db"),
)
