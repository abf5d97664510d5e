// Sample pictures drawn on the page and a sample voice, so that nobody needs a file to try.

const WIDTH = 720;
const HEIGHT = 1080;
const FACE = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", Roboto, sans-serif';

export const SAMPLES = ["transfer", "screenshot", "product", "chart"];

// Returns a canvas with the picture; `facts` are { name, when }.
export function drawn(sample, facts) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = sample === "chart" || sample === "product" ? WIDTH : HEIGHT;
  const pen = canvas.getContext("2d");
  DRAWERS[sample](pen, canvas, facts);
  return canvas;
}

export const pictureFile = (sample, facts) =>
  new Promise((done) => {
    drawn(sample, facts).toBlob((blob) => done(new File([blob], `${sample}.jpg`, { type: "image/jpeg" })), "image/jpeg", 0.9);
  });

function fill(pen, colour, ...box) {
  pen.fillStyle = colour;
  pen.fillRect(...box);
}

function write(pen, text, x, y, { size = 30, colour = "#1c2733", weight = 400, align = "left" } = {}) {
  pen.fillStyle = colour;
  pen.font = `${weight} ${size}px ${FACE}`;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

function disc(pen, colour, x, y, radius) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}

function card(pen, colour, x, y, width, height, radius = 24) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
  pen.fill();
}

function transfer(pen, canvas, { name, when }) {
  fill(pen, "#f2f4f6", 0, 0, WIDTH, HEIGHT);
  fill(pen, "#ffffff", 0, 0, WIDTH, 560);
  disc(pen, "#1aad5a", WIDTH / 2, 170, 62);
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 11;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(WIDTH / 2 - 28, 172);
  pen.lineTo(WIDTH / 2 - 6, 194);
  pen.lineTo(WIDTH / 2 + 32, 148);
  pen.stroke();
  write(pen, "转账成功", WIDTH / 2, 308, { size: 38, align: "center", weight: 500 });
  write(pen, "¥8,888.00", WIDTH / 2, 412, { size: 84, align: "center", weight: 600 });
  write(pen, "示例凭证 SAMPLE", WIDTH / 2, 486, { size: 26, align: "center", colour: "#9aa5af" });
  const lines = [["收款方", "跨境卖家社群"], ["付款人", name], ["付款方式", "储蓄卡 (0000)"], ["转账时间", when], ["转账说明", "年度会员"], ["交易单号", "2026 0000 0000 0042"]];
  card(pen, "#ffffff", 28, 592, WIDTH - 56, 444);
  lines.forEach(([label, value], index) => {
    write(pen, label, 64, 656 + index * 68, { colour: "#8a96a1" });
    write(pen, value, WIDTH - 64, 656 + index * 68, { align: "right" });
  });
}

function screenshot(pen) {
  fill(pen, "#f5f6f8", 0, 0, WIDTH, HEIGHT);
  fill(pen, "#14171f", 0, 0, WIDTH, 132);
  write(pen, "Seller Center", 40, 84, { size: 38, colour: "#ffffff", weight: 600 });
  card(pen, "#fff1f0", 28, 160, WIDTH - 56, 190, 18);
  disc(pen, "#e5484d", 78, 222, 22);
  write(pen, "!", 78, 234, { size: 32, colour: "#ffffff", weight: 700, align: "center" });
  write(pen, "Listing under review", 120, 234, { size: 34, weight: 600 });
  write(pen, "商品审核未通过：请补充资质文件", 120, 290, { size: 28, colour: "#7a4a4a" });
  const rows = [["Phone stand", "Rejected", "#e5484d"], ["LED strip 5 m", "Live", "#2f9e4f"], ["Cable clips ×20", "Live", "#2f9e4f"], ["Travel bottle", "Draft", "#8a96a1"]];
  rows.forEach(([title, state, colour], index) => {
    const y = 388 + index * 166;
    card(pen, "#ffffff", 28, y, WIDTH - 56, 142, 18);
    card(pen, ["#ffd9a8", "#cfe4ff", "#d7f2d6", "#eadcff"][index], 52, y + 22, 98, 98, 14);
    write(pen, title, 178, y + 64, { size: 32, weight: 500 });
    write(pen, `SKU-00${index + 41}`, 178, y + 106, { size: 25, colour: "#8a96a1" });
    write(pen, state, WIDTH - 60, y + 84, { size: 28, colour, align: "right", weight: 600 });
  });
}

function product(pen, canvas) {
  const light = pen.createLinearGradient(0, 0, WIDTH, WIDTH);
  light.addColorStop(0, "#ffe3c4");
  light.addColorStop(1, "#f6b98d");
  fill(pen, light, 0, 0, WIDTH, canvas.height);
  pen.fillStyle = "rgb(120 60 20 / 18%)";
  pen.beginPath();
  pen.ellipse(WIDTH / 2, 590, 190, 34, 0, 0, Math.PI * 2);
  pen.fill();
  card(pen, "#2f5d62", WIDTH / 2 - 118, 210, 236, 380, 46);
  card(pen, "#24484c", WIDTH / 2 - 64, 130, 128, 92, 20);
  card(pen, "#f4efe6", WIDTH / 2 - 118, 340, 236, 150, 0);
  write(pen, "HYDRA", WIDTH / 2, 412, { size: 46, weight: 700, align: "center", colour: "#2f5d62" });
  write(pen, "500 ml", WIDTH / 2, 458, { size: 26, align: "center", colour: "#5f7f83" });
}

function chart(pen, canvas) {
  fill(pen, "#ffffff", 0, 0, WIDTH, canvas.height);
  write(pen, "GMV · 30 天", 48, 84, { size: 36, weight: 600 });
  write(pen, "$42,180", 48, 158, { size: 60, weight: 700 });
  write(pen, "▲ 18.4 %", WIDTH - 48, 150, { size: 34, weight: 600, colour: "#2f9e4f", align: "right" });
  const heights = [150, 190, 170, 230, 210, 268, 250, 300, 280, 340, 322, 388];
  heights.forEach((height, index) => card(pen, index > 8 ? "#2481cc" : "#bcdcf6", 48 + index * 53, 650 - height, 38, height, 9));
  fill(pen, "#dfe5ea", 48, 652, WIDTH - 96, 3);
}

const DRAWERS = { transfer, screenshot, product, chart };

const RATE = 8000;

// Three seconds of a soft tone as a WAV file.
export function voiceFile(seconds = 3) {
  const count = RATE * seconds;
  const bytes = new DataView(new ArrayBuffer(44 + count * 2));
  const ascii = (at, text) => [...text].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)));
  ascii(0, "RIFF");
  bytes.setUint32(4, 36 + count * 2, true);
  ascii(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  ascii(36, "data");
  bytes.setUint32(40, count * 2, true);
  for (let index = 0; index < count; index += 1) {
    const fade = Math.sin((Math.PI * index) / count);
    bytes.setInt16(44 + index * 2, 6000 * fade * Math.sin((2 * Math.PI * 330 * index) / RATE), true);
  }
  return new File([bytes.buffer], "voice.wav", { type: "audio/wav" });
}
