import { css, html } from 'lit';
import { StorageController } from 'storage-controller';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import '@vaadin/select';
import '@vaadin/text-area';
import '@vaadin/text-field';
import { PosthogPage, badge, problemOf, styles } from './posthog-shared.js';

/** The reasons of flags with ordered rules. */
const RULE_REASONS = {
  targeting_match: 'a rule matches',
  rollout_miss: 'outside of the rollout of a rule',
  experiment_paused: 'the experiment of a rule is paused',
  holdout: 'held out of the experiment of a rule',
  no_rule_match: 'no rule matches'
};

const REASONS = {
  condition_match: 'a condition matches',
  no_condition_match: 'no condition matches',
  out_of_rollout_bound: 'outside of the rollout',
  flag_disabled: 'switched off',
  super_condition_value: 'early access',
  holdout_condition_value: 'held out of the experiment',
  ...RULE_REASONS,
  evaluation_contexts: 'not for the evaluation contexts of this application',
  evaluation_runtime: 'not for servers'
};

/** The input fields and their validation. */
const FIELDS = {
  distinctId: { label: 'Distinct ID', expected: 'must not be blank', isRight: text => text.trim() },
  personProperties: { label: 'Properties', expected: 'a JSON object such as {"plan": "pro"} is expected', isRight: isObject },
  groups: { label: 'Groups', expected: 'a JSON object such as {"company": "acme"} is expected',
    isRight: text => isObject(text, value => typeof value !== 'object') },
  groupProperties: { label: 'Group properties', expected: 'a JSON object of objects such as {"company": {"size": 42}} is expected',
    isRight: text => isObject(text, value => value && typeof value === 'object') }
};

function isObject(text, isValue = () => true) {
  try {
    const json = JSON.parse(text.trim() || '{}');
    return json && typeof json === 'object' && !Array.isArray(json) && Object.values(json).every(isValue);
  } catch {
    return false;
  }
}

/** The flags, and their values and reasons for a person. */
export class QwcPosthogFlags extends PosthogPage {

  storage = new StorageController(this, true);

  static styles = [styles, css`
    form {
      display: grid;
      grid-template-columns: minmax(10em, 1fr) repeat(3, minmax(10em, 2fr)) max-content;
      gap: var(--lumo-space-s);
      align-items: start;
      padding: var(--lumo-space-m);
      border-radius: var(--lumo-border-radius-l);
      background: var(--lumo-contrast-5pct);
    }
    form > :not(vaadin-button) { padding: 0; min-width: 0; width: 100%; }
    form vaadin-text-area::part(input-field) { font-family: monospace; }
    form vaadin-button { margin: 1.7em 0 0; }
    .key { font-weight: 600; overflow-wrap: anywhere; }
    .conditions { margin: 0 calc(-1 * var(--lumo-space-xs)); padding: 0; list-style: none; }
    .conditions li { padding: 0 var(--lumo-space-xs); border-radius: var(--lumo-border-radius-s); overflow-wrap: anywhere; }
    .conditions .matched { background: var(--lumo-success-color-10pct); color: var(--lumo-success-text-color); }
    .switch { width: 3em; }
    .value { width: 12em; }
    .why { width: 36%; }
    table { table-layout: fixed; }
    pre { margin: var(--lumo-space-xs) 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    h3 { margin: 0; }
  `];

  static properties = {
    _accounts: { state: true },
    _account: { state: true },
    _flags: { state: true },
    _evaluation: { state: true },
    _busy: { state: true },
    _search: { state: true },
    _problem: { state: true }
  };

  constructor() {
    super();
    this._accounts = [];
    this._account = '';
    this._flags = null;
    this._search = '';
    this._input = {
      distinctId: this.storage.get('distinctId') ?? '',
      personProperties: this.storage.get('personProperties') ?? '',
      groups: this.storage.get('groups') ?? '',
      groupProperties: this.storage.get('groupProperties') ?? ''
    };
  }

  async hotReload() {
    await this._try(async () => {
      this._accounts = (await this.jsonRpc.accounts()).result;
      if (!this._accounts.some(account => account.name === this._account)) {
        this._account = this._accounts[0]?.name ?? '';
      }
      await this._load();
    });
  }

