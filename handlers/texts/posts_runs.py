"""How far a post is, and what became of it."""

from zoneinfo import ZoneInfo

from community_bot.resources.facts import Report, Run
from community_bot.resources.notices import RunProgress
from community_bot.resources.rules import CORRECT, WITHDRAW, CopyState, RunState
from handlers.texts.figures import moment
from handlers.texts.posts_audience import Tiers
from handlers.texts.schedule_phrases import span
from handlers.texts.words import GAP, Html, Words, bold, lines

MOST_REASONS, MOST_OF_A_REASON, MOST_OF_A_TITLE, CELLS = 8, 80, 60, 12
FULL, EMPTY = "▰", "▱"


def progress(_: Words, told: RunProgress, _zone: ZoneInfo) -> Html:
    """Return the live card: what has arrived, what waits, how fast, and how long it takes."""
    done = told.people - told.waiting
    return lines(
        bold(_("📮 {title}: {state}", title=_short(told.title), state=_doing(_, told))),
        _(
            "{bar} {done} of {all}",
            bar=_bar(done, told.people),
            done=bold(done),
            all=bold(told.people),
        ),
        *_figures(_, told),
        _("⚡️ {n} a second", n=told.per_second) if told.per_second else None,
        _("⏳ {span} to go", span=span(_, told.time_left)) if told.time_left else None,
        _why_held(_, told.reason) if told.state == RunState.PAUSED else None,
    )


def _doing(_: Words, told: RunProgress) -> str:
    if told.mending is not None:
        known = {CORRECT: _.plain("being corrected"), WITHDRAW: _.plain("being taken back")}
        return known.get(told.mending, told.mending)
    return state(_, RunState(told.state)) if told.state in set(RunState) else told.state


def _figures(_: Words, told: RunProgress) -> list[Html]:
    shown = (
        (_("✅ sent: {n}", n=told.sent), True),
        (_("↩️ withdrawn: {n}", n=told.withdrawn), bool(told.withdrawn)),
        (_("🕓 waiting: {n}", n=told.waiting), bool(told.waiting)),
        (_("🌙 of these until quiet hours end: {n}", n=told.resting), bool(told.resting)),
        (_("🚫 unreachable: {n}", n=told.unreachable), bool(told.unreachable)),
        (_("❔ uncertain: {n}", n=told.uncertain), bool(told.uncertain)),
        (_("❌ refused: {n}", n=told.failed), bool(told.failed)),
        (_("⏭ left out: {n}", n=told.skipped), bool(told.skipped)),
        (_("✋ called off: {n}", n=told.cancelled), bool(told.cancelled)),
    )
    return [line for line, is_there in shown if is_there]


def _why_held(_: Words, reason: str | None) -> Html | None:
    known = {
        "by_hand": _("⏸ An admin holds it."),
        "with_plan": _("⏸ An admin holds its plan; it goes on together with that."),
        "faults": _("⏸ I hold it: too many were refused. Look at the report, then go on or end."),
    }
    return known.get(reason or "")


def _bar(done: int, whole: int) -> str:
    cells = CELLS if not whole else max(0, min(CELLS, round(CELLS * done / whole)))
    return FULL * cells + EMPTY * (CELLS - cells)


def state(_: Words, of: RunState) -> str:
    known = {
        RunState.PLANNED: _.plain("planned"),
        RunState.PREFLIGHT_FAILED: _.plain("cannot go out"),
        RunState.ASKING: _.plain("waits for your word"),
        RunState.EXPANDING: _.plain("begins"),
        RunState.CANARY: _.plain("first few"),
        RunState.SENDING: _.plain("under way"),
        RunState.PAUSED: _.plain("held"),
        RunState.DONE: _.plain("done"),
        RunState.SKIPPED: _.plain("left out"),
        RunState.CANCELLED: _.plain("called off"),
        RunState.WITHDRAWN: _.plain("withdrawn"),
    }
    return known[of]


def report(_: Words, of: Report, tiers: Tiers, zone: ZoneInfo) -> Html:
    """Say what became of a run; sent never means read, opened that a button was pressed."""
    run = of.run
    tally = run.tally
    return lines(
        bold(_("📊 {title}", title=_short(run.title))),
        _(
            "{at} · {state}",
            at=moment(run.due_at, zone, _.locale),
            state=state(_, run.state),
        ),
        _("🐢 It went out late.") if run.is_late else None,
        GAP,
        _("✅ sent to {n} of {all}", n=bold(tally.sent), all=tally.all),
        _("↩️ withdrawn: {n}", n=of.withdrawn) if of.withdrawn else None,
        _("🚫 unreachable: {n}", n=tally.unreachable) if tally.unreachable else None,
        _("❔ uncertain: {n}", n=tally.uncertain) if tally.uncertain else None,
        _("❌ refused: {n}", n=tally.failed) if tally.failed else None,
        _("🕓 waiting: {n}", n=tally.waiting) if tally.waiting else None,
        *_reasons(_, of),
        *_opened(_, of, tiers),
        _not_mended(_, of),
        *_uncertain(_, of),
    )


