import { QwcHotReloadElement, css, html } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/progress-bar';
import '@vaadin/select';
import '@vaadin/text-area';
import '@vaadin/text-field';

/** The functions that MCP clients can call. Each can be tried. */
export class QwcPosthogFunctions extends QwcHotReloadElement {

  jsonRpc = new JsonRpc(this);

  static styles = css`
    :host {
      display: grid;
      grid-template-columns: minmax(16em, 1fr) 3fr;
      gap: var(--lumo-space-m);
      height: 100%;
      box-sizing: border-box;
      padding: 0 var(--lumo-space-m) var(--lumo-space-m);
      color: var(--lumo-body-text-color);
      font-size: var(--lumo-font-size-s);
      overflow: auto;
    }
    ul { margin: 0; padding: 0; list-style: none; overflow: auto; }
    li button {
      width: 100%;
      padding: var(--lumo-space-xs) var(--lumo-space-s);
      border: none;
      border-radius: var(--lumo-border-radius-m);
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      cursor: pointer;
    }
    li button:hover, li button:focus-visible { background: var(--lumo-contrast-5pct); }
    li button[aria-current="true"] { background: var(--lumo-primary-color-10pct); color: var(--lumo-primary-text-color); }
    main { display: flex; flex-direction: column; gap: var(--lumo-space-s); min-width: 0; }
    h3 { margin: 0; }
    p { margin: 0; color: var(--lumo-secondary-text-color); }
    form { display: flex; flex-direction: column; gap: var(--lumo-space-s); }
    form > * { padding: 0; }
    .monospace { font-family: monospace; }
    pre {
      margin: 0;
      padding: var(--lumo-space-m);
      border-radius: var(--lumo-border-radius-m);
      background: var(--lumo-contrast-5pct);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .failed { background: var(--lumo-error-color-10pct); color: var(--lumo-error-text-color); }
    vaadin-button { align-self: start; margin: 0; }
  `;

  static properties = {
    _functions: { state: true },
    _selected: { state: true },
    _result: { state: true },
    _failed: { state: true },
    _busy: { state: true }
  };

  constructor() {
    super();
    this._values = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.hotReload();
  }

  async hotReload() {
    this._functions = (await this.jsonRpc.functions()).result;
    const name = this._selected?.name;
    this._select(this._functions.find(it => it.name === name) ?? this._functions[0]);
  }

  _select(selected) {
    if (selected?.name !== this._selected?.name) {
      this._values = {};
      this._result = null;
    }
    this._selected = selected;
  }

  render() {
    if (!this._functions) {
      return html`<vaadin-progress-bar indeterminate aria-label="Loading functions"></vaadin-progress-bar>`;
    }
    return html`
      <nav aria-label="Functions"><ul>${this._functions.map(it => html`
        <li><button aria-current=${it.name === this._selected.name} @click=${() => this._select(it)}>
          ${it.name}${it.operation === 'write' ? ' (write)' : ''}</button></li>`)}</ul></nav>
      <main>
        <h3>${this._selected.title}</h3>
        <p>${this._selected.description}</p>
        ${this._selected.accounts ? this._renderForm() : html`<p>The policy denies this function for all accounts.</p>`}
        ${this._result ? html`<pre class=${this._failed ? 'failed' : ''} role="status">${this._result}</pre>` : ''}
      </main>`;
  }

  _renderForm() {
    const parameters = this._selected.parameters ?? [];
    return html`
      <form @submit=${this._submit}>
        ${this._selected.accounts.length > 1 ? this._choice('account', 'The PostHog account', this._selected.accounts) : ''}
        ${parameters.map(it => this._field(it))}
        <vaadin-button theme="primary" @click=${this._submit} ?disabled=${this._busy}>Call</vaadin-button>
      </form>`;
  }

  _field(parameter) {
    const label = parameter.name + (parameter.required ? ' *' : '');
    if (parameter.allowed) {
      return this._choice(parameter.name, parameter.description, parameter.allowed, label);
    }
    if (parameter.type === 'boolean') {
      const choice = this._values[parameter.name] ?? parameter.defaultValue ?? false;
      return html`<vaadin-checkbox label="${label}: ${parameter.description}" .checked=${choice}
        @change=${e => this._values[parameter.name] = e.target.checked}></vaadin-checkbox>`;
    }
    const example = typeof parameter.example === 'string' ? parameter.example : JSON.stringify(parameter.example);
    return html`<vaadin-text-field label=${label} helper-text=${parameter.description} placeholder=${example}
      .value=${this._values[parameter.name] ?? ''}
      @value-changed=${e => this._values[parameter.name] = e.detail.value}
      @keydown=${e => e.key === 'Enter' && this._submit(e)}></vaadin-text-field>`;
  }

  _choice(name, description, values, label = name) {
    const items = [{ label: '', value: '' }, ...values.map(value => ({ label: value, value }))];
    return html`<vaadin-select label=${label} helper-text=${description} .items=${items} .value=${this._values[name] ?? ''}
      @value-changed=${e => this._values[name] = e.detail.value}></vaadin-select>`;
  }

  async _submit(e) {
    e.preventDefault();
    this._busy = true;
    try {
      const call = (await this.jsonRpc.call({ 'function': this._selected.name, 'arguments': JSON.stringify(this._arguments()) })).result;
      this._failed = call.error;
      this._result = JSON.stringify(call.result, null, 2);
    } catch (failure) {
      this._failed = true;
      this._result = failure?.error?.message ?? failure?.message ?? String(failure);
    }
    this._busy = false;
  }

  /** Numbers, objects and lists are entered as JSON. Other text is passed on, so that the function explains what is wrong. */
  _arguments() {
    const types = Object.fromEntries((this._selected.parameters ?? []).map(it => [it.name, it.type]));
    const given = Object.entries(this._values).filter(([, value]) => value !== '' && value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name,
      ['integer', 'object', 'array'].includes(types[name]) ? this._parsed(value) : value]));
  }

  _parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
}

customElements.define('qwc-posthog-functions', QwcPosthogFunctions);
