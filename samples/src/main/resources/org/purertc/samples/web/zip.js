/**
 * A zip file written as the bytes come (APPNOTE.TXT 6.3): entries are stored, not compressed; sizes
 * above 4 GiB and more than 65,535 entries are zip64; names are UTF-8; times, directories, the
 * executable bit and symbolic links are kept as Unix zips keep them.
 */
import { crc32 } from './crc32.js';

const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;
const UTF8_NAMES = 1 << 11;
const MADE_BY_UNIX = 3 << 8;
const VERSION_ZIP64 = 45;
const DIRECTORY_MODE = 0o40755;
const LINK_MODE = 0o120777;

/** Little-endian numbers one after the other: pairs of [bytes, value]. */
function record(...fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) view.setBigUint64(at, BigInt(value), true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Section 4.4.6: two seconds' steps since 1980, in local time. */
function dosTime(ms) {
  const time = new Date(ms);
  const year = Math.min(Math.max(time.getFullYear(), 1980), 2107);
  const date = ((year - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  return { clock, date };
}

/** Info-ZIP's extended timestamp: seconds since 1970, as far as 32 bits go. */
function timestamp(ms) {
  const seconds = Math.floor(ms / 1000);
  if (!ms || seconds < -(2 ** 31) || seconds >= 2 ** 31) return new Uint8Array(0);
  return joined(record([2, 0x5455], [2, 5]), new Uint8Array([1]), record([4, seconds >>> 0]));
}

export class ZipStore {
  #entries = [];
  #open = null;

  /** The same Output for all; the directories and links come at the end. */
  constructor(output, manifest) {
    this.output = output;
    this.manifest = manifest;
  }

  async begin(index, entry, from) {
    if (this.#open?.index === index) {
      if (from === 0) await this.output.cut(this.#open.dataAt);
      return;
    }
    if (this.#open) await this.output.cut(this.#open.at);
    const mode = entry.executable ? 0o100755 : 0o100644;
    this.#open = { index, ...(await this.#header(entry.path, mode, entry.modified, entry.size)) };
  }

  /** A local file header; CRC and size are filled in when they are known. */
  async #header(path, mode, modified = 0, size = null) {
    const zip = {
      name: new TextEncoder().encode(path),
      mode,
      modified,
      large: size === null || size >= MAX_32,
      at: this.output.bytes,
    };
    zip.part = await this.output.writeChangeable(localHeader(zip, 0, 0));
    zip.dataAt = this.output.bytes;
    return zip;
  }

  write(buffer) {
    return this.output.write(buffer);
  }

  async commit(crc, bytes) {
    const zip = this.#open;
    this.#open = null;
    await this.#complete(zip, crc, bytes);
  }

  async #complete(zip, crc, bytes) {
    await this.output.change(zip.part, localHeader(zip, crc, bytes));
    zip.part = null;
    this.#entries.push({ ...zip, crc, bytes });
  }

  async finish() {
    for (const { path, kind, modified, target } of this.manifest.entries) {
      if (kind === 'directory') {
        await this.#complete(await this.#header(`${path}/`, DIRECTORY_MODE, modified, 0), 0, 0);
      } else if (kind === 'link') {
        const bytes = new TextEncoder().encode(target);
        const zip = await this.#header(path, LINK_MODE, 0, bytes.length);
        await this.output.write(bytes);
        await this.#complete(zip, crc32(0, bytes), bytes.length);
      }
    }
    const at = this.output.bytes;
    for (const entry of this.#entries) await this.output.write(directoryHeader(entry));
    await this.output.write(endOfDirectory(this.#entries.length, at, this.output.bytes - at));
    await this.output.close();
  }

  discard() {
    return this.output.discard();
  }
}

/** Section 4.3.7. */
function localHeader({ name, modified, large }, crc, bytes) {
  const { clock, date } = dosTime(modified);
  const sizes = large ? record([2, 1], [2, 16], [8, bytes], [8, bytes]) : new Uint8Array(0);
  const extra = joined(sizes, timestamp(modified));
  const shown = large ? MAX_32 : bytes;
  const version = large ? VERSION_ZIP64 : 20;
  return joined(
    record([4, 0x04034b50], [2, version], [2, UTF8_NAMES], [2, 0], [2, clock], [2, date]),
    record([4, crc], [4, shown], [4, shown], [2, name.length], [2, extra.length]),
    name,
    extra,
  );
}

/** Section 4.3.12; section 4.5.3: only what does not fit is in the zip64 field. */
function directoryHeader({ name, mode, modified, large, at, crc, bytes }) {
  const { clock, date } = dosTime(modified);
  const wide = [];
  if (large) wide.push([8, bytes], [8, bytes]);
  if (at >= MAX_32) wide.push([8, at]);
  const sizes = wide.length > 0 ? record([2, 1], [2, wide.length * 8], ...wide) : new Uint8Array(0);
  const extra = joined(sizes, timestamp(modified));
  const shown = large ? MAX_32 : bytes;
  const isDirectory = (mode & 0o170000) === 0o40000;
  return joined(
    record([4, 0x02014b50], [2, MADE_BY_UNIX | VERSION_ZIP64], [2, large ? VERSION_ZIP64 : 20]),
    record([2, UTF8_NAMES], [2, 0], [2, clock], [2, date], [4, crc], [4, shown], [4, shown]),
    record([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0]),
    record([4, (mode * 0x10000 + (isDirectory ? 0x10 : 0)) >>> 0], [4, Math.min(at, MAX_32)]),
    name,
    extra,
  );
}

/** Sections 4.3.14 to 4.3.16. */
function endOfDirectory(entries, at, bytes) {
  const plain = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(entries, MAX_16)],
    [2, Math.min(entries, MAX_16)],
    [4, Math.min(bytes, MAX_32)],
    [4, Math.min(at, MAX_32)],
    [2, 0],
  );
  if (entries < MAX_16 && bytes < MAX_32 && at < MAX_32) return plain;
  const version = [2, VERSION_ZIP64];
  return joined(
    record([4, 0x06064b50], [8, 44], [2, MADE_BY_UNIX | VERSION_ZIP64], version, [4, 0], [4, 0]),
    record([8, entries], [8, entries], [8, bytes], [8, at]),
    record([4, 0x07064b50], [4, 0], [8, at + bytes], [4, 1]),
    plain,
  );
}
