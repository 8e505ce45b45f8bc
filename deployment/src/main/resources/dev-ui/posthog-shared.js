import { QwcHotReloadElement, css, html } from 'qwc-hot-reload-element';
import { JsonRpc } from 'jsonrpc';
import '@vaadin/icon';

/** The styles of all pages. They only use Lumo's colors and sizes, and therefore follow the theme. */
export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--lumo-space-m);
    height: 100%;
    box-sizing: border-box;
    padding: 0 var(--lumo-space-m) var(--lumo-space-m);
    color: var(--lumo-body-text-color);
    font-size: var(--lumo-font-size-s);
    overflow: auto;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--lumo-space-s);
  }
  .toolbar vaadin-text-field,
  .toolbar vaadin-select {
    padding: 0;
    width: 9em;
  }
  .toolbar > .muted {
    line-height: var(--lumo-size-s);
  }
  vaadin-button {
    margin: 0;
  }
  vaadin-button vaadin-icon {
    width: 1em;
    height: 1em;
  }
  .grow {
    flex: 1;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    text-align: left;
    font-weight: 500;
    color: var(--lumo-secondary-text-color);
    padding: var(--lumo-space-xs) var(--lumo-space-s);
    border-bottom: 1px solid var(--lumo-contrast-20pct);
    position: sticky;
    top: 0;
    background: var(--lumo-base-color);
    z-index: 1;
  }
  td {
    padding: var(--lumo-space-xs) var(--lumo-space-s);
    border-bottom: 1px solid var(--lumo-contrast-5pct);
    vertical-align: top;
  }
  .muted {
    color: var(--lumo-secondary-text-color);
  }
  .mono {
    font-family: monospace;
  }
  .break {
    overflow-wrap: anywhere;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--lumo-space-xs);
    padding: 0 var(--lumo-space-s);
    border-radius: var(--lumo-border-radius-m);
    font-size: var(--lumo-font-size-xs);
    font-weight: 500;
    line-height: 1.75;
    white-space: nowrap;
    background: var(--lumo-contrast-10pct);
    color: var(--lumo-secondary-text-color);
  }
  .badge vaadin-icon {
    width: 0.9em;
    height: 0.9em;
  }
  .good {
    background: var(--lumo-success-color-10pct);
    color: var(--lumo-success-text-color);
  }
  .fair {
    background: var(--lumo-primary-color-10pct);
    color: var(--lumo-primary-text-color);
  }
  .poor {
    background: var(--lumo-warning-color-10pct, var(--lumo-contrast-10pct));
    color: var(--lumo-warning-text-color, var(--lumo-body-text-color));
  }
  .bad {
    background: var(--lumo-error-color-10pct);
    color: var(--lumo-error-text-color);
  }
  .problem {
    padding: var(--lumo-space-s) var(--lumo-space-m);
    border-radius: var(--lumo-border-radius-m);
    background: var(--lumo-error-color-10pct);
    color: var(--lumo-error-text-color);
  }
  .empty {
    padding: var(--lumo-space-xl);
    text-align: center;
    color: var(--lumo-secondary-text-color);
  }
`;

/** Returns the message of a failed call, as the extension created it. */
export function problemOf(failure) {
  const message = failure?.error?.message ?? failure?.message ?? String(failure);
  return message.replace(/^Method \[.*?\] failed: /, '');
}

export function badge(kind, icon, text) {
  return html`<span class="badge ${kind}"><vaadin-icon icon="font-awesome-solid:${icon}"></vaadin-icon>${text}</span>`;
}

/** Copies a text, even if the page is not served with HTTPS. */
export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.appendChild(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function timeOf(instant) {
  return instant ? new Date(instant).toLocaleTimeString([], { hour12: false }) : '';
}

/** A page, which loads its data when it is opened and after a live reload. */
export class PosthogPage extends QwcHotReloadElement {

  // Frequent requests would fill the log of the Dev UI
  jsonRpc = new JsonRpc(this, false);

  connectedCallback() {
    super.connectedCallback();
    this.hotReload();
  }

  disconnectedCallback() {
    this._repeater?.stop();
    super.disconnectedCallback();
  }
}

/** Polls data while its page is shown, one request at a time. */
export class Repeater {

  constructor(read, pause) {
    this._read = read;
    this._pause = pause;
    this._generation = 0;
  }

  /** Starts polling. Pending requests are ignored, because they belong to the application before a reload. */
  start() {
    const generation = ++this._generation;
    const next = async () => {
      let pause = this._pause;
      try {
        await this._read(() => generation === this._generation);
      } catch (failure) {
        pause = 2000;
      }
      if (generation === this._generation) {
        this._timer = setTimeout(next, pause);
      }
    };
    clearTimeout(this._timer);
    next();
  }

  stop() {
    this._generation++;
    clearTimeout(this._timer);
  }
}
