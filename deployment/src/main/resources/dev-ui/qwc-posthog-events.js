import { css, html } from 'lit';
import { notifier } from 'notifier';
import '@vaadin/button';
import '@vaadin/icon';
import '@vaadin/select';
import '@vaadin/text-field';
import 'qui-themed-code-block';
import { PosthogPage, Repeater, badge, copy, problemOf, styles, timeOf } from './posthog-shared.js';

const STATES = {
  QUEUED: { kind: 'fair', icon: 'clock', text: 'queued' },
  RETRYING: { kind: 'poor', icon: 'rotate-right', text: 'retrying' },
  DELIVERED: { kind: 'good', icon: 'check', text: 'delivered' },
  DROPPED: { kind: 'bad', icon: 'xmark', text: 'dropped' }
};

const SHOWN = 300;

const ALL = 'all';

/** The events that the application captures, as they happen. */
export class QwcPosthogEvents extends PosthogPage {

  static styles = [styles, css`
    :host {
      overflow: hidden;
    }
    .columns {
      display: flex;
      flex: 1;
      min-height: 0;
      gap: var(--lumo-space-m);
    }
    .list {
      flex: 3;
      min-width: 0;
      overflow: auto;
    }
    .details {
      flex: 2;
      min-width: 0;
      overflow: auto;
      border-left: 1px solid var(--lumo-contrast-10pct);
      padding-left: var(--lumo-space-m);
    }
    .list table {
      table-layout: fixed;
    }
    .list td {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .time { width: 5.5em; }
    .state { width: 8.5em; }
    .account { width: 7em; }
    tbody tr { cursor: pointer; }
    tbody tr:hover { background: var(--lumo-contrast-5pct); }
    tbody tr[aria-selected=true] { background: var(--lumo-primary-color-10pct); }
    tbody tr:focus-visible {
      outline: 2px solid var(--lumo-primary-color-50pct);
      outline-offset: -2px;
    }
    h3 {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .title {
      display: flex;
      align-items: center;
      gap: var(--lumo-space-s);
      flex-wrap: wrap;
    }
    dl {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      gap: var(--lumo-space-xs) var(--lumo-space-m);
      margin: var(--lumo-space-m) 0;
    }
    dt { color: var(--lumo-secondary-text-color); }
    dd { margin: 0; overflow-wrap: anywhere; }
    h4 { margin: var(--lumo-space-m) 0 var(--lumo-space-xs); }
  `];

  static properties = {
    _events: { state: true },
    _selected: { state: true },
    _name: { state: true },
    _person: { state: true },
    _account: { state: true },
    _state: { state: true },
    _paused: { state: true }
  };

  constructor() {
    super();
    this._events = [];
    this._name = '';
    this._person = '';
    this._account = ALL;
    this._state = ALL;
    this._change = 0;
    this._repeater = new Repeater(current => this._read(current), 0);
  }

  /** Removes the events of the application before a live reload. */
  hotReload() {
    this._change = 0;
    this._fresh = true;
    if (!this._paused) {
      this._repeater.start();
    }
  }

  async _read(current) {
    const news = (await this.jsonRpc.eventsSince({ change: String(this._change) })).result;
    if (!current()) {
      return;
    }
    const known = new Map(this._fresh ? [] : this._events.map(event => [event.id, event]));
    this._fresh = false;
    for (const event of news) {
      known.set(event.id, event);
      this._change = Math.max(this._change, event.change);
    }
    this._events = [...known.values()].slice(-1000);
    this._selected = known.get(this._selected?.id) ?? this._selected;
  }

  render() {
    const accounts = [...new Set(this._events.map(event => event.account))].sort();
    const shown = this._events.filter(event => this._isShown(event)).reverse();
    return html`
      ${this._renderToolbar(accounts, shown.length)}
      <div class="columns">
        <div class="list">${this._renderTable(accounts.length > 1, shown)}</div>
        ${this._selected ? html`<div class="details" role="region" aria-label="Event">${this._renderDetails(this._selected)}</div>` : ''}
      </div>`;
  }

  _isShown(event) {
    const contains = (text, part) => (text ?? '').toLowerCase().includes(part.toLowerCase());
    return contains(event.name, this._name) && contains(event.distinctId, this._person)
      && [ALL, event.account].includes(this._account) && [ALL, event.state].includes(this._state);
  }

  _renderToolbar(accounts, count) {
    return html`
      <div class="toolbar" role="search" aria-label="Filter events">
        <vaadin-text-field theme="small" label="Event" clear-button-visible .value=${this._name}
          @value-changed=${e => this._name = e.detail.value}></vaadin-text-field>
        <vaadin-text-field theme="small" label="Person" clear-button-visible .value=${this._person}
          @value-changed=${e => this._person = e.detail.value}></vaadin-text-field>
        ${accounts.length > 1 ? html`
          <vaadin-select theme="small" label="Account" .value=${this._account}
            .items=${[{ label: 'all', value: ALL }, ...accounts.map(name => ({ label: name, value: name }))]}
            @value-changed=${e => this._account = e.detail.value}></vaadin-select>` : ''}
        <vaadin-select theme="small" label="State" .value=${this._state}
          .items=${[{ label: 'all', value: ALL }, ...Object.entries(STATES).map(([value, it]) => ({ label: it.text, value }))]}
          @value-changed=${e => this._state = e.detail.value}></vaadin-select>
        <span class="grow"></span>
        <span class="muted" role="status">${count === this._events.length ? `${count} events` : `${count} of ${this._events.length} events`}</span>
        <vaadin-button theme="small" @click=${this._togglePause} aria-pressed=${this._paused ? 'true' : 'false'}>
          <vaadin-icon icon="font-awesome-solid:${this._paused ? 'play' : 'pause'}" slot="prefix"></vaadin-icon>
          ${this._paused ? 'Resume' : 'Pause'}
        </vaadin-button>
        <vaadin-button theme="small" @click=${this._clear}>
          <vaadin-icon icon="font-awesome-solid:trash-can" slot="prefix"></vaadin-icon>Clear
        </vaadin-button>
      </div>`;
  }

