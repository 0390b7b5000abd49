/** The room of the call, as the page wants to know it (docs/signaling.md). */
import { SignalingChannel } from './signaling.js';

/** Credentials for TURN servers end after a while; who comes later needs new ones. */
const ICE_SERVERS_INTERVAL_MS = 10 * 60_000;

export class CallRoom {
  #channel;
  #timer;

  /** The room is entered: the server's `welcome`. Once more when the server has started anew. */
  onwelcome = () => {};
  /** `joined`, `left`, `changed` or `direct`, and of whom: { id, … }. */
  onmember = () => {};
  /** A line of chat. */
  onchat = () => {};
  /** ICE servers with credentials that are fresh. */
  oniceservers = () => {};
  /** How the connection to the server is: one line, and `good` or `wait`. */
  onstate = () => {};
  /** One line on what the server refused. */
  onproblem = () => {};
  /** It is over, and why; not called after `leave`. */
  onend = () => {};

  /**
   * @param {string} room
   * @param {string} name
   * @param {string} [token] what the server asks for, if it asks
   */
  constructor(room, name, token) {
    this.#channel = new SignalingChannel({ room, name, token });
    this.#on('welcome', (welcome) => {
      this.#isIn();
      this.onwelcome(welcome);
    });
    this.#on('resumed', () => this.#isIn());
    this.#on('interrupted', (reason) => this.onstate(`reconnecting: ${reason}`, 'wait'));
    this.#on('joined', ({ member }) => this.onmember('joined', member));
    this.#on('left', ({ member: id, reason }) => this.onmember('left', { id, reason }));
    this.#on('presence', ({ member: id, connected, status }) =>
      this.onmember('changed', { id, connected, status }),
    );
    this.#on('role', ({ member: id, role }) => this.onmember('changed', { id, role }));
    this.#on('direct', ({ from: id, data }) => this.onmember('direct', { id, data }));
    this.#on('chat', ({ line }) => this.onchat(line));
    this.#on('ice-servers', ({ iceServers }) => this.oniceservers(iceServers));
    this.#on('error', ({ code, reason }) => {
      // Who has just left gets nothing any more, and needs nothing.
      if (code !== 'unknown-member') this.onproblem(`The server refused something: ${reason}`);
    });
    this.#on('closed', (reason) => {
      clearInterval(this.#timer);
      this.onend(reason);
    });
    this.#timer = setInterval(() => this.#send({ type: 'ice-servers' }), ICE_SERVERS_INTERVAL_MS);
  }

  /** Carries a message to one member. */
  direct(to, data) {
    this.#send({ type: 'direct', to, data });
  }

  chat(text) {
    this.#send({ type: 'chat', text });
  }

  /** What the others see beside the name. */
  status(status) {
    this.#send({ type: 'status', status });
  }

  /** Sends a member out, which a host may. */
  remove(member) {
    this.#send({ type: 'remove', member });
  }

  leave() {
    clearInterval(this.#timer);
    for (const handler of ['onwelcome', 'onmember', 'onchat', 'onstate', 'onproblem', 'onend']) {
      this[handler] = () => {};
    }
    this.#channel.leave();
  }

  #isIn() {
    this.onstate('in the room', 'good');
  }

  #send(message) {
    try {
      this.#channel.send(message);
    } catch (error) {
      this.onproblem(error.message);
    }
  }

  #on(type, listener) {
    this.#channel.addEventListener(type, ({ detail }) => listener(detail));
  }
}
