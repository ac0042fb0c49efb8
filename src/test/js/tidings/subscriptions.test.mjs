/** What handlers and iterations hear, and what goes wrong with one of them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {Browser, settle} from './browser.mjs';
import {Hub, problem} from './hub.mjs';

async function page() {
  const hub = new Hub();
  const browser = new Browser(hub);
  const {tidings} = browser.tab();
  const failures = [];
  tidings.onerror = failure => failures.push(failure);
  tidings.subscribe('first', () => {});
  await browser.clock.advance(100);
  return {hub, clock: browser.clock, tidings, failures};
}

for (const [matcher, ...topics] of [
  ['orders/42', 'orders/42'],
  ['orders/*', 'orders/1', 'orders/42'],
  ['orders/*/items', 'orders/42/items'],
  ['orders/**', 'orders', 'orders/1', 'orders/42', 'orders/42/items'],
  ['*', 'orders', 'a.c', 'a+c'],
  ['**', 'orders', 'orders/1', 'orders/42', 'orders/42/items', 'a.c', 'a+c'],
  ['a.c', 'a.c'],
]) {
  test(`${matcher} hears its topics and no others`, async () => {
    const {hub, clock, tidings} = await page();
    tidings.subscribe('**', () => {});
    const heard = [];
    tidings.subscribe(matcher, ({topic}) => heard.push(topic));
    await clock.advance(100);
    ['orders', 'orders/1', 'orders/42', 'orders/42/items', 'a.c', 'a+c'].forEach(topic => hub.publish(topic, 'x'));
    await settle();
    assert.deepEqual(heard, topics);
  });
}

for (const matcher of ['', '/', 'a//b', 'a/', '/a', '.', 'a/..', 'a*', 'a/**/b', 'a\nb', 'x'.repeat(513)]) {
  test(`${JSON.stringify(matcher.slice(0, 9))} is no topic`, async () => {
    const {tidings} = await page();
    assert.throws(() => tidings.subscribe(matcher, () => {}), {name: 'TypeError', message: /neither a topic .* nor a pattern/});
  });
}

test('of a topic only the type that is asked for', async () => {
  const {hub, clock, tidings} = await page();
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {type: 't'});
  tidings.subscribe('a', ({data, type}) => heard.push(data + type), {type: 'message'});
  await clock.advance(100);
  hub.publish('a', '1', 't');
  hub.publish('a', '2');
  hub.publish('a', '3', 'u');
  await settle();
  assert.deepEqual(heard, ['1', '2message']);
});

test('several handlers of one topic each hear every event once', async () => {
  const {hub, clock, tidings} = await page();
  const heard = [[], [], []];
  tidings.subscribe('a', ({data}) => heard[0].push(data));
  const second = tidings.subscribe('a', ({data}) => heard[1].push(data));
  tidings.subscribe('**', ({data}) => heard[2].push(data));
  await clock.advance(100);
  hub.publish('a', '1');
  await settle();
  second.unsubscribe();
  second.unsubscribe();
  await clock.advance(100);
  hub.publish('a', '2');
  await settle();
  assert.deepEqual(heard, [['1', '2'], ['1'], ['1', '2']]);
});

for (const [what, schema] of [
  ['a function', JSON.parse],
  ['an object with parse', {parse: value => value}],
  ['a Standard Schema', {'~standard': {validate: value => ({value})}}],
]) {
  test(`${what} makes the data`, async () => {
    const {hub, clock, tidings, failures} = await page();
    const heard = [];
    tidings.subscribe('a', ({data}) => heard.push(data), {schema});
    await clock.advance(100);
    hub.publish('a', '{"n": 1}');
    hub.publish('a', 'no JSON');
    hub.publish('a', '{"n": 2}');
    await settle();
    assert.deepEqual(heard, [{n: 1}, {n: 2}]);
    assert.deepEqual(failures.map(({error, event}) => [error.name, event.data]), [['SyntaxError', 'no JSON']]);
  });
}

test('what a schema refuses goes to onerror', async () => {
  const {hub, clock, tidings, failures} = await page();
  const never = () => assert.fail('heard');
  const subscriptions = [
    {parse() {
      throw new RangeError('too large');
    }},
    {'~standard': {validate: () => ({issues: [{message: 'one'}, {message: 'two'}]})}},
    {'~standard': {validate: async () => Promise.reject(new Error('too late'))}},
  ].map(schema => tidings.subscribe('a', never, {schema}));
  await clock.advance(100);
  hub.publish('a', '1');
  await settle();
  assert.deepEqual(failures.map(({error}) => error.message),
      ['too large', 'one; two', 'A schema that answers later would change the order of events.']);
  assert.deepEqual(failures.map(({subscription}) => subscription), subscriptions);
});

