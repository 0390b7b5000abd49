/** The messages of a transfer's channel, one await each. */

/** The sender keeps no more than this in its channel. */
export const HIGH_WATER_BYTES = 1024 * 1024;

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
  #wake = () => {};
  #lost = null;

  constructor(channel) {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = HIGH_WATER_BYTES / 4;
    channel.onopen = () => this.#wake();
    channel.onmessage = ({ data }) => {
      this.#messages.push(data);
      this.#wake();
    };
    channel.onclose = () => this.lose('the connection was lost before the end');
    channel.onbufferedamountlow = () => this.#wake();
  }

  /** No more messages come. */
  lose(reason) {
    this.#lost ??= new TransferFailure('lost', reason);
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
    if (typeof data !== 'string') return { type: 'bytes', data };
    const message = JSON.parse(data);
    if (message.type === 'failed') throw new TransferFailure(message.code, message.reason, true);
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

  say(message) {
    this.#channel.send(JSON.stringify(message));
  }

  /** Gives up, and says why when the other side does not know it. */
  failed(error) {
    if (this.#channel.readyState === 'open' && !error.told && error.code !== 'lost') {
      this.say({ type: 'failed', code: error.code ?? 'other', reason: error.message });
    }
    this.#channel.close();
  }
}

export function outOfTurn(message) {
  return new TransferFailure('protocol', `the other side sent "${message.type}" out of turn`);
}
