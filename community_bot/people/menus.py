"""Menus: which commands a person is shown, by their roles and the language they read."""

from collections.abc import Collection

from community_bot import __version__
from community_bot.delivery.acts import ShowMenu
from community_bot.delivery.lanes import Lane
from community_bot.delivery.letters import Promise
from community_bot.delivery.rules import Doubt
from community_bot.people.roles import Role


def menu_of(member_id: int, locale: str, roles: Collection[Role], *, again: str = "") -> Promise:
    """Promise a person the menu of their roles, once for each release and each change.

    Somebody who has not opened the chat yet cannot be shown one: it is kept for when they do.
    """
    names = tuple(sorted(role.value for role in roles))
    key = f"menu:{member_id}:{locale}:{','.join(names)}:{__version__}:{again}"
    return Promise(
        ShowMenu(chat_id=member_id, locale=locale, roles=names),
        chat_id=member_id,
        member_id=member_id,
        lane=Lane.NOTICE,
        once_key=key,
        doubt=Doubt.REPEAT,
    )
