/** What is compared: each run sends numbered messages by one transport and hears them come back. */
import { SignalingChannel } from './signaling.js';
import { JavaPeer } from './peer.js';
import { withToken } from './token.js';

/** A message that is later than this does not come any more. */
const LATEST_MS = 30_000;

export const TRANSPORTS = [
  {
    kind: 'http',
    name: 'Request and response',
    line: 'A POST for each message and a GET after it: simple, passes everything. What others say is heard only when this page asks.',
  },
  {
    kind: 'shortpolling',
    name: 'Short polling',
    line: 'A GET four times a second, whether there is something or not: late by half of that, and as many requests as there is time.',
  },
  {
    kind: 'longpolling',
    name: 'Long polling (Comet)',
    line: 'The server keeps each GET until there is something: soon, but a request with all its headers for every answer.',
  },
  {
    kind: 'eventstream',
    name: 'Server-Sent Events',
    line: 'One answer that never ends brings everything here; what this page says needs a POST each.',
  },
  {
    kind: 'websocket',
    name: 'WebSocket',
    line: 'One request becomes a connection for both directions: a few bytes around each message, and most are compressed. Some proxies do not let it through.',
  },
  {
    kind: 'socketio',
    name: 'Socket.IO',
    line: 'Events over a WebSocket, or over polling where there is none: a name and a few digits more for each message.',
  },
  {
    kind: 'datachannel',
    name: 'Data channel',
    line: 'WebRTC: straight to the other peer, encrypted from end to end, no server between them. It needs one of the others to begin.',
  },
];

/** Times and counts of what came back. */
class Tally {
  /** Latencies since they were taken last, in milliseconds. */
  latencies = [];
  received = 0;
  #sentAt = new Map();

  sent(number) {
    this.#sentAt.set(number, performance.now());
    for (const [old, atMs] of this.#sentAt) {
      if (performance.now() - atMs < LATEST_MS) break;
      this.#sentAt.delete(old);
    }
  }

  heard(number) {
    const atMs = this.#sentAt.get(number);
    if (atMs !== undefined) {
      this.#sentAt.delete(number);
      this.latencies.push(performance.now() - atMs);
      this.received += 1;
    }
  }
}

/** A member of a room of its own, who writes to itself. */
class RoomRun extends Tally {
  #channel;
  #own;

  constructor(kind, meter, token, onfail) {
    super();
    this.meter = meter;
    this.#channel = new SignalingChannel({
      room: `transports-${meter}`,
      name: kind,
      token,
      transport: kind,
      query: { meter },
    });
    this.#channel.addEventListener('direct', ({ detail }) => this.heard(detail.data.number));
    this.#channel.addEventListener('interrupted', ({ detail }) => onfail(detail));
    this.#channel.addEventListener('closed', ({ detail }) => onfail(detail));
    this.#channel.joined.then((welcome) => (this.#own = welcome.member), () => {});
  }

  get ready() {
    return this.#own !== undefined;
  }

  send(number, text) {
    this.sent(number);
    this.#channel.send({ type: 'direct', to: this.#own, data: { number, text } });
  }

  close() {
    this.#channel.leave();
  }
}

/** A data channel to a Java peer that sends everything back. */
class DataChannelRun extends Tally {
  #peer = new JavaPeer();
  #channel;

  constructor(token, onfail) {
    super();
    this.#channel = this.#peer.connection.createDataChannel('echo');
    this.#channel.onmessage = ({ data }) => this.heard(JSON.parse(data).data.number);
    this.#peer.onfail = onfail;
    this.#peer.open(withToken('/peer', token));
  }

  get ready() {
    return this.#channel.readyState === 'open';
  }

  send(number, text) {
    this.sent(number);
    this.#channel.send(JSON.stringify({ type: 'direct', data: { number, text } }));
  }

  /** What the path carried so far; the description's way is not part of it. */
  async read() {
    const path = { requests: 0, bytesIn: 0, bytesOut: 0 };
    for (const it of (await this.#peer.connection.getStats()).values()) {
      if (it.type === 'candidate-pair') {
        path.bytesIn += it.bytesReceived ?? 0;
        path.bytesOut += it.bytesSent ?? 0;
      }
    }
    return path;
  }

  close() {
    this.#peer.close();
  }
}

/** Begins to use a transport; `onfail` is told in one line what goes wrong. */
export function run(kind, meter, token, onfail) {
  if (kind === 'datachannel') return new DataChannelRun(token, onfail);
  return new RoomRun(kind, meter, token, onfail);
}
