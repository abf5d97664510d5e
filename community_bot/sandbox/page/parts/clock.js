// The bar at the top: the world's time with its steps, the language, the help.

import { act } from "./control.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { hint } from "./hint.js";
import { menu } from "./sheets.js";
import { moment, shortMoment } from "./time.js";
import { toast } from "./toast.js";
import { emit, now, on } from "./view.js";
import { choose, language, say } from "./words.js";

const STEPS = ["hour", "day", "week", "month", "year"];

export function topBar() {
  const bar = h("header", { class: "top" });
  const show = () => bar.replaceChildren(brand(), clock(), tools());
  on("language", show);
  show();
  return bar;
}

const brand = () =>
  h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "", width: "26", height: "26" }),
    h("span", { class: "brand-words" }, h("strong", {}, say("title")), h("span", {}, say("subtitle"))));

function clock() {
  const long = h("span", { class: "clock-long" });
  const short = h("span", { class: "clock-short" });
  const face = h("button", { type: "button", class: "clock-face", title: say("clockHelp"), "aria-label": say("worldTime"), onclick: () => menu(face, STEPS.map(choice)) },
    icon("clock", 18), long, short);
  const tick = () => {
    long.textContent = moment(now());
    short.textContent = shortMoment(now());
  };
  tick();
  on("clock", tick);
  clearInterval(ticking);
  ticking = setInterval(tick, 5000);
  return h("div", { class: "clock", title: say("clockHelp") }, face, h("div", { class: "clock-steps" }, STEPS.map((step) =>
    h("button", { type: "button", class: "step", dataset: { step }, onclick: () => advance(step) }, say(`plus_${step}`)))));
}

let ticking = 0;

const choice = (step) => ({ text: say(`plus_${step}`), icon: "clock", go: () => advance(step) });

async function advance(step) {
  const steps = [...document.querySelectorAll(".step, .clock-face")];
  steps.forEach((each) => { each.disabled = true; });
  toast(say("advancing"));
  const result = await act("advance", { step });
  steps.forEach((each) => { each.disabled = false; });
  if (result) toast(say("advanced", { step: say(`plus_${step}`) }));
}

function tools() {
  const turn = () => {
    choose(language() === "zh" ? "en" : "zh");
    emit("language");
  };
  return h("div", { class: "tools" },
    h("button", { type: "button", class: "tool", lang: language() === "zh" ? "en" : "zh-CN", onclick: turn }, say("otherLanguage")),
    h("button", { type: "button", class: "tool round-button", "aria-label": say("help"), title: say("help"), onclick: hint }, icon("help")));
}
