/** Numbered messages on one channel, and what comes back of them. Times come in, in milliseconds. */

/** After this a message counts as missing; whether it comes after all is not looked at. */
const MISSING_MS = 3000;

/** A channel that does not get rid of its messages is given no more of them. */
const MOST_WAITING_BYTES = 64 << 10;

const FILLING = '.'.repeat(100);

export class Traffic {
  #channel;
  /** When each message that has not come back was sent. */
  #away = new Map();
  #slowestMs = null;
  #lastBack = -1;
  #given = 0;
  #gone = 0;
  #next = 0;

  back = 0;
  /** Came back after one that was sent later. */
  overtaken = 0;

  constructor(channel) {
    this.#channel = channel;
    channel.onmessage = ({ data }) => this.#receive(parseInt(data, 10), performance.now());
  }

  get sent() {
    return this.#next;
  }

  send(nowMs) {
    const { readyState, bufferedAmount } = this.#channel;
    if (readyState !== 'open' || bufferedAmount > MOST_WAITING_BYTES) return;
    this.#channel.send(`${this.#next}${FILLING}`);
    this.#away.set(this.#next++, nowMs);
  }

  #receive(number, nowMs) {
    const sentMs = this.#away.get(number);
    if (sentMs === undefined) return;
    this.#away.delete(number);
    this.back++;
    if (number < this.#lastBack) this.overtaken++;
    this.#lastBack = Math.max(this.#lastBack, number);
    this.#slowestMs = Math.max(this.#slowestMs ?? 0, nowMs - sentMs);
    this.#given++;
  }

  /** Since the last call: the slowest message, and the share that is given up; null if nothing. */
  sample(nowMs) {
    for (const [number, sentMs] of this.#away) {
      if (nowMs - sentMs > MISSING_MS) {
        this.#away.delete(number);
        this.#gone++;
      }
    }
    const over = this.#given + this.#gone;
    const seen = {
      slowestMs: this.#slowestMs,
      missing: over === 0 ? null : this.#gone / over,
    };
    this.#slowestMs = null;
    this.#given = this.#gone = 0;
    return seen;
  }
}
