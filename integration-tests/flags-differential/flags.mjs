/** Flags as PostHog's service evaluates them, and, for the rules that the SDK does not follow, as the SDK does. */
import { createHash } from 'node:crypto';
import { matches, text, Undecided } from './service.mjs';
import { deviatingRule } from './sdk.mjs';

/** In a filter, the keys of the flags with only this filter, by the index of the group type; null for persons. */
export const SINGLE = Symbol('single');

const SCALE = 0xfffffffffffffff;

const PROPERTY_MISSING = new Undecided('input: the property is not given');
const GROUP_MISSING = new Undecided('input: the group is not given');
const GROUP_PROPERTIES_MISSING = new Undecided('input: the properties of the group are not given');
const DEVICE_MISSING = new Undecided('input: the device ID is not given');
const ENROLLMENT_MISSING = new Undecided('input: the enrollment is not given');
const GROUP_UNKNOWN = new Undecided('definition: the group type is unknown');
const CONTINUITY = new Undecided('definition: experience continuity');
const SUPER_GROUPS = new Undecided('definition: super groups');
const COHORT_UNKNOWN = new Undecided('definition: only PostHog has the cohort');
const DEPENDENCY_BROKEN = new Undecided('definition: a dependency does not exist or is circular');
const DEPENDENCY_UNDECIDED = new Undecided('definition: a dependency is undecided');

const SDK_UNDECIDED = new Undecided('inconclusive in the SDK');

/** The rules for whole flags that the SDK does not follow. */
const EARLY_ACCESS = 'flags: early access';
const EMPTY_VARIANT = 'flags: a variant with an empty key is the value';
const COHORT_OPERATOR = 'cohorts: operators other than in and not_in do not match';
const PERSON_CONDITION = 'flags: a condition for persons in a group flag';
const GROUP_TYPE_REQUIRED = 'flags: a condition for an unknown group type is undecided';
const GROUP_PROPERTIES_REQUIRED = 'flags: a condition for a group without properties is undecided';
const GROUP_REQUIRED = 'flags: a group flag without the group is undecided';
const DEPENDENCY_DIFFERS = 'dependencies: the result of the dependency is another one';
const DEPENDENCY_CHAIN = 'dependencies: only the flag itself counts';
const DEPENDENCY_OPERATOR = 'dependencies: operators other than flag_evaluates_to do not match';

export function hash(prefix, id, salt = '') {
  return parseInt(createHash('sha1').update(prefix + id + salt).digest('hex').slice(0, 15), 16) / SCALE;
}

function negate(result) {
  return typeof result === 'boolean' ? !result : result;
}

/** Combines three-valued results. A decisive result overrides undecided ones. */
function combine(results, isAll) {
  let combined = isAll;
  for (const result of results) {
    if (result === !isAll) {
      return result;
    }
    combined = result === isAll ? combined : result;
  }
  return combined;
}

/**
 * Evaluates the flags of one set of definitions for one person.
 *
 * With the results of the SDK, the flags are evaluated as the SDK does: the results of filters and dependencies are those of
 * the flags with a single filter, and undecided conditions are skipped.
 */
export class Evaluation {
  /**
   * @param batch the definitions, and the time in nanoseconds since 1970
   * @param sdk the results of the SDK by flag; undefined to follow the service
   * @param isDeviation the rules for which the SDK is followed
   */
  constructor(batch, person, sdk, isDeviation = () => true) {
    const { definitions, now } = batch;
    this.batch = batch;
    this.definitions = definitions;
    this.person = person;
    this.context = { version: definitions.property_matching_version === 2 ? 2 : 1, now };
    this.sdk = sdk;
    this.isDeviation = isDeviation;
    this.byKey = new Map(definitions.flags.map((flag) => [flag.key, flag]));
    this.results = new Map();
    this.personProperties = { distinct_id: person.distinctId, ...person.personProperties };
    /** The rules for which the service and the SDK have different results. */
    this.deviating = new Set();
  }

  /** @return true, false, a variant or an {@link Undecided} */
  result(key) {
    if (!this.results.has(key)) {
      this.results.set(key, DEPENDENCY_BROKEN);
      this.results.set(key, this.evaluate(this.byKey.get(key)));
    }
    return this.results.get(key);
  }

  /** Returns the result of the SDK if it is followed for a rule. */
  choose(rule, service, sdk) {
    if (!this.sdk || service === sdk) {
      return service;
    }
    this.deviating.add(rule);
    return this.isDeviation(rule) ? sdk : service;
  }

