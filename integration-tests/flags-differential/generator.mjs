/** Random flag definitions and persons, in which the values of filters and properties often are similar. */
import { SINGLE } from './flags.mjs';
import { JsonNumber } from './json.mjs';
import { generatePattern } from './regexes.mjs';
import { OPERATOR_NAMES, text } from './service.mjs';

const WORDS = ['', 'a', 'b', 'pro', 'Pro', 'PRO', 'free', 'foo', 'foobar', 'Straße', 'STRASSE', 'İstanbul', 'ı', 'ΟΔΟΣ', 'οδος', 'Äpfel',
  'äpfel', 'user@example.com', 'USER@Example.COM', 'x.com', 'line\nbreak', 'tab\there', '日本', '😀', 'K', 'ſ', 'null', 'NULL', 'a,b', '[1]',
  '{"a":1}', '[object Object]', 'undefined', 'ab', 'aab', 'a b', ' pro', 'pro '];
const BOOLEANS = [true, false, 'true', 'false', 'True', 'FALSE', 'TRUE', 'yes', 'truE'];
const NUMBERS = ['0', '1', '-1', '2', '10', '42', '100', '1.0', '2.0', '10.0', '1.5', '0.1', '-0.0', '0.0003', '0.00003', '3e-6', '1e5', '1e15', '1e16',
  '1e21', '1e22', '123456789012345680000', '9007199254740993', '18446744073709551615', '18446744073709551616', '-9223372036854775808',
  '-9223372036854775809', '1.7976931348623157e308', '5e-324', '0.30000000000000004', '100000.5'].map((number) => new JsonNumber(number));
const NUMERIC_TEXTS = ['0', '1', '-1', '2', '10', '42', '100', '1.0', '1.5', '.5', '5.', '1e5', '1E-2', '+1', 'inf', '-inf', 'Infinity', 'nan', 'NaN', ' 1',
  '1 ', '0x10', '1_000', '1,5', '12abc', '1e', '--1', '١', '1e400', '9007199254740993', '01'];
const VERSIONS = ['1.2.3', 'v1.2.3', 'V1.2.3', 'vv1.2.3', '1.2', '1', '1.2.3.4', '1.2.3-alpha', '1.2.3-alpha.1', '1.2.3-beta.2', '1.2.3-beta.11',
  '1.2.3-rc.1+build.5', '1.2.3+build.1', '1.2.3+build.02', '01.02.03', '3.08', '3.8.0', '1.2.3-01', '1.2.3-', '1.2.3+', ' 1.2.3 ', 'v 1.2.3',
  '1..2', '.1', '1.', '18446744073709551615.0.0', '18446744073709551616.0.0', '1.x', '0.0.3', '0.2.3', '0.0.0', '1.0.0', '2.0.0', '1.10.0', '1.9.0',
  '1.2.3-alpha-1', '1.2.3-0', '1.2.3-a.b.c', '-1.2.3', '1.2.3 beta'];
const WILDCARDS = ['1.*', '1.2.*', '*', '1.x', '1.2.X', '1.*.*', 'x', '1.2.3', '1.2', '1', '0.*', '0.0.*', '*.1', '1.*.3', '1.2.3.*', 'v1.*', '01.02.*', '^1.2', '>=1.2',
  '1.2.3-beta.1', '3.8.*', '3.08.*', ''];
const RELATIVE = ['-0d', '0h', '-1h', '1h', '-6h', '-24h', '-1d', '1d', '-3d', '-7d', '-30d', '30d', '-1w', '-4w', '-1m', '-2m', '-3m', '-13m', '-1y', '-4y', '9999d',
  '-10000d', '10000h', '-007d', '1s', '-1D', '--1d', '-d', '1.5d'];
