"""The [payments.*] of config.toml: which rails take money, and the rules of the manual one."""

from datetime import timedelta
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator

from community_bot.config.sections import Section
from community_bot.errors import Invalid
from community_bot.money import EXPONENTS, Money, parse_amount


class Payee(Section):
    """An account that members transfer to."""

    method: Literal["wechat", "alipay", "bank"]
    name: str = Field(min_length=1, max_length=64)
    account: str = Field(min_length=1, max_length=128)
    picture: str | None = None


class Manual(Section):
    """Transfers that a person checks."""

    enabled: bool = True
    payees: tuple[Payee, ...] = ()
    currency: str = "CNY"
    two_person_from: str = "5000"
    statement_approves: bool = False
    review_within: int = Field(default=12, ge=1, le=168)
    order_expires_after: int = Field(default=72, ge=1, le=720)
    seat_held_for: int = Field(default=2, ge=1, le=72)

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        if value not in EXPONENTS:
            raise ValueError(f"use one of {', '.join(EXPONENTS)}")
        return value

    @field_validator("two_person_from", mode="before")
    @classmethod
    def _amount(cls, value: object) -> str:
        try:
            parse_amount(str(value), "CNY")
        except Invalid as error:
            raise ValueError(f'write it like "5000.00" ({error.reason})') from None
        return str(value)

    def open_for(self, *, has_seats: bool) -> timedelta:
        """Return how long an order waits for its money; one that holds a seat not for long."""
        hours = self.order_expires_after
        return timedelta(hours=min(hours, self.seat_held_for) if has_seats else hours)

    @property
    def two_people_from(self) -> Money:
        """Return the amount from which two people must agree."""
        return parse_amount(self.two_person_from, self.currency)


class Stars(Section):
    """Telegram Stars."""

    enabled: bool = False


class TelegramInvoices(Section):
    """A payment provider of BotFather's."""

    enabled: bool = False
    provider_token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _token(self) -> "TelegramInvoices":
        if self.enabled and not self.provider_token.get_secret_value():
            raise ValueError("provider_token is missing: @BotFather gives one under Payments")
        return self


class Payments(Section):
    """Every rail; at least the manual one is usual."""

    manual: Manual = Manual()
    stars: Stars = Stars()
    telegram: TelegramInvoices = TelegramInvoices()
