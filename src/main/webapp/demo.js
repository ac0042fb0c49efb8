/** The demo's page: what is heard goes into its lists. */
import {connect} from './tidings.js';
import {heardBack, lookWhetherItIsOn, me, onSubmit, post} from './demo-forms.js';
import {add, byId, element} from './demo-lines.js';
import {note, showTrace} from './demo-wire.js';

const TIME = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const LIST = new Intl.ListFormat('en');

/** @type {import('./tidings.js').Tidings} */
const tidings = connect('hub');

tidings.ontrace = trace => {
  showTrace(trace);
  if (trace.tabs) {
    byId('tabs').textContent = trace.tabs === 1 ? 'One stream, for this tab' : `One stream, shared by ${trace.tabs} tabs`;
  }
};
tidings.ongap = ({reason, resumed}) => {
  gap = `Events may be missing ($gap: ${reason}); the stream goes on behind ${resumed}.`;
  say(gap, 'gap');
  steps?.return?.(); // Its end may be among them.
};
tidings.onerror = ({error}) => say(error.message, 'gap');

// ---- The connection

/** How often the connection was opened: what comes late upon a return was missed, what comes first is history. */
let arrivals = 0;
/** Where the log was at the last one. */
let present = Promise.resolve('');

tidings.onstatechange = ({state, reason, transport}) => {
  const isSwitchedOff = reason === 'idle' && byId('offline').checked;
  byId('state').dataset.state = isSwitchedOff ? 'offline' : state;
  byId('state').textContent = isSwitchedOff ? 'offline' : describe(state, reason, transport);
  if (state === 'open') {
    arrivals++;
    missed.clear();
    gap = '';
    say('Go offline for a while: what you miss comes when you are back, each event once and in order.');
    present = present.then(askForPresent);
    lookWhetherItIsOn();
  } else if (state !== 'connecting') {
    byId('tabs').textContent = '';
    note(isSwitchedOff ? 'this page hears nothing' : `the stream is over: ${reason}`);
  }
};

/** @param {string} state @param {string} reason @param {string} [transport] */
function describe(state, reason, transport) {
  switch (state) {
    case 'open': return transport === 'polling' ? 'open, by polling' : 'open';
    case 'waiting': return reason === 'overloaded' ? 'the server is busy' : 'waiting to try again';
    case 'offline': return 'no network';
    case 'closed': return `over: ${reason}`;
    default: return state;
  }
}

/** The position of the log; none if nobody knows. Clocks cannot tell what is late: the server has another than the browser. */
async function askForPresent() {
  try {
    const headers = {Accept: 'application/json'};
    const answer = await fetch('hub/events?topic=demo/messages', {headers, cache: 'no-store', signal: AbortSignal.timeout(5_000)});
    return (await answer.json()).next;
  } catch {
    return '';
  }
}

byId('offline').addEventListener('change', () => {
  if (byId('offline').checked) {
    tidings.pause();
    say('This page hears nothing. Let something happen, here or in another window, then come back.');
  } else {
    tidings.resume();
  }
});

/** @param {string} text @param {'' | 'gap' | 'caught-up'} [kind] */
function say(text, kind = '') {
  byId('notice').textContent = text.trim();
  byId('notice').dataset.kind = kind;
}

// ---- What is heard

/** What this page missed and got when it came back: how many of each kind. @type {Map<string, number>} */
const missed = new Map();
/** What the connection has said that is missing for good. */
let gap = '';

/** The latest event that was heard. */
let last = '';

/** Whether an event is behind a position: of two in one log, the one with the larger number is. @param {string} id @param {string} position */
function isBehind(id, position) {
  const [[epoch, offset], [otherEpoch, otherOffset]] = [id, position].map(text => text.split('-'));
  return epoch !== otherEpoch || Number(offset) > Number(otherOffset);
}

/**
 * Shows an event, as soon as it is known what it is.
 *
 * @param {{id: string}} event
 * @param {string} kind what to call it
 * @param {(when: {isNews: boolean, isLate: boolean}) => void} show
 */
function hear({id}, kind, show) {
  const isReturn = arrivals > 1;
  last = isBehind(id, last) ? id : last;
  byId('last-id').textContent = last;
  present.then(position => {
    const isNews = isBehind(id, position);
    show({isNews, isLate: isReturn && !isNews});
    if (isReturn && !isNews) {
      missed.set(kind, (missed.get(kind) ?? 0) + 1);
      const counts = [...missed].map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`);
      say(`${gap} Caught up: ${LIST.format(counts)} came now, each once and in order.`, 'caught-up');
    }
  });
}

/** @param {'users' | 'messages'} list @param {{id: string}} event @param {string} kind @param {{who: string, text: string, time: string}} content */
function hearLine(list, event, kind, {who, text, time}) {
  const heardAt = Date.now();
  hear(event, kind, ({isNews, isLate}) => {
    const clock = element('time', '', TIME.format(new Date(time)));
    clock.setAttribute('datetime', time);
    const line = element('div', text && who === me ? 'own' : '', element('b', 'who', who), ' ', clock);
    line.append(...isLate ? [' ', element('span', 'tag', 'caught up')] : [], ...text ? [element('p', '', text)] : []);
    line.dataset.heardAt = String(heardAt);
    add(list, line, isNews);
  });
}

tidings.subscribe('demo/users', event => {
  const {name, time} = event.data;
  hearLine('users', event, 'login', {who: name, text: '', time});
}, {type: 'user-logged-in', after: 'earliest', schema: JSON.parse});

tidings.subscribe('demo/messages', event => {
  const {from, text, time} = event.data;
  hearLine('messages', event, 'message', {who: from, text, time});
  heardBack(event.data);
}, {type: 'message-received', after: 'earliest', schema: JSON.parse});

// ---- A job

/** The progress that is shown. @type {AsyncIterableIterator<import('./tidings.js').Event<any>> | undefined} */
let steps;

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

/** Follows a job to its end. @param {string} job */
async function follow(job) {
  steps?.return?.(); // There is one bar.
  const own = steps = tidings.events(`demo/jobs/${job}`, {type: 'job-progressed', after: 'earliest', schema: JSON.parse});
  showProgress(0);
  jobState('running', `On demo/jobs/${job}, added to the open stream.`);
  for await (const event of own) {
    hear(event, 'job step', () => steps === own && showProgress(event.data.percent));
  }
  if (steps === own) {
    await present; // The last step is shown.
    const isDone = byId('progress').value === 100;
    jobState(isDone ? 'ended' : 'lost', isDone ? 'Done. The application has ended the topic.' : 'Events are missing, the end of the job perhaps among them.');
  }
}

onSubmit('work', async () => {
  const {job} = await (await post('demo/jobs', {})).json();
  follow(job);
});
