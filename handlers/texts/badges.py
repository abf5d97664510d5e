"""Words beside a name in a group: at most 16 characters, without emoji (setChatMemberTag)."""

from handlers.texts.words import Words


def of_role(_: Words, role: str) -> str:
    known = {"admin": _.plain("Admin"), "mentor": _.plain("Mentor")}
    return known.get(role, "")
