// A member's place in a room of a PureRTC signalling server (docs/signaling.md). Lost connections
// are made anew, and what was under way arrives once and in order. No other file is needed:
//
//   import { SignalingChannel } from '/signaling.js';
//   const channel = new SignalingChannel({ room: 'tea', name: 'Ada' });
//   channel.addEventListener('chat', (event) => show(event.detail.line.text));
//   const welcome = await channel.joined;
//   channel.send({ type: 'chat', text: 'hello' });
//
// Each message of the server is an event of its type, with the message as detail. Besides there are
// 'interrupted' (the connection is lost and is made anew) and 'closed' (it is over); their detail is
// a line of text. A second 'welcome' begins a new session: the server was started anew, or did not
// hear of this member for too long. Texts come from strangers: show them as text, never as HTML.

const VERSION = 1;
const SUBPROTOCOL = 'purertc.v1';
const ANSWER_LIMIT_MS = 15_000;
const SILENCE_MS = 25_000;
const ACK_DELAY_MS = 1_000;
const MOST_UNSAID = 32;
const WINDOW = 128;
const MOST_WAITING = 10_000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const SHARE_OF_RATE = 0.8;

/** Where the server is, and what goes with each request to it. */
class Server {
  #base;
  #query;

  constructor(base, query) {
    this.#base = base.replace(/\/$/, '');
    this.#query = query;
  }

