// A call in a few numbers: how many objections, of which kind, in which part.

import { CATEGORIES, NO_OBJECTION, isObjection } from "./category.js";
import { categoryOf } from "./conversation.js";
import { h, icon, svg } from "./dom.js";
import { counted, plural } from "./words.js";

const PARTS = 10;
const KINDS = CATEGORIES.filter(({ name }) => name !== NO_OBJECTION);

/** Objections in each tenth of the lines of their call. */
function countByPart(lines) {
  const lengths = new Map();
  for (const line of lines) lengths.set(line.call_id, (lengths.get(line.call_id) ?? 0) + 1);
  const places = new Map();
  const parts = Array(PARTS).fill(0);
  for (const line of lines) {
    const place = places.get(line.call_id) ?? 0;
    places.set(line.call_id, place + 1);
    if (isObjection(categoryOf(line))) parts[Math.floor((place * PARTS) / lengths.get(line.call_id))] += 1;
  }
  return parts;
}

function sayWhere(parts) {
  const thirds = [parts.slice(0, 3), parts.slice(3, 7), parts.slice(7)].map((some) => some.reduce((sum, count) => sum + count, 0));
  const most = Math.max(...thirds);
  if (!most) return "Возражений не нашлось.";
  const names = ["в начале", "в середине", "в конце"].filter((_, place) => thirds[place] === most);
  return names.length === 3 ? "Возражения распределены по всему разговору." : `Больше всего возражений ${names.join(" и ")} разговора.`;
}

function partsPicture(parts) {
  const most = Math.max(...parts, 1);
  return svg(
    "svg",
    { viewBox: "0 0 100 36", class: "parts", role: "img", "aria-label": `Возражения по десятым долям разговора: ${parts.join(", ")}` },
    parts.map((count, place) => {
      const height = count ? 4 + (count / most) * 30 : 1.5;
      return svg("rect", { x: place * 10 + 1, y: 36 - height, width: 8, height, rx: 1.5, class: count ? "some" : "no" });
    }),
  );
}

function droppedNote({ empty, doubled, hallucinated }) {
  const all = empty + doubled + hallucinated;
  if (!all) return null;
  const reasons = [
    empty && `пустых: ${empty}`,
    doubled && `повторов с другого канала: ${doubled}`,
    hallucinated && `придуманных распознаванием: ${hallucinated}`,
  ].filter(Boolean);
  return h("p", { class: "soft small" }, `${counted(all, "реплика пропущена", "реплики пропущены", "реплик пропущено")} (${reasons.join(", ")}).`);
}

/** The summary, with corrections counted. */
export function summaryOf(lines, { dropped, calls }) {
  const scored = lines.filter((line) => line.category !== null);
  const counts = Object.fromEntries(CATEGORIES.map(({ name }) => [name, 0]));
  for (const line of scored) counts[categoryOf(line)] += 1;
  const objections = scored.length - counts[NO_OBJECTION];
  const parts = countByPart(lines);
  return h(
    "div",
    { class: "summary" },
    h("div", { class: "tile total" },
      h("strong", {}, objections),
      h("span", {}, `${plural(objections, "возражение", "возражения", "возражений")} в ${counted(scored.length, "реплике", "репликах", "репликах")} клиента`),
      calls > 1 && h("span", { class: "soft" }, counted(calls, "разговор", "разговора", "разговоров"))),
    KINDS.map(({ name, slug, path }) => h("div", { class: `tile ${slug}` }, h("strong", {}, counts[name]), h("span", { class: "tag" }, icon(path), name))),
    h("div", { class: "tile where" }, partsPicture(parts), h("span", {}, sayWhere(parts))),
    droppedNote(dropped),
  );
}
