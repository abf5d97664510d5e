"""Words for people stand in handlers/texts and handlers/locale; elsewhere there is no Chinese."""

import ast
import re

from tests.house.tree import modules

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
HOME_OF_WORDS = "handlers/texts/"
# What people type is understood where it is read: these recognise words and say none.
RECOGNISE = (
    "community_bot/money.py",  # 8888 元, ￥8,888
    "community_bot/billing/rules.py",  # transaction numbers copied with their punctuation
    "community_bot/resources/topic_rules.py",  # topics told apart by their commas
    "community_bot/resources/phrase_rules.py",  # every weekday 09:30, as admins type it
    "community_bot/resources/sentence_rules.py",  # its numbers
    "community_bot/resources/rhythm_rules.py",  # how often
    "community_bot/resources/day_rules.py",  # on which days
    "community_bot/resources/hour_rules.py",  # at what time of day
    "community_bot/tickets/topic_rules.py",  # which words point to which topic and market
    "community_bot/tickets/wording_rules.py",  # thanks, and notes that stay inside
    "community_bot/resources/audience_rules.py",  # for whom, as admins type it
    "community_bot/resources/content_rules.py",  # a button's words, and where it leads
    "community_bot/resources/course_rules.py",  # after so many days, on a day, after a lesson
    "community_bot/resources/digest_rules.py",  # quiet hours with their colons and dashes
    "community_bot/business_time/service.py",  # hours told apart by their commas
    "handlers/mentor/duty.py",  # a time with the colon of a Chinese keyboard
    "handlers/staff/library.py",  # topics told apart by their commas
    "handlers/staff/partners.py",  # tags, the same
    "handlers/staff/posts.py",  # topics, the same
    "handlers/staff/posts_choosing.py",  # what stands around a button's words
    "community_bot/faq/",  # the same question typed in other characters
    "community_bot/sandbox/entities.py",  # where Telegram lets a link or a hashtag end
)


def test_chinese_stands_only_where_words_live() -> None:
    elsewhere = {
        f"{module.place}:{literal.lineno}"
        for module in modules()
        if not module.place.startswith((HOME_OF_WORDS, *RECOGNISE))
        for literal in module.literals()
        if CHINESE.search(str(literal.value))
    }

    assert elsewhere == set(), "say it in English in handlers/texts, and in Chinese in the .po"


def test_lists_are_joined_as_the_language_joins_them() -> None:
    copied = "handlers/texts/audit.py"  # keys, to be put into a query as they are
    fixed = {
        f"{module.place}:{call.lineno}"
        for module in modules()
        if module.place.startswith(HOME_OF_WORDS) and module.place != copied
        for call in module.calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "join"
        and isinstance(call.func.value, ast.Constant)
        and call.func.value.value in {", ", "; "}
    }

    assert fixed == set(), 'say _.plain(", "): Chinese puts another comma between names'
