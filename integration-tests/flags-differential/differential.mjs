/** Compares local evaluation with posthog-node and with the rules of PostHog's service, on random flags and persons. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { mock } from 'node:test';
import { parseArgs } from 'node:util';
import { PostHog } from 'posthog-node';
import { Evaluation } from './flags.mjs';
import { generate } from './generator.mjs';
import { write } from './json.mjs';
import { Random } from './random.mjs';
import { Report } from './report.mjs';

const PERSONS = 60;
/** Times at which dates depend on time zones, on the lengths of months, and on nothing. */
const TIMES = ['2024-03-31T10:00:00Z', '2024-02-29T00:30:00Z', '2024-11-03T06:15:00Z', '2025-05-31T23:59:59Z', '2025-08-15T12:00:00Z',
  '2026-01-01T00:00:00Z', '2026-07-31T13:37:42.123Z'];

const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '720000' }, evaluator: { type: 'string' } }
});
const [seed, cases] = [Number(options.seed), Number(options.cases)];

/** A child process that evaluates flags. It reads pairs of lines, and writes a line for each pair. */
function startEvaluator(command) {
  const child = spawn('bash', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async evaluate(definitions, persons, now) {
      child.stdin.write(`${definitions}\n${write({ now, persons })}\n`);
      const { value, done } = await lines.next();
      if (done) {
        throw new Error('The evaluator has stopped');
      }
      return JSON.parse(value);
    },
    stop: () => child.stdin.end()
  };
}

/** posthog-node with the definitions of a local server, without any other requests. */
async function startSdk() {
  let definitions;
  const server = createServer((request, response) => response.setHeader('Content-Type', 'application/json').end(definitions));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new PostHog('phc_differential', {
    host: `http://127.0.0.1:${server.address().port}`, secretKey: 'phs_differential', featureFlagsPollingInterval: null
  });
  // An exception of a flag leaves the flag without a value
  client.on('error', () => {});
  console.warn = () => {};
  return {
    async evaluate(json, persons) {
      definitions = json;
      await client.reloadFeatureFlags();
      const results = [];
      for (const { distinctId, groups, personProperties, groupProperties } of persons) {
        results.push(await client.getAllFlags(distinctId, { groups, personProperties, groupProperties, onlyEvaluateLocally: true }));
      }
      return results;
    },
    async stop() {
      await client.shutdown();
      server.close();
    }
  };
}

const evaluator = startEvaluator(options.evaluator);
const sdk = await startSdk();
const report = new Report();
const start = process.hrtime.bigint();
mock.timers.enable({ apis: ['Date'] });
for (let number = 0; report.cases < cases; number++) {
  const random = new Random(seed * 1_000_003 + number);
  const now = Date.parse(TIMES[number % TIMES.length]);
  mock.timers.setTime(now);
  const { definitions, persons } = generate(random, now, PERSONS);
  const json = write(definitions);
  const [local, remote] = await Promise.all([evaluator.evaluate(json, persons, now), sdk.evaluate(json, JSON.parse(write(persons)))]);
  persons.forEach((person, i) => {
    const batch = { definitions, now: BigInt(now) * 1_000_000n, broken: new Map(), service: {} };
    const evaluation = new Evaluation(batch, person);
    for (const flag of definitions.flags) {
      batch.service[flag.key] = evaluation.result(flag.key);
      report.add({ evaluation, flag, local: local[i][flag.key], results: remote[i], number });
    }
  });
}
evaluator.stop();
await sdk.stop();
report.print({ seed, seconds: Number((process.hrtime.bigint() - start) / 1_000_000_000n) });
process.exit(report.failures.length > 0 ? 1 : 0);
