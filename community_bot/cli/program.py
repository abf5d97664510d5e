"""Every command of `community-bot`, gathered."""

import click

from community_bot import __version__
from community_bot.cli.lazily import Commands, Place
from community_bot.cli.refusals import Refusing

_CLI = "community_bot.cli"
_PLACES = {
    "run": Place(f"{_CLI}.running", "run", "Run the bot."),
    "demo": Place(f"{_CLI}.demo", "demo", "Try everything in a local Telegram, with no account."),
    "init": Place(f"{_CLI}.initialising", "init", "Answer what the bot needs, get config.toml."),
    "doctor": Place(f"{_CLI}.doctor", "doctor", "Look at everything that can be wrong."),
    "db": Place(f"{_CLI}.databases", "db", "Look after the tables of the database."),
    "members": Place(f"{_CLI}.members", "members", "Bring members along, take the list out."),
    "faq": Place(
        f"{_CLI}.faq", "faq", "Take questions and answers in and out, measure the search."
    ),
    "posts": Place(f"{_CLI}.posts", "posts", "Plan posts, see what is planned, call it off."),
    "updates": Place(f"{_CLI}.updates", "updates", "Look after updates that could not be handled."),
    "stats": Place(f"{_CLI}.stats", "stats", "Say who came and left, what was paid and asked."),
    "audit": Place(f"{_CLI}.audit", "audit", "Check that all that is stored agrees."),
    "backup": Place(
        f"{_CLI}.backups", "backup", "Write a copy of the database while the bot runs."
    ),
    "restore": Place(f"{_CLI}.backups", "restore", "Put a backup in the place of the database."),
    "example-config": Place(
        f"{_CLI}.examples", "example_config", "Print the example of config.toml."
    ),
}


@click.group(
    cls=Refusing,
    commands=Commands(_PLACES),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, package_name="community-bot", message="%(prog)s %(version)s")
def program() -> None:
    """Run a paid community on Telegram: memberships, questions to mentors, updates, an FAQ.

    Begin with `demo` to look around, then `init`, `doctor` and `run`. Exit codes: 0 done,
    1 something is wrong, 2 used wrongly.
    """
