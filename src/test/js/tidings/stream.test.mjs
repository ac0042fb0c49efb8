/** One page and its stream: when it comes back, when it gives up, what it tells. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {Browser, settle} from './browser.mjs';
import {Hub, problem} from './hub.mjs';

/** A page with a stream of its own, which notes what it hears. */
async function page(options = {}, matcher = 'a', subscribeOptions = {}) {
  const hub = new Hub();
  const browser = new Browser(hub);
  const heard = [];
  const states = [];
  const gaps = [];
  const tab = browser.tab({share: false, ...options});
  tab.tidings.onstatechange = ({state, reason}) => states.push(reason ? `${state} ${reason}` : state);
  tab.tidings.ongap = gap => gaps.push(gap.reason);
  const subscription = tab.tidings.subscribe(matcher, ({data}) => heard.push(data), subscribeOptions);
  await browser.clock.advance(20);
  return {hub, browser, clock: browser.clock, tab, tidings: tab.tidings, subscription, heard, states, gaps};
}

/** A page that has heard something, and lost its stream. */
async function lostPage() {
  const {hub, clock, tidings, subscription} = await page();
  hub.publish('a', '1');
  await settle();
  hub.cut();
  await settle();
  hub.count('GET');
  return {hub, clock, tidings, subscription};
}

test('it hears what is published, with topic, type and id', async () => {
  const {hub, tidings} = await page();
  const events = [];
  tidings.subscribe('a', event => events.push(event));
  await settle();
  const id = hub.publish('a', 'one\ntwo', 't');
  await settle();
  assert.deepEqual(events, [{id, topic: 'a', type: 't', data: 'one\ntwo'}]);
});

test('a cut stream goes on behind the last id, and nothing is heard twice', async () => {
  const {hub, clock, heard, states} = await page();
  hub.publish('a', '1');
  await settle();
  hub.count('GET');
  hub.cut();
  hub.publish('a', '2');
  await clock.advance(1_000);
  hub.publish('a', '3');
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=a&after=e-1']);
  assert.deepEqual(states, ['connecting', 'open', 'waiting lost', 'connecting', 'open']);
});

test('an event that comes again is dropped by its id', async () => {
  const {hub, heard} = await page();
  hub.publish('a', '1');
  hub.publish('a', '2');
  const [stream] = hub.streams;
  hub.log.forEach(stream.offer);
  await settle();
  assert.deepEqual(heard, ['1', '2']);
});

test('offsets are compared as numbers', async () => {
  const {hub, heard} = await page();
  for (let i = 1; i <= 11; i++) {
    hub.publish('a', String(i));
  }
  await settle();
  assert.equal(heard.length, 11);
});

