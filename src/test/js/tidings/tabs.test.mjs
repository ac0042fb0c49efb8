/** Several tabs and one stream, wherever it is: every handler hears every event once, in order, whatever becomes of its host. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {Browser, settle} from './browser.mjs';
import {Hub, problem} from './hub.mjs';

const KINDS = {
  'a shared worker': {sharedWorker: true},
  'a shared worker, no locks': {sharedWorker: true, locks: false},
  'a worker that is forbidden': {sharedWorker: 'forbidden'},
  'a leader': {},
  'a leader, no worker wanted': {sharedWorker: true, options: {worker: false}},
};

/** A browser whose tabs have different names. */
function chancy(hub, options) {
  const browser = new Browser(hub, options);
  let seed = 1;
  browser.random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
  return browser;
}

function setting(kind, count, matcher = () => 'a') {
  const hub = new Hub();
  const browser = chancy(hub, KINDS[kind]);
  const tabs = Array.from({length: count}, (_, i) => {
    const tab = browser.tab(KINDS[kind].options);
    tab.heard = [];
    tab.gaps = 0;
    tab.tidings.ongap = () => tab.gaps++;
    tab.tidings.subscribe(matcher(i), ({data}) => tab.heard.push(data));
    return tab;
  });
  return {hub, browser, clock: browser.clock, tabs};
}

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: twenty tabs, one stream, each event once for each`, async () => {
    const {hub, clock, tabs} = setting(kind, 20);
    await clock.advance(100);
    for (let i = 1; i <= 50; i++) {
      hub.publish('a', String(i));
    }
    await settle();
    for (const tab of tabs) {
      assert.deepEqual(tab.heard, Array.from({length: 50}, (_, i) => String(i + 1)));
      assert.equal(tab.tidings.state, 'open');
    }
    assert.equal(hub.count('GET'), 1);
  });

  test(`${kind}: topics come and go on the open stream`, async () => {
    const {hub, clock, tabs: [one, two]} = setting(kind, 2, i => `t/${i}`);
    await clock.advance(100);
    const [stream] = hub.streams;
    assert.deepEqual([...stream.topics], ['t/0', 't/1']);
    const heard = [];
    const subscription = two.tidings.subscribe('more/*', ({topic}) => heard.push(topic));
    await clock.advance(100);
    assert.deepEqual([...stream.topics], ['t/0', 't/1', 'more/*']);
    hub.publish('more/1', 'x');
    hub.publish('t/0', 'y');
    await settle();
    assert.deepEqual([heard, one.heard, two.heard], [['more/1'], ['y'], []]);
    subscription.unsubscribe();
    one.tidings.close();
    await clock.advance(100);
    assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['t/1']]);
  });

  test(`${kind}: a tab that crashes is forgotten`, {skip: KINDS[kind].locks === false && 'only a lock tells'}, async () => {
    const {hub, clock, tabs: [one, two]} = setting(kind, 2, i => `t/${i}`);
    await clock.advance(100);
    one.kill();
    await clock.advance(2_000);
    assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [['t/1']]);
    hub.publish('t/1', 'x');
    await settle();
    assert.deepEqual(two.heard, ['x']);
  });

  test(`${kind}: the tab of the host is closed, killed or frozen while events come`, async () => {
    for (const fate of ['pagehide', 'kill', 'freeze', 'hang']) {
      const {hub, browser, clock, tabs} = setting(kind, 4);
      await clock.advance(100);
      let published = 0;
      const publish = () => hub.publish('a', String(++published));
      publish();
      await settle();
      for (let i = 0; i < 3; i++) { // One host after the other.
        publish();
        fate === 'kill' ? (browser.worker() ?? tabs[i]).kill() : fate === 'hang' ? (browser.worker() ?? tabs[i]).freeze() : tabs[i].tell(fate);
        publish();
        await clock.advance(5);
        publish();
        await clock.advance(120_000);
        publish();
        await settle();
      }
      const all = Array.from({length: published}, (_, i) => String(i + 1));
      assert.deepEqual(tabs[3].heard, all, `${kind}, ${fate}`);
      assert.equal(tabs[3].gaps, 0);
    }
  });

  test(`${kind}: a tab that was frozen, or in the back-forward cache, hears what it missed`, async () => {
    for (const [away, back] of [['freeze', 'resume'], ['pagehide', 'pageshow']]) {
      const {hub, clock, tabs} = setting(kind, 3);
      await clock.advance(100);
      hub.publish('a', '1');
      await settle();
      tabs[0].tell(away);
      for (let i = 2; i <= 350; i++) {
        hub.publish('a', String(i));
      }
      await clock.advance(10_000);
      tabs[0].tell(back);
      hub.publish('a', '351');
      await clock.advance(1_000);
      hub.publish('a', '352');
      await settle();
      const all = Array.from({length: 352}, (_, i) => String(i + 1));
      tabs.forEach((tab, i) => assert.deepEqual(tab.heard, all, `tab ${i} after ${back}`));
      assert.equal(hub.streams.size, 1);
    }
  });

  test(`${kind}: a tab that pauses hears what it missed when it resumes, the others go on`, async () => {
    const {hub, clock, tabs} = setting(kind, 3);
    const slow = tabs[0].tidings.events('a');
    await clock.advance(100);
    hub.publish('a', '1');
    await settle();
    tabs[0].tidings.pause();
    for (const woken of ['pageshow', 'resume', 'visibilitychange', 'online']) {
      tabs[0].tell(woken);
    }
    for (let i = 2; i <= 350; i++) {
      hub.publish('a', String(i));
    }
    await clock.advance(200_000);
    assert.deepEqual(tabs.map(({heard}) => heard.length), [1, 350, 350]);
    assert.deepEqual([tabs[0].tidings.state, tabs[0].tidings.reason], ['waiting', 'idle']);
    tabs[0].tidings.pause();
    tabs[0].tidings.resume();
    await clock.advance(1_000);
    hub.publish('a', '351');
    await settle();
    const all = Array.from({length: 351}, (_, i) => String(i + 1));
    tabs.forEach((tab, i) => assert.deepEqual([tab.heard, tab.gaps], [all, 0], `tab ${i}`));
    for (const data of all) {
      assert.equal((await slow.next()).value.data, data);
    }
    assert.equal(hub.streams.size, 1);
  });

  test(`${kind}: who traces sees requests, the stream and the number of tabs, until it pauses`, async () => {
    const {hub, clock, tabs} = setting(kind, 2);
    const traces = [];
    tabs[1].tidings.ontrace = trace => traces.push(trace);
    await clock.advance(100);
    hub.publish('a', 'one\ntwo');
    await settle();
    const [stream] = hub.streams;
    const text = traces.map(({stream = ''}) => stream).join('');
    assert.ok(traces.some(({request}) => request === 'GET /hub/events?topic=a'));
    assert.match(text, /^id: e-0\nevent: \$hello\n/);
    assert.ok(text.endsWith('\n\n: topic: a\nid: e-1\ndata: one\ndata: two\n\n'));
    assert.deepEqual(traces.filter(({tabs}) => tabs).at(-1), {tabs: 2});

    tabs[0].tidings.subscribe('b', () => {});
    await clock.advance(100);
    const change = traces.findIndex(({request}) => request === `PATCH /hub/connections/${stream.connection} {"add":["b"],"remove":[]}`);
    assert.deepEqual(traces[change + 1], {answer: '{"topics":["a","b"],"from":"e-1"}'});
    tabs[0].tidings.close();
    await clock.advance(100);
    assert.deepEqual(traces.filter(({tabs}) => tabs).at(-1), {tabs: 1});

    tabs[1].tidings.pause();
    traces.length = 0;
    hub.publish('a', 'unseen');
    await clock.advance(100);
    assert.deepEqual(traces, []);
  });

  test(`${kind}: the server goes and comes back`, async () => {
    const {hub, clock, tabs} = setting(kind, 3);
    await clock.advance(100);
    hub.publish('a', '1');
    await settle();
    hub.instead = () => {
      throw new TypeError('refused');
    };
    hub.cut();
    await clock.advance(100_000);
    assert.deepEqual(tabs.map(({tidings}) => tidings.state), ['waiting', 'waiting', 'waiting']);
    hub.instead = () => undefined;
    hub.publish('a', '2');
    await clock.advance(40_000);
    tabs.forEach(tab => assert.deepEqual(tab.heard, ['1', '2']));
    assert.equal(hub.streams.size, 1);
  });

  test(`${kind}: all tabs hear of a gap, once`, async () => {
    const {hub, clock, tabs} = setting(kind, 3);
    await clock.advance(100);
    hub.publish('a', 'old');
    await settle();
    hub.restart();
    hub.publish('a', 'new');
    await clock.advance(10_000);
    tabs.forEach(tab => assert.deepEqual([tab.heard, tab.gaps], [['old', 'new'], 1]));
  });
}

test('a leader that hangs and wakes up leads no more', async () => {
  const {hub, clock, tabs} = setting('a leader', 3);
  await clock.advance(100);
  tabs[0].freeze();
  hub.publish('a', '1');
  await clock.advance(120_000);
  hub.beat();
  const {connection} = [...hub.streams].at(-1); // The first is that of the leader that hangs.
  tabs[0].thaw();
  await clock.advance(10_000);
  hub.publish('a', '2');
  await clock.advance(1_000);
  assert.deepEqual([...hub.streams].map(stream => stream.connection), [connection]);
  tabs.forEach((tab, i) => assert.deepEqual(tab.heard, ['1', '2'], `tab ${i}`));
  assert.equal(hub.streams.size, 1);
});

test('without channels each tab has its own stream', async () => {
  const hub = new Hub();
  const browser = new Browser(hub, {channels: false});
  const heard = [1, 2].map(() => {
    const data = [];
    browser.tab().tidings.subscribe('a', event => data.push(event.data));
    return data;
  });
  await browser.clock.advance(100);
  hub.publish('a', 'x');
  await settle();
  assert.deepEqual(heard, [['x'], ['x']]);
  assert.equal(hub.streams.size, 2);
});

test('who has headers shares with those of the same name only', async () => {
  const hub = new Hub();
  const browser = chancy(hub);
  for (const options of [{headers: {Authorization: 'a'}}, {headers: {Authorization: 'b'}}, {headers: {Authorization: 'c'}, share: 'c'}, {headers: {Authorization: 'c'}, share: 'c'}]) {
    browser.tab(options).tidings.subscribe('a', () => {});
  }
  await browser.clock.advance(100);
  assert.deepEqual(hub.headers.map(({Authorization}) => Authorization).sort(), ['a', 'b', 'c']);
});

test('the next leader has the headers of its own page', async () => {
  const hub = new Hub();
  const browser = chancy(hub);
  const tabs = [1, 2].map(() => browser.tab({headers: {Authorization: 'x'}, share: 'me'}));
  tabs.forEach(({tidings}) => tidings.subscribe('a', () => {}));
  await browser.clock.advance(100);
  tabs[0].kill();
  await browser.clock.advance(1_000);
  assert.deepEqual(hub.headers.map(({Authorization}) => Authorization), ['x', 'x']);
});

for (const [what, answer] of [['the connection has just ended', 404], ['something lets no PATCH through', 405], ['the server is being restarted', 503]]) {
  test(`a change of topics when ${what}: a new stream has them`, async () => {
    const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
    await clock.advance(100);
    hub.publish('a', '1');
    await settle();
    hub.instead = ({method}) => method === 'PATCH' ? problem(answer, '') : undefined;
    const heard = [];
    two.tidings.subscribe('b', ({data}) => heard.push(data));
    await clock.advance(100);
    hub.publish('a', '2');
    hub.publish('b', '3');
    await settle();
    assert.deepEqual([one.heard, two.heard, heard], [['1', '2'], ['1', '2'], ['3']]);
    assert.equal(hub.count('PATCH'), 1);
    assert.equal(hub.streams.size, 1);
  });
}

test('a topic that is taken away while another tab asks for it is not missed', async () => {
  const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
  const first = one.tidings.subscribe('b', () => {});
  await clock.advance(100);
  const answer = hub.hold(({method}) => method === 'PATCH');
  first.unsubscribe();
  await clock.advance(20); // The removal is under way.
  const heard = [];
  two.tidings.subscribe('b', ({data}) => heard.push(data));
  await settle();
  answer();
  await clock.advance(100);
  hub.publish('b', 'x');
  await settle();
  assert.deepEqual(heard, ['x']);
});

test('a change of topics that is never answered: a new stream has them', async () => {
  const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
  await clock.advance(100);
  hub.publish('a', '1');
  await settle();
  hub.instead = ({method}) => method === 'PATCH' ? new Promise(() => {}) : undefined;
  const heard = [];
  two.tidings.subscribe('b', ({data}) => heard.push(data));
  await clock.advance(11_000);
  hub.publish('a', '2');
  hub.publish('b', '3');
  await settle();
  assert.deepEqual([one.heard, heard], [['1', '2'], ['3']]);
  assert.equal(hub.streams.size, 1);
});

test('a change of topics that is never answered does not hold up those of the next stream', async () => {
  const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
  await clock.advance(100);
  hub.instead = ({method}) => method === 'PATCH' ? new Promise(() => {}) : undefined;
  one.tidings.subscribe('b', () => {});
  await clock.advance(100);
  hub.instead = () => undefined;
  hub.cut();
  await clock.advance(5_000);
  const heard = [];
  two.tidings.subscribe('c', ({data}) => heard.push(data));
  await clock.advance(100);
  hub.publish('c', 'x');
  await settle();
  assert.deepEqual(heard, ['x']);
});

for (const what of ['adds', 'removes']) {
  test(`something answers 400 in place of the hub to what ${what} topics: a new stream has the right ones`, async () => {
    const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
    const early = one.tidings.subscribe('b', () => {});
    await clock.advance(100);
    let patches = 0;
    hub.instead = ({method}) => method === 'PATCH' && ++patches < 100 ? problem(400, 'no') : undefined;
    const heard = [];
    what === 'adds' ? two.tidings.subscribe('c', ({data}) => heard.push(data)) : early.unsubscribe();
    await clock.advance(1_000);
    hub.publish('a', 'x');
    hub.publish('c', 'y');
    await settle();
    assert.deepEqual([one.heard, two.heard, heard], [['x'], ['x'], what === 'adds' ? ['y'] : []]);
    assert.deepEqual([...hub.streams].map(({topics}) => [...topics]), [what === 'adds' ? ['a', 'b', 'c'] : ['a']]);
    assert.equal(patches, 1);
  });
}

test('a gap is not told to a page that misses nothing', async () => {
  const {hub, browser, clock, tabs} = setting('a leader', 2);
  const other = browser.tab();
  let told = 0;
  other.tidings.ongap = () => told++;
  other.tidings.subscribe('$hub/rates', () => {});
  await clock.advance(100);
  hub.publish('a', 'old');
  await settle();
  hub.restart();
  hub.publish('a', 'new');
  await clock.advance(10_000);
  assert.deepEqual([told, tabs[1].gaps], [0, 1]);
});

test('a page that comes back is not kept out by a leader that hangs', async () => {
  const {hub, clock, tabs} = setting('a leader', 3);
  await clock.advance(100);
  hub.publish('a', '1');
  await settle();
  tabs[0].freeze();
  tabs[1].tell('pagehide');
  await clock.advance(100);
  tabs[1].tell('pageshow');
  await clock.advance(120_000);
  hub.publish('a', '2');
  await settle();
  assert.deepEqual(tabs[1].heard, ['1', '2']);
});

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: a page that is opened when somebody has signed in again needs nobody to reconnect`, async () => {
    const {hub, browser, clock, tabs} = setting(kind, 2);
    await clock.advance(100);
    hub.instead = () => problem(401, '');
    hub.cut();
    await clock.advance(10_000);
    assert.deepEqual(tabs.map(({tidings}) => tidings.reason), ['auth', 'auth']);
    hub.instead = () => undefined;
    hub.publish('a', '1');
    const {tidings} = browser.tab();
    const states = [];
    tidings.onstatechange = ({state}) => states.push(state);
    await clock.advance(1_000);
    tabs.forEach(tab => assert.deepEqual(tab.heard, ['1']));
    assert.deepEqual(states, ['connecting', 'open']);
  });
}

