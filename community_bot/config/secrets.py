"""Which values of the configuration are nobody's to read, so that no log shows them."""

import contextlib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr

from community_bot.config.loading import Config


def secrets_of(config: Config) -> list[str]:
    """Return every value that is kept secret, and the passwords in addresses."""
    addresses = (config.database.url, config.telegram.proxy)
    passwords = [password for address in addresses for password in _passwords(address)]
    return [*_hidden(config), *passwords]


def _hidden(section: BaseModel) -> Iterator[str]:
    for _, value in section:
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, BaseModel):
            yield from _hidden(value)


def _passwords(address: str) -> Iterator[str]:
    """Find the password as it is written in an address, and as it is meant."""
    with contextlib.suppress(ValueError):  # an address that is none is refused elsewhere
        password = urlsplit(address).password
        if password:
            yield password
            yield unquote(password)
