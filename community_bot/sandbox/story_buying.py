"""The story's guest buys: from /start over plans, order and proof to a membership."""

from community_bot.sandbox.demo import Demo
from community_bot.sandbox.demo_sample import receipt
from community_bot.sandbox.facts import Message
from community_bot.sandbox.story_player import Player, Unexpected, data_of, found

PLAN, PRICE, TYPED = "annual_year", "8,888", "8888"
REFERENCE = "4200002790015503671192345608"


async def order(demo: Demo) -> None:
    """Read what there is, and order, as a guest."""
    guest = Player(demo, "linxiao")
    guest.starts()
    home = await guest.sees(button="join:offers")
    guest.presses(home, "join:offers")
    offers = await guest.sees(button=f"join:plan:{PLAN}")
    guest.presses(offers, f"join:plan:{PLAN}")
    plan = await guest.sees(button="join:order", words=PRICE)
    guest.presses(plan, "join:order")
    await guest.sees(button="order:proof", words=PRICE)


async def buy(demo: Demo) -> None:
    """Show a transfer, and let two people who look after money type what they see."""
    guest, finance, owner = (Player(demo, key) for key in ("linxiao", "fangmin", "suzong"))
    guest.says("/me")
    mine = await guest.sees(button="order:show")
    guest.presses(mine, "order:show")
    placed = await guest.sees(button="order:proof")
    number = found(placed, "order:proof").split(":")[2]
    guest.presses(placed, "order:proof")
    await guest.sees(button=f"order:show:{number}")
    guest.shows(receipt())
    await guest.sees()
    guest.says(REFERENCE)
    await guest.sees()
    await _approve(finance, await finance.sees(button=f"orders:review:{number}"))
    await _approve(owner, await owner.sees(button=f"orders:review:{number}"))
    await guest.sees(button="me:show", words=PRICE)


async def mistype(demo: Demo) -> None:
    """Type an amount that cannot be right: it is refused, and nothing is granted for it."""
    finance = Player(demo, "fangmin")
    finance.says("/orders")
    waiting = await finance.sees(button="orders:review")
    review = found(waiting, "orders:review")
    number = review.split(":")[2]
    await _type(finance, waiting, review, "88.88")
    finance.says("/orders")
    still = await finance.sees()
    if review not in data_of(still):
        raise Unexpected(f"order {number} to wait still", ", ".join(data_of(still)))


async def _approve(approver: Player, notice: Message) -> None:
    review = found(notice, "orders:review")
    await _type(approver, notice, review, TYPED)


async def _type(approver: Player, notice: Message, review: str, amount: str) -> None:
    approver.presses(notice, review)
    shown = await approver.sees(button="orders:amount")
    approver.presses(shown, "orders:amount")
    await approver.sees()
    approver.says(amount)
    await approver.sees()
