// Разбор звонка: a call as a conversation, its objections, and what to do about the line in focus.

import { api } from "./api.js";
import { categoryTag, findCategory, isObjection } from "./category.js";
import { Conversation, categoryOf, confidenceSign } from "./conversation.js";
import { button, h, loading } from "./dom.js";
import { asCsv, asText, download } from "./export.js";
import { createIntake, isPasted, takeDrops } from "./intake.js";
import { problemNotice } from "./problem.js";
import { Strip } from "./strip.js";
import { summaryOf } from "./summary.js";
import { NARROW, TERMS, termAddress, termCard } from "./term.js";
import { toast } from "./toast.js";
import { counted } from "./words.js";

function focusCard(line, place) {
  const heading = h("h2", { class: "soft small" }, `Реплика ${place + 1}`);
  if (line.category === null) return [heading, h("p", { class: "soft" }, "Реплики менеджера не оцениваются. Выберите реплику клиента.")];
  const category = categoryOf(line);
  const chosen = line.correction?.term;
  let card = h("p", { class: "soft" }, "Подсказка здесь не нужна: клиент не возражает.");
  if (line.correction && chosen !== (line.glossary?.term ?? null)) {
    card = TERMS.some(({ name }) => name === chosen) ? h("p", {}, "Термин: ", h("a", { href: termAddress(chosen) }, chosen)) : card;
  } else if (line.glossary) {
    card = termCard(line.glossary);
  }
  return [heading, h("div", { class: `verdict ${findCategory(category).slug}` }, categoryTag(category), !line.correction && confidenceSign(line)), card];
}

async function copy(lines) {
  try {
    await navigator.clipboard.writeText(asText(lines));
    toast("Скопировано");
  } catch {
    download("разговор.txt", asText(lines), "text/plain;charset=utf-8");
    toast("Буфер обмена недоступен, поэтому текст сохранён в файл");
  }
}

function steps(conversation) {
  return h(
    "div",
    { class: "steps" },
    button("↑", () => conversation.selectObjection(-1), { class: "button", title: "Предыдущее возражение (P)", "aria-label": "Предыдущее возражение", "aria-keyshortcuts": "P" }),
    button("↓", () => conversation.selectObjection(1), { class: "button", title: "Следующее возражение (N)", "aria-label": "Следующее возражение", "aria-keyshortcuts": "N" }),
  );
}

function toolbar({ lines }, again) {
  return [
    button("Копировать", () => copy(lines), { class: "button" }),
    button("Скачать CSV", () => download("разговор.csv", asCsv(lines), "text/csv;charset=utf-8"), { class: "button" }),
    button("Другой разговор", again, { class: "button" }),
  ];
}

function hints() {
  return h("p", { class: "hints soft small" },
    h("kbd", {}, "↑"), h("kbd", {}, "↓"), " по репликам, ", h("kbd", {}, "N"), h("kbd", {}, "P"), " по возражениям, ",
    h("kbd", {}, "1"), "–", h("kbd", {}, "4"), " исправить, ", h("kbd", {}, "E"), " меню");
}

/** Have a file answered; pasted words in which the service sees no format are a conversation. */
async function score(file) {
  try {
    return await api.scoreTranscript(file);
  } catch (problem) {
    if (problem.kind !== "invalid-input" || !isPasted(file) || /^\s*[[{<]/.test(await file.text())) throw problem;
    return api.scoreTranscript(file, "dialogue");
  }
}

export function createCall() {
  const body = h("div", { class: "body" });
  const heading = h("h1", { tabindex: "-1" }, "Разбор звонка");
  const lead = h("p", { class: "lead", role: "status" });
  const tools = h("div", { class: "row tools" });
  const element = h("section", { class: "view" }, h("header", { class: "head split" }, h("div", {}, heading, lead), tools), body);
  const intake = createIntake(take);
  let conversation = null;
  let asked = 0;
  let onWidth = () => {};

  function showIntake() {
    asked += 1;
    conversation = null;
    intake.clear();
    tools.replaceChildren();
    lead.textContent = "Вставьте расшифровку или перетащите файл: сервис найдёт возражения клиента и подскажет, что ответить.";
    body.replaceChildren(intake.element);
  }

  function showAnswer(answer, name) {
    const { lines, summary } = answer;
    if (!lines.length) {
      body.replaceChildren(intake.element, h("div", { class: "notice bad", role: "alert" }, "В файле нет ни одной реплики. Проверьте, тот ли это файл."));
      return;
    }
    const aside = h("div", { class: "focus-card", "aria-live": "polite" });
    const place = h("div");
    const redraw = () => {
      strip.draw();
      place.replaceChildren(summaryOf(lines, summary));
    };
    conversation = new Conversation(lines, {
      onFocus: (line, number) => {
        strip.mark(number);
        aside.replaceChildren(...focusCard(line, number));
        placeCard(number);
      },
      onChange: redraw,
    });
    const side = h("aside", { class: "side", "aria-label": "Подсказка" }, aside);
    // There is no side on a narrow screen: the card stands in its line.
    const placeCard = (number) => (NARROW.matches ? conversation.items[number] : side).append(aside);
    onWidth = () => conversation.current >= 0 && placeCard(conversation.current);
    const strip = new Strip(lines, (number) => conversation.select(number));
    redraw();
    lead.textContent = `${name}: ${counted(lines.length, "реплика", "реплики", "реплик")}, ${counted(summary.objections, "возражение", "возражения", "возражений")}.`;
    tools.replaceChildren(...toolbar(conversation, showIntake));
    body.replaceChildren(
      place,
      h("div", { class: "overview" }, strip.element, steps(conversation)),
      h("div", { class: "columns" }, h("div", { class: "talk" }, hints(), conversation.element), side),
    );
    const first = lines.findIndex((line) => isObjection(categoryOf(line)));
    conversation.select(Math.max(first, 0), false);
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  async function take(file) {
    asked += 1;
    const mine = asked;
    tools.replaceChildren();
    body.replaceChildren(loading("Читаю разговор…"));
    try {
      const answer = await score(file);
      if (mine === asked) showAnswer(answer, file.name);
    } catch (problem) {
      if (mine !== asked) return;
      conversation = null;
      body.replaceChildren(problemNotice(problem, problem.kind === "offline" ? () => take(file) : null), intake.element);
    }
  }

  NARROW.addEventListener("change", () => onWidth());
  takeDrops(() => !element.hidden, take);
  showIntake();
  return { element, onKey: (event) => conversation?.onKey(event) };
}
