/**
 * Tidings in the browser: one stream for all tabs, and every event once, in order, or told. No dependencies, no build
 * step; the protocol is docs/protocol.md, what is public is tidings.d.ts.
 *
 *   connect('hub').subscribe('orders/*', event => console.log(event.topic, event.data));
 *
 * A {@link Client} is a page's side, a {@link Host} has the stream. Where the host is decides {@link Client}: in a
 * SharedWorker, which is this same file; else in the one tab that has a lock; else each page has its own. They talk over
 * a BroadcastChannel, so nobody needs to know who has the stream, and it may move. What a subscription has heard it
 * knows by the id, its position: whoever comes late, or back, asks for what is behind it.
 *
 * @typedef {import('./tidings.js').Tidings} Tidings
 * @typedef {import('./tidings.js').Options} Options
 * @typedef {import('./tidings.js').SubscribeOptions<any>} SubscribeOptions
 * @typedef {import('./tidings.js').Environment} Environment
 * @typedef {import('./tidings.js').Event} Event
 * @typedef {import('./tidings.js').Gap} Gap
 * @typedef {import('./tidings.js').StateChange} StateChange
 * @typedef {import('./tidings.js').Trace} Trace
 */

/** In milliseconds. */
const CEILING = 30_000; // of the time between two tries
const RETRY = 3_000; // the base of it, until the server has said one
const HELLO = 10_000; // for a stream's first event; then something on the way holds it back
const POLLING = {least: 60_000, most: 600_000}; // before the stream is tried again; doubled each time
const GATHER = 20; // for a new host, to hear what all tabs want before it asks
const WORD = 5_000; // for a host's first word, or its next when it is asked for one
const PAGE = 60_000; // for a page of the log, whole
const DAY = 86_400_000; // the longest that a server's word is kept; no timer goes further than 24 of them
const SILENCE = 90_000; // of a host without a stream; browsers slow down timers in the background, to one a minute

const POLL_SECONDS = 25;
const PAGE_EVENTS = 100;
const MAX_TOPICS = 100; // the protocol's
const PENDING = 1_000; // events that wait for one page

// ---- Positions and topics

/**
 * Whether a position is behind another. Of two logs there is no telling: what comes is taken.
 *
 * @param {string} id
 * @param {string | undefined} position
 */
function isBehind(id, position) {
  const [epoch, offset = ''] = id.split('-');
  const [otherEpoch, other = ''] = (position ?? '').split('-');
  return epoch !== otherEpoch || offset.length > other.length || (offset.length === other.length && offset > other);
}

/**
 * Whether a topic is the hub's own. Its events are in no log: they have no id, and nobody can ask for earlier ones.
 *
 * @param {string} topic
 */
const isOwn = topic => topic.startsWith('$');

/** @param {string | undefined} text */
const isId = text => /^[0-9A-Za-z]{1,32}-[0-9]+$/.test(text ?? '');

/**
 * What a topic matcher matches.
 *
 * @param {string} matcher
 * @returns {(topic: string) => boolean}
 * @throws {TypeError} if it is neither a topic nor a pattern
 */
function test(matcher) {
  const segments = matcher.split('/');
  const last = segments.length - 1;
  const isWrong = (/** @type {string} */ segment, /** @type {number} */ i) =>
    /^\.{0,2}$|[\p{Cc}\p{Cs}\u2028\u2029]/u.test(segment)
      || (segment.includes('*') && segment !== '*' && !(segment === '**' && i === last));
  if (matcher.length > 512 || segments.some(isWrong)) {
    throw new TypeError(`"${matcher}" is neither a topic (orders/42) nor a pattern (orders/*, orders/**)`);
  }
  if (!matcher.includes('*')) {
    return topic => topic === matcher;
  }
  const parts = segments.map(segment => segment === '*' ? '/[^/]+' : segment === '**' ? '(?:/.*)?'
      : '/' + segment.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // Topics that begin with $ are the hub's own, which no wildcard means.
  const pattern = new RegExp(`^${matcher.startsWith('*') ? '(?!/\\$)' : ''}${parts.join('')}$`, 's');
  return topic => pattern.test('/' + topic);
}

// ---- text/event-stream

/**
 * Reads text/event-stream as the WHATWG HTML standard says, 9.2.5 and 9.2.6; and from comments, which the standard
 * ignores, an event's topic.
 */
export class EventStreamParser {
  /** What was last said to be the reconnection time. @type {number | undefined} */
  retry;
  /** The last bytes as text. */
  text = '';

  #decoder = new TextDecoder(); // takes a BOM away, and puts together what was split
  #line = '';
  #afterReturn = false;
  /** @type {string[]} */
  #data = [];
  #type = '';
  #topic = '';
  #id = '';

  /**
   * Reads on. What ends without a blank line is no event.
   *
   * @param {Uint8Array} bytes
   * @returns {Event[]} the events that are complete now
   */
  feed(bytes) {
    let text = this.text = this.#decoder.decode(bytes, {stream: true});
    if (this.#afterReturn && text.startsWith('\n')) {
      text = text.slice(1);
    }
    this.#afterReturn = text ? text.endsWith('\r') : this.#afterReturn && bytes.length === 0;
    const events = [];
    let start = 0;
    for (const {index, 0: end} of text.matchAll(/\r\n|\r|\n/g)) {
      const line = this.#line + text.slice(start, index);
      this.#line = '';
      start = Number(index) + end.length;
      const event = line ? this.#field(line) : this.#dispatch();
      if (event) {
        events.push(event);
      }
    }
    this.#line += text.slice(start);
    return events;
  }

  /** @param {string} line @returns {void} */
  #field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (name === 'data') {
      this.#data.push(value);
    } else if (name === 'event') {
      this.#type = value;
    } else if (name === 'id' && !value.includes('\0')) {
      this.#id = value;
    } else if (name === 'retry' && /^[0-9]+$/.test(value)) {
      this.retry = Number(value);
    } else if (name === '' && value.startsWith('topic: ')) {
      this.#topic = value.slice(7);
    }
  }

  #dispatch() {
    const event = {id: this.#id, topic: this.#topic, type: this.#type || 'message', data: this.#data.join('\n')};
    const isHeard = this.#data.length > 0;
    this.#data = [];
    this.#type = '';
    this.#topic = '';
    return isHeard ? event : undefined;
  }
}

// ---- Requests

/**
 * How an attempt ended. `final`: it makes no sense to try again. `wait`: not before so many milliseconds.
 *
 * @typedef {object} Outcome
 * @property {import('./tidings.js').Reason} reason
 * @property {boolean} [final]
 * @property {number} [wait]
 * @property {boolean} [again]
 * @property {boolean} [swallowed]
 * @property {number} [status]
 * @property {string} [detail]
 */

