'use strict';

const EVENTS_SHOWN = 50;
const RECONNECT_MILLIS = 10_000;

const byId = id => document.getElementById(id);

/** An element with attributes or properties, and children; text is only ever set as text. */
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const row = (...cells) => element('tr', {}, ...cells.map(cell => cell instanceof HTMLTableCellElement ? cell : element('td', {}, cell)));
const number = value => element('td', { className: 'number' }, String(value));
const euros = amount => new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' }).format(amount);
const time = iso => new Date(iso).toLocaleTimeString(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

function problem(message) {
  const known = [...byId('problems').children].find(shown => shown.firstChild.textContent === message);
  if (!known) {
    const shown = element('p', {}, element('span', {}, message));
    shown.append(element('button', { type: 'button', title: 'Dismiss', onclick: () => shown.remove() }, '×'));
    byId('problems').append(shown);
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body && JSON.stringify(body)
    });
  } catch (e) {
    throw new Error(`The shop does not answer (${path})`);
  }
  const text = await response.text();
  if (!response.ok) {
    let message;
    try {
      message = JSON.parse(text).message;
    } catch (e) {
      // Not one of the shop's own problems
    }
    throw new Error(message || `${method} ${path}: ${response.status} ${response.statusText}`);
  }
  return text ? JSON.parse(text) : null;
}

/** Runs something that may fail, and shows why it did. */
async function attempt(action) {
  try {
    return await action();
  } catch (e) {
    problem(e.message);
    return undefined;
  }
}

// Accounts

async function showAccounts() {
  const accounts = await call('GET', 'about');
  byId('accounts').replaceChildren(...accounts.flatMap(({ name, host }) =>
    [element('dt', {}, `PostHog, ${name}`), element('dd', {}, host)]));
}

// Products

async function showProducts() {
  const products = await call('GET', 'products');
  byId('products').replaceChildren(...products.map(product => {
    const button = element('button', { type: 'button' }, 'Buy');
    button.onclick = () => attempt(() => buy(product, button)).finally(() => { button.disabled = false; });
    return element('div', { className: 'card' }, element('b', {}, product.name), element('span', {}, euros(product.price)), button);
  }));
}

async function buy(product, button) {
  button.disabled = true;
  const customer = byId('customer').value.trim();
  const receipt = await call('POST', 'purchases', { customer, items: [{ product: product.name, quantity: 1 }] });
  byId('receipt').textContent = `${customer} bought a ${product.name.toLowerCase()} for ${euros(receipt.amount)}: event ${receipt.event}`;
  await attempt(refreshAfterCapture);
}

const refreshAfterCapture = () => Promise.all([showRevenue(), showTopEvents(), showMarketing()]);

// Live events

function eventItem(event) {
  const { amount } = event.properties;
  return element('li', {},
    element('time', { dateTime: event.timestamp, title: event.timestamp }, time(event.timestamp)),
    element('span', {}, event.event, ' ', element('span', { className: 'who' }, event.distinct_id)),
    element('span', {}, amount === undefined ? '' : euros(amount)));
}

const feed = new Map();

function feedMe(event) {
  if (feed.has(event.id)) {
    return;
  }
  const item = eventItem(event);
  if (byId('feed').dataset.warm) {
    item.className = 'new';
  }
  feed.set(event.id, { event, item });
  const sorted = [...feed.values()].sort((a, b) => b.event.timestamp.localeCompare(a.event.timestamp));
  sorted.splice(EVENTS_SHOWN).forEach(old => {
    feed.delete(old.event.id);
    old.item.remove();
  });
  const after = sorted[sorted.findIndex(shown => shown.item === item) + 1];
  byId('events').insertBefore(item, after ? after.item : null);
}

function listen() {
  const source = new EventSource(`events/live?limit=${EVENTS_SHOWN}`);
  const badge = (text, live) => {
    byId('feed').textContent = text;
    byId('feed').classList.toggle('live', live);
  };
  source.onopen = () => badge('live', true);
  source.onmessage = message => {
    feedMe(JSON.parse(message.data));
    setTimeout(() => { byId('feed').dataset.warm = 'yes'; }, 1000);
  };
  source.onerror = () => {
    badge('interrupted, trying again', false);
    // A browser gives up after an HTTP error
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(listen, RECONNECT_MILLIS);
    }
  };
}

// Feature flags

const conditionForEveryone = flag => flag.filters.groups.find(group => group.properties.length === 0);

/** What a flag is for the customer; one that is switched off has no value. */
function valueBadge(value) {
  const text = value === true ? 'on' : value === false ? 'off' : value;
  return text === undefined ? '' : element('span', { className: value ? 'badge live' : 'badge' }, text);
}

function flagRow(flag, value) {
  const change = body => attempt(() => call('PATCH', `flags/${flag.id}`, { ...body, version: flag.version })).then(showFlagsAgain);
  const active = element('input', { type: 'checkbox', checked: flag.active, ariaLabel: `${flag.key} is on` });
  active.onchange = () => change({ active: active.checked });
  const condition = conditionForEveryone(flag) || flag.filters.groups[0];
  const rollout = element('input', {
    type: 'number', min: 0, max: 100, step: 'any', value: condition?.rollout_percentage ?? 100, ariaLabel: `Rollout of ${flag.key} in percent`
  });
  rollout.onchange = () => change({ rollout: Number(rollout.value) });
  const remove = element('button', { type: 'button', className: 'plain' }, 'Delete');
  remove.onclick = () => attempt(() => removeFlag(flag)).then(showFlagsAgain);
  const whom = conditionForEveryone(flag) ? '' : ' – targeted';
  return row(element('td', {}, element('code', {}, flag.key), ' ', valueBadge(value), element('small', {}, (flag.name || '') + whom)), active, rollout, remove);
}

