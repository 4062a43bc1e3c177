// The API key: asked for when the service wants one, kept until the tab is closed.

import { button, h } from "./dom.js";

const NAME = "objections-key";
let asking = null;

export function currentKey() {
  return sessionStorage.getItem(NAME);
}

/** Ask for a key once, however many requests wait for it; gives whether one was entered. */
export function askForKey() {
  asking ??= new Promise((resolve) => {
    const field = h("input", { id: "key", type: "password", autocomplete: "off", required: true, "aria-describedby": "key-note" });
    const end = (entered) => {
      dialog.close();
      dialog.remove();
      asking = null;
      resolve(entered);
    };
    const form = h(
      "form",
      {
        method: "dialog",
        on: {
          submit: (event) => {
            event.preventDefault();
            sessionStorage.setItem(NAME, field.value.trim());
            end(true);
          },
        },
      },
      h("h2", {}, "Нужен ключ доступа"),
      h("p", { id: "key-note", class: "soft" }, "Ключ выдаёт тот, кто ведёт сервис. Он хранится до закрытия вкладки."),
      h("label", { for: "key" }, "Ключ"),
      field,
      h("div", { class: "row" }, h("button", { class: "button primary" }, "Войти"), button("Отмена", () => end(false), { class: "button" })),
    );
    const dialog = h("dialog", { class: "dialog", "aria-label": "Ключ доступа", on: { cancel: () => end(false) } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
