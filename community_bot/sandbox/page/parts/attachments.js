// What is about to be sent: pictures and files with a caption, one or an album.

import { fullName } from "./avatar.js";
import { act } from "./control.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawn, pictureFile, SAMPLES, voiceFile } from "./palette.js";
import { menu, present } from "./sheets.js";
import { moment, size } from "./time.js";
import { toast } from "./toast.js";
import { now, view } from "./view.js";
import { say } from "./words.js";

const LARGEST = 20 * 1024 * 1024; // what a bot may download (Bot API, getFile)
const MOST = 10; // pictures of an album
const VOICE_SECONDS = 3;

const facts = () => ({ name: fullName(view.me), when: moment(now()) });

// The paper clip's menu: files of the visitor, sample pictures, voice and place.
export function attachMenu(anchor) {
  const close = menu(anchor, [
    { text: say("attachFiles"), icon: "photo", go: pick },
    { node: h("p", { class: "menu-note" }, say("samples")) },
    { node: h("div", { class: "samples" }, SAMPLES.map((sample) => tile(sample, () => close()))) },
    { text: say("sample_voice"), icon: "play", go: () => act("send", { ...where(), as: "voice", duration: VOICE_SECONDS }, [voiceFile(VOICE_SECONDS)]) },
    { text: say("sendLocation"), icon: "place", go: () => act("location", { chat: view.open }) },
  ]);
}

function tile(sample, close) {
  const choose = async () => {
    close();
    attach([await pictureFile(sample, facts())]);
  };
  return h("button", { type: "button", class: "sample", dataset: { sample }, onclick: choose }, drawn(sample, facts()), h("span", {}, say(`sample_${sample}`)));
}

function pick() {
  const input = h("input", { type: "file", multiple: true, onchange: () => attach([...input.files]) });
  input.click();
}

const where = () => ({ chat: view.open, thread: view.topic });

export function attach(chosen) {
  const files = chosen.filter((file) => file.size <= LARGEST).slice(0, MOST);
  if (files.length < chosen.length) toast(say("tooLarge"));
  if (files.length && view.open !== null) new Tray(files).show();
}

const isImage = (file) => /^image\/(jpeg|png|webp|gif)$/.test(file.type);

class Tray {
  constructor(files) {
    this.files = files;
    this.addresses = files.map((file) => (isImage(file) ? URL.createObjectURL(file) : null));
    this.chat = where();
    this.reply = view.replying?.message_id ?? null;
  }

  show() {
    const submit = (event) => {
      event.preventDefault();
      this.send();
    };
    this.list = h("div", { class: "tray-files" });
    this.caption = h("input", { class: "tray-caption", placeholder: say("caption"), "aria-label": say("caption"), maxlength: "1024", autofocus: true });
    this.plain = h("input", { type: "checkbox" });
    this.button = h("button", { type: "submit", class: "button primary" });
    this.dialog = h("dialog", { class: "sheet tray", "aria-label": say("attach") },
      h("form", { class: "sheet-card", onsubmit: submit }, this.list, this.caption,
        h("div", { class: "tray-foot" }, this.files.some(isImage) ? h("label", { class: "tray-choice" }, this.plain, say("asFile")) : h("span", {}),
          h("button", { type: "button", class: "button", onclick: () => this.dialog.close() }, say("cancel")), this.button)));
    this.dialog.addEventListener("close", () => this.addresses.forEach((address) => address && URL.revokeObjectURL(address)));
    this.draw();
    present(this.dialog);
  }

  draw() {
    this.list.replaceChildren(...this.files.map((file, index) => this.row(file, index)));
    this.list.classList.toggle("several", this.files.length > 1);
    this.button.textContent = this.files.length > 1 ? say("sendCount", { count: this.files.length }) : say("send");
  }

  row(file, index) {
    const address = this.addresses[index];
    const remove = () => {
      this.files.splice(index, 1);
      this.addresses.splice(index, 1);
      if (this.files.length) this.draw();
      else this.dialog.close();
    };
    const look = address ? h("img", { src: address, alt: file.name }) : h("span", { class: "file" }, h("span", { class: "file-tile" }, icon("file")), h("span", { class: "file-words" }, h("span", { class: "file-name" }, file.name), h("span", { class: "file-size" }, size(file.size))));
    return h("div", { class: "tray-file" }, look, h("button", { type: "button", class: "tray-remove", "aria-label": say("remove"), onclick: remove }, icon("close", 16)));
  }

  async send() {
    const { files } = this;
    const caption = this.caption.value.trim();
    const as = this.plain.checked ? "document" : "auto";
    this.button.disabled = true;
    const sent = await act("send", { ...this.chat, text: caption, as, reply_to: this.reply }, files);
    this.button.disabled = false;
    if (sent) this.dialog.close();
  }
}
