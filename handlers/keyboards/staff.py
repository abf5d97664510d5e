"""Keys of the staff's notices."""

from telegram import InlineKeyboardMarkup

from community_bot.delivery.notices import DeliveryTrouble, Incident
from handlers.keyboards.making import press, rows
from handlers.texts.words import Words


def delivery_trouble(_: Words, trouble: DeliveryTrouble) -> InlineKeyboardMarkup | None:
    if not trouble.may_go_again:
        return None
    return rows(
        [
            press(_.plain("🔁 Send again"), "delivery", "again", trouble.delivery_id),
            press(_.plain("Let it be"), "delivery", "dismiss", trouble.delivery_id),
        ]
    )


def incident(_: Words, fault: Incident) -> InlineKeyboardMarkup | None:
    """Offer what can be decided: of a chore nothing, for it is tried again by itself."""
    if fault.update_id is None:
        return None
    return rows(
        [
            press(_.plain("🔁 Try again"), "update", "retry", fault.update_id),
            press(_.plain("Leave it"), "update", "dismiss", fault.update_id),
        ]
    )
