// Pictures of what a model is worth, drawn from its card.

import { CATEGORIES, categoryTag } from "./category.js";
import { h } from "./dom.js";
import { figure, number, percent } from "./words.js";

/** Lines by true and answered category: a table whose cells are the darker the more lines they hold. */
export function confusionTable({ confusion }) {
  const names = CATEGORIES.map(({ name }) => name).filter((name) => name in confusion);
  const rows = names.map((truth) => {
    const total = names.reduce((sum, name) => sum + (confusion[truth][name] ?? 0), 0);
    const cells = names.map((answer) => {
      const count = confusion[truth][answer] ?? 0;
      const share = total ? count / total : 0;
      return h("td", { class: truth === answer ? "right" : "wrong", vars: { "--v": share } },
        h("strong", {}, percent(share)), h("span", {}, number(count)));
    });
    return h("tr", {}, h("th", { scope: "row" }, categoryTag(truth)), cells);
  });
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Матрица ошибок" },
    h("table", { class: "confusion" },
      h("caption", {}, "Строка: что на самом деле. Столбец: что ответила модель. Проценты считаются по строке."),
      h("thead", {}, h("tr", {}, h("td"), names.map((name) => h("th", { scope: "col" }, categoryTag(name))))),
      h("tbody", {}, rows)));
}

/** F1 of each category with its interval, beside precision and recall. */
export function scoreTable({ categories, intervals }) {
  const rows = CATEGORIES.filter(({ name }) => name in categories).map(({ name, slug }) => {
    const { precision, recall, f1, support } = categories[name];
    const range = intervals?.f1?.[name];
    return h("tr", {},
      h("th", { scope: "row" }, categoryTag(name)),
      h("td", { class: slug },
        h("span", { class: "range", "aria-hidden": "true", vars: { "--v": f1, "--low": range?.low ?? f1, "--high": range?.high ?? f1 } }, h("span"), h("i")),
        h("span", { class: "value" }, figure(f1))),
      h("td", { class: "value" }, figure(precision)),
      h("td", { class: "value" }, figure(recall)),
      h("td", { class: "value" }, number(support)));
  });
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Качество по категориям" },
    h("table", { class: "figures" },
      h("thead", {}, h("tr", {}, ["Категория", "F1", "Точность", "Полнота", "Реплик"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, rows)));
}

/** What the confidence is worth: how far off it is, and how many errors the doubtful answers hold. */
export function calibrationPicture({ calibration_error: error, uncertain, uncertain_errors: errors }) {
  const bar = (label, share, note) =>
    h("li", {}, h("span", {}, label), h("span", { class: "meter wide", "aria-hidden": "true" }, h("span", { vars: { "--v": share } })), h("span", { class: "value" }, percent(share)), h("p", { class: "soft small" }, note));
  return h("ul", { class: "calibration" },
    bar("Ошибка калибровки", error, "На столько в среднем уверенность отличается от доли верных ответов."),
    bar("Ответов с сомнением", uncertain, "Столько ответов модель помечает «не уверена»."),
    bar("Ошибок среди них", errors, "Такую долю всех ошибок ловит эта пометка."));
}
