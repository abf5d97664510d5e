"""What a person may do in a chat: what Telegram's apps would not even offer is refused."""

from community_bot.sandbox.facts import Chat, Person
from community_bot.sandbox.world import World


def may_write(world: World, person: Person, chat: Chat) -> bool:
    """Say whether the person may send something there now."""
    if chat.bot is not None:
        return chat.bot.id not in person.blocked
    standing = world.membership(chat, person)
    if not standing.is_present or chat.migrated_to is not None:
        return False
    if standing.status == "restricted":
        return bool(standing.permissions.get("can_send_messages"))
    if chat.is_channel:
        return is_admin(world, person, chat)
    return standing.is_admin or bool(chat.permissions.get("can_send_messages", True))


def is_admin(world: World, person: Person, chat: Chat) -> bool:
    """Say whether the person is an administrator of a group or channel."""
    return not chat.is_private and world.membership(chat, person).is_admin
