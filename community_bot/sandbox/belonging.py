"""Who belongs to a chat: joining, leaving, being asked in, promoted, restricted and thrown out."""

import secrets
from collections.abc import Iterable

from community_bot.sandbox import wire
from community_bot.sandbox.facts import (
    Bot,
    Chat,
    InviteLink,
    JoinRequest,
    Json,
    Membership,
    Person,
)
from community_bot.sandbox.gatherings import Gatherings
from community_bot.sandbox.refusals import bad


class Belonging(Gatherings):
    """Memberships and how they change."""

    def membership(self, chat: Chat, who: Person | Bot) -> Membership:
        """Return how somebody stands in a chat; who was never there has left.

        A ban or a restriction that was for a time ends by itself, and nobody is told.
        """
        found = chat.members.get(who.id)
        if found is None:
            return Membership(who, "left")
        if found.until and found.until <= self.timestamp():
            after = "member" if found.status == "restricted" and found.is_member else "left"
            found.status, found.until = after, 0
        return found

    def set_standing(
        self,
        chat: Chat,
        by: Person | Bot,
        after: Membership,
        *,
        link: InviteLink | None = None,
        via_request: bool = False,
    ) -> None:
        """Change how somebody stands in a chat and tell the bots that may know."""
        before = self.membership(chat, after.who)
        update: Json = {
            "chat": chat.wire,
            "from": by.wire(),
            "date": self.timestamp(),
            "old_chat_member": wire.member(before, chat),
            "new_chat_member": wire.member(after, chat),
        }
        if link is not None:
            update["invite_link"] = wire.invite_link(link)
        if via_request:
            update["via_join_request"] = True
        chat.members[after.who.id] = after
        self._tell_standing_of(chat, after, update)
        self.changed("membership", (chat, after))

    def add_bot(
        self,
        person: Person,
        chat: Chat,
        rights: Iterable[str] | Json | None = None,
        bot: Bot | None = None,
    ) -> Membership:
        """Add a bot to a chat: with rights as an administrator, with `()` for one without any."""
        bot = bot or self.bot
        was_present = self.membership(chat, bot).is_present
        after = Membership(bot, "member")
        if rights is not None:
            after = Membership(bot, "administrator", rights=_rights(rights))
        self.set_standing(chat, person, after)
        if not was_present and chat.is_group:
            self.post(chat, person, _joined(bot))
        return after

    def remove_bot(self, person: Person, chat: Chat, bot: Bot | None = None) -> None:
        """Throw a bot out."""
        self.kick(person, chat, bot or self.bot)

    def join(
        self, person: Person, place: Chat | InviteLink | str, by: Person | Bot | None = None
    ) -> Membership:
        """Join a chat, freely or through an invite link; `by` somebody who added the person."""
        link = self.link(place) if not isinstance(place, Chat) else None
        chat = link.chat if link is not None else place
        if not isinstance(chat, Chat):
            raise bad("INVITE_HASH_INVALID")
        if link is not None:
            self._check_link(person, link)
            if link.creates_join_request:
                raise bad("INVITE_REQUEST_SENT")
            link.joined.add(person.id)
        after = Membership(person, "member")
        self.set_standing(chat, by or person, after, link=link)
        if chat.is_group:
            self.post(chat, by or person, _joined(person))
        return after

    def request_join(self, person: Person, place: InviteLink | str) -> JoinRequest:
        """Follow a link that asks first; bots that may invite are told."""
        link = self.link(place)
        self._check_link(person, link)
        request = JoinRequest(link.chat, person, link, self.timestamp())
        link.chat.requests[person.id] = request
        for bot in self.bots_in(link.chat):
            if self.membership(link.chat, bot).rights.get("can_invite_users"):
                bot.mailbox.put("chat_join_request", wire.join_request(request, bot))
        self.changed("join_request", request)
        return request

    def approve(self, by: Person | Bot, request: JoinRequest) -> None:
        """Let a person in."""
        request.state = "approved"
        chat, link = request.chat, request.link
        if link is not None:
            link.joined.add(request.person.id)
        after = Membership(request.person, "member")
        self.set_standing(chat, by, after, link=link, via_request=True)
        if chat.is_group:
            self.post(chat, request.person, _joined(request.person))
        self.changed("join_request", request)

    def decline(self, request: JoinRequest) -> None:
        """Do not let a person in."""
        request.state = "declined"
        self.changed("join_request", request)

    def leave(self, person: Person | Bot, chat: Chat) -> None:
        """Leave a chat of one's own will."""
        was_present = self.membership(chat, person).is_present
        self.set_standing(chat, person, Membership(person, "left"))
        if was_present and chat.is_group:
            self.post(chat, person, {"left_chat_member": person.wire()})

    def kick(self, by: Person | Bot, chat: Chat, who: Person | Bot, until: int = 0) -> None:
        """Throw somebody out, for ever or until a moment; a basic group knows no bans."""
        was_present = self.membership(chat, who).is_present
        if was_present and chat.is_group:
            self.post(chat, by, {"left_chat_member": who.wire()})
        status = "left" if chat.type == "group" and isinstance(who, Person) else "kicked"
        self.set_standing(chat, by, Membership(who, status, until=until if status != "left" else 0))

    def promote(
        self, by: Person | Bot, chat: Chat, who: Person | Bot, rights: Iterable[str] | Json
    ) -> Membership:
        """Make somebody an administrator; with no rights at all an ordinary member again."""
        given = _rights(rights)
        before = self.membership(chat, who)
        after = Membership(who, "administrator" if any(given.values()) else "member", rights=given)
        after.custom_title, after.tag = before.custom_title, before.tag
        after.by_bot = by.id if isinstance(by, Bot) else None
        self.set_standing(chat, by, after)
        return after

    def restrict(
        self, by: Person | Bot, chat: Chat, who: Person, permissions: Json, until: int = 0
    ) -> Membership:
        """Take permissions away; with all of them given back an ordinary member again."""
        before = self.membership(chat, who)
        if all(permissions.get(each, False) for each in chat.permissions):
            after = Membership(who, "member" if before.is_present else "left")
        else:
            after = Membership(who, "restricted", permissions=permissions, until=until)
            after.is_member = before.is_present
        after.tag = before.tag
        self.set_standing(chat, by, after)
        return after

    def new_link(self, chat: Chat, creator: Person | Bot, **options: object) -> InviteLink:
        """Make an invite link into a chat."""
        mark = "+" + secrets.token_urlsafe(12)
        link = InviteLink(chat, f"https://t.me/{mark}", creator)
        for name, value in options.items():
            setattr(link, name, value)
        chat.links[link.url] = link
        self.links[link.url] = link
        return link

    def link(self, place: InviteLink | str) -> InviteLink:
        if isinstance(place, InviteLink):
            return place
        if place not in self.links:
            raise bad("INVITE_HASH_INVALID")
        return self.links[place]

    def _check_link(self, person: Person, link: InviteLink) -> None:
        standing = self.membership(link.chat, person)
        if standing.is_present:
            raise bad("USER_ALREADY_PARTICIPANT")
        if standing.status == "kicked":
            raise bad("USER_BANNED_IN_CHANNEL" if link.chat.is_channel else "USER_KICKED")
        is_over = link.expire_date is not None and link.expire_date <= self.timestamp()
        inside = sum(
            1
            for each in link.joined
            if each in link.chat.members and link.chat.members[each].is_present
        )
        is_full = link.member_limit is not None and inside >= link.member_limit
        if link.is_revoked or is_over or is_full:
            raise bad("INVITE_HASH_EXPIRED")

    def _tell_standing_of(self, chat: Chat, after: Membership, update: Json) -> None:
        if isinstance(after.who, Bot):
            after.who.mailbox.put("my_chat_member", update)
        for bot in self.bots_in(chat):
            if bot is not after.who and self.membership(chat, bot).is_admin:
                bot.mailbox.put("chat_member", update)


def _rights(rights: Iterable[str] | Json) -> Json:
    given: Json = dict(rights) if isinstance(rights, dict) else dict.fromkeys(rights, True)
    if any(given.values()) or not given:
        given.setdefault("can_manage_chat", True)
    return given


def _joined(who: Person | Bot) -> Json:
    return {"new_chat_members": [who.wire()], "new_chat_member": who.wire()}
