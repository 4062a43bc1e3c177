// The routes of the service. Every failure is a Problem with words for people.

import { askForKey, currentKey } from "./key.js";
import { Problem } from "./problem.js";

async function send(method, path, { json, form, headers = {}, signal, keepalive } = {}) {
  const key = currentKey();
  const all = { ...headers };
  if (key) all.Authorization = `Bearer ${key}`;
  if (json !== undefined) all["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers: all, body: json === undefined ? form : JSON.stringify(json), signal, keepalive });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw Problem.offline();
  }
  if (response.status === 401 && (key !== currentKey() || (await askForKey()))) {
    return send(method, path, { json, form, headers, signal });
  }
  let body = null;
  try {
    body = await response.json();
  } catch {
    if (response.ok) throw Problem.offline();
  }
  if (!response.ok) throw Problem.fromBody(body, response.status);
  return body;
}

export const api = {
  classify: (line, signal) => send("POST", "/v1/classify", { json: line, signal }),
  scoreTranscript(file, format = null) {
    const form = new FormData();
    form.append("file", file, file.name);
    if (format) form.append("format", format);
    form.append("explain", "true");
    return send("POST", "/v1/transcripts", { form });
  },
  glossary: () => send("GET", "/v1/glossary"),
  correct: (correction, options) => send("POST", "/v1/feedback", { json: correction, ...options }),
  review: () => send("GET", "/v1/review?limit=1"),
  answerReview: (id, verdict) => send("POST", `/v1/review/${id}`, { json: verdict }),
  takeBackReview: (id) => send("DELETE", `/v1/review/${id}/answer`),
  model: () => send("GET", "/v1/model"),
  models: () => send("GET", "/v1/models"),
  activate: (id) => send("POST", `/v1/models/${encodeURIComponent(id)}/activate`),
  runs: () => send("GET", "/v1/training-runs"),
  run: (id) => send("GET", `/v1/training-runs/${encodeURIComponent(id)}`),
  startRun: (asked) => send("POST", "/v1/training-runs", { json: asked }),
  stopRun: (id) => send("DELETE", `/v1/training-runs/${encodeURIComponent(id)}`),
};
