// Живой режим: the answer while one types; Enter keeps the line below.

import { CATEGORIES, categoryTag, findCategory, isObjection } from "./category.js";
import { confidenceSign } from "./conversation.js";
import { correct, correctionMenu } from "./correction.js";
import { button, h, icon } from "./dom.js";
import { markedText } from "./evidence.js";
import { problemNotice } from "./problem.js";
import { Stream } from "./stream.js";
import { termAddress, termCard } from "./term.js";
import { number, percent } from "./words.js";

const MILLISECONDS_STILL = 80;
const MILLISECONDS_STILL_WITHOUT_STREAM = 400;
const MOST_KEPT = 100;
const TRIES = ["дороговато, а скидка будет?", "а оно точно работает?", "мне это сейчас не нужно", "давайте, записывайте на четверг"];

function scoreBars(scores) {
  return h(
    "ul",
    { class: "scores", "aria-label": "Вероятности категорий" },
    CATEGORIES.map(({ name, slug, path }) =>
      h("li", { class: slug },
        h("span", { class: "tag" }, icon(path), name),
        h("span", { class: "meter wide", "aria-hidden": "true" }, h("span", { vars: { "--v": scores[name] } })),
        h("span", { class: "value" }, percent(scores[name])))),
  );
}

export function createLive() {
  const stream = new Stream();
  const field = h("input", { id: "line", type: "text", autocomplete: "off", spellcheck: "false", maxlength: "5000", placeholder: "Что сказал клиент?" });
  const time = h("p", { class: "soft small" });
  const result = h("div", { class: "live-answer", "aria-live": "polite" });
  const kept = h("ol", { class: "history", reversed: true });
  const keptPart = h("section", { class: "kept", hidden: true }, h("h2", {}, "Последние реплики"), kept);
  const empty = h("div", { class: "tries" }, h("p", { class: "soft" }, "Попробуйте:"),
    TRIES.map((text) => button(text, () => { field.value = text; ask(); field.focus(); }, { class: "choice" })));
  const element = h(
    "section",
    { class: "view live" },
    h("header", { class: "head" }, h("h1", {}, "Живой режим"), h("p", { class: "lead" }, "Печатайте реплику клиента, ответ появляется сразу. Enter сохраняет её в списке ниже.")),
    h("div", { class: "field big" }, h("label", { for: "line" }, "Реплика клиента"), field, time),
    result,
    keptPart,
  );
  let newest = 0;
  let timer = null;

  async function ask(keep = false) {
    clearTimeout(timer);
    newest += 1;
    const mine = newest;
    const text = field.value;
    if (!text.trim()) {
      time.textContent = "";
      result.replaceChildren(empty);
      return;
    }
    const began = performance.now();
    if (keep) field.value = "";
    try {
      const answer = await stream.classify({ text, speaker: "client" }, { draft: !keep });
      if (keep) keepLine({ ...answer, text, speaker: "client" });
      if (mine !== newest) return;
      show(text, answer);
      const spent = Math.max(1, Math.round(performance.now() - began));
      time.textContent = `Ответ за ${number(spent)} мс${stream.isOpen ? "" : ", без постоянного соединения"}`;
    } catch (problem) {
      if (keep) field.value ||= text;
      if (mine === newest) result.replaceChildren(problemNotice(problem, () => ask(keep)));
    }
  }

  function show(text, answer) {
    result.replaceChildren(
      h("div", { class: `card answer-card ${findCategory(answer.category).slug}` },
        h("div", { class: "verdict" }, categoryTag(answer.category), confidenceSign(answer)),
        h("p", { class: "echo", dir: "auto" }, markedText(text, isObjection(answer.category) ? answer.evidence : null)),
        scoreBars(answer.scores)),
      answer.glossary ? h("div", { class: "card" }, termCard(answer.glossary))
        : h("div", { class: "card quiet" }, h("p", { class: "soft" }, "Подсказка здесь не нужна: клиент не возражает.")),
    );
  }

  function keepLine(line) {
    const item = h("li");
    kept.prepend(item);
    fillItem(item, line);
    while (kept.children.length > MOST_KEPT) kept.lastChild.remove();
    keptPart.hidden = false;
  }

  function fillItem(item, line) {
    const category = line.correction?.category ?? line.category;
    const term = line.correction ? line.correction.term : line.glossary?.term;
    const state = { waiting: "исправлено", stored: "исправлено", failed: "не сохранено" }[line.correction?.state];
    item.replaceChildren(
      h("p", { class: "said", dir: "auto" }, line.text),
      h("div", { class: "answer" }, categoryTag(category),
        term && h("a", { href: termAddress(term) }, term),
        state ? h("span", { class: "state" }, state) : confidenceSign(line),
        button("Исправить", () => openMenu(item, line), { class: "link fix" })),
    );
  }

  function openMenu(item, line) {
    kept.querySelector(".correction")?.remove();
    const now = line.correction ?? { category: line.category, term: line.glossary?.term ?? null };
    const close = () => {
      item.querySelector(".correction")?.remove();
      item.querySelector(".fix")?.focus();
    };
    const before = line.correction ?? null;
    const choose = (category, term) => {
      close();
      correct({ line, category, term }, (state) => {
        line.correction = state === "undone" ? before : { category, term, state };
        fillItem(item, line);
      });
    };
    item.append(correctionMenu(now, choose, close));
    item.querySelector(".correction button").focus();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, stream.broken ? MILLISECONDS_STILL_WITHOUT_STREAM : MILLISECONDS_STILL);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) ask(true);
  });
  result.replaceChildren(empty);

  return {
    element,
    enter: () => field.focus({ preventScroll: true }),
    leave: () => stream.close(),
    onKey(event) {
      const digit = /^Digit([1-4])$/.exec(event.code);
      const menu = kept.querySelector(".correction");
      if (!digit || !menu?.contains(event.target)) return;
      event.preventDefault();
      menu.querySelectorAll(".choice")[Number(digit[1]) - 1].click();
    },
  };
}
