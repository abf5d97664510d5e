"""Who is asked to look at an entry: whoever looks after it, and those who stand in for them."""

from collections.abc import Mapping, Sequence

from community_bot.delivery.letters import Promise
from community_bot.delivery.service import Outbox
from community_bot.faq.access import EDITORS
from community_bot.faq.facts import Entry
from community_bot.faq.notices import ReviewsWanted, ReviewWanted
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
        asked = await self.asked(unit, entry, why, is_late=is_late, ticket_id=ticket_id)
        await self._outbox.put(
            unit,
            *(
                Promise(
                    wanted,
                    chat_id=member_id,
                    member_id=member_id,
                    once_key=f"{once_key}:{member_id}",
                )
                for member_id, wanted in asked.items()
            ),
        )

    async def asked(
        self,
        unit: Unit,
        entry: Entry,
        why: Doubted,
        *,
        is_late: bool = False,
        ticket_id: int | None = None,
    ) -> Mapping[int, ReviewWanted]:
        """Return what each of them is to be asked."""
        told = await self._told(unit, entry, is_late=is_late)
        question, verified_at = entry.content.question, entry.verified_at
        return {
            member_id: ReviewWanted(
                entry.entry_id, question, why, verified_at, owner_name, ticket_id
            )
            for member_id, owner_name in told.items()
        }

    async def ask_together(self, unit: Unit, wanted: Sequence[Mapping[int, ReviewWanted]]) -> None:
        """Ask each person once: about one entry in full, about several by a list of them."""
        lists: dict[int, list[ReviewWanted]] = {}
        for asked in wanted:
            for member_id, one in asked.items():
                lists.setdefault(member_id, []).append(one)
        await self._outbox.put(
            unit,
            *(
                Promise(_gathered(several), chat_id=member_id, member_id=member_id)
                for member_id, several in lists.items()
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


def _gathered(several: Sequence[ReviewWanted]) -> ReviewWanted | ReviewsWanted:
    if len(several) == 1:
        return several[0]
    return ReviewsWanted(tuple((one.entry_id, one.question) for one in several))
