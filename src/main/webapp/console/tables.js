/** Tables that change while somebody reads them. */
import {element} from './charts.js';

/**
 * Rows by key, changed in place: what has the focus keeps it. While somebody points at the table or is in it the order
 * stays, so that nothing moves away from under a finger.
 *
 * @template Row
 */
export class Table {
  #table;
  #body;
  #columns;
  #key;
  #labels;
  /** @type {Map<string, HTMLTableRowElement>} */
  #rows = new Map();

  /**
   * @param {HTMLTableElement} table with a head and an empty body
   * @param {(row: Row) => string} key
   * @param {{type?: string, of: (row: Row) => string | Node}[]} columns what is in each: a text, or a node, which is asked for once
   */
  constructor(table, key, columns) {
    this.#table = table;
    this.#body = table.tBodies[0];
    this.#key = key;
    this.#columns = columns;
    this.#labels = [...table.tHead?.rows[0].cells ?? []].map(cell => cell.textContent ?? '');
  }

  /** @param {Row[]} rows */
  show(rows) {
    const keys = new Set(rows.map(this.#key));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        this.#remove(key, row);
      }
    }
    const isFixed = this.#table.matches(':hover, :focus-within');
    rows.forEach((row, i) => {
      const line = this.#line(row);
      if (!line.isConnected || !isFixed) {
        const there = this.#body.rows[i];
        if (there !== line) {
          this.#body.insertBefore(line, isFixed ? null : there ?? null);
        }
      }
    });
  }

  /** @param {Row} row */
  #line(row) {
    const key = this.#key(row);
    const known = this.#rows.get(key);
    const line = known ?? document.createElement('tr');
    this.#columns.forEach((column, i) => {
      const content = known?.cells[i].firstElementChild ? undefined : column.of(row);
      const cell = known?.cells[i] ?? this.#cell(line, i);
      if (content instanceof Node) {
        cell.append(content);
      } else if (content !== undefined && cell.textContent !== content) {
        cell.textContent = content;
      }
    });
    this.#rows.set(key, line);
    return line;
  }

  /** @param {HTMLTableRowElement} line @param {number} i */
  #cell(line, i) {
    const cell = element(i === 0 ? 'th' : 'td', this.#columns[i].type);
    if (i === 0) {
      cell.setAttribute('scope', 'row');
    }
    cell.dataset.label = this.#labels[i];
    line.append(cell);
    return cell;
  }

  /** @param {string} key @param {HTMLTableRowElement} row */
  #remove(key, row) {
    if (row.contains(document.activeElement)) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      /** @type {HTMLElement | null | undefined} */ (next?.querySelector('button') ?? this.#table.parentElement)?.focus();
    }
    row.remove();
    this.#rows.delete(key);
  }
}
