"""Roles, and the actor: a person doing something, with the roles they have at that moment."""

from dataclasses import dataclass
from enum import StrEnum

from community_bot.errors import NotAllowed
from community_bot.storage.unit import Cause


class Role(StrEnum):
    """What somebody may do; staff roles are given, the others follow from the membership."""

    OWNER = "owner"
    FINANCE = "finance"
    ADMIN = "admin"
    MENTOR = "mentor"
    MEMBER = "member"
    GUEST = "guest"


# Roles that are given by a person and kept in the database; owners stand in the configuration.
GIVEN = (Role.FINANCE, Role.ADMIN, Role.MENTOR)
STAFF = frozenset({Role.OWNER, Role.FINANCE, Role.ADMIN, Role.MENTOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who does something.

    `cause` belongs into the unit of work that holds the effects: it marks the update that made
    the person do it as done, in the same transaction.
    """

    member_id: int
    roles: frozenset[Role]
    cause: Cause | None = None

    def has(self, *roles: Role) -> bool:
        """Say whether the actor has one of these roles; an owner has every staff role."""
        if Role.OWNER in self.roles and STAFF.intersection(roles):
            return True
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> None:
        """Raise NotAllowed, naming the roles that would do, unless the actor has one."""
        if not self.has(*roles):
            raise NotAllowed("_or_".join(role.value for role in roles))