  evaluate(flag) {
    const { filters } = flag;
    if (!flag.active) {
      return false;
    }
    if (flag.ensure_experience_continuity) {
      return CONTINUITY;
    }
    if (!filters.feature_enrollment && filters.super_groups?.length) {
      return SUPER_GROUPS;
    }
    if (this.isBroken(flag, new Set())) {
      return DEPENDENCY_BROKEN;
    }
    if (filters.feature_enrollment && this.choose(EARLY_ACCESS, true, false)) {
      const value = this.person.personProperties[`$feature_enrollment/${flag.key}`];
      return value === undefined ? ENROLLMENT_MISSING : value === true || value === 'true';
    }
    const subject = this.subject(filters.aggregation_group_type_index, flag);
    const isMixed = filters.groups.some((condition) => this.isMixed(flag, condition));
    if (subject.missing === GROUP_MISSING && !this.choose(GROUP_REQUIRED, true, false)) {
      return false;
    }
    if (subject.missing && !isMixed && subject.missing !== DEVICE_MISSING) {
      return subject.missing;
    }
    const id = subject.missing === DEVICE_MISSING ? this.person.distinctId : subject.id;
    if (filters.holdout && id === undefined) {
      return subject.missing;
    }
    return this.holdout(filters.holdout, id) ?? this.conditions(flag, subject);
  }

  /** Returns whether the flag depends, directly or not, on a flag that does not exist or on itself. */
  isBroken(flag, path) {
    const { broken } = this.batch;
    if (flag && !broken.has(flag)) {
      broken.set(flag, this.findBroken(flag, path));
    }
    return !flag || path.has(flag.key) || broken.get(flag);
  }

  findBroken(flag, path) {
    path.add(flag.key);
    const keys = flag.active ? flag.filters.groups.flatMap((group) => group.properties ?? [])
      .filter((filter) => filter.type === 'flag' && typeof filter.key === 'string').map((filter) => filter.key) : [];
    const broken = keys.some((key) => this.isBroken(this.byKey.get(key), path));
    path.delete(flag.key);
    return broken;
  }

  isMixed(flag, condition) {
    const index = condition.aggregation_group_type_index;
    return index !== undefined && index !== (flag.filters.aggregation_group_type_index ?? null);
  }

  /** Returns the ID that is hashed, or why it is missing, and the properties to which filters refer. */
  subject(groupIndex, flag) {
    const { person } = this;
    if (groupIndex === undefined || groupIndex === null) {
      const id = flag.bucketing_identifier === 'device_id' ? person.deviceId : person.distinctId;
      return { id, missing: id === undefined ? DEVICE_MISSING : undefined, properties: this.personProperties };
    }
    const name = this.definitions.group_type_mapping[groupIndex];
    const id = name === undefined ? undefined : person.groups[name];
    const missing = name === undefined ? GROUP_UNKNOWN : id === undefined ? GROUP_MISSING : undefined;
    return { id, missing, group: name, properties: { $group_key: id, ...person.groupProperties[name] } };
  }

  holdout(holdout, id) {
    return holdout && hash('holdout-', id) <= holdout.exclusion_percentage / 100 ? `holdout-${holdout.id}` : undefined;
  }

  conditions(flag, subject) {
    const possible = new Set();
    let undecided;
    for (const condition of flag.filters.groups) {
      const { outcome, isIncluded, isRolloutUnknown, value } = this.condition(flag, condition, subject);
      if (outcome === true && isIncluded) {
        return this.decided(possible.add(value), undecided, value);
      }
      if (outcome === true && flag.filters.early_exit) {
        return this.decided(possible.add(false), undecided, undecided ?? false);
      }
      if (outcome instanceof Undecided) {
        undecided ??= outcome;
        if (isIncluded) {
          possible.add(value ?? outcome);
        }
        if (flag.filters.early_exit && (!isIncluded || isRolloutUnknown)) {
          possible.add(false);
        }
      }
    }
    return this.decided(possible.add(false), undecided, undecided ?? false);
  }

  /**
   * Returns the result if all possible results are the same. The SDK skips undecided conditions.
   *
   * @param sdk the result of the SDK
   */
  decided(possible, undecided, sdk) {
    if (this.sdk) {
      return sdk;
    }
    const [only, ...others] = possible;
    return others.length === 0 ? only : undecided;
  }

