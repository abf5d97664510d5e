"""The nightly audit: once a day, in the quiet hours, and told to those whom it concerns."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TypeAlias

from community_bot.billing import auditor as billing
from community_bot.billing.audit_notices import AuditFound
from community_bot.billing.telling import tell
from community_bot.community import Community
from community_bot.people.roles import Role
from community_bot.storage import journal
from community_bot.tickets import auditor as tickets

AT = time(3, 30)  # in the community's time zone, when nobody buys and nobody is removed
NAMED = 20  # places that one notice names; it counts the others
INVARIANTS = {**billing.INVARIANTS, **tickets.INVARIANTS}

Finding: TypeAlias = billing.Finding | tickets.TicketFinding


class Audits:
    """A chore: safe to run twice, for the journal says of which nights the audit was done."""

    def __init__(self, community: Community) -> None:
        self._community = community

    async def nightly(self) -> list[Finding] | None:
        """Audit once a night, or as soon as the program runs again; None where it was done."""
        community = self._community
        now = community.clock.now()
        night = night_of(now.astimezone(community.config.community.zone)).isoformat()
        async with community.storage.read() as session:
            if await journal.entries_of(session, "audit", night):
                return None
        findings = await audited(community)
        async with community.storage.work() as unit:
            for found in _by_invariant(findings):
                role = Role.ADMIN if found.invariant in tickets.INVARIANTS else Role.FINANCE
                told = await community.people.with_roles_in(unit.session, role)
                key = f"audit:{found.invariant}:{night}"
                await tell(community.outbox, unit, told, found, key=key)
            await journal.record(
                unit,
                at=now,
                actor_id=None,
                action="audit",
                subject="audit",
                subject_key=night,
                after={"findings": len(findings)},
            )
            await unit.commit()
        return findings


async def audited(community: Community) -> list[Finding]:
    """Check every invariant of every room."""
    return [*await community.auditor.audit(), *await community.tickets.auditor.audit()]


def night_of(local: datetime) -> date:
    """Return the day whose audit was due last."""
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def _by_invariant(findings: Iterable[Finding]) -> Iterator[AuditFound]:
    for invariant, grouped in groupby(findings, key=lambda finding: finding.invariant):
        found = list(grouped)
        keys = tuple(finding.key for finding in found[:NAMED])
        yield AuditFound(invariant, found[0].what, keys, len(found))
