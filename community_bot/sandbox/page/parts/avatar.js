// Avatars: initials on a colour that belongs to the id.

import { h } from "./dom.js";

const COLOURS = 7;
const LONGEST_NAME = 4; // letters of a person's name; what is longer is a place

export const colour = (id) => Math.abs(Number(id)) % COLOURS;

function initials(name) {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "?")];
  if (/\p{Script=Han}/u.test(name)) return inHan(name);
  return (first[0] + ([...(words[1] ?? "")][0] ?? "")).toUpperCase();
}

// Of a person the given name; of a place how the last part of its title begins.
function inHan(name) {
  const letters = (text) => [...text.replace(/[^\p{L}]/gu, "")];
  const all = letters(name);
  if (all.length <= LONGEST_NAME) return all.slice(-2).join("");
  return letters(name.split("·").at(-1)).slice(0, 2).join("") || all[0];
}

export function avatar(id, name, size = "") {
  const letters = initials(name);
  return h("span", { class: `avatar colour-${colour(id)} ${size}`, "aria-hidden": "true" }, letters);
}

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export const chatName = (chat) => chat.title ?? (fullName(chat) || chat.username || String(chat.id));
