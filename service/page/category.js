// The four categories: a colour, an icon and a word for each, never a colour alone.

import { h, icon } from "./dom.js";

export const CATEGORIES = [
  { name: "отказ", slug: "refusal", forms: ["отказ", "отказа", "отказов"], path: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.700 5.700l12.600 12.600" },
  {
    name: "сомнение в качестве", slug: "doubt",
    forms: ["сомнение в качестве", "сомнения в качестве", "сомнений в качестве"],
    path: "M7.500 8a4.500 4.500 0 1 1 6.500 4c-1.400.8-2 1.600-2 3.200M12 20v.3",
  },
  { name: "цена", slug: "price", forms: ["возражение о цене", "возражения о цене", "возражений о цене"], path: "M8.500 20V4h5a4.500 4.500 0 0 1 0 9H6M6 16.500h7" },
  { name: "нет возражения", slug: "none", forms: ["реплика без возражения", "реплики без возражения", "реплик без возражения"], path: "M4 12l5 5L20 6" },
];

export const NO_OBJECTION = "нет возражения";

export function isObjection(category) {
  return category !== null && category !== NO_OBJECTION;
}

export function findCategory(name) {
  return CATEGORIES.find((category) => category.name === name);
}

/** The sign of a category: icon and word. */
export function categoryTag(name) {
  const category = findCategory(name);
  return h("span", { class: `tag ${category.slug}` }, icon(category.path), h("span", {}, category.name));
}
