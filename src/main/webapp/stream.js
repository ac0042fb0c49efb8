/**
 * One EventSource, with a state, a cursor and a memory.
 *
 * @typedef {'connecting' | 'open' | 'waiting' | 'offline' | 'ended'} State
 *   waiting: the connection broke and will be tried again; offline: closed by us; ended: closed by the server for good
 * @typedef {{id: string, type: string, data: string}} Block
 * @typedef {{onblock: (block: Block) => void, onstate: (state: State, url: string) => void}} Listener
 */

const CONTROL = ['$hello', '$gap', '$end'];
const REMEMBERED = 1000;
const RETRY = {base: 1000, ceiling: 30_000};

export class Stream {
  /** @type {State} */
  state = 'offline';
  /** The connection's id, as the server says it. */
  connection = '';
  /** Where to go on from: the id that came last. */
  lastId = '';
  /** When this connection was opened, in milliseconds: what was published before is a replay. */
  openedAt = 0;

  #topics;
  #types;
  #listener;
  /** @type {EventSource | null} */
  #source = null;
  /** @type {Set<string>} the ids that were heard; the oldest are forgotten */
  #heard = new Set();
  #attempts = 0;
  #timer = 0;

  /**
   * @param {string[]} topics what to ask for
   * @param {string[]} types the event types to hear: EventSource has no way to ask for all
   * @param {Listener} listener
   */
  constructor(topics, types, listener) {
    this.#topics = topics;
    this.#types = types;
    this.#listener = listener;
    // A browser that comes back to the network need not sit out its waiting time.
    addEventListener('online', () => this.state === 'waiting' && this.open());
  }

  /** Opens the stream, behind the last id that was heard, or from the oldest event that the server has. */
  open() {
    this.#drop();
    const query = new URLSearchParams(this.#topics.map(topic => ['topic', topic]));
    query.set('after', this.lastId || 'earliest');
    const source = this.#source = new EventSource(`hub/events?${query}`);
    for (const type of ['message', ...CONTROL, ...this.#types]) {
      source.addEventListener(type, event => this.#hear(event));
    }
    source.onerror = () => this.#broken();
    this.#become('connecting', source.url);
  }

  /** Closes the stream; `open` goes on where it stopped. */
  close() {
    this.#drop();
    this.#become('offline');
  }

  /** @param {MessageEvent<string>} event */
  #hear({lastEventId: id, type, data}) {
    if (type === '$hello') {
      this.#attempts = 0;
      this.openedAt = Date.now();
      this.connection = JSON.parse(data).connection;
    } else if (type === '$gap') {
      this.#heard.clear(); // A log that lost its end gives the same ids to other events.
    } else if (this.#heard.has(id)) {
      return;
    } else {
      this.#remember(id);
    }
    this.lastId = id || this.lastId; // A $hello that a $gap follows has none.
    this.#listener.onblock({id, type, data});
    if (type === '$hello') {
      this.#become('open');
    } else if (type === '$end' && this.#topics.length === 1) {
      this.#drop();
      this.#become('ended');
    }
  }

  /** @param {string} id */
  #remember(id) {
    this.#heard.add(id);
    if (this.#heard.size > REMEMBERED) {
      this.#heard.delete(this.#heard.values().next().value ?? '');
    }
  }

  /** EventSource comes back by itself from a lost connection, but gives up for good on any answer that is no stream. */
  #broken() {
    if (this.#source?.readyState === EventSource.CLOSED) {
      const longest = Math.min(RETRY.ceiling, RETRY.base * 2 ** this.#attempts++);
      this.#timer = setTimeout(() => this.open(), Math.random() * longest);
    }
    this.#become('waiting');
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** @param {State} state @param {string} url */
  #become(state, url = '') {
    if (state !== 'open') {
      this.connection = '';
    }
    this.state = state;
    this.#listener.onstate(state, url);
  }
}
