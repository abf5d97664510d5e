// The buttons under a message and what pressing each kind of them does.

import { act } from "./control.js";
import { classes, h } from "./dom.js";
import { icon } from "./icons.js";
import { payFor } from "./invoice.js";
import { follow } from "./links.js";
import { alertSheet } from "./sheets.js";
import { toast } from "./toast.js";
import { chatOf, emit, view } from "./view.js";
import { say } from "./words.js";

export function inlineKeyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" },
    rows.map((row) => h("div", { class: "inline-row" }, row.map((button) => key(button, message)))));
}

const KINDS = {
  callback_data: { press: askBot },
  url: { icon: "away", press: (button) => follow(button.url, { hidden: true }) },
  login_url: { icon: "away", press: (button) => follow(button.login_url.url, { hidden: true }) },
  copy_text: { icon: "copy", press: (button) => copy(button.copy_text.text) },
  switch_inline_query_current_chat: { icon: "inline", press: (button) => compose(button.switch_inline_query_current_chat) },
  switch_inline_query: { icon: "inline", press: (button) => compose(button.switch_inline_query) },
  switch_inline_query_chosen_chat: { icon: "inline", press: (button) => compose(button.switch_inline_query_chosen_chat.query ?? "") },
  pay: { icon: "card", press: (_, message) => payFor(message) },
  web_app: { icon: "away", press: () => toast(say("webAppNote")) },
};

function key(button, message) {
  const name = Object.keys(KINDS).find((each) => button[each] !== undefined) ?? "web_app";
  const kind = KINDS[name];
  const press = async () => {
    if (element.classList.contains("busy")) return;
    element.classList.add("busy");
    await kind.press(button, message);
    element.classList.remove("busy");
  };
  const look = classes("inline-key", button.style && `style-${button.style}`);
  const element = h("button", { type: "button", class: look, onclick: press },
    h("span", {}, button.text), kind.icon ? icon(kind.icon, 13) : null, h("span", { class: "spinner", "aria-hidden": "true" }));
  return element;
}

async function askBot(button, message) {
  const answer = await act("press", { chat: message.chat.id, message: message.message_id, data: button.callback_data });
  if (!answer) return;
  if (!answer.answered) toast(say("pressWait"));
  if (answer.text) (answer.show_alert ? alertSheet : toast)(answer.text);
  if (answer.url) follow(answer.url);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return toast(text); // Without the right to the clipboard the text itself is shown.
  }
  return toast(say("codeCopied", { text: text.length > 40 ? `${text.slice(0, 40)}…` : text }));
}

function compose(query) {
  const entry = chatOf(view.open);
  if (entry) emit("compose", `@${view.bot.username} ${query}`);
}
