"""Words of the community's figures, for those who run it."""

from datetime import date

from babel.dates import format_date

from community_bot.insight.overview_facts import Cash, Month, Overview
from handlers.texts.desk_office import share, span
from handlers.texts.figures import money
from handlers.texts.joining import named
from handlers.texts.words import GAP, Html, Words, bold, lines


def overview(_: Words, of: Overview, days: int) -> Html:
    """Say how the community stands, and what happened in the last days."""
    return lines(
        bold(_.count("📊 The last day", "📊 The last {n} days", days)),
        GAP,
        *_members(_, of),
        GAP,
        *_money(_, of),
        GAP,
        *_desk(_, of),
        GAP,
        *_updates(_, of),
    )


def picture(_: Words, last: Month) -> Html:
    """Say what the lines and bars of the picture are, and say its last month in figures."""
    return lines(
        bold(_("📈 Twelve months")),
        _("🔵 members at the end of each month: {n} now", n=last.members),
        _(
            "🟢 money that came, less what was given back: {amount} so far in {month}",
            amount=money(last.cash, _.locale),
            month=_month(_, last.first_day),
        ),
    )


def _members(_: Words, of: Overview) -> list[Html | None]:
    moved = of.movement
    change = moved.members - moved.before
    return [
        _("👥 {n} members ({change} since then)", n=bold(moved.members), change=f"{change:+d}"),
        lines(*(_("· {tier}: {n}", tier=named(_, one.name), n=one.members) for one in of.tiers))
        if of.tiers
        else None,
        _(
            "🆕 {joined} joined · ↩️ {returned} came back · 👋 {left} left",
            joined=moved.joined,
            returned=moved.returned,
            left=moved.left,
        ),
        _.count(
            "⏳ one membership ends within 30 days",
            "⏳ {n} memberships end within 30 days",
            moved.ending,
        )
        if moved.ending
        else None,
        _.count(
            "🔕 one of {people} people cannot be reached: the bot was blocked",
            "🔕 {n} of {people} people cannot be reached: they blocked the bot",
            of.unreachable,
            people=of.people,
        )
        if of.unreachable
        else None,
    ]


def _money(_: Words, of: Overview) -> list[Html | None]:
    return [
        *(_cash(_, one) for one in of.cash),
        None if of.cash else _("💰 No money came in"),
        _.count("🧾 one order paid", "🧾 {n} orders paid", of.orders_paid)
        if of.orders_paid
        else None,
        _.count(
            "🔎 one transfer waits for a check: /orders",
            "🔎 {n} transfers wait for a check: /orders",
            of.orders_waiting,
        )
        if of.orders_waiting
        else None,
    ]


def _cash(_: Words, of: Cash) -> Html:
    received = bold(money(of.received, _.locale))
    if not of.returned:
        return _("💰 {received} received", received=received)
    return _(
        "💰 {received} received, {returned} given back",
        received=received,
        returned=money(of.returned, _.locale),
    )


def _desk(_: Words, of: Overview) -> list[Html | None]:
    desk = of.desk
    return [
        _("🙋 {n} questions · 🏁 {solved} settled", n=desk.opened, solved=desk.resolved),
        _(
            "⏱ {share} first answers in time, half within {median}",
            share=share(desk.on_time),
            median=span(_, desk.first_median),
        )
        if desk.first_median is not None
        else None,
        _("👍 {share} of {n} ratings", share=share(desk.praised), n=desk.rated)
        if desk.rated
        else None,
        _("🔴 {n} late now: /desk", n=desk.overdue) if desk.overdue else None,
    ]


def _updates(_: Words, of: Overview) -> list[Html | None]:
    read, out = of.knowledge, of.updates
    return [
        _(
            "📚 {n} searches of the FAQ, {vain} in vain · 👍 {up} · 👎 {down}",
            n=read.searches,
            vain=read.in_vain,
            up=read.helped,
            down=read.not_helped,
        ),
        _(
            "📣 {posts} posts, {sent} copies arrived · {readers} people opened something",
            posts=out.posts,
            sent=out.sent,
            readers=out.readers,
        ),
        _.count(
            "❔ one copy may not have arrived: see the report under /schedule",
            "❔ {n} copies may not have arrived: see the reports under /schedule",
            out.unknown,
        )
        if out.unknown
        else None,
    ]


def _month(_: Words, first_day: date) -> str:
    pattern = "M月" if _.locale.startswith("zh") else "MMMM"
    return format_date(first_day, pattern, locale=_.locale)
