import { css, html } from 'qwc-hot-reload-element';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/integer-field';
import { PosthogPage, badge, problemOf, styles } from '../quarkus-posthog/posthog-shared.js';

const EXAMPLE = `local flags = app.integrations.posthog.posthog_list_feature_flags({ limit = 10 })
for _, flag in ipairs(flags.results) do
  print(flag.key, flag.active)
end
return #flags.results
`;

/** Runs scripts in Lua. The developer approves their calls. */
export class QwcPosthogScripts extends PosthogPage {

  static styles = [styles, css`
    textarea {
      min-height: 16em;
      padding: var(--lumo-space-m);
      border: 1px solid var(--lumo-contrast-20pct);
      border-radius: var(--lumo-border-radius-m);
      background: var(--lumo-base-color);
      color: inherit;
      font-family: monospace;
      font-size: var(--lumo-font-size-s);
      tab-size: 2;
      resize: vertical;
    }
    .toolbar vaadin-integer-field { padding: 0; width: 10em; }
    h4 { margin: 0; }
    pre {
      margin: 0;
      padding: var(--lumo-space-m);
      border-radius: var(--lumo-border-radius-m);
      background: var(--lumo-contrast-5pct);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    summary { cursor: pointer; }
  `];

  static properties = {
    _limits: { state: true },
    _guide: { state: true },
    _dryRun: { state: true },
    _cpu: { state: true },
    _memory: { state: true },
    _result: { state: true },
    _problem: { state: true },
    _busy: { state: true }
  };

  constructor() {
    super();
    this._code = EXAMPLE;
    this._dryRun = false;
  }

  async hotReload() {
    try {
      this._limits = (await this.jsonRpc.limits()).result;
      this._guide = (await this.jsonRpc.documentation({ page: 'overview' })).result;
      this._problem = null;
    } catch (failure) {
      this._problem = problemOf(failure);
    }
  }

  render() {
    return html`
      <textarea aria-label="Script" spellcheck="false" .value=${this._code} @input=${e => this._code = e.target.value}
        @keydown=${e => (e.ctrlKey || e.metaKey) && e.key === 'Enter' && this._run()}></textarea>
      <div class="toolbar">
        <vaadin-button theme="primary" title="Ctrl+Enter" @click=${this._run} ?disabled=${this._busy}>Run</vaadin-button>
        <vaadin-checkbox label="Dry run" .checked=${this._dryRun}
          @checked-changed=${e => this._dryRun = e.detail.value}></vaadin-checkbox>
        <vaadin-integer-field label="Computing time (s)" min="1" placeholder=${this._limits?.cpu_seconds ?? ''}
          @value-changed=${e => this._cpu = e.detail.value}></vaadin-integer-field>
        <vaadin-integer-field label="Memory (bytes)" min="1" placeholder=${this._limits?.memory ?? ''}
          @value-changed=${e => this._memory = e.detail.value}></vaadin-integer-field>
      </div>
      ${this._problem ? html`<div class="problem" role="alert">${this._problem}</div>` : ''}
      ${this._result ? this._renderResult(this._result) : ''}
      ${this._guide ? html`<details><summary>How to write scripts</summary><pre>${this._guide}</pre></details>` : ''}`;
  }

  _renderResult(result) {
    return html`
      <div role="status">
        ${result.success ? badge('good', 'check', 'success') : badge('bad', 'xmark', result.error.type)}
        <span class="muted">${result.duration_ms} ms, ${result.steps} steps, ${result.memory} bytes,
          ${result.calls.length} calls</span>
      </div>
      ${result.error ? html`<div class="problem" role="alert">
        ${result.error.line ? `Line ${result.error.line}: ` : ''}${result.error.message} ${result.error.hint ?? ''}</div>` : ''}
      ${result.output ? html`<h4>Output</h4><pre role="region" aria-label="Output">${result.output}</pre>` : ''}
      ${result.result === null || result.result === undefined ? '' : html`<h4>Result</h4>
        <pre role="region" aria-label="Result">${JSON.stringify(result.result, null, 2)}</pre>`}
      ${result.calls.length ? html`<table aria-label="Calls">
        <thead><tr><th>Call</th><th>Account</th><th>Duration</th><th>Status</th></tr></thead>
        <tbody>${result.calls.map(call => html`<tr>
          <td class="mono break">${call.path}</td><td>${call.account ?? ''}</td><td>${call.duration_ms} ms</td>
          <td>${call.status === 'ok' ? badge('good', 'check', 'ok') : badge('bad', 'xmark', call.error)}</td></tr>`)}</tbody>
      </table>` : ''}`;
  }

  async _run() {
    this._busy = true;
    this._problem = null;
    const options = { code: this._code, dryRun: this._dryRun, cpuLimit: Number(this._cpu ?? 0),
      memoryLimit: Number(this._memory ?? 0) };
    try {
      this._result = (await this.jsonRpc.run(options)).result;
    } catch (failure) {
      this._result = null;
      this._problem = problemOf(failure);
    }
    this._busy = false;
  }
}

customElements.define('qwc-posthog-scripts', QwcPosthogScripts);
