"""Words of composing a post: the home of posts, the card of a draft, and what is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from community_bot.membership.facts import Space, Tier
from community_bot.resources.content_rules import Content
from community_bot.resources.facts import Place, Planned, Post, Preview
from community_bot.resources.rules import PostState
from handlers.texts.joining import named
from handlers.texts.posts_audience import audience
from handlers.texts.schedule_phrases import examples, moments, phrase, span
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_OF_A_TEXT, MOST_OF_A_TITLE, MOST_LINES = 200, 60, 8


@dataclass(frozen=True, slots=True)
class Names:
    """What the community calls its tiers and places."""

    tiers: Mapping[str, Tier]
    spaces: Sequence[Space]
    zone: ZoneInfo


def home(_: Words, drafts: Sequence[Post], waiting: Sequence[Post]) -> Html:
    return lines(
        bold(_("📣 Posts")),
        _("Send an update to members, groups and channels: now, later, or again and again."),
        GAP if drafts or waiting else None,
        _.count("✏️ One draft", "✏️ {n} drafts", len(drafts)) if drafts else None,
        _.count("⏳ One waits for a second person", "⏳ {n} wait for a second person", len(waiting))
        if waiting
        else None,
    )


def content_wanted(_: Words) -> Html:
    return lines(
        bold(_("📣 New post")),
        _("Send or forward me what it is to say: text, photos, an album, a file, video or voice."),
        _("Formatting stays as it is. Several messages become one post."),
    )


def card(_: Words, of: Preview, names: Names) -> Html:
    """Everything about a draft, and what is still missing."""
    composed = of.post.composed
    return lines(
        bold(_("📣 Post #{n} · {state}", n=of.post.post_id, state=state(_, of.post.state))),
        _("📄 {content}", content=content(_, composed.content)),
        _people(_, of, names),
        _("📍 {places}", places=places(_, composed.places, names)),
        _("🕘 {when}", when=phrase(_, composed.schedule)),
        _("Next: {times}", times=moments(_, of.next_times, names.zone)) if of.next_times else None,
        *_options(_, of, names),
        *_warnings(_, of, names),
        GAP,
        _next_step(_, of),
    )


def _people(_: Words, of: Preview, names: Names) -> Html:
    whom = audience(_, of.post.composed.audience, names.tiers)
    if of.post.composed.audience is None:
        return _("👥 {whom}", whom=whom)
    return _("👥 {whom}: {n}", whom=whom, n=bold(people(_, of)))


def people(_: Words, of: Preview) -> Html:
    """Return how many people it is for, and how many of them it cannot reach."""
    whole = _.count("one person", "{n} people", of.people)
    apart = [
        _("{n} cannot be reached", n=of.unreachable) if of.unreachable else None,
        _("{n} below the tier", n=of.below_tier) if of.below_tier else None,
    ]
    named_apart = [one for one in apart if one is not None]
    if not named_apart:
        return whole
    return _("{people} ({apart})", people=whole, apart=Html(_(", ").join(named_apart)))


def _options(_: Words, of: Preview, names: Names) -> list[Html]:
    composed = of.post.composed
    tier = names.tiers.get(composed.least_tier or "")
    shown = [
        _("🔒 from {tier} on", tier=named(_, tier.name)) if tier else None,
        _("🎁 teaser: others may see it") if composed.is_teaser else None,
        _("🔕 without a sound") if composed.is_silent else None,
        _("🛡 cannot be forwarded") if of.is_protected else None,
        None if composed.heeds_quiet else _("🌙 even in quiet hours"),
        _("🏷 {topics}", topics=_.plain(", ").join(composed.topics)) if composed.topics else None,
    ]
    return [one for one in shown if one is not None]


def _warnings(_: Words, of: Preview, names: Names) -> list[Html]:
    found = [
        _(
            "⚠️ Close to it: {title}, {at}",
            title=_title(one),
            at=moments(_, (one.at,), names.zone),
        )
        for one in of.clashes[:3]
    ]
    if of.open_places and not of.post.composed.is_teaser:
        found.append(
            _(
                "⚠️ More people look into {places} than get it in private.",
                places=places(_, of.open_places, names),
            )
        )
    if of.wrong_places and not of.post.composed.is_teaser:
        found.append(
            _(
                "⛔️ {places}: people below the tier can see this there. Take the place out, or "
                "mark the post as a teaser under ⚙️.",
                places=places(_, of.wrong_places, names),
            )
        )
    return [GAP, *found] if found else []


def _next_step(_: Words, of: Preview) -> Html:
    composed = of.post.composed
    if of.post.is_template:
        return _("This is a template. Tap “Use it” to begin a post like it.")
    if of.post.state is PostState.WAITING_APPROVAL:
        return _("It waits for a second person. A change makes it a draft again.")
    if of.post.state is not PostState.DRAFT:
        return _("What was confirmed is not changed; a replacement can take its place.")
    if composed.audience is None and not composed.places:
        return _("👉 Who is to get it? Tap 👥 for people, 📍 for groups and channels.")
    return _(
        "👉 Takes {span}. Tap 👀: I show you exactly what it looks like, and you confirm.",
        span=span(_, of.takes),
    )


def content(_: Words, of: Content) -> Html:
    """Return the beginning of a content, and what hangs on it."""
    text = of.text if len(of.text) <= MOST_OF_A_TEXT else f"{of.text[: MOST_OF_A_TEXT - 1]}…"
    more = [
        _.count("one file", "{n} files", len(of.media)) if of.media else None,
        _.count("one button", "{n} buttons", len(of.buttons)) if of.buttons else None,
    ]
    apart = _(", ").join(one for one in more if one is not None)
    if not apart:
        return _("{text}", text=text)
    return _("{text} [{more}]", text=text, more=Html(apart))


def places(_: Words, of: Sequence[Place], names: Names) -> Html:
    if not of:
        return _("no group or channel")
    return Html(_(", ").join(place(_, one, names) for one in of[:MOST_LINES]))


def place(_: Words, of: Place, names: Names) -> Html:
    titles = {one.chat_id: one.title for one in names.spaces}
    title = _short(titles.get(of.chat_id, str(of.chat_id)))
    if of.topic_id is None:
        return _("{title}", title=title)
    return _("{title} › {topic}", title=title, topic=_short(of.topic_name or f"#{of.topic_id}"))


def state(_: Words, of: PostState) -> str:
    known = {
        PostState.DRAFT: _.plain("draft"),
        PostState.WAITING_APPROVAL: _.plain("waits for a second person"),
        PostState.SCHEDULED: _.plain("planned"),
        PostState.PAUSED: _.plain("held"),
        PostState.DONE: _.plain("done"),
        PostState.CANCELLED: _.plain("cancelled"),
    }
    return known[of]


def audience_wanted(_: Words, of: Preview, names: Names) -> Html:
    return lines(
        bold(_("👥 Who gets it in private?")),
        _("Chosen: {whom}", whom=bold(audience(_, of.post.composed.audience, names.tiers))),
        bold(people(_, of)) if of.post.composed.audience is not None else None,
        "",
        _("Tap to add or take away. Of several, all must be true; of several tiers, one."),
    )


def topics_wanted(_: Words) -> Html:
    return _("🏷 Who follows which topic? The number is of resources about it.")


def rule_wanted(_: Words, names: Names) -> Html:
    return lines(
        _("✍️ Type whom it is for; the words are told apart by spaces, a minus takes away:"),
        _("<code>tier:annual topic:US -role:mentor</code>"),
        _(
            "<code>all members lapsed never-asked never-opened expiring:14 "
            "joined:2026-01 joined:2026-01-01..2026-02-01 people:123,456</code>"
        ),
        _("Tiers by their code or their name: {tiers}", tiers=_tiers(_, names)),
    )


def _tiers(_: Words, names: Names) -> str:
    return _.plain(", ").join(named(_, tier.name) for tier in names.tiers.values())


def places_wanted(_: Words, spaces: Sequence[Space]) -> Html:
    if not spaces:
        return _(
            "📍 I am in no group or channel of yours yet. Add me to one as an admin, and I ask you "
            "what it is."
        )
    return lines(
        bold(_("📍 Where is it posted?")), _("Tap to choose. In a forum you can choose a topic.")
    )


def topic_wanted(_: Words, title: str) -> Html:
    return lines(
        bold(_("📍 A topic in {title}", title=title)),
        _("Send me the link of any message in that topic (long press, copy link)."),
    )


def time_wanted(_: Words, of: Preview, names: Names) -> Html:
    return lines(
        bold(_("🕘 When does it go out?")),
        _("Chosen: {when}", when=bold(phrase(_, of.post.composed.schedule))),
        _("Next: {times}", times=moments(_, of.next_times, names.zone)) if of.next_times else None,
        "",
        _("Tap, or type it in your own words, for example:"),
        examples(_),
    )


def hour_wanted(_: Words, words: str) -> Html:
    """Ask for what is missing alone; the days that were typed are kept."""
    return lines(
        bold(_("🕘 {words}: at what time of day?", words=words)),
        _("Tap one, or type it, for example <code>10:30</code>."),
    )


def buttons_wanted(_: Words) -> Html:
    return lines(
        bold(_("🔗 Buttons under the post")),
        _("Type one a line, the text and then the link:"),
        _("<code>Read more - https://example.com</code>"),
        _("Instead of a link, the number of a resource of the library: <code>#12</code>"),
    )


def options(_: Words, of: Preview, names: Names) -> Html:
    shown = _options(_, of, names)
    return lines(
        bold(_("⚙️ More about post #{n}", n=of.post.post_id)),
        _("Title in lists: {title}", title=bold(_short(of.post.title) or "–")),
        *shown,
    )


def title_wanted(_: Words) -> Html:
    return _("✏️ What is it called in lists? Members do not see this.")


def topics_typed(_: Words) -> Html:
    return _("🏷 What is it about? Type topics with spaces between, for example US logistics.")


def tier_wanted(_: Words) -> Html:
    return _("🔒 From which tier on may it be seen? Who is below does not get it.")


def discarded(_: Words, title: str) -> Html:
    return _("🗑 {title} is thrown away.", title=bold(_short(title)))


def kept_as_template(_: Words) -> str:
    return _.plain("Kept as a template; you find it under /post.")


def templates(_: Words, of: Sequence[Post]) -> Html:
    if not of:
        return _("📋 No template yet. Open a post and tap ⚙️, then “Keep as a template”.")
    return lines(bold(_("📋 Templates")), _("Tap one to begin a post like it."))


def _title(of: Planned) -> str:
    return _short(of.title)


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE - 1]}…"
