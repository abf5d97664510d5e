"""Keys of members' questions: their cards, what follows an answer, and /tickets."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.tickets.facts import Draft, Rating, Ticket
from community_bot.tickets.notices import (
    AnswerFooter,
    Courtesy,
    EntryAnswer,
    FollowUpStored,
    GroupAnswer,
    GroupQuestion,
    QuestionCaptured,
    QuestionCard,
    QuestionMerged,
    QuestionRefused,
    QuestionResolved,
    RatingReminder,
    SilenceWarning,
)
from community_bot.tickets.rules import LIVE, OPEN, Grievance, TicketState, Verdict
from community_bot.tickets.view_facts import Page
from handlers.keyboards.making import press, rows, visit
from handlers.texts.questions_pages import line
from handlers.texts.questions_ratings import reason, verdict
from handlers.texts.words import Words

LABEL = 60  # signs; a phone cuts what it cannot show


def card(_: Words, told: QuestionCard) -> InlineKeyboardMarkup:
    number = told.ticket_id
    return rows(
        [_urgent(_, number)] if told.urgent_left else None,
        [
            _look(_, number),
            *([_more(_, number)] if told.state in OPEN else []),
        ],
        [_cancel(_, number)] if told.may_cancel else None,
        [_reopen(_, number)] if told.state is TicketState.RESOLVED else None,
    )


def _urgent(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("🚨 Urgent"), "questions", "urgent", number)


def _look(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("🔍 Progress"), "questions", "open", number)


def _more(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("➕ Add to it"), "questions", "more", number)


def _cancel(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("✖ Take back"), "questions", "cancel", number)


def _reopen(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("🔄 Not settled"), "questions", "reopen", number)


def entry_answer(_: Words, told: EntryAnswer) -> InlineKeyboardMarkup | None:
    if not (told.is_public and told.files):
        return None
    return rows([press(_.plain("🖼 Pictures and files"), "faq", "media", told.entry_id)])


def answer_footer(_: Words, told: AnswerFooter) -> InlineKeyboardMarkup:
    return _settled_or_not(_, told.ticket_id)


def courtesy(_: Words, told: Courtesy) -> InlineKeyboardMarkup:
    return _settled_or_not(_, told.ticket_id)


def silence_warning(_: Words, told: SilenceWarning) -> InlineKeyboardMarkup:
    return _settled_or_not(_, told.ticket_id)


def _settled_or_not(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("✅ Settled"), "questions", "settle", number),
            press(_.plain("❓ Ask on"), "questions", "more", number),
        ]
    )


def resolved(_: Words, told: QuestionResolved) -> InlineKeyboardMarkup:
    return rows(_verdicts(_, told.ticket_id), [_reopen(_, told.ticket_id)])


def rating_reminder(_: Words, told: RatingReminder) -> InlineKeyboardMarkup:
    return rows(_verdicts(_, told.ticket_id))


def _verdicts(_: Words, number: int) -> list[InlineKeyboardButton]:
    return [press(verdict(_, one), "rating", "give", number, one.value) for one in Verdict]


def rated(_: Words, of: Rating) -> InlineKeyboardMarkup:
    """Ask why where it was not good; words of one's own are always welcome."""
    number = of.ticket_id
    words = press(_.plain("✍️ Add a sentence"), "rating", "words", number)
    if of.verdict is Verdict.GOOD:
        return rows([words])
    keys = [press(reason(_, one), "rating", "why", number, one.value) for one in Grievance]
    return rows(keys[:2], keys[2:], [words], [_reopen(_, number)])


def explained(_: Words, number: int) -> InlineKeyboardMarkup:
    """Leave the way back open: a reason does not settle anything."""
    return rows([press(_.plain("✍️ Add a sentence"), "rating", "words", number), _reopen(_, number)])


def captured(_: Words, told: QuestionCaptured) -> InlineKeyboardMarkup:
    return rows([_look(_, told.ticket_id), _more(_, told.ticket_id)])


