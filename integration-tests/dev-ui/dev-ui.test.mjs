import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { chromium } from 'playwright-core';
import { BROWSER_ARGUMENT, originTests } from './origins.mjs';
import { Shop } from './shop.mjs';

const PAGES = ['events', 'feature-flags', 'accounts', 'tracking-plan'];

describe('Dev UI', { timeout: 900_000 }, () => {

    let shop;
    let browser;
    let context;
    let page;
    let errors;

    before(async () => {
        browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-quic', BROWSER_ARGUMENT] });
        shop = await Shop.start();
        // One for all, so that the scripts of the Dev UI are loaded once
        context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
        await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: shop.url });
    });

    after(async () => {
        await browser?.close();
        await shop?.stop();
    });

    beforeEach(async () => {
        page = await context.newPage();
        page.setDefaultTimeout(15_000);
        errors = [];
        page.on('pageerror', error => errors.push(error.message));
        page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    });

    afterEach(async () => {
        await page.close();
        assert.deepEqual(errors, [], 'errors in the console');
    });

    const open = name => page.goto(`${shop.url}/q/dev-ui/quarkus-posthog/${name}`);
    const row = name => page.locator(`tr[data-flag="${name}"]`);
    const planned = () => page.locator('tr[data-event="order placed"]');
    const change = name => page.locator(`tr[data-change="${name}"]`);
    const button = name => page.getByRole('button', { name });
    const event = person => page.locator('tr[data-name="order placed"]', { hasText: person });

    it('has a card with the pages and what they count', async () => {
        await page.goto(`${shop.url}/q/dev-ui/extensions`);
        for (const name of ['Events', 'Feature flags', 'Accounts', 'Tracking plan']) {
            await page.locator('qwc-extension-link', { hasText: name }).filter({ hasText: /\d/ }).first().waitFor();
        }
    });

    it('shows an event as it is captured, and what became of it', async () => {
        await open('events');
        await page.getByText('No event').or(page.locator('tr[data-name]').first()).first().waitFor();
        await shop.buy('ada');

        await event('ada').filter({ hasText: 'default' }).filter({ hasText: 'delivered' }).click();

        const details = page.getByRole('region', { name: 'Event' });
        await details.getByText('/batch/').waitFor();
        await details.getByText('attempt 1').waitFor();
        await details.getByText('"currency"').waitFor();
    });

    it('captures an event again, and copies it for curl', async () => {
        await shop.buy('grace');
        await open('events');
        await event('grace').filter({ hasText: 'default' }).first().click();

        await page.getByRole('button', { name: 'Capture again' }).click();
        await event('grace').filter({ hasText: 'default' }).nth(1).waitFor();

        await page.getByRole('button', { name: 'Copy as curl' }).click();
        await page.getByText('Copied').waitFor();
        const command = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(command, /^curl 'http:\/\/localhost:\d+\/i\/v0\/e\/' .*order placed/);
        assert.doesNotMatch(command, /phc_/);
    });

    it('filters events, and moves through them with the arrow keys', async () => {
        await shop.buy('linus');
        await shop.buy('barbara');
        await open('events');
        await event('barbara').first().waitFor();

        await page.getByRole('textbox', { name: 'Person' }).fill('linus');
        await event('barbara').first().waitFor({ state: 'detached' });

        await event('linus').first().focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('ArrowDown');
        await page.locator('tr[aria-selected=true]:nth-child(2)').waitFor();
    });

    it('evaluates the flags for a person, and again after a flag was switched', async () => {
        await open('feature-flags');
        await page.getByRole('textbox', { name: 'Distinct ID' }).fill('ada');
        await page.getByRole('button', { name: 'Evaluate' }).click();
        await row('hero-banner').locator('.badge').filter({ hasText: /control|summer/ }).waitFor();
        await row('hero-banner').getByText('condition 1').waitFor();

        await row('hero-banner').getByRole('checkbox').click();
        await row('hero-banner').getByText('switched off').waitFor();
        await row('hero-banner').locator('.badge').filter({ hasText: 'default' }).waitFor();

        await row('hero-banner').getByRole('checkbox').click();
        await row('hero-banner').locator('.badge').filter({ hasText: /control|summer/ }).waitFor();
    });

    it('says why a flag can\'t be evaluated locally', async () => {
        await open('feature-flags');
        await page.getByRole('textbox', { name: 'Distinct ID' }).fill('ada');
        await page.getByRole('button', { name: 'Evaluate' }).click();

        await row('vip-discount').getByText('can\'t be evaluated locally because').waitFor();
    });

    it('says what is wrong with what was typed', async () => {
        await open('feature-flags');
        await page.getByRole('textbox', { name: 'Distinct ID' }).fill('ada');
        await page.getByRole('textbox', { name: 'Properties', exact: true }).fill('{"plan": ');
        await page.getByRole('button', { name: 'Evaluate' }).click();

        await page.getByRole('alert').getByText('Properties: a JSON object').waitFor();
    });

    it('checks an account, and opts it out and in', async () => {
        await open('accounts');
        const account = page.locator('[data-account=default]');
        await account.getByRole('button', { name: 'Check' }).click();
        await account.getByText('all checks passed').waitFor();
        assert.equal(await account.locator('tr[data-check]').count(), 13);

        await account.getByRole('button', { name: 'Opt out' }).click();
        await account.getByText('opted out').waitFor();
        await account.getByRole('button', { name: 'Opt in' }).click();
        await account.getByText('capturing', { exact: true }).waitFor();
    });

    it('shows which events of the plan were captured, for each account of the plan', async () => {
        await open('tracking-plan');
        await planned().getByText('ShopEvents#orderPlacedAcknowledged').waitFor();
        await planned().getByText('items: list').waitFor();
        await shop.buy('margaret');
        for (const account of ['default', 'marketing']) {
            await planned().locator('.counts', { hasText: account }).filter({ hasText: /\d+ delivered/ }).waitFor();
        }
        await page.getByText('The application has captured 1 of 1 planned events').waitFor();
    });

    it('compares descriptions, and writes them after a confirmation', async () => {
        await shop.buy('margaret');
        await open('tracking-plan');
        await planned().locator('.counts', { hasText: 'default' }).filter({ hasText: /\d+ delivered/ }).waitFor();

        await button('Compare descriptions').click();
        await change('order placed').getByText('A customer placed an order').waitFor();
        await change('items').getByText('Products with their quantities').waitFor();
        assert.equal(await page.locator('tr[data-change]').count(), 4);

        await button('Write to PostHog').click();
        await page.getByRole('alertdialog').getByText('Write 4 descriptions to the emulator of account \'default\'?').waitFor();
        await button('Cancel').click();
        await page.getByRole('alertdialog').waitFor({ state: 'detached' });
        await button('Compare descriptions').click();
        await button('Write to PostHog').waitFor();
        assert.equal(await page.locator('tr[data-change]').count(), 4, 'canceling writes nothing');

        await button('Write to PostHog').click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Write' }).click();
        await page.getByText('4 descriptions written to the emulator of account \'default\'').waitFor();

        await button('Compare descriptions').click();
        await page.getByText('No description differs').waitFor();

        await page.locator('vaadin-select').click();
        await page.locator('vaadin-select-item', { hasText: 'marketing' }).click();
        await page.getByText('No description differs').waitFor({ state: 'detached' });
        await button('Compare descriptions').click();
        await button('Write to PostHog').waitFor();
    });

    it('shows why descriptions can\'t be written', async () => {
        await shop.buy('margaret');
        await open('tracking-plan');
        await page.locator('vaadin-select').click();
        await page.locator('vaadin-select-item', { hasText: 'marketing' }).click();
        await planned().locator('.counts', { hasText: 'marketing' }).filter({ hasText: /\d+ delivered/ }).waitFor();
        await button('Compare descriptions').click();
        await button('Write to PostHog').click();

        const faults = `${shop.emulator('marketing')}/_emulator/faults`;
        await fetch(faults, { method: 'POST', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ path: '/api/projects/*/event_definitions', status: 403 }) });
        await page.getByRole('alertdialog').getByRole('button', { name: 'Write' }).click();

        await page.getByRole('alert').getByText('account \'marketing\'').waitFor();
        assert.equal(await page.locator('tr[data-change]').count(), 0, 'the comparison is outdated');
        await fetch(faults, { method: 'DELETE' });
    });

    it('shows how much memory the emulator uses', async () => {
        await open('accounts');
        const account = page.locator('[data-account=default]');
        await account.getByText(/\d\.\d of 256\.0 MiB used by \d+ events/).waitFor();
        await account.getByRole('link', { name: 'Open the emulator' }).waitFor();
    });

    it('runs a script, shows its calls and result, and the line of its error', async () => {
        await page.goto(`${shop.url}/q/dev-ui/quarkus-posthog-lua/scripts`);
        const script = page.getByRole('textbox', { name: 'Script' });
        await script.fill('print("printed") return #app.integrations.posthog.list_feature_flags().results > 0');
        await page.getByRole('button', { name: 'Run' }).click();
        await page.getByRole('region', { name: 'Output' }).filter({ hasText: 'printed' }).waitFor();
        await page.getByRole('region', { name: 'Result' }).filter({ hasText: 'true' }).waitFor();
        await page.getByRole('table', { name: 'Calls' }).getByText('app.integrations.posthog.list_feature_flags').waitFor();

        await script.fill('return app.integrations.posthog.capture_event("of-dev-ui", "u").dry_run');
        await page.getByRole('checkbox', { name: 'Dry run' }).check();
        await script.press('Control+Enter');
        await page.getByRole('table', { name: 'Calls' }).getByText('capture_event').waitFor();
        await page.getByRole('region', { name: 'Result' }).filter({ hasText: 'true' }).waitFor();

        await script.fill('local x\nerror("wrong")');
        await page.getByRole('button', { name: 'Run' }).click();
        await page.getByRole('alert').filter({ hasText: 'Line 2: wrong' }).waitFor();
    });

    for (const scheme of ['light', 'dark']) {
        it(`fits into 1000 pixels, ${scheme}`, async () => {
            await page.emulateMedia({ colorScheme: scheme });
            await page.setViewportSize({ width: 1000, height: 800 });
            await shop.buy('a customer with a rather long distinct id, as some have: 0191c0de-0000-7000-8000-000000000001');
            for (const name of PAGES) {
                await open(name);
                const element = page.locator(name === 'feature-flags' ? 'qwc-posthog-flags' : `qwc-posthog-${name}`);
                await element.locator('table, qui-card').first().waitFor();
                if (name === 'tracking-plan') {
                    await page.locator('vaadin-select').click();
                    await page.locator('vaadin-select-item', { hasText: 'marketing' }).click();
                    await button('Compare descriptions').click();
                    await button('Write to PostHog').click();
                    await page.getByRole('alertdialog').waitFor();
                }
                if (name === 'events') {
                    await page.locator('tr[data-name]').first().click();
                    await page.getByRole('region', { name: 'Event' }).waitFor();
                }
                const wide = await element.evaluate(host => [host, ...host.shadowRoot.querySelectorAll('div, table, form')]
                    .filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'hidden')
                    .map(it => it.className || it.tagName));
                assert.deepEqual(wide, [], `what is wider than its place on ${name}`);
                if (process.env.SCREENSHOTS) {
                    await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${scheme}.png` });
                }
            }
        });
    }

    describe('the emulator', () => originTests(() => ({ shop, browser })));
});