test('a handler that throws hurts nobody else', async () => {
  const {hub, clock, tidings, failures} = await page();
  const heard = [];
  tidings.subscribe('a', () => {
    throw new Error('of the page');
  });
  tidings.subscribe('a', ({data}) => heard.push(data));
  await clock.advance(100);
  hub.publish('a', '1');
  hub.publish('a', '2');
  await settle();
  assert.deepEqual(heard, ['1', '2']);
  assert.deepEqual(failures.map(({error}) => error.message), ['of the page', 'of the page']);
});

test('a handler may subscribe and unsubscribe', async () => {
  const {hub, clock, tidings} = await page();
  const heard = [];
  const first = tidings.subscribe('a', ({data}) => {
    heard.push(data);
    first.unsubscribe();
    tidings.subscribe('a', event => heard.push(`second ${event.data}`));
  });
  await clock.advance(100);
  hub.publish('a', '1');
  await clock.advance(100);
  hub.publish('a', '2');
  await settle();
  assert.deepEqual(heard, ['1', 'second 2']);
});

test('a handler that has enough in the middle of what it missed hears no more, and asks for no more', async () => {
  const {hub, clock, tidings} = await page();
  for (let i = 1; i <= 250; i++) {
    hub.publish('a', String(i));
  }
  const heard = [];
  const subscription = tidings.subscribe('a', ({data}) => {
    heard.push(data);
    if (data === '50') {
      subscription.unsubscribe();
    }
  }, {after: 'e-0'});
  await clock.advance(1_000);
  await clock.advance(1_000);
  assert.equal(heard.length, 50);
  assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['first']]);
});

test('a subscription begins where it asks to, beside others that are live', async () => {
  const {hub, clock, tidings} = await page();
  const ids = Array.from({length: 250}, (_, i) => hub.publish('a', String(i)));
  const heard = {now: [], earliest: [], after: []};
  tidings.subscribe('a', ({data}) => heard.now.push(data));
  tidings.subscribe('a', ({data}) => heard.earliest.push(data), {after: 'earliest'});
  tidings.subscribe('a', ({data}) => heard.after.push(data), {after: ids[9]});
  await clock.advance(100);
  hub.publish('a', 'live');
  await settle();
  const all = [...ids.keys()].map(String);
  assert.deepEqual(heard, {now: ['live'], earliest: [...all, 'live'], after: [...all.slice(10), 'live']});
});

test('a first subscription begins where it asks to, with one request', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  hub.publish('a', '1');
  hub.publish('b', '2');
  const heard = [];
  const {tidings} = browser.tab();
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'earliest'});
  tidings.subscribe('b', ({data}) => heard.push(data), {after: 'earliest'});
  await browser.clock.advance(100);
  hub.publish('a', '3');
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=a&topic=b&after=earliest']);
});

test('events that come between the pages of what was missed are heard once, in order', async () => {
  const {hub, clock, tidings} = await page();
  for (let i = 1; i <= 250; i++) {
    hub.publish('a', String(i));
  }
  let published = 250;
  hub.instead = ({path}) => {
    if (path.includes('limit')) {
      hub.publish('a', String(++published));
    }
    return undefined;
  };
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(1_000);
  hub.publish('a', String(++published));
  await settle();
  assert.deepEqual(heard, Array.from({length: published}, (_, i) => String(i + 1)));
});

test('more events than may wait for a page are asked for again', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', '1');
  let published = 1;
  const release = hub.hold(({path}) => path.includes('limit'));
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(100);
  while (published < 1_500) {
    hub.publish('a', String(++published));
  }
  await settle();
  release(Response.json({events: [], next: 'e-1', more: false}));
  for (let page = 0; page <= 15; page++) {
    await settle();
  }
  assert.deepEqual(heard, Array.from({length: published - 1}, (_, i) => String(i + 2)));
});

