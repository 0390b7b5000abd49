/** Files over a data channel, both directions; the messages are described in docs/transfer.md. */

export const PROTOCOL = 'purertc-file';

const CHUNK_BYTES = 32 * 1024;
const HIGH_WATER_BYTES = 1024 * 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;
const REPORT_BYTES = WINDOW_BYTES / 8;
const BLOCK_BYTES = 1024 * 1024;

/** The messages of a channel, one await each. */
class Inbox {
  #messages = [];
  #wake = null;
  #lost = null;

  constructor(channel) {
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = HIGH_WATER_BYTES / 4;
    this.opened = new Promise((resolve) => {
      if (channel.readyState === 'open') resolve();
      else channel.onopen = resolve;
      this.wakeOpen = resolve;
    });
    channel.onmessage = ({ data }) => {
      this.#messages.push(data);
      this.#wake?.();
    };
    channel.onclose = () => {
      this.#lost = new Error('the connection was lost before the end');
      this.wakeOpen();
      this.#wake?.();
    };
    channel.onbufferedamountlow = () => this.#wake?.();
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
    if (message.type === 'failed') throw new Error(message.reason);
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
    if (message.type !== type) throw new Error(`Java sent "${message.type}" instead of "${type}"`);
    return message;
  }
}

/** SHA-256 in a worker, a bounded number of bytes behind. */
class Hash {
  #worker = new Worker('/assets/sha256-worker.js', { type: 'module' });
  #waitingBytes = 0;
  #wake = null;
  #hex = null;

  constructor() {
    this.#worker.onmessage = ({ data }) => {
      if (data.hex) this.#hex = data.hex;
      else this.#waitingBytes -= data.bytes;
      this.#wake?.();
    };
    this.#worker.onerror = () => {
      this.#hex = 'the worker for SHA-256 failed';
      this.#wake?.();
    };
  }

  async #until(condition) {
    while (!condition()) {
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** With `give` the buffer is moved to the worker and empty afterwards. */
  async update(buffer, give) {
    this.#waitingBytes += buffer.byteLength;
    this.#worker.postMessage(buffer, give ? [buffer] : []);
    await this.#until(() => this.#hex !== null || this.#waitingBytes <= WINDOW_BYTES);
  }

  async hex() {
    this.#worker.postMessage('end');
    await this.#until(() => this.#hex !== null);
    return this.#hex;
  }

  end() {
    this.#worker.terminate();
  }
}

/** Runs one transfer and tells the other side when it fails here. */
async function guarded(channel, work) {
  const hash = new Hash();
  try {
    return await work(new Inbox(channel), hash);
  } catch (error) {
    if (channel.readyState === 'open') {
      channel.send(JSON.stringify({ type: 'failed', reason: error.message }));
    }
    throw error;
  } finally {
    hash.end();
    channel.close();
  }
}

/**
 * Sends a File. Resolves with { sha256, remoteSha256, bytes } when the receiver has verified it.
 * `onprogress(bytes)` tells what the receiver has.
 */
export function sendFile(channel, file, onprogress) {
  return guarded(channel, async (inbox, hash) => {
    await inbox.opened;
    channel.send(JSON.stringify({ type: 'file', name: file.name, size: file.size }));
    await inbox.expect('accept');
    const flow = { sent: 0, received: 0 };
    for (let at = 0; at < file.size; at += BLOCK_BYTES) {
      const block = await file.slice(at, at + BLOCK_BYTES).arrayBuffer();
      for (let from = 0; from < block.byteLength; from += CHUNK_BYTES) {
        const bytes = Math.min(CHUNK_BYTES, block.byteLength - from);
        await room(channel, inbox, flow, onprogress);
        channel.send(new Uint8Array(block, from, bytes));
        flow.sent += bytes;
      }
      await hash.update(block, true);
    }
    const sha256 = await hash.hex();
    channel.send(JSON.stringify({ type: 'end', sha256 }));
    for (;;) {
      const message = await inbox.next();
      if (message.type === 'verified') {
        onprogress(file.size);
        return { sha256, remoteSha256: message.sha256, bytes: file.size };
      }
      onprogress(message.bytes ?? flow.received);
    }
  });
}

