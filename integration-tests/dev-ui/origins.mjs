import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';
import { once } from 'node:events';
import { after, before, it } from 'node:test';

/** A name that the browser resolves to this machine, as a malicious web site can have it. */
const FOREIGN = 'evil.test';
export const BROWSER_ARGUMENT = `--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`;

const EVENT = JSON.stringify({ api_key: 'phc_emulator', event: 'from a page', distinct_id: 'page' });
const FLAGS = JSON.stringify({ token: 'phc_emulator', distinct_id: 'page' });
const TEXT = { 'Content-Type': 'text/plain' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const KEY = { Authorization: 'Bearer phx_emulator' };

const OPEN_PATHS = ['/batch/', '/capture/', '/e/', '/track/', '/engage/', '/i/v0/e/'];
const INGESTION = OPEN_PATHS.flatMap(path => [TEXT, JSON_TYPE].map(headers => ({ method: 'POST', path, headers, body: EVENT })));
const EVALUATION = ['/flags/?v=2', '/decide/?v=4'].flatMap(path =>
    [TEXT, JSON_TYPE].map(headers => ({ method: 'POST', path, headers, body: FLAGS })));
const CLOSED = [
    ...['', '/', '/requests', '/events', '/persons', '/groups', '/settings', '/flags', '/faults']
        .map(path => ({ method: 'GET', path: `/_emulator${path}` })),
    ...['/reset', '/seed', '/undo'].flatMap(path => [
        { method: 'POST', path: `/_emulator${path}` }, { method: 'POST', path: `/_emulator${path}`, headers: TEXT, body: '{}' }]),
    { method: 'POST', path: '/_emulator/events', headers: TEXT, body: `[${EVENT}]` },
    { method: 'POST', path: '/_emulator/persons', headers: TEXT, body: '{"count": 3}' },
    { method: 'POST', path: '/_emulator/keys', headers: TEXT, body: '{"key": "phx_evil"}' },
    { method: 'POST', path: '/_emulator/faults', headers: TEXT, body: '{"path": "/batch", "status": 500}' },
    { method: 'PUT', path: '/_emulator/settings', headers: JSON_TYPE, body: '{"cloud": false}' },
    { method: 'PUT', path: '/_emulator/flags/evil', headers: JSON_TYPE, body: '{"value": true}' },
    ...['/requests', '/events', '/flags', '/faults'].map(path => ({ method: 'DELETE', path: `/_emulator${path}` })),
    { method: 'GET', path: '/api/projects/@current/?personal_api_key=phx_emulator' },
    { method: 'GET', path: '/api/projects/@current/persons/', headers: KEY },
    { method: 'GET', path: '/flags/definitions?token=phc_emulator', headers: KEY },
    { method: 'POST', path: '/api/projects/@current/query/', headers: TEXT,
        body: '{"personal_api_key": "phx_emulator", "query": {"kind": "HogQLQuery", "query": "select * from events"}}' },
    { method: 'POST', path: '/api/projects/@current/feature_flags/', headers: { ...KEY, ...JSON_TYPE }, body: '{"key": "evil"}' },
    ...OPEN_PATHS.map(path => ({ method: 'GET', path })),
    { method: 'POST', path: '/batch/../_emulator/reset', headers: TEXT, body: '{}' },
    { method: 'POST', path: '//_emulator/reset', headers: TEXT, body: '{}' }
];

/** Makes requests from within a page; each has the status, or null if the page cannot read the response. */
function fetchAll({ emulator, attempts, mode }) {
    return Promise.all(attempts.map(({ method, path, headers, body }) =>
        fetch(emulator + path, { method, headers, body, mode, credentials: 'include' })
            .then(response => response.type === 'opaque' ? null : response.text().then(() => response.status), () => null)));
}

/** Makes the requests that a page can cause without a script that waits for them, and returns whether one was readable. */
async function embedAll({ emulator, event }) {
    const loaded = [];
    const add = (tag, attributes, text) => new Promise(resolve => {
        const element = Object.assign(document.createElement(tag), attributes);
        element.textContent = text ?? '';
        element.onload = () => resolve(loaded.push(tag));
        element.onerror = resolve;
        document.body.append(element);
        setTimeout(resolve, 2000);
    });
    navigator.sendBeacon(`${emulator}/batch/`, event);
    navigator.sendBeacon(`${emulator}/_emulator/reset`, '{}');
    const waiting = ['/_emulator/events', '/batch/', '/flags/'].flatMap(path => [
        add('img', { src: emulator + path }), add('script', { src: emulator + path }),
        add('link', { rel: 'stylesheet', href: emulator + path })]);
    for (const [index, path] of ['/batch/', '/_emulator/reset', '/_emulator/events'].entries()) {
        const frame = Object.assign(document.createElement('iframe'), { name: `frame-${index}` });
        document.body.append(frame);
        const form = Object.assign(document.createElement('form'),
            { method: 'POST', action: emulator + path, enctype: 'text/plain', target: frame.name });
        const [name, value] = [event.slice(0, -2) + ', "x": "', '"}'];
        form.append(Object.assign(document.createElement('input'), { name, value }));
        document.body.append(form);
        form.submit();
        waiting.push(add('iframe', { src: emulator + path, sandbox: 'allow-scripts' }));
    }
    window.open(`${emulator}/batch/`);
    await Promise.all(waiting);
    const frames = [...document.querySelectorAll('iframe')].filter(frame => {
        try {
            return frame.contentDocument?.body?.textContent;
        } catch {
            return false;
        }
    });
    return [...loaded.filter(tag => tag !== 'iframe'), ...frames.map(frame => frame.src)];
}

/** Tests of pages of other origins against the emulator. @param started returns the shop and the browser */
export function originTests(started) {

    let shop;
    let context;
    let emulator;
    let pages;

    before(async () => {
        const { browser, ...rest } = started();
        shop = rest.shop;
        context = await browser.newContext();
        emulator = shop.emulator('default');
        pages = createServer(serve).listen(0, '127.0.0.1');
        await once(pages, 'listening');
    });

    after(async () => {
        await context?.close();
        pages?.close();
    });

    /** Serves a page, and behaves as if the name of the host resolved to the emulator afterwards. */
    function serve(request, response) {
        if (request.url === '/') {
            response.setHeader('Content-Type', 'text/html')
                .end('<!DOCTYPE html><title>page</title><link rel="icon" href="data:,"><body>');
            return;
        }
        const { method, url: path, headers } = request;
        request.pipe(send({ host: 'localhost', port: new URL(emulator).port, method, path, headers }, answer => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
        }));
    }

    const control = async path => (await fetch(`${emulator}/_emulator/${path}`)).json();

    async function state() {
        const parts = ['events', 'persons', 'groups', 'settings', 'flags', 'faults', 'requests'];
        const { personalApiKeys, counts } = await control('');
        return JSON.stringify([personalApiKeys, counts, ...await Promise.all(parts.map(control))]);
    }

    async function open(host) {
        const page = await context.newPage();
        await page.goto(`http://${host}:${pages.address().port}/`);
        return page;
    }

    it('lets a page of a foreign origin neither read nor change anything', async () => {
        const before = await state();
        const page = await open(FOREIGN);
        const attempts = [...INGESTION, ...EVALUATION, ...CLOSED];

        for (const target of [emulator, emulator.replace('localhost', '127.0.0.1')]) {
            for (const mode of ['cors', 'no-cors']) {
                const read = await page.evaluate(fetchAll, { emulator: target, attempts, mode });
                assert.deepEqual(read, attempts.map(() => null), mode);
            }
            assert.deepEqual(await page.evaluate(embedAll, { emulator: target, event: EVENT }), []);
        }

        assert.equal(await state(), before);
        await page.close();
    });

    it('lets a page whose host resolves to this machine neither read nor change anything', async () => {
        const before = await state();
        const page = await open(FOREIGN);
        const attempts = [...INGESTION, ...EVALUATION, ...CLOSED];

        const statuses = await page.evaluate(fetchAll, { emulator: new URL(page.url()).origin, attempts, mode: 'cors' });

        assert.deepEqual(statuses, attempts.map(() => 403));
        assert.equal(await state(), before);
        await page.close();
    });

    for (const host of ['localhost', '127.0.0.1', 'app.localhost']) {
        it(`lets a page of ${host} send events and evaluate flags only`, async () => {
            const page = await open(host);
            const before = await state();

            assert.deepEqual(await page.evaluate(fetchAll, { emulator, attempts: CLOSED, mode: 'cors' }), CLOSED.map(() => null));
            await page.evaluate(fetchAll, { emulator, attempts: CLOSED, mode: 'no-cors' });
            assert.equal(await state(), before);

            const allowed = [...INGESTION, ...EVALUATION];
            assert.deepEqual(await page.evaluate(fetchAll, { emulator, attempts: allowed, mode: 'cors' }), allowed.map(() => 200));
            const arrived = (await control('events')).filter(event => event.event === 'from a page');
            assert.ok(arrived.length >= INGESTION.length);
            await page.close();
        });
    }

    it('shows a page that leads to the Dev UI', async () => {
        const page = await context.newPage();
        await page.goto(emulator);
        await page.locator('a[href="/_emulator/events"]').click();
        await page.getByText('distinct_id').first().waitFor();
        await page.goto(emulator);
        await page.getByRole('link', { name: 'the Dev UI' }).click();
        await page.locator('qwc-posthog-events').waitFor();
        await page.close();
    });

    it('serves the shop', async () => {
        const page = await context.newPage();
        const errors = [];
        page.on('pageerror', error => errors.push(error.message));
        page.on('console', message => message.type() === 'error' && errors.push(message.text()));
        await page.goto(shop.url);
        await page.getByRole('button').first().waitFor();
        assert.deepEqual(errors, []);
        await page.close();
    });
}
