// Retraining: started, watched and stopped.

import { api } from "./api.js";
import { button, h } from "./dom.js";
import { problemNotice } from "./problem.js";
import { moment, percent } from "./words.js";

const MILLISECONDS_BETWEEN = 1000;
const UNDER_WAY = ["queued", "running"];
const STATES = {
  queued: "Готовится", running: "Идёт обучение", passed: "Новая модель включена", refused: "Новая модель не лучше прежней, осталась прежняя",
  failed: "Обучение не удалось", stopped: "Обучение остановлено", "timed out": "Обучение шло слишком долго и остановлено",
};

/** `onEnd()` hears that a run has ended. */
export function createTraining(onEnd) {
  const weight = h("input", { id: "weight", type: "number", min: "1", max: "1000", step: "1", value: "3" });
  const start = button("Обучить заново", begin, { class: "button primary" });
  const status = h("div", { "aria-live": "polite" });
  const element = h("div", { class: "card training" },
    h("h2", {}, "Обучение"),
    h("p", {}, "Модель учится на исходной разметке и на ваших исправлениях. Новая заменит прежнюю, только если не хуже неё на контрольных репликах."),
    h("div", { class: "row" },
      h("span", { class: "field inline" }, h("label", { for: "weight" }, "Вес исправления"), weight),
      start),
    status);
  let watched = null;
  let shown = true;

  function draw(run) {
    const going = UNDER_WAY.includes(run.state);
    start.disabled = going;
    const words = run.progress.slice(-6);
    status.replaceChildren(
      h("div", { class: `run ${going ? "going" : run.state.replace(" ", "-")}` },
        h("p", {}, h("strong", {}, STATES[run.state]), " ", h("span", { class: "soft small" }, moment(run.ended ?? run.started ?? run.created))),
        going && h("progress", { max: "1", value: run.done, "aria-label": "Ход обучения" }, percent(run.done)),
        going && h("p", { class: "soft small" }, `Готово примерно ${percent(run.done)}`),
        run.problem && h("p", { class: "small" }, run.problem),
        run.result && h("p", { class: "small" }, `Модель ${run.result.model}`),
        words.length > 0 && h("details", {}, h("summary", {}, "Ход работы"), h("pre", {}, words.join("\n"))),
        going && button("Остановить", () => act(() => api.stopRun(run.id)), { class: "button" })),
    );
    return going;
  }

  async function watch(id) {
    if (watched === id) return;
    watched = id;
    let misses = 0;
    while (watched === id && shown) {
      try {
        if (!draw(await api.run(id))) {
          onEnd();
          break;
        }
        misses = 0;
      } catch (problem) {
        misses += 1;
        if (misses > 5 || problem.kind !== "offline") {
          status.replaceChildren(problemNotice(problem, look));
          break;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_BETWEEN));
    }
    watched = null;
  }

  async function act(work) {
    start.disabled = true;
    try {
      const run = await work();
      if (draw(run)) watch(run.id);
    } catch (problem) {
      start.disabled = false;
      status.replaceChildren(problemNotice(problem, look));
    }
  }

  function begin() {
    if (!weight.reportValidity()) return;
    act(() => api.startRun({ weight: Number(weight.value) }));
  }

  async function look() {
    try {
      const [newest] = (await api.runs()).runs;
      if (newest && draw(newest)) watch(newest.id);
    } catch (problem) {
      status.replaceChildren(problemNotice(problem, look));
    }
  }

  return {
    element,
    enter() {
      shown = true;
      look();
    },
    leave() {
      shown = false;
    },
  };
}
