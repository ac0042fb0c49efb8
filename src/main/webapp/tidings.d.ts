/** Tidings in the browser: one stream for all tabs, and every event once, in order, or told. See tidings.js. */

/**
 * Connects to a hub. Nothing is requested before the first subscription.
 *
 * @param url the hub's address, as `hub`; relative to the page
 */
export function connect(url: string | URL, options?: Options, environment?: Environment): Tidings;

export interface Options {
  /**
   * Whether tabs of this browser share one stream: by default unless there are `headers`. A name makes those share that
   * give the same one: name the user, where headers say who that is.
   */
  share?: boolean | string;
  /** The address of this module as a file of its own, where a bundler has made it part of another; `false` for no shared worker. */
  worker?: boolean | string | URL;
  /** For each request, such as `Authorization`. A function is asked when the client starts, and after each `signIn`. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /** Called in every tab when the server refuses (401, 403). Where it gives `true` the stream is opened again. */
  signIn?: () => boolean | Promise<boolean>;
  /** Whether cookies go to another origin; as for `fetch`. */
  credentials?: RequestCredentials;
  /** Milliseconds after which a tab that nobody sees stops listening. It goes on where it stopped when it is seen. */
  pauseHidden?: number;
}

export interface Tidings {
  readonly state: State;
  readonly reason: Reason;
  onstatechange: ((change: StateChange) => void) | null;
  /** Events are missing for good: fetch again what the page shows. */
  ongap: ((gap: Gap) => void) | null;
  /** What goes wrong with one event or one subscription. Without it, errors are thrown where nothing catches them. */
  onerror: ((failure: Failure) => void) | null;
  /** What goes over the wire, for tools that show it. On a shared stream that is what all tabs ask for and get. */
  ontrace: ((trace: Trace) => void) | null;

  /** @param matcher a topic (`orders/42`) or a pattern (`orders/*`, `orders/**`) */
  subscribe<T = string>(matcher: string, handler: (event: Event<T>) => void, options?: SubscribeOptions<T>): Subscription;
  /**
   * The same for `for await`. Events wait for a slow consumer, up to `buffer` of them (a page of 100 may come on top); then the iteration stops
   * listening, and goes on from the server's log when those are consumed. What the log no longer has is told by `ongap`.
   */
  events<T = string>(matcher: string, options?: SubscribeOptions<T> & {buffer?: number}): AsyncIterableIterator<Event<T>>;

  /** Tries again at once, also when the state is `closed` because the server refused. */
  reconnect(): void;
  /** Stops listening; other tabs go on. The state is `waiting`, with the reason `idle`. */
  pause(): void;
  /** Goes on where it paused: each subscription gets what it missed, or is told by `ongap`. */
  resume(): void;
  /** Ends all subscriptions, for good. */
  close(): void;
}

/** `connecting`: asked, nothing heard. `waiting`: will try again. `offline`: the same, and the browser has no network. `closed`: will not. */
export type State = 'connecting' | 'open' | 'waiting' | 'offline' | 'closed';

/**
 * Why. Of `closed`: `auth`, the server wants another login; `gone`, all topics were ended; `refused`, the request is wrong;
 * `closed` by this page. Of `waiting`: `overloaded`, `lost`, or `idle` without a subscription. Of `offline`: `offline`.
 */
export type Reason = '' | 'auth' | 'gone' | 'refused' | 'closed' | 'overloaded' | 'lost' | 'idle' | 'offline';

export interface StateChange {
  state: State;
  reason: Reason;
  /** Of `open`: by a stream, or by long polling because something on the way holds the stream back. */
  transport?: 'stream' | 'polling';
  /** Of `waiting` and `offline`: milliseconds until the next try. */
  retryIn?: number;
}

/** One of these. */
export interface Trace {
  /** A request that is made now: its method, path and query, and body. No headers. */
  request?: string;
  /** The text of an answer that is no stream. */
  answer?: string;
  /** Text of the stream as it arrived: some of its lines, or of one. */
  stream?: string;
  /** How many tabs share the stream. */
  tabs?: number;
}

export interface Gap {
  reason: 'expired' | 'foreign' | 'future' | 'malformed' | 'conflated';
  asked: string;
  resumed: string;
}

export interface Event<T = string> {
  /** Its position in the log; empty for events of the hub itself (topics that begin with `$`), which are in no log. */
  id: string;
  topic: string;
  /** `message`, if it was published without a type. */
  type: string;
  data: T;
}

export interface SubscribeOptions<T> {
  /** Only events of this type. */
  type?: string;
  /**
   * Makes the data of the text. A function takes the text (`JSON.parse`); an object with `parse`, or a Standard Schema, what
   * `JSON.parse` makes of it. What fails goes to `onerror` in place of the handler.
   */
  schema?: ((text: string) => T) | {parse(value: unknown): T} | StandardSchema<T>;
  /** Begins behind the event with this id, or with the oldest (`earliest`); now without it. */
  after?: string;
  /** The topic was ended: its last event, also if it was ended before. */
  onend?: (event: Event) => void;
}

/** See standardschema.dev. Its validation must not be asynchronous: that would change the order of events. */
export interface StandardSchema<T> {
  '~standard': {validate(value: unknown): {value: T; issues?: undefined} | {issues: ReadonlyArray<{message: string}>} | Promise<unknown>};
}

export interface Subscription {
  readonly matcher: string;
  unsubscribe(): void;
}

export interface Failure {
  error: Error;
  subscription: Subscription;
  /** The event that could not be handled; without one, the subscription was refused. */
  event?: Event;
}

/** What the module takes from its surroundings, so that tests need no waiting. */
export interface Environment {
  fetch: typeof fetch;
  setTimeout(callback: () => void, milliseconds: number): any;
  clearTimeout(timer: any): void;
  now(): number;
  random(): number;
  isOnline(): boolean;
  /** Hears `online`, `pageshow`, `pagehide`. */
  window?: EventTarget;
  /** Hears `visibilitychange`, `freeze`, `resume`. */
  document?: EventTarget & {visibilityState: string; baseURI: string};
  locks?: Pick<LockManager, 'request'>;
  BroadcastChannel?: typeof BroadcastChannel;
  SharedWorker?: typeof SharedWorker;
}
