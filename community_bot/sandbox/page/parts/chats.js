// The list: chats of the present person, or the topics of a forum.

import { avatar, chatName, fullName } from "./avatar.js";
import { classes, h, keeper } from "./dom.js";
import { icon } from "./icons.js";
import { badge } from "./people.js";
import { gist, serviceWords } from "./service.js";
import { brief } from "./time.js";
import { chatOf, emit, isOwn, now, on, senderOf, view } from "./view.js";
import { language, say } from "./words.js";

let wanted = "";

export function chatList() {
  const head = h("div", { class: "list-head" });
  const rows = h("div", { class: "list-rows", role: "list" });
  const fill = keeper(rows);
  const show = () => {
    const forum = chatOf(view.browsing);
    fill(forum ? topicRows(forum) : chatRows());
  };
  const showHead = () => head.replaceChildren(...(chatOf(view.browsing) ? forumHead(chatOf(view.browsing)) : searchHead(show)));
  for (const name of ["chats", "open", "typing"]) on(name, show);
  for (const name of ["browse", "language", "me"]) on(name, () => { wanted = ""; showHead(); show(); });
  rows.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...rows.children];
    all[all.indexOf(document.activeElement) + step]?.focus();
  });
  showHead();
  return h("section", { class: "list", "aria-label": say("chats") }, head, rows);
}

function searchHead(show) {
  const input = h("input", {
    type: "search", class: "search", placeholder: say("search"), "aria-label": say("search"), value: wanted,
    oninput: () => { wanted = input.value; show(); },
  });
  return [input];
}

function forumHead(forum) {
  return [
    h("button", { type: "button", class: "round-button", "aria-label": say("back"), onclick: () => emit("browse-forum", null) }, icon("back")),
    h("span", { class: "list-title" }, h("strong", { class: "one-line" }, chatName(forum.chat)), h("span", { class: "muted small" }, say("topicCount", { count: forum.topics.length }))),
  ];
}

function chatRows() {
  const needle = wanted.trim().toLowerCase();
  const found = view.chats.filter((each) => `${chatName(each.chat)} ${each.chat.username ?? ""}`.toLowerCase().includes(needle));
  return found.length ? found.map(chatRow) : [[say("noChats"), () => h("p", { class: "muted list-note" }, say("noChats"))]];
}

const SIGNS = { channel: "megaphone" };

function chatRow(entry) {
  const { chat } = entry;
  const present = view.open === chat.id || view.browsing === chat.id;
  const sign = chat.is_forum ? "hash" : SIGNS[chat.type];
  return listRow({
    present, key: chat.id, face: () => avatar(entry.face, chatName(chat), "medium"), sign,
    title: chatName(chat), is_bot: chat.type === "private",
    last: entry.last, unread: entry.unread, typing: view.typing.get(chat.id), group: chat.type !== "private" && chat.type !== "channel",
    empty: chat.type === "private" && !entry.started ? say("notStarted") : say("noMessages"),
    go: () => (chat.is_forum ? emit("browse-forum", chat.id) : emit("open-chat", { chat: chat.id })),
  });
}

function topicRows(forum) {
  return forum.topics.map((topic) => listRow({
    present: view.open === forum.chat.id && view.topic === topic.id, key: topic.id,
    face: () => topicFace(topic), sign: topic.is_closed ? "lock" : null,
    title: topicName(topic), last: topic.last, unread: topic.unread, group: true, empty: say("noMessages"),
    go: () => emit("open-chat", { chat: forum.chat.id, topic: topic.id }),
  }));
}

function topicFace(topic) {
  const tint = `#${topic.icon_color.toString(16).padStart(6, "0")}`;
  return h("span", { class: "topic-face", style: { "--topic": tint } }, icon("hash", 20));
}

export const topicName = (topic) => (topic.id === 1 && topic.name === "General" ? say("generalTopic") : topic.name);

// A pair for the keeper: what the row shows, and how it is made.
function listRow(facts) {
  return [JSON.stringify([language(), facts, facts.last ? brief(facts.last.date, now()) : null]), () => row(facts)];
}

function row({ present, key, face, sign, title, is_bot, last, unread, typing, group, empty, go }) {
  const mark = is_bot ? h("span", { class: "tag" }, say("bot")) : null;
  return h("button", { type: "button", role: "listitem", class: classes("list-row", present && "present"), dataset: { key }, onclick: go },
    face(),
    h("span", { class: "list-words" },
      h("span", { class: "list-line" }, sign ? icon(sign, 16) : null, h("strong", { class: "one-line" }, title), mark,
        last ? h("time", { class: "list-time" }, brief(last.date, now())) : null),
      h("span", { class: "list-line" },
        h("span", { class: classes("list-gist one-line", typing && "typing") }, typing ? typing.words : last ? [speaker(last, group), gist(last)] : empty), badge(unread))));
}

function speaker(message, group) {
  if (!group || serviceWords(message)) return null;
  const name = isOwn(message) ? say("you") : message.from ? fullName(message.from) : senderOf(message).name;
  return h("span", { class: "list-speaker" }, say("saying", { who: name, what: "" }));
}
