// Moments and amounts in words. Bot API dates are seconds since 1970.

import { locale, say } from "./words.js";

const DAY = 86_400_000;

const write = (seconds, options) => new Intl.DateTimeFormat(locale(), options).format(new Date(seconds * 1000));

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

const daysBetween = (seconds, now) =>
  Math.round((startOfDay(new Date(now * 1000)) - startOfDay(new Date(seconds * 1000))) / DAY);

export const hour = (seconds) => write(seconds, { hour: "2-digit", minute: "2-digit", hour12: false });

export const dayKey = (seconds) => startOfDay(new Date(seconds * 1000));

// A day above its messages: Today, Yesterday, 3 March, with the year when it is another one.
export function day(seconds, now) {
  const ago = daysBetween(seconds, now);
  if (ago === 0) return say("today");
  if (ago === 1) return say("yesterday");
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return write(seconds, { month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) });
}

// Beside a chat: 14:03 today, Mon this week, 3/3 before.
export function brief(seconds, now) {
  const ago = daysBetween(seconds, now);
  if (ago === 0) return hour(seconds);
  if (ago > 0 && ago < 7) return write(seconds, { weekday: "short" });
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return write(seconds, { month: "numeric", day: "numeric", ...(sameYear ? {} : { year: "2-digit" }) });
}

export const moment = (seconds) =>
  write(seconds, { year: "numeric", month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });

export const shortMoment = (seconds) =>
  write(seconds, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

export function length(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

const WHOLE = new Set(["XTR", "JPY", "KRW", "VND", "CLP"]);

// Amounts come in minor units; Stars have no smaller part.
export function money(minor, currency) {
  if (currency === "XTR") return `⭐️ ${minor}`;
  const amount = WHOLE.has(currency) ? minor : minor / 100;
  return new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(amount);
}