/** Waits until the channel and the receiver's window take more. */
async function room(channel, inbox, flow, onprogress) {
  for (;;) {
    for (let message = inbox.poll(); message; message = inbox.poll()) {
      if (message.type !== 'received') throw new Error(`Java sent "${message.type}" out of turn`);
      flow.received = message.bytes;
      onprogress(flow.received);
    }
    const full = channel.bufferedAmount >= HIGH_WATER_BYTES;
    if (!full && flow.sent - flow.received < WINDOW_BYTES) return;
    await inbox.event();
  }
}

/**
 * Fetches a file. `choose({ name, size })` returns the sink or throws to refuse the file. Resolves
 * with { name, bytes, sha256, remoteSha256 } when the sink has it and the hashes are equal.
 */
export function receiveFile(channel, wishBytes, choose, onprogress) {
  return guarded(channel, async (inbox, hash) => {
    await inbox.opened;
    channel.send(JSON.stringify({ type: 'fetch', size: wishBytes }));
    const { name, size } = await inbox.expect('file');
    const sink = await choose({ name, size });
    try {
      channel.send(JSON.stringify({ type: 'accept' }));
      const remoteSha256 = await takeBytes(channel, inbox, hash, sink, size, onprogress);
      const sha256 = await hash.hex();
      if (sha256 !== remoteSha256) {
        throw new Error(`the SHA-256 differs: here ${sha256}, at the sender ${remoteSha256}`);
      }
      await sink.commit();
      channel.send(JSON.stringify({ type: 'verified', sha256 }));
      await flushed(inbox);
      return { name, bytes: size, sha256, remoteSha256 };
    } catch (error) {
      await sink.discard();
      throw error;
    }
  });
}

/** Takes all bytes and returns the sender's hash. */
async function takeBytes(channel, inbox, hash, sink, size, onprogress) {
  let received = 0;
  let reported = 0;
  for (;;) {
    const message = await inbox.next();
    if (message.type === 'end') {
      if (received !== size) throw new Error(`the sender ended after ${received} bytes`);
      return message.sha256;
    }
    if (message.type !== 'bytes') throw new Error(`Java sent "${message.type}" out of turn`);
    received += message.data.byteLength;
    if (received > size) throw new Error('the sender sent more bytes than it had named');
    await hash.update(message.data, false);
    await sink.write(message.data);
    if (received - reported >= REPORT_BYTES || received === size) {
      reported = received;
      // Said after the sink took the bytes: a slow disk slows the sender down.
      channel.send(JSON.stringify({ type: 'received', bytes: received }));
      onprogress(received);
    }
  }
}

/** The sender closes the channel when it has our last word; a sender that is gone has it, too. */
async function flushed(inbox) {
  const limit = new Promise((resolve) => setTimeout(resolve, 2000));
  const closed = inbox.next().catch(() => {});
  await Promise.race([limit, closed]);
}

/** Keeps a file in memory until it is complete. */
export class MemorySink {
  complete = false;
  #blobs = [];
  #parts = [];
  #bytes = 0;

  async write(buffer) {
    this.#parts.push(buffer);
    this.#bytes += buffer.byteLength;
    if (this.#bytes >= WINDOW_BYTES) this.#fold();
  }

  /** A browser may move a Blob out of memory, loose buffers it cannot. */
  #fold() {
    this.#blobs.push(new Blob(this.#parts));
    this.#parts = [];
    this.#bytes = 0;
  }

  async commit() {
    this.#fold();
    this.blob = new Blob(this.#blobs, { type: 'application/octet-stream' });
    this.complete = true;
  }

  async discard() {
    this.#blobs = [];
    this.#parts = [];
  }
}

/** Writes to a file that the user chose; it appears under its name at the end. */
export class DiskSink {
  complete = false;
  #stream;

  constructor(stream) {
    this.#stream = stream;
  }

  write(buffer) {
    return this.#stream.write(buffer);
  }

  async commit() {
    await this.#stream.close();
    this.complete = true;
  }

  async discard() {
    await this.#stream.abort().catch(() => {});
  }
}