test('a leader that wakes up and leads no more takes nobody with it who has come meanwhile', async () => {
  const hub = new Hub();
  const browser = chancy(hub);
  const leader = browser.tab(); // It wants nothing itself, and so does not doubt that it leads.
  await browser.clock.advance(100);
  const heard = [[], []];
  browser.tab().tidings.subscribe('a', ({data}) => heard[0].push(data));
  await browser.clock.advance(100);
  leader.freeze();
  await browser.clock.advance(120_000);
  browser.tab().tidings.subscribe('a', ({data}) => heard[1].push(data));
  await browser.clock.advance(100);
  leader.thaw();
  await browser.clock.advance(1_000);
  hub.publish('a', '1');
  await settle();
  assert.deepEqual(heard, [['1'], ['1']]);
});

test('an answer to what a page asked before it asked again is none', async () => {
  const {hub, browser, clock, tabs: [, tab]} = setting('a leader', 2);
  await clock.advance(100);
  const [{name}] = browser.channels;
  const impostor = new (browser.process().environment.BroadcastChannel)(name);
  hub.publish('a', '1');
  await settle();
  const held = [];
  hub.instead = async ({method, path}) => {
    if (method === 'GET' && path.includes('limit')) {
      const page = {events: [...hub.log], next: hub.log.at(-1).id, more: false};
      await new Promise(release => held.push(release));
      return Response.json(page);
    }
    return undefined;
  };
  const heard = [];
  tab.tidings.subscribe('a', ({data}) => heard.push(data), {after: 'e-0'});
  await settle();
  impostor.postMessage({host: 'x', hello: true, change: {state: 'open', reason: '', transport: 'stream'}, heartbeat: 15_000});
  hub.publish('a', '2');
  await settle();
  impostor.postMessage({host: 'x', bye: true});
  await settle();
  held.shift()();
  await settle();
  hub.publish('a', '3');
  held.forEach(release => release());
  await settle();
  assert.deepEqual(heard, ['1', '2', '3']);
});

