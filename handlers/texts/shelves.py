"""Words for those who look after the library."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.content_rules import Content, MediaKind
from community_bot.resources.facts import Resource, ResourceVersion
from community_bot.resources.rules import ResourceState
from handlers.texts.figures import day, moment
from handlers.texts.library import named
from handlers.texts.words import GAP, Html, Words, bold, code, lines

VERSIONS = 15  # of one resource, on one screen


def bring(_: Words) -> Html:
    return lines(
        bold(_("➕ Take something in")),
        _(
            "Send or forward what belongs into the library: text, photos, an album, a file, video, "
            "voice or a link. Several messages become one resource. Then tap “Keep it”."
        ),
    )


def bring_again(_: Words, title: str) -> Html:
    return lines(
        bold(_("🔁 New content for “{title}”", title=title)),
        _("Send or forward it whole. Members keep finding it in the same place."),
    )


def gathered(_: Words) -> Html:
    return lines(
        bold(_("📥 Take this into the library?")),
        _("More that belongs to it? Send it now. All there? Tap “Keep it”."),
    )


def card(
    _: Words, of: Resource, *, zone: ZoneInfo, author: str, level: Mapping[str, str] | None
) -> Html:
    """Show what is known of a resource, and what members see of it."""
    return lines(
        bold(of.title),
        _(
            "#{n} · {state} · version {version}",
            n=of.resource_id,
            state=state(_, of.state),
            version=of.version,
        ),
        GAP,
        _("Content: {content}", content=consists_of(_, of.content)),
        _("Topics: {topics}", topics=_.plain(", ").join(of.topics) if of.topics else "–"),
        _("For: {tier}", tier=named(_, level)) if level else _("For: everybody"),
        _("Who may not open it: sees {seen}", seen=_seen(_, is_hidden=of.is_hidden))
        if level
        else None,
        _("By {author} on {day}", author=author, day=day(of.made_at, zone, _.locale)),
        _("✅ A copy is in the archive channel") if of.is_archived_copy_kept else None,
        _("Members do not see it yet: tap “Put out”.") if of.state is ResourceState.DRAFT else None,
    )


def state(_: Words, at: ResourceState) -> str:
    known = {
        ResourceState.DRAFT: _.plain("Draft"),
        ResourceState.PUBLISHED: _.plain("In the library"),
        ResourceState.ARCHIVED: _.plain("Taken out"),
    }
    return known[at]


def consists_of(_: Words, content: Content) -> str:
    """Say what a resource is made of: text, 3 photos, 1 file."""
    known = {
        MediaKind.PHOTO: _.plain("photos"),
        MediaKind.VIDEO: _.plain("videos"),
        MediaKind.DOCUMENT: _.plain("files"),
        MediaKind.AUDIO: _.plain("sound"),
        MediaKind.VOICE: _.plain("voice"),
        MediaKind.ANIMATION: _.plain("animations"),
    }
    kinds = [one.kind for one in content.media]
    counted = [f"{known[kind]} × {kinds.count(kind)}" for kind in dict.fromkeys(kinds)]
    return " + ".join([*([_.plain("text")] if content.text.strip() else []), *counted])


def listed(_: Words, found: Sequence[Resource]) -> Html:
    if not found:
        return lines(
            bold(_("🗂 The library's resources")),
            _("Nothing is kept yet. Forward something to me, or tap “Take something in”."),
        )
    drafts = sum(one.state is ResourceState.DRAFT for one in found)
    return lines(
        bold(_("🗂 The library's resources")),
        _.count("{n} draft is not put out yet.", "{n} drafts are not put out yet.", drafts)
        if drafts
        else None,
        _("✅ in the library · 📝 draft · 🗄 taken out"),
    )


def versions(
    _: Words, saved: Sequence[ResourceVersion], names: Mapping[int, str], zone: ZoneInfo
) -> Html:
    return lines(
        bold(_("🕘 Versions")),
        *[
            _(
                "{n} · {at} · {name} · {title}",
                n=one.version,
                at=moment(one.saved_at, zone, _.locale),
                name=names.get(one.saved_by, "–")[:40],
                title=one.title[:60],
            )
            for one in saved[:VERSIONS]
        ],
    )


def title_wanted(_: Words) -> Html:
    return _("What is it called? Type a title that members recognise in a list.")


def topics_wanted(_: Words, known: Sequence[str]) -> Html:
    return lines(
        _("What is it about? Type markets and subjects with spaces between, for example:"),
        code(_("US UK logistics")),
        _("Topics in use: {topics}", topics=_.plain(", ").join(known)[:800]) if known else None,
        _("For none at all type a single -"),
    )


def tiers(_: Words) -> Html:
    return _("From which membership on may it be opened? Others see its title with a lock.")


def _seen(_: Words, *, is_hidden: bool) -> str:
    return _.plain("nothing at all") if is_hidden else _.plain("the title with a lock")
