/** The messages of a transfer's channel, one await each. */

/** Of the protocol, see docs/transfer.md. */
export const PROTOCOL = 'purertc-file';

export const VERSION = 2;

/** The sender keeps no more than this in its channel. */
export const HIGH_WATER_BYTES = 1024 * 1024;

/** Of what waits here to be taken. An honest sender is never more than 8 MiB ahead. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

const MAX_REASON_CHARS = 300;

/** For the last word to the other side. */
const FAREWELL_MS = 2000;

/** Why a transfer ended; `code` is one word of docs/transfer.md, or `lost`. */
export class TransferFailure extends Error {
  constructor(code, reason, told = false) {
    super(reason);
    this.code = code;
    /** Whether the other side said it. */
    this.told = told;
  }
}

export class Inbox {
  #channel;
  #messages = [];
  #waitingBytes = 0;
  #wake = () => {};
  #lost = null;

  constructor(channel) {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = HIGH_WATER_BYTES / 4;
    channel.onopen = () => this.#wake();
    channel.onmessage = ({ data }) => this.#arrived(data);
    channel.onclose = () => this.lose('the connection was lost before the end');
    channel.onbufferedamountlow = () => this.#wake();
  }

  #arrived(data) {
    this.#waitingBytes += sizeOf(data);
    if (this.#waitingBytes > MAX_WAITING_BYTES) {
      this.#messages = [];
      this.#lost = new TransferFailure('protocol', 'the other side sends more than it may');
    } else if (!this.#lost) {
      this.#messages.push(data);
    }
    this.#wake();
  }

  /** No more messages come; those that wait are still given. */
  lose(reason, code = 'lost') {
    this.#lost ??= new TransferFailure(code, reason);
    this.#wake();
  }

  async opened() {
    while (this.#channel.readyState === 'connecting' && !this.#lost) await this.event();
    if (this.#lost) throw this.#lost;
  }

  /** Resolves when something happens: a message, room in the channel, its end. */
  event() {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** The next message or null. A text message is parsed; `failed` is thrown. */
  poll() {
    if (this.#messages.length === 0) {
      if (this.#lost) throw this.#lost;
      return null;
    }
    const data = this.#messages.shift();
    this.#waitingBytes -= sizeOf(data);
    if (typeof data !== 'string') return { type: 'bytes', data };
    const message = parse(data);
    if (message.type === 'failed') {
      const reason = String(message.reason).slice(0, MAX_REASON_CHARS);
      throw new TransferFailure(String(message.code), reason, true);
    }
    return message;
  }

  async next() {
    for (;;) {
      const message = this.poll();
      if (message) return message;
      await this.event();
    }
  }

  async expect(type) {
    const message = await this.next();
    if (message.type !== type) throw outOfTurn(message);
    return message;
  }

  /** Waits for the user; the other side has nothing to say meanwhile but that it leaves. */
  async during(choice) {
    let made = false;
    const wake = () => {
      made = true;
      this.#wake();
    };
    choice.then(wake, wake);
    while (!made) {
      const message = this.poll();
      if (message) throw outOfTurn(message);
      await this.event();
    }
    return choice;
  }

  /** A channel that is not open says so when the next message is asked for. */
  send(data) {
    if (this.#channel.readyState === 'open') this.#channel.send(data);
  }

  say(message) {
    this.send(JSON.stringify(message));
  }

  /** Gives up, and says why when the other side does not know it. */
  async failed(error) {
    const code = error instanceof TransferFailure ? error.code : 'other';
    const tell = !error.told && code !== 'lost' && this.#channel.readyState === 'open';
    if (tell) this.say({ type: 'failed', code, reason: error.message });
    const closed = new Promise((resolve) => {
      this.#channel.onclose = resolve;
    });
    this.#channel.close();
    // Both directions are closed only after the word has arrived.
    if (tell) await Promise.race([closed, elapsed(FAREWELL_MS)]);
  }
}

export function elapsed(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Runs one transfer and tells the other side when it fails here. */
export async function guarded(inbox, work) {
  try {
    return await work();
  } catch (error) {
    await inbox.failed(error);
    throw error;
  }
}

function sizeOf(data) {
  return typeof data === 'string' ? 2 * data.length : data.byteLength;
}

function parse(text) {
  try {
    const message = JSON.parse(text);
    if (typeof message?.type === 'string') return message;
  } catch {
    // Told below: text that is not JSON is no better than JSON that is no message.
  }
  throw new TransferFailure('protocol', 'the other side sent text that is no message');
}

export function outOfTurn(message) {
  return new TransferFailure('protocol', `the other side sent "${message.type}" out of turn`);
}
