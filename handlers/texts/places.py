"""Words about places: what a new one is to be, what is missing there, what was lost."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.membership.facts import Space
from community_bot.membership.notices import PlaceFound, PlaceLost
from handlers.texts.words import GAP, Html, Words, bold, code, lines

# What a space can be, in the order of the buttons.
ROLES = ("members", "course", "announcements", "desk", "archive")
# Rights by the names of the Bot API's ChatMemberAdministrator.
WANTED = {
    "members": (
        "can_invite_users",
        "can_restrict_members",
        "can_delete_messages",
        "can_manage_tags",
    ),
    "course": (
        "can_invite_users",
        "can_restrict_members",
        "can_delete_messages",
        "can_manage_tags",
    ),
    "announcements": ("can_invite_users", "can_post_messages"),
    "desk": ("can_manage_topics", "can_pin_messages"),
    "archive": ("can_post_messages",),
}
# Telegram knows these in channels only: whoever is an administrator of a group may post there.
_OF_CHANNELS = ("can_post_messages",)
_OF_FORUMS = ("can_manage_topics",)


def wanted(of: str, *, is_channel: bool, is_forum: bool) -> list[str]:
    """Return the rights that the bot needs in a place of this role and kind."""
    useless = (*(() if is_channel else _OF_CHANNELS), *(() if is_forum else _OF_FORUMS))
    return [right for right in WANTED.get(of, ()) if right not in useless]


def role(_: Words, of: str) -> str:
    known = {
        "members": _.plain("Members' group"),
        "course": _.plain("Course group"),
        "announcements": _.plain("Announcements"),
        "desk": _.plain("Mentors' desk"),
        "archive": _.plain("Archive"),
    }
    return known.get(of, of)


def right(_: Words, name: str) -> str:
    known = {
        "can_invite_users": _.plain("Invite users via link"),
        "can_restrict_members": _.plain("Ban users"),
        "can_delete_messages": _.plain("Delete messages"),
        "can_manage_tags": _.plain("Manage member tags"),
        "can_post_messages": _.plain("Post messages"),
        "can_manage_topics": _.plain("Manage topics"),
        "can_pin_messages": _.plain("Pin messages"),
    }
    return known.get(name, name)


def place_found(_: Words, told: PlaceFound, _zone: ZoneInfo) -> Html:
    kind = _.plain("channel") if told.is_channel else _.plain("group")
    return lines(
        bold(_("🏠 I was added to a new place")),
        _(
            "{title} ({kind} {number}), by {name}",
            title=bold(told.title),
            kind=kind,
            number=code(told.chat_id),
            name=told.added_by,
        ),
        "",
        _("What is it to be?"),
    )


def place_lost(_: Words, told: PlaceLost, _zone: ZoneInfo) -> Html:
    if told.is_out:
        return _(
            "⚠️ I am no longer in {title}. Nobody's membership changes; "
            "add me again and everything goes on.",
            title=bold(told.title),
        )
    return _(
        "⚠️ I am no longer an admin in {title}: its door stays closed until I am one again.",
        title=bold(told.title),
    )


def bound(
    _: Words, space: Space, missing: Sequence[str], *, public_name: str | None = None
) -> Html:
    """Say what a place is now, what is missing there, and that all the world looks in, if so."""
    parts = [
        _("✅ {title} is now: {role}", title=bold(space.title), role=bold(role(_, space.role)))
    ]
    if missing:
        parts += [
            GAP,
            _("Please make me an admin there with these rights, then tap “Check again”:"),
            *[_("· {right}", right=right(_, name)) for name in missing],
        ]
    if public_name is not None:
        parts += [
            GAP,
            _(
                "⚠️ It is public under @{name}: anybody can read everything in it, members or not. "
                "Make it private in its settings before you post there what members pay for.",
                name=public_name,
            ),
        ]
    return lines(*parts)


def left(_: Words, title: str) -> Html:
    return _("I have left {title}.", title=bold(title))


def places(_: Words, spaces: Sequence[Space]) -> Html:
    if not spaces:
        return lines(
            bold(_("🏠 Places")),
            "",
            _("None yet. Add me to a group or channel as an admin, and I ask you what it is."),
        )
    shown = [
        _("· {title}: {role}", title=space.title, role=role(_, space.role)) for space in spaces
    ]
    return lines(bold(_("🏠 Places")), "", *shown)
