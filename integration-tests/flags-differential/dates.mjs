/** Dates as PostHog's service reads them, in all time zones that a project can have. Times are nanoseconds since 1970. */

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;
/** All time zones but UTC. The fixed offsets are not among the supported values. */
const ZONES = [...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
  ...Array.from({ length: 27 }, (_, i) => i - 14).filter((hours) => hours !== 0)
    .map((hours) => `Etc/GMT${hours > 0 ? '+' : ''}${hours}`)];
const MAX_PARSED = 20_000;
const RELATIVE = /^-?(\d+)([hdwmy])$/;
const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const WALL_CLOCK = /^(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?$/;

const formats = new Map();

/** Returns the offset of a zone in seconds. */
function offset(zone, time) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
      second: 'numeric'
    });
    formats.set(zone, format);
  }
  const [month, day, year, hour, minute, second] = format.format(Number(time / 1_000_000n)).match(/\d+/g).map(Number);
  return BigInt(Date.UTC(year, month - 1, day, hour, minute, second)) / 1000n - time / SECOND;
}

/** Returns the instant of a time on the wall clock; undefined if it does not occur. If it occurs twice, it is the earlier one. */
function inZone(zone, wallClock) {
  const before = offset(zone, wallClock - DAY);
  const after = offset(zone, wallClock + DAY);
  const instants = [before, after].map((seconds) => [wallClock - seconds * SECOND, seconds])
    .filter(([instant, seconds]) => before === after || offset(zone, instant) === seconds)
    .map(([instant]) => instant);
  return instants.length < 2 ? instants[0] : instants[0] < instants[1] ? instants[0] : instants[1];
}

function nanos(fraction) {
  return BigInt((fraction ?? '').slice(0, 9).padEnd(9, '0'));
}

function wallClock(year, month, day, hour, minute, second, fraction) {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  const valid = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return valid ? BigInt(date.getTime()) * 1_000_000n + BigInt(hour * 3600 + minute * 60 + second) * SECOND + nanos(fraction)
    : undefined;
}

/** Steps back month by month or year by year, which can change the day several times. */
function stepBack(time, steps, months) {
  const date = new Date(Number(time / 1_000_000n));
  const rest = time - BigInt(date.getTime()) * 1_000_000n;
  let [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  for (let i = 0; i < steps; i++) {
    month -= months;
    while (month < 0) {
      month += 12;
      year--;
    }
    day = Math.min(day, new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  }
  date.setUTCFullYear(year, month, day);
  return BigInt(date.getTime()) * 1_000_000n + rest;
}

function relative(number, unit, now) {
  const units = { h: 3600n, d: 86_400n, w: 7n * 86_400n };
  return unit in units ? now - BigInt(number) * units[unit] * SECOND : stepBack(now, number, unit === 'm' ? 1 : 12);
}

const parsed = new Map();

/** As {@link parse}, which takes long. */
export function parseDate(text, now) {
  const key = `${now} ${text}`;
  if (!parsed.has(key)) {
    if (parsed.size >= MAX_PARSED) {
      parsed.clear();
    }
    parsed.set(key, parse(text, now));
  }
  return parsed.get(key);
}

/**
 * Parses a date.
 *
 * @param now the time of the evaluation
 * @return undefined for other texts; otherwise the instants in all time zones, or a single one if it is the same everywhere
 */
function parse(text, now) {
  const back = RELATIVE.exec(text);
  if (back && BigInt(back[1]) < 10_000n) {
    const from = (zone) => now + offset(zone, now) * SECOND;
    return [relative(Number(back[1]), back[2], now),
      ...ZONES.map((zone) => inZone(zone, relative(Number(back[1]), back[2], from(zone))))];
  }
  const exact = RFC_3339.exec(text);
  if (exact) {
    const [year, month, day] = exact[1].split('-').map(Number);
    const [hour, minute, second] = exact[2].split(':').map(Number);
    const time = wallClock(year, month, day, hour, minute, second, exact[3]);
    const seconds = BigInt((Number(exact[5] ?? 0) * 3600 + Number(exact[6] ?? 0) * 60) * (exact[4] === '-' ? -1 : 1));
    const valid = Number(exact[5] ?? 0) < 24 && Number(exact[6] ?? 0) < 60;
    return time === undefined || !valid ? undefined : [time - seconds * SECOND];
  }
  const local = WALL_CLOCK.exec(text);
  if (local) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = local.slice(1, 7).map((part) => part && Number(part));
    const time = wallClock(year, month, day, hour, minute, second, local[7]);
    return time === undefined ? undefined : [time, ...ZONES.map((zone) => inZone(zone, time))];
  }
  return undefined;
}

/** Converts Unix seconds. */
export function ofSeconds(number) {
  const seconds = Number.isNaN(number) ? 0 : number;
  const whole = Math.floor(seconds);
  if (Math.abs(whole) > 8_000_000_000_000) {
    return undefined;
  }
  const fraction = Math.max(0, Math.floor(seconds % 1 * 1e9 + 0.5));
  return fraction >= 1e9 ? undefined : [BigInt(whole) * SECOND + BigInt(fraction)];
}

/** @return undefined if the result depends on the time zone */
export function compareDates(given, date, isMatch) {
  let result;
  for (let i = 0; i < Math.max(given.length, date.length); i++) {
    const one = given[Math.min(i, given.length - 1)];
    const other = date[Math.min(i, date.length - 1)];
    const matches = one !== undefined && other !== undefined && isMatch(one < other ? -1 : one > other ? 1 : 0);
    if (result !== undefined && result !== matches) {
      return undefined;
    }
    result = matches;
  }
  return result;
}
