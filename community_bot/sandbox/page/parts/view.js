// What the page knows and shows at this moment; parts listen for changes of it.

import { chatName } from "./avatar.js";

export const view = {
  people: [], // everybody whom the visitor can be
  me: null, // whom they are now
  bot: null,
  chats: [], // this person's chats, newest first
  open: null, // id of the open chat
  topic: null, // message_thread_id of the open topic of a forum
  browsing: null, // id of the forum whose topics stand in the list
  messages: [], // of the open chat, oldest first
  wanted: 0, // how many of them are asked for
  loadedOlder: false, // older ones are under way: the place on the screen is kept
  more: false, // older messages can be loaded
  clock: null, // { now, read }: the world's time and when we read it
  replying: null, // the message being answered
  editing: null, // the own message being edited
  drafts: new Map(), // what was typed and not sent, by person, chat and topic
  typing: new Map(), // chat id -> { action, until }
};

const listeners = new Map();

export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

export const chatOf = (id) => view.chats.find((each) => each.chat.id === id) ?? null;

export const openChat = () => chatOf(view.open);

export const now = () =>
  view.clock ? view.clock.now + (performance.now() - view.clock.read) / 1000 : Date.now() / 1000;

export const draftKey = () => `${view.me?.id}/${view.open}/${view.topic ?? ""}`;

export const isOwn = (message) => message.from?.id === view.me?.id && !message.sender_chat;

export function senderOf(message) {
  if (message.sender_chat) return { id: message.sender_chat.id, name: chatName(message.sender_chat) };
  const from = message.from ?? message.chat;
  return { id: from.id, name: chatName(from) };
}
