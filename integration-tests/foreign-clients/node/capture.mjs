// Captures events with PostHog's own SDK for Node: HOST and KEY say where.
import { PostHog } from 'posthog-node';

const { HOST: host, KEY: key = 'phc_emulator' } = process.env;
if (!host) {
  console.error('Set HOST to the address of the emulator, as the log of the shop tells it');
  process.exit(1);
}

const posthog = new PostHog(key, { host });
for (let number = 1; number <= 3; number++) {
  posthog.capture({ distinctId: 'node-sdk', event: 'captured with node', properties: { number } });
}
await posthog.shutdown();
console.log(`3 events captured at ${host}`);
