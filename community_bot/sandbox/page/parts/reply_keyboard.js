// The keyboard that a bot puts in place of the letters.

import { act } from "./control.js";
import { h } from "./dom.js";
import { confirmSheet } from "./sheets.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

// Rows of keys; `send(text)` sends what a plain key says.
export function replyKeyboard(markup, chat, send) {
  const key = (button) => {
    const facts = typeof button === "string" ? { text: button } : button;
    return h("button", { type: "button", class: "reply-key", onclick: () => press(facts, chat, send) }, facts.text);
  };
  return h("div", { class: "reply-rows" }, markup.keyboard.map((row) => h("div", { class: "reply-row" }, row.map(key))));
}

function press(button, chat, send) {
  if (button.request_contact) {
    return confirmSheet({ title: say("sharePhone"), text: say("shareContactAsk"), yes: say("sharePhone"), go: () => void act("contact", { chat }) });
  }
  if (button.request_location) return act("location", { chat });
  if (button.web_app) return toast(say("webAppNote"));
  return send(button.text);
}
