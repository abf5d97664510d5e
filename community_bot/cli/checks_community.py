"""What `doctor` looks at on this side: the database, the calendar, and who looks after money."""

from datetime import datetime

from community_bot.business_time.holidays import china
from community_bot.cli.configuration import reach
from community_bot.cli.findings import Finding, ok, warning, wrong
from community_bot.community import Community
from community_bot.config.loading import Config
from community_bot.errors import ConfigError
from community_bot.people.roles import Role
from community_bot.storage import schema

APPROVERS = (Role.FINANCE, Role.ADMIN)


async def database(community: Community) -> Finding:
    """Look whether the database answers and is at the newest migration."""
    try:
        await reach(community.storage)
    except ConfigError as error:
        return wrong("database", error.wanted, "check database.url, and that its server runs")
    state = await schema.state(community.storage.engines)
    if state.is_newest:
        return ok("database", f"answers and is at {state.newest}")
    return wrong("database", f"{state.told}, not at {state.newest}", state.advice)


def calendar(config: Config, now: datetime) -> Finding:
    """Look whether the public holidays of this year and the next are known."""
    if config.calendar.holidays == "none":
        return ok("calendar", "weekdays only")
    year = now.astimezone(config.community.zone).year
    advice = "`pip install --upgrade chinesecalendar`; it is published each November"
    known_until = china().known_until
    if year > known_until:
        return wrong("calendar", f"the holidays of {year} are unknown", advice)
    if year == known_until:
        return warning("calendar", f"the holidays of {year + 1} are unknown yet", advice)
    return ok("calendar", f"the holidays of {year} and {year + 1} are known")


async def approvers(community: Community) -> Finding:
    """Look whether enough people may approve what this community sells."""
    found = len(await community.people.with_roles(*APPROVERS))
    needed = 2 if _needs_two(community.config) else 1
    seen = f"{found} may approve, {needed} needed"
    if found < needed:
        return wrong("approvals", seen, "give somebody the role of finance in the bot: /admin")
    return ok("approvals", seen)


def payees(config: Config) -> Finding:
    """Look whether people who want to pay are told where."""
    payments = config.payments
    named = payments.manual.payees if payments.manual.enabled else ()
    sells = any(plan.amount for tier in config.tiers for plan in tier.plans)
    if not sells:
        return warning("payments", "nothing is sold", "write [[tiers]] with plans")
    if not (named or payments.stars.enabled or payments.telegram.enabled):
        advice = "write [[payments.manual.payees]], or enable another way under [payments]"
        return wrong("payments", "nobody can pay: no account to transfer to is named", advice)
    return ok("payments", f"{len(named)} payees" if named else "without transfers")


def _needs_two(config: Config) -> bool:
    manual = config.payments.manual
    least = manual.two_people_from
    return manual.enabled and any(
        plan.amount.currency == least.currency and plan.amount.minor >= least.minor
        for tier in config.tiers
        for plan in tier.plans
    )
