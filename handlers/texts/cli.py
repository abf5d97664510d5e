"""Words of `community-bot init`: an owner who sets the bot up may read Chinese or English."""

from handlers.texts.words import Words


def begin(_: Words, *, path: str) -> str:
    return _.plain(
        "Five questions, and the configuration is written to {path}. Ctrl+C stops at any time.",
        path=path,
    )


def ask_token(_: Words) -> str:
    return _.plain("The bot's token (write to @BotFather, /newbot, and paste what it shows)")


def wrong_token(_: Words) -> str:
    return _.plain(
        "That is no token: one looks like 123456789:ABCdef... and is shown by @BotFather."
    )


def unknown_token(_: Words) -> str:
    return _.plain("Telegram does not know this token. Was it revoked, or is a part missing?")


def known_token(_: Words, *, name: str, username: str) -> str:
    return _.plain("Telegram knows it: {name} (@{username}).", name=name, username=username)


def not_asked(_: Words, *, reason: str) -> str:
    return _.plain(
        "Telegram could not be asked about the token ({reason}); `community-bot doctor` can later.",
        reason=reason,
    )


def ask_owner(_: Words) -> str:
    return _.plain("Your numeric Telegram id, as owner (@userinfobot tells it)")


def wrong_owner(_: Words) -> str:
    return _.plain("An id is a number like 123456789, without @ and without a name.")


def ask_name(_: Words) -> str:
    return _.plain("The name of the community")


def wrong_name(_: Words) -> str:
    return _.plain("Please give a name of 1 to 64 characters.")


def ask_zone(_: Words) -> str:
    return _.plain("The time zone of deadlines and schedules")


def wrong_zone(_: Words) -> str:
    return _.plain("There is no such time zone. Names look like Asia/Shanghai or Europe/London.")


def ask_database(_: Words) -> str:
    return _.plain("Where the database is kept: a file, or postgresql://user:password@host/name")


def wrong_database(_: Words) -> str:
    return _.plain("Please give a file like data/community.db, or an address with postgresql://.")


def ask_overwrite(_: Words, *, path: str) -> str:
    return _.plain("{path} exists. Write it anew? What is in it is lost", path=path)


def written(_: Words, *, path: str) -> str:
    return _.plain("Written: {path}. Only you can read it, because the token is in it.", path=path)


def next_steps(_: Words, *, option: str) -> str:
    return _.plain(
        "Next: put your tiers, prices and payees into it, then\n"
        "  community-bot doctor{option}\n"
        "  community-bot run{option}",
        option=option,
    )


def missing(_: Words, *, options: str) -> str:
    return _.plain("Nobody is there to be asked; give {options}.", options=options)
