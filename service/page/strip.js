// The whole call at a glance: who speaks, and a lane for each kind of objection. A click goes to the line.

import { CATEGORIES, NO_OBJECTION } from "./category.js";
import { categoryOf } from "./conversation.js";
import { h, icon, svg } from "./dom.js";

const LANES = CATEGORIES.filter(({ name }) => name !== NO_OBJECTION);
const WIDTH = 1000;
const LANE = 16;
const SPEECH = 8;
const HEIGHT = LANE * LANES.length + SPEECH + 6;

function rectangle(x, y, width, height) {
  return `M${x.toFixed(2)} ${y}h${width.toFixed(2)}v${height}h${(-width).toFixed(2)}z`;
}

/** Draw few paths, not a shape per line: calls may have thousands. */
function paths(lines) {
  const step = WIDTH / lines.length;
  const gap = step > 6 ? 1 : 0;
  const drawn = { client: "", seller: "", ...Object.fromEntries(LANES.map(({ slug }) => [slug, ""])) };
  lines.forEach((line, place) => {
    const x = place * step;
    drawn[line.speaker === "seller" ? "seller" : "client"] += rectangle(x, LANE * LANES.length + 6, step - gap, SPEECH);
    const lane = LANES.findIndex(({ name }) => name === categoryOf(line));
    if (lane >= 0) {
      const width = Math.max(step - gap, 3);
      drawn[LANES[lane].slug] += rectangle(Math.min(x, WIDTH - width), lane * LANE + 2, width, LANE - 4);
    }
  });
  return drawn;
}

export class Strip {
  constructor(lines, goTo) {
    this.lines = lines;
    this.picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", class: "strip-picture" });
    this.cursor = svg("rect", { class: "cursor", y: 0, height: HEIGHT, width: 3, visibility: "hidden" });
    this.picture.addEventListener("click", (event) => {
      const box = this.picture.getBoundingClientRect();
      goTo(this.nearest(Math.floor(((event.clientX - box.left) / box.width) * lines.length)));
    });
    this.element = h(
      "div",
      { class: "strip" },
      h("div", { class: "lanes", "aria-hidden": "true" }, LANES.map(({ slug, path }) => h("span", { class: slug }, icon(path)))),
      this.picture,
    );
    this.draw();
  }

  draw() {
    const drawn = paths(this.lines);
    const objections = this.lines.filter((line) => LANES.some(({ name }) => name === categoryOf(line))).length;
    this.picture.setAttribute("aria-label", `Разговор целиком: реплик ${this.lines.length}, возражений ${objections}`);
    const grid = LANES.map((_, lane) => rectangle(0, lane * LANE + LANE / 2, WIDTH, 1)).join("");
    this.picture.replaceChildren(
      svg("path", { class: "grid", d: grid }),
      ...Object.entries(drawn).map(([kind, d]) => svg("path", { class: kind, d })),
      this.cursor,
    );
  }

  /** An objection close to where the click was, or the line itself. */
  nearest(place) {
    const reach = Math.ceil(this.lines.length / 100);
    for (let away = 0; away <= reach; away += 1) {
      for (const near of [place - away, place + away]) {
        const line = this.lines[near];
        if (line && LANES.some(({ name }) => name === categoryOf(line))) return near;
      }
    }
    return Math.min(Math.max(place, 0), this.lines.length - 1);
  }

  mark(place) {
    this.cursor.setAttribute("x", String(((place + 0.5) / this.lines.length) * WIDTH - 1.5));
    this.cursor.setAttribute("visibility", "visible");
  }
}
