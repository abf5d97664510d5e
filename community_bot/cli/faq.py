"""`community-bot faq`: what can be done with the questions and answers from a shell."""

import click

from community_bot.cli.lazily import Commands, Group, Place

_PLACES = {
    "import": Place("community_bot.cli.faq_transfer", "import_", "Take entries in from files."),
    "export": Place("community_bot.cli.faq_transfer", "export", "Write every entry into files."),
    "eval": Place("community_bot.cli.faq_eval", "eval_", "Measure the search on your own files."),
}


@click.group("faq", cls=Group, commands=Commands(_PLACES))
def faq() -> None:
    """Questions and answers: take them in and out, measure the search."""
