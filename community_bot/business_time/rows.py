"""The table of dates that are unlike their weekday, as admins have set them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from community_bot.storage.columns import TelegramId
from community_bot.storage.rows import Row


class CalendarExceptionRow(Row):
    """A date with hours of its own, above weekdays and holidays; without hours it is closed."""

    __tablename__ = "calendar_exceptions"

    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    hours: Mapped[list[str]]
    note: Mapped[str] = mapped_column(sa.String(128))
    set_by: Mapped[TelegramId]
    set_at: Mapped[datetime]
