// Errors of the service in words for whoever uses the page: what is wrong, what to do next.

import { h } from "./dom.js";
import { counted } from "./words.js";

const KINDS = {
  "key-needed": "Нужен ключ доступа. Введите его: ключ выдаёт тот, кто ведёт сервис.",
  "role-missing": "У этого ключа нет нужного права. Попросите ключ с другой ролью.",
  "too-many-requests": "Слишком много запросов подряд. Подождите минуту и повторите.",
  "body-too-large": "Файл больше, чем принимает сервис. Разделите его на части.",
  "unreadable-body": "Сервис не смог прочесть запрос. Обновите страницу и повторите.",
  "no-database": "База исправлений недоступна. Повторите через минуту; если не поможет, причина есть в журнале сервиса.",
  "unknown-line": "Этой реплики в очереди больше нет. Возьмите следующую.",
  "unknown-model": "Такой модели больше нет. Обновите список.",
  "unusable-model": "Эту модель нельзя включить: её файлы повреждены или от другой версии.",
  "unknown-training-run": "Такого обучения больше нет. Обновите список.",
  "unknown-term": "Такого термина в глоссарии нет.",
  "internal-error": "В сервисе произошёл сбой, ничего не сохранено. Повторите; подробности есть в журнале сервиса.",
  "not-found": "Сервис не знает такого адреса. Обновите страницу.",
};

const CONFLICTS = [
  [/training run/, "Обучение уже идёт. Дождитесь конца или остановите его."],
  [/answered|taken|somebody/i, "На эту реплику уже ответили. Возьмите следующую."],
];

const DETAILS = [
  [/holds (\d+) lines, more than the (\d+)/, (_, found, most) =>
    `В файле ${counted(+found, "реплика", "реплики", "реплик")}, а за один раз можно до ${most}. Разделите файл на части.`],
  [/lines of more than (\d+) characters/, (_, most) =>
    `Есть реплики длиннее ${counted(+most, "знака", "знаков", "знаков")}. Разделите текст там, где меняется говорящий.`],
  [/has (\d+) characters, more than the (\d+)/, (_, found, most) =>
    `В реплике ${counted(+found, "знак", "знака", "знаков")}, а можно до ${most}. Пришлите разговор по репликам.`],
  [/is empty/, () => "Текста нет. Введите то, что было сказано."],
  [/cannot be read/, () =>
    "Файл не удалось прочесть как запись разговора. Подходят субтитры (SRT, VTT), JSON распознавания, таблицы (CSV, XLSX) и текст с ролями («Клиент: …»)."],
];

/** An error that has words for people. */
export class Problem extends Error {
  constructor(message, { status = 0, kind = "", detail = "" } = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.detail = detail;
  }

  static offline() {
    return new Problem("Нет связи с сервисом. Проверьте, что он работает, и повторите.", { kind: "offline" });
  }

  static fromBody(body, status) {
    const kind = String(body?.type ?? "").split(":").at(-1);
    const detail = String(body?.detail ?? "");
    return new Problem(put(kind, detail, status), { status, kind, detail });
  }
}

function put(kind, detail, status) {
  if (kind === "conflict") {
    const known = CONFLICTS.find(([pattern]) => pattern.test(detail));
    if (known) return known[1];
  }
  for (const [pattern, say] of DETAILS) {
    const found = pattern.exec(detail);
    if (found) return say(...found);
  }
  return KINDS[kind] ?? `Сервис отказал (код ${status}). Обновите страницу и повторите.`;
}

/** A notice of an error, with a way to try again where there is one. */
export function problemNotice(problem, retry) {
  return h(
    "div",
    { class: "notice bad", role: "alert" },
    h("p", {}, problem.message),
    problem.detail && h("details", {}, h("summary", {}, "Что сказал сервис"), h("p", { class: "small" }, problem.detail)),
    retry && h("button", { type: "button", class: "button", on: { click: retry } }, "Повторить"),
  );
}
