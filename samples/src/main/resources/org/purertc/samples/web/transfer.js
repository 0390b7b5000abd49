/** Files over a data channel, both directions; the messages are described in docs/transfer.md. */
import { HIGH_WATER_BYTES, Inbox, TransferFailure, outOfTurn } from './inbox.js';
import { Hash } from './hash.js';

export { TransferFailure };

export const PROTOCOL = 'purertc-file';

const VERSION = 2;
const CHUNK_BYTES = 32 * 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;
const REPORT_BYTES = WINDOW_BYTES / 8;
const BLOCK_BYTES = 1024 * 1024;
const MAX_ENTRIES = 250_000;

/** Runs one transfer and tells the other side when it fails here. */
async function guarded(channel, work) {
  const inbox = new Inbox(channel);
  try {
    return await work(inbox);
  } catch (error) {
    inbox.failed(error);
    throw error;
  }
}

/**
 * Sends a File to a side that asks for no proof. Resolves with { sha256, remoteSha256, bytes } when
 * the receiver has verified it. `onprogress(bytes)` tells what the receiver has.
 */
export async function sendFile(channel, file, onprogress) {
  const hash = new Hash();
  try {
    return await guarded(channel, async (inbox) => {
      await inbox.opened();
      await offer(inbox, file);
      const sha256 = await sendBytes(channel, inbox, hash, file, onprogress);
      const verified = await nextButReports(inbox, onprogress);
      if (verified.type !== 'verified') throw outOfTurn(verified);
      inbox.say({ type: 'done' });
      onprogress(file.size);
      await flushed(channel);
      return { sha256, remoteSha256: verified.sha256, bytes: file.size };
    });
  } finally {
    hash.close();
    channel.close();
  }
}

/** Says what there is, and waits until the other side wants it. */
async function offer(inbox, file) {
  inbox.say({ type: 'hello', version: VERSION, role: 'sender' });
  await inbox.expect('hello');
  const { name: path, size, lastModified: modified } = file;
  inbox.say({ type: 'entries', entries: [{ path, kind: 'file', size, modified }] });
  inbox.say({ type: 'offer', files: 1, bytes: size });
  for (;;) {
    const message = await inbox.next();
    if (message.type === 'accept') return;
    // Blocks that the other side has are sent all the same: it may say `have`, not `skip`.
    if (message.type !== 'have') throw outOfTurn(message);
  }
}

async function sendBytes(channel, inbox, hash, file, onprogress) {
  inbox.say({ type: 'file', file: 0, from: 0 });
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
  const { hex } = await hash.end();
  inbox.say({ type: 'end', file: 0, sha256: hex });
  return hex;
}

async function nextButReports(inbox, onprogress) {
  for (;;) {
    const message = await inbox.next();
    if (message.type !== 'received') return message;
    onprogress(message.bytes);
  }
}

/** Waits until the channel and the receiver's window take more. */
async function room(channel, inbox, flow, onprogress) {
  for (;;) {
    for (let message = inbox.poll(); message; message = inbox.poll()) {
      if (message.type !== 'received') throw outOfTurn(message);
      flow.received = message.bytes;
      onprogress(flow.received);
    }
    const full = channel.bufferedAmount >= HIGH_WATER_BYTES;
    if (!full && flow.sent - flow.received < WINDOW_BYTES) return;
    await inbox.event();
  }
}