const DATES = ['2024-03-31', '2024-02-29', '2023-02-29', '2024-03-10 02:30', '2024-03-31 02:30:00', '2024-03-31T01:30', '2024-11-03T01:30:00', '2024-12-31T23:59:59',
  '2024-06-01T12:00:00Z', '2024-06-01T12:00:00+02:00', '2024-06-01 12:00:00-05:00', '2024-06-01t12:00:00z', '2024-06-01T12:00:00.123Z',
  '2024-06-01T12:00:00.123456789Z', '2024-06-01T12:00Z', '2024-06-01T12:00+02:00', '2024-06-01 ', '2024-6-1', '2024/06/01', '06/01/2024', 'June 1, 2024',
  '1 June 2024', '20240601', '2024-06', '2024', '2024-13-01', '2024-06-01T24:00:00', '2024-06-01T12:00:00 UTC', 'tomorrow', '2024-06-01T12:00:00.5',
  '1970-01-01', '1999-12-31'];

const DAY = 86_400_000;
const FAMILIES = ['text', 'boolean', 'number', 'version', 'date', 'list'];
const KEYS = [...FAMILIES, 'any', 'rare'];

function alternateCase(random, value) {
  return random.chance(0.5) ? value.toUpperCase() : value.toLowerCase();
}

/** Generates values, and returns some of them again, so that filters match. */
class Values {
  constructor(random, now) {
    this.random = random;
    this.now = now;
    this.pool = Object.fromEntries(FAMILIES.map((family) => [family, Array.from({ length: 14 }, () => this.fresh(family, 0))]));
  }

  of(family) {
    const { random } = this;
    if (!FAMILIES.includes(family) || random.chance(0.1)) {
      return random.chance(0.12) ? null : this.of(random.of(FAMILIES));
    }
    return random.chance(0.6) ? random.of(this.pool[family]) : this.fresh(family, 0);
  }

  fresh(family, depth) {
    const { random } = this;
    switch (family) {
      case 'text':
        return random.chance(0.8) ? random.of(WORDS) : random.of(WORDS) + random.of(WORDS);
      case 'boolean':
        return random.of(BOOLEANS);
      case 'number':
        return random.chance(0.4) ? random.of(NUMERIC_TEXTS) : this.number();
      case 'version':
        return this.version();
      case 'date':
        return this.date();
      default:
        return this.structure(depth);
    }
  }

  number() {
    const { random } = this;
    switch (random.below(4)) {
      case 0:
        return new JsonNumber(random.between(-5, 15));
      case 1:
        return new JsonNumber(`${random.between(-5, 15)}.${random.of(['0', '5', '25'])}`);
      case 2:
        return new JsonNumber(`${random.between(1, 9)}.${random.below(10 ** 6)}e${random.between(-12, 22)}`);
      default:
        return random.of(NUMBERS);
    }
  }

  version() {
    const { random } = this;
    if (random.chance(0.45)) {
      return random.of(VERSIONS);
    }
    return this.release() + random.of(['', '', '', '', '-alpha', '-rc.1', '-2', '+5']);
  }

  release() {
    return [this.random.below(3), this.random.below(4), this.random.below(4)].join('.');
  }

  date() {
    const { random } = this;
    if (random.chance(0.25)) {
      return random.of(DATES);
    }
    const range = random.of([1, 3, 40, 900]);
    const time = new Date(this.now + Math.floor((random.next() - 0.8) * range * DAY));
    const iso = time.toISOString();
    switch (random.below(8)) {
      case 0:
        return new JsonNumber(Math.floor(time / 1000));
      case 1:
        return `${Math.floor(time / 1000)}`;
      case 2:
        return new JsonNumber(`${Math.floor(time / 1000)}.${random.between(1, 9)}`);
      case 3:
        return iso;
      case 4:
        return `${iso.slice(0, 19)}${random.of(['Z', '+02:00', '-05:00', '+05:30'])}`;
      case 5:
        return iso.slice(0, 10);
      case 6:
        return iso.slice(0, 19);
      default:
        return iso.slice(0, 16).replace('T', ' ');
    }
  }

