// Pictures, films, sounds and files of a message.

import { fileAddress } from "./control.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { lightbox } from "./lightbox.js";
import { sounding } from "./sound.js";
import { length, size } from "./time.js";
import { say } from "./words.js";
import { formatted } from "./entities.js";

const WIDEST = 420;
const HIGHEST = 460;

// Everything of a message that is not its text; null when it has nothing else.
export function mediaOf(message) {
  for (const [kind, make] of Object.entries(MAKERS)) if (message[kind]) return make(message[kind], message);
  return null;
}

export const isPicture = (message) => Boolean(message.photo || message.video || message.animation);

export const bare = (message) => Boolean(message.sticker || message.video_note || message.dice);

// The name of a message's kind for lists and quotes, or null for plain text.
export function kindOf(message) {
  if (message.document && message.document.file_name) return message.document.file_name;
  if (message.sticker?.emoji) return `${message.sticker.emoji} ${say("sticker")}`;
  if (message.dice) return message.dice.emoji;
  const kind = [...Object.keys(MAKERS), "invoice"].find((each) => message[each]);
  return kind ? say(kind) : null;
}

// Several pictures in one grid: the first row gets what does not fill the last.
export function grid(messages) {
  return h("div", { class: "grid", dataset: { count: String(Math.min(messages.length, 10)) } },
    messages.map((message) => h("div", { class: "grid-cell", dataset: { message: message.message_id } }, mediaOf(message))));
}

function measured(width, height) {
  const factor = Math.min(1, WIDEST / (width || 320), HIGHEST / (height || 240));
  return { "--width": `${Math.round((width || 320) * factor)}px`, "aspect-ratio": `${width || 4} / ${height || 3}` };
}

function veiled(frame, message) {
  if (!message.has_media_spoiler) return frame;
  const reveal = (event) => {
    event.stopPropagation();
    frame.classList.remove("veiled");
    veil.remove();
  };
  const veil = h("button", { type: "button", class: "veil", onclick: reveal }, say("hiddenMedia"));
  frame.classList.add("veiled");
  frame.append(veil);
  return frame;
}

function photo(sizes, message) {
  const best = sizes.at(-1);
  const address = fileAddress(best.file_id);
  const image = h("img", { src: address, alt: message.caption || say("photo"), loading: "lazy", draggable: message.has_protected_content ? "false" : null });
  const show = () => lightbox(address, message);
  return veiled(h("button", { type: "button", class: "frame", style: measured(best.width, best.height), "aria-label": say("openPhoto"), onclick: show }, image), message);
}

function video(film, message) {
  const element = h("video", { src: fileAddress(film.file_id), controls: true, preload: "metadata", playsinline: true });
  return veiled(h("div", { class: "frame", style: measured(film.width, film.height) }, element, h("span", { class: "length" }, length(film.duration))), message);
}

function animation(film, message) {
  const moving = (film.mime_type ?? "").startsWith("video/");
  const element = moving
    ? h("video", { src: fileAddress(film.file_id), autoplay: true, loop: true, muted: true, playsinline: true })
    : h("img", { src: fileAddress(film.file_id), alt: say("animation") });
  return veiled(h("div", { class: "frame", style: measured(film.width, film.height) }, element, h("span", { class: "length" }, "GIF")), message);
}

function videoNote(film) {
  return h("div", { class: "round" }, h("video", { src: fileAddress(film.file_id), controls: true, preload: "metadata", playsinline: true }));
}

function file(one, message) {
  const name = one.file_name || say("document");
  const extension = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  const tile = h("span", { class: "file-tile" }, extension ? extension.toUpperCase() : icon("file"));
  const words = h("span", { class: "file-words" }, h("span", { class: "file-name" }, name), h("span", { class: "file-size" }, size(one.file_size)));
  if (message.has_protected_content) return h("div", { class: "file" }, tile, words);
  return h("a", { class: "file", href: fileAddress(one.file_id), download: name, title: say("download") }, tile, words, icon("download", 20));
}

function audio(track) {
  const title = [track.performer, track.title].filter(Boolean).join(" – ") || track.file_name || say("audio");
  return sounding(track, h("span", { class: "file-name" }, title));
}

function sticker(one) {
  const moving = one.is_animated || one.is_video;
  if (moving) return h("div", { class: "sticker-emoji" }, one.emoji ?? "🙂");
  const image = h("img", { class: "sticker", src: fileAddress(one.file_id), alt: one.emoji ?? say("sticker") });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "sticker-emoji" }, one.emoji ?? "🙂")));
  return image;
}

function place(spot, name = say("location"), address = "") {
  const figures = `${spot.latitude.toFixed(5)}, ${spot.longitude.toFixed(5)}`;
  return h("div", { class: "place" }, h("div", { class: "map" }, h("span", { class: "map-pin" }, icon("place", 34))),
    h("div", { class: "place-words" }, h("strong", {}, name), h("span", {}, address || figures)));
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return h("div", { class: "contact" }, h("span", { class: "file-tile round-tile" }, icon("person")),
    h("span", { class: "file-words" }, h("span", { class: "file-name" }, name), h("a", { class: "link", href: `tel:${person.phone_number}` }, person.phone_number)));
}

function poll(one) {
  const total = Math.max(1, one.total_voter_count ?? 0);
  const option = (each) => {
    const share = `${Math.round((100 * (each.voter_count ?? 0)) / total)}%`;
    return h("div", { class: "poll-option", style: { "--share": share } },
      h("span", { class: "poll-share" }, share), h("span", {}, each.text));
  };
  return h("div", { class: "poll" }, h("strong", {}, formatted(one.question, one.question_entities)),
    h("span", { class: "muted" }, one.is_anonymous ? say("anonymous") : ""), one.options.map(option),
    h("span", { class: "muted" }, say("votes", { count: one.total_voter_count ?? 0 })));
}

const dice = (one) => h("div", { class: "dice" }, one.emoji, h("span", {}, String(one.value)));

const MAKERS = {
  photo, video, animation, video_note: videoNote, sticker, voice: (one) => sounding(one), audio,
  document: file, venue: (one) => place(one.location, one.title, one.address), location: (one) => place(one), contact, poll, dice,
};
