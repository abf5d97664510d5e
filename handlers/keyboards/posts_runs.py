"""Keys about what goes out, and under what admins are told of it."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.people.service import Member
from community_bot.resources.facts import Report, Run
from community_bot.resources.notices import (
    PostReturned,
    PostTried,
    PostWaiting,
    PreflightTrouble,
    RunCorrected,
    RunProgress,
    RunStopped,
    TimeMissed,
)
from community_bot.resources.rules import RUN, RunEvent, RunState
from handlers.keyboards.making import press, rows
from handlers.keyboards.posts import LABEL, short
from handlers.texts.words import Words


def post_tried(_: Words, told: PostTried) -> InlineKeyboardMarkup:
    number, mark = told.post_id, short(told.mark)
    if told.is_waiting:
        return rows(
            [press(_.plain("✅ Agree"), "post", "agree", number, mark)],
            [press(_.plain("↩️ Give it back"), "post", "return", number, mark)],
        )
    return rows(
        [press(_.plain("✅ Confirm"), "post", "confirm", number, mark)],
        [press(_.plain("✏️ Change something"), "post", "card", number)],
    )


def post_waiting(_: Words, told: PostWaiting) -> InlineKeyboardMarkup:
    return rows([press(_.plain("👀 Look at it"), "post", "try", told.post_id)])


def post_returned(_: Words, told: PostReturned) -> InlineKeyboardMarkup:
    return rows([press(_.plain("✏️ Change it"), "post", "card", told.post_id)])


def preflight_trouble(_: Words, told: PreflightTrouble) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("📮 Send it nevertheless"), "run", "force", told.run_id)],
        [
            press(_.plain("🔁 Replace it"), "schedule", "replace", told.post_id),
            press(_.plain("✋ Call it off"), "run", "cancel", told.run_id),
        ],
    )


def time_missed(_: Words, told: TimeMissed) -> InlineKeyboardMarkup | None:
    if not told.is_asked:
        return None
    return rows(
        [press(_.plain("📮 Send it now"), "run", "force", told.run_id)],
        [press(_.plain("⏭ Leave it out"), "run", "skip", told.run_id)],
    )


def run_stopped(_: Words, told: RunStopped) -> InlineKeyboardMarkup:
    number = told.run_id
    return rows(
        [to_report(_, number)],
        [
            press(_.plain("▶️ Go on"), "run", "resume", number),
            press(_.plain("✋ End it"), "run", "cancel", number),
        ],
    )


def run_corrected(_: Words, told: RunCorrected) -> InlineKeyboardMarkup:
    number = told.run_id
    return rows(
        [to_report(_, number)],
        [
            press(_.plain("✏️ Correct"), "run", "correct", number),
            press(_.plain("↩️ Take back"), "run", "withdraw", number),
        ],
    )


def progress(_: Words, told: RunProgress) -> InlineKeyboardMarkup:
    state = RunState(told.state) if told.state in set(RunState) else RunState.DONE
    return rows(
        _steering(_, told.run_id, state),
        [to_report(_, told.run_id)],
    )


def _steering(_: Words, run_id: int, state: RunState) -> list[InlineKeyboardButton]:
    offered = (
        (_.plain("⏸ Hold"), "pause", RunEvent.PAUSE),
        (_.plain("▶️ Go on"), "resume", RunEvent.RESUME),
        (_.plain("✋ End it"), "cancel", RunEvent.CANCEL),
    )
    return [
        press(label, "run", verb, run_id)
        for label, verb, event in offered
        if RUN.allows(state, event)
    ]


def report(_: Words, of: Report) -> InlineKeyboardMarkup:
    run, number = of.run, of.run.run_id
    tally = run.tally
    is_sent = bool(tally.sent) and run.state is not RunState.WITHDRAWN
    return rows(
        [
            press(_.plain("🔄 Renew"), "run", "report", number),
            press(_.plain("📄 As a file"), "run", "table", number),
        ],
        [
            press(
                _.plain("🔁 Send the uncertain again · {n}", n=tally.uncertain),
                *("run", "again", number, "unknown"),
            )
        ]
        if tally.uncertain
        else None,
        [
            press(
                _.plain("🔁 Send the refused again · {n}", n=tally.failed),
                *("run", "again", number, "failed"),
            )
        ]
        if tally.failed
        else None,
        [
            press(_.plain("✏️ Correct"), "run", "correct", number),
            press(_.plain("↩️ Take back"), "run", "withdraw", number),
        ]
        if is_sent
        else None,
        [press(_.plain("🔎 Why did somebody (not) get it?"), "run", "why", number)],
        [
            *_steering(_, number, run.state),
            press(_.plain("📅 Its plan"), "schedule", "post", run.post_id),
        ],
    )


def runs(_: Words, found: Sequence[Run]) -> InlineKeyboardMarkup:
    keys = [press(str(at), "run", "report", one.run_id) for at, one in enumerate(found, 1)]
    return rows(
        *[keys[at : at + 5] for at in range(0, len(keys), 5)],
        [press(_.plain("📅 Schedule"), "schedule", "home")],
    )


def sure(_: Words, run_id: int, verb: str) -> InlineKeyboardMarkup:
    return rows(
        [press(_.plain("✅ Yes, do it"), "run", verb, run_id)],
        [press(_.plain("✋ No, leave it"), "run", "report", run_id)],
    )


def back(_: Words, run_id: int) -> InlineKeyboardMarkup:
    return rows([to_report(_, run_id)])


def to_report(_: Words, run_id: int) -> InlineKeyboardButton:
    return press(_.plain("📊 Report"), "run", "report", run_id)


def people(_: Words, run_id: int, found: Sequence[Member]) -> InlineKeyboardMarkup:
    return rows(
        *[[press(f"👤 {one.name[:LABEL]}", "run", "whom", run_id, one.member_id)] for one in found],
        [press(_.plain("📊 Report"), "run", "report", run_id)],
    )
