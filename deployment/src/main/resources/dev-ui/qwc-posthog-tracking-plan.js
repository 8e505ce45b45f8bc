import { css, html } from 'lit';
import { plannedEvents } from 'build-time-data';
import '@vaadin/button';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import '@vaadin/select';
import { PosthogPage, Repeater, badge, problemOf, styles, timeOf } from './posthog-shared.js';

/** The events of the tracking plans, which of them the application has captured, and their descriptions in PostHog. */
export class QwcPosthogTrackingPlan extends PosthogPage {

  static styles = [styles, css`
    .state { width: 14em; }
    .latest { width: 6em; }
    .kind { width: 6em; }
    .counts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--lumo-space-xs); min-height: 1.75em; }
    .properties { display: flex; flex-wrap: wrap; gap: var(--lumo-space-xs); }
    .properties .badge { white-space: normal; overflow-wrap: anywhere; }
    .descriptions {
      display: flex;
      flex-direction: column;
      gap: var(--lumo-space-s);
      padding: var(--lumo-space-s) var(--lumo-space-m);
      border: 1px solid var(--lumo-contrast-20pct);
      border-radius: var(--lumo-border-radius-m);
    }
    .descriptions th { position: static; background: none; }
    h4 { margin: 0; }
  `];

  static properties = {
    _counts: { state: true },
    _accounts: { state: true },
    _selected: { state: true },
    _changes: { state: true },
    _confirming: { state: true },
    _busy: { state: true },
    _problem: { state: true }
  };

  constructor() {
    super();
    this._counts = null;
    this._accounts = [];
    this._selected = null;
    this._reset();
    this._repeater = new Repeater(current => this._read(current), 1000);
  }

  hotReload() {
    this._reset();
    this._repeater.start();
  }

  /** Ignores pending calls, because they belong to another account or to the application before a reload. */
  _reset() {
    this._call = null;
    this._changes = null;
    this._confirming = false;
    this._busy = false;
    this._problem = null;
  }

  async _read(current) {
    const [counts, accounts] = await Promise.all([this.jsonRpc.eventCounts(), this.jsonRpc.plannedAccounts()]);
    if (current()) {
      this._counts = counts.result;
      this._accounts = accounts.result;
      if (!this._accounts.some(account => account.name === this._selected)) {
        this._selected = (this._accounts.find(account => account.name === 'default') ?? this._accounts[0])?.name ?? null;
      }
    }
  }

  render() {
    if (!this._counts) {
      return html`<vaadin-progress-bar indeterminate aria-label="Loading events"></vaadin-progress-bar>`;
    }
    const captured = plannedEvents.filter(event => this._of(event).length > 0).length;
    return html`
      ${this._selected === null ? '' : this._renderToolbar()}
      ${this._problem ? html`<div class="problem break" role="alert">${this._problem}</div>` : ''}
      ${this._changes ? this._renderChanges() : ''}
      <div class="muted">The application has captured ${captured} of ${plannedEvents.length} planned events, among its latest
        1000 events.</div>
      <table aria-label="Tracking plan">
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Properties and groups</th>
            <th class="state" scope="col">State</th>
            <th class="latest" scope="col">Latest</th>
          </tr>
        </thead>
        <tbody>${plannedEvents.map(event => this._renderEvent(event))}</tbody>
      </table>`;
  }

  _renderToolbar() {
    return html`
      <div class="toolbar">
        ${this._accounts.length > 1 ? html`
          <vaadin-select label="Account" theme="small" .value=${this._selected} ?disabled=${this._busy}
            .items=${this._accounts.map(account => ({ label: account.name, value: account.name }))}
            @value-changed=${event => this._select(event.detail.value)}></vaadin-select>` : ''}
        <vaadin-button theme="small" @click=${() => this._compare()} ?disabled=${this._busy}>
          <vaadin-icon icon="font-awesome-solid:code-compare" slot="prefix"></vaadin-icon>Compare descriptions
        </vaadin-button>
        <span class="muted">Compares the descriptions of the plan with ${this._target()}.</span>
      </div>
      ${this._busy ? html`<vaadin-progress-bar indeterminate aria-label="Waiting for PostHog"></vaadin-progress-bar>` : ''}`;
  }

  _target() {
    const emulated = this._accounts.find(account => account.name === this._selected)?.emulated;
    return `${emulated ? 'the emulator' : 'the PostHog project'} of account '${this._selected}'`;
  }

