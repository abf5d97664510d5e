"""What every single value allows and the whole does not: found before anybody meets it."""

from collections.abc import Iterator
from pathlib import Path

from community_bot.config.loading import Config
from community_bot.config.mistakes import ordinal
from community_bot.errors import ConfigError

# What a group or channel can be that a tier opens; staff choose from these when they bind one.
PLACES = ("members", "course", "announcements")


def check(config: Config) -> Config:
    """Raise ConfigError for the first mistake; return the configuration where there is none."""
    for mistake in (*_of_tiers(config), *_of_payees(config)):
        raise mistake
    return config


def _of_tiers(config: Config) -> Iterator[ConfigError]:
    if config.tiers and all(tier.rank for tier in config.tiers):
        yield ConfigError(
            "tiers.rank", "give one tier rank 0: it is what everybody has without paying"
        )
    for tier in config.tiers:
        if tier.urgent_per_month and tier.answer_within is None:
            yield ConfigError(
                f"tiers.urgent_per_month (tier {tier.code})",
                "give answer_within too: so many hours an urgent question waits at most",
            )
        for place in tier.opens:
            if place not in PLACES:
                yield ConfigError(
                    f"tiers.opens (tier {tier.code})",
                    f"no group or channel can be {place!r}; use {', '.join(PLACES)}",
                )


def _of_payees(config: Config) -> Iterator[ConfigError]:
    for number, payee in enumerate(config.payments.manual.payees, 1):
        if payee.picture is not None and not Path(payee.picture).is_file():
            yield ConfigError(
                f"payments.manual.payees.picture (the {ordinal(number)} payee)",
                f"there is no file {payee.picture}; give the path of a picture, or leave it out",
            )
