"""Keys of the first screen, settings and the way home."""

from telegram import InlineKeyboardMarkup

from community_bot.people.roles import Actor, Role
from handlers.keyboards.making import press, rows, visit
from handlers.texts.home import LANGUAGES
from handlers.texts.words import Words


def home(_: Words, actor: Actor) -> InlineKeyboardMarkup:
    """Return what this person can do, most wanted first."""
    joins = press(_.plain("💎 Plans and prices"), "join", "offers")
    mine = press(_.plain("👤 My membership"), "me", "show")
    return rows(
        [joins, mine],
        [
            press(_.plain("🙋 Ask a mentor"), "ask", "begin"),
            press(_.plain("📋 My questions"), "questions", "list", 0),
        ],
        [press(_.plain("📚 Questions and answers"), "faq", "topics")],
        [
            press(_.plain("📂 Library"), "library", "home"),
            press(_.plain("🤝 Partners"), "partners", "home"),
        ],
        [
            press(_.plain("❓ Help"), "home", "help"),
            press(_.plain("⚙️ Settings"), "home", "settings"),
        ],
        [press(_.plain("🛠 Staff"), "home", "staff")] if actor.has(*STAFF_ROLES) else None,
        [
            press(_.plain("🎫 Tickets"), "queue", "list", "unclaimed", 0),
            press(_.plain("🕘 My hours"), "duty", "show"),
            press(_.plain("📚 The FAQ"), "kb", "home"),
        ]
        if actor.has(Role.MENTOR)
        else None,
    )


MONTH = 30  # days of the figures that are shown first
STAFF_ROLES = (Role.ADMIN, Role.FINANCE, Role.OWNER)


def staff(_: Words, actor: Actor) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("📣 Posts"), "post", "home"),
            press(_.plain("📅 Schedule"), "schedule", "home"),
        ]
        if actor.has(Role.ADMIN)
        else None,
        [press(_.plain("🤝 Partners and introductions"), "partnerdesk", "home")]
        if actor.has(Role.ADMIN)
        else None,
        [
            press(_.plain("📊 Figures"), "stats", "over", MONTH),
            *([press(_.plain("🧑‍🏫 The desk"), "office", "home")] if actor.has(Role.ADMIN) else []),
        ],
        [press(_.plain("💰 Orders waiting"), "orders", "waiting")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [press(_.plain("📝 Applications"), "applications", "waiting")]
        if actor.has(Role.ADMIN)
        else None,
        [press(_.plain("👤 Members"), "members", "search")]
        if actor.has(Role.ADMIN, Role.FINANCE)
        else None,
        [press(_.plain("🎟 Coupons and codes"), "coupons", "list")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [press(_.plain("🧾 Fapiao to issue"), "fapiaos", "waiting")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [press(_.plain("💴 Money to look at"), "money", "waiting")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [press(_.plain("↩️ Refund requests"), "refunds", "waiting")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [press(_.plain("📒 Books"), "books", "home")]
        if actor.has(Role.FINANCE, Role.ADMIN)
        else None,
        [
            press(_.plain("🔄 Read the file again"), "reload", "preview"),
            press(_.plain("🔒 Data to delete"), "erasures", "list"),
        ]
        if actor.has(Role.OWNER)
        else None,
        [
            press(_.plain("🏠 Places"), "places", "list"),
            press(_.plain("👥 Staff list"), "team", "list"),
        ]
        if actor.has(Role.OWNER)
        else None,
        [press(_.plain("📚 The FAQ"), "kb", "home")] if actor.has(Role.ADMIN) else None,
        [press(_.plain("⬅️ Back"), "home", "start")],
    )


def settings(_: Words) -> InlineKeyboardMarkup:
    return rows(
        [press(label, "home", "language", code) for code, label in LANGUAGES.items()],
        [press(_.plain("📬 News and quiet hours"), "digests", "home")],
    )


def way_home(_: Words) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🏠 Home"), "home", "start")])


def in_private(_: Words, bot_username: str, payload: str) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("📩 Open the private chat"), f"https://t.me/{bot_username}?start={payload}")]
    )
