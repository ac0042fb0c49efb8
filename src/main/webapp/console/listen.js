/** Listens by hand: what comes on a topic or a pattern, the newest first. */
import {element} from './charts.js';
import {clock} from './format.js';

/** Events that stay to be read. */
const MOST = 200;

/**
 * @param {import('../tidings.js').Tidings} tidings
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 * @param {(text: string) => void} say
 */
export function listen(tidings, form, list, say) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
  /** @type {HTMLElement[]} */
  let waiting = [];
  /** @type {import('../tidings.js').Subscription | undefined} */
  let subscription;

  /** Many may come at once: they go into the page together, and those that would leave it at once do not. */
  const add = (/** @type {HTMLElement} */ line) => {
    if (waiting.push(line) === 1) {
      requestAnimationFrame(() => {
        list.prepend(...waiting.slice(-MOST).reverse());
        waiting = [];
        while (list.childElementCount > MOST) {
          list.lastElementChild?.remove();
        }
      });
    }
  };

  const stop = () => {
    subscription?.unsubscribe();
    subscription = undefined;
    button.textContent = 'Listen';
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (subscription) {
      stop();
      return;
    }
    const {topic, from} = /** @type {Record<string, HTMLInputElement>} */ (/** @type {unknown} */ (form.elements));
    try {
      const after = from.value || undefined;
      const onend = (/** @type {{topic: string}} */ end) => add(note(`${end.topic} was ended.`));
      subscription = tidings.subscribe(topic.value, heard => add(line(heard)), {after, onend});
      list.replaceChildren();
      button.textContent = 'Stop';
      say(`Listening to ${topic.value}.`);
    } catch (/** @type {any} */ error) {
      say(error.message);
    }
  });

  return {
    /** Whether it is this one that nothing will come of; then it has stopped. @param {unknown} other */
    isOver(other) {
      const isThis = other !== undefined && other === subscription;
      if (isThis) {
        stop();
      }
      return isThis;
    },
    /** @param {import('../tidings.js').Gap} gap */
    gap({reason}) {
      if (subscription) {
        add(note(`Events may be missing here ($gap: ${reason}).`));
      }
    },
  };
}

/** @param {string} text */
const note = text => element('li', 'note', text);

/** @param {import('../tidings.js').Event} event */
function line({id, topic, type, data}) {
  const made = element('li');
  const head = element('p', 'head');
  head.append(element('b', 'topic', topic), element('span', 'type', type), element('span', 'id', id), element('time', '', clock(Date.now())));
  made.append(head, element('pre', '', data));
  return made;
}
