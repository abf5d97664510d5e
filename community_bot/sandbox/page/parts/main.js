// Puts the page together: one person at a time, one chat open, live changes from the server.

import { chatName, fullName } from "./avatar.js";
import { chatPane } from "./chat.js";
import { chatList } from "./chats.js";
import { topBar } from "./clock.js";
import { act, listen, read } from "./control.js";
import { h } from "./dom.js";
import { hintOnce } from "./hint.js";
import { listenForMenus } from "./message_menu.js";
import { peopleRail } from "./people.js";
import { toast } from "./toast.js";
import { chatOf, emit, on, openChat, view } from "./view.js";
import { say } from "./words.js";

const KEY = "sandbox.person";
const PAGE = 60; // messages asked for at a time
const PAUSE = 25; // milliseconds in which changes gather
const TYPING = 5500; // milliseconds for which an action is shown (Bot API, sendChatAction)

const app = document.getElementById("app");
const lost = h("div", { class: "lost", role: "alert", hidden: true });
app.append(topBar(), lost, h("div", { class: "columns" }, peopleRail(), chatList(), chatPane()));
listenForMenus();

function layout() {
  app.dataset.showing = view.open === null ? "list" : "chat";
  const entry = openChat();
  const waiting = view.people.reduce((sum, each) => sum + each.unread, 0);
  document.title = [waiting ? `(${waiting})` : "", entry ? chatName(entry.chat) : say("title"), view.me ? fullName(view.me) : ""].filter(Boolean).join(" ");
}

async function readPeople() {
  const answer = await read("people");
  Object.assign(view, { people: answer.people, bot: answer.bot, clock: { now: answer.now, read: performance.now() } });
  app.classList.toggle("standing", !answer.can_advance);
  emit("people");
  emit("clock");
}

// Reads this person's chats; an answer that comes after a switch is for somebody else.
async function readChats() {
  const person = view.me.id;
  const answer = await read("chats", { person });
  if (view.me.id !== person) return;
  view.chats = answer.chats;
  if (view.open !== null && !openChat()) close();
  emit("chats");
  layout();
}

async function readMessages() {
  const { me, open: chat, topic } = view;
  if (chat === null) return;
  const count = Math.max(PAGE, view.wanted);
  const answer = await read("messages", { person: me.id, chat, thread: topic, count });
  if (view.me !== me || view.open !== chat || view.topic !== topic) return;
  view.messages = answer.messages;
  view.more = answer.more;
  view.wanted = count;
  emit("messages");
  await markRead();
}

// What stands on a visible page has been read, up to here.
async function markRead() {
  const entry = openChat();
  const place = entry?.topics?.find((each) => each.id === view.topic) ?? entry;
  if (document.hidden || !place?.unread) return;
  await act("read", { chat: view.open, thread: view.topic });
  await Promise.all([readChats(), readPeople()]);
}

async function be(id) {
  if (view.me?.id === id) return;
  view.me = view.people.find((each) => each.id === id) ?? view.people[0];
  localStorage.setItem(KEY, String(view.me.id));
  Object.assign(view, { open: null, topic: null, browsing: null, chats: [], messages: [] });
  view.typing.clear();
  for (const name of ["me", "people", "open", "messages"]) emit(name);
  await readChats();
  const wide = matchMedia("(min-width: 760px)").matches;
  const first = view.chats.find((each) => each.chat.type === "private");
  if (wide && first) await open({ chat: first.chat.id });
}

async function open({ chat, topic = null, message = null }) {
  let entry = chatOf(chat);
  if (!entry) {
    await readChats();
    entry = chatOf(chat);
  }
  if (!entry) return;
  if (entry.chat.is_forum && topic === null) return browse(chat);
  Object.assign(view, { open: chat, topic, messages: [], wanted: PAGE, loadedOlder: false, browsing: entry.chat.is_forum ? chat : null });
  emit("browse");
  layout();
  emit("open");
  await readMessages();
  if (message) emit("go-to", message);
}

function browse(chat) {
  view.browsing = chat;
  if (chat === null || view.open !== chat) close();
  emit("browse");
}

function close() {
  Object.assign(view, { open: null, topic: null, messages: [] });
  emit("open");
  emit("messages");
  layout();
}

async function older() {
  if (!view.more || view.loadedOlder) return;
  view.loadedOlder = true;
  view.wanted += PAGE;
  await readMessages();
}

let refreshing = false;
let again = false;

// Many changes in a row are read once, and one reading is done before the next begins.
async function refresh() {
  again = true;
  if (refreshing) return;
  refreshing = true;
  while (again) {
    await new Promise((done) => { setTimeout(done, PAUSE); });
    again = false;
    await Promise.allSettled([readChats(), readMessages(), readPeople()]);
  }
  refreshing = false;
}

// Only the bot's actions are told: people's typing is nobody's business here.
function showTyping({ chat, person, action }) {
  if (person && person !== view.me.id) return;
  const id = person ?? chat;
  const what = say(ACTIONS[action] ?? "typing");
  const words = person ? what : say("typingWho", { who: view.bot.first_name, what });
  view.typing.set(id, { words });
  emit("typing");
  setTimeout(() => {
    if (view.typing.get(id)?.words === words) view.typing.delete(id);
    emit("typing");
  }, TYPING);
}

const ACTIONS = { upload_photo: "uploadingPhoto", upload_document: "uploadingDocument", record_voice: "recording", upload_voice: "recording" };

const STATES = { approved: "joinApproved", declined: "joinDeclined" };

function tellRequest({ person, state, title }) {
  if (person === view.me.id && STATES[state]) toast(say("saying", { who: title, what: say(STATES[state]) }));
}

function changed(event) {
  if (event.kind === "typing") return showTyping(event);
  if (event.kind === "join_request") tellRequest(event);
  if (event.kind === "message") {
    view.typing.delete(event.person ?? event.chat);
    emit("typing");
  }
  return refresh();
}

on("be", be);
on("open-chat", open);
on("browse-forum", browse);
on("older", older);
on("back", close);
on("language", layout);
document.addEventListener("visibilitychange", refresh);
on("people", layout);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open], .menu") && view.open !== null) close();
});

await readPeople();
await be(Number(localStorage.getItem(KEY)) || view.people[0].id);
listen(changed, (connected) => {
  lost.hidden = connected;
  lost.textContent = say("offline");
  if (connected) refresh();
});
hintOnce();
