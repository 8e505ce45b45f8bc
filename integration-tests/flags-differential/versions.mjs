/** Semantic versions as PostHog's service reads them. */

const MAX_NUMBER = 2n ** 64n - 1n;
const IDENTIFIERS = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/;

function withoutPrefix(text) {
  return text.replace(/^v/, '').trim();
}

function splitSuffix(text) {
  const at = text.search(/[-+]/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

function parseNumber(text) {
  if (!/^\d+$/.test(text)) {
    return undefined;
  }
  const number = BigInt(text);
  return number > MAX_NUMBER ? undefined : number;
}

/** Returns the pre-release and the build metadata; undefined if the text is not a suffix of a version. */
function parseSuffix(suffix) {
  const plus = suffix.indexOf('+');
  const pre = (plus < 0 ? suffix : suffix.slice(0, plus)).replace(/^-/, '');
  const build = plus < 0 ? '' : suffix.slice(plus + 1);
  const hasPre = suffix.startsWith('-');
  const validPre = !hasPre || IDENTIFIERS.test(pre) && !pre.split('.').some((part) => /^0\d+$/.test(part));
  return validPre && (plus < 0 || IDENTIFIERS.test(build)) ? { pre, build } : undefined;
}

/** Returns undefined for a text that is not a version. */
export function parseVersion(text) {
  const [core, suffix] = splitSuffix(withoutPrefix(text));
  const parts = core.split('.').map(parseNumber);
  const rest = parseSuffix(suffix);
  if (parts.length > 3 || parts.includes(undefined) || !rest) {
    return undefined;
  }
  return { numbers: [...parts, 0n, 0n].slice(0, 3), ...rest };
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareIdentifiers(one, other) {
  const numeric = /^\d*$/.test(one);
  if (numeric !== /^\d*$/.test(other)) {
    return numeric ? -1 : 1;
  }
  if (!numeric) {
    return compare(one, other);
  }
  return compare(BigInt(one || 0), BigInt(other || 0)) || compare(one.length, other.length);
}

function compareLists(one, other) {
  const parts = one.split('.');
  const others = other.split('.');
  for (let i = 0; i < Math.min(parts.length, others.length); i++) {
    const result = compareIdentifiers(parts[i], others[i]);
    if (result !== 0) {
      return result;
    }
  }
  return compare(parts.length, others.length);
}

/** A release is greater than its pre-releases. */
function comparePre(one, other) {
  return one === '' || other === '' ? compare(one === '', other === '') : compareLists(one, other);
}

export function compareVersions(one, other) {
  for (let i = 0; i < 3; i++) {
    const result = compare(one.numbers[i], other.numbers[i]);
    if (result !== 0) {
      return result;
    }
  }
  return comparePre(one.pre, other.pre) || (one.build === other.build ? 0 : compareLists(one.build, other.build));
}

/**
 * Parses one requirement in the syntax of Cargo.
 *
 * @param operator ~, ^ or an empty text
 * @return undefined for other texts, and for requirements with their own operators
 */
export function parseRequirement(operator, filter) {
  let text = withoutPrefix(filter);
  if (operator === '' && /^[*xX]$/.test(text)) {
    return { operator: '*' };
  }
  const [core, suffix] = splitSuffix(text);
  const parts = core.split('.');
  while (operator !== '' && parts.length < 3) {
    parts.push('0');
  }
  if (parts.length > 3) {
    return undefined;
  }
  const wildcard = parts.findIndex((part) => /^[*xX]$/.test(part));
  const given = wildcard < 0 ? parts : parts.slice(0, wildcard);
  if (wildcard === 0 || wildcard > 0 && !parts.slice(wildcard).every((part) => /^[*xX]$/.test(part))) {
    return undefined;
  }
  const numbers = given.map(parseNumber);
  const rest = parseSuffix(suffix);
  if (numbers.includes(undefined) || !rest || suffix !== '' && numbers.length < 3) {
    return undefined;
  }
  return { operator: operator || (wildcard < 0 ? '^' : '='), numbers, pre: rest.pre };
}

/** Returns whether a version fulfills a requirement. */
export function fulfills(version, requirement) {
  const { operator, numbers = [], pre = '' } = requirement;
  const isSame = (count) => numbers.slice(0, count).every((number, i) => version.numbers[i] === number);
  if (version.pre !== '' && !(pre !== '' && isSame(3))) {
    return false;
  }
  const isAtLeast = () => {
    for (let i = 0; i < numbers.length; i++) {
      if (version.numbers[i] !== numbers[i]) {
        return version.numbers[i] > numbers[i];
      }
    }
    return numbers.length < 3 || comparePre(version.pre, pre) >= 0;
  };
  switch (operator) {
    case '*':
      return true;
    case '=':
      return isSame(3) && comparePre(version.pre, pre) === 0;
    case '~':
      return isSame(2) && isAtLeast();
    default: {
      const first = numbers.findIndex((number) => number !== 0n);
      return isSame(first < 0 ? 3 : first + 1) && isAtLeast();
    }
  }
}