  _renderChanges() {
    const { written, events, properties, missing } = this._changes;
    const count = events.length + properties.length;
    const descriptions = count === 1 ? '1 description' : `${count} descriptions`;
    return html`
      <div class="descriptions" role="region" aria-label="Descriptions">
        <h4>${written ? `${descriptions} written to ${this._target()}`
          : count ? `${descriptions} ${count === 1 ? 'differs' : 'differ'}` : 'No description differs'}</h4>
        ${count === 0 ? '' : html`
          <table aria-label="Changes">
            <thead>
              <tr>
                <th class="kind" scope="col">Kind</th>
                <th scope="col">Name</th>
                <th scope="col">${written ? 'Before' : 'In PostHog'}</th>
                <th scope="col">${written ? 'Now' : 'In the plan'}</th>
              </tr>
            </thead>
            <tbody>
              ${events.map(change => this._renderChange('event', change))}
              ${properties.map(change => this._renderChange('property', change))}
            </tbody>
          </table>`}
        ${missing.length === 0 ? '' : html`
          <div class="muted break">PostHog has not received these events and properties yet, so it has no description for them:
            ${missing.join(', ')}.</div>`}
        ${written || count === 0 ? '' : this._renderConfirmation(descriptions, [...events, ...properties].some(change => change.before))}
      </div>`;
  }

  _renderChange(kind, change) {
    return html`
      <tr data-change=${change.name}>
        <td class="muted">${kind}</td>
        <td class="break">${change.name}</td>
        <td class="break">${change.before || html`<span class="muted">none</span>`}</td>
        <td class="break">${change.after}</td>
      </tr>`;
  }

  _renderConfirmation(descriptions, replaces) {
    if (!this._confirming) {
      return html`
        <div class="toolbar">
          <vaadin-button theme="small primary" @click=${() => this._confirming = true} ?disabled=${this._busy}>
            <vaadin-icon icon="font-awesome-solid:upload" slot="prefix"></vaadin-icon>Write to PostHog…
          </vaadin-button>
        </div>`;
    }
    return html`
      <div class="toolbar" role="alertdialog" aria-label="Confirmation">
        <span class="muted">Write ${descriptions} to ${this._target()}?
          ${replaces ? 'This replaces the descriptions that PostHog has now.' : ''}</span>
        <vaadin-button theme="small primary" @click=${() => this._publish()} ?disabled=${this._busy}>Write</vaadin-button>
        <vaadin-button theme="small" @click=${() => this._confirming = false} ?disabled=${this._busy}>Cancel</vaadin-button>
      </div>`;
  }

  _select(account) {
    if (account && account !== this._selected) {
      this._reset();
      this._selected = account;
    }
  }

  _compare() {
    return this._send('compareDescriptions', false);
  }

  /** Writes what differs now. The result shows it, even if it is not what was compared. */
  _publish() {
    return this._send('publishDescriptions', true);
  }

  async _send(method, written) {
    const call = this._call = {};
    let changes = null;
    let problem = null;
    this._busy = true;
    this._problem = null;
    this._confirming = false;
    try {
      changes = { ...(await this.jsonRpc[method]({ account: this._selected })).result, written };
    } catch (failure) {
      // Some descriptions may have been written, so that the comparison is outdated
      problem = problemOf(failure);
    }
    if (call === this._call) {
      this._changes = changes;
      this._problem = problem;
      this._busy = false;
    }
  }

  _of(event) {
    return this._counts.filter(count => count.event === event.name);
  }

  /** Returns the counts of an event, and the accounts of its plans that have not captured it. */
  _states(event) {
    const counts = this._of(event);
    const others = this._accounts.filter(account => account.events.includes(event.name)
      && !counts.some(count => count.account === account.name));
    return [...counts, ...others.map(account => ({ account: account.name }))];
  }

  _renderEvent(event) {
    const states = this._states(event);
    return html`
      <tr data-event=${event.name}>
        <td>
          <div>${event.name}</div>
          <div class="muted">${event.description}</div>
          ${event.methods.map(method => html`<div class="muted mono break" title=${method}>${method.slice(method.lastIndexOf('.') + 1)}</div>`)}
        </td>
        <td>
          <div class="properties">
            ${event.properties.map(property => html`<span class="badge" title=${property.description}>
              ${property.name}: ${property.type.toLowerCase()}${property.optional ? ', optional' : ''}</span>`)}
            ${event.groups.map(group => html`<span class="badge fair">group ${group}</span>`)}
          </div>
        </td>
        <td>${states.length === 0 ? html`<span class="muted">not injected</span>` : states.map(state => this._renderState(state))}</td>
        <td>${states.map(state => html`<div class="counts">${timeOf(state.latest)}</div>`)}</td>
      </tr>`;
  }

  _renderState(state) {
    return html`
      <div class="counts">
        ${state.latest ? '' : html`<span class="muted">not captured</span>`}
        ${state.delivered ? badge('good', 'check', `${state.delivered} delivered`) : ''}
        ${state.queued ? badge('fair', 'clock', `${state.queued} queued`) : ''}
        ${state.dropped ? badge('bad', 'xmark', `${state.dropped} dropped`) : ''}
        ${this._accounts.length > 1 || state.account !== 'default' ? html`<span class="muted">${state.account}</span>` : ''}
      </div>`;
  }
}

customElements.define('qwc-posthog-tracking-plan', QwcPosthogTrackingPlan);