  structure(depth) {
    const { random } = this;
    const element = () => {
      const kind = random.below(depth < 3 ? 7 : 5);
      return [() => random.of(WORDS), () => this.number(), () => random.of(BOOLEANS), () => null, () => random.of(NUMERIC_TEXTS),
        () => this.structure(depth + 1), () => []][kind]();
    };
    if (random.chance(0.7)) {
      return random.list(3, element);
    }
    return Object.fromEntries(random.list(3, () => [random.of(['a', 'b', 'A', 'ä', '😀', '\uff5e', 'a b', '"']), element()]));
  }
}

/**
 * Generates one set of definitions. Most flags have a single filter. The other flags combine these filters, so that the
 * results of the flags with a single filter show how each filter contributes to the result of the other flags.
 */
class Generator {
  constructor(random, now) {
    this.random = random;
    this.values = new Values(random, now);
    this.flags = [];
    this.filters = { person: [], group: [] };
    this.cohorts = {};
  }

  definitions() {
    const { random } = this;
    this.times(70, () => this.singleFilter('person'));
    this.times(5, () => this.singleFilter('group'));
    for (const id of [1, 2, 3, 4, 5, 6]) {
      this.cohorts[id] = this.cohort(id);
    }
    this.times(5, () => this.add({ filters: { groups: [{ properties: [this.member()] }] } }));
    this.times(4, () => this.add({ filters: { groups: [this.rollout({})], ...this.variants() } }));
    this.add({ filters: { aggregation_group_type_index: 2, groups: [{}] } });
    this.times(10, () => this.complex());
    return {
      flags: this.flags,
      group_type_mapping: { 0: 'company', 1: 'project' },
      cohorts: this.cohorts,
      property_matching_version: random.of([1, 2, 2, 3, undefined])
    };
  }

  times(count, action) {
    for (let i = 0; i < count; i++) {
      action();
    }
  }

  add(flag) {
    const number = this.flags.length + 1;
    this.flags.push({ id: number, key: `flag-${number}-${this.random.below(1e6)}`, active: true, ...flag });
    return this.flags.at(-1).key;
  }

  /** Adds a filter, and a flag with only this filter for persons, or for each group type. */
  singleFilter(type) {
    const filter = this.property(type);
    this.filters[type].push(filter);
    filter[SINGLE] = new Map();
    for (const index of type === 'person' ? [null] : [0, 1]) {
      const key = this.add({ filters: { aggregation_group_type_index: index ?? undefined, groups: [{ properties: [filter] }] } });
      filter[SINGLE].set(index, key);
    }
  }

  complex() {
    const { random } = this;
    const isGroupFlag = random.chance(0.15);
    const isMixedFlag = !isGroupFlag && random.chance(0.2);
    const variants = random.chance(0.6) ? this.variants() : {};
    const keys = (variants.multivariate?.variants ?? []).map((variant) => variant.key);
    const condition = () => {
      const isMixed = isMixedFlag && random.chance(0.4);
      const type = isGroupFlag || isMixed ? 'group' : 'person';
      const properties = random.list(3, () => {
        const other = type === 'group' ? 1 : random.next();
        return other < 0.15 ? this.member() : other < 0.35 ? this.dependency() : random.of(this.filters[type]);
      });
      if (isGroupFlag && random.chance(0.1)) {
        return this.rollout({ aggregation_group_type_index: null });
      }
      return this.rollout({
        properties,
        aggregation_group_type_index: isMixed ? random.of([0, 0, 1, 7]) : undefined,
        variant: keys.length > 0 && random.chance(0.4) ? random.of([...keys, ...keys, 'unknown']) : undefined
      });
    };
    this.add({
      active: random.chance(0.97),
      ensure_experience_continuity: random.chance(0.02) || undefined,
      bucketing_identifier: !isGroupFlag && random.chance(0.1) ? 'device_id' : undefined,
      filters: {
        groups: [condition(), ...random.list(3, condition)],
        aggregation_group_type_index: isGroupFlag ? random.of([0, 1]) : undefined,
        early_exit: random.of([undefined, undefined, true, false]),
        holdout: random.chance(0.08) ? { id: 5, exclusion_percentage: random.of([10, 50, 100]) } : undefined,
        feature_enrollment: random.chance(0.04) || undefined,
        super_groups: random.chance(0.02) ? [{ properties: [] }] : undefined,
        ...variants
      }
    });
  }