  url(path, more = {}) {
    const query = new URLSearchParams({ ...more, ...this.#query }).toString();
    return this.#base + path + (query && '?' + query);
  }

  socketUrl(path, more) {
    return this.url(path, more).replace(/^http/, 'ws');
  }
}

/** One message in each text frame. */
class WebSocketTransport {
  constructor(server, listener) {
    this.socket = new WebSocket(server.socketUrl('/signaling'), SUBPROTOCOL);
    this.socket.onopen = () => listener.opened();
    this.socket.onmessage = (event) => listener.received(event.data);
    this.socket.onclose = (event) => listener.lost(event.reason || 'the connection was lost');
  }

  /** Whether one more message may be given to send(). */
  get ready() {
    return this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount < 1 << 20;
  }

  send(text) {
    this.socket.send(text);
  }

  /** Sends what nothing follows, in either direction. */
  sendLast(text) {
    this.send(text);
  }

  close() {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}

/** Says things with POST; how it hears is its subclass's. */
class RequestTransport {
  constructor(server, listener) {
    this.server = server;
    this.listener = listener;
    this.lastId = 0;
    this.ready = false;
    this.parting = false;
    this.gone = new AbortController();
    this.hearing = new AbortController();
    setTimeout(() => {
      this.ready = true;
      this.listener?.opened();
    });
  }

  async send(text) {
    this.ready = false;
    const greeting = !this.session;
    if (greeting) {
      const hello = JSON.parse(text);
      this.session = hello.session;
      this.lastId = hello.lastId ?? 0;
    }
    const path = greeting ? 'sessions' : 'messages';
    const url = this.server.url('/signaling/' + path);
    const question = { method: 'POST', body: text };
    const said = await this.request(url, question, this.gone, ANSWER_LIMIT_MS);
    if (!said || !this.listener) {
      return;
    }
    if (greeting) {
      this.listen();
    } else {
      this.said();
    }
    this.ready = true;
    this.listener.writable();
  }

  /** The answer says that it has arrived. Who went on asking would hear that nobody is called so. */
  sendLast(text) {
    this.parting = true;
    this.hearing.abort();
    return this.send(text);
  }

  /** A message of this end has arrived. */
  said() {}

  /** Hands on what the answer holds; false when it was not what was wished for. */
  async request(url, options, abort, limitMs) {
    const limit = setTimeout(() => abort.abort(), limitMs);
    const headers = { Authorization: 'Bearer ' + this.session };
    if (options.body) {
      headers['Content-Type'] = 'application/json';
    }
    try {
      const answer = await fetch(url, { ...options, headers, signal: abort.signal });
      [await answer.json()].flat().forEach((message) => this.received(message));
      return answer.ok;
    } catch {
      if (abort !== this.hearing || !this.parting) {
        this.listener?.lost('the server cannot be reached');
      }
      return false;
    } finally {
      clearTimeout(limit);
    }
  }

  received(message) {
    this.lastId = Math.max(this.lastId, message.id ?? 0);
    this.listener?.received(JSON.stringify(message));
  }

  close() {
    this.listener = null;
    this.gone.abort();
    this.hearing.abort();
  }
}

/** Hears by asking again and again. */
class PollingTransport extends RequestTransport {
  #rhythm;
  #asking = false;
  #askAgain = false;
  #timer;

  /** @param rhythm pauseMs between questions, waitS for an answer, whether asking afterSending */
  constructor(server, listener, rhythm) {
    super(server, listener);
    this.#rhythm = rhythm;
  }

  async listen() {
    if (this.parting) {
      return;
    }
    if (this.#asking) {
      this.#askAgain = true; // the question may have been answered before there was something
      return;
    }
    this.#asking = true;
    this.#askAgain = false;
    clearTimeout(this.#timer);
    const { pauseMs, waitS } = this.#rhythm;
    const { lastId } = this;
    const question = waitS ? { lastId, wait: waitS } : { lastId };
    const url = this.server.url('/signaling/messages', question);
    const heard = await this.request(url, {}, this.hearing, ANSWER_LIMIT_MS + waitS * 1_000);
    this.#asking = false;
    if (heard && this.listener) {
      this.#timer = setTimeout(() => this.listen(), this.#askAgain ? 0 : pauseMs);
    }
  }

  said() {
    if (this.#rhythm.afterSending) {
      this.listen();
    }
  }

  close() {
    super.close();
    clearTimeout(this.#timer);
  }
}

/** Asks for what comes, and the server waits until there is something. */
const LONG_POLLING = { pauseMs: 0, waitS: 20, afterSending: false };

/** Hears by Server-Sent Events; where a proxy holds them back, it asks, like long polling. */
class EventStreamTransport extends PollingTransport {
  #source;
  #heldBack = false;
  #limit;

  constructor(server, listener) {
    super(server, listener, LONG_POLLING);
  }

  listen() {
    if (this.#heldBack) {
      return super.listen();
    }
    const { session, lastId } = this;
    this.#source = new EventSource(this.server.url('/signaling/events', { session, lastId }));
    this.#source.onmessage = (event) => this.received(JSON.parse(event.data));
    // EventSource would connect again by itself; the channel does that, at a time of its own.
    this.#source.onerror = () => this.listener?.lost('the connection was lost');
    this.#source.onopen = () => clearTimeout(this.#limit); // the server begins its answer at once
    this.#limit = setTimeout(() => this.#ask(), ANSWER_LIMIT_MS);
  }

  #ask() {
    this.#heldBack = true;
    this.#closeSource();
    this.listen();
  }

  sendLast(text) {
    this.#closeSource();
    return super.sendLast(text);
  }

  close() {
    super.close();
    this.#closeSource();
  }

  #closeSource() {
    clearTimeout(this.#limit);
    this.#source?.close();
  }
}

/** One event of Socket.IO for each message, over a WebSocket of Engine.IO 4. */
class SocketIoTransport {
  #listener;

  constructor(server, listener) {
    const url = server.socketUrl('/socket.io/', { EIO: 4, transport: 'websocket' });
    this.#listener = listener;
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => this.#heard(data);
    this.socket.onclose = () => listener.lost('the connection was lost');
  }

  get ready() {
    return this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount < 1 << 20;
  }

  send(text) {
    this.socket.send(`42["signaling",${text}]`);
  }

  sendLast(text) {
    this.send(text);
  }

  #heard(packet) {
    if (packet.startsWith('0')) {
      this.socket.send('40'); // into the main namespace
    } else if (packet === '2') {
      this.socket.send('3');
    } else if (packet.startsWith('40')) {
      this.#listener.opened();
    } else if (packet.startsWith('42["signaling",')) {
      this.#listener.received(JSON.stringify(JSON.parse(packet.slice(2))[1]));
    } else if (packet.startsWith('41') || packet.startsWith('1')) {
      this.#listener.lost('the server closed the connection');
    }
  }

  close() {
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}

const polling = (rhythm) => (server, listener) => new PollingTransport(server, listener, rhythm);

const TRANSPORTS = {
  websocket: (server, listener) => new WebSocketTransport(server, listener),
  socketio: (server, listener) => new SocketIoTransport(server, listener),
  eventstream: (server, listener) => new EventStreamTransport(server, listener),
  longpolling: polling(LONG_POLLING),
  shortpolling: polling({ pauseMs: 250, waitS: 0, afterSending: false }),
  http: polling({ pauseMs: 2_000, waitS: 0, afterSending: true }),
};

/** So many messages a second, and some at once. */
class MessageRate {
  constructor(limits) {
    this.perMs = (SHARE_OF_RATE * limits.messagesPerSecond) / 1_000;
    this.burst = Math.max(1, SHARE_OF_RATE * limits.burstMessages);
    this.tokens = this.burst;
    this.filledMs = performance.now();
  }

  /** Milliseconds until the next message may leave; 0 takes it. */
  take() {
    const nowMs = performance.now();
    this.tokens = Math.min(this.burst, this.tokens + (nowMs - this.filledMs) * this.perMs);
    this.filledMs = nowMs;
    if (this.tokens < 1) {
      return Math.ceil((1 - this.tokens) / this.perMs);
    }
    this.tokens -= 1;
    return 0;
  }
}

function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

export class SignalingChannel extends EventTarget {
  #server;
  #hello;
  #kind;
  #fixed;
  #transport = null;
  #state = 'waiting'; // connecting, greeting, joined, ended
  #delayMs = FIRST_DELAY_MS;
  #timer;
  #ackTimer;
  #paceTimer;
  #rate;
  #session = newSession();
  #outgoing = []; // not acknowledged; the first has number #firstId
  #firstId = 1;
  #sentId = 0;
  #receivedId = 0;
  #saidId = 0;
  #pinged = false;
  #leaving = false;
  #resolve;
  #reject;

  /** The server's first message of this session. */
  welcome = null;

  /**
   * @param room its name
   * @param name how the others see this member
   * @param server where it is, when it is not this page's
   * @param token what the server asks for, if it asks
   * @param role 'member', or 'listener'
   * @param query goes with each request, for what is between here and the server
   * @param transport 'websocket', 'socketio', 'eventstream', 'longpolling', 'shortpolling' or
   *     'http'; without it a WebSocket, or an event stream where that does not work
   */
  constructor({ room, name, server = location.origin, token, role, transport, query = {} }) {
    super();
    this.#server = new Server(server, query);
    this.#hello = { type: 'hello', version: VERSION, room, name, token, role };
    this.#kind = transport ?? 'websocket';
    this.#fixed = transport !== undefined;
    /** Settles when the room is entered, or cannot be. */
    this.joined = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.joined.catch(() => {});
    addEventListener('pagehide', () => this.#vanish());
    this.#connect();
  }

  /** Which transport is used now. */
  get transport() {
    return this.#kind;
  }

  /** Sends a message: at once, or when there is a connection again. */
  send(message) {
    if (this.#leaving || this.#state === 'ended') {
      throw new Error('the channel is closed');
    }
    this.#queue(message);
  }

  #queue(message) {
    if (this.#outgoing.length >= MOST_WAITING) {
      throw new Error('too many messages are waiting');
    }
    const text = JSON.stringify({ ...message, id: this.#firstId + this.#outgoing.length });
    const most = this.welcome?.limits.messageBytes ?? Infinity;
    if (new TextEncoder().encode(text).length > most - 64) {
      throw new RangeError(`a message takes no more than ${most} bytes`);
    }
    this.#outgoing.push(text);
    this.#flush();
  }

  /** Leaves the room, after what was sent has arrived. */
  leave() {
    if (!this.#leaving && this.#state !== 'ended') {
      this.#leaving = true;
      this.#queue({ type: 'leave' });
    }
  }

  /** The page goes: there is no time for anything that takes two turns. */
  #vanish() {
    if (this.#state === 'joined') {
      const url = this.#server.url('/signaling/sessions');
      const headers = { Authorization: 'Bearer ' + this.#session };
      fetch(url, { method: 'DELETE', headers, keepalive: true }).catch(() => {});
    }
    this.#end('the page was left');
  }

  #connect() {
    this.#state = 'connecting';
    this.#wait(ANSWER_LIMIT_MS, () => this.#lost('the server does not answer'));
    const listener = {
      opened: () => this.#opened(),
      received: (text) => this.#received(text),
      writable: () => this.#flush(),
      lost: (reason) => this.#lost(reason),
    };
    this.#transport = TRANSPORTS[this.#kind](this.#server, listener);
  }

  #opened() {
    this.#state = 'greeting';
    this.#pinged = false;
    this.#wait(ANSWER_LIMIT_MS, () => this.#lost('the server does not answer'));
    // A session of which nothing has arrived is joined, not resumed.
    const lastId = this.#receivedId || undefined;
    this.#say(); // hello does
    this.#transport.send(JSON.stringify({ ...this.#hello, session: this.#session, lastId }));
  }

  #lost(reason) {
    const state = this.#state;
    if (state === 'ended' || state === 'waiting') {
      return;
    }
    this.#closeTransport();
    if (this.#leaving) {
      this.#end('left');
      return;
    }
    if (!this.welcome && state === 'connecting' && !this.#fixed) {
      if (this.#kind === 'websocket') {
        this.#kind = 'eventstream'; // a proxy may let no WebSocket through
        this.#connect();
        return;
      }
    }
    if (!this.welcome) {
      this.#end(reason);
      return;
    }
    this.#state = 'waiting';
    this.#emit('interrupted', reason);
    // Between half of it and all: after a restart not everybody comes at once.
    this.#wait(this.#delayMs * (0.5 + Math.random() / 2), () => this.#connect());
    this.#delayMs = Math.min(LONGEST_DELAY_MS, 2 * this.#delayMs);
  }

  #received(text) {
    if (this.#state === 'joined') {
      this.#listenForSilence();
    }
    const message = JSON.parse(text);
    if (message.id !== undefined) {
      if (message.id <= this.#receivedId) {
        return;
      }
      if (message.id !== this.#receivedId + 1) {
        this.#lost('a message of the server is missing');
        return;
      }
      this.#receivedId = message.id;
      this.#acknowledgeSoon();
    }
    this.#obey(message);
  }

  #obey(message) {
    switch (message.type) {
      case 'welcome':
        this.welcome = message;
        this.#session = message.session;
        this.#rate = new MessageRate(message.limits);
        this.#enter();
        break;
      case 'resumed':
        this.#acknowledged(message.ack);
        this.#sentId = message.ack;
        this.#enter();
        break;
      case 'ack':
        this.#acknowledged(message.ack);
        this.#flush();
        return;
      case 'pong':
        return;
      case 'error':
        if (message.of === undefined) {
          this.#fail(message);
          return;
        }
        break;
    }
    this.#emit(message.type, message);
    if (message.type === 'welcome') {
      this.#resolve(message);
      this.#flush();
    }
  }

  #enter() {
    this.#state = 'joined';
    this.#delayMs = FIRST_DELAY_MS;
    this.#listenForSilence();
    this.#flush();
  }

