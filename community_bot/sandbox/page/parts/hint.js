// What to try, shown at the first visit and behind the question mark.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { sheet } from "./sheets.js";
import { say } from "./words.js";

const KEY = "sandbox.hinted";

const POINTS = [["hint1", "person"], ["hint2", "attach"], ["hint3", "reply"], ["hint4", "clock"]];

export function hint() {
  localStorage.setItem(KEY, "yes");
  sheet({
    title: say("hintTitle"),
    kind: "hint",
    body: [
      h("p", { class: "hint-lead" }, say("hintLead")),
      h("ol", { class: "hint-points" }, POINTS.map(([key, sign]) => h("li", {}, h("span", { class: "hint-sign" }, icon(sign, 20)), h("span", {}, say(key))))),
      h("p", { class: "muted small hint-keys" }, say("hintKeys")),
    ],
    buttons: [{ text: say("hintGo"), kind: "primary" }],
  });
}

export const hintOnce = () => localStorage.getItem(KEY) ?? hint();
