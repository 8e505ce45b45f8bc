import { Evaluation } from './flags.mjs';
import { write } from './json.mjs';
import { NO_MODEL, Undecided } from './service.mjs';

const MAX_PRINTED = 20;

function increment(counts, name) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function isDecided(result) {
  return typeof result === 'boolean' || typeof result === 'string';
}

/** Reasons without the keys of flags and properties. */
function withoutNames(reason) {
  return reason.replace(/'[^']*'|"[^"]*"/g, '…').replace(/(valid for|compared with|cohort|with the index) \w+/, '$1 …');
}

/** Classifies the cases and counts them. */
export class Report {
  constructor() {
    this.cases = 0;
    this.counts = { agree: 0, explained: 0, sdkInconclusive: 0, inconclusive: 0, unverified: 0 };
    this.explained = new Map();
    this.required = new Map();
    this.avoidable = new Map();
    this.examples = new Map();
    this.failures = [];
  }

  /**
   * @param local the result of local evaluation
   * @param results the results of posthog-node for all flags; undefined for inconclusive flags
   */
  add(one) {
    const { evaluation, flag, local, results } = one;
    const sdk = results[flag.key];
    this.cases++;
    const service = evaluation.batch.service[flag.key];
    if (!isDecided(local)) {
      this.addInconclusive(one, service);
    } else if (service instanceof Undecided && service !== NO_MODEL) {
      this.fail(one, service, 'the rules do not decide');
    } else if (service instanceof Undecided && (sdk === undefined || sdk === local)) {
      this.counts[sdk === undefined ? 'unverified' : 'agree']++;
    } else if (service !== local) {
      this.fail(one, service, 'the rules have another result');
    } else if (sdk === undefined) {
      this.counts.sdkInconclusive++;
    } else if (sdk === local) {
      this.counts.agree++;
    } else {
      this.addDifference(one, service);
    }
  }

  addInconclusive({ flag, local, evaluation }, service) {
    this.counts.inconclusive++;
    const reason = withoutNames(local?.reason ?? 'the flag is missing');
    if (service instanceof Undecided) {
      increment(this.required, `${service.rule} | ${reason}`);
      return;
    }
    increment(this.avoidable, reason);
    if (!this.examples.has(reason)) {
      this.examples.set(reason, this.describe(evaluation, flag));
    }
  }

  /** A difference is explained by a rule if following the SDK in this rule, or in several rules, has the result of the SDK. */
  addDifference(one, service) {
    const { evaluation, flag, results } = one;
    const sdk = results[flag.key];
    const reading = (isDeviation) => {
      const other = new Evaluation(evaluation.batch, evaluation.person, results, isDeviation);
      return { result: other.result(flag.key), deviating: other.deviating };
    };
    const { result, deviating } = reading(() => true);
    if (result !== sdk || deviating.has(undefined)) {
      this.fail(one, service, `the known deviations of the SDK result in ${String(result?.rule ?? result)}`);
      return;
    }
    const single = [...deviating].find((rule) => reading((other) => other === rule).result === sdk);
    this.counts.explained++;
    increment(this.explained, single ?? 'several rules');
  }

  fail(one, service, problem) {
    this.failures.push({ ...one, service, problem });
  }

  describe(evaluation, flag) {
    const { person } = evaluation;
    const keys = new Set(flag.filters.groups.flatMap((group) => (group.properties ?? []).map((filter) => filter.key)));
    const isSimple = !flag.filters.groups.some((group) => group.properties?.some((filter) => /cohort|flag|group/.test(filter.type)));
    const properties = Object.fromEntries(Object.entries(person.personProperties).filter(([key]) => keys.has(key)));
    return `  flag   ${write(flag)}\n  person ${write(isSimple ? { distinctId: person.distinctId, properties } : person)}`
      + `\n  version ${evaluation.context.version}, time ${new Date(Number(evaluation.context.now / 1_000_000n)).toISOString()}`;
  }

  print({ seed, seconds }) {
    const { counts } = this;
    const table = (title, entries) => {
      console.log(`\n${title}`);
      [...entries].sort((one, other) => other[1] - one[1]).forEach(([name, count]) => console.log(`${String(count).padStart(9)}  ${name}`));
    };
    table(`${this.cases} cases with seed ${seed} in ${seconds} seconds`, [
      ['decided by both, same result', counts.agree],
      ['decided by both, difference explained by a rule of the service', counts.explained],
      ['decided locally as by the rules, posthog-node is inconclusive', counts.sdkInconclusive],
      ['decided locally, without a model of the expression, posthog-node is inconclusive', counts.unverified],
      ['inconclusive', counts.inconclusive],
      ['unexplained', this.failures.length]
    ]);
    table('Explained differences', this.explained);
    table('Inconclusive as required: rule | reason', this.required);
    table('Inconclusive although the rules decide', this.avoidable);
    for (const [reason, example] of this.examples) {
      console.log(`- ${reason}\n${example}`);
    }
    for (const { evaluation, flag, local, results, service, problem, number } of this.failures.slice(0, MAX_PRINTED)) {
      console.log(`\nUNEXPLAINED in batch ${number}: ${problem}`);
      console.log(`  local ${write(local)}, posthog-node ${write(results[flag.key])}, service ${String(service?.rule ?? service)}`);
      console.log(this.describe(evaluation, flag));
    }
  }
}
