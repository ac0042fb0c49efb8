/**
 * Chance does to tabs, server and network what it likes: who listens all the time hears every event once, in order.
 * A failure names its seed; TIDINGS_SEED takes it again.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import {Browser, settle} from './browser.mjs';
import {Hub, problem} from './hub.mjs';

const KINDS = {worker: {sharedWorker: true}, 'worker without locks': {sharedWorker: true, locks: false}, leader: {}, own: {channels: false}};
const STEPS = 60;
const first = Number(process.env.TIDINGS_SEED ?? Date.now() % 1_000_000);
const seeds = process.env.TIDINGS_SEED ? 1 : 10;

class Chaos {
  hub = new Hub();
  tabs = [];
  expected = new Map();
  published = 0;
  hung = new Set();

  constructor(kind, seed) {
    this.state = seed + 1;
    this.browser = new Browser(this.hub, KINDS[kind]);
    this.browser.random = () => this.random();
    for (let i = 0; i < 4; i++) {
      this.open();
    }
  }

  random() {
    this.state = (this.state * 48271) % 2147483647;
    return this.state / 2147483647;
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  open() {
    const tab = this.browser.tab();
    tab.listeners = [];
    tab.gaps = [];
    tab.isAway = false;
    tab.tidings.ongap = gap => tab.gaps.push(gap);
    this.tabs.push(tab);
    this.listen(tab);
  }

  /** From the start of the log, so that it is known what must be heard. */
  listen(tab) {
    const topic = this.pick(['a', 'b', 'c', '*']);
    const listener = {topic, heard: [], failures: []};
    listener.subscription = tab.tidings.subscribe(topic, ({data}) => listener.heard.push(data), {after: 'e-0'});
    tab.listeners.push(listener);
  }

  steps = {
    publish: () => this.hub.publish(this.pick(['a', 'b', 'c']), String(++this.published)),
    publishMany: () => Array.from({length: 150}, () => this.steps.publish()),
    time: () => this.browser.clock.advance(this.random() * 3_000),
    moment: () => this.browser.clock.advance(this.random() * 30),
    longTime: () => this.browser.clock.advance(this.random() * 100_000),
    beat: () => this.hub.beat(),
    open: () => this.tabs.length < 6 && this.open(),
    listen: () => this.listen(this.pick(this.tabs)),
    unsubscribe: () => {
      const {listeners} = this.pick(this.tabs);
      if (listeners.length > 1) {
        listeners.shift().subscription.unsubscribe();
      }
    },
    close: () => this.drop(tab => tab.tidings.close()),
    kill: () => this.drop(tab => tab.kill()),
    killWorker: () => this.browser.worker()?.kill(),
    away: () => {
      const tab = this.pick(this.tabs);
      tab.isAway = !tab.isAway;
      tab.tell(tab.isAway ? 'freeze' : 'resume');
    },
    hang: () => {
      const process = this.pick([...this.tabs, this.browser.worker() ?? this.tabs[0]]);
      this.hung.has(process) ? process.thaw() : process.freeze();
      this.hung.has(process) ? this.hung.delete(process) : this.hung.add(process);
    },
    sleep: () => this.browser.clock.sleep(this.random() * 100_000),
    cut: () => this.hub.cut(),
    failing: () => {
      const status = this.pick([404, 500, 502, 503]);
      const method = this.pick(['GET', 'PATCH', '']);
      this.hub.instead = request => request.method.startsWith(method) ? problem(status, '') : undefined;
    },
    working: () => (this.hub.instead = () => undefined),
    swallow: () => (this.hub.swallows = this.random() < 0.3),
    offline: () => (this.browser.online = this.random() < 0.7),
  };

  drop(how) {
    if (this.tabs.length > 1) {
      const tab = this.pick(this.tabs);
      this.tabs = this.tabs.filter(other => other !== tab);
      how(tab);
    }
  }

  async run() {
    const log = [];
    for (let i = 0; i < STEPS; i++) {
      const name = this.pick(Object.keys(this.steps));
      log.push(name);
      await this.steps[name]();
      if (this.random() < 0.5) {
        await settle();
      }
    }
    this.hub.instead = () => undefined;
    this.hub.swallows = false;
    this.browser.online = true;
    this.hung.forEach(process => process.thaw());
    this.tabs.forEach(tab => tab.isAway && tab.tell('resume'));
    for (let i = 0; i < 30; i++) {
      await this.browser.clock.advance(40_000);
      this.hub.beat();
    }
    for (let i = 0; i < 50; i++) {
      await settle();
    }
    this.hub.publish('a', String(++this.published));
    await settle();
    return log;
  }

  check() {
    for (const [i, {listeners, gaps}] of this.tabs.entries()) {
      assert.deepEqual(gaps, []);
      for (const {topic, heard} of listeners) {
        const all = this.hub.log.filter(event => topic === '*' || event.topic === topic).map(({data}) => data);
        const wrong = all.findIndex((data, index) => heard[index] !== data);
        assert.deepEqual(heard, all, `tab ${i} heard ${heard.length} of ${all.length} events of ${topic}, wrong from ${wrong} on: ${heard.slice(wrong - 2, wrong + 3)} in place of ${all.slice(wrong - 2, wrong + 3)}`);
      }
    }
  }
}

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: whatever happens`, async () => {
    for (let seed = first; seed < first + seeds; seed++) {
      const chaos = new Chaos(kind, seed);
      const log = await chaos.run();
      try {
        chaos.check();
      } catch (error) {
        throw new Error(`TIDINGS_SEED=${seed}: ${error.message.split('\n')[0]}: ${log.join(', ')}`, {cause: error});
      }
    }
  });
}
