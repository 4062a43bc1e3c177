// A call taken away: as text, or as CSV that Excel opens.

import { categoryOf, speakerName } from "./conversation.js";
import { isObjection } from "./category.js";
import { clock, percent } from "./words.js";

const COLUMNS = ["звонок", "номер", "секунда", "говорит", "реплика", "категория", "уверенность", "сомневается", "термин", "исправлено"];

function termOf(line) {
  return line.correction ? line.correction.term : line.glossary?.term;
}

/** The call as one would paste it into a letter. */
export function asText(lines) {
  return lines
    .map((line) => {
      const time = line.start === null ? "" : `[${clock(line.start)}] `;
      const category = categoryOf(line);
      const sure = line.correction ? "исправлено" : line.confidence !== null && percent(line.confidence);
      const said = isObjection(category) ? ` [${[category, sure, termOf(line)].filter(Boolean).join(", ")}]` : "";
      return `${time}${speakerName(line)}: ${line.text}${said}`;
    })
    .join("\n");
}

/** A cell that is no formula to a spreadsheet, whatever the client said. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The call as CSV with a byte order mark, semicolons and decimal commas: as Russian Excel reads it. */
export function asCsv(lines) {
  const decimal = (value) => (value === null ? "" : String(value).replace(".", ","));
  const rows = lines.map((line) => [
    line.call_id, line.number, decimal(line.start), speakerName(line), line.text, categoryOf(line),
    decimal(line.confidence), line.uncertain ? "да" : "", termOf(line), line.correction ? "да" : "",
  ]);
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
