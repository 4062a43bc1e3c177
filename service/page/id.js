// Names that are given once: the service counts a request once, however often it is sent.

/** A random name; `crypto.randomUUID` is not there on pages without TLS. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
