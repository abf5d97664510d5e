"""A line of those who wait: the highest lane first, and within a lane whoever came first."""

import asyncio
from heapq import heappop, heappush

from community_bot.delivery.lanes import Lane


class Place:
    """One waiter's place in a line."""

    __slots__ = ("is_left", "lane", "number", "turn")

    def __init__(self, lane: Lane, number: int) -> None:
        self.lane = lane
        self.number = number
        self.is_left = False
        self.turn: asyncio.Future[None] | None = None

    def __lt__(self, other: "Place") -> bool:
        return (self.lane.order, self.number) < (other.lane.order, other.number)


class Line:
    """Only the first in line looks at the clock; the others sleep until they are first."""

    __slots__ = ("_next", "_places", "_waiting")

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._waiting = [0] * len(Lane)
        self._next = 0

    def join(self, lane: Lane) -> Place:
        place = Place(lane, self._next)
        self._next += 1
        self._waiting[lane.order] += 1
        heappush(self._places, place)
        return place

    async def first(self, place: Place) -> None:
        """Return when nobody stands before this place."""
        while self._places[0] is not place:
            place.turn = asyncio.get_running_loop().create_future()
            await place.turn

    def leave(self, place: Place) -> None:
        """Give up the place, served or not, and wake whoever is first now."""
        place.is_left = True
        self._waiting[place.lane.order] -= 1
        while self._places and self._places[0].is_left:
            heappop(self._places)
        if self._places:
            turn = self._places[0].turn
            if turn is not None and not turn.done():
                turn.set_result(None)

    def ahead_of(self, lane: Lane) -> int:
        """Return how many would stand before a newcomer of this lane."""
        return sum(self._waiting[: lane.order + 1])

    def __len__(self) -> int:
        return sum(self._waiting)
