"""The tiers, topics, roles and cohorts of which an audience may speak: those that exist."""

from sqlalchemy.ext.asyncio import AsyncSession

from community_bot.errors import Invalid
from community_bot.people.roles import STAFF
from community_bot.resources import audience_queries, audience_rules
from community_bot.resources.audience_rules import Audience, Criterion, Known, spelled
from community_bot.resources.surroundings import Surroundings

_ROLES = {role.value: role.value for role in STAFF}
_MONTHS = 12  # that a refusal names, the newest


async def named(session: AsyncSession, around: Surroundings, audience: Audience) -> Audience:
    """Return an audience that speaks of what exists; a tier may be typed by its name.

    Raises Invalid with the names that exist.
    """
    levels = await around.levels()
    tiers = {
        called.lower(): code
        for code, level in levels.items()
        for called in (code, *("".join(name.split()) for name in level.name.values()))
    }
    topics = {code.lower(): code for code in await audience_queries.topic_codes(session)}
    found = audience_rules.named(audience, Known(tiers=tiers, topics=topics, roles=_ROLES))
    for cohort in audience_rules.cohorts(found):
        await _check(session, around, cohort)
    return found


async def _check(session: AsyncSession, around: Surroundings, cohort: Criterion) -> None:
    """Raise Invalid for days gone by on which nobody joined; those to come may be meant."""
    eyes, one = around.eyes(), Audience((cohort,))
    today = eyes.now.astimezone(eyes.zone).date()
    if cohort.until is None or cohort.until >= today:
        return
    heads = await audience_queries.head_count(session, one, eyes, None)
    if not heads.people:
        begun = await audience_queries.first_days(session, eyes)
        months = sorted({f"{day:%Y-%m}" for day in begun}, reverse=True)
        raise Invalid("audience", "no_cohort", word=spelled(one), known=", ".join(months[:_MONTHS]))
