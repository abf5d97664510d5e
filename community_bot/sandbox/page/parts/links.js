// Where a link leads: into a chat, to a join sheet, or out of the page after asking.

import { chatName } from "./avatar.js";
import { act } from "./control.js";
import { h } from "./dom.js";
import { payLink } from "./invoice.js";
import { joinSheet } from "./join.js";
import { sheet } from "./sheets.js";
import { toast } from "./toast.js";
import { emit, view } from "./view.js";
import { say } from "./words.js";

const OURS = new Set(["t.me", "telegram.me", "telegram.dog"]);

// Reads an address: { kind: "invite" | "invoice" | "chat" | "message" | "share" | "outside", ... }.
function parsed(address) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return { kind: "outside", address };
  }
  if (url.protocol === "tg:") return fromScheme(url);
  if (!OURS.has(url.hostname)) return { kind: "outside", address: url.href };
  return fromPath(url);
}

function fromScheme(url) {
  const facts = url.searchParams;
  const action = url.hostname || url.pathname.replace(/^\/+/, "");
  if (action === "join") return { kind: "invite", address: `https://t.me/+${facts.get("invite")}` };
  if (action === "resolve") return { kind: "chat", username: facts.get("domain"), start: facts.get("start") };
  if (action === "user") return { kind: "chat", id: Number(facts.get("id")) };
  return { kind: "outside", address: url.href };
}

function fromPath(url) {
  const [first, second, third] = url.pathname.split("/").filter(Boolean);
  if (first?.startsWith("+") || first === "joinchat") return { kind: "invite", address: url.href };
  if (first === "c") return { kind: "message", chat: Number(`-100${second}`), message: Number(url.pathname.split("/").pop()), topic: url.pathname.split("/").length > 4 ? Number(third) : null };
  if (first?.startsWith("$")) return { kind: "invoice", address: url.href };
  if (first === "share") return { kind: "share" };
  if (first && second && /^\d+$/.test(second)) return { kind: "message", username: first, message: Number(url.pathname.split("/").pop()) };
  return { kind: "chat", username: first, start: url.searchParams.get("start") };
}

export async function follow(address, { hidden = false } = {}) {
  const target = parsed(address);
  if (target.kind === "invite") return joinSheet(target.address);
  if (target.kind === "invoice") return payLink(target.address);
  if (target.kind === "message") return goToMessage(target);
  if (target.kind === "chat") return goToChat(target);
  if (target.kind === "share") return toast(say("outside"));
  return hidden ? askOutside(target.address) : openOutside(target.address);
}

function openOutside(address) {
  if (/^(https?|mailto|tel):/i.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}

function askOutside(address) {
  sheet({
    title: say("openLinkTitle"),
    body: [h("p", {}, say("openLinkAsk")), h("p", { class: "address" }, address)],
    buttons: [{ text: say("cancel") }, { text: say("open"), kind: "primary", go: () => openOutside(address) }],
  });
}

const named = (username) =>
  view.chats.find((each) => each.chat.username?.toLowerCase() === username?.toLowerCase());

async function goToChat({ username, id, start }) {
  if (username?.toLowerCase() === view.bot.username.toLowerCase()) {
    emit("open-chat", { chat: view.me.id });
    if (start !== null && start !== undefined) await act("start", { payload: start });
    return;
  }
  const entry = id ? view.chats.find((each) => each.chat.id === id) : named(username);
  if (entry) emit("open-chat", { chat: entry.chat.id });
  else toast(say("noSuchChat", { name: username ?? id }));
}

function goToMessage({ chat, username, message, topic }) {
  const entry = chat ? view.chats.find((each) => each.chat.id === chat) : named(username);
  if (!entry) return toast(username ? say("noSuchChat", { name: username }) : say("notMember"));
  emit("open-chat", { chat: entry.chat.id, topic, message });
  return chatName(entry.chat);
}
