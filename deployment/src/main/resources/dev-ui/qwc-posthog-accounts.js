import { css, html } from 'lit';
import '@vaadin/button';
import '@vaadin/details';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import '@qomponent/qui-card';
import { PosthogPage, Repeater, badge, problemOf, styles, timeOf } from './posthog-shared.js';

const STATUS = {
  OK: { kind: 'good', icon: 'check', text: 'ok' },
  SKIPPED: { kind: '', icon: 'minus', text: 'skipped' },
  WARNING: { kind: 'poor', icon: 'triangle-exclamation', text: 'warning' },
  FAILED: { kind: 'bad', icon: 'xmark', text: 'failed' }
};

function mebibytes(bytes) {
  return (bytes / (1024 * 1024)).toFixed(1);
}

/** The state of each account, and its delivered events. */
export class QwcPosthogAccounts extends PosthogPage {

  static styles = [styles, css`
    .content {
      display: flex;
      flex-direction: column;
      gap: var(--lumo-space-m);
      padding: var(--lumo-space-m);
    }
    .facts {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(15em, 1fr));
      gap: var(--lumo-space-s) var(--lumo-space-l);
      margin: 0;
    }
    .facts dt, .counts dt { color: var(--lumo-secondary-text-color); font-size: var(--lumo-font-size-xs); }
    .facts dd, .counts dd { margin: 0; overflow-wrap: anywhere; }
    .counts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--lumo-space-s);
      margin: 0;
    }
    .counts div {
      min-width: 6em;
      padding: var(--lumo-space-s) var(--lumo-space-m);
      border-radius: var(--lumo-border-radius-m);
      background: var(--lumo-contrast-5pct);
    }
    .counts dd { font-size: var(--lumo-font-size-xl); font-weight: 600; font-variant-numeric: tabular-nums; }
    .status { width: 7em; }
    .subject { width: 9em; font-weight: 500; }
    .subject::first-letter { text-transform: uppercase; }
    th { position: static; background: none; }
    .next { margin-top: var(--lumo-space-xs); }
    .next vaadin-icon { width: 0.9em; height: 0.9em; }
    .title { display: flex; align-items: center; gap: var(--lumo-space-s); flex-wrap: wrap; }
    .report { margin: var(--lumo-space-s) 0; }
    h4 { margin: 0; }
  `];

  static properties = {
    _accounts: { state: true },
    _emulators: { state: true },
    _reports: { state: true },
    _checking: { state: true },
    _problem: { state: true }
  };

  constructor() {
    super();
    this._accounts = null;
    this._emulators = {};
    this._reports = {};
    this._checking = {};
    this._repeater = new Repeater(current => this._read(current), 1000);
  }

  hotReload() {
    this._reports = {};
    this._checking = {};
    this._repeater.start();
  }

  async _read(current) {
    const accounts = (await this.jsonRpc.accounts()).result;
    const emulators = await Promise.all(accounts.filter(account => account.emulated).map(account => this._emulator(account)));
    if (current()) {
      this._accounts = accounts;
      this._emulators = Object.fromEntries(emulators);
    }
  }

  /** Reads the status of an emulator; null if it cannot be reached, so that the accounts are still shown. */
  _emulator(account) {
    return this.jsonRpc.emulator({ account: account.name })
      .then(response => [account.name, response.result], () => [account.name, null]);
  }

  render() {
    if (!this._accounts) {
      return html`<vaadin-progress-bar indeterminate aria-label="Loading accounts"></vaadin-progress-bar>`;
    }
    return html`
      ${this._problem ? html`<div class="problem" role="alert">${this._problem}</div>` : ''}
      ${this._accounts.length === 0
        ? html`<div class="empty">No account is in use. Inject <code>PostHog</code>, and it appears here.</div>`
        : this._accounts.map(account => this._renderAccount(account))}`;
  }

