/** A browser without time: its clock goes when a test says so. Tabs share channels, locks and a shared worker. */
import {connect, serve} from '../../../main/webapp/tidings.js';

/** Lets everything happen that needs no time; streams and channels take several turns. */
export async function settle() {
  for (let i = 0; i < 25; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

export class Clock {
  now = 0;
  #timers = new Map();
  #last = 0;

  setTimeout = (callback, time) => {
    this.#timers.set(++this.#last, {callback, at: this.now + (time < 2 ** 31 ? time : 0)}); // as in a browser
    return this.#last;
  };

  clearTimeout = timer => this.#timers.delete(timer);

  /** What is due happens in order, each with all that follows from it. */
  async advance(time) {
    const end = this.now + time;
    for (await settle(); ; await settle()) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      const [id, {callback, at}] = due;
      this.#timers.delete(id);
      this.now = Math.max(this.now, at);
      callback();
    }
    this.now = end;
  }

  /** The computer slept: nothing happened meanwhile, what was due then is late. */
  sleep(time) {
    this.now += time;
  }
}

class Locks {
  #locks = new Map();

  request = (name, options, callback = options) => {
    const {mode = 'exclusive', signal, steal = false} = typeof options === 'function' ? {} : options;
    const lock = this.#locks.get(name) ?? this.#locks.set(name, {held: new Set(), queue: []}).get(name);
    return new Promise((resolve, reject) => {
      const request = {mode, callback, resolve, reject};
      if (steal) {
        lock.held.forEach(held => held.reject(new DOMException('stolen', 'AbortError')));
        lock.held.clear();
        lock.queue.unshift(request);
      } else {
        lock.queue.push(request);
      }
      const abort = () => {
        if (lock.queue.includes(request)) { // Who has it keeps it.
          lock.queue = lock.queue.filter(waiting => waiting !== request);
          reject(new DOMException('aborted', 'AbortError'));
        }
      };
      signal?.addEventListener('abort', abort);
      signal?.aborted ? abort() : this.#grant(lock);
    });
  };

  /** How many requests wait. */
  get waiting() {
    return [...this.#locks.values()].reduce((sum, {queue}) => sum + queue.length, 0);
  }

  /** The process that had these requests is gone. */
  release(requests) {
    for (const lock of this.#locks.values()) {
      lock.queue = lock.queue.filter(request => !requests.has(request.callback));
      lock.held.forEach(request => requests.has(request.callback) && lock.held.delete(request));
      this.#grant(lock);
    }
  }

  #grant(lock) {
    while (lock.queue.length > 0) {
      const [next] = lock.queue;
      const exclusive = next.mode === 'exclusive' || [...lock.held].some(held => held.mode === 'exclusive');
      if (lock.held.size > 0 && exclusive) {
        return;
      }
      lock.queue.shift();
      lock.held.add(next);
      setImmediate(async () => {
        const result = lock.held.has(next) ? await next.callback() : undefined;
        if (lock.held.delete(next)) {
          next.resolve(result);
          this.#grant(lock);
        }
      });
    }
  }
}

/** What tabs and the worker of one browser have in common. */
export class Browser {
  clock = new Clock();
  online = true;
  random = () => 0.5;
  locks = new Locks();
  channels = new Set();
  workers = new Map();
  #hub;
  #options;

  /** @param hub what answers requests */
  constructor(hub, {sharedWorker = false, locks = true, channels = true} = {}) {
    this.#hub = hub;
    this.#options = {sharedWorker, locks, channels};
  }

  /** A process: a tab's, or the worker's. When it is killed, nothing of it happens any more; while it is frozen, nothing. */
  process() {
    const browser = this;
    const requests = new Set();
    const process = {isAlive: true, isFrozen: false, held: []};
    const guard = callback => (...args) => {
      if (process.isFrozen) {
        process.held.push(() => process.isAlive && callback(...args));
      } else if (process.isAlive) {
        callback(...args);
      }
    };
    const thawed = () => new Promise(resolve => guard(resolve)());
    const aborts = new Set();
    process.kill = () => {
      process.isAlive = false;
      this.locks.release(requests);
      aborts.forEach(abort => abort());
    };
    process.freeze = () => {
      process.isFrozen = true;
    };
    process.thaw = () => {
      for (const held of process.held) { // and what they hold back, so that all stays in order
        held();
      }
      process.held = [];
      process.isFrozen = false;
    };
    process.environment = {
      fetch: async (url, init) => {
        await thawed();
        try {
          return await browser.#fetch(aborts, url, init);
        } finally {
          await thawed();
        }
      },
      setTimeout: (callback, time) => this.clock.setTimeout(guard(callback), time),
      clearTimeout: this.clock.clearTimeout,
      now: () => this.clock.now,
      random: () => this.random(),
      isOnline: () => this.online,
      window: new EventTarget(),
      locks: this.#options.locks ? {
        request: async (name, options, callback = options) => {
          const guarded = async () => {
            await thawed();
            return callback();
          };
          requests.add(guarded);
          try {
            return await this.locks.request(name, typeof options === 'function' ? {} : options, guarded);
          } finally {
            await thawed();
          }
        },
      } : undefined,
      BroadcastChannel: this.#options.channels ? class {
        onmessage = null;

        constructor(name) {
          this.name = name;
          browser.channels.add(this);
        }

        postMessage(data) {
          if (!browser.channels.has(this)) {
            throw new DOMException('closed', 'InvalidStateError');
          }
          this.post(structuredClone(data));
        }

        post = guard(data => {
          browser.channels.forEach(other => other !== this && other.name === this.name && setImmediate(() => other.hear(data)));
        });

        hear = guard(data => browser.channels.has(this) && this.onmessage?.({data}));

        close() {
          browser.channels.delete(this);
        }
      } : undefined,
    };
    return process;
  }

  /** Opens a tab that connects. */
  tab(options = {}, visibilityState = 'visible') {
    const process = this.process();
    const browser = this;
    const document = Object.assign(new EventTarget(), {visibilityState, baseURI: 'https://app.example/page'});
    const SharedWorker = this.#options.sharedWorker ? class {
      constructor(url, {name}) {
        if (browser.#options.sharedWorker === 'forbidden') {
          setImmediate(() => this.onerror?.(new Event('error')));
        } else if (!browser.workers.get(name)?.isAlive) {
          const worker = browser.process();
          browser.workers.set(name, worker);
          serve(name, worker.environment);
        }
      }
    } : undefined;
    const tidings = connect('hub', options, {...process.environment, document, SharedWorker});
    return {
      tidings,
      document,
      window: process.environment.window,
      kill: process.kill,
      freeze: process.freeze,
      thaw: process.thaw,
      /** As the browser tells the page. */
      tell(type) {
        (type === 'freeze' || type === 'resume' || type === 'visibilitychange' ? document : this.window).dispatchEvent(new Event(type));
      },
      hide(isHidden) {
        document.visibilityState = isHidden ? 'hidden' : 'visible';
        this.tell('visibilitychange');
      },
    };
  }

  worker() {
    return [...this.workers.values()].find(worker => worker.isAlive);
  }

  async #fetch(aborts, url, init) {
    const controller = new AbortController();
    const abort = () => controller.abort(init.signal?.reason ?? new Error('killed'));
    aborts.add(abort);
    init.signal?.addEventListener('abort', abort);
    if (!this.online || init.signal?.aborted) {
      throw new TypeError('no network');
    }
    return new Promise((resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
      this.#hub.fetch(new URL(url), {...init, signal: controller.signal}).then(resolve, reject);
    });
  }
}
