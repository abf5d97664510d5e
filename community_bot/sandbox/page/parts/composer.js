// Where a person writes: text, attachments, commands, replies and edits, the bot's keyboard.

import { attach, attachMenu } from "./attachments.js";
import { commandMenu } from "./commands.js";
import { act } from "./control.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { inlineResults } from "./inline_query.js";
import { replyKeyboard } from "./reply_keyboard.js";
import { gist } from "./service.js";
import { toast } from "./toast.js";
import { draftKey, emit, on, openChat, senderOf, view } from "./view.js";
import { say } from "./words.js";

const LONGEST = 4096; // characters of a message (Bot API, sendMessage)
const TALLEST = 168; // pixels of the field before it scrolls

export class Composer {
  constructor() {
    this.field = h("textarea", { class: "field", rows: "1", enterkeyhint: "send", oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: paste });
    this.commands = commandMenu(() => openChat()?.commands ?? [], (text) => this.sendText(text));
    this.results = inlineResults(() => this.fill(""));
    this.about = h("div", { class: "about", hidden: true });
    this.keys = h("div", { class: "reply-keyboard", hidden: true });
    this.menuButton = this.tool("menu", "commands", () => this.commands.open());
    this.attachButton = this.tool("attach", "attach", () => attachMenu(this.attachButton));
    this.keysButton = this.tool("keyboard", "keyboard", () => this.turnKeys());
    this.sendButton = h("button", { type: "button", class: "send", onclick: () => this.submit() }, icon("send"));
    this.node = h("div", { class: "composer" }, this.commands.node, this.results.node, this.about,
      h("div", { class: "composer-row" }, this.menuButton, this.attachButton, this.field, this.keysButton, this.sendButton), this.keys);
    on("compose", (text) => this.fill(text, { focus: true }));
    on("reply", (message) => this.startReply(message));
    on("edit", (message) => this.startEdit(message));
    on("language", () => this.name());
    this.name();
  }

  tool(sign, word, go) {
    return h("button", { type: "button", class: "tool round-button", dataset: { word }, onclick: go }, icon(sign, 24));
  }

  name() {
    for (const button of [this.menuButton, this.attachButton, this.keysButton]) {
      button.title = say(button.dataset.word);
      button.setAttribute("aria-label", button.title);
    }
    this.sendButton.setAttribute("aria-label", say("send"));
    this.sendButton.title = say("send");
  }

  // Another chat or topic was opened: its draft comes back.
  opened() {
    view.replying = null;
    view.editing = null;
    this.shut = null;
    this.fill(view.drafts.get(draftKey()) ?? "");
    this.refresh();
    if (matchMedia("(hover: hover)").matches) this.field.focus({ preventScroll: true });
  }

  // The chat's facts changed: its keyboard, its commands, what may be written.
  refresh() {
    const entry = openChat();
    if (!entry) return;
    this.markup = entry.keyboard;
    const forced = this.markup?.force_reply ? entry.keyboard_of : null;
    if (forced && this.forced !== forced && !view.replying) {
      this.forced = forced;
      const message = view.messages.find((each) => each.message_id === forced);
      if (message) this.startReply(message);
    }
    this.field.placeholder = this.markup?.input_field_placeholder || say(entry.chat.type === "channel" ? "writePost" : "write");
    this.field.setAttribute("aria-label", this.field.placeholder);
    this.menuButton.hidden = !entry.commands.length;
    this.drawKeys(entry);
    this.drawAbout();
  }

  drawKeys(entry) {
    const has = Boolean(this.markup?.keyboard?.length);
    this.keysButton.hidden = !has;
    const id = `${entry.chat.id}/${entry.keyboard_of}`;
    if (has && this.drawn !== id) {
      this.drawn = id;
      this.shut = null;
      this.keys.replaceChildren(replyKeyboard(this.markup, entry.chat.id, (text) => this.sendKey(text)));
    }
    this.keys.hidden = !has || this.shut === id;
    this.keysButton.classList.toggle("on", !this.keys.hidden);
  }

  turnKeys() {
    const entry = openChat();
    this.shut = this.keys.hidden ? null : `${entry.chat.id}/${entry.keyboard_of}`;
    this.drawKeys(entry);
  }

  async sendKey(text) {
    if (this.markup?.one_time_keyboard) this.turnKeys();
    await this.sendText(text);
  }

  startReply(message) {
    view.editing = null;
    view.replying = message;
    this.drawAbout();
    this.field.focus();
  }

  startEdit(message) {
    view.replying = null;
    view.editing = message;
    this.fill(message.text, { focus: true });
    this.drawAbout();
  }

  drawAbout() {
    const message = view.editing ?? view.replying;
    this.about.hidden = !message;
    if (!message) return;
    const title = view.editing ? say("editing") : say("replyTo", { name: senderOf(message).name });
    const stop = () => this.stop();
    this.about.replaceChildren(icon(view.editing ? "edit" : "reply"), h("span", { class: "about-words" }, h("strong", { class: "one-line" }, title), h("span", { class: "one-line" }, gist(message))),
      h("button", { type: "button", class: "round-button", "aria-label": say("cancel"), onclick: stop }, icon("close", 20)));
  }

  stop() {
    if (view.editing) this.fill("");
    view.replying = null;
    view.editing = null;
    this.drawAbout();
  }

  fill(text, { focus = false } = {}) {
    this.field.value = text;
    if (focus) {
      this.field.focus();
      this.field.setSelectionRange(text.length, text.length);
    }
    this.typed();
  }

  typed() {
    const text = this.field.value;
    if (!view.editing) view.drafts.set(draftKey(), text);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.sendButton.classList.toggle("ready", Boolean(text.trim()));
    if (view.open === null) return;
    this.commands.update(text);
    this.results.update(text);
  }

  key(event) {
    if (this.commands.key(event)) return;
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (sends) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") this.escape(event);
    else if (event.key === "ArrowUp" && !this.field.value) this.editLast(event);
  }

  escape(event) {
    if (view.editing || view.replying) this.stop();
    else if (!this.results.node.hidden) this.results.clear();
    else return;
    event.stopPropagation();
  }

  editLast(event) {
    const message = view.messages.findLast((each) => each.from?.id === view.me.id && each.text);
    if (!message) return;
    event.preventDefault();
    emit("edit", message);
  }

  async submit() {
    const text = this.field.value.trim();
    if (text) await this.sendText(text);
  }

  async sendText(text) {
    if ([...text].length > LONGEST) return toast(say("tooLong"));
    const { editing, replying } = view;
    this.fill("");
    view.editing = null;
    view.replying = null;
    this.drawAbout();
    const done = editing
      ? await act("edit", { chat: view.open, message: editing.message_id, text })
      : await act("send", { chat: view.open, thread: view.topic, text, reply_to: replying?.message_id ?? null });
    if (!done && !this.field.value) this.fill(text); // What could not be sent is not lost.
    return done;
  }
}

function paste(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  attach(files);
}
