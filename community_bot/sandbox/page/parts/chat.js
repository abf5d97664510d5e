// The open chat: its header, what is pinned, its messages and its foot.

import { attach } from "./attachments.js";
import { avatar, chatName, fullName } from "./avatar.js";
import { topicName } from "./chats.js";
import { Composer } from "./composer.js";
import { act } from "./control.js";
import { h, keeper } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import { gist } from "./service.js";
import { confirmSheet, menu } from "./sheets.js";
import { emit, on, openChat, view } from "./view.js";
import { language, say } from "./words.js";

export function chatPane() {
  const composer = new Composer();
  const head = h("header", { class: "chat-top" });
  const pinned = h("div", { class: "pinned-slot" });
  const fillHead = keeper(head);
  const fillPinned = keeper(pinned);
  const foot = h("div", { class: "chat-foot" });
  const empty = h("div", { class: "chat-empty" });
  const chat = h("div", { class: "chat-open", hidden: true }, head, pinned, messageList(), foot);
  const pane = h("main", { class: "pane" }, empty, chat);

  const show = () => {
    const entry = openChat();
    chat.hidden = !entry;
    empty.hidden = Boolean(entry);
    empty.replaceChildren(h("div", { class: "empty-card" }, h("strong", {}, say("emptyTitle")), h("span", {}, say("emptyText"))));
    if (!entry) return;
    const sign = JSON.stringify([language(), view.me, view.people, view.topic, entry.chat, entry.members, entry.started, entry.blocked, entry.topics, view.typing.get(entry.chat.id)]);
    fillHead([[sign, () => h("div", { class: "chat-head" }, headOf(entry))]]);
    fillPinned(pinnedOf(entry));
    const button = footButton(entry);
    if (button) foot.replaceChildren(button);
    else if (foot.firstChild !== composer.node) foot.replaceChildren(composer.node);
    composer.refresh();
  };
  for (const name of ["chats", "language", "typing", "me", "messages"]) on(name, show);
  on("open", () => { show(); composer.opened(); });
  acceptDrops(pane);
  return pane;
}

function headOf(entry) {
  const topic = entry.topics?.find((each) => each.id === view.topic);
  const more = h("button", { type: "button", class: "round-button", "aria-label": say("moreActions"), title: say("moreActions"), onclick: () => menu(more, actions(entry)) }, icon("dots"));
  return [
    h("button", { type: "button", class: "round-button back", "aria-label": say("back"), onclick: () => emit("back") }, icon("back", 26)),
    avatar(entry.face, chatName(entry.chat), "medium"),
    h("span", { class: "chat-words" }, h("strong", { class: "one-line" }, topic ? topicName(topic) : chatName(entry.chat)), h("span", { class: "one-line chat-about" }, about(entry, topic))),
    meButton(),
    more,
  ];
}

// On a phone the rail is out of sight while a chat is open: this shows who one is and switches.
function meButton() {
  const name = fullName(view.me);
  const people = () => view.people.map((each) => ({
    text: [avatar(each.id, fullName(each), "small"), h("span", { class: "one-line" }, fullName(each)), h("span", { class: "muted small" }, say(`role_${each.role}`))],
    go: () => emit("be", each.id),
  }));
  const button = h("button", { type: "button", class: "head-me", title: name, onclick: () => menu(button, people()) }, avatar(view.me.id, name, "tiny"), h("span", { class: "one-line" }, name));
  return button;
}

function about(entry, topic) {
  const typing = view.typing.get(entry.chat.id);
  if (typing) return h("span", { class: "typing" }, typing.words);
  if (entry.chat.type === "private") return `${say("bot")} · @${view.bot.username}`;
  const count = say(entry.chat.type === "channel" ? "subscribers" : "members", { count: entry.members });
  return topic ? `${chatName(entry.chat)} · ${count}` : count;
}

function actions(entry) {
  const { chat } = entry;
  if (chat.type === "private") {
    if (!entry.started) return [{ text: say("start"), icon: "play", go: start }];
    return [
      { text: say("restart"), icon: "play", go: start },
      entry.blocked
        ? { text: say("unblock"), icon: "check", go: () => act("unblock") }
        : { text: say("block"), icon: "block", kind: "danger", go: () => act("block") },
    ];
  }
  const leave = () => confirmSheet({ title: say("leave"), text: say("leaveAsk", { name: chatName(chat) }), yes: say("leave"), kind: "danger", go: () => void act("leave", { chat: chat.id }) });
  return [{ text: say("leave"), icon: "away", kind: "danger", go: leave }];
}

const start = () => act("start");

function pinnedOf(entry) {
  const message = entry.pinned.filter((each) => !view.topic || (each.message_thread_id ?? 1) === view.topic).at(-1);
  if (!message) return [];
  const words = gist(message);
  return [[`${language()} ${message.message_id} ${words}`, () => h("button", { type: "button", class: "pinned", onclick: () => emit("go-to", message.message_id) },
    icon("pin", 20), h("span", { class: "pinned-words" }, h("strong", {}, say("pinnedMessage")), h("span", { class: "one-line" }, words)))]];
}

// Where nothing can be written stands one button, or a word why.
function footButton(entry) {
  if (entry.chat.type === "private") {
    if (entry.blocked) return wide("unblock", () => act("unblock"));
    if (!entry.started) return wide("start", start, "primary");
    return null;
  }
  const topic = entry.topics?.find((each) => each.id === view.topic);
  const admin = ["creator", "administrator"].includes(entry.status);
  if (topic?.is_closed && !admin) return note("closedTopic");
  return entry.can_write ? null : note(entry.status === "left" || entry.status === "kicked" ? "notMember" : "readOnly");
}

const wide = (word, go, kind = "") => h("button", { type: "button", class: `foot-button ${kind}`, dataset: { act: word }, onclick: go }, say(word));

const note = (word) => h("p", { class: "foot-note" }, say(word));

function acceptDrops(pane) {
  const over = (event) => {
    if (!openChat()?.can_write || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    pane.dataset.drop = say("dropHere");
  };
  const leave = () => delete pane.dataset.drop;
  pane.addEventListener("dragover", over);
  pane.addEventListener("dragleave", leave);
  pane.addEventListener("drop", (event) => {
    event.preventDefault();
    leave();
    attach([...(event.dataTransfer?.files ?? [])]);
  });
}
