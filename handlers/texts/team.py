"""Words about the staff: who has which role, giving and taking roles."""

from collections.abc import Sequence

from community_bot.people.roles import Role
from community_bot.people.service import Member
from handlers.texts.members import person
from handlers.texts.words import Html, Words, bold, code, lines

Staff = Sequence[tuple[Member, Role]]


def role(_: Words, of: Role) -> str:
    known = {
        Role.OWNER: _.plain("Owner"),
        Role.FINANCE: _.plain("Finance"),
        Role.ADMIN: _.plain("Admin"),
        Role.MENTOR: _.plain("Mentor"),
        Role.MEMBER: _.plain("Member"),
        Role.GUEST: _.plain("Guest"),
    }
    return known[of]


def team(_: Words, staff: Staff) -> Html:
    shown = [
        _("· {name} ({number}): {role}", name=one.name, number=one.member_id, role=role(_, has))
        for one, has in staff
    ]
    return lines(
        bold(_("👥 Staff")),
        "",
        *(shown or [_("Nobody has been given a role yet.")]),
        "",
        _("Tap a role to give it, or a person to take theirs back."),
    )


def person_wanted(_: Words, of: Role) -> Html:
    return lines(
        _("Who becomes {role}?", role=bold(role(_, of))),
        _("Send their @username or number, or forward a message of theirs."),
        _("They must have written to me once."),
    )


def give_sure(_: Words, member: Member, of: Role) -> Html:
    return lines(
        bold(_("Give this role?")),
        person(_, member),
        _("Role: {role}", role=bold(role(_, of))),
        may(_, of),
        _("Compare the number: an @username can change hands."),
    )


def take_sure(_: Words, member: Member, of: Role) -> Html:
    return lines(
        bold(_("Take this role back?")),
        person(_, member),
        _("Role: {role}", role=bold(role(_, of))),
        _("They can do nothing more with it from this moment on."),
    )


def may(_: Words, of: Role) -> Html | None:
    """Say what a role may do."""
    known = {
        Role.FINANCE: _("They see orders and money, approve payments and decide refunds."),
        Role.ADMIN: _("They look after members, money, posts and the groups."),
        Role.MENTOR: _("They are given members' questions and answer them."),
    }
    return known.get(of)


def given(_: Words, member: Member, of: Role) -> Html:
    return _(
        "✅ {name} ({number}) is now: {role}",
        name=member.name,
        number=code(member.member_id),
        role=bold(role(_, of)),
    )


def taken(_: Words, member: Member, of: Role) -> Html:
    return _("{name} is no longer: {role}", name=member.name, role=bold(role(_, of)))