test('the time between tries is random, below a bound that doubles, from the retry of the server to a ceiling', async () => {
  const {hub, browser, clock, tidings} = await page();
  const waits = [];
  tidings.onstatechange = ({retryIn}) => retryIn !== undefined && waits.push(retryIn);
  browser.random = () => 0.5;
  hub.instead = () => problem(502, '');
  hub.cut();
  await clock.advance(120_000);
  assert.deepEqual(waits.slice(0, 8), [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  browser.random = () => 0.001;
  waits.length = 0;
  await clock.advance(15_000);
  assert.ok(waits.includes(30));
});

for (const status of [404, 408, 429, 500, 502, 503, 504]) {
  test(`${status} is survived`, async () => {
    const {hub, clock, heard, tidings} = await page();
    hub.instead = () => problem(status, '');
    hub.cut();
    await clock.advance(10_000);
    assert.equal(tidings.state, 'waiting');
    assert.equal(tidings.reason, status === 429 || status === 503 ? 'overloaded' : 'lost');
    hub.instead = () => undefined;
    hub.publish('a', 'after');
    await clock.advance(30_000);
    assert.deepEqual(heard, ['after']);
  });
}

for (const [status, value] of [[404, '120'], [500, '120'], [502, '120'], [503, '120'], [503, new Date(121_000).toUTCString()]]) {
  test(`${status} with a Retry-After of ${value} is waited for, whatever wakes`, async () => {
    const {hub, clock, tab, tidings} = await page();
    hub.instead = () => problem(status, '', {'Retry-After': value});
    hub.cut();
    await clock.advance(1_000);
    hub.instead = () => undefined;
    hub.count('GET');
    tab.tell('online');
    await clock.advance(118_000);
    assert.equal(hub.count('GET'), 0);
    await clock.advance(4_000);
    assert.equal(tidings.state, 'open');
  });
}

test('204 is final: all topics were ended', async () => {
  const hub = new Hub();
  const last = hub.publish('a', 'x');
  hub.end('a');
  const browser = new Browser(hub);
  const {tidings} = browser.tab({share: false});
  const ended = [];
  tidings.subscribe('a', () => {}, {after: 'e-2', onend: ({topic}) => ended.push(topic)});
  await browser.clock.advance(60_000);
  assert.deepEqual(ended, ['a']);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed gone');
  assert.equal(hub.count('GET'), 1);
  assert.equal(last, 'e-1');
});

test('$end is final, and told; another subscription opens another stream', async () => {
  const {hub, clock, tidings} = await page();
  const ended = [];
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {onend: ({topic}) => ended.push(topic)});
  await settle();
  hub.publish('a', 'last');
  hub.end('a');
  await clock.advance(60_000);
  assert.deepEqual([heard, ended], [['last'], ['a']]);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed gone');
  hub.count('GET');
  tidings.subscribe('b', ({data}) => heard.push(data));
  await clock.advance(100);
  hub.publish('b', 'new');
  await settle();
  assert.deepEqual(heard, ['last', 'new']);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=b']);
});

test('$end of one topic leaves the others', async () => {
  const {hub, clock, tidings, heard} = await page({}, 'b');
  const ended = [];
  tidings.subscribe('a', () => {}, {onend: ({topic}) => ended.push(topic)});
  await clock.advance(100);
  hub.end('a');
  hub.publish('b', 'goes on');
  await clock.advance(100);
  assert.deepEqual([ended, heard, tidings.state], [['a'], ['goes on'], 'open']);
  assert.equal(hub.count('GET'), 1);
});

for (const status of [401, 403]) {
  test(`${status} is final, until reconnect`, async () => {
    const {hub, clock, heard, tidings} = await page();
    hub.instead = () => problem(status, '');
    hub.cut();
    await clock.advance(600_000);
    assert.equal(`${tidings.state} ${tidings.reason}`, 'closed auth');
    hub.count('GET');
    hub.instead = () => undefined;
    hub.publish('a', 'missed');
    await clock.advance(600_000);
    assert.equal(hub.count('GET'), 0);
    tidings.reconnect();
    await clock.advance(100);
    assert.deepEqual(heard, ['missed']);
  });
}

test('a redirect is to a login page: final', async () => {
  const {hub, clock, tidings} = await page();
  hub.instead = () => Object.defineProperty(new Response('<html>', {headers: {'Content-Type': 'text/html'}}), 'redirected', {value: true});
  hub.cut();
  await clock.advance(60_000);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed auth');
});

test('a page of something else in the place of the stream is not the end', async () => {
  const {hub, clock, tidings} = await page();
  hub.instead = () => new Response('<html>Welcome to the hotel', {headers: {'Content-Type': 'text/html'}});
  hub.cut();
  await clock.advance(10_000);
  assert.equal(tidings.state, 'waiting');
});

test('signing in again gives new headers and goes on', async () => {
  let token = 'old';
  let asked = 0;
  const signIn = async () => {
    asked++;
    token = 'new';
    return true;
  };
  const {hub, clock, heard, tidings} = await page({signIn, headers: () => ({Authorization: token})});
  assert.equal(hub.headers[0].Authorization, 'old');
  hub.instead = ({headers}) => headers.Authorization === 'new' ? undefined : problem(401, '');
  hub.publish('a', '1');
  hub.cut();
  hub.publish('a', '2');
  await clock.advance(10_000);
  assert.deepEqual(heard, ['1', '2']);
  assert.equal(tidings.state, 'open');
  assert.equal(asked, 1);
});

test('a fresh login that is refused is not asked for again', async () => {
  let asked = 0;
  const signIn = () => {
    asked++;
    return true;
  };
  const {hub, clock, tidings} = await page({signIn});
  hub.instead = () => problem(401, '');
  hub.cut();
  await clock.advance(600_000);
  assert.equal(asked, 1);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed auth');
});

test('no byte for two and a half heartbeats: the stream is given up', async () => {
  const {hub, clock, heard} = await page();
  hub.count('GET');
  for (let i = 0; i < 5; i++) {
    await clock.advance(15_000);
    hub.beat();
  }
  await settle();
  assert.equal(hub.count('GET'), 0);
  await clock.advance(37_400);
  assert.equal(hub.count('GET'), 0);
  hub.publish('a', 'heard after all');
  await clock.advance(37_400);
  assert.equal(hub.count('GET'), 0);
  await clock.advance(200);
  assert.equal(hub.streams.size, 0);
  await clock.advance(500);
  assert.equal(hub.count('GET'), 1);
  assert.deepEqual(heard, ['heard after all']);
});

for (const wake of ['online', 'pageshow', 'resume', 'visibilitychange']) {
  test(`${wake} wakes a stream that waits`, async () => {
    const {hub, browser, clock, tab, tidings} = await page();
    browser.online = false;
    hub.cut();
    await clock.advance(300_000);
    assert.equal(`${tidings.state} ${tidings.reason}`, 'offline offline');
    browser.online = true;
    hub.count('GET');
    tab.tell(wake);
    await settle();
    assert.equal(hub.count('GET'), 1);
    assert.equal(tidings.state, 'open');
  });
}

test('a computer that wakes up does not trust its stream', async () => {
  const {hub, clock, tab} = await page();
  hub.count('GET');
  tab.tell('visibilitychange');
  await settle();
  assert.equal(hub.count('GET'), 0);
  clock.sleep(600_000);
  tab.tell('visibilitychange');
  await settle();
  assert.equal(hub.count('GET'), 1);
});

test('a gap is told, and the stream goes on behind it', async () => {
  const {hub, clock, heard, gaps} = await page();
  hub.publish('a', 'old');
  await settle();
  hub.restart();
  hub.publish('a', 'new');
  await clock.advance(5_000);
  hub.publish('a', 'newer');
  await settle();
  assert.deepEqual([heard, gaps], [['old', 'new', 'newer'], ['foreign']]);
});

test('who is cut between $hello and $gap comes back and is told', async () => {
  const {hub, clock, heard, gaps} = await page();
  hub.publish('a', 'old');
  await settle();
  const response = 'event: $hello\ndata: {"connection":"x","heartbeat":15000}\n\n';
  hub.restart();
  hub.instead = () => new Response(response, {headers: {'Content-Type': 'text/event-stream'}});
  await clock.advance(600);
  hub.instead = () => undefined;
  hub.publish('a', 'new');
  await clock.advance(5_000);
  assert.deepEqual([heard, gaps], [['old', 'new'], ['foreign']]);
});

test('a stream that is held back is replaced by polling, and tried again later', async () => {
  const {hub, clock, heard, tidings} = await page();
  const transports = [];
  tidings.onstatechange = ({state, transport}) => state === 'open' && transports.push(transport);
  hub.publish('a', '1');
  await settle();
  hub.swallows = true;
  hub.cut();
  await clock.advance(1_000);
  hub.publish('a', '2');
  await clock.advance(10_000);
  assert.deepEqual([heard, transports], [['1', '2'], ['polling']]);
  hub.publish('a', '3');
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
  hub.count('GET');
  hub.swallows = false;
  for (let i = 4; i < 20; i++) {
    await clock.advance(5_000);
    hub.publish('a', String(i));
  }
  await settle();
  assert.deepEqual(heard, Array.from({length: 19}, (_, i) => String(i + 1)));
  assert.deepEqual(transports, ['polling', 'stream']);
});

test('a stream that is held back for good is tried less and less often', async () => {
  const {hub, clock} = await page();
  hub.swallows = true;
  hub.cut();
  const tries = [];
  hub.instead = ({headers}) => {
    if (headers.Accept === 'text/event-stream') {
      tries.push(clock.now);
    }
    return undefined;
  };
  for (let i = 0; i < 600; i++) {
    hub.publish('a', 'x');
    await clock.advance(5_000);
  }
  const minutes = tries.slice(1).map((at, i) => Math.round((at - tries[i]) / 60_000));
  assert.deepEqual(minutes.slice(0, 6), [1, 2, 4, 8, 10, 10]);
});

test('topics change while it polls', async () => {
  const {hub, clock, heard, tidings} = await page();
  hub.swallows = true;
  hub.cut();
  await clock.advance(11_000);
  tidings.subscribe('b', ({data}) => heard.push(data));
  await clock.advance(100);
  hub.publish('b', 'added');
  hub.publish('a', 'kept');
  await settle();
  assert.deepEqual(heard, ['added', 'kept']);
});

test('a page that nobody sees pauses where it is asked to, and goes on where it stopped', async () => {
  const {hub, clock, tab, tidings, heard} = await page({pauseHidden: 60_000});
  hub.publish('a', '1');
  await settle();
  tab.hide(true);
  await clock.advance(30_000);
  tab.hide(false);
  tab.hide(true);
  await clock.advance(59_000);
  assert.equal(hub.streams.size, 1);
  await clock.advance(2_000);
  assert.equal(hub.streams.size, 0);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'waiting idle');
  hub.publish('a', '2');
  tab.hide(false);
  await clock.advance(100);
  hub.publish('a', '3');
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
});