/** A channel that is closed loses what waits in it. */
async function flushed(channel) {
  const limitMs = performance.now() + 2000;
  while (channel.bufferedAmount > 0 && channel.readyState === 'open') {
    if (performance.now() > limitMs) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What a sender offers: { entries, files, bytes }; bytes is null when it does not know. */
async function hearManifest(inbox) {
  const entries = [];
  for (;;) {
    const message = await inbox.next();
    if (message.type === 'offer') {
      return { entries, files: message.files, bytes: message.bytes ?? null };
    }
    if (message.type !== 'entries') throw outOfTurn(message);
    entries.push(...message.entries);
    if (entries.length > MAX_ENTRIES) {
      throw new TransferFailure('protocol', `the list has more than ${MAX_ENTRIES} entries`);
    }
  }
}

/**
 * A receiver that may lose its channel and go on with the next one. What it has is in `store`:
 * begin(index, entry, from), write(buffer), commit(crc), finish(), and discard() for all of it.
 */
export class FileReceiver {
  /** Paused means that the sender hears nothing of what is written, and stops by itself. */
  #paused = false;
  #hash = new Hash();
  #complete = new Set();
  #hashes = new Map();
  #manifest = null;
  #store = null;
  #current = null;
  #session = null;
  #doneBytes = 0;

  /**
   * @param options `prove(role)` makes a proof where there is a secret; `choose(manifest)` resolves
   *     with a store or rejects to refuse; `onprogress(bytes)` of all files
   */
  constructor(options) {
    this.options = options;
  }

  get paused() {
    return this.#paused;
  }

  set paused(on) {
    this.#paused = on;
    if (!on) this.#session?.report();
  }

  /** Runs over one channel. Resolves with { name, bytes, sha256 } when the store has everything. */
  run(channel, wishBytes = 0) {
    return guarded(channel, async (inbox) => {
      await inbox.opened();
      await this.#greet(inbox, wishBytes);
      await this.#plan(inbox);
      await this.#take(inbox);
      await this.#store.finish();
      // The sender closes the channel after its last word; one that is gone has ours, too.
      await Promise.race([inbox.next().catch(() => {}), pause(2000)]);
      return {
        manifest: this.#manifest,
        bytes: this.#doneBytes,
        sha256: this.#manifest.files === 1 ? [...this.#hashes.values()][0] : null,
      };
    });
  }

  close() {
    this.#hash.close();
  }

  async discard() {
    this.close();
    await this.#store?.discard();
  }

  async #greet(inbox, wishBytes) {
    const { prove, receiver } = this.options;
    const hello = { type: 'hello', version: VERSION, role: 'receiver', wish: wishBytes };
    if (receiver) hello.receiver = receiver;
    if (prove) hello.proof = prove('receiver');
    inbox.say(hello);
    const theirs = await inbox.expect('hello');
    if (theirs.version !== VERSION) {
      throw new TransferFailure('protocol', 'the sender speaks another version of the protocol');
    }
    if (prove && theirs.proof !== prove('sender')) {
      throw new TransferFailure(
        'authentication',
        'the sender does not know the secret of this link: somebody may be between you and it',
      );
    }
  }

  async #plan(inbox) {
    const manifest = await hearManifest(inbox);
    if (!this.#manifest) {
      this.#manifest = manifest;
      this.#store = await this.options.choose(manifest);
    } else if (JSON.stringify(manifest) !== JSON.stringify(this.#manifest)) {
      throw new TransferFailure('source', 'the files changed at the sender: load this page again');
    }
    const skips = [...this.#complete];
    for (let at = 0; at < skips.length; at += 1000) {
      inbox.say({ type: 'skip', files: skips.slice(at, at + 1000) });
    }
    if (this.#current?.bytes > 0) {
      const { index: file, bytes: block } = this.#current;
      inbox.say({ type: 'have', file, block, hashes: [await this.#hash.soFar()] });
    }
    inbox.say({ type: 'accept' });
  }

  /** Takes the bytes of all files that are not here yet. */
  async #take(inbox) {
    this.#session = new Reports(inbox, () => this.#paused);
    const missing = this.#manifest.entries.filter((it) => it.kind === 'file').length;
    while (this.#complete.size < missing) {
      const message = await inbox.next();
      if (message.type === 'file') await this.#begin(message);
      else if (message.type === 'bytes') await this.#write(message.data);
      else if (message.type === 'zeros') await this.#write(zeros(message.bytes));
      else if (message.type === 'end') await this.#end(inbox, message);
      else throw outOfTurn(message);
    }
  }

  async #begin({ file: index, from }) {
    const entry = this.#manifest.entries[index];
    if (entry?.kind !== 'file' || this.#complete.has(index)) {
      throw new TransferFailure('protocol', 'the sender began a file that nobody asked for');
    }
    const held = this.#current?.index === index ? this.#current.bytes : 0;
    if (from !== 0 && from !== held) {
      throw new TransferFailure('protocol', 'the sender goes on where nothing is');
    }
    if (this.#current && from !== this.#current.bytes) await this.#hash.end();
    this.#doneBytes += from - (this.#current?.bytes ?? 0);
    this.#current = { index, entry, bytes: from };
    await this.#store.begin(index, entry, from);
  }

  async #write(buffer) {
    const current = this.#current;
    const bytes = buffer.byteLength;
    if (!current || current.bytes + bytes > (current.entry.size ?? Infinity)) {
      throw new TransferFailure('protocol', 'the sender sent more bytes than it had named');
    }
    await this.#hash.update(buffer, false);
    await this.#store.write(buffer);
    current.bytes += bytes;
    this.#doneBytes += bytes;
    this.#session.add(bytes);
    this.options.onprogress(this.#doneBytes);
  }

  async #end(inbox, { file, sha256 }) {
    const current = this.#current;
    if (current?.index !== file || current.bytes !== (current.entry.size ?? current.bytes)) {
      throw new TransferFailure('protocol', 'the sender ended a file too early');
    }
    const { hex, crc } = await this.#hash.end();
    this.#current = null;
    if (hex !== sha256) {
      throw new TransferFailure('hash', `the SHA-256 differs: here ${hex}, at the sender ${sha256}`);
    }
    await this.#store.commit(crc, current.bytes);
    this.#complete.add(file);
    this.#hashes.set(file, hex);
    this.#session.report();
    inbox.say({ type: 'verified', file, sha256: hex });
  }
}

/** Tells the sender what is written: after the store took it, so a slow disk slows it down. */
class Reports {
  #inbox;
  #isPaused;
  #bytes = 0;
  #told = 0;

  constructor(inbox, isPaused) {
    this.#inbox = inbox;
    this.#isPaused = isPaused;
  }

  add(bytes) {
    this.#bytes += bytes;
    if (this.#bytes - this.#told >= REPORT_BYTES) this.report();
  }

  report() {
    if (this.#isPaused() || this.#bytes === this.#told) return;
    this.#told = this.#bytes;
    this.#inbox.say({ type: 'received', bytes: this.#bytes });
  }
}

function zeros(bytes) {
  if (!(bytes > 0 && bytes <= BLOCK_BYTES)) {
    throw new TransferFailure('protocol', 'the sender sent too many zeros at once');
  }
  return new ArrayBuffer(bytes);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
