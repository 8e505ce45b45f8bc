import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE = 240_000;

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

/** The shop in dev mode, as "./mvnw quarkus:dev" at the root starts it. */
export class Shop {

    static async start() {
        const shop = new Shop();
        shop.url = `http://localhost:${await freePort()}`;
        shop.log = '';
        // A group of processes of its own: Maven starts another one, and both are to end
        shop.process = spawn('./mvnw', ['-B', '-ntp', 'quarkus:dev', '-Ddebug=false',
            `-Dquarkus.http.port=${new URL(shop.url).port}`], { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
        shop.process.stdout.on('data', data => shop.log += data);
        shop.process.stderr.on('data', data => shop.log += data);
        const ended = once(shop.process, 'exit').then(([code]) => {
            throw new Error(`Dev mode ended with ${code}:\n${shop.log.slice(-4000)}`);
        });
        ended.catch(() => {});
        try {
            await Promise.race([shop.#answers(), ended]);
        } catch (failure) {
            await shop.stop();
            throw failure;
        }
        return shop;
    }

    async #answers() {
        const deadline = Date.now() + PATIENCE;
        while (!await fetch(`${this.url}/about`).then(answer => answer.ok, () => false)) {
            if (Date.now() > deadline) {
                throw new Error(`Dev mode does not answer:\n${this.log.slice(-4000)}`);
            }
            await new Promise(resolve => setTimeout(resolve, 250));
        }
    }

    /** Returns the URL of the emulator of an account. */
    emulator(account) {
        return new RegExp(`'${account}' is emulated at (http://localhost:\\d+)`).exec(this.log)[1];
    }

    async buy(customer) {
        const [product] = await (await fetch(`${this.url}/products`)).json();
        const answer = await fetch(`${this.url}/purchases`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ customer, items: [{ product: product.name, quantity: 2 }] })
        });
        if (answer.status !== 201) {
            throw new Error(`The shop answered ${answer.status}: ${await answer.text()}`);
        }
    }

    async stop() {
        if (this.process.exitCode === null) {
            process.kill(-this.process.pid, 'SIGTERM');
            await once(this.process, 'exit');
        }
    }
}