  _renderAccount(account) {
    return html`
      <qui-card header=${account.name === 'default' ? 'Default account' : `Account ${account.name}`} data-account=${account.name}>
        <div slot="content" class="content">
          <div class="title">
            ${account.emulated ? badge('fair', 'flask', 'emulated') : ''}
            ${account.optedOut ? badge('poor', 'ban', 'opted out') : badge('good', 'bolt', 'capturing')}
            ${account.lastFailure ? badge('bad', 'xmark', 'not delivering') : ''}
          </div>
          <dl class="facts">
            ${this._fact('Host', account.host)}
            ${account.ingestionHost === account.host ? '' : this._fact('Events and flags', account.ingestionHost)}
            ${this._fact('Project', account.projectId)}
            ${this._fact('Keys', this._keys(account))}
            ${this._fact('Flags', account.definitions)}
            ${account.emulated ? this._fact('Emulator', this._renderEmulator(account)) : ''}
          </dl>
          <dl class="counts" aria-label="Events">
            ${this._count('Accepted', account.accepted)}
            ${this._count('Delivered', account.delivered)}
            ${this._count('Queued', account.queued)}
            ${this._count('Requests', account.requests)}
            ${this._count('Retries', account.retries)}
            ${Object.entries(account.dropped).map(([reason, count]) =>
              this._count(`Dropped: ${reason.toLowerCase().replaceAll('_', ' ')}`, count))}
          </dl>
          ${account.lastFailure ? html`<div class="problem break">${account.lastFailure}
            ${account.pausedUntil ? html`<br>The next attempt is at ${timeOf(account.pausedUntil)}.` : ''}</div>` : ''}
          <div class="toolbar">
            <vaadin-button theme="small" @click=${() => this._do('flush', account)}>
              <vaadin-icon icon="font-awesome-solid:paper-plane" slot="prefix"></vaadin-icon>Send now
            </vaadin-button>
            <vaadin-button theme="small" @click=${() => this._do(account.optedOut ? 'optIn' : 'optOut', account)}>
              <vaadin-icon icon="font-awesome-solid:${account.optedOut ? 'play' : 'ban'}" slot="prefix"></vaadin-icon>
              ${account.optedOut ? 'Opt in' : 'Opt out'}
            </vaadin-button>
            <vaadin-button theme="small primary" @click=${() => this._check(account)} ?disabled=${this._checking[account.name]}>
              <vaadin-icon icon="font-awesome-solid:stethoscope" slot="prefix"></vaadin-icon>
              ${this._reports[account.name] ? 'Check again' : 'Check'}
            </vaadin-button>
          </div>
          <div aria-live="polite">
            ${this._checking[account.name] ? html`<vaadin-progress-bar indeterminate aria-label="Checking"></vaadin-progress-bar>` : ''}
            ${this._reports[account.name] ? this._renderReport(this._reports[account.name]) : ''}
          </div>
        </div>
      </qui-card>`;
  }

  _renderEmulator(account) {
    const emulator = this._emulators[account.name];
    const evicted = emulator ? [[emulator.evictedEvents, 'events'], [emulator.evictedPersons, 'persons']].filter(([count]) => count) : [];
    return html`
      ${emulator ? html`${mebibytes(emulator.bytes)} of ${mebibytes(emulator.maxBytes)} MiB used by ${emulator.events} events,
        ${emulator.persons} persons and recorded requests.` : ''}
      ${evicted.map(([count, kind]) => html` The oldest ${count} ${kind} were evicted.`)}
      <a href=${account.host} target="_blank" rel="noopener">Open the emulator</a>`;
  }

  _keys(account) {
    const keys = [['project token', account.projectKey], ['personal API key', account.personalKey], ['feature flags secure API key', account.secureKey]]
      .filter(([, present]) => present).map(([name]) => name);
    return keys.join(', ');
  }

  _fact(name, value) {
    return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  }

  _count(name, value) {
    return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  }

  _renderReport(report) {
    const status = STATUS[report.status];
    return html`
      <div class="title report">
        <h4>Checked at ${timeOf(report.at)}</h4>
        ${badge(status.kind, status.icon, report.status === 'OK' ? 'all checks passed' : status.text)}
        <span class="muted">${report.millis} ms</span>
      </div>
      <table aria-label="Check">
        <thead><tr><th class="status" scope="col">Status</th><th class="subject" scope="col">Check</th><th scope="col">Result</th></tr></thead>
        <tbody>${report.checks.map(check => this._renderCheck(check))}</tbody>
      </table>
      ${report.scopes.length ? html`
        <vaadin-details summary="Scopes of the personal API key">
          <table aria-label="Scopes">
            <thead><tr><th scope="col">Scope</th><th scope="col">Needed for</th><th scope="col">Granted</th></tr></thead>
            <tbody>${report.scopes.map(scope => html`
              <tr><td class="mono">${scope.scope}</td><td>${scope.neededFor}</td>
                <td>${scope.granted ? badge('good', 'check', 'yes') : badge('poor', 'xmark', 'no')}</td></tr>`)}
            </tbody>
          </table>
        </vaadin-details>` : ''}`;
  }

  _renderCheck(check) {
    const status = STATUS[check.status];
    return html`
      <tr data-check=${check.id}>
        <td>${badge(status.kind, status.icon, status.text)}</td>
        <td class="subject">${check.title}</td>
        <td class="break ${check.status === 'SKIPPED' ? 'muted' : ''}">${check.message}
          ${check.nextStep ? html`<div class="next"><vaadin-icon icon="font-awesome-solid:arrow-right"></vaadin-icon> ${check.nextStep}</div>` : ''}
        </td>
      </tr>`;
  }

  async _check(account) {
    this._checking = { ...this._checking, [account.name]: true };
    try {
      const report = (await this.jsonRpc.check({ account: account.name })).result;
      this._reports = { ...this._reports, [account.name]: report };
      this._problem = null;
    } catch (failure) {
      this._problem = problemOf(failure);
    }
    this._checking = { ...this._checking, [account.name]: false };
  }

  async _do(method, account) {
    try {
      const changed = (await this.jsonRpc[method]({ account: account.name })).result;
      this._accounts = this._accounts.map(it => it.name === changed.name ? changed : it);
      this._problem = null;
    } catch (failure) {
      this._problem = problemOf(failure);
    }
  }
}

customElements.define('qwc-posthog-accounts', QwcPosthogAccounts);
