/** What the demo's lists are made of. */

/** How many lines each list keeps: the newest ones. */
const KEPT = {messages: 50, users: 50, raw: 200};

/** @param {string} id @returns {any} */
export const byId = id => document.getElementById(id);

/**
 * Makes an element. Text goes in as text: what strangers write never becomes markup.
 *
 * @param {string} tag
 * @param {string} name its class
 * @param {...(string | Node)} content
 */
export function element(tag, name, ...content) {
  const made = document.createElement(tag);
  made.className = name;
  made.append(...content);
  return made;
}

/**
 * Adds a line to a list.
 *
 * @param {keyof typeof KEPT} id the list's
 * @param {HTMLElement} line
 * @param {boolean} [isNews] whether it is shown as new, and a screen reader says it
 */
export function add(id, line, isNews = false) {
  const list = byId(id);
  list.parentElement.setAttribute('aria-live', isNews ? 'polite' : 'off');
  line.classList.toggle('news', isNews);
  list.append(line);
  while (list.childElementCount > KEPT[id]) {
    list.firstElementChild.remove();
  }
}
