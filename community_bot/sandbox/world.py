"""The world of the local Telegram: what people do in it and what they see of it."""

from community_bot.clock import Clock
from community_bot.sandbox.asking import Asking
from community_bot.sandbox.belonging import Belonging
from community_bot.sandbox.paying import Paying
from community_bot.sandbox.watching import Watching


class World(Belonging, Asking, Paying, Watching):
    """All of it behind one name; each part stands in the module of its noun."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.new_bot()
