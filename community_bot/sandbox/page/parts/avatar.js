// Avatars: initials on a colour that belongs to the id.

import { h } from "./dom.js";

const COLOURS = 7;

export const colour = (id) => Math.abs(Number(id)) % COLOURS;

function initials(name) {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "?")];
  if (/\p{Script=Han}/u.test(name)) return [...name.replace(/[^\p{L}]/gu, "")].slice(-2).join("") || first[0];
  return (first[0] + ([...(words[1] ?? "")][0] ?? "")).toUpperCase();
}

export function avatar(id, name, size = "") {
  const letters = initials(name);
  return h("span", { class: `avatar colour-${colour(id)} ${size}`, "aria-hidden": "true" }, letters);
}

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export const chatName = (chat) => chat.title ?? (fullName(chat) || chat.username || String(chat.id));
