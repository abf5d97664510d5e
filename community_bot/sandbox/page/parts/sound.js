// Voice messages and audio: a play button, a wave and the time.

import { fileAddress } from "./control.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { length } from "./time.js";
import { say } from "./words.js";

const BARS = 36;

// The wave is drawn from the file's id: Telegram gives bots no wave form.
function heights(id) {
  let seed = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: BARS }, (_, index) => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    const swell = 0.45 + 0.55 * Math.abs(Math.sin(index / 4.3));
    return Math.round(4 + (seed / 2 ** 32) * 16 * swell);
  });
}

let playing = null;

export function sounding(sound, title = null) {
  const player = new Audio();
  player.preload = "none";
  player.src = fileAddress(sound.file_id);
  const bars = heights(sound.file_id).map((height) => h("i", { style: { height: `${height}px` } }));
  const time = h("span", { class: "sound-time" }, length(sound.duration));
  const button = h("button", { type: "button", class: "sound-play", "aria-label": say("play"), onclick: () => turn(player) }, icon("play", 22));

  const show = () => {
    button.replaceChildren(icon(player.paused ? "play" : "pause", 22));
    button.setAttribute("aria-label", say(player.paused ? "play" : "pause"));
  };
  const progress = () => {
    const whole = Number.isFinite(player.duration) && player.duration > 0 ? player.duration : sound.duration || 1;
    const reached = (player.currentTime / whole) * BARS;
    bars.forEach((bar, index) => bar.classList.toggle("played", index < reached));
    time.textContent = length(player.paused && player.currentTime === 0 ? sound.duration : player.currentTime);
  };
  player.addEventListener("play", show);
  player.addEventListener("pause", show);
  player.addEventListener("timeupdate", progress);
  player.addEventListener("ended", () => { player.currentTime = 0; progress(); });
  return h("div", { class: "sound" }, button, h("div", { class: "sound-words" }, title, h("div", { class: "wave", "aria-hidden": "true" }, bars), time));
}

function turn(player) {
  if (!player.paused) return player.pause();
  playing?.pause();
  playing = player;
  return player.play().catch(() => {});
}
