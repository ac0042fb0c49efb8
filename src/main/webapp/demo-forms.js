/** What the demo's page sends: plain requests, upon which the application fires its events. */
import {byId} from './demo-lines.js';

/** Who is logged in here. */
export let me = '';
/** @type {{text: string, at: number}[]} own messages that were sent and not yet heard */
const underway = [];

/**
 * The address is relative, so that it is right under any context path.
 *
 * @param {string} path
 * @param {RequestInit} [init]
 */
async function send(path, init) {
  const answer = await fetch(path, {cache: 'no-store', ...init});
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? `the server answered ${answer.status}`);
}

/** @param {string} path @param {object} body */
export const post = (path, body) =>
  send(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});

/** Says so where the server does not take what this page would send. */
export async function lookWhetherItIsOn() {
  let why = '';
  try {
    await send('demo/sign-in');
  } catch (error) {
    // Without an answer nothing is known, and the connection's state tells.
    why = error instanceof TypeError ? '' : `Nothing can be fired from here: ${/** @type {Error} */ (error).message}.`;
  }
  byId('off').textContent = why;
  for (const form of document.forms) {
    form.hidden = why !== '';
  }
}

/**
 * Does what a form is for, once at a time, and says under it what went wrong.
 *
 * @param {string} id the form's
 * @param {() => Promise<void>} action
 */
export function onSubmit(id, action) {
  byId(id).addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const button = byId(id).querySelector('button');
    if (button.ariaDisabled === 'true') {
      return;
    }
    button.ariaDisabled = 'true'; // One that is disabled would lose the focus.
    byId(`${id}-error`).textContent = '';
    try {
      await action();
    } catch (error) {
      byId(`${id}-error`).textContent = error instanceof TypeError ? 'The server cannot be reached.' : /** @type {Error} */ (error).message;
    } finally {
      button.ariaDisabled = null;
    }
  });
}

/** How long a message of this page was on its way to the server and back. @param {{from: string, text: string}} message */
export function heardBack({from, text}) {
  const index = from === me ? underway.findIndex(sent => sent.text === text) : -1;
  if (index >= 0) {
    const [sent] = underway.splice(index, 1);
    byId('took').textContent = `Heard ${Date.now() - sent.at} ms after you sent it.`;
  }
}

onSubmit('sign-in', async () => {
  const name = byId('name').value.trim();
  await post('demo/sign-in', {name});
  me = name;
  byId('from').textContent = ` from ${name}`;
  byId('text').placeholder = 'Hello, everybody';
  byId('text').disabled = byId('send').disabled = false;
  byId('text').focus();
});

onSubmit('write', async () => {
  const sent = {text: byId('text').value.trim(), at: Date.now()};
  byId('write').dataset.sentAt = String(sent.at);
  underway.push(sent);
  try {
    await post('demo/messages', {from: me, text: sent.text});
  } catch (error) {
    underway.splice(underway.indexOf(sent), 1);
    throw error;
  }
  byId('text').value = '';
  byId('text').focus();
});