  condition(flag, condition, flagSubject) {
    const rollout = condition.rollout_percentage ?? 100;
    const isMixed = this.isMixed(flag, condition);
    let subject = isMixed ? this.subject(condition.aggregation_group_type_index, flag) : flagSubject;
    if (isMixed && condition.aggregation_group_type_index === null) {
      subject = this.choose(PERSON_CONDITION, subject, flagSubject);
    }
    const isSkipped = subject.missing === GROUP_MISSING
      || subject.missing === GROUP_UNKNOWN && !this.choose(GROUP_TYPE_REQUIRED, true, false);
    if (isMixed && isSkipped) {
      return { outcome: false };
    }
    if (subject.missing) {
      return { outcome: subject.missing, isIncluded: true, isRolloutUnknown: rollout < 100,
        value: this.valueWithoutId(flag, condition) };
    }
    const index = condition.aggregation_group_type_index ?? flag.filters.aggregation_group_type_index ?? null;
    const isUnknown = isMixed && subject.group && !this.person.groupProperties[subject.group]
      && this.choose(GROUP_PROPERTIES_REQUIRED, true, false);
    const outcome = isUnknown ? GROUP_PROPERTIES_MISSING
      : combine((condition.properties ?? []).map((filter) => this.filter(filter, subject.properties, index)), true);
    if (outcome === false) {
      return { outcome };
    }
    return {
      outcome,
      isIncluded: rollout >= 100 || hash(`${flag.key}.`, subject.id) <= rollout / 100,
      value: this.value(flag, condition, subject.id)
    };
  }

  /** Returns undefined if the ID determines the value. */
  valueWithoutId(flag, condition) {
    const keys = (flag.filters.multivariate?.variants ?? []).map((variant) => variant.key);
    return keys.length === 0 ? true : keys.find((key) => key === condition.variant);
  }

  value(flag, condition, id) {
    const variants = flag.filters.multivariate?.variants ?? [];
    const hashed = () => {
      const at = hash(`${flag.key}.`, id, 'variant');
      let end = 0;
      return variants.find((variant) => at < (end += variant.rollout_percentage / 100))?.key;
    };
    const isOverride = variants.some((variant) => variant.key === condition.variant);
    const service = (isOverride ? condition.variant : hashed()) ?? true;
    const sdk = (isOverride && condition.variant || hashed()) || true;
    return this.choose(EMPTY_VARIANT, service, sdk);
  }

  filter(filter, properties, groupIndex) {
    if (filter.type === 'cohort') {
      return this.cohortFilter(filter);
    }
    if (filter.type === 'flag') {
      return this.flagFilter(filter);
    }
    const isMissing = !Object.hasOwn(properties, filter.key);
    const value = properties[filter.key];
    const service = isMissing ? PROPERTY_MISSING : matches(filter.operator, filter.value, value, this.context);
    if (!this.sdk) {
      return service;
    }
    const sdk = this.sdk[filter[SINGLE].get(groupIndex)] ?? SDK_UNDECIDED;
    const isSame = service === sdk || service instanceof Undecided && sdk === SDK_UNDECIDED;
    return isSame ? service : this.choose(deviatingRule(filter, value, service, sdk, this.context), service, sdk);
  }

  cohortFilter(filter) {
    const member = this.cohort(text(filter.value), new Set());
    const operator = filter.operator ?? 'in';
    if (operator === 'in' || operator === 'not_in' || member === COHORT_UNKNOWN) {
      return operator === 'not_in' ? negate(member) : member;
    }
    return this.choose(COHORT_OPERATOR, false, member);
  }

  cohort(id, path) {
    const definition = this.definitions.cohorts[id];
    return definition && !path.has(id) ? this.group(definition, new Set(path).add(id)) : COHORT_UNKNOWN;
  }

  group(group, path) {
    if (Object.keys(group).length === 0) {
      return true;
    }
    const results = group.values.map((entry) => this.entry(entry, path));
    return results.find((result) => result === COHORT_UNKNOWN) ?? combine(results, group.type === 'AND');
  }

  entry(entry, path) {
    if (entry.values || Object.keys(entry).length === 0) {
      return this.group(entry, path);
    }
    const result = entry.type === 'cohort' ? this.nested(entry, path) : this.filter(entry, this.personProperties, null);
    return entry.negation ? negate(result) : result;
  }

  nested(entry, path) {
    const member = this.cohort(text(entry.value), path);
    return entry.operator === 'not_in' ? negate(member) : member;
  }

  flagFilter(filter) {
    const service = this.dependency(filter);
    return filter.operator === 'flag_evaluates_to' ? service : this.choose(DEPENDENCY_OPERATOR, false, service);
  }

  dependency(filter) {
    const chain = filter.dependency_chain ?? [];
    if (chain.length === 0 || !chain.includes(filter.key) || chain.some((key) => !this.byKey.has(key))) {
      return DEPENDENCY_BROKEN;
    }
    let result = this.batch.service[filter.key];
    if (this.sdk) {
      const isChainDecided = chain.every((key) => this.sdk[key] !== undefined);
      result = this.choose(DEPENDENCY_DIFFERS, result, this.sdk[filter.key] ?? result);
      result = this.choose(DEPENDENCY_CHAIN, result, isChainDecided ? result : SDK_UNDECIDED);
    }
    if (result instanceof Undecided) {
      return DEPENDENCY_UNDECIDED;
    }
    return typeof filter.value === 'boolean' ? filter.value === (result !== false) : result === filter.value;
  }
}
