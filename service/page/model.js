// Модель: what the current one is worth, which others there are, and how to make another.

import { api } from "./api.js";
import { calibrationPicture, confusionTable, scoreTable } from "./charts.js";
import { button, h, loading } from "./dom.js";
import { problemNotice } from "./problem.js";
import { toast } from "./toast.js";
import { createTraining } from "./training.js";
import { counted, figure, moment, number, percent } from "./words.js";

const SECONDS_TO_SWITCH = 2.5;  // a running service takes up a new model within two

function tiles(card, metrics) {
  const range = metrics.intervals?.macro_f1;
  const tile = (value, label, note) => h("div", { class: "tile" }, h("strong", {}, value), h("span", {}, label), note && h("span", { class: "soft small" }, note));
  return h("div", { class: "summary" },
    tile(figure(metrics.macro_f1), "macro-F1", range && `от ${figure(range.low)} до ${figure(range.high)}`),
    tile(percent(metrics.accuracy), "верных ответов"),
    tile(percent(metrics.false_alarms), "ложных тревог", "среди реплик без возражения"),
    tile(percent(metrics.glossary_accuracy), "верных терминов", "среди возражений"),
    tile(number(card.data.lines), "реплик в обучении"));
}

function figuresOf(card) {
  const metrics = card.evaluation ?? card.metrics;
  const where = card.evaluation
    ? `Измерено на ${counted(metrics.lines, "контрольной реплике", "контрольных репликах", "контрольных репликах")}, которых модель не видела.`
    : `Измерено перекрёстной проверкой на ${counted(metrics.lines, "реплике", "репликах", "репликах")}.`;
  return [
    h("p", { class: "lead" }, `Модель ${card.id}, обучена ${moment(card.created)}. ${where}`),
    tiles(card, metrics),
    h("div", { class: "charts" },
      h("section", { class: "card" }, h("h2", {}, "По категориям"), scoreTable(metrics)),
      h("section", { class: "card" }, h("h2", {}, "Что с чем путает"), confusionTable(metrics)),
      h("section", { class: "card" }, h("h2", {}, "Чего стоит уверенность"), calibrationPicture(metrics))),
  ];
}

function gateWords(gate) {
  if (!gate) return "без проверки";
  if (gate.forced) return "включена вопреки проверке";
  return gate.passed ? "прошла проверку" : "не прошла проверку";
}

function modelRow(model, activate) {
  const act = model.current
    ? h("span", { class: "state" }, "отвечает сейчас")
    : !model.problem && button(model.previous ? "Вернуть" : "Включить", () => activate(model), { class: "button", "aria-label": `${model.previous ? "Вернуть" : "Включить"} модель ${model.id}` });
  return h("tr", { class: model.current ? "current" : "" },
    h("th", { scope: "row" }, model.created ? moment(model.created) : "повреждена", h("span", { class: "soft small" }, model.id)),
    h("td", { class: "value" }, model.macro_f1 === null ? "нет" : figure(model.macro_f1)),
    h("td", { class: "value" }, model.lines === null ? "" : number(model.lines)),
    h("td", {}, model.problem ? "нельзя использовать" : gateWords(model.gate)),
    h("td", {}, act));
}

export function createModel() {
  const card = h("div", { class: "body" }, loading("Читаю карточку модели…"));
  const list = h("div");
  const training = createTraining(() => setTimeout(reload, SECONDS_TO_SWITCH * 1000));
  const element = h("section", { class: "view model" },
    h("header", { class: "head" }, h("h1", {}, "Модель")),
    card,
    h("div", { class: "two" }, h("section", { class: "card" }, h("h2", {}, "Все модели"), list), training.element));

  async function part(place, load) {
    try {
      place.replaceChildren(...await load());
    } catch (problem) {
      place.replaceChildren(problemNotice(problem, reload));
    }
  }

  function reload() {
    part(card, async () => figuresOf(await api.model()));
    part(list, async () => {
      const { models } = await api.models();
      return [h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Модели" },
        h("table", { class: "figures models" },
          h("thead", {}, h("tr", {}, ["Обучена", "macro-F1", "Реплик", "Проверка", "Действие"].map((name) => h("th", { scope: "col" }, name)))),
          h("tbody", {}, models.map((model) => modelRow(model, activate)))))];
    });
  }

  async function activate(model) {
    for (const one of list.querySelectorAll("button")) one.disabled = true;
    try {
      await api.activate(model.id);
      toast("Модель переключается, это займёт до двух секунд");
      setTimeout(reload, SECONDS_TO_SWITCH * 1000);
    } catch (problem) {
      list.prepend(problemNotice(problem, reload));
    }
  }

  return {
    element,
    enter() {
      reload();
      training.enter();
    },
    leave: training.leave,
  };
}
