// A call as a conversation.

import { CATEGORIES, categoryTag, findCategory, isObjection } from "./category.js";
import { correct, correctionMenu, fittingTerm } from "./correction.js";
import { button, h, isTyping } from "./dom.js";
import { markedText } from "./evidence.js";
import { clock, percent } from "./words.js";

const LINES_IN_A_BLOCK = 40;
const STATES = { waiting: "исправлено", stored: "исправлено", failed: "не сохранено" };

/** The category that a line has by now: corrected or answered. */
export function categoryOf(line) {
  return line.correction?.category ?? line.category;
}

export function speakerName({ speaker }) {
  return { client: "Клиент", seller: "Менеджер" }[speaker] ?? speaker ?? "Роль неизвестна";
}

/** How sure an answer is: a bar and a number. */
export function confidenceSign(line) {
  return h(
    "span",
    { class: "confidence", title: "Уверенность модели" },
    h("span", { class: "meter", "aria-hidden": "true" }, h("span", { vars: { "--v": line.confidence } })),
    h("span", {}, h("span", { class: "hidden-text" }, "уверенность "), percent(line.confidence)),
    line.uncertain && h("span", { class: "unsure" }, "не уверена"),
  );
}

/** Lines in blocks: the browser lays out only the blocks near the window (`content-visibility` in call.css). */
function blocksOf(items) {
  const blocks = [];
  for (let first = 0; first < items.length; first += LINES_IN_A_BLOCK) {
    const some = items.slice(first, first + LINES_IN_A_BLOCK);
    blocks.push(h("ol", { class: "block", start: first + 1, vars: { "--lines": some.length } }, some));
  }
  return blocks;
}

export class Conversation {
  /** `onFocus(line)` hears which line is in focus, `onChange()` that a category was corrected. */
  constructor(lines, { onFocus, onChange }) {
    this.lines = lines;
    this.onFocus = onFocus;
    this.onChange = onChange;
    this.current = -1;
    this.arrived = false;  // whether the line in focus was gone to, not only chosen at the beginning
    this.menu = null;
    this.items = lines.map((line, place) => this.makeItem(line, place));
    this.element = h("div", { class: "conversation", role: "group", "aria-label": "Реплики разговора" }, blocksOf(this.items));
    this.element.addEventListener("click", (event) => this.focusOf(event));
    this.element.addEventListener("focusin", (event) => this.focusOf(event));
  }

  makeItem(line, place) {
    const item = h("li", { tabindex: "-1", "data-place": place });
    this.fillItem(item, line, place);
    return item;
  }

  fillItem(item, line, place) {
    const category = categoryOf(line);
    const side = line.speaker === "seller" ? "seller" : "client";
    const slug = isObjection(category) ? findCategory(category).slug : "";
    item.className = `line ${side} ${slug} ${place === this.current ? "current" : ""}`;
    const marks = isObjection(line.category) && category === line.category ? line.evidence : null;
    const scored = line.category !== null;
    item.replaceChildren(
      h("div", { class: "who" }, speakerName(line), line.start !== null && h("time", {}, clock(line.start))),
      h("p", { class: "said", dir: "auto" }, markedText(line.text, marks)),
      ...(scored ? [this.answerRow(line, place)] : []),
    );
  }

  answerRow(line, place) {
    const category = categoryOf(line);
    return h(
      "div",
      { class: "answer" },
      isObjection(category) || line.correction ? categoryTag(category) : h("span", { class: "soft" }, "без возражения"),
      line.correction
        ? h("span", { class: `state ${line.correction.state}` }, STATES[line.correction.state])
        : (isObjection(category) || line.uncertain) && confidenceSign(line),
      button("Исправить", () => this.openMenu(place), { class: "link fix", "aria-label": `Исправить реплику ${place + 1}`, tabindex: "-1" }),
    );
  }

  focusOf(event) {
    const item = event.target.closest("li.line");
    if (!item) return;
    this.arrived = true;
    this.select(Number(item.dataset.place), false);
  }

  /** Make a line the one in focus; `go` also moves the window and the keyboard there. */
  select(place, go = true) {
    if (place < 0 || place >= this.lines.length) return;
    if (place !== this.current) {
      this.items[this.current]?.classList.remove("current");
      this.items[this.current]?.setAttribute("tabindex", "-1");
      this.current = place;
      this.items[place].classList.add("current");
      this.items[place].setAttribute("tabindex", "0");
      this.onFocus(this.lines[place], place);
    }
    if (go) {
      this.arrived = true;
      const tall = this.items[place].offsetHeight > window.innerHeight / 2;
      this.items[place].scrollIntoView({ block: tall ? "start" : "center" });
      this.items[place].focus({ preventScroll: true });
    }
  }

  /** Go to the next objection (`step` 1) or the one before (-1). */
  selectObjection(step) {
    const from = this.arrived ? this.current + step : this.current;
    for (let place = from; place >= 0 && place < this.lines.length; place += step) {
      if (isObjection(categoryOf(this.lines[place]))) return this.select(place);
    }
  }

  openMenu(place) {
    this.closeMenu();
    const line = this.lines[place];
    const now = line.correction ?? { category: line.category, term: line.glossary?.term ?? null };
    this.menu = correctionMenu(now, (category, term) => this.correct(place, category, term), () => this.closeMenu(place));
    this.items[place].querySelector(".answer").after(this.menu);
    this.menu.querySelector("button").focus();
  }

  closeMenu(place = null) {
    this.menu?.remove();
    this.menu = null;
    if (place !== null) this.items[place].focus({ preventScroll: true });
  }

  correct(place, category, term) {
    const line = this.lines[place];
    const before = line.correction ?? null;
    this.closeMenu();
    correct({ line, category, term }, (state) => {
      line.correction = state === "undone" ? before : { category, term, state };
      this.fillItem(this.items[place], line, place);
      this.onChange();
      if (this.current === place) this.onFocus(line, place);
    });
    this.items[place].focus({ preventScroll: true });
  }

  onKey(event) {
    if (isTyping(event)) return;
    const line = this.lines[this.current];
    const inList = this.element.contains(event.target);
    const digit = /^Digit([1-4])$/.exec(event.code);
    if (event.key === "ArrowDown" && inList && !this.menu) this.select(this.current + 1);
    else if (event.key === "ArrowUp" && inList && !this.menu) this.select(this.current - 1);
    else if (event.code === "KeyN") this.selectObjection(1);
    else if (event.code === "KeyP") this.selectObjection(-1);
    else if (digit && line && line.category !== null && inList) {
      const { name } = CATEGORIES[Number(digit[1]) - 1];
      this.correct(this.current, name, fittingTerm(name, line.glossary?.term));
    } else if (event.code === "KeyE" && line && line.category !== null && inList) this.openMenu(this.current);
    else return;
    event.preventDefault();
  }
}
