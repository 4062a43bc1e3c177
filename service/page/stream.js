// Lines to the service and answers back over one WebSocket; one at a time over HTTP where that fails.

import { api } from "./api.js";
import { currentKey } from "./key.js";
import { Problem } from "./problem.js";

const PROTOCOL = "objections.v1";
const MILLISECONDS_TO_OPEN = 2000;

export class Stream {
  constructor() {
    this.waiting = [];
    this.socket = null;
    this.broken = false;
    this.key = null;
  }

  /** Whether answers come over the WebSocket. */
  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Give the answer to a line; `draft` lines are not kept for review. */
  async classify(line, { draft = false, signal } = {}) {
    if (!this.broken || this.key !== currentKey()) {
      try {
        this.broken = false;
        await this.open();
        return await this.ask({ ...line, explain: true, draft });
      } catch (problem) {
        if (problem.kind !== "stream") throw problem;
        this.broken = true;
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
      const late = setTimeout(() => socket.close(), MILLISECONDS_TO_OPEN);
      socket.addEventListener("open", () => {
        clearTimeout(late);
        this.socket = socket;
        resolve();
      });
      socket.addEventListener("message", ({ data }) => this.take(JSON.parse(data)));
      socket.addEventListener("close", () => {
        clearTimeout(late);
        this.socket = null;
        this.opening = null;
        const lost = new Problem("Соединение прервалось.", { kind: "stream" });
        reject(lost);
        for (const one of this.waiting.splice(0)) one.reject(lost);
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
    this.socket?.close();
    this.opening = null;
    this.broken = false;
  }
}
