// Text with its entities: offsets count UTF-16 units, as JavaScript's strings do.

import { h } from "./dom.js";
import { follow } from "./links.js";
import { say } from "./words.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

// What stands in a box of its own: the line that ends before it, or begins behind it, is no empty one.
const BOXES = new Set(["pre", "blockquote", "expandable_blockquote"]);

// Returns nodes. `context.command(text)` is called when somebody clicks a bot command.
export function formatted(text, entities = [], context = {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, ordered, 0, text.length, context);
}

function span(text, entities, from, to, context) {
  const nodes = [];
  let at = from;
  let boxed = false;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= at) continue;
    const isBox = BOXES.has(entity.type);
    if (entity.offset > at) nodes.push(between(text.slice(at, entity.offset), boxed, isBox));
    const inside = entities.slice(index + 1).filter((each) => each.offset < end);
    const children = span(text, inside, entity.offset, end, context);
    nodes.push(element(entity, text.slice(entity.offset, end), children, context));
    at = end;
    boxed = isBox;
  }
  if (at < to) nodes.push(between(text.slice(at, to), boxed, false));
  return nodes;
}

function between(words, afterBox, beforeBox) {
  const rest = afterBox && words.startsWith("\n") ? words.slice(1) : words;
  return beforeBox && rest.endsWith("\n") ? rest.slice(0, -1) : rest;
}

function element(entity, text, children, context) {
  const make = MAKERS[entity.type];
  if (make) return make(entity, text, children, context);
  return h(PLAIN_TAGS[entity.type] ?? "span", {}, children);
}

const link = (target, children) => {
  const go = (event) => {
    event.preventDefault();
    event.stopPropagation();
    follow(target.href, { hidden: target.hidden });
  };
  return h("a", { href: target.href, class: "link", onclick: go }, children);
};

const withScheme = (text) => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);

const MAKERS = {
  url: (_, text, children) => link({ href: withScheme(text) }, children),
  text_link: (entity, _, children) => link({ href: entity.url, hidden: true }, children),
  email: (_, text, children) => h("a", { href: `mailto:${text}`, class: "link" }, children),
  phone_number: (_, text, children) => h("a", { href: `tel:${text}`, class: "link" }, children),
  mention: (_, text, children) => link({ href: `https://t.me/${text.slice(1)}` }, children),
  text_mention: (_, __, children) => h("span", { class: "link" }, children),
  hashtag: (_, __, children) => h("span", { class: "link" }, children),
  cashtag: (_, __, children) => h("span", { class: "link" }, children),
  bot_command: (_, text, children, context) =>
    h("button", { class: "link", type: "button", onclick: () => context.command?.(text) }, children),
  pre: (entity, _, children) => h("pre", { class: "pre", "data-language": entity.language }, h("code", {}, children)),
  blockquote: (_, __, children) => h("blockquote", { class: "quote" }, children),
  expandable_blockquote: (_, __, children) => expandable(children),
  spoiler: (_, __, children) => spoiler(children),
  custom_emoji: (_, __, children) => h("span", {}, children),
};

function expandable(children) {
  const quote = h("blockquote", { class: "quote folded" }, h("div", { class: "quote-text" }, children));
  const turn = () => {
    const folded = quote.classList.toggle("folded");
    button.textContent = say(folded ? "expand" : "fold");
  };
  const button = h("button", { type: "button", class: "quote-more", onclick: turn }, say("expand"));
  quote.append(button);
  return quote;
}

function spoiler(children) {
  const reveal = (event) => {
    if (hidden.classList.contains("shown")) return;
    event.stopPropagation();
    event.preventDefault();
    hidden.classList.add("shown");
    hidden.removeAttribute("role");
  };
  const onkeydown = (event) => event.key === "Enter" && reveal(event);
  const hidden = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("spoiler"), onclick: reveal, onkeydown }, children);
  return hidden;
}