test('a page that cannot be read is tried again', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', '1');
  hub.instead = ({path}) => path.includes('limit') ? problem(503, 'the log', {'Retry-After': '1'}) : undefined;
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(10_000);
  assert.ok(hub.count('GET /hub/events?topic=a&after=e-0&limit') < 8);
  hub.instead = () => undefined;
  await clock.advance(60_000);
  assert.deepEqual(heard, ['1']);
});

test('a position that the log no longer has is a gap', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', '1');
  hub.trim();
  hub.publish('a', '2');
  const heard = [];
  const gaps = [];
  tidings.ongap = gap => gaps.push(gap);
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(100);
  assert.deepEqual(heard, ['2']);
  assert.deepEqual(gaps, [{reason: 'expired', asked: 'e-0', resumed: 'e-1'}]);
});

test('a topic that was ended long ago is over', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', 'last');
  hub.end('a');
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'earliest', onend: () => heard.push('end')});
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-2', onend: () => heard.push('over')});
  await clock.advance(1_000);
  assert.deepEqual(heard.sort(), ['end', 'last', 'over']);
  assert.equal(tidings.state, 'open');
});

test('who wants to begin earlier than others, and topics that are over, gets all of it', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  for (let i = 1; i <= 250; i++) {
    hub.publish('a', String(i));
  }
  const end = hub.end('a');
  const {tidings} = browser.tab();
  const heard = [[], [], []];
  [undefined, 'earliest', end].forEach((after, i) => {
    tidings.subscribe('a', ({data}) => heard[i].push(data), {after, onend: () => heard[i].push('end')});
  });
  for (let i = 0; i < 5; i++) {
    await browser.clock.advance(10_000);
  }
  assert.deepEqual(heard, [['end'], [...Array.from({length: 250}, (_, i) => String(i + 1)), 'end'], ['end']]);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed gone');
});

test('the end of a topic overtakes nobody who is still catching up', async () => {
  const {hub, clock, tidings} = await page();
  for (let i = 1; i <= 250; i++) {
    hub.publish('a', String(i));
  }
  let hasFailed = false;
  hub.instead = ({path}) => {
    if (!path.includes('limit') || hasFailed) {
      return undefined;
    }
    hasFailed = true;
    hub.end('a');
    return problem(503, '');
  };
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0', onend: () => heard.push('end')});
  for (let i = 0; i < 5; i++) {
    await clock.advance(10_000);
  }
  assert.deepEqual(heard, [...Array.from({length: 250}, (_, i) => String(i + 1)), 'end']);
});

const operatorsOnly = ({path, body}) => (path + body).includes('$hub/')
  ? problem(403, 'for operators', {}, 'urn:tidings:problem:operators-only') : undefined;

for (const [matcher, told, instead] of [
  ['$secret', '$secret is reserved', () => undefined],
  ['$hub/statistics', 'for operators', operatorsOnly],
]) {
  for (const when of ['before the stream', 'on the open stream']) {
    test(`a refused ${matcher} is told ${when}, and takes nothing else with it`, async () => {
      const {hub, clock, tidings, failures} = await page();
      hub.instead = instead;
      if (when === 'before the stream') {
        hub.cut();
        await settle();
      }
      const heard = [];
      const wrong = tidings.subscribe(matcher, () => {});
      tidings.subscribe('a', ({data}) => heard.push(data));
      await clock.advance(5_000);
      hub.publish('a', '1');
      await settle();
      assert.deepEqual(heard, ['1']);
      assert.equal(tidings.state, 'open');
      assert.deepEqual(failures.map(({error, subscription}) => [error.message, subscription]), [[told, wrong]]);
    });
  }
}

test('a topic that is refused alone is told, too', async () => {
  const browser = new Browser(new Hub());
  const {tidings} = browser.tab();
  const failures = [];
  tidings.onerror = ({error}) => failures.push(error.message);
  tidings.subscribe('$secret', () => {});
  await browser.clock.advance(1_000);
  assert.deepEqual(failures, ['$secret is reserved']);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'waiting idle');
});

test('one stream has a hundred topics; one more is refused', async () => {
  const {hub, clock, tidings, failures} = await page();
  for (let i = 1; i <= 100; i++) {
    tidings.subscribe(`t/${i}`, () => {});
  }
  await clock.advance(1_000);
  assert.deepEqual(failures.map(({error, subscription}) => [error.message, subscription.matcher]), [['One stream has at most 100 topics.', 't/100']]);
  assert.equal([...hub.streams][0].topics.size, 100);
});

