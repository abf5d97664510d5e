"""Keys under a ticket: on its live card, in its topic, and under what mentors are told of it."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from community_bot.tickets.desk_notices import (
    AnswerFailed,
    FollowUpCame,
    MemberBack,
    QuestionEdited,
    TicketCard,
    TicketEnded,
    TicketTransferred,
    TicketWoken,
    TopicControls,
)
from community_bot.tickets.escalation_notices import (
    DeadlineNear,
    LeadCalled,
    ShiftOver,
    TicketEscalated,
    TicketOffered,
    TicketUrgent,
)
from community_bot.tickets.rules import HELD, TicketState
from handlers.keyboards.making import press, rows, visit
from handlers.texts.words import Words

PRIVATE_MARK = "-100"  # before the number of a supergroup in its id


def card(_: Words, told: TicketCard) -> InlineKeyboardMarkup | None:
    """Offer what can be done with a ticket in its state; a ticket that is over offers little."""
    number, version = told.ticket_id, told.version
    match told.state:
        case TicketState.QUEUED:
            return rows(
                [
                    press(_.plain("🙋 Take it"), "desk", "claim", number),
                    press(_.plain("👀 Read it all"), "desk", "preview", number),
                ],
                [
                    press(_.plain("📚 Answer from the FAQ"), "desk", "entries", number),
                    press(_.plain("➡️ Other topic"), "desk", "regroup", number),
                    press(_.plain("🚫 No question"), "desk", "spam", number, version),
                ],
            )
        case TicketState.ACTIVE | TicketState.ANSWERED:
            return rows(
                [_resend(_, told.truth.failed_id)] if told.truth.failed_id else None,
                [_open(_, told)],
                [
                    *give_back(_, number, told.state),
                    press(_.plain("🔀 Hand it on"), "desk", "hand", number),
                ],
            )
        case TicketState.RESOLVED:
            return rows([_again(_, number), _promote(_, number)])
        case TicketState.SPAM:
            return rows(
                [press(_.plain("↩️ It is one after all"), "desk", "restore", number), _open(_, told)]
            )
        case _:
            return None


def controls(_: Words, told: TopicControls) -> InlineKeyboardMarkup:
    number = told.ticket_id
    return rows(
        [
            press(_.plain("✅ Nothing to answer"), "desk", "waive", number),
            press(_.plain("🏁 Solved"), "desk", "solve", number),
        ],
        [
            press(_.plain("⏸ Later: 2 h"), "desk", "later", number, "2h"),
            press(_.plain("⏸ Tomorrow"), "desk", "later", number, "day"),
        ],
        [
            press(_.plain("↩️ Give it back"), "desk", "release", number),
            press(_.plain("🔀 Hand it on"), "desk", "hand", number),
        ],
        [
            press(_.plain("⬆️ Call the lead"), "desk", "lead", number),
            press(_.plain("🗑 Take back my last message"), "desk", "recall", number),
        ],
        [
            press(_.plain("📚 FAQ and snippets"), "desk", "entries", number),
            _promote(_, number),
        ],
    )


def follow_up(_: Words, told: FollowUpCame) -> InlineKeyboardMarkup:
    number = told.ticket_id
    return rows(
        [
            press(_.plain("📂 Open"), "desk", "page", number),
            press(_.plain("✅ Nothing to answer"), "desk", "waive", number),
        ]
    )


def failed(_: Words, told: AnswerFailed) -> InlineKeyboardMarkup:
    return rows([_resend(_, told.delivery_id)])


def give_back(_: Words, number: int, state: TicketState) -> list[InlineKeyboardButton]:
    """Offer to give a ticket back to the queue; once it is answered it can only be handed on."""
    if state is not TicketState.ACTIVE:
        return []
    return [press(_.plain("↩️ Give it back"), "desk", "release", number)]


def _resend(_: Words, delivery_id: int) -> InlineKeyboardButton:
    return press(_.plain("🔁 Send it again"), "desk", "resend", delivery_id)


def ended(_: Words, told: TicketEnded) -> InlineKeyboardMarkup | None:
    number = told.ticket_id
    if told.state is TicketState.SPAM:
        return rows([press(_.plain("↩️ It is one after all"), "desk", "restore", number)])
    if told.state is not TicketState.RESOLVED:
        return None
    promote = [_promote(_, number)] if told.can_promote else []
    return rows([*promote, _again(_, number)])


def look(
    _: Words, told: MemberBack | QuestionEdited | TicketTransferred | TicketWoken
) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📂 Open"), "desk", "page", told.ticket_id)])


def offered(_: Words, told: TicketOffered) -> InlineKeyboardMarkup:
    number = told.waiting.ticket_id
    return rows(
        [
            press(_.plain("🙋 I take it"), "desk", "take", number),
            press(_.plain("⏭ Not this one"), "desk", "skip", number),
        ],
        [press(_.plain("👀 Read it all"), "desk", "preview", number)],
    )


def urgent(_: Words, told: TicketUrgent) -> InlineKeyboardMarkup:
    number = told.waiting.ticket_id
    return rows(
        [
            press(_.plain("🙋 I take it"), "desk", "take", number),
            press(_.plain("👀 Read it all"), "desk", "preview", number),
        ]
    )


def near(_: Words, told: DeadlineNear) -> InlineKeyboardMarkup:
    number = told.waiting.ticket_id
    if told.mentor_name is None:
        return _for_leads(_, number)
    return rows(
        [
            press(_.plain("📂 Open"), "desk", "page", number),
            press(_.plain("🔀 Hand it on"), "desk", "hand", number),
        ]
    )


def escalated(_: Words, told: TicketEscalated) -> InlineKeyboardMarkup:
    return _for_leads(_, told.waiting.ticket_id)


def lead_called(_: Words, told: LeadCalled) -> InlineKeyboardMarkup:
    return _for_leads(_, told.ticket_id)


def shift_over(_: Words, _told: ShiftOver) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("🌙 To the next shift"), "duty", "over"),
            press(_.plain("💪 I go on"), "duty", "keep"),
        ]
    )


def assist(_: Words, message: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("📨 Send it to the member as help"), "desk", "assist", message)])


def assist_sure(_: Words, message: int) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("✅ Yes, send it"), "desk", "yesassist", message),
            press(_.plain("✋ No, keep it inside"), "desk", "inside"),
        ]
    )


def claim(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("🙋 Take it"), "desk", "claim", number)])


def again(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows([_again(_, number)])


def restore(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows([press(_.plain("↩️ It is one after all"), "desk", "restore", number)])


def _for_leads(_: Words, number: int) -> InlineKeyboardMarkup:
    return rows(
        [
            press(_.plain("👤 Give it to …"), "desk", "appoint", number),
            press(_.plain("🫱 I take it"), "desk", "over", number),
        ],
        [press(_.plain("👀 Read it all"), "desk", "preview", number)],
    )


def _open(_: Words, told: TicketCard) -> InlineKeyboardButton:
    """Lead to the ticket's topic; where it has none, to its page in the private chat."""
    chat, topic = told.desk_chat_id, told.forum_topic_id
    if told.state in HELD and chat is not None and topic is not None:
        inner = str(chat).removeprefix(PRIVATE_MARK)
        return visit(_.plain("📂 Open the topic"), f"https://t.me/c/{inner}/{topic}")
    return press(_.plain("📂 Open"), "desk", "page", told.ticket_id)


def _again(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("🔄 Open it again"), "desk", "again", number)


def _promote(_: Words, number: int) -> InlineKeyboardButton:
    return press(_.plain("📚 Into the FAQ"), "desk", "promote", number)
