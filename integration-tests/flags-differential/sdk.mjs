/**
 * Property filters as posthog-node evaluates them where it differs from PostHog's service: for each rule of the service,
 * the values for which the SDK does not follow it, and the result of the SDK.
 */
import { isObject, JsonNumber, write } from './json.mjs';
import { matches, parseNumber, text, Undecided } from './service.mjs';
import { parseDate } from './dates.mjs';
import { parseVersion } from './versions.mjs';

function javaScript(value) {
  return value === undefined ? undefined : JSON.parse(write(value));
}

function sdkText(value) {
  return String(javaScript(value));
}

/** A copy of a value in which the text of the SDK is the text of the service. */
function asSdkText(value) {
  return value === undefined || value === null ? value : sdkText(value);
}

function hasText(value) {
  return value === undefined || text(value) === sdkText(value);
}

/** The SDK compares the text of JavaScript: 1 for 1.0, and "a,1" for a list. */
function withSdkTexts(operator, filter, value, context) {
  return matches(operator, asSdkText(filter), value === null ? value : sdkText(value), context);
}

function isTextOperator(operator) {
  return /^(?:not_)?(?:icontains|starts_with|ends_with|regex)$/.test(operator);
}

function compareNumbers(operator, filter, value) {
  const [given, bound] = [value, filter].map(javaScript);
  const [one, other] = [given, bound].map((raw) => typeof raw === 'number' ? raw : parseFloat(String(raw)));
  const numeric = Number.isFinite(one) && Number.isFinite(other);
  const [left, right] = numeric ? [one, other] : [String(given), String(bound)];
  return operator.startsWith('g') ? left > right || operator === 'gte' && left >= right
    : left < right || operator === 'lte' && left <= right;
}

function isDateOperator(operator) {
  return operator === 'is_date_before' || operator === 'is_date_after';
}

/** The SDK parses all notations of JavaScript, in which a number is in milliseconds and a time without a zone is local. */
function compareDates(operator, filter, value, { now }) {
  const given = new Date(javaScript(value));
  const relative = typeof filter === 'string' && /^-?\d+[hdwmy]$/.test(filter) ? parseDate(filter, now) : undefined;
  const date = relative ? Number(relative[0] / 1_000_000n) : new Date(javaScript(filter)).getTime();
  return operator === 'is_date_before' ? given.getTime() < date : given.getTime() > date;
}

/** The SDK reads up to three numbers, and ignores everything else. */
function sdkVersion(value) {
  const core = sdkText(value).trim().replace(/^[vV]/, '').split('-')[0].split('+')[0];
  return core.split('.').slice(0, 3).map((part) => part === '' ? 0 : parseInt(part, 10)).concat(0, 0).slice(0, 3);
}

function compareLists(one, other) {
  const at = one.findIndex((number, i) => number !== other[i]);
  return at < 0 ? 0 : one[at] - other[at];
}

function compareVersions(operator, filter, value) {
  const order = compareLists(sdkVersion(value), sdkVersion(filter));
  return { eq: order === 0, neq: order !== 0, gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator.slice(7)];
}

/** The SDK compares with a lower and an upper bound of three numbers. */
function isInRange(operator, filter, value) {
  const given = sdkVersion(value);
  let low = sdkVersion(filter);
  let fixed = 2;
  if (operator === 'semver_wildcard') {
    const parts = sdkText(filter).trim().replace(/^[vV]/, '').replace(/\.\*$/, '').replace(/\*$/, '').split('.');
    fixed = Math.min(parts.length, 2);
    low = [...parts.slice(0, fixed).map(Number), 0, 0].slice(0, 3);
  } else if (operator === 'semver_caret') {
    fixed = low.findIndex((number) => number > 0) + 1 || 3;
  }
  const high = low.map((number, i) => i < fixed - 1 ? number : i === fixed - 1 ? number + 1 : 0);
  return compareLists(given, low) >= 0 && compareLists(given, high) < 0;
}

