"""What the command menu says."""

from handlers.texts.words import Words


def start(_: Words) -> str:
    return _.plain("Home")


def join(_: Words) -> str:
    return _.plain("Plans and prices")


def ask(_: Words) -> str:
    return _.plain("Ask a mentor")


def tickets(_: Words) -> str:
    return _.plain("My questions")


def me(_: Words) -> str:
    return _.plain("My membership, orders and doors")


def refund(_: Words) -> str:
    return _.plain("Give something back")


def members(_: Words) -> str:
    return _.plain("Find a member")


def privacy(_: Words) -> str:
    return _.plain("What is known of me")


def refunds(_: Words) -> str:
    return _.plain("Refund requests")


def faq(_: Words) -> str:
    return _.plain("Questions and answers")


def library(_: Words) -> str:
    return _.plain("Library: updates, files, courses")


def partners(_: Words) -> str:
    return _.plain("Partners, and being introduced to them")


def help_(_: Words) -> str:
    return _.plain("What I can do")


def settings(_: Words) -> str:
    return _.plain("Language, news and quiet hours")


def terms(_: Words) -> str:
    return _.plain("Terms")


def paysupport(_: Words) -> str:
    return _.plain("Help with payments")


def orders(_: Words) -> str:
    return _.plain("Orders waiting for a check")


def queue(_: Words) -> str:
    return _.plain("Tickets that wait")


def mine(_: Words) -> str:
    return _.plain("My tickets")


def duty(_: Words) -> str:
    return _.plain("When I am on duty")


def snippets(_: Words) -> str:
    return _.plain("FAQ and snippets")


def desk(_: Words) -> str:
    return _.plain("Questions: figures, mentors, hours")


def kb(_: Words) -> str:
    return _.plain("Write and check the FAQ")


def post(_: Words) -> str:
    return _.plain("Send updates to members and groups")


def schedule(_: Words) -> str:
    return _.plain("What goes out when")


def stats(_: Words) -> str:
    return _.plain("Members, money, questions, updates in figures")


def trust(_: Words) -> str:
    return _.plain("The community in figures")


def audit(_: Words) -> str:
    return _.plain("The journal: who changed what, and why")


def reload(_: Words) -> str:
    return _.plain("Take over changed tiers and plans")


def admin(_: Words) -> str:
    return _.plain("Staff home")


def description(_: Words, community: str) -> str:
    """Return what an empty chat shows, at most 512 characters (Bot API, setMyDescription)."""
    return _.plain(
        "{community}: memberships, questions to mentors and updates for cross-border sellers. "
        "Prices, promises and the refund rule are shown before you pay.",
        community=community,
    )
