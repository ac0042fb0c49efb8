/**
 * What `$hub/statistics` said in the last ten minutes, as columns for charts. Counters become rates here, by the
 * server's own clock, so that a snapshot that was missed or came late makes no bump.
 */
import {bytes, count, rate} from './format.js';

/** How long it is kept, in seconds. */
export const SPAN = 600;

/** Without a snapshot for so many seconds the line is broken. */
const HOLE = 5;

/**
 * @typedef {{label: string, now?: (said: any) => number | null, counter?: (said: any) => number}} Series
 *     `now`: a value as it is; `counter`: of which the change in a second counts
 * @typedef {{key: string, title: string, format: (value: number) => string, series: Series[]}} Measure
 */

/** @type {Measure[]} */
export const MEASURES = [
  {key: 'connections', title: 'Connections', format: count, series: [{label: 'open', now: said => said.connections}]},
  {key: 'events', title: 'Events per second', format: rate, series: [
    {label: 'in', counter: said => said.published},
    {label: 'out', counter: said => said.delivered},
  ]},
  {key: 'bytes', title: 'Bytes per second', format: bytes, series: [{label: 'out', counter: said => said.bytes}]},
  {key: 'queued', title: 'Send queues', format: bytes, series: [
    {label: 'all', now: said => said.queued},
    {label: 'slowest', now: said => said.slowest?.queued ?? 0},
  ]},
  {key: 'lag', title: 'Lag of the slowest', format: count, series: [{label: 'events', now: said => said.slowest?.lag ?? 0}]},
  {key: 'replayed', title: 'Replayed per second', format: rate, series: [{label: 'events', counter: said => said.replayed}]},
  {key: 'log', title: 'Log', format: bytes, series: [{label: 'size', now: said => said.log.bytes ?? null}]},
];

/** Its columns, by measure and series. */
const columns = () => MEASURES.map(({series}) => series.map(() => /** @type {(number | null)[]} */ ([])));

export class History {
  /** When each snapshot was made, in seconds since 1970. @type {number[]} */
  times = [];
  /** When the server was started, by the clock of this page. */
  #started = 0;
  #columns = columns();
  /** @type {any} */
  #before;

  /** @param {any} said a snapshot @param {number} now when it came, in seconds since 1970 */
  add(said, now) {
    const elapsed = (said.uptime - this.#before?.uptime) / 1000;
    const isNext = elapsed > 0 && elapsed <= HOLE;
    const last = this.times[this.times.length - 1];
    if (!(elapsed > 0)) {
      this.#started = now - said.uptime / 1000;
    }
    const time = Math.max(this.#started + said.uptime / 1000, (last ?? 0) + 0.002);
    if (last !== undefined && !isNext) { // Nobody listened, or the server was started again.
      this.#push(last + 0.001, () => null);
    }
    this.#push(time, ({now: value, counter}) => value ? value(said)
        : counter && isNext ? (counter(said) - counter(this.#before)) / elapsed : null);
    this.#before = said;
    while (this.times[0] < time - SPAN) {
      this.times.shift();
      this.#columns.flat().forEach(column => column.shift());
    }
  }

  /** What a chart draws: the times, then a column for each series. @param {number} measure its index */
  data(measure) {
    return [this.times, ...this.#columns[measure]];
  }

  /** The values of a measure's series at a moment, by default the last. @param {number} measure @param {number} [at] its index */
  values(measure, at = this.times.length - 1) {
    return this.#columns[measure].map(column => column[at] ?? null);
  }

  /** @param {number} time @param {(series: Series) => number | null} value */
  #push(time, value) {
    this.times.push(time);
    MEASURES.forEach(({series}, i) => series.forEach((one, j) => this.#columns[i][j].push(value(one))));
  }
}
