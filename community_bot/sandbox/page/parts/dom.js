// Makes elements: h("button", { class: "quiet", onclick: press }, "Send").

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "style") Object.entries(value).forEach(([key, each]) => element.style.setProperty(key, each));
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

// Brings the children of an element into the given order and keeps those that are already there:
// what a person has scrolled to, selected or begun to play stays as it is.
export function arrange(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.childNodes]) if (!kept.has(child)) child.remove();
  let place = parent.firstChild;
  for (const child of children) {
    if (child === place) place = place.nextSibling;
    else parent.insertBefore(child, place);
  }
}

// Returns show(entries), which fills a parent from [signature, make] pairs: an element is made anew
// only when its signature changed, so that a press or the focus survives a refresh.
export function keeper(parent) {
  let kept = new Map();
  return (entries) => {
    const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const next = new Map();
    for (const [signature, make] of entries) next.set(signature, kept.get(signature) ?? make());
    arrange(parent, [...next.values()]);
    kept = next;
    if (focused !== undefined) parent.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
}

// Classes from a list in which some may be false.
export const classes = (...names) => names.filter(Boolean).join(" ");
