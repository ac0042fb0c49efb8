/** Numbers, sizes and times as people read them. */
const LOCALE = 'en';
const whole = new Intl.NumberFormat(LOCALE, {maximumFractionDigits: 0});
const short = new Intl.NumberFormat(LOCALE, {notation: 'compact', maximumSignificantDigits: 3});
const fine = new Intl.NumberFormat(LOCALE, {maximumFractionDigits: 1});
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} value */
export const count = value => value < 100_000 ? whole.format(value) : short.format(value);

/** @param {number} value */
export const rate = value => value < 100 ? fine.format(value) : count(value);

/** @param {number} value in bytes */
export function bytes(value) {
  const power = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(value) / 10));
  const scaled = value / 1024 ** power;
  return `${(power > 0 && scaled < 100 ? fine : whole).format(scaled)} ${UNITS[power]}`;
}

/** @param {number} value in milliseconds */
export function time(value) {
  const seconds = Math.floor(value / 1000);
  const [minutes, hours, days] = [60, 3_600, 86_400].map(unit => Math.floor(seconds / unit));
  return days > 0 ? `${days} d ${hours % 24} h` : hours > 0 ? `${hours} h ${minutes % 60} min`
      : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** A time of day. @param {number} value in milliseconds since 1970 */
export const clock = value => new Date(value).toLocaleTimeString(LOCALE, {hourCycle: 'h23'});
