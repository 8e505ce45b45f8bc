import { css, html } from 'lit';
import { plannedEvents } from 'build-time-data';
import '@vaadin/progress-bar';
import { PosthogPage, Repeater, badge, styles, timeOf } from './posthog-shared.js';

/** The events of the tracking plans, and which of them the application has captured. */
export class QwcPosthogTrackingPlan extends PosthogPage {

  static styles = [styles, css`
    .state { width: 9em; }
    .latest { width: 6em; }
    .properties { display: flex; flex-wrap: wrap; gap: var(--lumo-space-xs); }
  `];

  static properties = {
    _counts: { state: true }
  };

  constructor() {
    super();
    this._counts = null;
    this._repeater = new Repeater(current => this._read(current), 1000);
  }

  hotReload() {
    this._repeater.start();
  }

  async _read(current) {
    const counts = (await this.jsonRpc.eventCounts()).result;
    if (current()) {
      this._counts = counts;
    }
  }

  render() {
    if (!this._counts) {
      return html`<vaadin-progress-bar indeterminate aria-label="Loading events"></vaadin-progress-bar>`;
    }
    const captured = plannedEvents.filter(event => this._of(event).length > 0).length;
    return html`
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

  _of(event) {
    return this._counts.filter(count => count.event === event.name);
  }

  _renderEvent(event) {
    const counts = this._of(event);
    return html`
      <tr data-event=${event.name}>
        <td>
          <div>${event.name}</div>
          <div class="muted">${event.description}</div>
          <div class="muted mono break">${event.methods.join(', ')}</div>
        </td>
        <td>
          <div class="properties">
            ${event.properties.map(property => html`<span class="badge" title=${property.description}>
              ${property.name}: ${property.type.toLowerCase()}${property.optional ? ', optional' : ''}</span>`)}
            ${event.groups.map(group => html`<span class="badge fair">group ${group}</span>`)}
          </div>
        </td>
        <td>${counts.length === 0 ? html`<span class="muted">not captured</span>` : counts.map(count => this._renderCount(count))}</td>
        <td>${counts.map(count => html`<div>${timeOf(count.latest)}</div>`)}</td>
      </tr>`;
  }

  _renderCount(count) {
    return html`
      <div>
        ${count.delivered ? badge('good', 'check', `${count.delivered} delivered`) : ''}
        ${count.queued ? badge('fair', 'clock', `${count.queued} queued`) : ''}
        ${count.dropped ? badge('bad', 'xmark', `${count.dropped} dropped`) : ''}
        ${count.account === 'default' ? '' : html`<span class="muted">${count.account}</span>`}
      </div>`;
  }
}

customElements.define('qwc-posthog-tracking-plan', QwcPosthogTrackingPlan);
