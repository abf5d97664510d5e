"""Every command: who may use it, and what the menu says of it in each language."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from community_bot.people.roles import Actor, Role
from handlers.gate import Bot
from handlers.texts import commands as texts
from handlers.texts.words import Words, words

EVERYBODY: tuple[Role, ...] = ()
# The languages of the menus as Telegram knows them; without one it is the community's own.
LANGUAGES = {"en": "en", "zh_CN": "zh"}


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the menu."""

    name: str
    words: Callable[[Words], str]
    needs: tuple[Role, ...] = EVERYBODY


COMMANDS = (
    Command("start", texts.start),
    Command("join", texts.join),
    Command("ask", texts.ask),
    Command("tickets", texts.tickets),
    Command("me", texts.me),
    Command("refund", texts.refund),
    Command("faq", texts.faq),
    Command("library", texts.library),
    Command("partners", texts.partners),
    Command("privacy", texts.privacy),
    Command("help", texts.help_),
    Command("settings", texts.settings),
    Command("terms", texts.terms),
    Command("trust", texts.trust),
    Command("paysupport", texts.paysupport),
    Command("orders", texts.orders, (Role.FINANCE, Role.ADMIN)),
    Command("members", texts.members, (Role.ADMIN, Role.FINANCE)),
    Command("refunds", texts.refunds, (Role.FINANCE, Role.ADMIN)),
    Command("queue", texts.queue, (Role.MENTOR, Role.ADMIN)),
    Command("mine", texts.mine, (Role.MENTOR, Role.ADMIN)),
    Command("duty", texts.duty, (Role.MENTOR,)),
    Command("snippets", texts.snippets, (Role.MENTOR, Role.ADMIN)),
    Command("post", texts.post, (Role.ADMIN,)),
    Command("schedule", texts.schedule, (Role.ADMIN,)),
    Command("desk", texts.desk, (Role.ADMIN,)),
    Command("stats", texts.stats, (Role.ADMIN, Role.FINANCE)),
    Command("kb", texts.kb, (Role.MENTOR, Role.ADMIN)),
    Command("audit", texts.audit, (Role.FINANCE, Role.ADMIN)),
    Command("reload", texts.reload, (Role.OWNER,)),
    Command("admin", texts.admin, (Role.ADMIN, Role.FINANCE)),
)


def visible_to(roles: Collection[Role]) -> list[Command]:
    """Return the commands that somebody with these roles may use."""
    actor = Actor(member_id=0, roles=frozenset(roles))
    return [command for command in COMMANDS if not command.needs or actor.has(*command.needs)]


def described(roles: Collection[Role], _: Words) -> list[BotCommand]:
    return [BotCommand(command.name, command.words(_)) for command in visible_to(roles)]


async def show_everybody(bot: Bot, default_locale: str) -> None:
    """Set the menus of people without a staff role, by language; groups get none of them."""
    for locale, language in ((default_locale, None), *LANGUAGES.items()):
        await bot.set_my_commands(
            described({Role.GUEST}, words(locale)),
            scope=BotCommandScopeAllPrivateChats(),
            language_code=language,
        )
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())


async def introduce(bot: Bot, default_locale: str, community: str) -> None:
    """Say what the bot is for before anybody starts it, unless its owner has said so already."""
    for locale, language in ((default_locale, None), *LANGUAGES.items()):
        said = await bot.get_my_description(language_code=language)
        if not said.description:
            await bot.set_my_description(
                texts.description(words(locale), community), language_code=language
            )


async def show_one(bot: Bot, *, chat_id: int, locale: str, roles: Collection[str]) -> None:
    """Set the menu of one private chat, by role and the language that the person chose."""
    known = {Role(role) for role in roles} | {Role.GUEST}
    await bot.set_my_commands(described(known, words(locale)), scope=BotCommandScopeChat(chat_id))
