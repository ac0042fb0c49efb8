/** What goes over the wire, as it is. */
import {add, element} from './demo-lines.js';

const LONGEST = 400;

/** The beginning of a block that has not come in full. */
let begun = '';

/** @param {import('./tidings.js').Trace} trace */
export function showTrace({request, answer, stream}) {
  if (request) {
    add('raw', element('div', 'request', `→ ${request}`));
  } else if (answer) {
    const rest = answer.length - LONGEST;
    add('raw', element('div', 'answer', rest > 0 ? `${answer.slice(0, LONGEST)}… and ${rest} characters` : answer));
  } else if (stream) {
    const blocks = (begun + stream).split('\n\n');
    begun = blocks.pop() ?? '';
    blocks.forEach(showBlock);
  }
}

/** @param {string} text */
export function note(text) {
  begun = ''; // What a connection did not bring in full, the next one does not go on with.
  add('raw', element('div', 'note', text));
}

/** @param {string} text */
function showBlock(text) {
  const block = element('div', 'block');
  for (const line of text.split('\n')) {
    const [, field, value] = /^(\w+): (.*)$/.exec(line) ?? [];
    block.append(...field ? [element('b', '', `${field}: `), element('span', field, value)] : [element('b', '', line)], '\n');
    if (field === 'event') {
      block.dataset.type = value;
      block.classList.toggle('control', value.startsWith('$'));
    }
  }
  add('raw', block);
}