/** @type {Outcome} */
const LOST = {reason: 'lost'};
/** At once, because something has changed. @type {Outcome} */
const AGAIN = {reason: 'lost', again: true};
/** The response, or the beginning of its body, did not come in time. @type {Outcome} */
const SWALLOWED = {reason: 'lost', again: true, swallowed: true};
/** @type {Outcome} */
const GONE = {reason: 'gone', final: true};

/**
 * What an answer means that is neither the stream nor the page that was asked for. Here, and nowhere else, is said what
 * is final.
 *
 * @param {Response} response
 * @param {() => number} now
 * @returns {Promise<Outcome>}
 */
async function verdict(response, now) {
  const {status, redirected, headers} = response;
  if (status === 204) {
    return GONE;
  }
  // Nothing of the hub redirects; what a login page does is to answer 200.
  if (status === 401 || redirected) {
    return {reason: 'auth', final: true, status};
  }
  if (status >= 500 || status < 400 || [404, 408, 425, 429].includes(status)) { // 404: an application that is being deployed
    const after = headers.get('Retry-After') ?? '';
    const wait = /^[0-9]+$/.test(after) ? Number(after) * 1000 : Math.max(0, Date.parse(after) - now()) || 0;
    return {reason: status === 503 || status === 429 ? 'overloaded' : 'lost', wait: Math.min(wait, DAY), status};
  }
  const problem = await response.json().catch(() => ({}));
  if (status === 403 && problem.type !== 'urn:tidings:problem:operators-only') { // That is said of some topics alone.
    return {reason: 'auth', final: true, status};
  }
  return {reason: 'refused', final: true, status, detail: problem.detail ?? `The server answered ${status}.`};
}

/** The hub's resources. Each call gives what was asked for, or throws an {@link Outcome}. */
class Hub {
  /** @type {Record<string, string>} */
  headers = {};
  #url;
  #credentials;
  #env;
  #trace;

  /** @param {string} url @param {RequestCredentials} credentials @param {Environment} env @param {(trace: Trace) => void} trace */
  constructor(url, credentials, env, trace) {
    this.#url = url;
    this.#credentials = credentials;
    this.#env = env;
    this.#trace = trace;
  }

