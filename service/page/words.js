// Russian words around numbers and dates.

const PLURAL = new Intl.PluralRules("ru");
const NUMBER = new Intl.NumberFormat("ru");
const MOMENT = new Intl.DateTimeFormat("ru", {
  day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
});

/** The form of a noun that goes with a number: plural(5, "реплика", "реплики", "реплик"). */
export function plural(count, one, few, many) {
  return { one, few, many }[PLURAL.select(count)] ?? few;
}

/** A number with its noun. */
export function counted(count, one, few, many) {
  return `${NUMBER.format(count)} ${plural(count, one, few, many)}`;
}

export function number(value) {
  return NUMBER.format(value);
}

/** A share as whole percent; what is not certain is never shown as 100 %, what is not nothing never as 0 %. */
export function percent(share) {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return "99 %";
  if (rounded === 0 && share > 0) return "<1 %";
  return `${rounded} %`;
}

/** A figure such as F1 as people write it: 0,803. */
export function figure(value) {
  return value.toLocaleString("ru", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

export function moment(text) {
  return MOMENT.format(new Date(text));
}

/** Seconds of a call as a clock: 1:02:03 or 2:03. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