test('an iteration gives events in order, and its end', async () => {
  const {hub, clock, tidings} = await page();
  const heard = [];
  const iteration = (async () => {
    for await (const {data} of tidings.events('a', {schema: JSON.parse})) {
      heard.push(data);
    }
    heard.push('done');
  })();
  await clock.advance(100);
  [1, 2, 3].forEach(i => hub.publish('a', String(i)));
  await settle();
  hub.end('a');
  await iteration;
  assert.deepEqual(heard, [1, 2, 3, 'done']);
});

test('leaving an iteration unsubscribes', async () => {
  const {hub, clock, tidings} = await page();
  const iteration = (async () => {
    for await (const {data} of tidings.events('a')) {
      return data;
    }
    return undefined;
  })();
  await clock.advance(100);
  hub.publish('a', 'only');
  assert.equal(await iteration, 'only');
  await clock.advance(100);
  assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['first']]);
});

test('an iteration ends when the client is closed', async () => {
  const {clock, tidings} = await page();
  const next = tidings.events('a').next();
  await clock.advance(100);
  tidings.close();
  assert.deepEqual(await next, {done: true, value: undefined});
});

test('a slow consumer loses nothing: it goes on from the log', async () => {
  const {hub, clock, tidings} = await page();
  const events = tidings.events('a', {buffer: 10});
  await clock.advance(100);
  hub.count('GET');
  for (let i = 1; i <= 500; i++) {
    hub.publish('a', String(i));
  }
  await settle();
  assert.equal(hub.count('GET'), 0);
  const heard = [];
  for (let i = 1; i <= 501; i++) {
    if (i === 501) {
      hub.publish('a', '501');
    }
    const next = events.next();
    await settle();
    heard.push((await next).value.data);
  }
  assert.deepEqual(heard, Array.from({length: 501}, (_, i) => String(i + 1)));
});

test('a slow consumer whose events are gone is told by a gap', async () => {
  const {hub, clock, tidings} = await page();
  const gaps = [];
  tidings.ongap = ({reason}) => gaps.push(reason);
  const events = tidings.events('a', {buffer: 2});
  await clock.advance(100);
  ['1', '2', '3'].forEach(data => hub.publish('a', data));
  await settle();
  hub.trim();
  hub.publish('a', '4');
  const heard = [];
  for (let i = 0; i < 3; i++) {
    const next = events.next();
    await clock.advance(100);
    heard.push((await next).value.data);
  }
  assert.deepEqual([heard, gaps], [['1', '2', '4'], ['expired']]);
});

test('events of the hub itself have no id: each is heard, and they are no position', async () => {
  const {hub, clock, tidings} = await page();
  const heard = [];
  tidings.subscribe('$hub/rates', event => heard.push(event));
  tidings.subscribe('a', ({id}) => heard.push(id));
  await clock.advance(100);
  hub.tell('$hub/rates', '1');
  hub.publish('a', 'x');
  hub.tell('$hub/rates', '2');
  hub.tell('$hub/rates', '2');
  await settle();
  const event = {id: '', topic: '$hub/rates', type: 'message', data: '2'};
  assert.deepEqual(heard, [{...event, data: '1'}, 'e-1', event, event]);
  hub.count('GET');
  hub.cut();
  await clock.advance(1_000);
  assert.deepEqual(hub.requests.filter(request => request.startsWith('GET')), ['GET /hub/events?topic=first&topic=$hub/rates&topic=a&after=e-1']);
  hub.tell('$hub/rates', '3');
  await settle();
  assert.equal(heard.at(-1).data, '3');
});

test('what the hub itself says is not asked for later: nobody keeps it', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const tab = browser.tab();
  hub.publish('a', '1');
  const heard = [];
  tab.tidings.subscribe('$hub/rates', ({data}) => heard.push(data));
  tab.tidings.subscribe('a', ({data}) => heard.push(data), {after: 'earliest'});
  await browser.clock.advance(100);
  tab.tell('freeze');
  hub.publish('a', '2');
  await browser.clock.advance(100);
  tab.tell('resume');
  await browser.clock.advance(100);
  hub.tell('$hub/rates', '3');
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=$hub/rates&topic=a&after=earliest', 'GET /hub/events?topic=$hub/rates&topic=a&after=e-1']);
});

