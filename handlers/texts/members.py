"""Words about members as staff see them: the search, the card, and what is done by hand."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.billing.cards import Card, Entry
from community_bot.membership.facts import Entitlement, Plan, Tier
from community_bot.membership.grants import Prospect
from community_bot.membership.rules import Phase, Source
from community_bot.people.service import Member
from handlers.texts.figures import day, moment, money
from handlers.texts.joining import named, plan_name, state
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST_OF_REASON = 300
MOST = 6  # lines of each kind: a card has to fit into one message


def search_wanted(_: Words) -> Html:
    return lines(
        bold(_("👤 Members")),
        _("Whom are you looking for? Type a name, an @username, a number or an order code."),
    )


def found(_: Words, people: Sequence[Member]) -> Html:
    if not people:
        return _("I found nobody. Type another name, @username, number or order code.")
    return _("Tap a person, or type another name.")


def card(_: Words, of: Card, names: Mapping[int, str], zone: ZoneInfo) -> Html:
    """Everything about one person that staff need when they write."""
    username = f"@{of.member.username}" if of.member.username else "–"
    tier = named(_, of.standing.tier.name) if of.standing.tier else _.plain("Guest")
    return lines(
        bold(of.member.name),
        _("{username} · {number}", username=username, number=code(of.member.member_id)),
        _("{tier}: {phase}", tier=bold(tier), phase=phase(_, of.standing.phase)),
        _("Last seen {moment}", moment=moment(of.member.seen_at, zone, _.locale)),
        *_block(bold(_("Rights")), [_right(_, one, zone) for one in of.standing.entitlements]),
        *_block(
            bold(_("Orders")),
            [
                _(
                    "· {code} · {due} · {state}",
                    code=code(one.code),
                    due=money(one.due, _.locale),
                    state=state(_, one.state),
                )
                for one in reversed(of.orders)
            ],
        ),
        *_block(
            bold(_("Refunds")),
            [
                _("· No. {number}, order {code}", number=one.case_id, code=code(one.order_code))
                for one in reversed(of.cases)
            ],
        ),
        *_block(bold(_("Journal")), [_entry(_, one, names, zone) for one in of.entries]),
    )


def _block(heading: Html, shown: Sequence[Html]) -> list[Html]:
    return [GAP, heading, *shown[-MOST:]] if shown else []


def _right(_: Words, of: Entitlement, zone: ZoneInfo) -> Html:
    until = day(of.ends_at, zone, _.locale) if of.ends_at else _.plain("for life")
    facts = {
        "number": of.entitlement_id,
        "tier": of.tier_code,
        "since": day(of.starts_at, zone, _.locale),
        "until": until,
        "source": source(_, of.source),
    }
    if of.revoked_at is not None:
        return _("· #{number} {tier}, {since} to {until} ({source}), ended", **facts)
    return _("· #{number} {tier}, {since} to {until} ({source})", **facts)


def _entry(_: Words, of: Entry, names: Mapping[int, str], zone: ZoneInfo) -> Html:
    by = names.get(of.actor_id, str(of.actor_id)) if of.actor_id else _.plain("the program")
    return _(
        "· {moment} {by}: {action} {reason}",
        moment=moment(of.at, zone, _.locale),
        by=by,
        action=of.action,
        reason=(of.reason or "")[:80],
    )


def phase(_: Words, of: Phase) -> str:
    known = {
        Phase.GUEST: _.plain("no membership yet"),
        Phase.TRIAL: _.plain("on trial"),
        Phase.ACTIVE: _.plain("active"),
        Phase.EXPIRING: _.plain("ends soon"),
        Phase.GRACE: _.plain("in grace"),
        Phase.LAPSED: _.plain("ended"),
    }
    return known[of]


def source(_: Words, of: Source) -> str:
    known = {
        Source.ORDER: _.plain("bought"),
        Source.TRIAL: _.plain("trial"),
        Source.GIFT: _.plain("gift"),
        Source.CODE: _.plain("code"),
        Source.GRANT: _.plain("given by staff"),
        Source.IMPORT: _.plain("imported"),
        Source.TRANSFER: _.plain("moved"),
        Source.REFERRAL: _.plain("for a recommendation"),
    }
    return known[of]


def plan_wanted(_: Words, name: str) -> Html:
    return _("What shall {name} be given?", name=bold(name))


def grant_reason_wanted(_: Words, name: str, plan: Plan, tier: Tier) -> Html:
    return _(
        "{plan} for {name}: why? Type it; they read it too.",
        plan=plan_name(_, plan, tier),
        name=bold(name),
    )


def end_reason_wanted(_: Words, name: str, number: int) -> Html:
    return _(
        "Right #{number} of {name} ends at once. Why? Type it; they read it too.",
        number=number,
        name=bold(name),
    )


def account_wanted(_: Words, name: str) -> Html:
    return lines(
        _("To which account shall the memberships of {name} go?", name=bold(name)),
        _("Type the number of the new account, then the reason in the same message."),
        _("The new account must have written to me once."),
    )


def give_sure(_: Words, member: Member, of: Prospect, reason: str, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Give this membership?")),
        person(_, member),
        _term(_, of, zone),
        _("Reason: {reason}", reason=reason[:MOST_OF_REASON]),
        _("They are told of it, with the reason."),
    )


def end_sure(_: Words, member: Member, of: Prospect, reason: str, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("End this membership?")),
        person(_, member),
        _term(_, of, zone),
        _("Reason: {reason}", reason=reason[:MOST_OF_REASON]),
        _("It ends at once, no money goes back by it, and they are told why."),
    )


def move_sure(
    _: Words, old: Member, new: Member, of: Sequence[Prospect], reason: str, zone: ZoneInfo
) -> Html:
    return lines(
        bold(_("Move these memberships?")),
        _("From: {person}", person=person(_, old)),
        _("To: {person}", person=person(_, new)),
        *[_term(_, one, zone) for one in of[:MOST]],
        _("Reason: {reason}", reason=reason[:MOST_OF_REASON]),
        _("The old account loses its doors at once; both are told."),
    )


def person(_: Words, of: Member) -> Html:
    """Name a person so that nobody is taken for somebody else."""
    username = f"@{of.username}" if of.username else "–"
    return _(
        "{name} · {username} · {number}",
        name=bold(of.name),
        username=username,
        number=code(of.member_id),
    )


def _term(_: Words, of: Prospect, zone: ZoneInfo) -> Html:
    until = day(of.ends_at, zone, _.locale) if of.ends_at else _.plain("for life")
    since = day(of.starts_at, zone, _.locale)
    return _(
        "{tier}, {since} to {until}", tier=bold(named(_, of.tier.name)), since=since, until=until
    )


def moved(_: Words, count: int) -> Html:
    return _.count(
        "✅ {n} right has been moved; both accounts have been told.",
        "✅ {n} rights have been moved; both accounts have been told.",
        count,
    )


def granted(_: Words, of: Entitlement, zone: ZoneInfo) -> Html:
    if of.ends_at is None:
        return _("✅ Given for life. They have been told.")
    return _(
        "✅ Given through {day}. They have been told.", day=bold(day(of.ends_at, zone, _.locale))
    )


def ended(_: Words) -> Html:
    return _("✅ The right has ended. They have been told.")
