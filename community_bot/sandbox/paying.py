"""People pay a bot's invoices: the bot is asked first, then the money moves."""

from community_bot.sandbox import wire
from community_bot.sandbox.dealings import Charge, Checkout
from community_bot.sandbox.facts import Chat, Invoice, Json, Message, Person
from community_bot.sandbox.posting import Posting
from community_bot.sandbox.refusals import bad


class Paying(Posting):
    """Invoices, checkouts, charges and Stars."""

    def pay(self, person: Person, chat: Chat | int, what: Message | Invoice | str) -> Checkout:
        """Press Pay: the bot is asked, and once it agrees the money moves."""
        invoice = self._invoice(what)
        if invoice.is_paid and isinstance(what, Message):
            raise bad("INVOICE_ALREADY_PAID")
        if invoice.currency == "XTR" and person.stars < invoice.total:
            raise bad("BALANCE_TOO_LOW")
        place = self.private_chats[invoice.bot.id, person.id]
        if not isinstance(chat, int) and chat.is_group:
            place = chat
        checkout = Checkout(
            id=str(6_000_000_000_000_000 + self.number()),
            invoice=invoice,
            person=person,
            chat=place,
            asked_at=self.clock.now(),
            message=what if isinstance(what, Message) else None,
        )
        self.checkouts[checkout.id] = checkout
        invoice.bot.mailbox.put("pre_checkout_query", wire.pre_checkout_query(checkout))
        self.changed("checkout", checkout)
        return checkout

    def settle(self, checkout: Checkout) -> Charge:
        """Move the money of a checkout to which the bot agreed."""
        checkout.state = "paid"
        checkout.charge_id = f"stx{self.number():010d}{checkout.id[-6:]}"
        charge = self._charge(checkout.person, checkout.invoice, checkout.charge_id)
        said = self._said(charge)
        if charge.invoice.subscription_period:
            said |= {"is_recurring": True, "is_first_recurring": True}
        checkout.invoice.is_paid = True
        self.post(
            checkout.chat, checkout.person, {"successful_payment": said}, reply_to=checkout.message
        )
        self.changed("checkout", checkout)
        return charge

    def renew(self, charge: Charge) -> Charge | None:
        """Let a Star subscription run on for one more period, unless it was cancelled."""
        first = charge.first or charge
        if first.is_cancelled:
            return None
        if charge.person.stars < charge.invoice.total:
            first.is_cancelled = True
            self.report(first, "failed")
            return None
        charge.is_renewed = True
        again = self._charge(charge.person, charge.invoice, f"stx{self.number():010d}renewed")
        chat = self.private_chats[charge.bot.id, charge.person.id]
        again.first = first
        again.date = charge.date + (charge.invoice.subscription_period or 0)
        said = self._said(again) | {"is_recurring": True}
        self.post(chat, charge.person, {"successful_payment": said})
        return again

    def renew_what_is_due(self) -> None:
        """Charge for every subscription whose period is over, as often as periods are."""
        waiting = [charge for charge in self.charges.values() if self._is_due(charge)]
        while waiting:
            again = self.renew(waiting.pop(0))
            if again is not None and self._is_due(again):
                waiting.append(again)

    def end_subscription(self, charge: Charge, *, is_cancelled: bool) -> None:
        """Let a subscription run out, or go on; the bot is told of the change."""
        first = charge.first or charge
        if first.is_cancelled != is_cancelled:
            first.is_cancelled = is_cancelled
            self.report(first, "canceled" if is_cancelled else "active")

    def report(self, first: Charge, state: str) -> None:
        """Tell the bot of a change (core.telegram.org/bots/api#botsubscriptionupdated)."""
        said: Json = {
            "user": first.person.wire(),
            "invoice_payload": first.invoice.payload,
            "state": state,
        }
        first.bot.mailbox.put("subscription", said)

    def _is_due(self, charge: Charge) -> bool:
        period = charge.invoice.subscription_period
        is_last = not (charge.is_renewed or charge.is_refunded)
        return period is not None and is_last and charge.date + period <= self.timestamp()

    def refund(self, charge: Charge) -> None:
        """Give Stars back."""
        charge.is_refunded = True
        charge.bot.stars -= charge.invoice.total
        charge.person.stars += charge.invoice.total
        charge.transactions.append(self._transaction(charge, "receiver"))
        said = {
            "currency": charge.invoice.currency,
            "total_amount": charge.invoice.total,
            "invoice_payload": charge.invoice.payload,
            "telegram_payment_charge_id": charge.id,
        }
        chat = self.private_chats[charge.bot.id, charge.person.id]
        self.post(chat, charge.person, {"refunded_payment": said})
        self.changed("refund", charge)

    def _invoice(self, what: Message | Invoice | str) -> Invoice:
        found = what.invoice if isinstance(what, Message) else what
        if isinstance(found, str):
            found = self.invoices.get(found)
        if found is None:
            raise LookupError("no invoice there")
        return found

    def _charge(self, person: Person, invoice: Invoice, charge_id: str) -> Charge:
        charge = Charge(charge_id, invoice.bot, person, invoice, self.timestamp())
        if invoice.currency == "XTR":
            person.stars -= invoice.total
            invoice.bot.stars += invoice.total
            charge.transactions.append(self._transaction(charge, "source"))
        self.charges[charge_id] = charge
        return charge

    def _transaction(self, charge: Charge, side: str) -> Json:
        partner: Json = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": charge.person.wire(),
            "invoice_payload": charge.invoice.payload,
        }
        if charge.invoice.subscription_period:
            partner["subscription_period"] = charge.invoice.subscription_period
        return {
            "id": charge.id,
            "amount": charge.invoice.total,
            "date": self.timestamp(),
            side: partner,
        }

    def _said(self, charge: Charge) -> Json:
        invoice = charge.invoice
        said: Json = {
            "currency": invoice.currency,
            "total_amount": invoice.total,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": charge.id,
            "provider_payment_charge_id": "" if invoice.currency == "XTR" else f"p{charge.id}",
        }
        if invoice.subscription_period:
            said["subscription_expiration_date"] = charge.date + invoice.subscription_period
        return said
