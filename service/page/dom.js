// Elements made in code. Text becomes text nodes, never HTML: what a client said cannot run.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "vars") {
      for (const [variable, set] of Object.entries(value)) element.style.setProperty(variable, set);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make an HTML element: attributes, `on` for listeners, `vars` for CSS variables, then children. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Make an icon of one path in a square of 24. */
export function icon(path) {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: path }));
}

/** Make a button; `type=button`, so that it never sends a form. */
export function button(label, onClick, attributes = {}) {
  return h("button", { type: "button", ...attributes, on: { click: onClick } }, label);
}

/** What stands in a place until an answer comes. */
export function loading(text) {
  return h("div", { class: "loading", role: "status" }, h("progress", { "aria-label": text }), h("p", {}, text));
}

/** Whether keys that a person presses now are text for a field. */
export function isTyping(event) {
  return event.target.closest?.("input, textarea, select") !== null || event.ctrlKey || event.metaKey || event.altKey;
}
