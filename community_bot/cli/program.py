"""Every command of `community-bot`, gathered."""

import click

from community_bot import __version__
from community_bot.cli.audit import audit
from community_bot.cli.backups import backup, restore
from community_bot.cli.databases import db
from community_bot.cli.demo import demo
from community_bot.cli.doctor import doctor
from community_bot.cli.examples import example_config
from community_bot.cli.faq import faq
from community_bot.cli.initialising import init
from community_bot.cli.members import members
from community_bot.cli.posts import posts
from community_bot.cli.refusals import Refusing
from community_bot.cli.running import run
from community_bot.cli.stats import stats
from community_bot.cli.updates import updates


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="community-bot", message="%(prog)s %(version)s")
def program() -> None:
    """Run a paid community on Telegram: memberships, questions to mentors, updates, an FAQ.

    Begin with `demo` to look around, then `init`, `doctor` and `run`. Exit codes: 0 done,
    1 something is wrong, 2 used wrongly.
    """


for command in (
    run,
    demo,
    init,
    doctor,
    db,
    members,
    faq,
    posts,
    updates,
    stats,
    audit,
    backup,
    restore,
    example_config,
):
    program.add_command(command)
