"""The [[tiers]] of config.toml: what is sold, for how long and how much, what can be given back."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from community_bot.config.sections import Section
from community_bot.errors import Invalid
from community_bot.money import EXPONENTS, Money, parse_amount

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
ENDINGS = ("days", "months", "years", "ends_on", "lifetime", "trial_days")
# Telegram knows one period and a highest price (core.telegram.org/bots/api#createinvoicelink).
STAR_PERIOD, MOST_STARS = 30, 10_000


class Wording(Section):
    """A short text in both languages."""

    zh: str = Field(min_length=1, max_length=64)
    en: str = Field(min_length=1, max_length=64)


class Choice(Wording):
    """An answer that is tapped; one that does not fit is told why, and pays nothing."""

    fits: bool = True
    reason: Wording | None = None


class Question(Wording):
    """What is asked before anybody may order; without choices the answer is typed."""

    choices: tuple[Choice, ...] = Field(default=(), max_length=8)

    @field_validator("choices")
    @classmethod
    def _choices(cls, value: tuple[Choice, ...]) -> tuple[Choice, ...]:
        for language in ("zh", "en"):
            texts = [getattr(choice, language).casefold() for choice in value]
            if len(set(texts)) < len(texts):
                raise ValueError("two choices read the same; say them differently")
        if any(not choice.fits and choice.reason is None for choice in value):
            raise ValueError("fits = false needs a reason, which the applicant reads")
        return value


class Wordings(Section):
    """A list of short texts in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Refund(Section):
    """What can be given back; the text as it stands is frozen on every order."""

    full_within_days: int = Field(default=7, ge=0, le=366)
    afterwards: Literal["unused_days", "unused_lessons", "nothing"] = "unused_days"
    within_days: int | None = Field(default=None, ge=1, le=3660)
    lessons: int | None = Field(default=None, ge=1, le=10_000)
    kept_percent: int = Field(default=0, ge=0, le=100)

    @model_validator(mode="after")
    def _lessons(self) -> "Refund":
        if self.afterwards == "unused_lessons" and self.lessons is None:
            raise ValueError("afterwards = 'unused_lessons' needs lessons = how many were promised")
        return self


class Plan(Section):
    """A price for a period. Exactly one of days, months, years, ends_on, lifetime, trial_days."""

    code: Code
    name: Wording | None = None
    price: str = "0"
    currency: str = "CNY"
    stars: int | None = Field(default=None, ge=1, le=100_000)
    stars_renew: bool = False
    days: int | None = Field(default=None, ge=1, le=3660)
    months: int | None = Field(default=None, ge=1, le=120)
    years: int | None = Field(default=None, ge=1, le=20)
    ends_on: dt.date | None = None
    lifetime: bool | None = None
    trial_days: int | None = Field(default=None, ge=1, le=366)

    @field_validator("currency")
    @classmethod
    def _currency(cls, value: str) -> str:
        if value not in EXPONENTS:
            raise ValueError(f"use one of {', '.join(EXPONENTS)}")
        return value

    @field_validator("price", mode="before")
    @classmethod
    def _price(cls, value: object) -> str:
        """TOML may say 8888, 8888.00 or "8888.00"; a float's shortest form is what was typed."""
        return str(value)

    @model_validator(mode="after")
    def _whole(self) -> "Plan":
        given = [ending for ending in ENDINGS if getattr(self, ending)]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(ENDINGS)}")
        try:
            amount = self.amount
        except Invalid as error:
            raise ValueError(f'price: write it like "8888.00" ({error.reason})') from None
        if self.trial_days and amount:
            raise ValueError("a trial has no price")
        if not self.trial_days and not amount:
            raise ValueError("give a price; what is free is a tier of rank 0 without plans")
        if self.stars_renew and not (
            self.days == STAR_PERIOD and 0 < (self.stars or 0) <= MOST_STARS
        ):
            raise ValueError(
                f"stars_renew needs days = {STAR_PERIOD} and stars of at most {MOST_STARS}"
            )
        return self

    @property
    def amount(self) -> Money:
        """Return the price; a price of nought belongs to trials alone."""
        if self.price.strip(".0") == "":
            return Money(0, self.currency)
        return parse_amount(self.price, self.currency)


class Tier(Section):
    """A level of membership. Rank 0 is what everybody has without paying."""

    code: Code
    name: Wording
    benefits: Wordings = Wordings()
    rank: int = Field(ge=0, le=1000)
    questions_per_month: int | None = Field(default=None, ge=0, le=100_000)
    answer_within: int | None = Field(default=None, ge=1, le=1000)
    urgent_per_month: int = Field(default=0, ge=0, le=1000)
    topics: tuple[Code, ...] = ()
    opens: tuple[Code, ...] = ()
    seats: int | None = Field(default=None, ge=1, le=10_000_000)
    refund: Refund = Refund()
    successor: Code | None = None
    credits: tuple[Code, ...] = ()
    admission: tuple[Question, ...] = ()
    plans: tuple[Plan, ...] = ()

    @model_validator(mode="after")
    def _free(self) -> "Tier":
        if self.rank == 0 and self.plans:
            raise ValueError("the tier of rank 0 is free: it has no plans")
        return self


def check(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Refuse what no single tier can see: doubled codes and ranks, and tiers that do not exist."""
    codes = [tier.code for tier in tiers]
    _once("code", codes)
    _once("rank", [str(tier.rank) for tier in tiers])
    _once("plan code", [plan.code for tier in tiers for plan in tier.plans])
    for tier in tiers:
        for other in (*tier.credits, *filter(None, [tier.successor])):
            if other not in codes or other == tier.code:
                raise ValueError(f"{tier.code} names {other}, which is no other tier")
    return tiers


def _once(what: str, values: list[str]) -> None:
    doubled = sorted({value for value in values if values.count(value) > 1})
    if doubled:
        raise ValueError(f"{what} {doubled[0]} stands there twice; give each its own")


Tiers = Annotated[tuple[Tier, ...], AfterValidator(check)]