for (const topic of ['\ud800', 'a/\udc00b', 'a\u2028b']) {
  test(`${JSON.stringify(topic)} is no topic either: it could not be asked for, by nobody`, async () => {
    const {tidings} = await page();
    assert.throws(() => tidings.subscribe(topic, () => {}), TypeError);
  });
}

test('a page of what was missed that the login no longer allows waits for the next login', async () => {
  const {hub, clock, tidings, failures} = await page();
  hub.publish('a', '1');
  hub.instead = ({path}) => path.includes('limit') ? problem(401, '') : undefined;
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(1_000);
  assert.equal(`${tidings.state} ${tidings.reason}`, 'closed auth');
  hub.instead = () => undefined;
  hub.publish('a', '2');
  tidings.reconnect();
  await clock.advance(1_000);
  assert.deepEqual([heard, failures], [['1', '2'], []]);
});

test('a page of what was missed that never comes is asked for again', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', '1');
  hub.instead = ({path}) => path.includes('limit') ? new Promise(() => {}) : undefined;
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await clock.advance(100);
  hub.instead = () => undefined;
  for (let i = 0; i < 10; i++) {
    await clock.advance(10_000);
    hub.beat();
  }
  assert.deepEqual(heard, ['1']);
});

test('a topic that ends while it is being added is over', async () => {
  const {hub, clock, tidings} = await page();
  tidings.subscribe('**', () => {});
  await clock.advance(100);
  const release = hub.hold(({method}) => method === 'PATCH');
  const heard = [];
  tidings.subscribe('a', ({data}) => heard.push(data), {onend: () => heard.push('end')});
  await settle();
  hub.end('a');
  await settle();
  release();
  await clock.advance(1_000);
  assert.deepEqual(heard, ['end']);
  await clock.advance(1_000);
  assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['first', '**']]);
});

test('the end of the last topic is not that of one that is being added', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const {tidings} = browser.tab();
  tidings.subscribe('a', () => {});
  await browser.clock.advance(100);
  const release = hub.hold(({method}) => method === 'PATCH');
  const heard = [];
  tidings.subscribe('b', ({data}) => heard.push(data), {onend: () => heard.push('end')});
  await settle();
  hub.end('a');
  await settle();
  release();
  await browser.clock.advance(5_000);
  hub.publish('b', '1');
  await settle();
  assert.deepEqual(heard, ['1']);
});

test('the end of all topics is not that of one that was asked for meanwhile', async () => {
  const hub = new Hub();
  const end = hub.end('a');
  const browser = new Browser(hub);
  const {tidings} = browser.tab();
  const release = hub.hold(() => true);
  const heard = [];
  tidings.subscribe('a', () => {}, {after: end, onend: () => heard.push('end of a')});
  await browser.clock.advance(100);
  tidings.subscribe('b', ({data}) => heard.push(data), {onend: () => heard.push('end of b')});
  await settle();
  release();
  await browser.clock.advance(5_000);
  hub.publish('b', '1');
  await settle();
  assert.deepEqual(heard, ['end of a', '1']);
});

for (const after of [undefined, 'earliest']) {
  test(`who asks for a topic that was ended before is told, on the open stream and when one is opened, after ${after}`, async () => {
    for (const when of ['open', 'being opened']) {
      const hub = new Hub();
      const browser = new Browser(hub);
      hub.end('a');
      const {tidings} = browser.tab();
      const heard = [];
      tidings.subscribe('b', ({data}) => heard.push(data));
      await browser.clock.advance(when === 'open' ? 100 : 0);
      tidings.subscribe('a', () => {}, {after, onend: ({topic, type}) => heard.push(topic + type)});
      await browser.clock.advance(100);
      assert.deepEqual(heard, ['a$end'], when);
      hub.publish('b', 'goes on');
      await settle();
      assert.deepEqual(heard, ['a$end', 'goes on'], when);
      assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['b']]);
    }
  });
}

test('a page of what was missed that nobody wants any more logs nobody out', async () => {
  const {hub, clock, tidings} = await page();
  hub.publish('a', '1');
  const release = hub.hold(({path}) => path.includes('limit'));
  const subscription = tidings.subscribe('a', () => {}, {after: 'e-0'});
  await clock.advance(100);
  subscription.unsubscribe();
  await settle();
  release(problem(401, ''));
  await clock.advance(100);
  assert.equal(tidings.state, 'open');
});
