"""The sample community as it stands in sample/: read once, checked, and handed on as facts."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from community_bot.resources.partner_rules import PartnerKind

JUST_NOW = timedelta(hours=2)
SAMPLE = Path(__file__).resolve().parent / "sample"


class Sampled(BaseModel):
    """A part of the sample; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SamplePerson(Sampled):
    """Somebody who can be played; `about` says who they are."""

    key: str
    name: str
    username: str
    about: str
    language: str = "zh-hans"
    role: Literal["mentor", "finance", "admin", "owner"] | None = None
    given: tuple[Literal["admin", "finance", "mentor"], ...] = ()
    started: bool = False


class SamplePlace(Sampled):
    """A group or channel with its people, and what the bot may do there."""

    key: str
    title: str
    kind: Literal["supergroup", "forum", "channel"]
    role: str
    people: tuple[str, ...]
    admins: tuple[str, ...]
    rights: tuple[str, ...]
    topics: tuple[str, ...] = ()


class SamplePlan(Sampled):
    """A plan that the community sells beside those of the annotated example."""

    tier: str
    code: str
    price: str
    days: int
    stars: int
    stars_renew: bool


class SampleImport(Sampled):
    """A membership that somebody brought along."""

    who: str
    tier: str
    began_days_ago: float
    ends_in_days: float


class Happened(Sampled):
    """Something that happened on a day of the past, at a time of the community's clock."""

    days_ago: int = 0
    at: time | None = None

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return when it was; what has no time was just now."""
        if self.at is None:
            return now - JUST_NOW
        day = now.astimezone(zone).date() - timedelta(days=self.days_ago)
        return datetime.combine(day, self.at, zone)


class SampleOrder(Happened):
    """An order with its proof; nobody has looked at it yet where `approved_by` is empty."""

    who: str
    plan: str
    reference: str
    approved_by: tuple[str, ...] = ()
    with_picture: bool = False


class SampleQuestion(Happened):
    """A question of a member's, as far as the mentors have come with it."""

    who: str
    text: str
    mentor: str | None = None
    after_minutes: int = 0
    answer: str = ""
    rating: Literal["good", "fair", "poor"] | None = None


class SampleMessage(Happened):
    """Something that somebody said."""

    place: str
    who: str
    text: str
    topic: str | None = None


class Sample(Sampled):
    """The whole sample community."""

    name: str
    bot: str
    contact: str
    people: tuple[SamplePerson, ...]
    places: tuple[SamplePlace, ...]
    plans: tuple[SamplePlan, ...]
    imports: tuple[SampleImport, ...]
    orders: tuple[SampleOrder, ...]
    questions: tuple[SampleQuestion, ...]
    messages: tuple[SampleMessage, ...]


class SampleEntry(Sampled):
    """A question of the FAQ with its settled answer."""

    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    least_tier: str | None = None


class SamplePost(Sampled):
    """Something that goes out by itself; `when` is in words, as an admin types it."""

    title: str
    text: str
    place: str
    when: str


class SampleResource(Sampled):
    """Something of the library; the first line of `text` is its title."""

    text: str
    topics: tuple[str, ...]
    least_tier: str | None = None


class SamplePartner(Sampled):
    """Somebody of the directory whom members are introduced to."""

    kind: PartnerKind
    name: str
    tags: tuple[str, ...]
    contact: str
    about: str
    least_tier: str | None = None


class SampleLesson(Sampled):
    """A lesson of the course: what it says, what to do, and when it is released."""

    text: str
    task: str
    release: str
    homework: bool = False


class SampleCourse(Sampled):
    """The course of the sample community."""

    title: str
    about: str
    tier: str
    lessons: tuple[SampleLesson, ...]


def read_sample() -> Sample:
    return Sample.model_validate(_read("community.toml"))


def read_entries() -> tuple[SampleEntry, ...]:
    """Return the FAQ of the sample community."""
    return tuple(SampleEntry.model_validate(raw) for raw in _read("faq.toml")["entries"])


def read_posts() -> tuple[SamplePost, ...]:
    """Return the scheduled posts of the sample community."""
    return tuple(SamplePost.model_validate(raw) for raw in _read("posts.toml")["posts"])


def read_resources() -> tuple[SampleResource, ...]:
    """Return the library of the sample community."""
    return tuple(SampleResource.model_validate(raw) for raw in _read("library.toml")["resources"])


def read_partners() -> tuple[SamplePartner, ...]:
    """Return the partners of the sample community."""
    return tuple(SamplePartner.model_validate(raw) for raw in _read("library.toml")["partners"])


def read_course() -> SampleCourse:
    """Return the course of the sample community."""
    return SampleCourse.model_validate(_read("lessons.toml"))


def receipt() -> bytes:
    """Return the picture of a transfer, as a phone's screenshot shows it."""
    return (SAMPLE / "receipt.jpg").read_bytes()


def _read(name: str) -> dict[str, list[object]]:
    return tomllib.loads((SAMPLE / name).read_text(encoding="utf-8"))
