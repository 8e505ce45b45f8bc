/** Regular expressions with equivalents in JavaScript, because its engine differs from the one of PostHog's service. */

const models = new Map();

/** Equivalents of classes, which include the characters of all scripts in PostHog's service. */
const CLASSES = {
  '.': '[^\\n]',
  '\\d': '\\p{Nd}',
  '\\D': '\\P{Nd}',
  '\\w': '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]',
  '\\W': '[^\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]',
  '\\s': '\\p{White_Space}',
  '\\S': '\\P{White_Space}'
};

/** Expressions that are valid in PostHog's service, with their equivalents. */
const FIXED = [
  ['a(?=b)', 'a(?=b)'], ['(?<=a)b', '(?<=a)b'], ['(a)\\1', '(a)\\1'], ['(?i)pro', '[pP][rR][oO]'],
  ['(?P<name>[a-z]+)@', '(?<name>[a-z]+)@'], ['^$', '^$'], ['', ''], ['.*', '[^\\n]*'], ['[[:alpha:]]', '[A-Za-z]'],
  ['(?x) p r o', 'pro'], ['\\Apro\\z', '^pro$'], ['[^a-z]', '[^a-z]'], ['a{2,3}', 'a{2,3}'], ['\\.com$', '\\.com$'],
  ['^[^@]+@example\\.com$', '^[^@]+@example\\.com$'], ['(foo|bar)+', '(?:foo|bar)+']
];
const INVALID = ['[', '(', ')', '?*', '*a', '(?<', 'a{3,2}', '\\', '(?z)a', '[z-a]', '+1'];

for (const [pattern, equivalent] of FIXED) {
  models.set(pattern, new RegExp(equivalent, 'u'));
}
for (const pattern of INVALID) {
  models.set(pattern, 'invalid');
}

function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Generates an expression and remembers its equivalent. */
export function generatePattern(random, literal) {
  if (random.chance(0.15)) {
    return random.of(FIXED)[0];
  }
  if (random.chance(0.05)) {
    return random.of(INVALID);
  }
  const pattern = generate(random, literal, random.below(3));
  const [start, end] = [random.chance(0.3) ? '^' : '', random.chance(0.3) ? '$' : ''];
  const text = start + pattern[0] + end;
  models.set(text, new RegExp(start + pattern[1] + end, 'u'));
  return text;
}

/** Returns an expression and its equivalent, whose groups are the same. */
function generate(random, literal, depth) {
  const parts = Array.from({ length: random.between(1, 2) },
    () => depth > 0 && random.chance(0.4) ? group(random, literal, depth) : leaf(random, literal));
  return [parts.map(([pattern]) => pattern).join(''), parts.map(([, equivalent]) => equivalent).join('')];
}

function group(random, literal, depth) {
  const [[one, equivalent], [other, otherEquivalent]] = [0, 1].map(() => generate(random, literal, depth - 1));
  return random.chance(0.5) ? [`(${one})`, `(${equivalent})`] : [`(?:${one}|${other})`, `(?:${equivalent}|${otherEquivalent})`];
}

/** Only these have a quantifier, because nested quantifiers take exponential time in JavaScript. */
function leaf(random, literal) {
  const name = random.of(Object.keys(CLASSES));
  const set = random.of(['[a-z]', '[^0-9]', '[A-Z0-9_]', '[.@]', '[aeiou]']);
  const word = escape(literal());
  const leaves = random.of([[name, CLASSES[name]], [set, set], [word, word]]);
  const quantifier = leaves[0] !== '' && random.chance(0.3) ? random.of(['*', '+', '?', '{2}', '{1,3}', '*?', '+?']) : '';
  return leaves.map((text) => quantifier && `(?:${text})${quantifier}` || text);
}

/** @return the equivalent in JavaScript, "invalid", or undefined if the meaning in PostHog's service is unknown */
export function modelOf(pattern) {
  const known = models.get(pattern);
  if (known || !/^[\p{L}\p{Nd} .,;:@"_-]*$/u.test(pattern)) {
    return known;
  }
  const model = new RegExp(pattern.replaceAll('.', CLASSES['.']), 'u');
  models.set(pattern, model);
  return model;
}