test('after close nothing is heard, asked or subscribed', async () => {
  const {hub, clock, tab, tidings, heard} = await page();
  tidings.pause();
  tidings.close();
  tidings.resume();
  tidings.pause();
  await settle();
  assert.equal(hub.streams.size, 0);
  hub.count('GET');
  hub.publish('a', 'x');
  tab.tell('pageshow');
  tab.tell('online');
  await clock.advance(600_000);
  assert.deepEqual(heard, []);
  assert.equal(hub.count('GET'), 0);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed closed');
  assert.throws(() => tidings.subscribe('a', () => {}), TypeError);
});

test('without the last subscription there is no stream', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const {tidings} = browser.tab({share: false});
  await browser.clock.advance(1_000);
  assert.deepEqual(hub.requests, []);
  const subscription = tidings.subscribe('a', () => {});
  await browser.clock.advance(1_000);
  assert.equal(hub.streams.size, 1);
  subscription.unsubscribe();
  await browser.clock.advance(1_000);
  assert.equal(hub.streams.size, 0);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'waiting idle');
});

test('who leaves while it waits leaves nothing behind: nothing is asked, and a new subscription begins anew', async () => {
  const {hub, clock, tidings, subscription} = await lostPage();
  subscription.unsubscribe();
  await clock.advance(60_000);
  assert.deepEqual(hub.requests, []);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'waiting idle');
  hub.publish('a', '2');
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data));
  await clock.advance(100);
  hub.publish('a', '3');
  await settle();
  assert.deepEqual(heard, ['3']);
});

