// Short messages that pass, read out by screen readers.

import { button, h } from "./dom.js";

const SECONDS = 6;

/** Show a message; `action` is [label, function]. Gives a function that takes it away. */
export function toast(text, action = null, seconds = SECONDS) {
  const element = h("div", { class: "toast" }, h("span", {}, text));
  const end = () => {
    clearTimeout(timer);
    element.remove();
  };
  if (action) {
    const [label, act] = action;
    element.append(button(label, () => { end(); act(); }));
  }
  document.getElementById("toasts").append(element);
  const timer = setTimeout(end, seconds * 1000);
  return end;
}
