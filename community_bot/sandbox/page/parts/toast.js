// Short messages that go away by themselves.

import { h } from "./dom.js";

const SHOWN = 3200;

export function toast(text) {
  const box = document.getElementById("toasts");
  const slip = h("div", { class: "toast" }, text);
  while (box.children.length > 1) box.firstChild.remove();
  box.append(slip);
  setTimeout(() => slip.classList.add("leaving"), SHOWN + text.length * 30);
  setTimeout(() => slip.remove(), SHOWN + 300 + text.length * 30);
}
