// Results of an inline query while somebody types "@bot words".

import { act } from "./control.js";
import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";
import { view } from "./view.js";
import { say } from "./words.js";

const PAUSE = 250; // milliseconds of quiet before we ask

export function inlineResults(sent) {
  const node = h("div", { class: "suggestions results", role: "listbox", hidden: true });
  let timer = 0;
  let asked = null;

  const clear = () => {
    clearTimeout(timer);
    asked = null;
    node.hidden = true;
  };
  const note = (text) => arrange(node, [h("p", { class: "muted suggestion-note" }, text)]);
  const ask = async (words) => {
    const chat = view.open;
    const answer = await act("query", { chat, text: words });
    if (asked !== words) return;
    if (!answer?.results?.length) return note(say("inlineNone"));
    arrange(node, answer.results.map((result) => row(result, () => choose(chat, answer.query, result))));
  };
  const choose = async (chat, query, result) => {
    clear();
    sent();
    await act("choose", { chat, query, result: result.id, thread: view.topic });
  };
  const update = (text) => {
    const typed = /^@(\w+) ([^]*)$/.exec(text);
    const words = typed && typed[1].toLowerCase() === view.bot?.username.toLowerCase() ? typed[2].trim() : null;
    if (words === null) return clear();
    if (words === asked) return undefined;
    clearTimeout(timer);
    asked = words;
    node.hidden = false;
    note(say("inlineWait"));
    timer = setTimeout(() => ask(words), PAUSE);
    return undefined;
  };
  return { node, update, clear };
}

function row(result, go) {
  const text = result.input_message_content?.message_text ?? result.caption ?? "";
  return h("button", { type: "button", role: "option", class: "suggestion result", onclick: go },
    h("span", { class: "result-face" }, icon(result.type === "photo" ? "photo" : "file", 20)),
    h("span", { class: "result-words" }, h("strong", { class: "one-line" }, result.title ?? result.type),
      h("span", { class: "muted result-text" }, result.description ?? text)));
}
