"""Who looks after money and hears of it; how they are told is the same everywhere."""

from community_bot.people.roles import Role
from community_bot.people.telling import tell

APPROVERS = (Role.FINANCE, Role.ADMIN)

__all__ = ["APPROVERS", "tell"]
