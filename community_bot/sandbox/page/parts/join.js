// The sheet of an invite link: join, or request to join and wait.

import { avatar } from "./avatar.js";
import { act, read, Refused } from "./control.js";
import { h } from "./dom.js";
import { sheet } from "./sheets.js";
import { toast } from "./toast.js";
import { emit, view } from "./view.js";
import { say } from "./words.js";

const STATES = {
  none: null, pending: "joinPending", approved: "joinApproved", declined: "joinDeclined", member: "joinAlready", joined: "joinDone",
};

export async function joinSheet(link) {
  let invite;
  try {
    invite = await read("invites", { person: view.me.id, link });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return toast(say("joinGone"));
  }
  return invite.state === "member" ? alreadyIn(invite) : offer(link, invite);
}

function alreadyIn(invite) {
  toast(say("joinAlready"));
  emit("open-chat", { chat: invite.chat.id });
}

function offer(link, invite) {
  const state = h("p", { class: `join-state ${invite.state}`, role: "status" }, STATES[invite.state] ? say(STATES[invite.state]) : "");
  const body = [
    h("div", { class: "join-head" }, avatar(invite.chat.id, invite.chat.title, "large"), h("strong", {}, invite.chat.title),
      h("span", { class: "muted" }, say(invite.chat.type === "channel" ? "subscribers" : "members", { count: invite.members }))),
    h("p", { class: "muted" }, say(invite.by_request ? "joinRequestNote" : "joinNote")), state,
  ];
  const ask = async () => {
    const result = await act("join", { link });
    if (!result) return false;
    toast(say(STATES[result.state] ?? "joinDone"));
    if (result.state === "joined") emit("open-chat", { chat: invite.chat.id });
    return true;
  };
  const waiting = invite.state === "pending";
  sheet({
    title: say("joinTitle", { name: invite.chat.title }),
    kind: "join-sheet",
    body,
    buttons: [
      { text: say(waiting ? "ok" : "cancel") },
      ...(waiting ? [] : [{ text: say(invite.by_request ? "requestJoin" : "join"), kind: "primary", go: ask }]),
    ],
  });
}
