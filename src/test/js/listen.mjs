// Listens with npm's eventsource and prints each event as a line of JSON, until the given number of them has come.
//   node listen.mjs <url> <count> <type>...
import { EventSource } from "eventsource";

const [url, count, ...types] = process.argv.slice(2);
const source = new EventSource(url);
let left = Number(count);

for (const type of types) {
  source.addEventListener(type, event => {
    console.log(JSON.stringify({ type: event.type, id: event.lastEventId, data: event.data }));
    if (--left === 0) {
      source.close();
    }
  });
}