def merged(_: Words, told: QuestionMerged) -> InlineKeyboardMarkup:
    return rows([_look(_, told.into_id)])


def refused(_: Words, _told: QuestionRefused) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🙋 Ask a mentor"), "ask", "begin")])


def follow_up_stored(_: Words, told: FollowUpStored) -> InlineKeyboardMarkup:
    another = press(_.plain("🆕 That is another question"), "questions", "split", told.guessed_id)
    return rows([_look(_, told.ticket_id)], [another] if told.guessed_id else None)


def group_question(_: Words, told: GroupQuestion, bot_username: str) -> InlineKeyboardMarkup:
    return rows(
        [visit(_.plain("📩 See it or add to it in private"), link(bot_username, told.token))]
    )


def group_answer(_: Words, told: GroupAnswer, bot_username: str) -> InlineKeyboardMarkup:
    return rows([visit(_.plain("📩 Open the private chat"), link(bot_username, told.token))])


def link(bot_username: str, token: str) -> str:
    """Return the address that opens a question; only its member and the desk see it there."""
    return f"https://t.me/{bot_username}?start=t_{token}"


def page(_: Words, of: Page, kept: Sequence[Draft]) -> InlineKeyboardMarkup:
    turning = [
        press(label, "questions", "list", number)
        for label, number in (("◀️", of.number - 1), ("▶️", of.number + 1))
        if 0 <= number < of.pages
    ]
    return rows(
        *[
            [
                press(
                    _.plain("💾 Draft #{draft}", draft=f"D-{one.draft_id} {one.words}")[:LABEL],
                    "ask",
                    "over",
                    one.draft_id,
                )
            ]
            for one in kept
        ],
        *[
            [press(line(_, one)[:LABEL], "questions", "open", one.ticket.ticket_id)]
            for one in of.lines
        ],
        turning,
        [
            press(_.plain("🙋 Ask a mentor"), "ask", "begin"),
            press(_.plain("🏠 Home"), "home", "start"),
        ],
    )


def whole(_: Words, told: QuestionCard) -> InlineKeyboardMarkup:
    """Everything that can be done with a question in its state."""
    number, state = told.ticket_id, told.state
    is_open = state in OPEN
    return rows(
        [_more(_, number), press(_.plain("✅ Settled"), "questions", "settle", number)]
        if is_open
        else None,
        [_reopen(_, number)] if state is TicketState.RESOLVED else None,
        [press(_.plain("➕ Ask on about this"), "questions", "more", number)]
        if state is TicketState.CLOSED
        else None,
        [_cancel(_, number)] if told.may_cancel else None,
        [
            press(_.plain("↩️ Take back my last message"), "questions", "recall", number),
        ]
        if state in LIVE
        else None,
        [_share(_, told)] if is_open else None,
        [
            press(_.plain("📄 All of it as a file"), "questions", "file", number),
            press(_.plain("⬅️ My questions"), "questions", "list", 0),
        ],
    )


def _share(_: Words, told: QuestionCard) -> InlineKeyboardButton:
    if told.is_shared:
        return press(
            _.plain("🔒 Let nobody else follow it"), "questions", "share", told.ticket_id, 0
        )
    return press(
        _.plain("👥 Let others follow it unnamed"), "questions", "share", told.ticket_id, 1
    )


def where(_: Words, choices: Sequence[Ticket]) -> InlineKeyboardMarkup:
    return rows(
        *[
            [press(f"#{one.ticket_id} {one.summary}"[:LABEL], "questions", "put", one.ticket_id)]
            for one in choices
        ],
        [press(_.plain("🆕 A new question"), "questions", "put", 0)],
    )


def cancel_sure(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("Yes, take it back"), "questions", "cancelled", number),
            press(_.plain("No, keep it"), "questions", "stay", number),
        ]
    )


def recall_sure(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("Yes, take it back"), "questions", "recalled", number),
            press(_.plain("⬅️ Back"), "questions", "open", number),
        ]
    )


def back(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows([_look(_, number)])