  async _load() {
    this._flags = this._account ? (await this.jsonRpc.flags({ account: this._account })).result : [];
    if (this._evaluation) {
      await this._evaluate();
    }
  }

  async _evaluate() {
    this._evaluation = (await this.jsonRpc.evaluateFlags({ account: this._account, ...this._input })).result;
    this._evaluatedFor = this._input.distinctId;
  }

  async _try(action) {
    this._busy = true;
    try {
      await action();
      this._problem = null;
    } catch (failure) {
      this._problem = problemOf(failure);
    }
    this._busy = false;
  }

  get _emulated() {
    return this._accounts.find(account => account.name === this._account)?.emulated;
  }

  render() {
    return html`
      ${this._problem ? html`<div class="problem break" role="alert">${this._problem}</div>` : ''}
      ${this._renderForm()}
      ${this._renderToolbar()}
      ${this._flags ? this._renderTable() : html`<vaadin-progress-bar indeterminate aria-label="Loading flags"></vaadin-progress-bar>`}`;
  }

  _renderForm() {
    return html`
      <form aria-label="Evaluate the flags for a person" @submit=${this._submit}>
        ${this._field('distinctId', 'user-123')}
        ${this._area('personProperties', '{"plan": "pro"}')}
        ${this._area('groups', '{"company": "acme"}')}
        ${this._area('groupProperties', '{"company": {"size": 42}}')}
        <vaadin-button theme="primary" @click=${this._submit} ?disabled=${this._busy}>Evaluate</vaadin-button>
      </form>`;
  }

  _field(name, placeholder) {
    return html`<vaadin-text-field theme="small" label=${FIELDS[name].label} placeholder=${placeholder} .value=${this._input[name]}
      @value-changed=${e => this._input[name] = e.detail.value}
      @keydown=${e => e.key === 'Enter' && this._submit(e)}></vaadin-text-field>`;
  }

  _area(name, placeholder) {
    return html`<vaadin-text-area theme="small" label=${FIELDS[name].label} placeholder=${placeholder} .value=${this._input[name]}
      @value-changed=${e => this._input[name] = e.detail.value}></vaadin-text-area>`;
  }

  _submit(e) {
    e.preventDefault();
    Object.entries(this._input).forEach(([name, value]) => this.storage.set(name, value));
    const wrong = Object.entries(FIELDS).find(([name, field]) => !field.isRight(this._input[name]));
    if (wrong) {
      this._problem = `${wrong[1].label}: ${wrong[1].expected}`;
      return;
    }
    this._try(() => this._evaluate());
  }

  _renderToolbar() {
    return html`
      <div class="toolbar">
        ${this._accounts.length > 1 ? html`
          <vaadin-select theme="small" label="Account" .value=${this._account}
            .items=${this._accounts.map(account => ({ label: account.name, value: account.name }))}
            @value-changed=${this._choose}></vaadin-select>` : ''}
        <vaadin-text-field theme="small" label="Flag" clear-button-visible .value=${this._search}
          @value-changed=${e => this._search = e.detail.value}></vaadin-text-field>
        <span class="grow"></span>
        <span class="muted">${this._emulated ? 'Flags of the emulator can be enabled and disabled on this page.'
          : 'Change flags of a real project in PostHog. PostHog bills each request for this list.'}</span>
        <vaadin-button theme="small" @click=${() => this._try(() => this._load())} ?disabled=${this._busy}>
          <vaadin-icon icon="font-awesome-solid:rotate-right" slot="prefix"></vaadin-icon>Reload
        </vaadin-button>
      </div>`;
  }

  _choose(e) {
    if (e.detail.value && e.detail.value !== this._account) {
      this._account = e.detail.value;
      this._flags = null;
      this._evaluation = null;
      this._try(() => this._load());
    }
  }