async function showFlags() {
  const customer = byId('customer').value.trim();
  const [flags, values] = await Promise.all([
    call('GET', 'flags'),
    customer ? call('GET', `flags/for/${encodeURIComponent(customer)}`) : {}
  ]);
  byId('whose').textContent = customer && `as ${customer} gets them`;
  byId('flags').replaceChildren(...flags.map(flag => flagRow(flag, values[flag.key])));
}

const showFlagsAgain = () => attempt(showFlags);
byId('customer').onchange = showFlagsAgain;

async function removeFlag(flag) {
  await call('DELETE', `flags/${flag.id}`);
  const restore = element('button', { type: 'button', className: 'plain' }, 'Restore');
  restore.onclick = () => attempt(async () => {
    await call('POST', `flags/${flag.id}/restore`);
    byId('deleted').replaceChildren();
  }).then(showFlagsAgain);
  byId('deleted').replaceChildren(`Deleted ${flag.key}.`, restore);
}

byId('new-flag').onsubmit = submit => {
  submit.preventDefault();
  const form = submit.target;
  attempt(async () => {
    await call('POST', 'flags', { key: form.key.value.trim(), rollout: Number(form.rollout.value) });
    form.reset();
  }).then(showFlagsAgain);
};

// Report

async function showRevenue() {
  const days = await call('GET', 'report/revenue');
  const most = Math.max(...days.map(day => day.revenue));
  byId('revenue').replaceChildren(...days.map(({ day, revenue }) => {
    const bar = element('i');
    bar.style.width = `${Math.max(1, 100 * revenue / most)}%`;
    return element('div', {}, element('span', { className: 'muted' }, day.slice(5)), bar, element('span', { className: 'number' }, euros(revenue)));
  }));
}

async function showTopEvents() {
  const events = await call('GET', 'report/top-events');
  byId('top-events').replaceChildren(...events.map(({ event, total, customers }) => row(event, number(total), number(customers))));
}

// Dashboards

const sum = numbers => numbers.reduce((total, value) => total + value, 0);

/** The gist of an insight's result. */
function gist(insight) {
  const result = insight.result;
  switch (result && insight.query?.source?.kind) {
    case 'TrendsQuery':
      return [sum(result[0].data), 'in all'];
    case 'FunnelsQuery':
      return [`${Math.round(100 * result[result.length - 1].count / (result[0].count || 1))} %`, 'get to the end'];
    case 'RetentionQuery':
      return [result[0].values[0].count, 'in the first group'];
    case 'HogQLQuery':
      return [result.length, 'rows'];
    default:
      return ['–', 'not computed yet'];
  }
}

function tile({ insight, text }) {
  if (insight) {
    const [value, what] = gist(insight);
    return element('div', { className: 'tile' }, insight.name || insight.derived_name || insight.short_id,
      element('strong', {}, String(value)), element('span', { className: 'muted' }, what));
  }
  return element('div', { className: 'tile muted' }, text ? text.body.replaceAll('*', '') : 'something else');
}

async function showDashboards() {
  const dashboards = await call('GET', 'dashboards');
  byId('dashboards').replaceChildren(...await Promise.all(dashboards.map(async ({ id }) => {
    const dashboard = await call('GET', `dashboards/${id}`);
    return element('details', { open: dashboard.pinned }, element('summary', {}, dashboard.name),
      element('div', { className: 'tiles' }, ...dashboard.tiles.map(tile)));
  })));
}

// Persons

async function showPersons() {
  const cohort = byId('cohort').value;
  const persons = await call('GET', cohort ? `cohorts/${cohort}/persons` : 'persons');
  byId('persons').replaceChildren(...persons.map(({ name, properties, distinct_ids }) => row(
    element('td', {}, properties.name || name, element('small', {}, properties.email || distinct_ids[0])),
    properties.plan || '', properties.country || '')));
}

async function showCohorts() {
  const cohorts = await call('GET', 'cohorts');
  byId('cohort').append(...cohorts.map(({ id, name }) => element('option', { value: id }, name)));
}

byId('cohort').onchange = () => attempt(showPersons);

// Marketing

async function showMarketing() {
  const events = await call('GET', 'marketing/events');
  const shown = events.filter(({ event }) => !event.startsWith('$'));
  byId('marketing-events').replaceChildren(...shown.map(eventItem));
}

byId('sign-up').onsubmit = submit => {
  submit.preventDefault();
  const form = submit.target;
  attempt(async () => {
    await call('POST', 'marketing/sign-ups', { email: form.email.value });
    form.reset();
    await showMarketing();
  });
};

[showAccounts, showProducts, showFlags, showRevenue, showTopEvents, showDashboards, showCohorts, showPersons, showMarketing]
  .forEach(attempt);
listen();
