// Invoices: the card in the chat and the sheet on which a person pays.

import { act, read, Refused } from "./control.js";
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

export const payFor = (message) =>
  paySheet(message.invoice, { chat: message.chat.id, message: message.message_id });

// An invoice behind a link has no message: the server says what it asks for.
export async function payLink(link) {
  try {
    paySheet(await read("invoices", { link }), { link });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(say("invoiceGone"));
  }
}

function paySheet(invoice, what) {
  const state = h("p", { class: "pay-state", role: "status" });
  const pay = async () => {
    state.replaceChildren(h("span", { class: "spinner" }), say("payChecking"));
    state.className = "pay-state";
    const result = await act("pay", what);
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
      h("div", { class: "pay-total" }, h("span", {}, say("payTotal")), h("span", {}, money(invoice.total_amount, invoice.currency))),
      h("p", { class: "muted small" }, say("payNote")), state,
    ],
    buttons: [{ text: say("cancel") }, { text: payLabel(invoice), kind: "primary", go: pay }],
  });
}