function compareAnyVersions(operator, filter, value) {
  return (/(?:tilde|caret|wildcard)$/.test(operator) ? isInRange : compareVersions)(operator, filter, value);
}

function isVersion(value) {
  return parseVersion(text(value)) !== undefined;
}

function hasSuffix(value) {
  return /[-+]/.test(text(value));
}

/**
 * The rules, of which the first that applies is the one that explains a difference:
 *
 * - applies: whether the SDK may deviate, for an operator, the value of the filter and the value of the property
 * - sdk: the result of the SDK
 */
const RULES = [
  {
    name: 'values as text: null is a text for all operators',
    applies: (operator, filter, value) => value === null && /_multi$/.test(operator),
    sdk: () => false
  },
  {
    name: 'values as text: lists and objects are JSON',
    applies: (operator, filter, value) => isTextOperator(operator)
      && [filter, value].some((one) => (Array.isArray(one) || isObject(one)) && !hasText(one)),
    sdk: withSdkTexts
  },
  {
    name: 'values as text: numbers are as in JSON',
    applies: (operator, filter, value) => isTextOperator(operator)
      && [filter, value].some((one) => one instanceof JsonNumber && !hasText(one)),
    sdk: withSdkTexts
  },
  {
    name: 'numbers: the texts inf and nan are numbers',
    applies: (operator, filter, value) => /^[gl]te?$/.test(operator)
      && [filter, value].some((one) => typeof one === 'string' && !Number.isFinite(parseNumber(one) ?? 0)),
    sdk: compareNumbers
  },
  {
    name: 'dates: numbers are seconds',
    applies: (operator, filter, value) => isDateOperator(operator)
      && (value instanceof JsonNumber || typeof value === 'string' && parseNumber(value) !== undefined),
    sdk: compareDates
  },
  {
    name: 'dates: a filter that is not a text does not match',
    applies: (operator, filter) => isDateOperator(operator) && typeof filter !== 'string',
    sdk: compareDates
  },
  {
    name: 'dates: other notations do not match',
    applies: (operator, filter, value, { now }) => isDateOperator(operator)
      && [filter, value].some((one) => typeof one === 'string' && parseDate(one, now) === undefined),
    sdk: compareDates
  },
  {
    name: 'dates: fractions of milliseconds',
    applies: (operator, filter, value) => isDateOperator(operator)
      && [filter, value].some((one) => /\.\d{4}/.test(one)),
    sdk: compareDates
  },
  {
    name: 'versions: a value that is not a version does not match',
    applies: (operator, filter, value) => operator.startsWith('semver_') && !isVersion(value),
    sdk: compareAnyVersions
  },
  {
    name: 'versions: numbers have 64 bits',
    applies: (operator, filter, value) => operator.startsWith('semver_')
      && [filter, value].some((one) => /\d{16}/.test(text(one))),
    sdk: compareAnyVersions
  },
  {
    name: 'versions: pre-releases and build metadata count',
    applies: (operator, filter, value) => /^semver_(?:n?eq|[gl]te?)$/.test(operator) && [filter, value].some(hasSuffix),
    sdk: compareVersions
  },
  {
    name: 'version requirements: as in Cargo',
    applies: (operator, filter, value) => /^semver_(?:tilde|caret|wildcard)$/.test(operator)
      && ([filter, value].some(hasSuffix) || operator === 'semver_wildcard'),
    sdk: isInRange
  }
];

/**
 * Returns the rule that explains why the SDK has another result for a filter.
 *
 * @return undefined if there is no such rule, or if the SDK should have another result by it
 */
export function deviatingRule({ operator = 'exact', value: filter }, value, service, sdk, context) {
  if (service instanceof Undecided) {
    return service.rule;
  }
  if (sdk instanceof Undecided) {
    return sdk.rule;
  }
  const rule = RULES.find((one) => one.applies(operator, filter, value, context));
  return rule?.sdk(operator, filter, value, context) === sdk ? rule.name : undefined;
}
