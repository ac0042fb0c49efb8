/** The demo's page: what is heard goes into the lists, what is typed goes to the server as plain requests. */
import {Stream} from './stream.js';

/** @typedef {import('./stream.js').Block} Block */

const TIME = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const STATES = {connecting: 'connecting', open: 'open', waiting: 'waiting to try again', offline: 'offline', ended: 'ended'};

/** @param {string} id @returns {any} */
const byId = id => document.getElementById(id);

/**
 * Makes an element. Text goes in as text: what strangers write never becomes markup.
 *
 * @param {string} tag
 * @param {string} name its class
 * @param {...(string | Node)} content
 */
function element(tag, name, ...content) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...content);
  return made;
}

/** How many lines each list keeps: the newest ones. */
const KEPT = {messages: 50, users: 50, raw: 200};

/**
 * Adds a line to a list.
 *
 * @param {keyof typeof KEPT} id the list's
 * @param {HTMLElement} line
 * @param {boolean} [announced] whether a screen reader is to say it
 */
function add(id, line, announced = false) {
  const list = byId(id);
  list.parentElement.setAttribute('aria-live', announced ? 'polite' : 'off');
  list.append(line);
  while (list.childElementCount > KEPT[id]) {
    list.firstElementChild.remove();
  }
}

/* ---- What is sent ---- */

/**
 * Posts JSON; the relative address works under any context path.
 *
 * @param {string} path
 * @param {object} body
 */
async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? `The server answered ${answer.status}.`);
}

/**
 * Runs what a form or a button asks for, once at a time, and says under it what went wrong.
 *
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} error
 * @param {() => Promise<void>} action
 */
async function run(button, error, action) {
  button.disabled = true;
  error.textContent = '';
  try {
    await action();
  } catch (e) {
    error.textContent = e instanceof TypeError ? 'The server cannot be reached.' : String(e instanceof Error ? e.message : e);
  } finally {
    button.disabled = false;
  }
}

let me = '';
/** @type {{text: string, at: number}[]} own messages that were sent and not yet heard */
const underway = [];

/** @param {string} name */
function signedIn(name) {
  me = name;
  byId('me').textContent = name;
  byId('sign-in').hidden = Boolean(name);
  byId('write').hidden = !name;
  byId(name ? 'text' : 'name').focus();
}

byId('sign-in').addEventListener('submit', event => {
  event.preventDefault();
  const name = byId('name').value.trim();
  run(event.submitter, byId('sign-in-error'), async () => {
    await post('demo/sign-in', {name});
    signedIn(name);
  });
});

byId('sign-out').addEventListener('click', () => signedIn(''));

byId('write').addEventListener('submit', event => {
  event.preventDefault();
  const input = byId('text');
  const sent = {text: input.value.trim(), at: Date.now()};
  run(event.submitter, byId('write-error'), async () => {
    underway.push(sent);
    input.form.dataset.sentAt = String(sent.at);
    await post('demo/messages', {from: me, text: sent.text}).catch(e => {
      underway.splice(underway.indexOf(sent), 1);
      throw e;
    });
    input.value = '';
  }).then(() => input.focus());
});

/* ---- What is heard ---- */

/** @param {Block} block @param {string} stream */
function showRaw({id, type, data}, stream) {
  const line = element('div', type.startsWith('$') ? 'block control' : 'block');
  line.dataset.stream = stream;
  for (const [field, value] of [['id', id], ['event', type], ...data.split('\n').map(line => ['data', line])]) {
    line.append(element('b', '', `${field}: `), element('span', field, value), '\n');
  }
  add('raw', line);
}

/** @param {string} text */
const noteRaw = text => add('raw', element('div', 'note', text));

/** How many events were missed and brought by this connection, and what it said that is missing for good. */
let caughtUp = 0;
let gap = '';
let resumed = false;

/**
 * @param {'users' | 'messages'} list
 * @param {Block} block
 * @param {{who: string, text: string, time: string}} event
 */
function showEvent(list, block, {who, text, time}) {
  const replayed = Date.parse(time) < main.openedAt;
  const clock = element('time', '', TIME.format(new Date(time)));
  clock.setAttribute('datetime', time);
  const line = element('div', who === me ? 'own' : '', element('b', 'who', who), ' ', clock);
  if (replayed && resumed) {
    caughtUp++;
    line.append(' ', element('span', 'tag', 'caught up'));
    showNotice();
  }
  line.append(element('p', '', text));
  line.dataset.id = block.id;
  line.dataset.heardAt = String(Date.now());
  add(list, line, !replayed); // Nobody wants a history read out.
}

