// The bot's command menu: all commands behind the button, those that fit while typing.

import { arrange, classes, h } from "./dom.js";

// Returns { node, update(text), open(), key(event) }; `choose(command)` sends it.
export function commandMenu(commandsOf, choose) {
  const node = h("div", { class: "suggestions commands", role: "listbox", hidden: true });
  let found = [];
  let chosen = 0;

  const show = (commands) => {
    found = commands;
    chosen = 0;
    draw();
  };
  const draw = () => {
    node.hidden = !found.length;
    arrange(node, found.map((each, index) =>
      h("button", { type: "button", role: "option", tabindex: "-1", class: classes("suggestion", index === chosen && "chosen"), onclick: () => pick(each) },
        h("strong", {}, `/${each.command}`), h("span", { class: "muted one-line" }, each.description))));
    node.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const pick = (each) => {
    show([]);
    choose(`/${each.command}`);
  };
  const update = (text) => {
    const typed = /^\/([a-z0-9_]*)$/i.exec(text);
    show(typed ? commandsOf().filter((each) => each.command.startsWith(typed[1].toLowerCase())) : []);
  };
  const KEYS = {
    ArrowDown: () => { chosen = (chosen + 1) % found.length; draw(); },
    ArrowUp: () => { chosen = (chosen + found.length - 1) % found.length; draw(); },
    Enter: () => pick(found[chosen]),
    Tab: () => pick(found[chosen]),
    Escape: () => show([]),
  };
  const key = (event) => {
    if (node.hidden || !KEYS[event.key] || event.isComposing) return false;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
    return true;
  };
  return { node, update, key, open: () => show(node.hidden ? commandsOf() : []) };
}
