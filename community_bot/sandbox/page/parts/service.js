// Service messages in words: joined, pinned, topic created, paid ...

import { chatName, fullName } from "./avatar.js";
import { kindOf } from "./media.js";
import { money } from "./time.js";
import { senderOf } from "./view.js";
import { say } from "./words.js";

const names = (people) => people.map(fullName).join("、");

const SENTENCES = {
  new_chat_members: (message) => {
    const own = message.new_chat_members.length === 1 && message.new_chat_members[0].id === message.from?.id;
    if (own) return say("joined", { who: names(message.new_chat_members) });
    return say("wasAdded", { who: senderOf(message).name, whom: names(message.new_chat_members) });
  },
  left_chat_member: (message) => {
    const whom = fullName(message.left_chat_member);
    if (message.left_chat_member.id === message.from?.id) return say("leftChat", { who: whom });
    return say("wasRemoved", { who: senderOf(message).name, whom });
  },
  pinned_message: (message) => {
    const what = message.pinned_message.text ?? message.pinned_message.caption ?? kindOf(message.pinned_message);
    const who = senderOf(message).name;
    return what ? say("pinned", { who, what: shortened(what) }) : say("pinnedSomething", { who });
  },
  forum_topic_created: (message) => say("topicCreated", message.forum_topic_created),
  forum_topic_edited: (message) => say("topicEdited", message.forum_topic_edited),
  forum_topic_closed: () => say("topicClosed"),
  forum_topic_reopened: () => say("topicReopened"),
  general_forum_topic_hidden: () => say("topicClosed"),
  general_forum_topic_unhidden: () => say("topicReopened"),
  new_chat_title: (message) => say("renamed", { name: message.new_chat_title }),
  new_chat_photo: () => say("newPhoto"),
  group_chat_created: (message) => say("groupCreated", { name: chatName(message.chat) }),
  supergroup_chat_created: (message) => say("groupCreated", { name: chatName(message.chat) }),
  channel_chat_created: (message) => say("channelCreated", { name: chatName(message.chat) }),
  migrate_to_chat_id: () => say("migrated"),
  migrate_from_chat_id: () => say("migrated"),
  successful_payment: ({ successful_payment: payment, reply_to_message: asked }) =>
    say(asked?.invoice ? "paid" : "paidAmount", { amount: money(payment.total_amount, payment.currency), title: asked?.invoice?.title }),
  refunded_payment: ({ refunded_payment: payment }) => say("refunded", { amount: money(payment.total_amount, payment.currency) }),
  write_access_allowed: () => say("allowedWrite"),
};

// Cut between whole characters: half of a picture is no character at all.
function shortened(text) {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > 40 ? `${letters.slice(0, 40).join("")}…` : letters.join("");
}

// The sentence of a service message, or null for an ordinary one.
export function serviceWords(message) {
  const kind = Object.keys(SENTENCES).find((each) => message[each] !== undefined);
  return kind ? SENTENCES[kind](message) : null;
}

// One line that stands for a message in lists, quotes and the pinned bar.
export function gist(message) {
  if (!message) return "";
  const service = serviceWords(message);
  if (service) return service;
  const kind = kindOf(message);
  const text = message.text ?? message.caption ?? message.invoice?.title ?? "";
  if (kind && text) return `${kind} · ${text}`;
  return text || kind || say("somethingHappened");
}
