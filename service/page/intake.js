// Where a call comes in: pasted, dropped or chosen.

import { button, h } from "./dom.js";
import { EXAMPLE } from "./example.js";

const NAME = "разговор.txt";

/** Whether a file is what somebody pasted: words, unless the service sees more in them. */
export function isPasted(file) {
  return file.name === NAME && file.type === "text/plain";
}

function asFile(text) {
  return new File([text], NAME, { type: "text/plain" });
}

/** `take(file)` gets what was given. */
export function createIntake(take) {
  const field = h("textarea", { id: "transcript", rows: "9", spellcheck: "false", placeholder: "Менеджер: Добрый день! Удобно говорить?\nКлиент: да, но у нас уже есть поставщик" });
  const chooser = h("input", { id: "file", type: "file", class: "hidden-text", on: { change: () => chooser.files[0] && take(chooser.files[0]) } });
  const go = () => (field.value.trim() ? take(asFile(field.value)) : field.focus());
  field.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && go());
  const element = h(
    "div",
    { class: "intake" },
    h("div", { class: "card" },
      h("label", { for: "transcript" }, "Текст разговора"),
      field,
      h("div", { class: "row" },
        button("Разобрать", go, { class: "button primary" }),
        h("label", { for: "file", class: "button" }, "Выбрать файл"), chooser,
        h("span", { class: "soft small" }, "Ctrl + Enter"))),
    h("aside", { class: "card quiet" },
      h("h2", {}, "Нет записи под рукой?"),
      h("p", {}, "Разберите готовый пример: менеджер продаёт окна, клиент сомневается."),
      button("Показать пример", () => take(asFile(EXAMPLE)), { class: "button" }),
      h("h3", {}, "Что подойдёт"),
      h("p", { class: "soft" }, "Файл можно перетащить прямо на страницу: субтитры SRT и VTT, JSON от Whisper, SpeechKit, SaluteSpeech, выгрузки Mango и Битрикс24, таблицы CSV и XLSX, текст с ролями.")),
  );
  return { element, clear: () => { field.value = ""; chooser.value = ""; } };
}

/** Take files that are dropped anywhere on the page while `isShown()`. */
export function takeDrops(isShown, take) {
  const holdsFiles = (event) => isShown() && event.dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && mark(false));
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    mark(false);
    take(event.dataTransfer.files[0]);
  });
}