  rollout(condition) {
    const percentage = this.random.of([undefined, null, 100, 0, 50, 12.5, 0.1, 99.9, 33]);
    return { ...condition, rollout_percentage: percentage };
  }

  variants() {
    const { random } = this;
    const keys = ['control', 'test', random.chance(0.15) ? '' : 'other'];
    const shares = random.of([[50, 50], [33.3, 33.3, 33.4], [10, 20, 30], [0, 100], [100], []]);
    return { multivariate: { variants: shares.map((share, i) => ({ key: keys[i], rollout_percentage: share })) } };
  }

  member() {
    const { random } = this;
    const id = random.of(['1', '2', '3', '4', '5', '6', '99']);
    return { key: 'id', type: 'cohort', operator: random.of(['in', 'in', 'in', 'not_in', undefined, 'exact', 'is_not']),
      value: random.chance(0.7) ? new JsonNumber(id) : id };
  }

  /** Generates a cohort, which can refer to cohorts with lower IDs. */
  cohort(id) {
    return this.random.chance(0.04) ? {} : this.group(id, 2);
  }

  group(id, depth) {
    const { random } = this;
    const isNested = depth > 0 && random.chance(0.5);
    const leaf = () => ({
      ...(id > 1 && random.chance(0.15) ? this.lowerMember(id) : random.of(this.filters.person)), negation: random.chance(0.2)
    });
    return { type: random.of(['AND', 'OR']), values: random.list(3, () => isNested ? this.group(id, depth - 1) : leaf()) };
  }

  lowerMember(id) {
    return { key: 'id', type: 'cohort', operator: this.random.of(['in', 'not_in']), value: new JsonNumber(this.random.between(1, id - 1)) };
  }

  dependency() {
    const { random } = this;
    const { key } = random.of(this.flags);
    const chain = [...this.dependencies(key), key];
    const filter = { key, type: 'flag', operator: 'flag_evaluates_to', value: random.of([true, true, false, 'control', 'test', '', new JsonNumber(1)]),
      dependency_chain: chain };
    switch (random.below(25)) {
      case 0:
        return { ...filter, dependency_chain: undefined };
      case 1:
        return { ...filter, dependency_chain: [] };
      case 2:
        return { ...filter, key: 'unknown', dependency_chain: ['unknown'] };
      case 3:
        return { ...filter, operator: 'exact' };
      default:
        return filter;
    }
  }

  /** Returns the flags on which a flag depends, in the order in which they can be evaluated. */
  dependencies(key) {
    const flag = this.flags.find((one) => one.key === key);
    const keys = (flag?.filters.groups ?? []).flatMap((group) => group.properties ?? [])
      .filter((filter) => filter.type === 'flag').map((filter) => filter.key);
    return [...new Set(keys.flatMap((one) => [...this.dependencies(one), one]))];
  }

  property(type) {
    const { random } = this;
    const operator = random.chance(0.01) ? 'some_future_operator' : random.chance(0.02) ? undefined : random.of(OPERATOR_NAMES);
    const family = this.family(operator ?? 'exact');
    const key = random.chance(0.8) && KEYS.includes(family) ? family : random.of([...KEYS, 'any', 'distinct_id']);
    const value = random.chance(0.06) ? this.values.of('any') : this.filterValue(operator ?? 'exact', family);
    return { key: type === 'group' && key === 'distinct_id' ? '$group_key' : key, type, operator, value };
  }

  family(operator) {
    const { random } = this;
    if (operator.startsWith('semver')) {
      return 'version';
    }
    if (operator.startsWith('is_date')) {
      return 'date';
    }
    if (/^[gl]te?$|between/.test(operator)) {
      return 'number';
    }
    return operator === 'exact' || operator === 'is_not' ? random.of(['text', 'boolean', 'boolean', 'number', 'list', 'any'])
      : random.of(['text', 'text', 'text', 'number', 'list', 'any']);
  }

