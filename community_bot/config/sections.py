"""The sections of config.toml that every installation has, with their defaults."""

import re
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)

from community_bot.config.hours import intervals
from community_bot.errors import Invalid

# The number of the bot and its secret part (core.telegram.org/bots/api#authorizing-your-bot).
TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
BASE_URL = "https://api.telegram.org/bot"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = (443, 80, 88, 8443)  # core.telegram.org/bots/api#setwebhook
MOST_MEMBER_ID = 2**52  # core.telegram.org/bots/api#user: at most 52 significant bits


class Section(BaseModel):
    """A section: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise ValueError("give an address that begins with https:// or http://")
    return value.rstrip("/")


Url = Annotated[str, AfterValidator(_url)]


def _proxy(value: str) -> str:
    if value and not re.fullmatch(r"(https?|socks4|socks5h?)://[^\s/]+/?", value):
        raise ValueError(
            "give an address that begins with http://, https://, socks4:// or socks5://"
        )
    return value.rstrip("/")


class Telegram(Section):
    """How the bot speaks with Telegram."""

    token: SecretStr
    base_url: Url = BASE_URL
    base_file_url: Url = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[str, AfterValidator(lambda v: _url(v) if v else v)] = ""
    listen: str = "127.0.0.1:8080"
    secret: SecretStr = SecretStr("")
    proxy: Annotated[str, AfterValidator(_proxy)] = ""

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("give the token that @BotFather showed, like 123456:ABC-DEF...")
        return value

    @field_validator("secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        plain = value.get_secret_value()
        if plain and not SECRET.fullmatch(plain):
            raise ValueError("use 1 to 256 letters, digits, _ or -")
        return value

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:  # noqa: PLR2004  ports
            raise ValueError("give address and port, like 127.0.0.1:8080")
        return value

    @model_validator(mode="after")
    def _webhook(self) -> "Telegram":
        """Telegram calls https alone, and without a secret anybody could send us updates."""
        if self.mode == "polling":
            return self
        if not self.webhook_url:
            raise ValueError('webhook_url is missing: mode = "webhook" needs one (https://...)')
        if self.base_url == BASE_URL:
            self._check_callable(urlsplit(self.webhook_url))
        if not self.secret.get_secret_value():
            raise ValueError('secret is missing: mode = "webhook" needs one (up to 256 letters)')
        return self

    @staticmethod
    def _check_callable(address: SplitResult) -> None:
        """Refuse an address that Telegram's own servers do not call."""
        if address.scheme != "https":
            raise ValueError("webhook_url: Telegram calls addresses with https:// only")
        if (address.port or PORTS[0]) not in PORTS:
            raise ValueError("webhook_url: Telegram calls the ports 443, 80, 88 and 8443 only")

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


class Database(Section):
    """Where the community is kept."""

    url: str = "sqlite:///data/community.db"


class CommunitySection(Section):
    """Who the community is."""

    name: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        min_length=1, max_length=64
    )
    timezone: str = "Asia/Shanghai"
    locale: Literal["zh_CN", "en"] = "zh_CN"
    owners: tuple[StrictInt, ...] = Field(min_length=1)
    contact: str = ""

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("give a zone by its name, like Asia/Shanghai") from None
        return value

    @field_validator("owners")
    @classmethod
    def _owners(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 0 < owner < MOST_MEMBER_ID for owner in value):
            raise ValueError("give the numeric Telegram ids of people, like 123456789")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Desk(Section):
    """How questions are answered."""

    identity: Literal["name", "stage"] = "name"
    cap: int = Field(default=5, ge=1, le=100)
    hand_back_minutes: int = Field(default=30, ge=1, le=10_000)


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

# What is wrong with hours that cannot be used, and the form that is wanted instead.
_HOURS_WANTED = {
    "form": 'is written like "09:30-12:00", with four digits each and 24:00 as the latest end',
    "order": 'ends before it begins; write hours over midnight as "22:00-24:00" and "00:00-02:00"',
    "overlap": "overlaps the one before it",
}


def _hours(value: tuple[str, ...]) -> tuple[str, ...]:
    try:
        intervals(value)
    except Invalid as error:
        given = error.facts["given"]
        raise ValueError(f'"{given}" {_HOURS_WANTED[error.reason]}') from None
    return value


Hours = Annotated[tuple[str, ...], AfterValidator(_hours)]


class CalendarSection(Section):
    """The hours in which answers are promised."""

    hours: Hours = Field(default=("09:30-12:00", "13:30-18:30"), min_length=1)
    weekdays: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    other_hours: dict[Weekday, Hours] = Field(default_factory=dict)
    holidays: Literal["china", "none"] = "china"

    @model_validator(mode="after")
    def _opens(self) -> "CalendarSection":
        usual = (self.other_hours.get(weekday, self.hours) for weekday in self.weekdays)
        if not any(usual) and not any(self.other_hours.values()):
            raise ValueError('weekdays: name one at least, like ["mon", "tue"]')
        return self


Days = Annotated[int, Field(ge=1, le=3650)]


class Faq(Section):
    """How the FAQ answers, and how often its entries are looked at again."""

    inline: bool = True
    review_days: Days = 180
    review_days_by_topic: dict[str, Days] = Field(
        default={
            "fees": 30,
            "account": 30,
            "payout": 60,
            "compliance": 60,
            "tax": 60,
            "community": 365,
        }
    )


class Groups(Section):
    """What is seen of members in groups."""

    tags: bool = True
    read_only_in_grace: bool = True


class Referral(Section):
    """What a member is given for a friend who stays."""

    reward_days: int = Field(default=0, ge=0, le=366)


class Delivery(Section):
    """How fast letters go out."""

    bulk_per_second: float = Field(default=29.0, gt=0, le=29.5)
    protect_content: bool = False
    backup_hours: int = Field(default=24, ge=0, le=8784)


class Posts(Section):
    """How posts for many people are agreed to."""

    two_person_from: int = Field(default=500, ge=0, le=10_000_000)