  _renderTable() {
    const evaluated = new Map((this._evaluation?.flags ?? []).map(flag => [flag.key, flag]));
    const known = new Map(this._flags.map(flag => [flag.key, flag]));
    const keys = [...new Set([...known.keys(), ...evaluated.keys()])].sort()
      .filter(key => key.toLowerCase().includes(this._search.toLowerCase()));
    if (keys.length === 0) {
      return html`<div class="empty">${this._search ? 'No flags match the filter.' : 'This project has no flags.'}</div>`;
    }
    return html`
      ${this._evaluation?.errors.length ? html`<div class="problem" role="alert">PostHog could not evaluate all flags:
        ${this._evaluation.errors.join(', ')}</div>` : ''}
      <table aria-label="Feature flags">
        <thead>
          <tr>
            <th class="switch" scope="col">On</th>
            <th scope="col">Flag</th>
            ${this._evaluation ? html`
              <th class="value" scope="col">For ${this._evaluatedFor}</th>
              <th class="why" scope="col">Reason${this._evaluation.propertyMatchingVersion == null ? ''
                : html` <span class="muted">(property matching version ${this._evaluation.propertyMatchingVersion})</span>`}</th>` : ''}
          </tr>
        </thead>
        <tbody>${keys.map(key => this._renderFlag(key, known.get(key), evaluated.get(key)))}</tbody>
      </table>`;
  }

  _renderFlag(key, flag, evaluated) {
    return html`
      <tr data-flag=${key}>
        <td>${flag?.active == null ? '' : html`
          <vaadin-checkbox .checked=${flag.active} ?disabled=${!this._emulated || this._busy} aria-label="${key} is on"
            @change=${e => this._switch(flag, e.target.checked)}></vaadin-checkbox>`}</td>
        <td>
          <div class="key">${key}</div>
          ${flag?.description ? html`<div class="muted">${flag.description}</div>` : ''}
          ${flag?.variants.length ? html`<div class="muted">${flag.variants.join(', ')}</div>` : ''}
          <ol class="conditions">${(flag?.conditions ?? []).map((condition, index) => html`
            <li class=${evaluated?.condition === index && ['condition_match', 'targeting_match'].includes(evaluated?.reason) ? 'matched' : 'muted'}>${condition}</li>`)}</ol>
        </td>
        ${this._evaluation ? html`
          <td>${this._renderValue(evaluated)}</td>
          <td class="break">${this._renderReason(evaluated)}</td>` : ''}
      </tr>`;
  }

  _renderValue(evaluated) {
    if (evaluated?.value == null) {
      return badge('', 'minus', 'default');
    }
    return html`
      ${evaluated.value === 'false' ? badge('', 'xmark', 'off')
        : badge('good', 'check', evaluated.value === 'true' ? 'on' : evaluated.value)}
      ${evaluated.payload ? html`<pre class="mono">${this._pretty(evaluated.payload)}</pre>` : ''}`;
  }

  _pretty(payload) {
    try {
      return JSON.stringify(JSON.parse(payload), null, 2);
    } catch {
      return payload;
    }
  }

  _renderReason(evaluated) {
    if (!evaluated) {
      return html`<span class="muted">PostHog returned no result.</span>`;
    }
    const reason = evaluated.reason ? REASONS[evaluated.reason] ?? evaluated.reason : 'no reason';
    const condition = evaluated.condition == null ? '' : ` (${evaluated.reason in RULE_REASONS ? 'rule' : 'condition'} ${evaluated.condition + 1})`;
    const where = evaluated.value == null ? ', so the default value of the caller applies'
      : `, evaluated ${evaluated.local ? 'locally' : this._emulated ? 'by the emulator' : 'by PostHog'}`;
    return html`
      <div>${reason}${condition}${where}</div>
      ${evaluated.description && !REASONS[evaluated.reason] ? html`<div class="muted">${evaluated.description}</div>` : ''}
      ${evaluated.notLocal ? html`<div class="muted">It can't be evaluated locally because ${evaluated.notLocal} (${evaluated.cause}).</div>` : ''}`;
  }

  _switch(flag, active) {
    this._try(async () => {
      const changed = (await this.jsonRpc.switchFlag({ account: this._account, id: String(flag.id), active: String(active) })).result;
      this._flags = this._flags.map(it => it.key === changed.key ? changed : it);
      if (this._evaluation) {
        await this._evaluate();
      }
    });
  }
}

customElements.define('qwc-posthog-flags', QwcPosthogFlags);
