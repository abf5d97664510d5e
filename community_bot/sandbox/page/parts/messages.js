// The open chat's messages: by day, by sender, albums together; scrolled to where one was.

import { bubble } from "./bubble.js";
import { h, keeper } from "./dom.js";
import { icon } from "./icons.js";
import { serviceWords } from "./service.js";
import { day, dayKey } from "./time.js";
import { emit, now, on, openChat, senderOf, view } from "./view.js";
import { language, say } from "./words.js";

const TOGETHER = 300; // seconds within which messages of one sender stand together
const NEAR = 120; // pixels from the foot that count as being there

export function messageList() {
  const list = h("div", { class: "messages-list" });
  const scroller = h("div", { class: "messages", tabindex: "-1" }, list);
  const down = h("button", { type: "button", class: "to-latest round-button", "aria-label": say("latest"), title: say("latest"), hidden: true, onclick: () => toFoot(scroller, "smooth") }, icon("down"));
  const fill = keeper(list);
  let shown = null;

  const show = () => {
    const entry = openChat();
    const place = `${view.me?.id}/${view.open}/${view.topic}`;
    const another = shown !== place;
    const following = another || isNearFoot(scroller);
    const { scrollHeight, scrollTop } = scroller;
    shown = place;
    fill(entry ? entries(entry, place) : []);
    if (following) toFoot(scroller);
    else if (view.loadedOlder) scroller.scrollTop = scrollTop + scroller.scrollHeight - scrollHeight;
    view.loadedOlder = false;
  };
  scroller.addEventListener("scroll", () => {
    down.hidden = isNearFoot(scroller);
    if (scroller.scrollTop < 200 && view.more) emit("older");
  }, { passive: true });
  // Pictures that arrive late must not push the foot out of sight.
  list.addEventListener("load", () => isNearFoot(scroller, 500) && toFoot(scroller), { capture: true });
  new ResizeObserver(() => down.hidden && toFoot(scroller)).observe(scroller);
  on("messages", show);
  on("language", show);
  on("go-to", (id) => goTo(list, id));
  return h("div", { class: "messages-frame" }, scroller, down);
}

const isNearFoot = (scroller, near = NEAR) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < near;

const toFoot = (scroller, behavior = "instant") => scroller.scrollTo({ top: scroller.scrollHeight, behavior });

function goTo(list, id) {
  const target = list.querySelector(`[data-message="${id}"]`);
  if (!target) return;
  target.scrollIntoView({ block: "center", behavior: "smooth" });
  target.classList.add("lit");
  setTimeout(() => target.classList.remove("lit"), 1600);
}

// Pairs for the keeper; `where` keeps the screens of two people apart.
function entries(entry, where) {
  const groups = albums(view.messages);
  const wanted = [];
  if (!groups.length && entry.chat.type === "private") wanted.push([`${language()} ${entry.description}`, () => introduction(entry)]);
  groups.forEach((messages, index) => {
    const [message] = messages;
    if (!sameDay(groups[index - 1]?.[0], message)) {
      const words = day(message.date, now());
      wanted.push([`day ${dayKey(message.date)} ${words}`, () => h("div", { class: "day" }, h("span", {}, words))]);
    }
    const place = {
      group: entry.chat.type !== "private",
      first: !together(groups[index - 1]?.at(-1), message),
      last: !together(message, groups[index + 1]?.[0]),
    };
    wanted.push([`${language()} ${where} ${JSON.stringify([messages, place])}`, () => bubble(messages, place)]);
  });
  return wanted;
}

function introduction(entry) {
  const text = entry.description;
  return h("div", { class: "intro" }, h("strong", {}, say("botIntro")), h("p", {}, text || say("noMessages")));
}

function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const before = groups.at(-1);
    if (message.media_group_id && before?.[0].media_group_id === message.media_group_id) before.push(message);
    else groups.push([message]);
  }
  return groups;
}

const sameDay = (one, other) => Boolean(one) && dayKey(one.date) === dayKey(other.date);

function together(one, other) {
  if (!one || !other || serviceWords(one) || serviceWords(other)) return false;
  return senderOf(one).id === senderOf(other).id && Math.abs(other.date - one.date) < TOGETHER && sameDay(one, other);
}
