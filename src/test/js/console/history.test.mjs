/** What the console's charts draw. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {bytes, count, rate, time} from '../../../main/webapp/console/format.js';
import {History, MEASURES} from '../../../main/webapp/console/history.js';

const said = (uptime, more = {}) =>
  ({uptime, connections: 1, published: 0, delivered: 0, bytes: 0, queued: 0, replayed: 0, log: {bytes: 10}, ...more});

const index = key => MEASURES.findIndex(measure => measure.key === key);

test('counters become rates by the clock of the server, whenever the snapshot comes', () => {
  const history = new History();
  history.add(said(1_000, {published: 100, delivered: 50}), 10);
  assert.deepEqual(history.values(index('events')), [null, null]);
  history.add(said(3_000, {published: 110, delivered: 150}), 10.5);
  assert.deepEqual(history.values(index('events')), [5, 50]);
});

test('what is a value is taken as it is', () => {
  const history = new History();
  history.add(said(1_000, {connections: 7, queued: 3, slowest: {lag: 5, queued: 2}}), 10);
  assert.deepEqual(history.values(index('connections')), [7]);
  assert.deepEqual(history.values(index('queued')), [3, 2]);
  assert.deepEqual(history.values(index('lag')), [5]);
  assert.deepEqual(history.values(index('log')), [10]);
});

test('without a stream nobody is slow, and a log that fails has no size', () => {
  const history = new History();
  history.add(said(1_000, {log: {end: 'e-1'}}), 10);
  assert.deepEqual(history.values(index('lag')), [0]);
  assert.deepEqual(history.values(index('log')), [null]);
});

test('the line is broken where nobody listened, and no rate is made up for that time', () => {
  const history = new History();
  history.add(said(1_000), 10);
  history.add(said(2_000, {published: 1}), 11);
  history.add(said(60_000, {published: 1_000}), 69);
  const [times, published] = history.data(index('events'));
  assert.deepEqual(times, [10, 11, 11.001, 69]);
  assert.deepEqual(published, [null, 1, null, null]);
  history.add(said(61_000, {published: 1_002}), 70);
  assert.deepEqual(history.values(index('events'))[0], 2);
});

test('a server that was started again begins anew', () => {
  const history = new History();
  history.add(said(90_000, {published: 1_000}), 10);
  history.add(said(1_000, {published: 3}), 11);
  history.add(said(2_000, {published: 4}), 12);
  const [, published] = history.data(index('events'));
  assert.deepEqual(published, [null, null, null, 1]);
});

test('ten minutes are kept', () => {
  const history = new History();
  for (let second = 0; second < 1_000; second++) {
    history.add(said(1_000 * (second + 1)), second);
  }
  const [times, ...columns] = history.data(index('events'));
  assert.equal(times[0], 399);
  assert.ok(columns.every(column => column.length === times.length));
});

test('numbers are as people read them', () => {
  assert.deepEqual([0, 7, 1_234, 99_999, 1_234_567].map(count), ['0', '7', '1,234', '99,999', '1.23M']);
  assert.deepEqual([0, 0.25, 12.34, 1_234.5].map(rate), ['0', '0.3', '12.3', '1,235']);
  assert.deepEqual([0, 0.5, 1, 1_023, 1_024, 1_536, 200_000, 2 ** 30, 2 ** 45].map(bytes),
      ['0 B', '1 B', '1 B', '1,023 B', '1 KiB', '1.5 KiB', '195 KiB', '1 GiB', '32 TiB']);
  assert.deepEqual([0, 999, 61_000, 3_600_000, 90_000_000].map(time), ['0 s', '0 s', '1 min 1 s', '1 h 0 min', '1 d 1 h']);
});
