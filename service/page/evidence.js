// A line with its deciding words underlined.

import { h } from "./dom.js";

const MOST = 3;
const LEAST = 0.4;  // of the strongest: what pushed little is not shown as deciding

/** Text as nodes, the words of `evidence` in <mark>. Places count code points, strings count half of some. */
export function markedText(text, evidence) {
  const strongest = evidence?.[0]?.weight ?? 0;
  const spans = (evidence ?? [])
    .filter((span) => span.weight > 0 && span.weight >= strongest * LEAST)
    .slice(0, MOST)
    .sort((one, other) => one.start - other.start);
  if (!spans.length) return [text];
  const characters = Array.from(text);
  const nodes = [];
  let done = 0;
  for (const { start, end } of spans) {
    const from = Math.max(start, done);
    if (end <= from) continue;
    nodes.push(characters.slice(done, from).join(""), h("mark", {}, characters.slice(from, end).join("")));
    done = end;
  }
  nodes.push(characters.slice(done).join(""));
  return nodes;
}
