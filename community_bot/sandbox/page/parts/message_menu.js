// What can be done with a message: reply, react, copy, edit, pin, delete.

import { act } from "./control.js";
import { h } from "./dom.js";
import { copy } from "./inline_keyboard.js";
import { menu } from "./sheets.js";
import { emit, isOwn, on, openChat } from "./view.js";
import { say } from "./words.js";

const REACTIONS = ["👍", "❤️", "🔥", "👏", "🙏", "🤔"];

export function listenForMenus() {
  on("message-menu", ({ messages, at }) => {
    const close = menu(at, choices(messages, () => close()));
  });
}

function choices(messages, close) {
  const [message] = messages;
  const entry = openChat();
  const where = { chat: message.chat.id, message: message.message_id };
  const text = message.text ?? message.caption;
  const admin = ["creator", "administrator"].includes(entry?.status);
  const all = [
    { node: reactions(where, message, close) },
    entry?.can_write && { text: say("reply"), icon: "reply", go: () => emit("reply", message) },
    text && !message.has_protected_content && { text: say("copyText"), icon: "copy", go: () => copy(text) },
    isOwn(message) && message.text && { text: say("edit"), icon: "edit", go: () => emit("edit", message) },
    admin && { text: say("pin"), icon: "pin", go: () => act("pin", where) },
    isOwn(message) && { text: say("remove_message"), icon: "trash", kind: "danger", go: () => act("delete", where) },
  ];
  return all.filter(Boolean);
}

function reactions(where, message, close) {
  const press = (emoji) => () => {
    close();
    const mine = (message.reactions ?? []).some((each) => each.mine && each.emoji === emoji);
    act("react", { ...where, emoji: mine ? null : emoji });
  };
  return h("div", { class: "menu-reactions", role: "group", "aria-label": say("react") },
    REACTIONS.map((emoji) => h("button", { type: "button", "aria-label": `${say("react")} ${emoji}`, onclick: press(emoji) }, emoji)));
}

