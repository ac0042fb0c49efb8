/** A card for each measure: its values as text, and a line for the last ten minutes. */
import uPlot from '../vendor/uplot/uPlot.esm.js';
import {bytes, clock} from './format.js';
import {MEASURES, SPAN} from './history.js';

/** A line begins with so many seconds, and grows until it has all. */
const LEAST = 30;
const HEIGHT = 112;
const DASH = [5, 4];

/** Steps of an axis of bytes, whose units are powers of two. */
const BINARY = Array.from({length: 50}, (none, power) => 2 ** power);

/** An element with a class and a text. @param {string} name @param {string} [type] @param {string} [text] */
export function element(name, type = '', text = '') {
  const made = document.createElement(name);
  made.className = type;
  made.textContent = text;
  return made;
}

/** What a colour of the style sheet is now: a canvas knows no variables. @param {Element} of */
const colour = of => getComputedStyle(of).color;

class Chart {
  #history;
  #measure;
  #index;
  #values;
  #frame;
  #plot;

  /** @param {import('./history.js').History} history @param {number} index @param {Element} parent */
  constructor(history, index, parent) {
    this.#history = history;
    this.#index = index;
    this.#measure = MEASURES[index];
    const card = element('section', 'card chart');
    card.dataset.measure = this.#measure.key;
    const title = element('h3', '', this.#measure.title);
    title.id = `chart-${this.#measure.key}`;
    card.setAttribute('aria-labelledby', title.id);
    const legend = element('dl', 'values');
    this.#values = this.#measure.series.map(({label}) => {
      const pair = element('div');
      const value = element('dd', '', '–');
      pair.append(element('dt', 'key', label), value);
      legend.append(pair);
      return value;
    });
    this.#frame = element('div', 'frame');
    this.#frame.setAttribute('role', 'img');
    card.append(title, legend, this.#frame);
    parent.append(card);
    const keys = [...legend.querySelectorAll('.key')];
    this.#plot = new uPlot(this.#options(keys), history.data(index), this.#frame);
    new ResizeObserver(() => this.#plot.setSize({width: this.#frame.clientWidth, height: HEIGHT})).observe(this.#frame);
  }

  draw() {
    this.#plot.setData(this.#history.data(this.#index));
    this.tell();
    const known = this.#history.data(this.#index).slice(1).map(column => column.filter(value => value !== null));
    const ranges = known.map((values, i) => values.length === 0 ? 'unknown' : `${this.#measure.series[i].label} from `
        + `${this.#measure.format(Math.min(...values))} to ${this.#measure.format(Math.max(...values))}`);
    this.#frame.setAttribute('aria-label', `${this.#measure.title}, the last ten minutes: ${ranges.join('; ')}`);
  }

  /** Says what is under the pointer, in whichever chart that is; else what is now. */
  tell() {
    const at = this.#plot.cursor.idx ?? undefined;
    const values = this.#history.values(this.#index, at);
    values.forEach((value, i) => {
      this.#values[i].textContent = value === null ? '–' : this.#measure.format(value);
    });
  }

  /** The colours have changed. */
  redraw() {
    this.#plot.redraw();
  }

  /** @param {Element[]} keys whose colours the lines have */
  #options(keys) {
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = {
      font,
      stroke: () => colour(this.#frame),
      grid: {stroke: () => getComputedStyle(this.#frame).borderTopColor, width: 1},
      ticks: {show: false},
    };
    const {format} = this.#measure;
    return {
      width: this.#frame.clientWidth || 300,
      height: HEIGHT,
      padding: [8, 4, 0, 0],
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, sync: {key: 'console'}, points: {size: 6}},
      scales: {
        x: {range: () => this.#window()},
        y: {range: (/** @type {any} */ plot, /** @type {number} */ least, /** @type {number} */ most) => [0, Math.max(most * 1.1, 1)]},
      },
      axes: [
        {...axis, size: 24, gap: 6, space: 70, values: (/** @type {any} */ plot, /** @type {number[]} */ at) => at.map(time => this.#moment(time))},
        {...axis, size: 52, gap: 4, space: 32, incrs: format === bytes ? BINARY : undefined, values: (/** @type {any} */ plot, /** @type {number[]} */ at) => at.map(format)},
      ],
      series: [{}, ...keys.map((key, i) => ({
        stroke: () => colour(key),
        width: 1.5,
        dash: i > 0 ? DASH : undefined,
        fill: i > 0 ? undefined : () => `color-mix(in srgb, ${colour(key)} 12%, transparent)`,
        points: {show: false},
      }))],
      hooks: {setCursor: [() => this.tell()]},
    };
  }

  #window() {
    const {times} = this.#history;
    const end = times[times.length - 1] ?? Date.now() / 1000;
    return [Math.max(end - SPAN, Math.min(times[0] ?? end, end - LEAST)), end];
  }

  /** @param {number} time */
  #moment(time) {
    const text = clock(time * 1000);
    return this.#window()[1] - this.#window()[0] > 180 ? text.slice(0, 5) : text;
  }
}

/** Draws all of them in an element. @param {import('./history.js').History} history @param {Element} parent */
export function draw(history, parent) {
  const charts = MEASURES.map((measure, index) => new Chart(history, index, parent));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(chart => chart.redraw()));
  return () => charts.forEach(chart => chart.draw());
}