  /**
   * The stream's bytes. The position goes into the URL: as a header it would cost a request more where the hub is of
   * another origin.
   *
   * @param {string[]} topics @param {string} after @param {AbortSignal} signal
   */
  async stream(topics, after, signal) {
    const response = await this.#request(query(topics, {after}), {headers: {Accept: 'text/event-stream'}, signal});
    if (!response.body || !is(response, 'text/event-stream')) {
      throw await verdict(response, this.#env.now);
    }
    return response.body.getReader();
  }

  /** @param {string[]} topics @param {Record<string, string | number>} parameters @param {AbortSignal} signal */
  async page(topics, parameters, signal) {
    const response = await this.#request(query(topics, parameters), {headers: {Accept: 'application/json'}, signal});
    return this.#json(response);
  }

  /** @param {string} connection @param {string[]} add @param {string[]} remove @param {AbortSignal} signal */
  async patch(connection, add, remove, signal) {
    const headers = {'Content-Type': 'application/json'};
    const body = JSON.stringify({add, remove});
    return this.#json(await this.#request(`connections/${connection}`, {method: 'PATCH', headers, body, signal}));
  }

  /** @param {Response} response */
  async #json(response) {
    if (response.status !== 200 || !is(response, 'application/json')) {
      throw await verdict(response, this.#env.now);
    }
    const answer = await response.text();
    this.#trace({answer});
    return JSON.parse(answer);
  }

  /** @param {string} path @param {RequestInit} init @returns {Promise<Response>} */
  async #request(path, init) {
    const headers = {...this.headers, ...init.headers};
    const {pathname, search} = new URL(this.#url + path);
    this.#trace({request: `${init.method ?? 'GET'} ${pathname}${search}${init.body ? ` ${init.body}` : ''}`});
    try {
      return await this.#env.fetch(this.#url + path, {cache: 'no-store', credentials: this.#credentials, ...init, headers});
    } catch {
      throw LOST;
    }
  }
}

/** @param {Response} response @param {string} type */
const is = (response, type) => response.status === 200 && Boolean(response.headers.get('Content-Type')?.startsWith(type));

/**
 * Not URLSearchParams: it would write three characters for each slash.
 *
 * @param {string[]} topics
 * @param {Record<string, string | number>} parameters
 */
function query(topics, parameters) {
  const others = Object.entries(parameters).filter(([, value]) => value !== '');
  const pairs = [...topics.map(topic => ['topic', topic]), ...others];
  return 'events?' + pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`).join('&');
}

// ---- The host

/**
 * What a subscription asks of the host.
 *
 * @typedef {object} Join
 * @property {string} from its page
 * @property {number} sub its number there
 * @property {number} ask how often it has asked, so that an answer is known to be to the last question
 * @property {string} topic
 * @property {string} [after] the position behind which it wants events
 * @property {boolean} [resumed] whether it has had everything up to there from an earlier host
 * @property {boolean} [late] whether it gets pages, which bring the end of the topic too
 * @property {string} heard how far the host was when it asked
 */

/** Has the one stream (or polls), with the topics of all subscriptions, and tells all pages what comes. */
class Host {
  #id = '';
  #env;
  #hub;
  #channel;
  #end = new AbortController();
  /** @type {Map<string, Join>} */
  #wanted = new Map();
  /** Those whose topic the stream does not have yet. @type {Set<Join>} */
  #waiting = new Set();
  /** @type {Set<string>} */
  #pages = new Set();
  /** The pages that are told what goes over the wire. @type {Set<string>} */
  #tracing = new Set();

  /** @type {StateChange} */
  #change = {state: 'waiting', reason: 'idle'};
  #running = false;
  #attempts = 0;
  #position = '';
  #retry = RETRY;
  /** Ends the wait. @type {(() => void) | undefined} */
  #wake;
  /** When the server has said to come back. */
  #notBefore = 0;

  // Of the attempt that is under way.
  /** @type {AbortController | undefined} */
  #attempt;
  /** The id, once `$hello` has said it; of polling, a word. */
  #connection = '';
  /** The topics that it has, and since when: what is behind that position comes. @type {Map<string, string>} */
  #carried = new Map();
  /** What it began with. @type {string[]} */
  #asked = [];
  /** Those who want to begin where it began. @type {Set<Join>} */
  #served = new Set();
  #since = 0;
  #heartbeat = 0;
  #settling = false;
  /** @type {any} */
  #watchdog;
  #deadline = 0;

  #pollFor = 0;
  #pollUntil = 0;

  /**
   * @param {Config} config
   * @param {Channel} channel
   * @param {Environment} env
   */
  constructor({url, credentials}, channel, env) {
    this.#id = newId(env);
    this.#env = env;
    this.#hub = new Hub(url, credentials, env, trace => this.#trace(trace));
    this.#channel = channel;
    channel.onmessage = ({data}) => this.#receive(data);
    env.window?.addEventListener('online', this.#online);
    this.#greet();
  }

  get #closed() {
    return this.#end.signal.aborted;
  }

  close() {
    this.#tell({bye: true});
    this.#end.abort();
    this.#env.window?.removeEventListener('online', this.#online);
    this.#attempt?.abort(AGAIN);
    this.#wake?.();
    this.#channel.close();
  }

  // ---- What pages say

  /** @param {any} message */
  #receive(message) {
    const {from, who, arrived, headers, trace, join, leave, wake, reconnect} = message;
    if (!from || this.#closed) {
      return;
    }
    this.#hub.headers = headers ?? this.#hub.headers;
    if (trace !== undefined) {
      trace ? this.#tracing.add(from) : this.#tracing.delete(from);
      this.#count();
    }
    if (who) {
      if (arrived) {
        this.#reopen(); // Somebody may have signed in meanwhile.
      }
      this.#greet();
    } else if (join) {
      this.#join({from, heard: '', ...join});
    } else if (leave === 'all') {
      this.#forget(from);
    } else if (leave !== undefined) {
      this.#leave(key => key === `${from} ${leave}`);
    } else if (wake) {
      this.#awake();
    } else if (reconnect) {
      this.#reopen();
      this.#wake?.();
    }
  }

  #greet() {
    this.#tell({hello: true, change: this.#change, heartbeat: this.#heartbeat});
  }

  /** @param {Join} join */
  #join(join) {
    const topics = new Set(this.#topics());
    if (!topics.has(join.topic) && topics.size >= MAX_TOPICS) {
      this.#reply(join, {over: {reason: 'refused', detail: `One stream has at most ${MAX_TOPICS} topics.`}});
      return;
    }
    if (this.#wanted.size === 0 && !this.#connection) {
      this.#position = ''; // Nobody needs what was between.
    }
    join.heard = this.#position;
    this.#watchPage(join.from);
    const key = `${join.from} ${join.sub}`;
    this.#waiting.delete(/** @type {Join} */ (this.#wanted.get(key))); // If it has asked before.
    this.#wanted.set(key, join);
    this.#waiting.add(join);
    this.#count();
    if (this.#connection) {
      this.#answer();
      this.#settle();
    } else if (this.#change.reason !== 'auth') {
      this.#start();
    }
  }

  /** A page that crashes cannot say that it leaves, but the browser frees its lock. @param {string} page */
  #watchPage(page) {
    if (this.#env.locks && !this.#pages.has(page)) {
      this.#pages.add(page);
      this.#env.locks.request(page, async () => {
        this.#pages.delete(page);
        this.#forget(page);
      }).catch(() => {}); // An origin without locks, such as a sandbox's.
    }
  }

  /** @param {string} page */
  #forget(page) {
    this.#tracing.delete(page);
    this.#leave(key => key.startsWith(`${page} `));
  }

  /** @param {(key: string, join: Join) => boolean} isLeaving */
  #leave(isLeaving) {
    for (const [key, join] of this.#wanted) {
      if (isLeaving(key, join)) {
        this.#wanted.delete(key);
        this.#waiting.delete(join);
      }
    }
    this.#count();
    this.#settle();
  }

  #online = () => this.#awake();

  /** There is reason to believe that it goes now; but not against a server's word when to come back. */
  #awake() {
    if (this.#attempt && this.#env.now() > this.#deadline) {
      this.#attempt.abort(AGAIN);
    } else if (this.#env.now() >= this.#notBefore) {
      this.#wake?.();
    }
  }

  // ---- What it tells them

  /** @param {object} message */
  #tell(message) {
    if (!this.#closed) {
      this.#channel.postMessage({host: this.#id, ...message});
    }
  }

  /** @param {Join} join @param {object} answer */
  #reply({from, sub, ask}, answer) {
    this.#tell({to: from, sub, ask, ...answer});
  }

  /** @param {Trace} trace */
  #trace(trace) {
    if (this.#tracing.size > 0) {
      this.#tell({trace});
    }
  }

  #count() {
    this.#trace({tabs: new Set([...this.#wanted.values()].map(({from}) => from)).size});
  }

  /** @param {StateChange} change */
  #become(change) {
    this.#change = change;
    this.#tell({change, heartbeat: this.#heartbeat});
  }

  /** Answers those whose topic the stream has: live from a position on, or with a page of what they missed before. */
  #answer() {
    for (const join of this.#waiting) {
      const since = this.#carried.get(join.topic);
      if (since === undefined) {
        continue;
      }
      this.#waiting.delete(join);
      // Of what was told before it asked, it heard nothing.
      const from = since && isBehind(since, join.heard) ? since : join.heard;
      if (!join.after || this.#served.has(join) || (join.resumed && !isBehind(from, join.after))) {
        this.#reply(join, {live: from});
      } else {
        this.#catchUp(join);
      }
    }
  }

  /** @param {Join} join */
  async #catchUp(join) {
    const {from, sub, topic, after = ''} = join;
    const isWanted = () => this.#wanted.get(`${from} ${sub}`) === join && !this.#closed;
    join.late = true;
    for (let attempt = 0; isWanted(); attempt++) {
      try {
        const page = await this.#page(topic, {after, limit: PAGE_EVENTS});
        join.late = page.more;
        this.#reply(join, {page});
        return;
      } catch (/** @type {any} */ outcome) {
        if (outcome.reason === 'auth' && isWanted()) {
          this.#waiting.add(join);
          this.#logOut(outcome);
          return;
        }
        if (outcome.final) {
          this.#dismiss(other => other === join, outcome);
          return;
        }
        await this.#pause(this.#delay(attempt, outcome));
      }
    }
  }

  /** The stream would be refused too. @param {Outcome} outcome */
  #logOut(outcome) {
    if (this.#running) {
      this.#attempt?.abort(outcome);
    } else {
      this.#become({state: 'closed', reason: 'auth'});
    }
  }

  /**
   * A page of one topic, or an {@link Outcome}; beside the stream, whose watchdog does not see it.
   *
   * @param {string} topic @param {Record<string, string | number>} parameters @param {AbortSignal} [signal]
   */
  async #page(topic, parameters, signal = this.#end.signal) {
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = this.#env.setTimeout(abort, PAGE);
    signal.addEventListener('abort', abort);
    try {
      return await this.#hub.page([topic], parameters, controller.signal);
    } finally {
      this.#env.clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Nothing will come of these. @param {(join: Join) => boolean} isMeant @param {Outcome} outcome */
  #dismiss(isMeant, outcome) {
    this.#leave((key, join) => {
      if (isMeant(join)) {
        this.#reply(join, {over: outcome});
      }
      return isMeant(join);
    });
  }

  /**
   * Topics that were ended before, and bring nothing more. Who wants to begin before that gets it as pages.
   *
   * @param {string[]} ended
   */
  #finish(ended) {
    for (const join of this.#waiting) {
      if (ended.includes(join.topic) && join.after && !this.#served.has(join)) {
        this.#waiting.delete(join);
        this.#catchUp(join);
      }
    }
    this.#dismiss(join => ended.includes(join.topic) && !join.late, GONE);
  }

  // ---- Its topics

  #topics() {
    return [...new Set([...this.#wanted.values()].map(({topic}) => topic))];
  }

  /** Makes the open stream have the topics that are wanted. */
  async #settle() {
    if (this.#settling) {
      return;
    }
    this.#settling = true;
    let hasPaused = false;
    while (this.#connection && !this.#attempt?.signal.aborted) {
      const wanted = this.#topics();
      const add = wanted.filter(topic => !this.#carried.has(topic));
      const remove = [...this.#carried.keys()].filter(topic => !wanted.includes(topic));
      if (add.length + remove.length === 0) {
        break;
      }
      if (add.length === 0 && !hasPaused) {
        await this.#pause(GATHER); // Who leaves one topic often asks for another.
        hasPaused = true;
      } else if (wanted.length === 0 || this.#change.transport === 'polling') {
        this.#attempt?.abort(AGAIN);
      } else {
        await this.#patch(this.#connection, add, remove);
      }
    }
    this.#settling = false;
  }

  /** @param {string} connection @param {string[]} add @param {string[]} remove */
  async #patch(connection, add, remove) {
    const attempt = /** @type {AbortController} */ (this.#attempt);
    const timer = this.#env.setTimeout(() => attempt.abort(AGAIN), HELLO);
    remove.forEach(topic => this.#carried.delete(topic)); // Who asks for one from now on has to wait for the next change.
    try {
      const {from, ended = []} = await this.#hub.patch(connection, add, remove, attempt.signal);
      if (!attempt.signal.aborted) {
        add.forEach(topic => this.#carried.set(topic, from));
        this.#answer();
        this.#finish(ended);
      }
    } catch (/** @type {any} */ outcome) {
      const found = outcome.reason === 'refused' ? await this.#weed(add, attempt.signal) : undefined;
      if (found === AGAIN && !attempt.signal.aborted) {
        remove.forEach(topic => this.#carried.set(topic, '')); // Nothing was changed.
        this.#answer();
      } else {
        // The connection has just ended, or something on the way lets no PATCH through: a new stream asks for all.
        attempt.abort(AGAIN);
      }
    } finally {
      this.#env.clearTimeout(timer);
    }
  }

  // ---- Its stream

  #start() {
    if (!this.#running && !this.#closed && this.#wanted.size > 0) {
      this.#running = true;
      this.#run();
    }
  }

  /** Whatever it was closed for. */
  #reopen() {
    this.#start();
    if (!this.#running && this.#change.state === 'closed' && this.#change.reason !== 'gone') {
      this.#become({state: 'waiting', reason: 'idle'});
    }
  }

  async #run() {
    if (this.#change.state !== 'closed') {
      await this.#pause(GATHER);
    }
    /** @type {Outcome} */
    let outcome = AGAIN;
    while (this.#wanted.size > 0 && !outcome.final && !this.#closed) {
      outcome = outcome.again ? await this.#conclude(await this.#try()) : await this.#wait(outcome);
    }
    this.#running = false;
    this.#become(outcome.final ? {state: 'closed', reason: outcome.reason} : {state: 'waiting', reason: 'idle'});
  }

  /** @param {Outcome} outcome @returns {Promise<Outcome>} */
  async #conclude(outcome) {
    if (outcome.reason === 'gone') {
      this.#finish(this.#asked);
      return this.#topics().every(topic => this.#asked.includes(topic)) ? GONE : AGAIN;
    } else if (outcome.reason === 'refused') {
      return await this.#weed(this.#topics()) ?? outcome;
    }
    return outcome;
  }

  /** @param {number} time */
  #pause(time) {
    return new Promise(resolve => this.#env.setTimeout(() => resolve(undefined), time));
  }

  /** One connection, or a time of polling, from its beginning to its end. @returns {Promise<Outcome>} */
  async #try() {
    const attempt = this.#attempt = new AbortController();
    this.#become({state: 'connecting', reason: ''});
    try {
      return this.#env.now() < this.#pollUntil ? await this.#poll(attempt.signal) : await this.#stream(attempt.signal);
    } catch (/** @type {any} */ outcome) {
      const ended = attempt.signal.aborted ? attempt.signal.reason : outcome.reason ? outcome : LOST;
      if (ended.swallowed) {
        this.#pollFor = Math.min(Math.max(POLLING.least, this.#pollFor * 2), POLLING.most);
        this.#pollUntil = this.#env.now() + this.#pollFor;
      } else if (!this.#connection) {
        this.#pollFor = this.#pollUntil = 0; // Not even polling passes: it is not the stream alone that is held back.
      }
      return ended;
    } finally {
      attempt.abort();
      this.#env.clearTimeout(this.#watchdog);
      if (this.#connection && this.#env.now() - this.#since >= CEILING) {
        this.#attempts = 0; // It lasted: what ends as soon as it begins is no success.
      }
      this.#attempt = undefined;
      this.#connection = '';
      this.#carried.clear();
    }
  }

  /**
   * Full jitter: a random time, so that not all come back at once whom a restart has cut.
   *
   * @param {number} attempt
   * @param {Outcome} outcome
   */
  #delay(attempt, {wait = 0}) {
    return wait + this.#env.random() * Math.min(CEILING, Math.max(1, this.#retry) * 2 ** attempt);
  }

  /** @param {Outcome} outcome @returns {Promise<Outcome>} */
  async #wait(outcome) {
    const retryIn = this.#delay(this.#attempts++, outcome);
    this.#notBefore = this.#env.now() + (outcome.wait ?? 0);
    const isOnline = this.#env.isOnline();
    this.#become({state: isOnline ? 'waiting' : 'offline', reason: isOnline ? outcome.reason : 'offline', retryIn});
    await new Promise(resolve => {
      this.#wake = () => resolve(undefined);
      this.#env.setTimeout(this.#wake, retryIn);
    });
    this.#wake = undefined;
    return AGAIN;
  }

  /** What must come within a time, or the attempt ends so. @param {number} time @param {Outcome} outcome */
  #expect(time, outcome) {
    this.#env.clearTimeout(this.#watchdog);
    this.#deadline = this.#env.now() + time;
    const attempt = this.#attempt;
    this.#watchdog = this.#env.setTimeout(() => attempt?.abort(outcome), time);
  }

  /** @param {AbortSignal} signal @returns {Promise<Outcome>} */
  async #stream(signal) {
    const after = this.#begin();
    const parser = new EventStreamParser();
    this.#expect(HELLO, SWALLOWED);
    const reader = await this.#hub.stream(this.#asked, after, signal);
    signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
    for (;;) {
      const {done, value} = await reader.read();
      if (done || signal.aborted) {
        throw LOST;
      }
      const events = parser.feed(value);
      this.#trace({stream: parser.text});
      this.#retry = parser.retry ?? this.#retry;
      for (const event of events) {
        if (event.type === '$hello') {
          this.#opened(event);
        } else {
          this.#hear(event);
        }
      }
      if (this.#connection) {
        this.#expect(this.#heartbeat * 2.5, LOST); // With jitter: if it was the server, all have noticed at once.
      }
      if (events.length === 0) {
        this.#tell({beat: true});
      }
    }
  }

  /**
   * Where a stream begins: where the last one was, else behind what all pages have had from another host, else where
   * all of them want to begin, else now.
   */
  #begin() {
    const joins = [...this.#waiting].filter(({topic}) => !isOwn(topic));
    const resumed = joins.filter(join => join.resumed).map(({after = ''}) => after);
    const wishes = new Set(resumed.length > 0 ? resumed : joins.map(({after = ''}) => after));
    const after = this.#position || (resumed.length > 0 || wishes.size === 1
        ? [...wishes].reduce((one, other) => isBehind(one, other) ? other : one) : '');
    this.#asked = this.#topics();
    this.#served = new Set(this.#position ? [] : joins.filter(join => join.resumed || join.after === after));
    return after;
  }

  /** @param {Event} hello */
  #opened(hello) {
    const {connection, heartbeat, ended = []} = JSON.parse(hello.data);
    this.#connection = connection;
    this.#since = this.#env.now();
    this.#heartbeat = heartbeat;
    this.#carried = new Map(this.#asked.map(topic => [topic, hello.id]));
    this.#pollFor = 0;
    this.#position = hello.id || this.#position; // Without an id a $gap follows, which has it.
    this.#become({state: 'open', reason: '', transport: 'stream'});
    this.#answer();
    this.#finish(ended);
    this.#settle();
  }

  /** @param {Event} event */
  #hear(event) {
    if (event.type === '$gap') {
      this.#position = event.id;
      this.#carried.forEach((since, topic) => this.#carried.set(topic, event.id));
      this.#tell({gap: JSON.parse(event.data)});
    } else if (isOwn(event.topic)) {
      this.#tell({event: {...event, id: ''}}); // The parser's is that of the last one that had an id.
    } else if (isBehind(event.id, this.#position)) {
      this.#position = event.id;
      this.#tell({event});
      if (event.type === '$end') {
        this.#carried.delete(event.topic);
        this.#leave((key, join) => join.topic === event.topic && !join.late && !this.#waiting.has(join));
        if (this.#carried.size === 0) {
          this.#attempt?.abort(this.#wanted.size > 0 ? AGAIN : GONE); // The stream ends; others may want one.
        }
      }
    }
  }

  /** @param {AbortSignal} signal @returns {Promise<Outcome>} */
  async #poll(signal) {
    let after = this.#begin();
    while (this.#env.now() < this.#pollUntil) {
      const isFirst = !this.#connection;
      this.#expect(POLL_SECONDS * 1000 + HELLO, LOST);
      const page = await this.#hub.page(this.#asked, {after, wait: isFirst ? 0 : POLL_SECONDS}, signal);
      if (signal.aborted) {
        break;
      }
      if (isFirst) {
        this.#heartbeat = POLL_SECONDS * 1000;
        this.#connection = 'polling';
        this.#since = this.#env.now();
        this.#carried = new Map(this.#asked.map(topic => [topic, after || page.next]));
        this.#become({state: 'open', reason: '', transport: 'polling'});
        this.#answer();
      }
      if (page.gap) {
        this.#hear({id: page.gap.resumed, topic: '', type: '$gap', data: JSON.stringify(page.gap)});
      }
      page.events.map(toEvent).forEach((/** @type {Event} */ event) => this.#hear(event));
      this.#position = after = page.next;
      this.#tell({beat: true});
      this.#settle();
    }
    return AGAIN;
  }

  /**
   * A request was refused: finds the topics to blame, so that they do not take the others with them.
   *
   * @param {string[]} topics
   * @param {AbortSignal} [signal]
   * @returns {Promise<Outcome | undefined>} undefined if none of them is, as far as the hub says
   */
  async #weed(topics, signal) {
    let found;
    for (const topic of topics) {
      try {
        await this.#page(topic, {limit: 1}, signal);
      } catch (/** @type {any} */ outcome) {
        if (outcome.reason === 'refused') {
          found = AGAIN;
          this.#dismiss(join => join.topic === topic, outcome);
        } else if (outcome.reason !== 'gone') {
          return found ?? LOST;
        }
      }
    }
    return found;
  }
}

/** An event of a page as one of a stream. @param {any} event @returns {Event} */
const toEvent = ({id, topic, type = 'message', data}) => ({id, topic, type, data});

// ---- Channels

/**
 * Where pages and hosts talk: a BroadcastChannel, or one end of a pair within a page.
 *
 * @typedef {{postMessage(message: object): void, onmessage: ((message: {data: any}) => void) | null, close(): void}} Channel
 * @typedef {{url: string, credentials: RequestCredentials, share: string}} Config
 */

/** @returns {Channel[]} */
function pair() {
  /** @type {Channel[]} */
  const ends = [0, 1].map(i => ({
    onmessage: null,
    postMessage: data => queueMicrotask(() => ends[1 - i].onmessage?.({data})),
    close() {
      ends[i].onmessage = null;
    },
  }));
  return ends;
}

/** @param {Environment} env */
const newId = env => Array.from({length: 4}, () => Math.floor(env.random() * 2 ** 32).toString(36)).join('');

/** @param {AbortSignal} signal @returns {Promise<void>} */
const aborted = signal => new Promise(resolve => {
  signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve());
});

/** Throws where nothing catches it, so that it shows in the console. @param {unknown} error */
function report(error) {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * Has a host here as soon as nobody else has one, until the signal, or until a page takes the lock that does not hear it.
 *
 * @param {string} key
 * @param {Environment} env
 * @param {AbortSignal} signal
 * @param {boolean} [steal] whether to take the lock
 * @returns {Promise<boolean>} whether there was one: not where there are no locks
 */
async function preside(key, env, signal, steal = false) {
  /** @type {Host | undefined} */
  let host;
  try {
    await env.locks?.request(key, steal ? {steal} : {signal}, () => {
      if (signal.aborted) {
        return undefined;
      }
      host = new Host(toConfig(key), new /** @type {any} */ (env.BroadcastChannel)(key), env);
      return aborted(signal);
    });
  } catch {
    // Taken, or there are no locks here, as in a sandbox.
  }
  host?.close();
  return Boolean(host);
}

/**
 * What pages must have in common to share a stream, as a text that names their channel, lock and worker.
 *
 * @param {Config} config
 */
const toKey = config => `tidings ${JSON.stringify(config)}`;

/** @param {string} key @returns {Config} */
const toConfig = key => JSON.parse(key.slice('tidings '.length));

// ---- A page

/**
 * What one handler asked for, and how far it has heard.
 *
 * `joining`: the host was asked; what comes meanwhile is kept, up to a bound. `live`: has all up to `position`.
 * `paused`: takes nothing, and will ask for what it missed. `over`: unsubscribed, ended or refused.
 */
class Subscription {
  /** Tells whoever made it that it is over. */
  onover = () => {};
  #client;
  #number;
  #handler;
  #options;
  #matches;
  #state = 'joining';
  #asked = 0;
  #position;
  /** Whether it has heard all up to the position from the stream. */
  #isCurrent = false;
  /** @type {Event[]} */
  #pending = [];
  #hasMissed = false;

  /**
   * @param {Client} client
   * @param {number} number
   * @param {string} matcher
   * @param {(event: any) => void} handler
   * @param {SubscribeOptions} options
   */
  constructor(client, number, matcher, handler, options) {
    this.matcher = matcher;
    this.#position = options.after;
    this.#client = client;
    this.#number = number;
    this.#handler = handler;
    this.#options = options;
    this.#matches = test(matcher);
  }

  unsubscribe() {
    if (this.#state !== 'over') {
      this.#state = 'over';
      this.#client.forget(this.#number);
      this.onover();
    }
  }

  /** Asks the host for the events behind the position. */
  join() {
    if (this.#state === 'joining' || this.#state === 'live') {
      this.#state = 'joining';
      this.#pending = [];
      this.#hasMissed = false;
      const place = isOwn(this.matcher) ? {} : {after: this.#position, resumed: this.#isCurrent};
      this.#client.send({join: {sub: this.#number, ask: ++this.#asked, topic: this.matcher, ...place}});
    }
  }

  pause() {
    if (this.#state !== 'over') {
      this.#state = 'paused';
      this.#isCurrent = false;
    }
  }

  resume() {
    if (this.#state === 'paused') {
      this.#state = 'joining';
      this.join();
    }
  }

  /** From the stream. @param {Event} event */
  hear(event) {
    if (this.#state === 'live') {
      this.#take(event);
    } else if (this.#state === 'joining' && this.#matches(event.topic)) {
      this.#hasMissed ||= this.#pending.length >= PENDING;
      if (!this.#hasMissed) {
        this.#pending.push(event);
      }
    }
  }

  /**
   * The stream goes on behind another position.
   *
   * @param {string} resumed
   * @returns {boolean} whether it misses something
   */
  skip(resumed) {
    if (isOwn(this.matcher)) {
      return false;
    }
    if (this.#state === 'live') {
      this.#position = resumed;
      return true;
    }
    this.#hasMissed = true; // A page will tell what.
    return false;
  }

  /** An answer of the host. One to an earlier question may lack what has been told since. @param {any} message */
  answer({ask, live, page, over}) {
    if (ask !== this.#asked) {
      return;
    }
    if (page) {
      this.#catchUp(page);
    } else if (over) {
      this.#end(over);
    } else {
      this.#live(live);
    }
  }

  /** The host has had its topic since it asked. @param {string} from what is behind this comes, or has come */
  #live(from) {
    if (this.#state !== 'joining') {
      return;
    }
    if (!isId(this.#position)) {
      this.#position = from;
    }
    if (this.#hasMissed) {
      this.join();
      return;
    }
    this.#state = 'live';
    this.#isCurrent = true;
    this.#pending.splice(0).forEach(event => this.hear(event));
  }

  /** Events that it missed. @param {any} page */
  #catchUp({events, next, more, gap}) {
    if (this.#state !== 'joining') {
      return;
    }
    this.#isCurrent = false;
    if (gap) {
      this.#position = gap.resumed;
      this.#client.tellGap(gap);
    }
    events.map(toEvent).forEach((/** @type {Event} */ event) => this.#take(event));
    this.#position = next;
    if (more) {
      this.join();
    } else {
      this.#live(next);
    }
  }

  /** Nothing will come. @param {Outcome} outcome */
  #end({reason, detail = `The server refused ${this.matcher}.`}) {
    if (reason === 'gone') {
      const data = JSON.stringify({topic: this.matcher});
      this.#finish({id: this.#position ?? '', topic: this.matcher, type: '$end', data});
    } else {
      this.unsubscribe();
      this.#client.fail({error: new Error(detail), subscription: this});
    }
  }

  /** @param {Event} event */
  #take(event) {
    if (this.#state === 'over' || !(isOwn(event.topic) || isBehind(event.id, this.#position))) {
      return;
    }
    this.#position = event.id || this.#position;
    if (!this.#matches(event.topic)) {
      return;
    }
    if (event.type === '$end') {
      this.#finish(event);
    } else if (!this.#options.type || event.type === this.#options.type) {
      this.#guarded(event, () => this.#handler({...event, data: parse(event.data, this.#options.schema)}));
    }
  }

  /** @param {Event} end */
  #finish(end) {
    if (end.topic === this.matcher) {
      this.unsubscribe();
    }
    this.#guarded(end, () => this.#options.onend?.(end));
  }

  /** @param {Event} event @param {() => void} action */
  #guarded(event, action) {
    try {
      action();
    } catch (error) {
      this.#client.fail({error: /** @type {Error} */ (error), subscription: this, event});
    }
  }
}

/** @param {string} text @param {any} schema */
function parse(text, schema) {
  if (!schema) {
    return text;
  }
  const standard = schema['~standard'];
  if (!standard) {
    return typeof schema === 'function' ? schema(text) : schema.parse(JSON.parse(text));
  }
  const result = standard.validate(JSON.parse(text));
  if (result instanceof Promise) {
    result.catch(() => {});
    throw new TypeError('A schema that answers later would change the order of events.');
  }
  if (result.issues) {
    throw new TypeError(result.issues.map((/** @type {{message: string}} */ issue) => issue.message).join('; '));
  }
  return result.value;
}

/**
 * A page's side, and the choice of its host. A page that is frozen, hidden for long or put into the back-forward cache
 * leaves, and its host with it; it comes back with its subscriptions' positions.
 *
 * @implements {Tidings}
 */
class Client {
  /** @type {Tidings['onstatechange']} */
  onstatechange = null;
  /** @type {Tidings['ongap']} */
  ongap = null;
  /** @type {Tidings['onerror']} */
  onerror = null;

  #config;
  #options;
  #env;
  #isShared;
  /** Whether the host may be in a shared worker. */
  #hasWorker;
  #key;
  /** Another one each time that it comes: somebody who hangs may hold the lock of the last. */
  #page = '';
  /** @type {Record<string, string> | undefined} */
  #headers;
  /** @type {Map<number, Subscription>} */
  #subscriptions = new Map();
  #last = 0;
  /** @type {StateChange} */
  #change = {state: 'waiting', reason: 'idle'};
  #hasSignedIn = false;
  #isPaused = false;
  /** @type {Tidings['ontrace']} */
  #ontrace = null;

  /** Ends when the page leaves. @type {AbortController | undefined} */
  #presence;
  /** @type {Channel | undefined} */
  #channel;
  /** Who was heard first or said hello last: what others say counts no more. */
  #host = '';
  /** While a host's word is waited for. @type {any} */
  #electing;
  /** The presence that waits for the host's end. @type {AbortSignal | undefined} */
  #watching;
  /** Ends the host that is here, or the wait to be one. @type {AbortController | undefined} */
  #candidacy;
  #heartbeat = 0;
  /** @type {any} */
  #watchdog;
  /** @type {any} */
  #hiding;

  /** @param {Config} config @param {Options} options @param {Environment} env */
  constructor(config, options, env) {
    this.#config = config;
    this.#options = options;
    this.#env = env;
    this.#hasWorker = Boolean(env.SharedWorker) && options.worker !== false;
    this.#isShared = Boolean(config.share && env.BroadcastChannel && (this.#hasWorker || env.locks));
    this.#key = toKey(config);
    env.window?.addEventListener('pageshow', this.#here);
    env.window?.addEventListener('pagehide', this.#away);
    env.window?.addEventListener('online', this.#online);
    env.document?.addEventListener('resume', this.#here);
    env.document?.addEventListener('freeze', this.#away);
    env.document?.addEventListener('visibilitychange', this.#seen);
    this.#here();
  }

  get state() {
    return this.#change.state;
  }

  get reason() {
    return this.#change.reason;
  }

  get ontrace() {
    return this.#ontrace;
  }

  set ontrace(callback) {
    this.#ontrace = callback;
    this.send({trace: Boolean(callback)});
  }

  /**
   * @param {string} matcher
   * @param {(event: any) => void} handler
   * @param {SubscribeOptions} [options]
   */
  subscribe(matcher, handler, options = {}) {
    if (this.reason === 'closed') {
      throw new TypeError('This client was closed.');
    }
    const number = ++this.#last;
    const subscription = new Subscription(this, number, matcher, handler, options);
    this.#subscriptions.set(number, subscription);
    if (this.#host) {
      subscription.join();
      this.#listen();
    }
    return subscription;
  }

  /**
   * @param {string} matcher
   * @param {SubscribeOptions & {buffer?: number}} [options]
   * @returns {AsyncIterableIterator<any>}
   */
  events(matcher, {buffer = 1_000, ...options} = {}) {
    /** @type {Event[]} */
    const heard = [];
    /** @type {((result: IteratorResult<Event>) => void)[]} */
    const consumers = [];
    let isOver = false;
    const subscription = this.subscribe(matcher, event => {
      const consumer = consumers.shift();
      if (consumer) {
        consumer({done: false, value: event});
      } else if (heard.push(event) >= buffer) {
        subscription.pause();
      }
    }, options);
    subscription.onover = () => {
      isOver = true;
      consumers.forEach(consumer => consumer({done: true, value: undefined}));
    };
    return {
      async next() {
        const value = heard.shift();
        if (value || isOver) {
          return value ? {done: false, value} : {done: true, value};
        }
        subscription.resume();
        return new Promise(resolve => consumers.push(resolve));
      },
      async return() {
        heard.length = 0;
        subscription.unsubscribe();
        return {done: true, value: undefined};
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  async reconnect() {
    this.#headers = await this.#ask();
    this.send({reconnect: true, headers: this.#headers});
  }

  pause() {
    if (this.reason !== 'closed') {
      this.#isPaused = true;
      this.#away();
    }
  }

  resume() {
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#here();
    }
  }

  close() {
    this.#subscriptions.forEach(subscription => subscription.unsubscribe());
    this.#isPaused = false;
    this.#leave();
    this.#env.clearTimeout(this.#hiding);
    this.#env.window?.removeEventListener('pageshow', this.#here);
    this.#env.window?.removeEventListener('pagehide', this.#away);
    this.#env.window?.removeEventListener('online', this.#online);
    this.#env.document?.removeEventListener('resume', this.#here);
    this.#env.document?.removeEventListener('freeze', this.#away);
    this.#env.document?.removeEventListener('visibilitychange', this.#seen);
    this.#become({state: 'closed', reason: 'closed'});
  }

  // ---- For its subscriptions

  /** @param {object} message */
  send(message) {
    this.#channel?.postMessage({from: this.#page, ...message});
  }

  /** @param {number} number */
  forget(number) {
    this.#subscriptions.delete(number);
    this.send({leave: number});
  }

  /** @param {Gap} gap */
  tellGap(gap) {
    this.#call(() => this.ongap?.(gap));
  }

  /** @param {import('./tidings.js').Failure} failure */
  fail(failure) {
    const {onerror} = this;
    if (onerror) {
      this.#call(() => onerror(failure));
    } else {
      report(failure.error);
    }
  }

  /** @param {() => void} callback */
  #call(callback) {
    try {
      callback();
    } catch (error) {
      report(error);
    }
  }

  // ---- What the host says

  /** @param {any} message */
  #receive(message) {
    const {host, to, hello, bye, change, heartbeat, event, gap, sub, trace} = message;
    if (!host || (to && to !== this.#page)) {
      return;
    }
    if (hello) {
      this.#met(host);
    } else if (host !== this.#host) {
      return;
    }
    this.#heartbeat = heartbeat ?? this.#heartbeat;
    if (change) {
      this.#become(change);
    } else if (event) {
      this.#subscriptions.forEach(subscription => subscription.hear(event));
    } else if (gap) {
      if ([...this.#subscriptions.values()].filter(subscription => subscription.skip(gap.resumed)).length > 0) {
        this.tellGap(gap);
      }
    } else if (bye) {
      this.#host = '';
      this.send({who: true});
    } else if (sub) {
      this.#subscriptions.get(sub)?.answer(message);
    } else if (trace) {
      this.#call(() => this.#ontrace?.(trace));
    }
    this.#listen();
  }

  /** @param {string} host */
  #met(host) {
    if (host !== this.#host) {
      this.#host = host;
      this.send({headers: this.#headers, trace: Boolean(this.#ontrace)});
      this.#subscriptions.forEach(subscription => subscription.join());
    }
    if (this.#electing) {
      this.#env.clearTimeout(this.#electing);
      this.#electing = undefined;
      if (this.#hasWorker) {
        this.#watch();
      }
    }
  }

  /** @param {StateChange} change */
  #become(change) {
    const {state, reason, transport} = this.#change;
    this.#change = change;
    if (change.state !== state || change.reason !== reason || change.transport !== transport) {
      this.#call(() => this.onstatechange?.(change));
      this.#signIn();
    }
  }

  /** Once: a server that refuses a fresh login will go on to do so. */
  async #signIn() {
    const {state, reason} = this.#change;
    if (state === 'open') {
      this.#hasSignedIn = false;
    } else if (reason === 'auth' && this.#options.signIn && !this.#hasSignedIn) {
      this.#hasSignedIn = true;
      try {
        if (await this.#options.signIn()) {
          await this.reconnect();
        }
      } catch (error) {
        report(error);
      }
    }
  }

  async #ask() {
    const {headers} = this.#options;
    try {
      return await (typeof headers === 'function' ? headers() : headers);
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  // ---- Coming and going

  #online = () => this.send({wake: true});

  #here = () => {
    this.#arrive();
    this.send({wake: true});
    this.#hide();
  };

  #away = () => {
    this.#leave();
    this.#become({state: 'waiting', reason: 'idle'});
  };

  #seen = () => this.#isHidden() ? this.#hide() : this.#here();

  #isHidden() {
    return this.#env.document?.visibilityState === 'hidden';
  }

  /** Pauses in a while if nobody sees the page, as when it was opened in the background. */
  #hide() {
    const {pauseHidden} = this.#options;
    this.#env.clearTimeout(this.#hiding);
    if (this.#isHidden() && pauseHidden !== undefined) {
      this.#hiding = this.#env.setTimeout(this.#away, pauseHidden);
    }
  }

  async #arrive() {
    if (this.#presence || this.#isPaused) {
      return;
    }
    const {signal} = this.#presence = new AbortController();
    this.#page = `tidings page ${newId(this.#env)}`;
    this.#headers ??= await this.#ask();
    if (this.#isShared) {
      await this.#hold(signal);
    }
    if (signal.aborted) {
      return;
    }
    if (this.#isShared) {
      this.#use(new /** @type {any} */ (this.#env.BroadcastChannel)(this.#key));
      this.#elect(signal);
    } else {
      this.#keepToItself(signal);
    }
  }

  #leave() {
    this.send({leave: 'all'});
    this.#presence?.abort();
    this.#presence = undefined;
    this.#env.clearTimeout(this.#watchdog);
    this.#env.clearTimeout(this.#electing);
    this.#electing = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#host = '';
  }

  /**
   * A lock that tells the host when this page is gone, however it went.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<void>}
   */
  #hold(signal) {
    return new Promise(held => {
      const lock = this.#env.locks?.request(this.#page, {signal}, () => {
        held();
        return aborted(signal);
      });
      Promise.resolve(lock).catch(() => {}).then(() => held());
    });
  }

  /** @param {Channel} channel */
  #use(channel) {
    this.#channel?.close();
    this.#channel = channel;
    channel.onmessage = ({data}) => this.#receive(data);
    this.send({who: true, arrived: true, headers: this.#headers});
  }

  // ---- Where the host is

  /**
   * In a worker, which outlives each tab and is not slowed down in the background; else in a tab.
   *
   * @param {AbortSignal} signal
   * @param {boolean} [isSilent] whether there was a host: it may be this page that slept, so it is asked first
   */
  #elect(signal, isSilent = false) {
    if (!this.#hasWorker && !isSilent) {
      this.#lead(signal);
      return;
    }
    this.#env.clearTimeout(this.#electing);
    this.#electing = this.#env.setTimeout(() => this.#lead(signal, true), WORD);
    if (this.#hasWorker) {
      this.#employ(signal);
    }
    this.send({who: true});
  }

  /** Starts the shared worker, if nobody has. @param {AbortSignal} signal */
  #employ(signal) {
    const failed = () => {
      if (this.#electing && this.#hasWorker) {
        this.#hasWorker = false;
        this.#lead(signal);
      }
    };
    const {worker = true} = this.#options;
    try {
      const file = worker === true ? import.meta.url : worker;
      new /** @type {any} */ (this.#env.SharedWorker)(file, {type: 'module', name: this.#key}).onerror = failed;
    } catch {
      failed(); // This file is of another origin.
    }
  }

  /** The host has the lock as long as it lives. When it is gone the browser gives the lock to all who wait, at once. */
  #watch() {
    const signal = this.#presence?.signal;
    if (signal && this.#watching !== signal) {
      this.#watching = signal;
      const gone = () => {
        this.#watching = undefined;
        this.#elect(signal);
      };
      this.#env.locks?.request(this.#key, {mode: 'shared', signal}, gone).catch(() => {});
    }
  }

  /** Pages are told of each heartbeat and each try. A host that tells nothing is gone, hangs or is frozen. */
  #listen() {
    const signal = this.#presence?.signal;
    this.#env.clearTimeout(this.#watchdog);
    if (this.#isShared && signal && this.state !== 'closed' && this.#subscriptions.size > 0) {
      const silent = () => this.#elect(signal, true);
      const longest = this.state === 'open' ? this.#heartbeat * 3 : SILENCE + (this.#change.retryIn ?? 0);
      this.#watchdog = this.#env.setTimeout(silent, longest);
    }
  }

  /** @param {AbortSignal} presence @param {boolean} [steal] */
  async #lead(presence, steal = false) {
    this.#env.clearTimeout(this.#electing);
    this.#electing = undefined;
    this.#candidacy?.abort();
    const candidacy = this.#candidacy = new AbortController();
    const {signal} = candidacy;
    presence.addEventListener('abort', () => candidacy.abort());
    let has = await preside(this.#key, this.#env, signal, steal);
    while (has && !signal.aborted) { // It was taken from this page, which may lead again.
      has = await preside(this.#key, this.#env, signal);
    }
    if (!signal.aborted) {
      this.#isShared = false;
      this.#keepToItself(presence);
    }
  }

  /** @param {AbortSignal} signal */
  #keepToItself(signal) {
    const [near, far] = pair();
    const host = new Host(this.#config, far, {...this.#env, locks: undefined}); // Its one page holds no lock.
    signal.addEventListener('abort', () => host.close());
    this.#use(near);
  }
}

