"""Reading config.toml and the environment; every mistake is one sentence that names its key."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from community_bot.config.mistakes import first_mistake
from community_bot.config.payments import Payments
from community_bot.config.sections import (
    CalendarSection,
    CommunitySection,
    Database,
    Delivery,
    Desk,
    Faq,
    Groups,
    Posts,
    Referral,
    Telegram,
)
from community_bot.config.tiers import Tiers
from community_bot.errors import ConfigError

PREFIX = "COMMUNITY_BOT__"
DEFAULT = Path("config.toml")


class Config(BaseSettings):
    """Everything an owner decides."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    telegram: Telegram
    community: CommunitySection
    database: Database = Database()
    tiers: Tiers = ()
    payments: Payments = Payments()
    desk: Desk = Desk()
    calendar: CalendarSection = CalendarSection()
    faq: Faq = Faq()
    groups: Groups = Groups()
    referral: Referral = Referral()
    posts: Posts = Posts()
    delivery: Delivery = Field(default_factory=Delivery)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file; the file comes as the arguments."""
        return env_settings, init_settings


def find(given: Path | None) -> Path:
    """Name the file: --config, else COMMUNITY_BOT_CONFIG, else config.toml here."""
    if given is not None:
        return given
    named = os.environ.get("COMMUNITY_BOT_CONFIG")
    return Path(named) if named else DEFAULT


def load(path: Path) -> Config:
    """Read the file and the environment; raises ConfigError for the first mistake."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            str(path), "there is no such file; `community-bot init` writes one"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "is not UTF-8; save it as UTF-8 in your editor") from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise ConfigError(str(path), "is not valid TOML: brackets within brackets") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is not valid TOML: {error}") from error
    return parse(raw)


def parse(raw: dict[str, Any]) -> Config:
    """Check what was read; the environment is laid over it."""
    for variable in os.environ:
        if variable.startswith(PREFIX) and _section_of(variable) not in Config.model_fields:
            known = ", ".join(Config.model_fields)
            raise ConfigError(variable, f"names no section of the configuration; these are {known}")
    try:
        return Config(**raw)
    except ValidationError as error:
        raise first_mistake(error, raw) from None
    except SettingsError as error:
        raise _unreadable(error) from None


def _section_of(variable: str) -> str:
    return variable.removeprefix(PREFIX).partition("__")[0].lower()


def _unreadable(error: SettingsError) -> ConfigError:
    """Name the section whose variable is a list or a table and was not written as JSON."""
    named = re.search(r'field "(\w+)"', str(error))
    variable = PREFIX + (named[1].upper() if named else "")
    return ConfigError(f"{variable}...", "lists and tables in the environment are written as JSON")
