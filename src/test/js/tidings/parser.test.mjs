/** The parser against the WHATWG HTML standard, 9.2.5 and 9.2.6: what breaks others. */
import assert from 'node:assert/strict';
import test from 'node:test';
import {EventStreamParser} from '../../../main/webapp/tidings.js';

const bytes = text => new TextEncoder().encode(text);
const parse = (...pieces) => {
  const parser = new EventStreamParser();
  return pieces.flatMap(piece => parser.feed(typeof piece === 'string' ? bytes(piece) : piece));
};
const event = (data, {id = '', topic = '', type = 'message'} = {}) => ({id, topic, type, data});

for (const [what, text, ...events] of [
  ['one line', 'data: a\n\n', event('a')],
  ['several lines', 'data: a\ndata:\ndata: b\n\n', event('a\n\nb')],
  ['no space, two spaces', 'data:a\ndata:  b\n\n', event('a\n b')],
  ['a field without a colon', 'data\n\ndata\ndata\n\n', event(''), event('\n')],
  ['colons in the data', 'data: :a:b\n\n', event(':a:b')],
  ['a type, for one event', 'event: t\ndata: a\n\ndata: b\n\n', event('a', {type: 't'}), event('b')],
  ['an id, for all that follow', 'id: 1\ndata: a\n\ndata: b\n\n', event('a', {id: '1'}), event('b', {id: '1'})],
  ['an empty id takes it back', 'id: 1\ndata: a\n\nid\ndata: b\n\n', event('a', {id: '1'}), event('b')],
  ['an id with NUL is none', 'id: 1\0\ndata: a\n\n', event('a')],
  ['an id without data counts', 'id: 1\n\ndata: a\n\n', event('a', {id: '1'})],
  ['a type without data is forgotten', 'event: t\n\ndata: a\n\n', event('a')],
  ['CR', 'data: a\rdata: b\r\r', event('a\nb')],
  ['CRLF', 'data: a\r\ndata: b\r\n\r\n', event('a\nb')],
  ['all of them', 'data: a\rdata: b\r\ndata: c\n\r', event('a\nb\nc')],
  ['other line separators are none', 'data: a\u2028\u0085\u000bb\n\n', event('a\u2028\u0085\u000bb')],
  ['no final blank line', 'data: a\n\ndata: b\n', event('a')],
  ['no final line break', 'data: a\n\ndata: b', event('a')],
  ['a BOM first', '\ufeffdata: a\n\n', event('a')],
  ['a second BOM is part of the name', '\ufeff\ufeffdata: a\n\n'],
  ['a BOM later is text', 'data: \ufeffa\n\n', event('\ufeffa')],
  ['comments', ': a\n:\ndata: a\n: b\n\n', event('a')],
  ['a topic, for one event', ': topic: a/b\ndata: a\n\ndata: b\n\n', event('a', {topic: 'a/b'}), event('b')],
  ['a topic of a heartbeat', ': topic: a\n\ndata: b\n\n', event('b')],
  ['unknown fields, capitals', 'Data: a\nfoo: b\n data: c\n\n'],
]) {
  test(`${what}, whole and byte by byte`, () => {
    assert.deepEqual(parse(text), events);
    assert.deepEqual(parse(...[...bytes(text)].map(byte => Uint8Array.of(byte))), events);
  });
}

test('a character of several bytes may be split anywhere', () => {
  const all = bytes('data: ä€😀\n\n');
  for (let i = 1; i < all.length; i++) {
    assert.deepEqual(parse(all.slice(0, i), all.slice(i)), [event('ä€😀')], `split at ${i}`);
  }
});

test('bytes that are no UTF-8 become replacement characters', () => {
  assert.deepEqual(parse(bytes('data: a'), Uint8Array.of(0xff), bytes('\n\n')), [event('a\ufffd')]);
});

test('an empty piece between CR and LF changes nothing', () => {
  assert.deepEqual(parse('data: a\r', '', '\ndata: b\n\n'), [event('a\nb')]);
});

test('a line of megabytes comes in small pieces', () => {
  const piece = 'x'.repeat(1024);
  const pieces = Array(8 * 1024).fill(piece);
  const [{data}] = parse('data: ', ...pieces, '\n\n');
  assert.equal(data.length, 8 * 1024 * 1024);
});

test('the last reconnection time that is a number counts', () => {
  const parser = new EventStreamParser();
  assert.equal(parser.retry, undefined);
  parser.feed(bytes('retry: 2500\n\nretry: 1.5\n\nretry: -1\n\nretry\n\n'));
  assert.equal(parser.retry, 2500);
});
