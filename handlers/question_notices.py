"""What members are told about questions: the words and the keys of each notice."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from telegram import InlineKeyboardMarkup

from community_bot.tickets.notices import (
    AnswerFooter,
    AnswerHeading,
    Courtesy,
    DraftCard,
    EntryAnswer,
    FollowUpStored,
    GroupAnswer,
    GroupQuestion,
    QuestionCaptured,
    QuestionCard,
    QuestionMerged,
    QuestionOver,
    QuestionRefused,
    QuestionResolved,
    QuestionsPaused,
    RatingReminder,
    SilenceWarning,
)
from handlers.keyboards import asking as asking_keys
from handlers.keyboards import questions as keys
from handlers.texts import asking as asking_texts
from handlers.texts import questions as texts
from handlers.texts import questions_ratings as rating_texts
from handlers.texts.words import Words

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    DraftCard: (asking_texts.draft_card, asking_keys.draft_card),
    QuestionOver: (asking_texts.question_over, asking_keys.question_over),
    QuestionCard: (texts.card, keys.card),
    AnswerHeading: (texts.answer_heading, None),
    EntryAnswer: (texts.entry_answer, keys.entry_answer),
    AnswerFooter: (texts.answer_footer, keys.answer_footer),
    Courtesy: (texts.courtesy, keys.courtesy),
    QuestionResolved: (texts.resolved, keys.resolved),
    SilenceWarning: (texts.silence_warning, keys.silence_warning),
    RatingReminder: (rating_texts.reminder, keys.rating_reminder),
    QuestionCaptured: (texts.captured, keys.captured),
    QuestionMerged: (texts.merged, keys.merged),
    QuestionRefused: (texts.refused, keys.refused),
    QuestionsPaused: (texts.paused, None),
    FollowUpStored: (texts.follow_up_stored, keys.follow_up_stored),
    GroupQuestion: (texts.group_question, None),
    GroupAnswer: (texts.group_answer, None),
}
# What is changed by what is pressed under it.
CARDS = (DraftCard, QuestionOver, QuestionResolved, RatingReminder)
# What is protected where answers are; copies of a mentor's own messages are parcels.
ANSWERS = (EntryAnswer,)
# Keys that lead from a group into the private chat with the bot of this name.
LINKS: dict[type, Callable[[Words, Any, str], InlineKeyboardMarkup]] = {
    GroupQuestion: keys.group_question,
    GroupAnswer: keys.group_answer,
}
# What is said as a reply to a message.
REPLIES: dict[type, Callable[[Any], int | None]] = {
    GroupQuestion: attrgetter("reply_to"),
    GroupAnswer: attrgetter("reply_to"),
}
