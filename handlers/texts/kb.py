"""Words about the FAQ for those who write it and look after it."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.faq.content_rules import Content, EntryKind
from community_bot.faq.facts import Counts, Entry, Gap, Line, OwnTerms, Swept, Version
from community_bot.faq.learning_rules import Lesson
from community_bot.faq.markup_rules import tidy
from community_bot.faq.notices import DraftWaiting, EntryHandedOver, ReviewWanted
from community_bot.faq.rules import Doubted, EntryState
from handlers.texts.figures import day
from handlers.texts.words import GAP, Html, Words, bold, lines

SHOWN = 300  # signs of a change that are shown


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


def entry(_: Words, one: Entry, counts: Counts, zone: ZoneInfo) -> Html:
    """Show an entry to whoever looks after it."""
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
        *_facts(_, content),
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


def _facts(_: Words, content: Content) -> list[Html]:
    shown = [
        ("aliases", ", ".join(content.aliases)[:SHOWN]),
        ("topics", ", ".join(content.topics)),
        ("markets", "/".join(content.markets)),
        ("least_tier", content.least_tier or ""),
        ("media", str(len(content.media)) if content.media else ""),
    ]
    said = [
        _("{field}: {value}", field=field(_, name), value=value) for name, value in shown if value
    ]
    if content.kind is EntryKind.SNIPPET:
        said.append(_("🔧 A snippet: only staff find it."))
    return said


def wanted(_: Words, of: str) -> Html:
    """Ask for one field of an entry."""
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
    return known.get(of, GAP)


def alike(_: Words, found: Sequence[Line]) -> Html:
    return lines(
        bold(_("⚠️ This may be there already")),
        *[_("· #{number} {question}", number=one.entry_id, question=one.question) for one in found],
    )


def versions(_: Words, question: str, all_: Sequence[Version], zone: ZoneInfo) -> Html:
    """Show the newest versions with what changed in each."""
    parts: list[str | None] = [bold(question)]
    for one in all_[:5]:
        parts += [
            GAP,
            _(
                "Version {n} · {day} · {name}",
                n=one.version,
                day=day(one.saved_at, zone, _.locale),
                name=one.saver_name or "–",
            ),
        ]
        for change in one.changes[:4]:
            parts.append(_("<u>{field}</u>", field=field(_, change.field)))
            parts += [_("➖ {line}", line=line[:60]) for line in change.gone[:2]]
            parts += [_("➕ {line}", line=line[:60]) for line in change.come[:2]]
    return lines(*parts)


def tiers(_: Words) -> Html:
    return _("Who may read the answer? The title is shown to everybody.")


def owners(_: Words) -> Html:
    return _("Who is to look after this entry? They are told, and reminded when it is due.")


def handed_over(_: Words, of: Entry) -> Html:
    return lines(
        bold(of.content.question),
        _("{name} looks after it from now on, and has been told.", name=of.owner_name or "–"),
    )


def gaps(_: Words, found: Sequence[Gap]) -> Html:
    """Show what was searched in vain; the words are without personal data."""
    if not found:
        return lines(bold(_("🔎 Searched in vain")), _("Nothing waits for a decision."))
    return lines(
        bold(_("🔎 Searched in vain")),
        *[
            _(
                "{n}. {wording} · {members} members, {searches} searches",
                n=number,
                wording=gap.wording[:80],
                members=gap.members,
                searches=gap.searches,
            )
            for number, gap in enumerate(found, start=1)
        ],
    )


def gap(_: Words, wording: str, found: Sequence[Line]) -> Html:
    return lines(
        _("Searched in vain: {wording}", wording=bold(wording)),
        _("Write an answer, or say which of these it is another wording of.")
        if found
        else _("Write an answer, or ignore it."),
    )


def terms(_: Words, own: Sequence[OwnTerms]) -> Html:
    return lines(
        bold(_("🗂 Words that mean the same")),
        _("Besides those that come with the program. Tap a group to remove it."),
        *[_("· {terms}", terms=" = ".join(group.terms)[:100]) for group in own[:20]],
    )


def lessons(_: Words, question: str, learnt: Sequence[Lesson], zone: ZoneInfo) -> Html:
    return lines(
        bold(question),
        _("Wordings that led members here, learnt from what helped them. Tap one to undo it.")
        if learnt
        else _("Nothing has been learnt for this entry yet."),
        *[
            _(
                "{n}. {wording} · {members} members, last on {day}",
                n=number,
                wording=one.wording[:80],
                members=one.members,
                day=day(one.last_at, zone, _.locale),
            )
            for number, one in enumerate(learnt[:10], start=1)
        ],
    )


def which_topic(_: Words) -> Html:
    return _("About which topic have the rules changed? All its answers are marked.")


def swept(_: Words, of: Swept) -> Html:
    return _(
        "{marked} answers are marked; {told} readers are told.", marked=of.marked, told=of.told
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


def review_wanted(_: Words, told: ReviewWanted, zone: ZoneInfo) -> Html:
    why = {
        Doubted.DUE: _("Nobody has looked at it for some time."),
        Doubted.VOTES: _("Several members said that it did not help."),
        Doubted.POLICY: _("The rules behind it have changed."),
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
