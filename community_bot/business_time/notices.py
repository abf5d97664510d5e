"""What the room tells people about the calendar."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice


@notice("holidays_unknown")
@dataclass(frozen=True, slots=True)
class HolidaysUnknown:
    """To owners: the holidays of a year are not in the program; `entered` dates are by hand."""

    year: int
    entered: int
