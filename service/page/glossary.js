// Глоссарий: the eight entries, searched by what is typed, each with an address of its own.

import { api } from "./api.js";
import { categoryTag } from "./category.js";
import { h } from "./dom.js";
import { problemNotice } from "./problem.js";
import { termAddress } from "./term.js";
import { counted } from "./words.js";

function fold(text) {
  return text.toLocaleLowerCase("ru").replaceAll("ё", "е");
}

function allText(entry) {
  return fold([entry.term, entry.name, entry.definition, ...entry.points, entry.advice, ...Object.values(entry.advice_by_category ?? {})].join("\n"));
}

function article(entry) {
  const byCategory = Object.entries(entry.advice_by_category ?? {});
  return h(
    "article",
    { class: "entry", tabindex: "-1" },
    h("header", {}, h("h2", {}, h("a", { href: termAddress(entry.term) }, entry.term)),
      entry.name !== entry.term && h("p", { class: "soft" }, entry.name)),
    h("div", { class: "meaning" }, h("p", {}, entry.definition), h("ul", {}, entry.points.map((point) => h("li", {}, point)))),
    h("div", { class: "now" }, h("div", { class: "advice" }, h("h3", {}, "Что сделать сейчас"), h("p", {}, entry.advice)),
      byCategory.map(([category, advice]) => h("div", { class: "advice by-category" }, categoryTag(category), h("p", {}, advice)))),
  );
}

export function createGlossary() {
  const search = h("input", { id: "search", type: "search", placeholder: "Например, бюджет", autocomplete: "off", on: { input: () => filter() } });
  const count = h("p", { class: "soft small", role: "status" });
  const list = h("div", { class: "entries" });
  const index = h("nav", { class: "index", "aria-label": "Термины" });
  const element = h(
    "section",
    { class: "view" },
    h("header", { class: "head" }, h("h1", {}, "Глоссарий"), h("p", { class: "lead" }, "Восемь понятий отдела продаж, которые подсказываются рядом с репликой клиента.")),
    h("div", { class: "field search" }, h("label", { for: "search" }, "Найти"), search, count),
    h("div", { class: "glossary" }, index, list),
  );
  let entries = [];
  let loaded = null;

  function filter() {
    const wanted = fold(search.value.trim()).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const entry of entries) {
      const fits = wanted.every((word) => entry.text.includes(word));
      entry.element.hidden = entry.link.hidden = !fits;
      found += fits;
    }
    count.textContent = found ? counted(found, "запись", "записи", "записей") : "Ничего не нашлось. Попробуйте другое слово.";
  }

  async function load() {
    try {
      const found = await api.glossary();
      entries = found.map((entry) => ({ term: entry.term, text: allText(entry), element: article(entry), link: h("a", { href: termAddress(entry.term) }, entry.term) }));
      index.replaceChildren(...entries.map((entry) => entry.link));
      list.replaceChildren(...entries.map((entry) => entry.element));
      filter();
    } catch (problem) {
      loaded = null;
      list.replaceChildren(problemNotice(problem, () => element.isConnected && enter("")));
    }
  }

  async function enter(term) {
    loaded ??= load();
    await loaded;
    const chosen = entries.find((entry) => fold(entry.term) === fold(term));
    for (const entry of entries) {
      entry.element.classList.toggle("chosen", entry === chosen);
      if (entry === chosen) entry.link.setAttribute("aria-current", "true");
      else entry.link.removeAttribute("aria-current");
    }
    if (!chosen) return;
    search.value = "";
    filter();
    chosen.element.scrollIntoView({ block: "start" });
    chosen.element.focus({ preventScroll: true });
  }

  return { element, enter };
}
