"""Who is asked to look at an entry: whoever looks after it, and those who stand in for them."""

from collections.abc import Mapping

from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.faq.access import EDITORS
from community_bot.faq.facts import Entry
from community_bot.faq.notices import ReviewWanted
from community_bot.faq.rules import Doubted
from community_bot.people.roles import Role
from community_bot.people.service import People
from community_bot.storage.unit import Unit


class Keepers:
    """Asks people whether an answer still holds."""

    def __init__(self, *, outbox: Outbox, people: People) -> None:
        self._outbox = outbox
        self._people = people

    async def ask(
        self,
        unit: Unit,
        entry: Entry,
        why: Doubted,
        *,
        once_key: str,
        is_late: bool = False,
        ticket_id: int | None = None,
    ) -> None:
        """Ask the owner; where they are late, or not on the staff any more, the lead as well."""
        told = await self._told(unit, entry, is_late=is_late)
        await self._outbox.put(
            unit,
            *(
                Promise(
                    ReviewWanted(
                        entry.entry_id,
                        entry.content.question,
                        why,
                        entry.verified_at,
                        owner_name,
                        ticket_id,
                    ),
                    chat_id=member_id,
                    member_id=member_id,
                    once_key=f"{once_key}:{member_id}",
                )
                for member_id, owner_name in told.items()
            ),
        )

    async def _told(self, unit: Unit, entry: Entry, *, is_late: bool) -> Mapping[int, str | None]:
        """Return who is asked, with the owner's name for those who stand in for one."""
        editors = await self._people.with_roles_in(unit.session, *EDITORS)
        owner_id = entry.owner_id if entry.owner_id in editors else None
        is_led = is_late or owner_id is None
        leads = await self._people.with_roles_in(unit.session, Role.ADMIN) if is_led else []
        name = entry.owner_name if owner_id is not None else None
        told: dict[int, str | None] = dict.fromkeys(leads, name)
        return told if owner_id is None else told | {owner_id: None}
