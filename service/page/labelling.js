// Разметка: the queue of doubtful lines, one at a time, by keys.

import { api } from "./api.js";
import { CATEGORIES, NO_OBJECTION, categoryTag } from "./category.js";
import { speakerName } from "./conversation.js";
import { button, h, icon, isTyping, loading } from "./dom.js";
import { problemNotice } from "./problem.js";
import { DEFAULT_TERM, TERMS } from "./term.js";
import { counted, percent, plural } from "./words.js";

const SKIP = "KeyG";
const NOT_CLIENT = "KeyY";
const UNDO = "KeyJ";
const GONE = [404, 409];

export function createLabelling() {
  const body = h("div", { class: "body" }, loading("Беру реплику…"));
  const counter = h("p", { class: "counter", role: "status" });
  const undo = button([h("kbd", {}, "О"), "Отменить последнее"], takeBack, { class: "button", disabled: true });
  const element = h(
    "section",
    { class: "view labelling" },
    h("header", { class: "head" }, h("h1", {}, "Разметка"), h("p", { class: "lead" }, "Реплики, в которых модель сомневается. Ваши ответы станут примерами для следующего обучения.")),
    h("div", { class: "row between" }, counter, undo),
    body,
  );
  const answeredIds = [];
  let line = null;
  let category = null;
  let busy = false;
  let counts = { waiting: 0, answered_today: 0 };

  function count() {
    const { answered_today: done, waiting } = counts;
    counter.replaceChildren(
      h("strong", {}, done), ` ${plural(done, "ответ", "ответа", "ответов")} сегодня, `,
      h("strong", {}, waiting), ` ${plural(waiting, "реплика ждёт", "реплики ждут", "реплик ждут")}`,
    );
    undo.disabled = busy || !answeredIds.length;
  }

  /** Do one thing at a time: a second click or key meanwhile does nothing. */
  async function alone(work, retry) {
    if (busy) return;
    busy = true;
    body.setAttribute("aria-busy", "true");
    body.querySelector(".notice")?.remove();
    count();
    try {
      await work();
    } catch (problem) {
      body.append(problemNotice(problem, retry));
    } finally {
      busy = false;
      body.removeAttribute("aria-busy");
      count();
    }
  }

  async function load() {
    const answer = await api.review();
    counts = answer;
    [line = null] = answer.lines;
    category = null;
    draw();
  }

  const next = () => alone(load, next);

  function send(verdict) {
    const { id } = line;
    return alone(async () => {
      try {
        await api.answerReview(id, verdict);
      } catch (problem) {
        if (GONE.includes(problem.status)) line = null;  // to try again means to take the next one
        throw problem;
      }
      answeredIds.push(id);
      line = null;  // a retry from here on asks for the next line, and answers none twice
      await load();
    }, () => (line ? send(verdict) : next()));
  }

  function takeBack() {
    const id = answeredIds.at(-1);
    if (id === undefined) return;
    alone(async () => {
      await api.takeBackReview(id);
      answeredIds.pop();
      await load();
    }, takeBack);
  }

  function chooseCategory(name) {
    if (!line || busy) return;
    if (name === NO_OBJECTION || name === category) return label(name === NO_OBJECTION ? null : suggestedTerm());
    category = name;
    draw();
  }

  function suggestedTerm() {
    return line.glossary ?? DEFAULT_TERM;
  }

  function label(term) {
    if (!line || busy) return;
    const chosen = category ?? NO_OBJECTION;
    send({ answer: "label", category: chosen, glossary: term ?? undefined });
  }

  function chooseTerm(name) {
    if (category) label(name);
  }

  function draw() {
    body.replaceChildren(line ? card() : emptyCard());
    (body.querySelector("[autofocus]") ?? body.querySelector(".said"))?.focus({ preventScroll: true });
  }

  function emptyCard() {
    return h("div", { class: "card empty" },
      h("h2", {}, counts.answered_today ? "Всё разобрано" : "Очередь пуста"),
      h("p", {}, "Сюда попадают реплики, в которых модель не уверена. Сервис собирает их, если запущен с настройкой ", h("code", {}, "OBJECTIONS_REVIEW_QUEUE=true"), "."),
      h("p", { class: "soft" }, "Отдельную реплику можно исправить в разборе звонка и в живом режиме."),
      h("div", { class: "row" }, button("Проверить ещё раз", next, { class: "button" }), h("a", { class: "button", href: "#/call" }, "К разбору звонка")));
  }

  function card() {
    return h("div", { class: "card label-card" },
      h("div", { class: "who" }, speakerName(line), line.seen > 1 && h("span", { class: "soft" }, `встретилась ${counted(line.seen, "раз", "раза", "раз")}`)),
      h("p", { class: "said", dir: "auto", tabindex: "-1" }, line.text),
      h("p", { class: "guess soft" }, "Модель думает: ", categoryTag(line.category), ` ${percent(line.confidence)}`, line.glossary && `, ${line.glossary}`),
      h("div", { class: "choices big", role: "group", "aria-label": "Категория" },
        CATEGORIES.map(({ name, slug, path }, place) =>
          button([h("kbd", {}, place + 1), icon(path), name], () => chooseCategory(name), { class: `choice ${slug}`, "aria-pressed": String(name === category) }))),
      category && h("div", { class: "terms", role: "group", "aria-label": "Термин" },
        h("p", {}, "Какой термин поможет? ", h("kbd", {}, "Enter"), ` оставит «${suggestedTerm()}»`),
        h("div", { class: "choices" },
          TERMS.map(({ name, letter }) => button([h("kbd", {}, letter), name], () => chooseTerm(name), { class: "choice term", "aria-pressed": String(name === suggestedTerm()) })))),
      h("div", { class: "row" },
        button([h("kbd", {}, "П"), "Пропустить"], () => line && send({ answer: "skip" }), { class: "button" }),
        button([h("kbd", {}, "Н"), "Не клиент"], () => line && send({ answer: "not_client" }), { class: "button" })));
  }

  function onKey(event) {
    if (isTyping(event) || event.repeat) return;
    const digit = /^Digit([1-4])$/.exec(event.code);
    const term = TERMS.find(({ code }) => code === event.code);
    if (event.code === UNDO) takeBack();
    else if (!line) return;
    else if (digit) chooseCategory(CATEGORIES[Number(digit[1]) - 1].name);
    else if (term && category) chooseTerm(term.name);
    else if (event.code === SKIP) send({ answer: "skip" });
    else if (event.code === NOT_CLIENT) send({ answer: "not_client" });
    else if (event.key === "Enter" && category && event.target.closest("button, a") === null) label(suggestedTerm());
    else return;
    event.preventDefault();
  }

  return { element, onKey, enter: () => line || next() };
}
