/** A hub for tests, after docs/protocol.md: a log, streams, pages. Says what it was asked, and fails when it is told to. */
const encoder = new TextEncoder();

const matches = (matcher, topic) => {
  if (matcher.startsWith('*') && topic.startsWith('$')) {
    return false;
  }
  const [pattern, segments] = [matcher.split('/'), topic.split('/')];
  for (const [i, segment] of pattern.entries()) {
    if (segment === '**') {
      return true;
    }
    if (i >= segments.length || (segment !== '*' && segment !== segments[i])) {
      return false;
    }
  }
  return pattern.length === segments.length;
};

export class Hub {
  epoch = 'e';
  log = [];
  offset = 0;
  /** Offsets up to this one have been removed. */
  trimmed = 0;
  retry = 1_000;
  heartbeat = 15_000;
  /** What was asked, as `GET /hub/events?topic=a`. */
  requests = [];
  headers = [];
  streams = new Set();
  /** What answers in place of the hub, while it is there: gives a response, or undefined to let the hub answer. */
  instead = () => undefined;
  /** Whether something on the way keeps the bytes of streams to itself for now. */
  swallows = false;
  #polls = new Set();
  #connections = 0;

  publish(topic, data, type) {
    const event = {id: `${this.epoch}-${++this.offset}`, topic, data, ...(type ? {type} : {})};
    this.log.push(event);
    this.streams.forEach(stream => stream.offer(event));
    this.#polls.forEach(poll => poll());
    return event.id;
  }

  end(topic) {
    const id = this.publish(topic, JSON.stringify({topic}), '$end');
    for (const stream of this.streams) {
      if (stream.topics.delete(topic) && stream.topics.size === 0) {
        stream.end();
      }
    }
    return id;
  }

  /** An event that is in no log: it has no id. */
  tell(topic, data) {
    this.streams.forEach(stream => stream.offer({topic, data}));
  }

  /** A log of another name, with nothing in it. */
  restart() {
    this.cut();
    this.epoch += 'x';
    this.log = [];
    this.offset = 0;
  }

  /** Forgets the events that it has. */
  trim() {
    this.trimmed = this.offset;
    this.log = [];
  }

  /** Streams end without a word. */
  cut() {
    this.streams.forEach(stream => stream.end());
  }

  beat() {
    this.streams.forEach(stream => stream.write(': \n\n'));
  }

  /** Such requests hang until the function that is returned is called: with an answer, or for the hub's own. */
  hold(isHeld) {
    let release;
    this.instead = request => isHeld(request) ? new Promise(resolve => (release = resolve)) : undefined;
    return answer => {
      this.instead = () => undefined;
      release(answer);
    };
  }

  /** How often it was asked for what begins so, since the last time. */
  count(start) {
    const count = this.requests.filter(request => request.startsWith(start)).length;
    this.requests = this.requests.filter(request => !request.startsWith(start));
    return count;
  }

  async fetch(url, {method = 'GET', headers = {}, body, signal}) {
    const path = decodeURIComponent(url.pathname + url.search);
    this.requests.push(`${method} ${path}`);
    this.headers.push(headers);
    const other = await this.instead({method, path, headers, body, url});
    if (other) {
      return other;
    }
    if (method === 'PATCH') {
      return this.#patch(url.pathname.split('/').pop(), JSON.parse(body));
    }
    const topics = url.searchParams.getAll('topic');
    const refusal = this.#refusal(topics);
    if (refusal) {
      return refusal;
    }
    const start = this.#start(url.searchParams.get('after') ?? '', topics);
    if (start === undefined) {
      return new Response(null, {status: 204});
    }
    return headers.Accept === 'application/json' ? this.#page(topics, start, url.searchParams, signal) : this.#stream(topics, start, signal);
  }

