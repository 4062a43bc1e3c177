// Which tab is shown: the part of the address after #, such as #/glossary/КЭВ.

import { createCall } from "./call.js";
import { createGlossary } from "./glossary.js";
import { createLabelling } from "./labelling.js";
import { createLive } from "./live.js";
import { createModel } from "./model.js";

const TABS = {
  call: ["Разбор звонка", createCall],
  live: ["Живой режим", createLive],
  review: ["Разметка", createLabelling],
  model: ["Модель", createModel],
  glossary: ["Глоссарий", createGlossary],
};

const main = document.getElementById("main");
const views = {};
let shown = null;

function read() {
  const [, name, ...rest] = location.hash.split("/");
  return [name in TABS ? name : "call", decodeURIComponent(rest.join("/"))];
}

function show() {
  const [name, rest] = read();
  const [title, create] = TABS[name];
  const changed = shown !== name;
  if (changed) {
    if (shown) {
      views[shown].leave?.();
      views[shown].element.hidden = true;
    }
    if (!views[name]) {
      views[name] = create();
      main.append(views[name].element);
    }
    views[name].element.hidden = false;
    document.title = `${title} · Возражения`;
    for (const link of document.querySelectorAll("[data-tab]")) {
      if (link.dataset.tab === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (shown) main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    shown = name;
  }
  views[name].enter?.(rest);
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();  // the address names the tab
  main.focus();
});
document.addEventListener("keydown", (event) => views[shown]?.onKey?.(event));
window.addEventListener("hashchange", show);
show();