// ---- The module

/** @type {import('./tidings.js').connect} */
export function connect(url, options = {}, environment = browser()) {
  const base = new URL(String(url).replace(/\/*$/, '/'), environment.document?.baseURI);
  const share = options.share ?? !options.headers;
  const config = {
    url: base.href,
    credentials: options.credentials ?? 'same-origin',
    share: share === true ? 'everybody' : share || '',
  };
  return new Client(config, options, environment);
}

/**
 * What the shared worker does; for this file, and for tests.
 *
 * @param {string} key its name
 * @param {Environment} env
 */
export async function serve(key, env) {
  const {signal} = new AbortController();
  while (await preside(key, env, signal)) {
    // It was taken, but the page that did so may end before the worker.
  }
  new Host(toConfig(key), new /** @type {any} */ (env.BroadcastChannel)(key), env);
}

/** @returns {Environment} */
function browser() {
  const {document, navigator, BroadcastChannel, SharedWorker} = globalThis;
  return {
    fetch: (...request) => fetch(...request),
    setTimeout: (callback, time) => setTimeout(callback, time),
    clearTimeout: timer => clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    isOnline: () => navigator?.onLine !== false,
    window: typeof addEventListener === 'function' ? globalThis : undefined,
    document,
    locks: navigator?.locks,
    BroadcastChannel,
    SharedWorker,
  };
}

const {name = ''} = /** @type {any} */ (globalThis);
if ('SharedWorkerGlobalScope' in globalThis && name.startsWith('tidings {')) {
  serve(name, browser());
}
