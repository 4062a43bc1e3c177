// Исправить: what an answer should have been, sent a moment later so that it can be taken back.

import { api } from "./api.js";
import { CATEGORIES, isObjection } from "./category.js";
import { button, h, icon } from "./dom.js";
import { newId } from "./id.js";
import { DEFAULT_TERM, TERMS } from "./term.js";
import { toast } from "./toast.js";

const SECONDS_TO_UNDO = 5;
const waiting = new Map();

function body({ line, category, term }) {
  return {
    text: line.text,
    category,
    glossary: term ?? undefined,
    speaker: line.speaker ?? undefined,
    call_id: line.call_id ?? undefined,
    number: line.number ?? undefined,
    answer: { category: line.category, confidence: line.confidence, glossary: line.glossary?.term ?? null },
    model: line.model,
  };
}

async function store(id, correction, onChange, keepalive = false) {
  try {
    await api.correct({ ...body(correction), id }, { keepalive });
    onChange("stored");
  } catch (problem) {
    onChange("failed");
    toast(`Исправление не сохранено. ${problem.message}`, ["Повторить", () => store(id, correction, onChange)], 60);
  }
}

/** Take a correction; `onChange` hears "waiting", then "stored", "failed" or "undone". */
export function correct(correction, onChange) {
  const { line } = correction;
  waiting.get(line)?.drop();
  const id = newId();
  const send = (keepalive) => {
    drop();
    return store(id, correction, onChange, keepalive);
  };
  const timer = setTimeout(send, SECONDS_TO_UNDO * 1000);
  const hide = toast(
    `Исправлено: ${correction.category}${correction.term ? `, ${correction.term}` : ""}`,
    ["Отменить", () => { drop(); onChange("undone"); }],
    SECONDS_TO_UNDO,
  );
  const drop = () => {
    clearTimeout(timer);
    hide();
    waiting.delete(line);
  };
  waiting.set(line, { drop, send });
  onChange("waiting");
}

window.addEventListener("pagehide", () => {
  for (const one of [...waiting.values()]) one.send(true);
});

/** The term that goes with a new category where nobody chose one. */
export function fittingTerm(category, term) {
  return isObjection(category) ? term ?? DEFAULT_TERM : null;
}

/** A menu of categories and terms; `choose(category, term)` hears the choice. */
export function correctionMenu({ category, term }, choose, close) {
  const categories = CATEGORIES.map(({ name, slug, path }, place) =>
    button([h("kbd", {}, place + 1), icon(path), name], () => choose(name, fittingTerm(name, term)), {
      class: `choice ${slug}`, "aria-pressed": String(name === category),
    }),
  );
  const terms = TERMS.map(({ name }) =>
    button(name, () => choose(category, name), {
      class: "choice term", "aria-pressed": String(name === term),
      disabled: name === DEFAULT_TERM && !isObjection(category),
    }),
  );
  return h(
    "div",
    { class: "correction", role: "group", "aria-label": "Исправить ответ", on: { keydown: (event) => event.key === "Escape" && close() } },
    h("div", { class: "choices", role: "group", "aria-label": "Категория" }, categories),
    h("div", { class: "choices", role: "group", "aria-label": "Термин" }, terms,
      !isObjection(category) && button("без термина", () => choose(category, null), { class: "choice term", "aria-pressed": String(!term) })),
    button("Закрыть", close, { class: "link" }),
  );
}
