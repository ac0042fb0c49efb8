/** The operator's console: everything in it comes over one stream of Tidings, from the hub's own topics. */
import {connect} from '../tidings.js';
import {Bars} from './bars.js';
import {draw} from './charts.js';
import {bytes, count, rate, time} from './format.js';
import {History} from './history.js';
import {listen} from './listen.js';
import {Table} from './tables.js';

const HUB = 'hub';

/** @param {string} id */
const find = id => /** @type {HTMLElement} */ (document.getElementById(id));

/** Tells of what happens seldom; a screen reader reads it out. @param {string} text */
function say(text) {
  find('said').textContent = text;
}

/** What the hub answered, where that is not what was asked for. @param {Response} response */
async function problem(response) {
  const {detail} = await response.json().catch(() => ({}));
  return detail ?? `The server answered ${response.status}.`;
}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  try {
    const response = await fetch(`${HUB}/${path}`, init);
    return response.ok ? {response} : {failure: await problem(response)};
  } catch {
    return {failure: 'The server does not answer.'};
  }
}

// ---- Connections

/** @param {{id: string}} connection */
function endButton({id}) {
  const button = document.createElement('button');
  button.textContent = 'End';
  button.setAttribute('aria-label', `End connection ${id}`);
  button.addEventListener('click', async () => {
    const {failure} = await ask(`connections/${id}`, {method: 'DELETE'});
    say(failure ?? `Connection ${id} ends. Its client comes back by itself and misses nothing.`);
  });
  return button;
}

/** @param {{topics: string[], subscriptions: number}} connection */
const topicsOf = ({topics, subscriptions}) =>
  topics.join(', ') + (subscriptions > topics.length ? ` and ${subscriptions - topics.length} more` : '');

const connections = new Table(/** @type {HTMLTableElement} */ (find('connections')), row => row.id, [
  {type: 'id', of: row => row.id},
  {of: row => row.state + (row.stalled > 0 ? `, takes nothing for ${time(row.stalled)}` : '')},
  {of: row => time(row.age)},
  {type: 'topics', of: row => topicsOf(row)},
  {type: 'number', of: row => bytes(row.queued)},
  {type: 'number', of: row => count(row.lag)},
  {type: 'last', of: row => row.last},
  {type: 'action', of: row => endButton(row)},
]);

const topics = new Table(/** @type {HTMLTableElement} */ (find('topics')), row => row.topic, [
  {type: 'topic', of: row => row.topic},
  {type: 'number', of: row => count(row.subscriptions)},
  {type: 'number', of: row => row.topic.includes('*') ? '–' : rate(row.rate)},
]);

/** @param {string} id @param {number} shown @param {number} all @param {string} order */
function tellPart(id, shown, all, order) {
  find(id).textContent = shown < all ? `${shown} of ${count(all)}, ${order} first` : `${count(all)}, ${order} first`;
}

// ---- What the hub says of itself

const history = new History();
const drawCharts = draw(history, find('charts'));
const closings = new Bars('closed', 'Connections ended', find('charts'));
const gaps = new Bars('gaps', 'Gaps told', find('charts'));

/** The last of each, for when the page is looked at again. @type {Record<string, () => void>} */
const latest = {};
let isPaused = false;

/** @param {string} topic @param {() => void} show */
function showing(topic, show) {
  latest[topic] = show;
  if (!isPaused && !document.hidden) {
    show();
  }
}

/** Has the forms propose topics. A list that is open must not be changed for nothing. @param {string[]} names */
function propose(names) {
  const key = names.join('\n');
  if (find('known').dataset.key !== key) {
    find('known').dataset.key = key;
    find('known').replaceChildren(...names.map(name => new Option('', name)));
  }
}

/** @type {Record<string, (said: any) => void>} */
const HEARD = {
  '$hub/statistics'(said) {
    history.add(said, Date.now() / 1000);
    showing('statistics', () => {
      drawCharts();
      closings.show(said.closed);
      gaps.show(said.gaps);
      find('uptime').textContent = time(said.uptime);
      find('end').textContent = said.log.end;
      find('events').textContent = said.log.events === undefined ? 'the log fails' : count(said.log.events);
    });
  },
  '$hub/topics'(said) {
    showing('topics', () => {
      topics.show(said.topics);
      tellPart('topics-part', said.topics.length, said.all, 'busiest');
      propose(said.topics.map((/** @type {any} */ row) => row.topic).sort());
    });
  },
  '$hub/connections'(said) {
    showing('connections', () => {
      connections.show(said.connections);
      tellPart('connections-part', said.connections.length, said.all, 'slowest');
    });
  },
};

/** @param {string} state of the stream @param {string} text */
function tell(state, text) {
  find('state').dataset.state = state;
  find('state').textContent = text;
}

/** @param {string} why */
function refuse(why) {
  tell('offline', 'refused');
  find('refused').hidden = false;
  find('why').textContent = why;
  find('content').hidden = true;
}

function start() {
  const tidings = connect(HUB, {share: 'console'}); // Not the applications' stream, which may be refused nothing for this.
  const listening = listen(tidings, /** @type {HTMLFormElement} */ (find('listen')), find('heard'), say);
  tidings.onstatechange = ({state, reason}) => {
    if (reason === 'auth') {
      refuse('The server asks for a login, or refuses this page.');
    } else if (find('refused').hidden) {
      tell(state, reason && reason !== 'idle' && reason !== state ? `${state}: ${reason}` : state);
    }
  };
  tidings.ongap = gap => listening.gap(gap);
  tidings.onerror = ({error, event, subscription}) => {
    if (listening.isOver(subscription) || event) {
      say(error.message);
    } else {
      refuse(error.message);
      tidings.close();
    }
  };
  for (const [topic, hear] of Object.entries(HEARD)) {
    tidings.subscribe(topic, ({data}) => hear(data), {schema: JSON.parse});
  }
}

// ---- What the operator does

find('pause').addEventListener('click', ({currentTarget}) => {
  isPaused = !isPaused;
  const button = /** @type {HTMLElement} */ (currentTarget);
  button.setAttribute('aria-pressed', String(isPaused));
  document.body.classList.toggle('paused', isPaused);
  if (!isPaused) {
    Object.values(latest).forEach(show => show());
  }
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !isPaused) {
    Object.values(latest).forEach(show => show());
  }
});

find('publish').addEventListener('submit', async event => {
  event.preventDefault();
  const {topic, type, data} = /** @type {Record<string, HTMLInputElement>} */ (
    /** @type {unknown} */ (/** @type {HTMLFormElement} */ (event.target).elements));
  const query = new URLSearchParams({topic: topic.value, ...(type.value ? {type: type.value} : {})});
  const headers = {'Content-Type': 'text/plain;charset=utf-8'};
  const {response, failure} = await ask(`events?${query}`, {method: 'POST', body: data.value, headers});
  const answer = failure ?? `Published as ${(await response?.json()).id}.`;
  find('receipt').textContent = answer;
  find('receipt').classList.toggle('error', Boolean(failure));
});

if (window.top === window) {
  start();
} else {
  refuse('This page is inside another one, which could have you press its buttons.'); // clickjacking
}
