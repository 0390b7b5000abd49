/** Where received bytes go: the page's memory, or a file that the user chose. */
import * as format from './format.js';

/** Parts up to this size are gathered into one Blob, which a browser may move out of memory. */
const FOLD_BYTES = 8 * 1024 * 1024;

/** Of a write to disk: each one costs a message to another process of the browser. */
const DISK_WRITE_BYTES = 512 * 1024;

export class MemoryOutput {
  /** Blobs of finished bytes, and small Uint8Arrays that may still be changed. */
  #parts = [];
  #fresh = [];
  #freshBytes = 0;
  #limitBytes;
  bytes = 0;

  constructor(limitBytes = Infinity) {
    this.#limitBytes = limitBytes;
  }

  async write(buffer) {
    if (this.bytes + buffer.byteLength > this.#limitBytes) {
      throw new Error(`it can hold only ${format.size(this.#limitBytes)} in memory here`);
    }
    this.#fresh.push(buffer);
    this.#freshBytes += buffer.byteLength;
    this.bytes += buffer.byteLength;
    if (this.#freshBytes >= FOLD_BYTES) this.#fold();
  }

  /** Writes bytes that `change` may write again; resolves with what to hand it. */
  async writeChangeable(bytes) {
    this.#fold();
    const part = { at: this.bytes, bytes: bytes.slice() };
    this.#parts.push(part.bytes);
    this.bytes += bytes.length;
    return part;
  }

  async change(part, bytes) {
    part.bytes.set(bytes);
  }

  #fold() {
    if (this.#freshBytes === 0) return;
    this.#parts.push(new Blob(this.#fresh));
    this.#fresh = [];
    this.#freshBytes = 0;
  }

  /** Forgets everything behind `bytes`, a place where a part ends. */
  async cut(bytes) {
    this.#fold();
    const size = (part) => part.size ?? part.length;
    while (this.bytes > bytes) this.bytes -= size(this.#parts.pop());
    if (this.bytes < bytes) throw new Error('cut in the middle of a part');
  }

  async close() {
    this.#fold();
    this.blob = new Blob(this.#parts, { type: 'application/octet-stream' });
  }

  async discard() {
    this.#parts = [];
    this.#fresh = [];
  }
}

/** Writes to a file that the user chose; it appears under its name at the end. */
export class DiskOutput {
  #stream;
  /** The next bytes, until it is worth a write. */
  #next = new Uint8Array(DISK_WRITE_BYTES);
  #nextBytes = 0;
  bytes = 0;

  constructor(stream) {
    this.#stream = stream;
  }

  async write(buffer) {
    const bytes = new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + DISK_WRITE_BYTES - this.#nextBytes);
      this.#next.set(piece, this.#nextBytes);
      this.#nextBytes += piece.length;
      this.bytes += piece.length;
      at += piece.length;
      if (this.#nextBytes === DISK_WRITE_BYTES) await this.#flush();
    }
  }

  async #flush() {
    if (this.#nextBytes === 0) return;
    const position = this.bytes - this.#nextBytes;
    const data = this.#next.slice(0, this.#nextBytes);
    await this.#stream.write({ type: 'write', position, data });
    this.#nextBytes = 0;
  }

  async writeChangeable(bytes) {
    const part = { at: this.bytes };
    await this.write(bytes);
    return part;
  }

  async change(part, bytes) {
    const nextAt = this.bytes - this.#nextBytes;
    if (part.at >= nextAt) {
      this.#next.set(bytes, part.at - nextAt);
      return;
    }
    await this.#flush();
    await this.#stream.write({ type: 'write', position: part.at, data: bytes });
  }

  async cut(bytes) {
    await this.#flush();
    await this.#stream.truncate(bytes);
    this.bytes = bytes;
  }

  async close() {
    await this.#flush();
    await this.#stream.close();
  }

  async discard() {
    await this.#stream.abort().catch(() => {});
  }
}

/** One file as it is. */
export class SingleStore {
  constructor(output) {
    this.output = output;
  }

  async begin(index, entry, from) {
    if (from !== this.output.bytes) await this.output.cut(from);
  }

  write(buffer) {
    return this.output.write(buffer);
  }

  async commit() {}

  finish() {
    return this.output.close();
  }

  discard() {
    return this.output.discard();
  }
}
