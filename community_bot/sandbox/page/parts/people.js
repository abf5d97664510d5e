// The rail of people: who the visitor can be, and where something waits for them.

import { avatar, fullName } from "./avatar.js";
import { classes, h, keeper } from "./dom.js";
import { emit, on, view } from "./view.js";
import { language, say } from "./words.js";

export function peopleRail() {
  const rail = h("nav", { class: "people", "aria-label": say("people") });
  const fill = keeper(rail);
  const show = () => {
    rail.setAttribute("aria-label", say("people"));
    fill(view.people.map((person, index) => [JSON.stringify([language(), person, person.id === view.me?.id]), () => one(person, index)]));
  };
  on("people", show);
  on("language", show);
  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!event.altKey || !digit || !view.people[digit - 1]) return;
    event.preventDefault();
    emit("be", view.people[digit - 1].id);
  });
  return rail;
}

const roleOf = (person) => say(`role_${person.role}`);

function one(person, index) {
  const name = fullName(person);
  const present = person.id === view.me?.id;
  const title = `${say("be", { name })} · ${roleOf(person)}${index < 9 ? ` · Alt+${index + 1}` : ""}`;
  return h("button", {
    type: "button", title, class: classes("person", present && "present"), "aria-pressed": String(present),
    dataset: { person: person.id, key: person.id }, onclick: () => emit("be", person.id),
  },
  h("span", { class: "person-face" }, avatar(person.id, name, "medium"), badge(person.unread)),
  h("span", { class: "person-name one-line" }, name),
  h("span", { class: "person-role one-line" }, roleOf(person)));
}

export function badge(count) {
  if (!count) return null;
  return h("span", { class: "badge", "aria-label": say("unread", { count }) }, count > 99 ? "99+" : String(count));
}