  #refusal(topics) {
    const wrong = topics.find(topic => topic.startsWith('$') && !topic.startsWith('$hub/'));
    return topics.length === 0 ? problem(400, 'no topic is given') : wrong && problem(400, `${wrong} is reserved`);
  }

  /** The offset behind which it goes on, and a gap; undefined if all is over. */
  #start(after, topics) {
    const [epoch, offset] = after.split('-');
    const isForeign = after !== '' && after !== 'earliest' && epoch !== this.epoch;
    const from = after === '' ? this.offset : after === 'earliest' || isForeign ? this.trimmed : Number(offset);
    const reason = isForeign ? 'foreign' : from < this.trimmed ? 'expired' : undefined;
    const position = Math.max(from, this.trimmed);
    const isOver = !reason && this.#ended(topics, position).length === topics.length;
    const gap = reason && {reason, asked: after, resumed: `${this.epoch}-${position}`};
    return isOver ? undefined : {position, gap};
  }

  /** Which of the topics have nothing behind the position. */
  #ended(topics, position) {
    return topics.filter(topic => this.log.some(event => event.topic === topic && event.type === '$end' && !this.#isBehind(event, position)));
  }

  #isBehind = ({id}, position) => Number(id.split('-')[1]) > position;

  #stream(topics, {position, gap}, signal) {
    const hub = this;
    const connection = `c${++this.#connections}`;
    const body = new ReadableStream({
      start(controller) {
        const stream = {
          connection,
          topics: new Set(topics),
          isOpen: true,
          held: '',
          write(text) {
            stream.held += text;
            if (stream.isOpen && !hub.swallows) {
              controller.enqueue(encoder.encode(stream.held));
              stream.held = '';
            }
          },
          offer({id, topic, type, data}) {
            if ([...stream.topics].some(matcher => matches(matcher, topic))) {
              const lines = data.split('\n').map(line => `data: ${line}\n`).join('');
              stream.write(`: topic: ${topic}\n${id ? `id: ${id}\n` : ''}${type ? `event: ${type}\n` : ''}${lines}\n`);
            }
          },
          end() {
            if (stream.isOpen) {
              stream.isOpen = false;
              hub.streams.delete(stream);
              controller.close();
            }
          },
        };
        signal.addEventListener('abort', () => {
          stream.isOpen = false;
          hub.streams.delete(stream);
        });
        hub.streams.add(stream);
        const id = gap ? '' : `id: ${hub.epoch}-${position}\n`;
        const ended = hub.#ended(topics, position);
        const hello = {connection, heartbeat: hub.heartbeat, ...(ended.length > 0 ? {ended} : {})};
        stream.write(`${id}event: $hello\nretry: ${hub.retry}\ndata: ${JSON.stringify(hello)}\n\n`);
        if (gap) {
          stream.write(`id: ${gap.resumed}\nevent: $gap\ndata: ${JSON.stringify(gap)}\n\n`);
        }
        hub.log.filter(event => hub.#isBehind(event, position)).forEach(stream.offer);
      },
    });
    return new Response(body, {headers: {'Content-Type': 'text/event-stream'}});
  }

  async #page(topics, {position, gap}, parameters, signal) {
    const limit = Number(parameters.get('limit') ?? 100);
    const find = () => this.log.filter(event => this.#isBehind(event, position) && topics.some(matcher => matches(matcher, event.topic)));
    if (Number(parameters.get('wait')) > 0 && find().length === 0 && !gap) {
      await new Promise((resolve, reject) => {
        const poll = () => find().length > 0 && this.#polls.delete(poll) && resolve(undefined);
        this.#polls.add(poll);
        signal.addEventListener('abort', () => this.#polls.delete(poll) && reject(signal.reason));
      });
    }
    const found = find();
    const events = found.slice(0, limit);
    const more = found.length > limit;
    const next = more ? events[events.length - 1].id : `${this.epoch}-${this.offset}`;
    return Response.json({events, next, more, ...(gap ? {gap} : {})});
  }

  #patch(connection, {add, remove}) {
    const stream = [...this.streams].find(stream => stream.connection === connection);
    if (!stream) {
      return problem(404, 'unknown');
    }
    const left = [...stream.topics].filter(topic => !remove.includes(topic));
    const refusal = this.#refusal([...left, ...add]);
    if (refusal) {
      return refusal;
    }
    remove.forEach(topic => stream.topics.delete(topic));
    add.forEach(topic => stream.topics.add(topic));
    const all = [...stream.topics];
    if (this.#ended(all, this.offset).length === all.length) {
      stream.end();
    }
    const ended = this.#ended(add, this.offset);
    return Response.json({topics: all, from: `${this.epoch}-${this.offset}`, ...(ended.length > 0 ? {ended} : {})});
  }
}

export const problem = (status, detail, headers = {}, type = 'about:blank') =>
  new Response(JSON.stringify({type, detail}), {status, headers: {'Content-Type': 'application/problem+json', ...headers}});