  filterValue(operator, family) {
    const { random, values } = this;
    switch (operator) {
      case 'exact':
      case 'is_not':
        return this.equal(family);
      case 'icontains_multi':
      case 'not_icontains_multi':
        return random.chance(0.8) ? random.list(3, () => this.part(family)) : this.part(family);
      case 'regex':
      case 'not_regex':
        return generatePattern(random, () => text(this.part(family)));
      case 'between':
      case 'not_between':
        return this.range();
      case 'is_date_before':
      case 'is_date_after':
      case 'is_date_exact':
        return random.chance(0.5) ? random.of(RELATIVE) : values.of('date');
      case 'semver_wildcard':
        return random.of(WILDCARDS);
      case 'is_set':
      case 'is_not_set':
        return random.of([undefined, null, 'is_set', true]);
      default:
        return family === 'number' ? random.of([values.number(), values.of(family)])
          : family === 'version' ? random.of([values.version(), values.release(), values.of(family)]) : this.part(family);
    }
  }

  equal(family) {
    const { random, values } = this;
    const one = () => {
      const value = values.of(family);
      return typeof value === 'string' && random.chance(0.3) ? alternateCase(random, value)
        : value instanceof JsonNumber && random.chance(0.3) ? text(value) : value;
    };
    return random.chance(0.35) ? random.list(3, one) : one();
  }

  /** Returns a value, or a part of its text. */
  part(family) {
    const { random, values } = this;
    const value = values.of(family);
    const whole = [...text(value)];
    const start = random.of([0, 0, random.below(whole.length + 1)]);
    const end = random.chance(0.4) ? whole.length : start + random.below(4);
    const part = whole.slice(start, end).join('');
    return random.chance(0.15) ? value : random.chance(0.3) ? alternateCase(random, part) : part;
  }

  range() {
    const { random, values } = this;
    const bounds = [0, 1].map(() => random.of([values.number(), values.number(), values.of('number')]));
    const sorted = bounds.sort((one, other) => Number(text(one)) - Number(text(other)));
    return random.chance(0.9) ? sorted : random.of([bounds.reverse(), [bounds[0]], bounds[0], [], [...bounds, bounds[0]]]);
  }

  person(number) {
    const { random } = this;
    const deviceId = random.chance(0.5) ? `device-${random.below(1000)}` : undefined;
    const person = {
      distinctId: random.chance(0.95) ? `person-${number}-${random.below(1e6)}` : random.of(['Ä-1', '日本', 'a b']),
      deviceId,
      groups: {},
      personProperties: { ...this.properties(), ...(deviceId && { $device_id: deviceId }) },
      groupProperties: {}
    };
    for (const flag of this.flags) {
      if (flag.filters.feature_enrollment && random.chance(0.7)) {
        person.personProperties[`$feature_enrollment/${flag.key}`] = random.of([true, false, 'true', 'false', null]);
      }
    }
    for (const type of ['company', 'project']) {
      if (random.chance(0.85)) {
        person.groups[type] = `${type}-${random.below(100)}`;
        if (random.chance(0.8)) {
          person.groupProperties[type] = this.properties();
        }
      }
    }
    return person;
  }

  properties() {
    const { random, values } = this;
    const properties = {};
    for (const key of KEYS) {
      if (key !== 'rare' && random.chance(0.96) || random.chance(0.3)) {
        properties[key] = values.of(key);
      }
    }
    return properties;
  }
}

/**
 * Generates definitions and persons.
 *
 * @param now the time of the evaluation in milliseconds
 * @param count the number of persons
 */
export function generate(random, now, count) {
  const generator = new Generator(random, now);
  const definitions = generator.definitions();
  return { definitions, persons: Array.from({ length: count }, (_, i) => generator.person(i)) };
}