def _reasons(_: Words, of: Report) -> list[Html]:
    shown = [
        _("· {n}: {reason}", n=count, reason=reason(_, at, said))
        for at, said, count in of.reasons[:MOST_REASONS]
        if at not in (CopyState.WAITING, CopyState.QUEUED)
    ]
    return [GAP, bold(_("Why not")), *shown] if shown else []


def reason(_: Words, at: CopyState, said: str) -> Html:
    """Return why a copy did not arrive, in words; Telegram's own where we have none."""
    known = {
        "unreachable": _("blocked the bot, or never started it"),
        "below_tier": _("below the tier"),
        "public": _("anybody can read along there: it has a public name"),
        "discussed": _("people below the tier see its discussion group"),
    }
    by_state = {
        CopyState.UNREACHABLE: _("blocked the bot"),
        CopyState.UNKNOWN: _("Telegram did not say whether it arrived"),
        CopyState.CANCELLED: _("called off before"),
        CopyState.SKIPPED: _("left out"),
    }
    return known.get(said) or by_state.get(at) or _("{said}", said=said[:MOST_OF_A_REASON] or "–")


def _not_mended(_: Words, of: Report) -> Html | None:
    """Return how many messages are not as they should be by now: not corrected, or still there."""
    if not of.not_mended:
        return None
    if of.run.state is RunState.WITHDRAWN or of.run.mending == WITHDRAW:
        return _.count(
            "⚠️ One message stays: older than 48 hours, or Telegram refused.",
            "⚠️ {n} messages stay: older than 48 hours, or Telegram refused.",
            of.not_mended,
        )
    return _.count(
        "⚠️ One message is not corrected: deleted, refused by Telegram, or below the tier by now.",
        "⚠️ {n} messages are not corrected: deleted, refused by Telegram, or below the tier by now.",
        of.not_mended,
    )


def _opened(_: Words, of: Report, tiers: Tiers) -> list[Html]:
    if not of.opened:
        return []
    by_tier = [
        _("· {tier}: {n}", tier=_tier(_, code, tiers), n=count)
        for code, count in list(of.opened_by_tier.items())[:MOST_REASONS]
    ]
    return [
        GAP,
        _.count("👆 One person pressed a button", "👆 {n} people pressed a button", of.opened),
        *by_tier,
    ]


def _tier(_: Words, code: str, tiers: Tiers) -> str:
    known = tiers.get(code)
    if known is None:
        return code or _.plain("Guest")
    return known.name["zh" if _.locale.startswith("zh") else "en"]


def _uncertain(_: Words, of: Report) -> list[Html]:
    if not of.run.tally.uncertain:
        return []
    return [
        GAP,
        _("Uncertain copies are never repeated by themselves: some may get it twice if you do."),
    ]


def runs(_: Words, found: list[Run], zone: ZoneInfo) -> Html:
    if not found:
        return _("📮 Nothing has gone out yet.")
    shown = [
        _(
            "{number}. {at} · {title} · {state} · ✅ {sent}/{all}",
            number=number,
            at=moment(one.due_at, zone, _.locale),
            title=_short(one.title),
            state=state(_, one.state),
            sent=one.tally.sent,
            all=one.tally.all,
        )
        for number, one in enumerate(found, 1)
    ]
    return lines(bold(_("📮 What went out")), "", *shown)


def table_caption(_: Words) -> Html:
    return _("📄 Every recipient, a line each. Sent means that Telegram took it, not read.")


def cancel_sure(_: Words, of: Run) -> Html:
    return _.count(
        "End it now? One who has not got it will not; what arrived stays.",
        "End it now? {n} who have not got it will not; what arrived stays.",
        of.tally.waiting,
    )


def withdraw_sure(_: Words, of: Run) -> Html:
    return lines(
        _("↩️ Take {title} back everywhere?", title=bold(_short(of.title))),
        _(
            "I delete what was sent less than 48 hours ago; older messages Telegram keeps. "
            "Who has read it has read it."
        ),
    )


def correction_wanted(_: Words, of: Run) -> Html:
    return lines(
        _("✏️ Send the corrected {title} as it should be.", title=bold(_short(of.title))),
        _(
            "I change it everywhere; nobody gets a second message. The kind stays: a text a text, "
            "a photo a photo, an album an album."
        ),
        _(
            "⚠️ Two agreed to this post. A correction waits for nobody: it goes out as soon as you "
            "send it, and the other admins are shown its words."
        )
        if of.is_agreed
        else None,
    )


def correcting(_: Words) -> Html:
    return _("✏️ I am changing it everywhere. The card shows how far it is.")


def withdrawing(_: Words) -> Html:
    return _("↩️ I am taking it back. The card shows how far it is.")


def sent_again(_: Words) -> Html:
    return _("🔁 It goes out again to these alone; a card of its own shows how far it is.")


def held(_: Words) -> str:
    return _.plain("⏸ Held. Nothing more leaves.")


def going_on(_: Words) -> str:
    return _.plain("▶️ It goes on where it stopped.")


def called_off(_: Words) -> Html:
    return _("✋ Ended. What arrived stays.")


def sending_nevertheless(_: Words) -> Html:
    return _("📮 It goes out now.")


def skipped(_: Words) -> Html:
    return _("⏭ This time is left out; the plan goes on.")


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE - 1]}…"
