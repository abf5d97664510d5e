// One message, or one album, as a bubble with its keyboard.

import { avatar, colour, fullName } from "./avatar.js";
import { act } from "./control.js";
import { classes, h } from "./dom.js";
import { formatted } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { invoiceCard, payLabel } from "./invoice.js";
import { bare, grid, isPicture, mediaOf } from "./media.js";
import { gist, serviceWords } from "./service.js";
import { hour, moment } from "./time.js";
import { emit, isOwn, senderOf, view } from "./view.js";
import { say } from "./words.js";

// `messages` is one message or all of an album; `place` says where in a run of one sender it stands.
export function bubble(messages, place) {
  const [message] = messages;
  const words = serviceWords(message);
  if (words) return h("div", { class: "service", dataset: { message: message.message_id } }, h("span", {}, words));
  const own = isOwn(message);
  const sender = senderOf(message);
  const row = h("div", {
    class: classes("row", own && "own", place.first && "first", place.last && "last"),
    dataset: { message: message.message_id },
  });
  if (place.group && !own) row.append(place.last ? avatar(sender.id, sender.name, "small") : h("span", { class: "avatar-gap" }));
  row.append(letter(messages, { ...place, own, sender }));
  return row;
}

function letter(messages, place) {
  const [message] = messages;
  const captioned = messages.find((each) => each.caption) ?? message;
  const text = captioned.text ?? captioned.caption ?? "";
  const picture = isPicture(message);
  const look = classes(
    "bubble", picture && "with-picture", picture && !text && "picture-only", bare(message) && "bare", picture && message.show_caption_above_media && "caption-above",
  );
  const box = h("div", { class: look });
  box.append(...head(message, place), ...content(messages, text, captioned));
  const reactions = reactionsOf(messages);
  if (reactions) box.append(reactions);
  // The time stands on the last line of the text where there is room.
  const last = box.lastElementChild;
  (last?.matches(".text") ? last : box).append(meta(messages.at(-1), place.own));
  const paying = withPayButton(message);
  return h("div", { class: "letter", oncontextmenu: openMenu(messages), onclick: openOnTouch(messages), ondblclick: answerThis(message) }, box, inlineKeyboard(paying));
}

// Under an invoice that came without a keyboard stands Telegram's own button, in the reader's words.
function withPayButton(message) {
  const { invoice, reply_markup: markup } = message;
  if (!invoice) return message;
  const own = { text: payLabel(invoice), pay: true };
  const [first = [], ...rest] = markup?.inline_keyboard ?? [];
  const isDefault = !first.length || first[0].text === `Pay ${invoice.total_amount} ${invoice.currency}`;
  return isDefault ? { ...message, reply_markup: { inline_keyboard: [[own, ...first.slice(1)], ...rest] } } : message;
}

const openMenu = (messages) => (event) => {
  if (String(getSelection())) return;
  event.preventDefault();
  emit("message-menu", { messages, at: { x: event.clientX, y: event.clientY } });
};

// Where there is no mouse, a tap on the bubble itself opens what the right button opens elsewhere.
const openOnTouch = (messages) => (event) => {
  if (matchMedia("(hover: hover)").matches || event.target.closest("button, a, video, .spoiler, .inline-keyboard")) return;
  openMenu(messages)(event);
};

const answerThis = (message) => (event) => {
  const onWords = event.target.closest(".text") && !event.target.closest(".meta"); // There it selects.
  if (onWords || event.target.closest("button, a, video")) return;
  emit("reply", message);
};

function head(message, place) {
  const parts = [];
  if (place.group && place.first && !place.own && !bare(message)) {
    const title = message.author_signature ?? "";
    parts.push(h("div", { class: `sender colour-${colour(place.sender.id)}` }, h("span", { class: "one-line" }, place.sender.name), title ? h("span", { class: "sender-title" }, title) : null));
  }
  if (message.forward_origin) parts.push(h("div", { class: "forwarded" }, say("forwarded", { name: originName(message.forward_origin) })));
  if (message.via_bot) parts.push(h("div", { class: "forwarded" }, say("viaBot", { name: message.via_bot.username })));
  const answered = message.reply_to_message;
  if (answered && !answered.forum_topic_created) parts.push(replyQuote(answered, message.quote));
  return parts;
}

function originName(origin) {
  if (origin.sender_user) return fullName(origin.sender_user);
  const chat = origin.chat ?? origin.sender_chat;
  return chat?.title ?? origin.sender_user_name ?? "";
}

function replyQuote(answered, quote) {
  const sender = senderOf(answered);
  const go = () => emit("go-to", answered.message_id);
  return h("button", { type: "button", class: `reply-quote colour-${colour(sender.id)}`, onclick: go },
    h("span", { class: "reply-name one-line" }, sender.name), h("span", { class: "one-line" }, quote?.text ?? gist(answered)));
}

function content(messages, text, captioned) {
  const [message] = messages;
  const parts = [];
  if (message.invoice) parts.push(invoiceCard(message));
  const media = messages.length > 1 && isPicture(message) ? grid(messages) : messages.map((each) => mediaOf(each));
  parts.push(...[media].flat().filter(Boolean));
  if (text) {
    const command = (typed) => act("send", { chat: message.chat.id, thread: view.topic, text: typed });
    const words = h("div", { class: classes("text", hugeEmoji(message) && "huge") }, formatted(text, captioned.entities ?? captioned.caption_entities, { command }));
    if (message.show_caption_above_media) parts.unshift(words);
    else parts.push(words);
  }
  return parts;
}

const hugeEmoji = (message) => /^(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f){1,6}$/u.test(message.text ?? "");

function meta(message, own) {
  return h("span", { class: "meta", title: moment(message.date) },
    message.has_protected_content ? h("span", { title: say("protected"), "aria-label": say("protected") }, icon("lock", 12)) : null,
    message.author_signature && message.chat.type === "channel" ? `${message.author_signature} ` : null,
    message.edit_date && !message.edit_hide ? `${say("edited")} ` : null,
    hour(message.date), own ? icon("check", 15) : null);
}

function reactionsOf(messages) {
  const all = messages.flatMap((each) => each.reactions ?? []);
  if (!all.length) return null;
  const [message] = messages;
  const turn = (each) => () => act("react", { chat: message.chat.id, message: message.message_id, emoji: each.mine ? null : each.emoji });
  return h("div", { class: "reactions" }, all.map((each) =>
    h("button", { type: "button", class: classes("reaction", each.mine && "mine"), onclick: turn(each) }, each.emoji, h("span", {}, String(each.count)))));
}
