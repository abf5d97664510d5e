"""The annotated example as the program prints it, with every option that is off switched on."""

import re
import tomllib

from click.testing import CliRunner

from community_bot import paths
from community_bot.cli.program import program
from community_bot.config.loading import parse
from tests.cli.conftest import TOKEN

OFF = re.compile(r"^# (?=([a-z_]+) = |\[\[[a-z_.]+\]\]$)")
# A plan has one of these alone, and its example has another one; only days can be renewed.
ENDINGS = ("days", "months", "ends_on", "trial_days", "stars_renew")


def test_example_config_prints_the_example() -> None:
    result = CliRunner().invoke(program, ["example-config"])

    assert (result.exit_code, result.output) == (0, example())


def test_what_is_off_in_the_example_is_right_when_it_is_on() -> None:
    raw = tomllib.loads("\n".join(switched_on(line) for line in example().splitlines()))
    raw["telegram"]["token"] = TOKEN

    config = parse(raw)

    assert config.telegram.webhook_url == "https://bot.example.com"
    assert [str(plan.price) for tier in config.tiers for plan in tier.plans] == [
        "2699.00",
        "8888.00",
    ]
    assert config.tiers[2].plans[0].stars == 60000


def example() -> str:
    return paths.example_config().read_text(encoding="utf-8")


def switched_on(line: str) -> str:
    option = OFF.match(line)
    return line if option is None or option[1] in ENDINGS else OFF.sub("", line)
