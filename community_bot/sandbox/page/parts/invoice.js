// Invoices: the card in the chat and the sheet on which a person pays.

import { act } from "./control.js";
import { h } from "./dom.js";
import { sheet } from "./sheets.js";
import { money } from "./time.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

export function invoiceCard(message) {
  const { invoice } = message;
  return h("div", { class: "invoice" }, h("strong", { class: "invoice-title" }, invoice.title), h("p", {}, invoice.description),
    h("p", { class: "invoice-total" }, money(invoice.total_amount, invoice.currency), h("span", {}, say("testInvoice"))));
}

export const payLabel = (invoice) => say("pay", { amount: money(invoice.total_amount, invoice.currency) });

export function payFor(message) {
  const { invoice } = message;
  const state = h("p", { class: "pay-state", role: "status" });
  const prices = invoice.prices ?? [];
  const lines = prices.length > 1 ? prices.map((each) => line(each.label, money(each.amount, invoice.currency))) : [];
  const pay = async () => {
    state.replaceChildren(h("span", { class: "spinner" }), say("payChecking"));
    state.className = "pay-state";
    const result = await act("pay", { chat: message.chat.id, message: message.message_id });
    if (result?.paid) {
      toast(say("payDone"));
      return true;
    }
    const reason = result?.reason;
    state.replaceChildren(reason ? say("payRefused", { reason }) : say("payFailed"));
    state.className = "pay-state bad";
    return false;
  };
  sheet({
    title: say("payTitle"),
    kind: "pay-sheet",
    body: [
      h("div", { class: "pay-what" }, h("strong", {}, invoice.title), h("span", { class: "muted" }, invoice.description)),
      h("div", { class: "pay-lines" }, lines, line(say("payTotal"), money(invoice.total_amount, invoice.currency), "total")),
      h("p", { class: "muted small" }, say("payNote")), state,
    ],
    buttons: [{ text: say("cancel") }, { text: payLabel(invoice), kind: "primary", go: pay }],
  });
}

const line = (label, amount, kind = "") => h("div", { class: `pay-line ${kind}` }, h("span", {}, label), h("span", {}, amount));
