"""The names that banks and payment companies give to the columns of a statement."""

import functools
import tomllib
from pathlib import Path

from community_bot.billing.statement_rules import Columns

NAMES = Path(__file__).with_suffix(".toml")


@functools.cache
def columns() -> Columns:
    """Return what stands in the file beside this one."""
    raw = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    return Columns(**{role: tuple(names) for role, names in raw.items()})
