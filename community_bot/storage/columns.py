"""Column types of our own: times that keep their zone, enums by value, and 64-bit ids."""

from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC; SQLite by itself would drop the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which zone it is in")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[Enum]) -> list[str]:
    return [str(member.value) for member in members]


# Names of states are stored by value in plain text: a native enum is painful to change.
STATE = sa.Enum(
    Enum, native_enum=False, values_callable=_values, length=32, create_constraint=False
)

# Telegram's ids exceed 32 bits (core.telegram.org/bots/api#user).
TelegramId = Annotated[int, mapped_column(sa.BigInteger)]
Key = Annotated[int, mapped_column(sa.Integer, primary_key=True, autoincrement=True)]
Name = Annotated[str, mapped_column(sa.String(64))]
Facts = dict[str, Any]