test('who comes while it waits, when all others have left, begins anew', async () => {
  const {hub, clock, tidings, subscription} = await lostPage();
  subscription.unsubscribe();
  hub.publish('b', '2');
  tidings.subscribe('b', () => {});
  await clock.advance(5_000);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=b']);
});

test('a refusal is not final while it cannot be said which topic is to blame', async () => {
  const {hub, clock, tidings, heard} = await page();
  hub.instead = ({headers}) => problem(headers.Accept === 'text/event-stream' ? 400 : 502, '');
  hub.cut();
  await clock.advance(10_000);
  assert.equal(tidings.state, 'waiting');
  hub.instead = () => undefined;
  hub.publish('a', '1');
  await clock.advance(40_000);
  assert.deepEqual(heard, ['1']);
});

for (const status of [404, 500, 502, 503]) {
  test(`${status} without a Retry-After is tried again when something wakes`, async () => {
    const {hub, clock, tab, tidings} = await page();
    hub.instead = () => problem(status, '');
    hub.cut();
    await clock.advance(120_000);
    hub.instead = () => undefined;
    tab.tell('online');
    await settle();
    assert.equal(tidings.state, 'open');
  });
}

test('a time to come back that no timer reaches is a day', async () => {
  const {hub, clock, tidings} = await page();
  let asked = 0;
  hub.instead = () => ++asked < 100 ? problem(503, '', {'Retry-After': '99999999999'}) : new Promise(() => {});
  hub.cut();
  await clock.advance(60_000);
  assert.equal(asked, 1);
  hub.instead = () => undefined;
  await clock.advance(86_400_000);
  assert.equal(tidings.state, 'open');
});