/** @param {{from: string, text: string}} message */
function showHowLong({from, text}) {
  const index = from === me ? underway.findIndex(sent => sent.text === text) : -1;
  if (index >= 0) {
    const [sent] = underway.splice(index, 1);
    byId('took').textContent = `Heard ${Date.now() - sent.at} ms after you sent it.`;
  }
}

function showNotice() {
  const caught = caughtUp === 1 ? 'one event was missed, and came now.' : `${caughtUp} events were missed, and came now.`;
  byId('notice').textContent = [gap, caughtUp ? `Caught up: ${caught}` : ''].join(' ').trim();
  byId('notice').hidden = !gap && !caughtUp;
}

/** @type {Record<string, (block: Block) => void>} what to do with an event, by its type */
const heard = {
  'user-logged-in': block => {
    const user = JSON.parse(block.data);
    showEvent('users', block, {who: user.name, text: '', time: user.time});
  },
  'message-received': block => {
    const message = JSON.parse(block.data);
    showEvent('messages', block, {who: message.from, text: message.text, time: message.time});
    showHowLong(message);
  },
  '$hello': () => {
    caughtUp = 0;
    gap = '';
    showNotice();
  },
  '$gap': block => {
    const {reason, resumed} = JSON.parse(block.data);
    gap = `Events may be missing ($gap: ${reason}); the stream goes on behind ${resumed}.`;
    showNotice();
  },
};

const main = new Stream(['demo/users', 'demo/messages'], ['user-logged-in', 'message-received'], {
  onblock(block) {
    showRaw(block, 'main');
    heard[block.type]?.(block);
    byId('last-id').textContent = main.lastId;
  },
  onstate(state, url) {
    if (state === 'connecting') {
      resumed = Boolean(main.lastId);
    } else if (state === 'waiting') {
      resumed = true;
    }
    byId('state').dataset.state = state;
    byId('state').textContent = STATES[state];
    byId('connection').textContent = main.connection || '–';
    byId('offline-hint').textContent = state === 'offline'
        ? 'This page hears nothing now. Let something happen, here or in another window, then come back.'
        : 'Go offline for a while: what you miss comes when you are back, each event once and in order.';
    noteState(state, url);
  },
});

/** @param {string} state @param {string} url */
function noteState(state, url) {
  if (state === 'connecting') {
    const {pathname, search} = new URL(url);
    noteRaw(`GET ${pathname}${decodeURIComponent(search)}`);
  } else if (state !== 'open') {
    noteRaw({waiting: 'the connection broke', offline: 'closed by this page', ended: 'ended by the server'}[state] ?? '');
  }
}

byId('offline').addEventListener('change', () => byId('offline').checked ? main.close() : main.open());
byId('offline').checked = false; // Some browsers bring a form's old state back.
main.open();

/* ---- A job ---- */

/** @param {string} state @param {string} text */
function jobState(state, text) {
  byId('job').dataset.state = state;
  byId('job').textContent = text;
}

/** @param {number} percent */
function showProgress(percent) {
  byId('progress').value = percent;
  byId('percent').textContent = `${percent} %`;
}

/** Follows a job to its end. @param {string} job @returns {Promise<void>} */
const follow = job => new Promise((resolve, reject) => {
  const stream = new Stream([`demo/jobs/${job}`], ['job-progressed'], {
    onblock(block) {
      showRaw(block, 'job');
      if (block.type === 'job-progressed') {
        showProgress(JSON.parse(block.data).percent);
      } else if (block.type === '$gap') {
        stream.close(); // The log is a new one: the job went with the old one, and no end would come.
        reject(new Error('The server has lost the job: it was started again.'));
      }
    },
    onstate(state, url) {
      noteState(state, url);
      jobState(state, state === 'ended' ? 'Done. The server has ended the topic, and its stream with it.'
          : `Its own stream of demo/jobs/${job} is ${STATES[state]}.`);
      if (state === 'ended') {
        resolve();
      }
    },
  });
  stream.open();
});

byId('start').addEventListener('click', () => run(byId('start'), byId('job-error'), async () => {
  showProgress(0);
  const {job} = await (await post('demo/jobs', {})).json();
  await follow(job);
}));
