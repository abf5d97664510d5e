// Dialogs in the middle of the page, and at its foot on a phone.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

// Shows a sheet. `buttons`: [{ text, kind, go }]; `go` may return false to keep the sheet open.
export function sheet({ title, body = [], buttons = [], kind = "" }) {
  const dialog = h("dialog", { class: `sheet ${kind}`, "aria-label": title || say("confirm") });
  const close = () => dialog.close();
  const press = (button) => async () => {
    if ((await button.go?.()) !== false) close();
  };
  dialog.append(
    h("div", { class: "sheet-card" },
      title ? h("h2", { class: "sheet-title" }, title) : null,
      h("div", { class: "sheet-body" }, body),
      h("div", { class: "sheet-buttons" },
        buttons.map((button) => h("button", { type: "button", class: `button ${button.kind ?? ""}`, onclick: press(button) }, button.text)))),
  );
  present(dialog);
  return close;
}

export function present(dialog) {
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function alertSheet(text) {
  sheet({ body: [h("p", { class: "sheet-text" }, text)], buttons: [{ text: say("ok"), kind: "primary" }] });
}

export function confirmSheet({ title, text, yes, kind = "primary", go }) {
  sheet({
    title,
    body: [h("p", { class: "sheet-text" }, text)],
    buttons: [{ text: say("cancel") }, { text: yes, kind, go }],
  });
}

// A list of choices near an element: the menu of a message, of a chat, of the clock.
export function menu(anchor, choices) {
  document.querySelector(".menu")?.remove();
  const box = h("div", { class: "menu", popover: "auto", role: "menu" });
  const press = (choice) => () => {
    box.hidePopover();
    choice.go();
  };
  box.append(...choices.map((choice) =>
    choice.node ??
    h("button", { type: "button", role: "menuitem", class: `menu-choice ${choice.kind ?? ""}`, onclick: press(choice) },
      choice.icon ? icon(choice.icon, 20) : null, choice.text)));
  box.addEventListener("toggle", (event) => event.newState === "closed" && box.remove());
  document.body.append(box);
  box.showPopover();
  place(box, anchor);
  box.querySelector("button")?.focus({ preventScroll: true, focusVisible: false });
  return () => box.isConnected && box.hidePopover();
}

function place(box, anchor) {
  const around = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
  const own = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(around.left, innerWidth - own.width - 8));
  const below = around.bottom + 6 + own.height <= innerHeight - 8;
  const top = below ? around.bottom + 6 : Math.max(8, around.top - own.height - 6);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
