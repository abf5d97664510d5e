"""Words while a mentor writes in private: to whom it goes, and what would be sent."""

from collections.abc import Sequence

from community_bot.faq.content_rules import EntryKind
from community_bot.faq.facts import Line, View
from community_bot.faq.markup_rules import tidy
from community_bot.tickets.facts import Said
from community_bot.tickets.view_facts import Page
from handlers.texts.desk import OF_A_TITLE, cut, masked
from handlers.texts.faq import topic_name
from handlers.texts.snippets import has_room
from handlers.texts.words import GAP, Html, Words, bold, lines

EXCERPT = 300
BODY = 2000


def write(_: Words, number: int, name: str) -> Html:
    return lines(
        bold(_("✍️ Your answer to #{n} {name}", n=number, name=masked(name))),
        _("Send text, pictures, voice or files, as many as it takes. Nothing leaves yet."),
    )


def preview(_: Words, number: int, name: str, said: Sequence[Said]) -> Html:
    """Say what would be sent, and to whom."""
    words = " ".join(one.text for one in said if one.text)
    files = sum(one.content != "text" for one in said)
    return lines(
        bold(_("📋 To #{n} {name}", n=number, name=masked(name))),
        _.count("One message", "{n} messages", len(said)),
        _("📎 {n} of them with a file", n=files) if files else None,
        _("“{words}”", words=cut(words, EXCERPT)) if words else None,
        _("Write on, or send it now."),
    )


def sending(_: Words, number: int, name: str) -> str:
    return _.plain("✅ Send to #{n} {name}", n=number, name=masked(name))


def on_its_way(_: Words, number: int, name: str) -> Html:
    return lines(
        bold(_("📨 On its way to #{n} {name}", n=number, name=masked(name))),
        _("👌 on your messages means delivered. A mistake can be taken back below."),
    )


def note_wanted(_: Words, number: int) -> Html:
    return lines(
        bold(_("🔀 Handing on #{n}", n=number)),
        _("What should the next one know? One line will do; it is read by mentors only."),
    )


def hand(_: Words, number: int, *, has_topics: bool) -> Html:
    return lines(
        bold(_("🔀 To whom does #{n} go?", n=number)),
        _("To a mentor, or back into the queue under the topic it belongs to.")
        if has_topics
        else _("It is answered, and goes to a mentor alone, who answers what comes next."),
    )


def regroup(_: Words, number: int) -> Html:
    return lines(
        bold(_("➡️ What is #{n} about?", n=number)),
        _("It stays in the queue with its deadline; mentors of that topic are asked then."),
    )


def moved(_: Words, number: int, topic: str) -> str:
    return _.plain("➡️ #{n} is now under {topic}", n=number, topic=topic_name(_, topic))


def appoint(_: Words, number: int) -> Html:
    return bold(_("👤 Who is to answer #{n}?", n=number))


def handed_on(_: Words, number: int) -> Html:
    return _("🔀 #{n} has been handed on, with your note.", n=number)


def search_wanted(_: Words) -> Html:
    return _("🔎 Please type what you look for: entries and snippets are found by any words.")


def found(_: Words, text: str, entries: Sequence[Line]) -> Html:
    return lines(
        bold(_("📚 FAQ and snippets for “{words}”", words=cut(text, OF_A_TITLE))),
        *(
            _("· #{n} {title}", n=one.entry_id, title=cut(one.question, OF_A_TITLE))
            for one in entries
        ),
        None if entries else _("Nothing fits. Please type other words."),
    )


def entry(_: Words, view: View, mine: Page) -> Html:
    """Show what would be sent, and to which of one's tickets it may go."""
    return lines(
        bold(cut(view.question, EXCERPT)),
        GAP,
        Html(tidy(view.body)) if len(view.body) <= BODY else _("(a long answer)"),
        GAP,
        _("The name and the number are put in for each reader.") if _has_room(view) else None,
        _("The member reads exactly this.")
        if mine.lines
        else _("You have no ticket to answer with it. Take one under /queue."),
    )


def _has_room(view: View) -> bool:
    return view.kind is EntryKind.SNIPPET and has_room(view.body)


def entry_sent(_: Words, number: int) -> Html:
    return _("📨 On its way to #{n}; the ticket's card says when it is delivered.", n=number)


def alike(_: Words, number: int, entries: Sequence[Line]) -> Html:
    return lines(
        bold(_("📚 #{n} into the FAQ", n=number)),
        _("⚠️ There are similar entries. Is one of them to be renewed, or is this another?"),
        *(
            _("· #{n} {title}", n=one.entry_id, title=cut(one.question, OF_A_TITLE))
            for one in entries
        ),
    )


def promoted(_: Words, entry_id: int) -> Html:
    return lines(
        bold(_("📝 The answer is in the FAQ now, as entry #{n}.", n=entry_id)),
        _("Names, numbers and addresses are blackened. Please look it over once more."),
    )
