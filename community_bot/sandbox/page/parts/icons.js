// The line icons of the page, drawn on a grid of 24.

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M5 5.500l15 6.500-15 6.500 2-6.500zM7 12h6",
  attach: "M20 11.500l-8 8a5 5 0 0 1-7.100-7.100l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.700-7.700",
  keyboard: "M4 6h16v12H4zM8 10h.01M12 10h.01M16 10h.01M8 14h8",
  menu: "M5 7h14M5 12h14M5 17h9",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 7L5 12l5 5M5.500 12H14a5 5 0 0 1 5 5v1",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  dots: "M12 6h.01M12 12h.01M12 18h.01",
  down: "M6 9l6 6 6-6",
  photo: "M4 6h16v12H4zM4 16l5-5 4 4 3-3 4 4M9 10h.01",
  file: "M7 4h7l4 4v12H7zM14 4v4h4",
  download: "M12 5v10M8 11l4 4 4-4M6 19h12",
  play: "M8 5l11 7-11 7z",
  pause: "M8 6v12M16 6v12",
  place: "M12 21s-6.500-5.500-6.500-11a6.500 6.500 0 0 1 13 0C18.500 15.500 12 21 12 21zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.5-4 3.500-6 7-6s6.500 2 7 6",
  lock: "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4l3 2",
  check: "M5 12.500l4.500 4.500L19 7.500",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 17h.01",
  card: "M4 7h16v11H4zM4 11h16",
  away: "M9 6h9v9M18 6L7 17",
  hash: "M10 4L8 20M16 4l-2 16M5 9h14.500M4.500 15H19",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600",
  megaphone: "M5 10v4h3l8 4V6l-8 4zM9 14l1 5h2",
  inline: "M12 16a4 4 0 1 1 0-8 4 4 0 0 1 4 4v1.500a2 2 0 0 0 4 0V12a8 8 0 1 0-3 6.200",
  heart: "M12 20s-7-4.500-7-10a4 4 0 0 1 7-2.500A4 4 0 0 1 19 10c0 5.500-7 10-7 10z",
  trash: "M5 7h14M9 7V5h6v2M7 7l1 13h8l1-13",
  left: "M14 8l-4 4 4 4",
};

export function icon(name, size = 22) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const look = {
    viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(look)) svg.setAttribute(key, value);
  svg.classList.add("icon");
  path.setAttribute("d", PATHS[name]);
  if (name === "play" || name === "send") svg.setAttribute("fill", "currentColor");
  if (name === "dots") svg.setAttribute("stroke-width", "3");
  svg.append(path);
  return svg;
}
