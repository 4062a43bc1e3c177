// The glossary terms: the letter that stands for each, and the card that explains one.

import { h } from "./dom.js";
import { percent } from "./words.js";

/** `code` is the key on a Russian keyboard, whatever layout is switched on. */
export const TERMS = [
  { name: "КЭВ", letter: "К", code: "KeyR" },
  { name: "B2P", letter: "Б", code: "Comma" },
  { name: "РОП", letter: "Р", code: "KeyH" },
  { name: "ЛПР", letter: "Л", code: "KeyK" },
  { name: "Квалифицированный лид", letter: "И", code: "KeyB" },
  { name: "Возражение", letter: "В", code: "KeyD" },
  { name: "Точки касания", letter: "Т", code: "KeyN" },
  { name: "Ледоруб", letter: "Д", code: "KeyL" },
];

/** Where there is no room beside a line. */
export const NARROW = window.matchMedia("(max-width: 48rem)");

export const DEFAULT_TERM = "Возражение";

/** The address of an entry on this page. */
export function termAddress(term) {
  return `#/glossary/${encodeURIComponent(term)}`;
}

/** The card of the entry that an answer suggests. */
export function termCard(entry) {
  return h(
    "article",
    { class: "term-card" },
    h("header", {}, h("h3", {}, h("a", { href: termAddress(entry.term) }, entry.term)),
      entry.name !== entry.term && h("p", { class: "soft" }, entry.name)),
    h("div", { class: "advice" }, h("h4", {}, "Что сделать сейчас"), h("p", {}, entry.advice)),
    h("details", { open: !NARROW.matches }, h("summary", {}, "Что это значит"),
      h("p", {}, entry.definition), h("ul", {}, entry.points.map((point) => h("li", {}, point)))),
    entry.confidence !== undefined && h("p", { class: "soft small" }, `Термин подходит с вероятностью ${percent(entry.confidence)}`),
  );
}
