/** Takes files from a data channel; the messages are described in docs/transfer.md. */
import { Inbox, TransferFailure, VERSION, elapsed, guarded, outOfTurn } from './inbox.js';
import { Hash } from './hash.js';
import { hearManifest } from './manifest.js';

const REPORT_BYTES = 1024 * 1024;
const MAX_ZEROS_BYTES = 1024 * 1024;
const SKIPS_IN_MESSAGE = 1000;

/** For the sender's last word. */
const FAREWELL_MS = 2000;

/**
 * A receiver that may lose its channel and go on with the next one. What it has is in a store:
 * begin(index, entry, from), write(buffer), commit(crc, bytes), finish(), and discard() for all.
 */
export class FileReceiver {
  #hash = new Hash();
  #inbox = null;
  #manifest = null;
  #choice = null;
  #store = null;
  #isFinished = false;
  #complete = new Set();
  #hashes = { sha256: null, remoteSha256: null };
  #current = null;
  #doneBytes = 0;
  #resume = null;
  #resumed = Promise.resolve();

  /**
   * @param options `receiver` tells the sender which channels are of the same receiver;
   *     `choose(manifest)` resolves with a store or rejects to refuse; `onprogress(bytes)` of all
   *     files, that are here and written
   */
  constructor(options) {
    this.options = options;
  }

  /** Paused means that nothing is taken, so that the sender stops by itself, 8 MiB ahead. */
  get paused() {
    return this.#resume !== null;
  }

  set paused(on) {
    if (on === this.paused) return;
    if (on) {
      this.#resumed = new Promise((resolve) => {
        this.#resume = resolve;
      });
    } else {
      this.#resume();
      this.#resume = null;
    }
  }

  /** The channel that runs now will bring nothing more; any other code is told to the sender. */
  lose(reason, code = 'lost') {
    this.#inbox?.lose(reason, code);
  }

  /**
   * Runs over one channel, one after the other. `prove(role)` makes a proof where there is a
   * secret; `wish` asks the demo for so many bytes. Resolves with { manifest, bytes, sha256,
   * remoteSha256 } when the store has everything; the hashes are those of the last file.
   */
  run(channel, { prove = null, wish = 0 }) {
    const inbox = new Inbox(channel);
    this.#inbox = inbox;
    return guarded(inbox, async () => {
      await inbox.opened();
      await this.#greet(inbox, prove, wish);
      await this.#plan(inbox);
      await this.#take(inbox);
      // The sender closes the channel after its last word.
      await Promise.race([inbox.next().catch(() => {}), elapsed(FAREWELL_MS)]);
      return { manifest: this.#manifest, bytes: this.#doneBytes, ...this.#hashes };
    });
  }

  close() {
    this.#hash.close();
  }

  async discard() {
    this.close();
    await this.#store?.discard();
  }

  async #greet(inbox, prove, wish) {
    const hello = { type: 'hello', version: VERSION, role: 'receiver', wish };
    if (this.options.receiver) hello.receiver = this.options.receiver;
    if (prove) hello.proof = prove('receiver');
    inbox.say(hello);
    const theirs = await inbox.expect('hello');
    if (theirs.version !== VERSION || theirs.role !== 'sender') {
      throw new TransferFailure('protocol', 'the other side is no sender of this version');
    }
    if (prove && theirs.proof !== prove('sender')) {
      throw new TransferFailure('authentication', 'the sender does not know the secret of the link');
    }
  }

  async #plan(inbox) {
    const manifest = await hearManifest(inbox);
    if (!this.#manifest) {
      this.#manifest = manifest;
      this.#choice = this.options.choose(manifest);
    } else if (JSON.stringify(manifest) !== JSON.stringify(this.#manifest)) {
      throw new TransferFailure('source', 'the files changed at the sender meanwhile');
    }
    this.#store = await inbox.during(this.#choice);
    const skips = [...this.#complete];
    for (let at = 0; at < skips.length; at += SKIPS_IN_MESSAGE) {
      inbox.say({ type: 'skip', files: skips.slice(at, at + SKIPS_IN_MESSAGE) });
    }
    if (this.#current?.bytes > 0 && this.#current.entry.size !== null) {
      const { index: file, bytes: block } = this.#current;
      inbox.say({ type: 'have', file, block, hashes: [await this.#hash.soFar()] });
    }
    inbox.say({ type: 'accept' });
  }

  /** Takes the bytes of all files that are not here yet. */
  async #take(inbox) {
    const session = { inbox, begun: false, bytes: 0, toldBytes: 0 };
    while (!this.#hasAll()) {
      await this.#resumed;
      const message = await inbox.next();
      if (message.type === 'file' && !session.begun) await this.#begin(session, message);
      else if (message.type === 'bytes') await this.#write(session, message.data);
      else if (message.type === 'zeros') await this.#write(session, zeros(message.bytes));
      else if (message.type === 'end') await this.#end(session, message);
      else throw outOfTurn(message);
    }
    await this.#finish();
  }

  #hasAll() {
    return this.#complete.size === this.#manifest.files;
  }

  async #finish() {
    if (this.#isFinished) return;
    await stored(this.#store.finish());
    this.#isFinished = true;
  }

  async #begin(session, { file: index, from }) {
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
    session.begun = true;
    await stored(this.#store.begin(index, entry, from));
  }

  async #write(session, buffer) {
    const current = this.#current;
    const bytes = buffer.byteLength;
    if (!session.begun || current.bytes + bytes > (current.entry.size ?? Infinity)) {
      throw new TransferFailure('protocol', 'the sender sent more bytes than it had named');
    }
    await this.#hash.update(buffer, false);
    await stored(this.#store.write(buffer));
    current.bytes += bytes;
    this.#doneBytes += bytes;
    session.bytes += bytes;
    if (session.bytes - session.toldBytes >= REPORT_BYTES) report(session);
    this.options.onprogress(this.#doneBytes);
  }

  async #end(session, { file, sha256 }) {
    const current = this.#current;
    const { index, entry, bytes } = current ?? {};
    if (!session.begun || index !== file || bytes !== (entry.size ?? bytes)) {
      throw new TransferFailure('protocol', 'the sender ended a file too early');
    }
    const { hex, crc } = await this.#hash.end();
    this.#current = null;
    session.begun = false;
    if (hex !== sha256) {
      throw new TransferFailure('hash', `the SHA-256 differs: here ${hex}, at the sender ${sha256}`);
    }
    await stored(this.#store.commit(crc, bytes));
    this.#complete.add(file);
    this.#hashes = { sha256: hex, remoteSha256: sha256 };
    // "Verified" means in place, which the last file is when all of them are.
    if (this.#hasAll()) await this.#finish();
    report(session);
    session.inbox.say({ type: 'verified', file, sha256: hex });
  }
}

/** Tells the sender what is written: after the store took it, so a slow disk slows it down. */
function report(session) {
  if (session.bytes === session.toldBytes) return;
  session.toldBytes = session.bytes;
  session.inbox.say({ type: 'received', bytes: session.bytes });
}

async function stored(work) {
  try {
    return await work;
  } catch (error) {
    throw new TransferFailure('disk', `the browser cannot write: ${error.message}`);
  }
}

function zeros(bytes) {
  if (!(Number.isInteger(bytes) && bytes > 0 && bytes <= MAX_ZEROS_BYTES)) {
    throw new TransferFailure('protocol', 'the sender sent a wrong number of zeros');
  }
  return new ArrayBuffer(bytes);
}
