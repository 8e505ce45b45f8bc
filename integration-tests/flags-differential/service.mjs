/** Property filters as PostHog's flags service evaluates them, written from its rules and not from the Java code. */
import { compareDates, ofSeconds, parseDate } from './dates.mjs';
import { isObject, JsonNumber } from './json.mjs';
import { modelOf } from './regexes.mjs';
import { compareVersions, fulfills, parseRequirement, parseVersion } from './versions.mjs';

/** A result that only PostHog can determine, with the rule that says so. */
export class Undecided {
  constructor(rule) {
    this.rule = rule;
  }
}

export const NOT_A_NUMBER = new Undecided('numbers: not a number is an error');
export const INVALID_RANGE = new Undecided('numbers: not a range is an error');
export const NO_VERSION = new Undecided('versions: a filter that is not a version is an error');
export const TIME_ZONE = new Undecided('dates: the result depends on the time zone');
export const NO_MODEL = new Undecided('regex: not evaluated by this test');
export const UNKNOWN_OPERATOR = new Undecided('operator: not supported');
export const NO_VALUE = new Undecided('filter: no value');

const U64 = [0n, 2n ** 64n - 1n];
const I64 = [-(2n ** 63n), 2n ** 63n - 1n];

/** Writes a double with its shortest digits, and an exponent below 1e-5 and from 1e16. */
function floatText(number) {
  if (number === 0) {
    return Object.is(number, -0) ? '-0.0' : '0.0';
  }
  const [, sign, first, rest = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(number.toExponential());
  const digits = first + rest;
  const point = Number(exponent) + 1;
  if (point > 16 || point <= -5) {
    return `${sign}${first}${rest && `.${rest}`}e${point - 1}`;
  }
  if (point <= 0) {
    return `${sign}0.${'0'.repeat(-point)}${digits}`;
  }
  return digits.length <= point ? `${sign}${digits.padEnd(point, '0')}.0`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function numberText(number) {
  if (number.isInteger()) {
    const integer = BigInt(number.literal);
    const [min, max] = integer < 0n ? I64 : U64;
    if (integer >= min && integer <= max) {
      return integer.toString();
    }
  }
  return floatText(number.value());
}

function compareCodePoints(one, other) {
  const [points, others] = [[...one], [...other]].map((list) => list.map((c) => c.codePointAt(0)));
  const at = points.findIndex((point, i) => point !== others[i]);
  return at < 0 ? points.length - others.length : points[at] - (others[at] ?? -1);
}

function json(value) {
  if (value instanceof JsonNumber) {
    return numberText(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(json).join(',')}]`;
  }
  if (isObject(value)) {
    return `{${Object.keys(value).sort(compareCodePoints).map((name) => `${JSON.stringify(name)}:${json(value[name])}`)}}`;
  }
  return JSON.stringify(value);
}

export function text(value) {
  return typeof value === 'string' ? value : json(value);
}

/** @return undefined for a text that is not a number; NaN for the text "nan" */
export function parseNumber(value) {
  if (/^[+-]?nan$/i.test(value)) {
    return NaN;
  }
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(value);
  if (infinity) {
    return infinity[1] === '-' ? -Infinity : Infinity;
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
}

function number(value) {
  return value instanceof JsonNumber ? value.value() : parseNumber(text(value));
}

function isBooleanLike(value) {
  return Array.isArray(value) ? value.every(isBooleanLike)
    : typeof value === 'boolean' || typeof value === 'string' && /^(?:true|false)$/.test(value.toLowerCase());
}

function isTrue(value) {
  return Array.isArray(value) ? value.every(isTrue) : value === true || typeof value === 'string' && value.toLowerCase() === 'true';
}

function isEqual(filter, value, version) {
  const isEmptyList = Array.isArray(filter) && filter.length === 0;
  if (isEmptyList || version !== 2 && isBooleanLike(filter)) {
    return isTrue(filter) === isTrue(value);
  }
  const wanted = Array.isArray(filter) ? filter : [filter];
  return wanted.some((one) => text(one).toLowerCase() === text(value).toLowerCase());
}

export function lowerAscii(value) {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function isFound(filter, value, search) {
  return lowerAscii(text(value))[search](lowerAscii(text(filter)));
}

function compareNumbers(filter, value, isMatch) {
  const [given, bound] = [number(value), number(filter)];
  return given === undefined || bound === undefined ? NOT_A_NUMBER : isMatch(given, bound);
}

function isBetween(filter, value, outside) {
  if (!Array.isArray(filter) || filter.length !== 2) {
    return INVALID_RANGE;
  }
  const [low, high] = filter.map(number);
  if (!(low <= high)) {
    return INVALID_RANGE;
  }
  const given = number(value);
  if (given === undefined) {
    return NOT_A_NUMBER;
  }
  return !Number.isNaN(given) && (given >= low && given <= high) !== outside;
}

function matchesDate(filter, value, now, isMatch) {
  const given = dateOf(value, now);
  const date = typeof filter === 'string' ? parseDate(filter, now) : undefined;
  if (!given || !date) {
    return false;
  }
  return compareDates(given, date, isMatch) ?? TIME_ZONE;
}

function dateOf(value, now) {
  if (typeof value === 'string') {
    const seconds = parseNumber(value);
    return seconds === undefined ? parseDate(value, now) : ofSeconds(seconds);
  }
  return value instanceof JsonNumber ? ofSeconds(value.value()) : undefined;
}

/** A value that is not a version does not match, whatever the filter is. A filter that is not a version is an error. */
function matchesVersion(filter, value, isMatch) {
  const [given, version] = [parseVersion(text(value)), parseVersion(text(filter))];
  return version === undefined ? NO_VERSION : given !== undefined && isMatch(compareVersions(given, version));
}

function matchesRequirement(filter, value, operator) {
  const [given, requirement] = [parseVersion(text(value)), parseRequirement(operator, text(filter))];
  return requirement === undefined ? NO_VERSION : given !== undefined && fulfills(given, requirement);
}

function matchesRegex(filter, value, negated) {
  const model = modelOf(text(filter));
  if (!model) {
    return NO_MODEL;
  }
  return model === 'invalid' ? false : model.test(text(value)) !== negated;
}

const OPERATORS = {
  exact: (filter, value, { version }) => isEqual(filter, value, version),
  is_not: (filter, value, { version }) => !isEqual(filter, value, version),
  is_set: () => true,
  is_not_set: () => false,
  icontains: (filter, value) => isFound(filter, value, 'includes'),
  not_icontains: (filter, value) => !isFound(filter, value, 'includes'),
  starts_with: (filter, value) => isFound(filter, value, 'startsWith'),
  not_starts_with: (filter, value) => !isFound(filter, value, 'startsWith'),
  ends_with: (filter, value) => isFound(filter, value, 'endsWith'),
  not_ends_with: (filter, value) => !isFound(filter, value, 'endsWith'),
  icontains_multi: (filter, value) => [filter].flat().some((one) => isFound(one, value, 'includes')),
  not_icontains_multi: (filter, value) => ![filter].flat().some((one) => isFound(one, value, 'includes')),
  regex: (filter, value) => matchesRegex(filter, value, false),
  not_regex: (filter, value) => matchesRegex(filter, value, true),
  gt: (filter, value) => compareNumbers(filter, value, (given, bound) => given > bound),
  gte: (filter, value) => compareNumbers(filter, value, (given, bound) => given >= bound),
  lt: (filter, value) => compareNumbers(filter, value, (given, bound) => given < bound),
  lte: (filter, value) => compareNumbers(filter, value, (given, bound) => given <= bound),
  between: (filter, value) => isBetween(filter, value, false),
  not_between: (filter, value) => isBetween(filter, value, true),
  is_date_before: (filter, value, { now }) => matchesDate(filter, value, now, (order) => order < 0),
  is_date_after: (filter, value, { now }) => matchesDate(filter, value, now, (order) => order > 0),
  is_date_exact: (filter, value, { now }) => matchesDate(filter, value, now, (order) => order === 0),
  semver_eq: (filter, value) => matchesVersion(filter, value, (order) => order === 0),
  semver_neq: (filter, value) => matchesVersion(filter, value, (order) => order !== 0),
  semver_gt: (filter, value) => matchesVersion(filter, value, (order) => order > 0),
  semver_gte: (filter, value) => matchesVersion(filter, value, (order) => order >= 0),
  semver_lt: (filter, value) => matchesVersion(filter, value, (order) => order < 0),
  semver_lte: (filter, value) => matchesVersion(filter, value, (order) => order <= 0),
  semver_tilde: (filter, value) => matchesRequirement(filter, value, '~'),
  semver_caret: (filter, value) => matchesRequirement(filter, value, '^'),
  semver_wildcard: (filter, value) => matchesRequirement(filter, value, '')
};

export const OPERATOR_NAMES = Object.keys(OPERATORS);

/**
 * Evaluates a filter for a property that exists.
 *
 * @param context the property matching version, and the time of the evaluation in nanoseconds since 1970
 * @return a boolean or an {@link Undecided}
 */
export function matches(operator, filter, value, context) {
  const match = OPERATORS[operator ?? 'exact'];
  if (!match) {
    return UNKNOWN_OPERATOR;
  }
  const needsValue = operator !== 'is_set' && operator !== 'is_not_set';
  return needsValue && (filter === undefined || filter === null) ? NO_VALUE : match(filter, value, context);
}
