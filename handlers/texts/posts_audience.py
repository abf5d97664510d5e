"""Whom a post is for, in words."""

from collections.abc import Mapping
from datetime import date

from community_bot.membership.facts import Tier
from community_bot.people.roles import Role
from community_bot.resources.audience_rules import Audience, Criterion, Who
from handlers.texts.faq import topic_name
from handlers.texts.joining import named
from handlers.texts.team import role
from handlers.texts.words import Html, Words

Tiers = Mapping[str, Tier]
STAFF = {Role.MENTOR, Role.FINANCE, Role.ADMIN, Role.OWNER}


def audience(_: Words, of: Audience | None, tiers: Tiers) -> Html:
    """Return a sentence: who must be all of this, and none of that."""
    if of is None:
        return _("nobody in private")
    wanted = _(" and ").join(criterion(_, one, tiers) for one in of.include)
    if not of.exclude:
        return Html(wanted)
    unwanted = _(" or ").join(criterion(_, one, tiers) for one in of.exclude)
    return _("{wanted}, but not: {unwanted}", wanted=Html(wanted), unwanted=Html(unwanted))


def criterion(_: Words, of: Criterion, tiers: Tiers) -> Html:
    """Return one thing that is true of a person."""
    names = _.plain(", ").join(_names(_, of, tiers))
    known = {
        Who.EVERYBODY: _("everybody who has started me"),
        Who.MEMBERS: _("all members"),
        Who.TIERS: _("tier {names}", names=names),
        Who.TOPICS: _("following {names}", names=names),
        Who.LAPSED: _("former members"),
        Who.NEVER_ASKED: _("members who never asked"),
        Who.ROLES: _("staff") if set(of.names) >= STAFF else _("staff: {names}", names=names),
        Who.NEVER_OPENED: _("never opened anything"),
        Who.EXPIRING: _.count("ending within a day", "ending within {n} days", of.days),
        Who.PEOPLE: _.count("one named person", "{n} named people", len(of.people)),
    }
    return known.get(of.who) or _joined(_, of.since, of.until)


def _joined(_: Words, since: date | None, until: date | None) -> Html:
    if until is None:
        return _("joined since {day}", day=str(since or "–"))
    if since is None:
        return _("joined until {day}", day=str(until))
    return _("joined from {first} to {last}", first=str(since), last=str(until))


def _names(_: Words, of: Criterion, tiers: Tiers) -> list[str]:
    if of.who is Who.TIERS:
        return [named(_, tiers[one].name) if one in tiers else one for one in of.names]
    if of.who is Who.TOPICS:
        return [topic_name(_, one) for one in of.names]
    roles = {one.value: one for one in Role}
    return [role(_, roles[one]) if one in roles else one for one in of.names]
