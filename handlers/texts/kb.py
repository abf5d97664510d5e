"""Words about the FAQ for those who write it and look after it."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.faq.content_rules import Content, EntryKind, split_list
from community_bot.faq.facts import Counts, Entry, Line
from community_bot.faq.markup_rules import tidy
from community_bot.faq.notices import DraftWaiting, EntryHandedOver, ReviewsWanted, ReviewWanted
from community_bot.faq.rules import Doubted, EntryState
from handlers.texts.faq import topic_code, topic_name
from handlers.texts.figures import day
from handlers.texts.words import GAP, Html, Words, bold, code, lines

SHOWN = 300  # signs of a list that are shown
NOW = 3000  # signs of a field that can be copied


def state(_: Words, of: EntryState) -> str:
    known = {
        EntryState.DRAFT: _.plain("Draft"),
        EntryState.IN_REVIEW: _.plain("To be looked over"),
        EntryState.PUBLISHED: _.plain("Published"),
        EntryState.STALE: _.plain("Perhaps out of date"),
        EntryState.ARCHIVED: _.plain("Archived"),
    }
    return known[of]


def field(_: Words, of: str) -> str:
    known = {
        "question": _.plain("Question"),
        "body": _.plain("Answer"),
        "aliases": _.plain("Other wordings"),
        "topics": _.plain("Topics"),
        "markets": _.plain("Markets"),
        "least_tier": _.plain("Least tier"),
        "kind": _.plain("For whom"),
        "media": _.plain("Pictures and files"),
        "review": _.plain("Days between reviews"),
    }
    return known.get(of, of)


def home(_: Words, counts: Mapping[EntryState, int]) -> Html:
    shown = [
        _("· {state}: {n}", state=state(_, one), n=counts[one])
        for one in EntryState
        if one in counts
    ]
    return lines(bold(_("📚 The FAQ")), *(shown or [_("Nothing has been written here yet.")]))


def listed(_: Words, of: EntryState, entries: Sequence[Entry]) -> Html:
    return lines(bold(state(_, of)), None if entries else _("None."))


def entry(
    _: Words,
    one: Entry,
    counts: Counts,
    tiers: Mapping[str, Mapping[str, str]],
    zone: ZoneInfo,
) -> Html:
    """Show an entry to whoever looks after it; `tiers` are the names of those there are."""
    content = one.content
    return lines(
        _(
            "#{number} · {state} · version {version}",
            number=one.entry_id,
            state=state(_, one.state),
            version=one.version,
        ),
        bold(content.question),
        GAP,
        Html(tidy(content.body)),
        GAP,
        *_facts(_, content, tiers),
        _("Looked after by: {name}", name=one.owner_name or "–"),
        _(
            "Verified: {day} by {name}",
            day=day(one.verified_at, zone, _.locale),
            name=one.verifier_name or "–",
        )
        if one.verified_at
        else None,
        _("To be looked at on {day}", day=day(one.review_at, zone, _.locale))
        if one.review_at
        else None,
        _(
            "Read {reads} times · 👍 {up} · 👎 {down}",
            reads=counts.reads,
            up=counts.up,
            down=counts.down,
        ),
    )


def _facts(_: Words, content: Content, tiers: Mapping[str, Mapping[str, str]]) -> list[Html]:
    shown = [
        ("aliases", _.plain(", ").join(content.aliases)[:SHOWN]),
        ("topics", _.plain(", ").join(topic_name(_, one) for one in content.topics)),
        ("markets", "/".join(content.markets)),
        ("least_tier", _tier(_, content.least_tier, tiers)),
        ("media", str(len(content.media)) if content.media else ""),
    ]
    said = [
        _("{field}: {value}", field=field(_, name), value=value) for name, value in shown if value
    ]
    if content.least_tier is not None and content.least_tier not in tiers:
        said.append(_("⚠️ There is no such tier any more: no member can read it. Choose another."))
    if content.kind is EntryKind.SNIPPET:
        said.append(_("🔧 A snippet: only staff find it."))
    return said


def _tier(_: Words, code: str | None, tiers: Mapping[str, Mapping[str, str]]) -> str:
    if code is None:
        return ""
    return tiers.get(code, {}).get("zh" if _.locale.startswith("zh") else "en", code)


def as_shown(_: Words, name: str, value: str, tiers: Mapping[str, Mapping[str, str]]) -> str:
    """Return a line of a field, kept as codes, as people call it."""
    match name:
        case "topics":
            return topic_name(_, value)
        case "least_tier":
            return _tier(_, value, tiers)
        case "kind":
            return (
                _.plain("A snippet for staff")
                if value == EntryKind.SNIPPET
                else _.plain("An answer for members")
            )
        case "media":
            return _.plain("1 picture or file")
        case _:
            return value


def as_kept(_: Words, name: str, text: str) -> str:
    """Return what was typed into a field, with the names of topics as their codes."""
    if name != "topics":
        return text
    return "\n".join(topic_code(_, one) for one in split_list(text))


def as_typed(_: Words, of: Entry, name: str) -> str:
    """Return a field as it would be typed, so that it can be copied and changed."""
    content = of.content
    known = {
        "question": content.question,
        "aliases": "\n".join(content.aliases),
        "topics": _.plain(", ").join(topic_name(_, one) for one in content.topics),
        "markets": _.plain(", ").join(content.markets),
        "review": str(of.review_every.days) if of.review_every else "",
    }
    return known.get(name, "")


def album(_: Words, n: int) -> Html:
    return _.count(
        "{n} picture is here. Tap once all of the album has been sent.",
        "{n} pictures are here. Tap once all of the album has been sent.",
        n,
    )


def wanted(_: Words, of: str, now: str = "") -> Html:
    """Ask for one field of an entry; what it says `now` can be copied with one tap."""
    known = {
        "question": _("Please type the question, as members ask it."),
        "body": _(
            "Please send the answer. Formatting is kept; a picture or file may come with it as "
            "its caption."
        ),
        "aliases": _("Please type all other wordings, with commas or one a line; - for none."),
        "topics": _("Please type the topics, with commas; - for none."),
        "markets": _("Please type the markets, such as US, UK; ALL for every market."),
        "review": _("Please type after how many days it is to be looked at; - as its topic says."),
        "terms": _(
            "Please type words that mean the same, with commas: the first one is read for all."
        ),
        "policy": _("What has changed? Readers of these answers get to read it."),
    }
    return lines(
        known.get(of, GAP),
        _("Now (tap to copy):") if now else None,
        code(now[:NOW]) if now else None,
    )


def alike(_: Words, found: Sequence[Line]) -> Html:
    return lines(
        bold(_("⚠️ This may be there already")),
        *[_("· #{number} {question}", number=one.entry_id, question=one.question) for one in found],
    )


def tiers(_: Words) -> Html:
    return _("Who may read the answer? The title is shown to everybody.")


def owners(_: Words) -> Html:
    return _("Who is to look after this entry? They are told, and reminded when it is due.")


def handed_over(_: Words, of: Entry) -> Html:
    return lines(
        bold(of.content.question),
        _("{name} looks after it from now on, and has been told.", name=of.owner_name or "–"),
    )


def draft_waiting(_: Words, told: DraftWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📝 An FAQ entry is to be looked over")),
        _("“{question}”, by {name}", question=told.question, name=told.author_name),
    )


def entry_handed_over(_: Words, told: EntryHandedOver, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("👤 An FAQ entry is yours to look after")),
        _("“{question}”, handed over by {name}", question=told.question, name=told.by_name or "–"),
        _("To be looked at on {day}", day=day(told.review_at, zone, _.locale))
        if told.review_at
        else None,
    )


def reviews_wanted(_: Words, told: ReviewsWanted, _zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _.count(
                "🔔 One answer is to be looked at",
                "🔔 {n} answers are to be looked at",
                len(told.entries),
            )
        ),
        _("Please open each of them: verify what is still right, and change what is not."),
    )


def review_wanted(_: Words, told: ReviewWanted, zone: ZoneInfo) -> Html:
    why = {
        Doubted.DUE: _("Nobody has looked at it for some time."),
        Doubted.VOTES: _("Several members said that it did not help."),
        Doubted.POLICY: _("The rules behind it have changed."),
        Doubted.ASKED: _("More than a quarter of those who read it asked a mentor all the same."),
        Doubted.ANSWERED: _(
            "Its reader asked all the same, and a mentor has answered: ticket #{number}.",
            number=told.ticket_id or 0,
        ),
    }
    return lines(
        bold(_("🔔 Does this answer still hold?")),
        _("“{question}”", question=told.question),
        why[told.why],
        _("Last verified on {day}.", day=day(told.verified_at, zone, _.locale))
        if told.verified_at
        else None,
        _("{name} looks after it and has been reminded twice.", name=told.owner_name)
        if told.owner_name
        else None,
    )