for (const retry of [1_000, 0]) {
  test(`streams that end as soon as they begin are opened less and less often, retry ${retry}`, async () => {
    const {hub, clock} = await page();
    const hello = `retry: ${retry}\nevent: $hello\ndata: {"connection":"x","heartbeat":15000}\n\n`;
    let asked = 0;
    hub.instead = () => ++asked < 100 ? new Response(hello, {headers: {'Content-Type': 'text/event-stream'}}) : new Promise(() => {});
    hub.cut();
    await clock.advance(300_000);
    assert.ok(asked < 40);
  });
}

test('after a stream that lasted it is tried again as soon as after the first', async () => {
  const {hub, clock, tidings} = await page();
  const waits = [];
  tidings.onstatechange = ({retryIn}) => retryIn !== undefined && waits.push(retryIn);
  for (const time of [1_000, 1_000, 31_000, 1_000]) {
    await clock.advance(time);
    hub.cut();
    await clock.advance(4_000);
  }
  assert.deepEqual(waits, [500, 1_000, 500, 1_000]);
});

test('where nothing passes at all it is not the stream that is held back', async () => {
  const {hub, clock, tab, tidings} = await page();
  hub.instead = () => new Promise(() => {});
  hub.cut();
  await clock.advance(1_200_000);
  hub.instead = () => undefined;
  const transports = [];
  tidings.onstatechange = ({state, transport}) => state === 'open' && transports.push(transport);
  for (let i = 0; i < 4; i++) {
    tab.tell('online');
    await clock.advance(30_000);
    hub.beat();
  }
  assert.equal(transports.at(-1), 'stream');
});

test('a page that was never seen pauses too, and so does one that goes on unseen', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const tab = browser.tab({share: false, pauseHidden: 60_000}, 'hidden');
  tab.tidings.subscribe('a', () => {});
  await browser.clock.advance(1_000);
  assert.equal(hub.streams.size, 1);
  await browser.clock.advance(60_000);
  assert.equal(hub.streams.size, 0);
  tab.tell('resume');
  await browser.clock.advance(1_000);
  assert.equal(hub.streams.size, 1);
  await browser.clock.advance(60_000);
  assert.equal(hub.streams.size, 0);
});

test('who signs in again and then subscribes hears', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const {tidings} = browser.tab({share: false});
  const first = tidings.subscribe('a', () => {});
  hub.instead = () => problem(401, '');
  await browser.clock.advance(100);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed auth');
  first.unsubscribe();
  hub.instead = () => undefined;
  tidings.reconnect();
  await browser.clock.advance(100);
  tidings.subscribe('a', () => {});
  await browser.clock.advance(100);
  assert.equal(tidings.state, 'open');
});

test('a refusal of the whole that no topic is to blame for is tried again with the next subscription', async () => {
  const {hub, clock, tidings, heard} = await page();
  hub.instead = ({headers}) => headers.Accept === 'text/event-stream' ? problem(414, 'too long') : undefined;
  hub.cut();
  await clock.advance(10_000);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed refused');
  hub.instead = () => undefined;
  hub.publish('a', '1');
  tidings.subscribe('b', () => {});
  await clock.advance(100);
  assert.deepEqual(heard, ['1']);
});