  #fail({ code, reason }) {
    switch (code) {
      case 'unknown-session':
      case 'too-slow':
        // What was not acknowledged may have arrived or not: nobody could tell in a new session.
        this.#session = newSession();
        this.#outgoing = [];
        this.#firstId = 1;
        this.#sentId = this.#receivedId = this.#saidId = 0;
        this.#lost(reason);
        break;
      case 'out-of-order':
      case 'timeout':
      case 'shutting-down':
      case 'room-full':
      case 'server-full':
        this.#lost(reason);
        break;
      default:
        this.#end(reason);
    }
  }

  #acknowledged(id) {
    const arrived = Math.min(id - this.#firstId + 1, this.#outgoing.length);
    if (arrived > 0) {
      this.#outgoing.splice(0, arrived);
      this.#firstId += arrived;
    }
    this.#sentId = Math.max(this.#sentId, id);
    if (this.#leaving && this.#outgoing.length === 0) {
      this.#end('left');
    }
  }

  #flush() {
    clearTimeout(this.#paceTimer);
    while (this.#state === 'joined' && this.#transport.ready) {
      const index = this.#sentId + 1 - this.#firstId;
      if (index >= this.#outgoing.length || index >= WINDOW) {
        break;
      }
      const waitMs = this.#rate.take();
      if (waitMs > 0) {
        this.#paceTimer = setTimeout(() => this.#flush(), waitMs);
        return;
      }
      this.#sentId += 1;
      const text = this.#outgoing[index].slice(0, -1) + `,"ack":${this.#say()}}`;
      if (this.#leaving && index === this.#outgoing.length - 1) {
        this.#transport.sendLast(text);
      } else {
        this.#transport.send(text);
      }
    }
    if (this.#saidId + MOST_UNSAID <= this.#receivedId) {
      this.#acknowledge();
    }
  }

  #acknowledgeSoon() {
    this.#ackTimer ??= setTimeout(() => this.#acknowledge(), ACK_DELAY_MS);
  }

  #acknowledge() {
    const due = this.#state === 'joined' && this.#saidId < this.#receivedId;
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    if (due && this.#transport.ready) {
      this.#transport.send(JSON.stringify({ type: 'ack', ack: this.#say() }));
    } else if (due) {
      this.#acknowledgeSoon();
    }
  }

  #say() {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    this.#saidId = this.#receivedId;
    return this.#receivedId;
  }

  #listenForSilence() {
    this.#pinged = false;
    this.#wait(SILENCE_MS, () => this.#ping());
  }

  #ping() {
    if (this.#pinged) {
      this.#lost('the server is silent');
      return;
    }
    this.#pinged = true;
    this.#wait(ANSWER_LIMIT_MS, () => this.#ping());
    if (this.#transport.ready) {
      this.#transport.send('{"type":"ping"}');
    }
  }

  #wait(ms, action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }

  #closeTransport() {
    this.#transport?.close();
    this.#transport = null;
  }

  #end(reason) {
    if (this.#state === 'ended') {
      return;
    }
    this.#state = 'ended';
    [this.#timer, this.#ackTimer, this.#paceTimer].forEach(clearTimeout);
    this.#closeTransport();
    this.#reject(new Error(reason));
    this.#emit('closed', reason);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
