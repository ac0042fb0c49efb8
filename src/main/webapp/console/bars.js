/** A card that counts by reason, since the server's start: a bar and a number for each. */
import {element} from './charts.js';
import {count} from './format.js';

export class Bars {
  #list;
  #total;
  /** @type {Map<string, {bar: HTMLElement, value: HTMLElement, row: HTMLElement}>} */
  #rows = new Map();

  /** @param {string} key @param {string} title @param {Element} parent */
  constructor(key, title, parent) {
    const card = element('section', 'card bars');
    card.dataset.measure = key;
    const heading = element('h3', '', title);
    heading.id = `bars-${key}`;
    card.setAttribute('aria-labelledby', heading.id);
    this.#total = element('p', 'values', '–');
    this.#list = element('dl');
    card.append(heading, this.#total, this.#list);
    parent.append(card);
  }

  /** @param {Record<string, number>} numbers by reason */
  show(numbers) {
    const all = Object.values(numbers);
    const most = Math.max(1, ...all);
    this.#total.textContent = `${count(all.reduce((sum, number) => sum + number, 0))} since the start`;
    for (const [reason, number] of Object.entries(numbers)) {
      const {bar, value, row} = this.#row(reason);
      value.textContent = count(number);
      bar.style.inlineSize = `${100 * number / most}%`;
      row.classList.toggle('none', number === 0);
    }
  }

  /** @param {string} reason */
  #row(reason) {
    let known = this.#rows.get(reason);
    if (!known) {
      const row = element('div');
      const described = element('dd');
      const track = element('span', 'track');
      const bar = element('span', 'bar');
      const value = element('span', 'number');
      track.append(bar);
      described.append(track, value);
      row.append(element('dt', '', reason), described);
      this.#list.append(row);
      known = {bar, value, row};
      this.#rows.set(reason, known);
    }
    return known;
  }
}
