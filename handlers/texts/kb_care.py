"""Words about keeping the FAQ true: versions, gaps, vocabulary, what was learnt, new rules."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.faq.content_rules import Change
from community_bot.faq.facts import (
    Gap,
    GapPage,
    Line,
    OwnTerms,
    Sweep,
    Swept,
    Version,
)
from community_bot.faq.learning_rules import Lesson, Sign
from community_bot.faq.notices import GapsReport
from handlers.texts.faq import topic_name
from handlers.texts.figures import day, moment
from handlers.texts.kb import as_shown, field
from handlers.texts.words import GAP, Html, Words, bold, lines

WORDING = 80  # signs of what somebody searched
LINES, LINE = 12, 160  # of one field of a difference; a version has nine fields at most
WHOLE = 3200  # signs of all differences of a version
GROUPS = 100  # signs of a group of words
TITLES, TITLE = 15, 60


def version(
    _: Words,
    question: str,
    one: Version,
    of: int,
    tiers: Mapping[str, Mapping[str, str]],
    zone: ZoneInfo,
) -> Html:
    """Show what one save changed, who saved it and when; `tiers` are the names of those."""
    head = _(
        "Version {n} of {m} · {moment} · {name}",
        n=one.version,
        m=of,
        moment=moment(one.saved_at, zone, _.locale),
        name=one.saver_name or "–",
    )
    said: list[str] = []
    left = WHOLE
    for change in one.changes:
        for line in _difference(_, change, tiers):
            left -= len(line)
            if left < 0:
                return lines(bold(question), head, GAP, *said, _("… and more than fits in here."))
            said.append(line)
    return lines(bold(question), head, GAP, *said)


def _difference(_: Words, change: Change, tiers: Mapping[str, Mapping[str, str]]) -> list[Html]:
    """Show a field's lines that went and that came."""
    gone, come = (
        [as_shown(_, change.field, line, tiers)[:LINE] for line in some[:LINES] if line.strip()]
        for some in (change.gone, change.come)
    )
    shown = [_("<u>{field}</u>", field=field(_, change.field))]
    shown += [_("➖ {line}", line=line) for line in gone]
    shown += [_("➕ {line}", line=line) for line in come]
    hidden = max(len(change.gone) - LINES, 0) + max(len(change.come) - LINES, 0)
    if hidden:
        shown.append(_.count("… {n} more line", "… {n} more lines", hidden))
    return shown


def gaps(_: Words, page: GapPage, zone: ZoneInfo) -> Html:
    """Show what was searched in vain; the words are without personal data."""
    head = bold(_("🔎 Searched in vain"))
    if not page.gaps:
        return lines(head, _("Nothing waits for a decision."))
    shown = [
        line
        for number, one in enumerate(page.gaps, start=1)
        for line in (GAP, _gap(_, number, one, zone), _nearest(_, one))
    ]
    return lines(head, *shown)


def _gap(_: Words, number: int, one: Gap, zone: ZoneInfo) -> Html:
    return _(
        "{n}. {wording} · {members} members, {searches} searches, last on {day}",
        n=number,
        wording=bold(one.wording[:WORDING]),
        members=one.members,
        searches=one.searches,
        day=day(one.last_at, zone, _.locale),
    )


def _nearest(_: Words, one: Gap) -> Html | None:
    if one.nearest is None:
        return None
    number, question = one.nearest.entry_id, one.nearest.question[:TITLE]
    return _("Nearest: #{number} {question}", number=number, question=question)


def gap(_: Words, wording: str, found: Sequence[Line]) -> Html:
    return lines(
        _("Searched in vain: {wording}", wording=bold(wording)),
        _("Write an answer, or say which of these it is another wording of.")
        if found
        else _("Write an answer, or ignore it."),
    )


def gap_closed(_: Words, entry_id: int | None) -> str:
    """Return what a toast says after a tap."""
    if entry_id is None:
        return _.plain("Ignored; it will not be shown again.")
    return _.plain("Now another wording of #{number}. Who searched it is told.", number=entry_id)


def gaps_report(_: Words, told: GapsReport, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔎 Searched in vain last week")),
        _.count(
            "{n} question of members has no answer in the FAQ yet.",
            "{n} questions of members have no answer in the FAQ yet.",
            told.open,
        ),
        *[
            _(
                "· {wording} · {members} members",
                wording=wording[:WORDING],
                members=members,
            )
            for wording, members in told.first[:5]
        ],
    )


def terms(_: Words, own: Sequence[OwnTerms], number: int, pages: int) -> Html:
    return lines(
        bold(_("🗂 Words that mean the same")),
        _("Besides those that come with the program. Tap a group to remove it."),
        *[_("· {terms}", terms=" = ".join(group.terms)[:GROUPS]) for group in own],
        page_of(_, number, pages),
    )


def lessons(
    _: Words,
    question: str,
    learnt: Sequence[Lesson],
    zone: ZoneInfo,
    number: int,
    pages: int,
) -> Html:
    return lines(
        bold(question),
        _("Wordings that led members here, learnt from what helped them. Tap one to undo it.")
        if learnt
        else _("Nothing has been learnt for this entry yet."),
        *[
            _(
                "{n}. {wording} · {members} members ({signs}), last on {day}",
                n=at,
                wording=one.wording[:WORDING],
                members=one.members,
                signs=" · ".join(_sign(_, sign) for sign in one.signs),
                day=day(one.last_at, zone, _.locale),
            )
            for at, one in enumerate(learnt, start=1)
        ],
        page_of(_, number, pages),
    )


def _sign(_: Words, of: Sign) -> str:
    known = {
        Sign.OPENED: _.plain("chose it from a list"),
        Sign.HELPED: _.plain("said that it helped"),
        Sign.ANSWERED: _.plain("a mentor answered with it"),
    }
    return known[of]


def which_topic(_: Words) -> Html:
    return _("About which topic have the rules changed? All its answers are marked.")


def sweep(_: Words, of: Sweep, about: str) -> Html:
    """Show what would be marked and what readers would be told, before it is done."""
    titles = of.entries[:TITLES]
    hidden = len(of.entries) - len(titles)
    return lines(
        bold(_("📢 Rules changed: {topic}", topic=topic_name(_, of.code))),
        GAP,
        _("These answers are marked as perhaps out of date, until somebody says they hold:"),
        *[_("· #{number} {question}", number=n, question=title[:TITLE]) for n, title in titles],
        _.count("… {n} more", "… {n} more", hidden) if hidden else None,
        GAP,
        _.count(
            "{n} member who read one of them in the last 30 days is told:",
            "{n} members who read one of them in the last 30 days are told:",
            of.readers,
        )
        if of.readers
        else _("Nobody has read one of them in the last 30 days; nobody is told."),
        _("<i>{about}</i>", about=about),
    )


def swept(_: Words, of: Swept) -> Html:
    return _(
        "{marked} answers are marked; {told} readers are told.", marked=of.marked, told=of.told
    )


def page_of(_: Words, number: int, pages: int) -> Html | None:
    """Say which page this is, where there are several; pages are counted from nought."""
    return _("Page {n} of {m}", n=number + 1, m=pages) if pages > 1 else None
