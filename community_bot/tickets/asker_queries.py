"""SQL that tells other rooms who has ever asked."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from community_bot.tickets.rows import TicketRow


def has_asked(
    member_id: sa.ColumnElement[int] | InstrumentedAttribute[int],
) -> sa.ColumnElement[bool]:
    """Say of a column of members whether each has ever had a ticket."""
    return sa.exists().where(TicketRow.member_id == member_id)