test('however often a host falls silent, a page asks once for its place', async () => {
  for (const kind of ['a shared worker', 'a leader']) {
    const {hub, browser, clock, tabs} = setting(kind, 3);
    await clock.advance(100);
    const before = browser.locks.waiting;
    for (let i = 0; i < 5; i++) {
      (browser.worker() ?? tabs[0]).freeze();
      await clock.advance(46_000);
      (browser.worker() ?? tabs[0]).thaw();
      hub.beat();
      await clock.advance(1_000);
    }
    assert.ok(browser.locks.waiting <= before + 1, `${kind}: ${browser.locks.waiting} after ${before}`);
  }
});

test('a page that is opened with new headers opens the stream with them', async () => {
  const hub = new Hub();
  const browser = chancy(hub);
  let token = 'old';
  const open = () => {
    const heard = [];
    browser.tab({headers: () => ({Authorization: token}), share: 'me'}).tidings.subscribe('a', ({data}) => heard.push(data));
    return heard;
  };
  const first = open();
  await browser.clock.advance(100);
  hub.instead = ({headers}) => headers.Authorization === 'new' ? undefined : problem(401, '');
  hub.cut();
  await browser.clock.advance(10_000);
  token = 'new';
  const second = open();
  await browser.clock.advance(1_000);
  hub.publish('a', '1');
  await settle();
  assert.deepEqual([first, second], [['1'], ['1']]);
});

