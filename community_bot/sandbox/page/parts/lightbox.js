// One picture over the whole page.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { present } from "./sheets.js";
import { moment } from "./time.js";
import { senderOf } from "./view.js";
import { say } from "./words.js";

export function lightbox(address, message) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": say("photo") });
  const bar = h("div", { class: "lightbox-bar" },
    h("span", { class: "lightbox-words" }, h("strong", {}, senderOf(message).name), h("span", {}, moment(message.date))),
    message.has_protected_content ? null : h("a", { href: address, download: `photo-${message.message_id}.jpg`, class: "round-button", title: say("download"), "aria-label": say("download") }, icon("download")),
    h("button", { type: "button", class: "round-button", "aria-label": say("close"), onclick: () => dialog.close() }, icon("close")));
  dialog.append(bar, h("img", { src: address, alt: message.caption || say("photo"), onclick: () => dialog.close() }), message.caption ? h("p", { class: "lightbox-caption" }, message.caption) : "");
  present(dialog);
}
