// Lines to the service and answers back over one WebSocket; one at a time over HTTP where that fails.

import { api } from "./api.js";
import { currentKey } from "./key.js";
import { Problem } from "./problem.js";

const PROTOCOL = "objections.v1";
const MILLISECONDS_TO_OPEN = 2000;
const MILLISECONDS_WITHOUT = 10_000;  // before a stream that failed is tried again

function lost() {
  return new Problem("Соединение прервалось.", { kind: "stream" });
}

export class Stream {
  constructor() {
    this.waiting = [];
    this.socket = null;
    this.latest = null;
    this.brokenUntil = 0;
    this.key = null;
  }

  /** Whether a WebSocket has failed lately; another key may be let in where the last one was not. */
  get broken() {
    return Date.now() < this.brokenUntil && this.key === currentKey();
  }

  /** Whether answers come over the WebSocket. */
  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Give the answer to a line; `draft` lines are not kept for review. */
  async classify(line, { draft = false, signal } = {}) {
    if (!this.broken) {
      try {
        await this.open();
        return await this.ask({ ...line, explain: true, draft });
      } catch (problem) {
        if (problem.kind !== "stream") throw problem;
        this.brokenUntil = Date.now() + MILLISECONDS_WITHOUT;
      }
    }
    return api.classify({ ...line, explain: true }, signal);
  }

  open() {
    if (this.isOpen) return Promise.resolve();
    this.opening ??= new Promise((resolve, reject) => {
      const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/stream`;
      const key = currentKey();
      this.key = key;
      const socket = new WebSocket(address, key ? [PROTOCOL, `key.${key}`] : [PROTOCOL]);
      this.latest = socket;
      const late = setTimeout(() => socket.close(), MILLISECONDS_TO_OPEN);
      socket.addEventListener("open", () => {
        clearTimeout(late);
        this.socket = socket;
        resolve();
      });
      socket.addEventListener("message", ({ data }) => this.latest === socket && this.take(JSON.parse(data)));
      socket.addEventListener("close", () => {
        clearTimeout(late);
        reject(lost());
        if (this.latest === socket) this.forget();
      });
    });
    return this.opening;
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.send(JSON.stringify(message));
    });
  }

  /** Answers come in the order of the lines. */
  take(body) {
    const one = this.waiting.shift();
    if (body.type?.startsWith("urn:")) one?.reject(Problem.fromBody(body, body.status));
    else one?.resolve(body);
  }

  close() {
    this.latest?.close();
    this.forget();
  }

  /** Have done with a socket; whoever waits for an answer has to ask another way. */
  forget() {
    this.latest = this.socket = this.opening = null;
    for (const one of this.waiting.splice(0)) one.reject(lost());
  }
}
