// Every word of the page in two languages; the person's choice is kept in this browser.

import { en } from "../words/en.js";
import { zh } from "../words/zh.js";

const LANGUAGES = { zh, en };
const KEY = "sandbox.language";

const guessed = () => (/^zh/i.test(navigator.language) ? "zh" : "en");

let chosen = LANGUAGES[localStorage.getItem(KEY)] ? localStorage.getItem(KEY) : guessed();

export const language = () => chosen;

export const locale = () => (chosen === "zh" ? "zh-CN" : "en-GB");

export function choose(next) {
  chosen = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = locale();
}

// say("unread", { count: 3 }): the sentence with its facts.
export function say(key, facts = {}) {
  const sentence = LANGUAGES[chosen][key] ?? LANGUAGES.en[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}

document.documentElement.lang = locale();
