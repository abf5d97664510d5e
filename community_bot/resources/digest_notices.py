"""What is told in a digest."""

from dataclasses import dataclass

from community_bot.delivery.contents import notice
from community_bot.resources.digest_facts import DigestLine, DigestTopic
from community_bot.resources.digest_rules import Pace


@notice("topic_digest")
@dataclass(frozen=True, slots=True)
class TopicDigest:
    """To a member: what is new about the topics that they follow, and that they may open."""

    pace: Pace
    lines: tuple[DigestLine, ...]
    more: int
    topics: tuple[DigestTopic, ...]