  _renderTable(withAccount, shown) {
    if (shown.length === 0) {
      return html`<div class="empty">${this._events.length === 0
        ? 'No events yet. Events appear when the application captures them.'
        : 'No events match the filter.'}</div>`;
    }
    return html`
      <table aria-label="Captured events" role="grid" aria-rowcount=${shown.length + 1}>
        <thead>
          <tr role="row">
            <th class="time" scope="col">Time</th>
            <th scope="col">Event</th>
            <th scope="col">Person</th>
            ${withAccount ? html`<th class="account" scope="col">Account</th>` : ''}
            <th class="state" scope="col">State</th>
          </tr>
        </thead>
        <tbody @keydown=${this._keydown}>
          ${shown.slice(0, SHOWN).map((event, index) => this._renderRow(event, index, withAccount))}
        </tbody>
      </table>
      ${shown.length > SHOWN ? html`<div class="empty">${shown.length - SHOWN} older events; narrow the filter to see them.</div>` : ''}`;
  }

  _renderRow(event, index, withAccount) {
    const selected = event.id === this._selected?.id;
    const state = STATES[event.state];
    return html`
      <tr role="row" aria-selected=${selected ? 'true' : 'false'} data-name=${event.name}
        tabindex=${selected || (!this._selected && index === 0) ? 0 : -1} @click=${() => this._selected = event}>
        <td class="muted">${timeOf(event.captured)}</td>
        <td title=${event.name}>${event.name}</td>
        <td title=${event.distinctId ?? ''}>${event.distinctId}</td>
        ${withAccount ? html`<td>${event.account}</td>` : ''}
        <td title=${event.detail ?? ''}>${badge(state.kind, state.icon, state.text)}</td>
      </tr>`;
  }

  /** Moves through the table with the arrow keys, as in any grid. */
  _keydown(e) {
    const row = e.target.closest('tr');
    const next = e.key === 'ArrowDown' ? row.nextElementSibling : e.key === 'ArrowUp' ? row.previousElementSibling : null;
    if (next) {
      e.preventDefault();
      next.focus();
      next.click();
    } else if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault();
      row.click();
    }
  }

  _renderDetails(event) {
    const state = STATES[event.state];
    const request = event.request;
    return html`
      <div class="title"><h3>${event.name}</h3>${badge(state.kind, state.icon, state.text)}</div>
      <dl>
        <dt>Person</dt><dd class="mono">${event.distinctId}</dd>
        <dt>Account</dt><dd>${event.account}</dd>
        ${event.timestamp ? html`
          <dt>Timestamp</dt><dd>${event.timestamp}</dd>
          <dt>UUID</dt><dd class="mono">${event.id}</dd>` : ''}
        ${event.reason ? html`<dt>Reason</dt><dd>${event.reason.toLowerCase().replaceAll('_', ' ')}</dd>` : ''}
        ${event.detail ? html`<dt>Detail</dt><dd>${event.detail}</dd>` : ''}
        ${request ? html`
          <dt>Request</dt>
          <dd>${request.path}, ${request.events === 1 ? '1 event' : `batch of ${request.events} events`},
            ${request.bytes} bytes, attempt ${request.attempt},
            ${request.status ? `status ${request.status}` : 'no response'} after ${request.millis} ms</dd>` : ''}
      </dl>
      <div class="toolbar">
        <vaadin-button theme="small" @click=${() => this._copyCurl(event)}>
          <vaadin-icon icon="font-awesome-solid:copy" slot="prefix"></vaadin-icon>Copy as curl
        </vaadin-button>
        <vaadin-button theme="small" @click=${() => this._replay(event)}>
          <vaadin-icon icon="font-awesome-solid:rotate-right" slot="prefix"></vaadin-icon>Capture again
        </vaadin-button>
      </div>
      <h4>Properties</h4>
      ${event.properties
        ? html`<qui-themed-code-block mode="json" .content=${JSON.stringify(event.properties, null, 2)}></qui-themed-code-block>`
        : html`<span class="muted">The properties are too large to be shown.</span>`}`;
  }

  async _copyCurl(event) {
    try {
      await copy((await this.jsonRpc.curl({ id: event.id })).result);
      notifier.showSuccessMessage('Copied. The shell needs the project token in QUARKUS_POSTHOG_PROJECT_API_KEY.', null);
    } catch (failure) {
      this._report(failure);
    }
  }

  async _replay(event) {
    try {
      await this.jsonRpc.replay({ id: event.id });
      notifier.showSuccessMessage('Captured again, with a new UUID.', null);
    } catch (failure) {
      this._report(failure);
    }
  }

  /** Shows a failure. Escapes the text, because the notifier expects HTML. */
  _report(failure) {
    const text = document.createElement('span');
    text.textContent = problemOf(failure);
    notifier.showErrorMessage(text.innerHTML, null, 10);
  }

  _togglePause() {
    this._paused = !this._paused;
    if (this._paused) {
      this._repeater.stop();
    } else {
      this._repeater.start();
    }
  }

  async _clear() {
    await this.jsonRpc.clearEvents();
    this._events = [];
    this._selected = null;
  }
}

customElements.define('qwc-posthog-events', QwcPosthogEvents);
