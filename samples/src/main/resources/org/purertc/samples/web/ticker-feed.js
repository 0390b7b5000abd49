/** The feed of one room; the messages are described in docs/ticker.md. */
import { SignalingChannel } from './signaling.js';

const CLOCK_INTERVAL_MS = 5_000;

/** What is believed of a stranger: no more prices than this. */
const MAX_SYMBOLS = 100;
const MAX_TEXT_CHARS = 200;

export class TickerFeed {
  #channel;
  #timer;
  #feeder = null;
  #symbols = [];
  #number = 0;
  #clock = new Clock();

  /** How the connection is: one line, and `good`, `wait` or `bad`. */
  onstate = () => {};
  /** What there is: an array of { name, open, price } with prices in cents. */
  onsymbols = () => {};
  /** New prices, pairs of symbol and cents; how long they took, how many were missed. */
  onticks = () => {};
  /** Something to be notified of: { symbol, up, text, at }. */
  onnotice = () => {};
  /** Connected again after the connection was lost. */
  onreconnected = () => {};
  /** It is over, and why. */
  onend = () => {};

  /** @param {{ room: string, token?: string, transport?: string }} options */
  constructor({ room, token, transport }) {
    const role = 'listener';
    this.#channel = new SignalingChannel({ room, name: 'Ticker', role, token, transport });
    let interrupted = false;
    const back = () => {
      if (interrupted) this.onreconnected();
      interrupted = false;
      this.#tellState();
    };
    this.#on('welcome', () => {
      this.#feeder = null;
      back();
    });
    this.#on('resumed', back);
    this.#on('interrupted', (reason) => {
      interrupted = true;
      this.onstate(`Reconnecting: ${reason}.`, 'wait');
    });
    this.#on('direct', ({ from, data }) => this.#direct(from, data));
    this.#on('broadcast', ({ from, data }) => {
      if (from === this.#feeder) this.#broadcast(data);
    });
    this.#on('left', ({ member }) => {
      if (member !== this.#feeder) return;
      this.#feeder = null;
      this.#tellState();
    });
    this.#on('presence', ({ member, connected }) => {
      if (member !== this.#feeder) return;
      if (connected) this.#tellState();
      else this.onstate('The feeder has lost its connection.', 'wait');
    });
    this.#on('closed', (reason) => {
      clearInterval(this.#timer);
      this.onend(reason);
    });
    this.#timer = setInterval(() => this.#askClock(), CLOCK_INTERVAL_MS);
  }

  /** Which transport is used, as signaling.js calls it. */
  get transport() {
    return this.#channel.transport;
  }

  /** How far the feeder's clock is before this one, in milliseconds; null when unknown. */
  get clockOffsetMs() {
    return this.#clock.offsetMs;
  }

  leave() {
    clearInterval(this.#timer);
    for (const name of Object.keys(this)) this[name] = () => {};
    this.#channel.leave();
  }

  #tellState() {
    if (this.#feeder === null) this.onstate('In the room; nobody feeds it yet.', 'wait');
    else this.onstate('Prices are coming.', 'good');
  }

  #direct(from, data) {
    if (data?.type === 'symbols' && (this.#feeder === null || this.#feeder === from)) {
      if (!Array.isArray(data.symbols)) return;
      const symbols = data.symbols.slice(0, MAX_SYMBOLS).map(({ name, open, price }) => ({
        name: String(name).slice(0, 12),
        open: Number(open),
        price: Number(price),
      }));
      this.#feeder = from;
      this.#number = Number(data.number) || 0;
      this.#symbols = symbols;
      this.#clock = new Clock();
      this.onsymbols(symbols);
      this.#tellState();
      this.#askClock();
    } else if (data?.type === 'clock' && from === this.#feeder) {
      this.#clock.heard(Number(data.sentMs), Number(data.atMs), Date.now());
    }
  }

  #broadcast(data) {
    if (data?.type === 'ticks' && Array.isArray(data.ticks)) {
      const ticks = data.ticks.filter((it) => this.#isTick(it));
      const number = Number(data.number) || 0;
      const missed = Math.max(0, number - data.ticks.length - this.#number);
      this.#number = number;
      this.onticks(ticks, this.#latencyMs(Number(data.atMs)), missed);
    } else if (data?.type === 'notice') {
      const { up, atMs } = data;
      const text = String(data.text).slice(0, MAX_TEXT_CHARS);
      this.onnotice({ up: up === true, text, at: new Date(Number(atMs)) });
    }
  }

  #isTick(it) {
    return Array.isArray(it) && Number.isFinite(it[1]) && it[0] in this.#symbols;
  }

  /** Null before both clocks were compared. */
  #latencyMs(atMs) {
    const { offsetMs } = this.#clock;
    return offsetMs === null ? null : Math.max(0, Date.now() + offsetMs - atMs);
  }

  #askClock() {
    if (this.#feeder === null) return;
    try {
      this.#channel.send({
        type: 'direct',
        to: this.#feeder,
        data: { type: 'clock', sentMs: Date.now() },
      });
    } catch {
      // Without a connection for long: the next one asks again.
    }
  }

  #on(type, listener) {
    this.#channel.addEventListener(type, ({ detail }) => listener(detail));
  }
}

/**
 * Compares two clocks as NTP does (RFC 5905 section 8): the answer with the shortest way says best
 * how far they are apart.
 */
class Clock {
  #shortestMs = Infinity;

  offsetMs = null;

  heard(sentMs, theirsMs, nowMs) {
    const wayMs = nowMs - sentMs;
    if (!(wayMs >= 0 && wayMs <= this.#shortestMs)) return;
    this.#shortestMs = wayMs;
    this.offsetMs = theirsMs - (sentMs + nowMs) / 2;
  }
}