test('a page that has asked twice wants it once', async () => {
  const hub = new Hub();
  const browser = new Browser(hub);
  const {tidings} = browser.tab();
  hub.instead = () => problem(502, '');
  const subscription = tidings.subscribe('a', () => {}, {after: 'earliest'});
  await browser.clock.advance(100);
  const [{name}] = browser.channels;
  const impostor = new (browser.process().environment.BroadcastChannel)(name);
  impostor.postMessage({host: 'x', hello: true, change: {state: 'waiting', reason: 'lost'}, heartbeat: 0});
  await settle();
  impostor.postMessage({host: 'x', bye: true});
  await settle();
  subscription.unsubscribe();
  tidings.subscribe('b', () => {}, {after: 'e-0'});
  hub.instead = () => undefined;
  hub.count('GET');
  await browser.clock.advance(10_000);
  assert.deepEqual(hub.requests, ['GET /hub/events?topic=b&after=e-0']);
});

test('what becomes of a refused change is nothing to the next stream', async () => {
  const {hub, clock, tabs: [one, two]} = setting('a leader', 2);
  const early = one.tidings.subscribe('b', () => {});
  one.tidings.onerror = () => {};
  await clock.advance(100);
  const release = hub.hold(({path}) => path.includes('limit'));
  early.unsubscribe();
  await settle();
  one.tidings.subscribe('$secret', () => {}); // One change takes and adds.
  await clock.advance(100);
  hub.cut();
  hub.instead = () => undefined;
  await clock.advance(3_000);
  const heard = [];
  two.tidings.subscribe('b', ({data}) => heard.push(data));
  await clock.advance(100);
  release(problem(400, 'reserved'));
  await settle();
  hub.publish('b', 'x');
  await settle();
  assert.deepEqual(heard, ['x']);
});
