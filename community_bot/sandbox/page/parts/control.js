// The page's side of the control API: reads, acts, and live changes.

import { say } from "./words.js";
import { toast } from "./toast.js";
import { view } from "./view.js";

export class Refused extends Error {}

async function answered(request) {
  const response = await request.catch(() => {
    throw new Refused(say("offline"));
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? response.statusText);
  return body;
}

const query = (facts) => new URLSearchParams(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined));

export const read = (what, facts = {}) => answered(fetch(`/sandbox/${what}?${query(facts)}`));

// What the present person does. A refusal is shown and comes back as null.
export async function act(name, facts = {}, files = []) {
  try {
    return await answered(fetch(`/sandbox/acts/${name}`, { method: "POST", ...body({ person: view.me.id, ...facts }, files) }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(say("failed", { reason: error.message }));
    return null;
  }
}

function body(facts, files) {
  if (!files.length) return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(facts) };
  const form = new FormData();
  form.append("facts", JSON.stringify(facts));
  for (const file of files) form.append("file", file, file.name);
  return { body: form };
}

export const fileAddress = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

// Calls `onEvent(event)` for every change; the browser connects again by itself.
export function listen(onEvent, onState) {
  const source = new EventSource("/sandbox/events");
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
}
