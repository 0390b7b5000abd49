/** What a sender offers, checked entry by entry against the rules of docs/transfer.md. */
import { TransferFailure, outOfTurn } from './inbox.js';

const MAX_ENTRIES = 100_000;
const MAX_CHARS = 16 * 1024 * 1024;
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 4096;
const MAX_DEPTH = 128;

/** A date that JavaScript can still tell. */
const MAX_TIME_MS = 8e15;

/** Control characters, and halves of pairs that UTF-8 cannot write. */
const NO_TEXT = /[\p{Cc}\p{Cs}]/u;

const PART_FILE = /^\.purertc-[0-9a-f]+\.part$/;
const encoder = new TextEncoder();

function lie(what) {
  return new TransferFailure('protocol', `refused: ${what}`);
}

function bytesOf(text) {
  return encoder.encode(text).length;
}

/** Why a path is refused, or null. */
export function pathRefusal(path) {
  if (NO_TEXT.test(path)) return 'holds control characters or no text';
  if (bytesOf(path) > MAX_PATH_BYTES) return `is longer than ${MAX_PATH_BYTES} bytes`;
  const parts = path.split('/');
  if (parts.length > MAX_DEPTH) return `is deeper than ${MAX_DEPTH} directories`;
  return parts.map(nameRefusal).find((refusal) => refusal) ?? null;
}

function nameRefusal(name) {
  if (name.trim() === '') return 'has an empty part';
  if (name === '.' || name === '..' || name.includes('\\')) return 'would leave the directory';
  if (bytesOf(name) > MAX_NAME_BYTES) return `has a part longer than ${MAX_NAME_BYTES} bytes`;
  return PART_FILE.test(name) ? 'is a part file of a transfer' : null;
}

/** Why a link is refused, or null: it stays below the names at the top of the list. */
export function linkRefusal(path, target, top) {
  if (target === '' || NO_TEXT.test(target) || target.includes('\\')) {
    return 'points to nothing that can be named';
  }
  if (bytesOf(target) > MAX_PATH_BYTES) return 'points to a path that is too long';
  if (target.startsWith('/')) return 'points to an absolute path';
  const from = path.split('/').slice(0, -1);
  const down = target.split('/').filter((part) => part !== '' && part !== '.');
  while (down[0] === '..' && from.length > 0) {
    from.pop();
    down.shift();
  }
  // Behind a name, `..` would start from wherever that name, a link itself perhaps, leads.
  const first = [...from, ...down][0];
  return !down.includes('..') && top.has(first) ? null : 'points out of what is sent';
}

class OfferedManifest {
  #entries = [];
  #kinds = new Map();
  #chars = 0;
  #files = 0;
  #bytes = 0;

  add(offered) {
    const entry = readEntry(offered);
    const refusal = pathRefusal(entry.path);
    if (refusal) throw new TransferFailure('name', `refused: a path ${refusal}`);
    this.#chars += entry.path.length + (entry.target?.length ?? 0);
    if (this.#entries.length === MAX_ENTRIES || this.#chars > MAX_CHARS) {
      throw lie(`more than ${MAX_ENTRIES} entries, or too long ones`);
    }
    const slash = entry.path.lastIndexOf('/');
    // A file or a link cannot hold anything.
    if (slash >= 0 && this.#kinds.get(entry.path.slice(0, slash)) !== 'directory') {
      throw lie('a path is in no directory of the list');
    }
    if (this.#kinds.has(entry.path)) throw lie('a path is there twice');
    this.#kinds.set(entry.path, entry.kind);
    this.#entries.push(entry);
    if (entry.kind === 'file') this.#count(entry.size);
  }

  #count(size) {
    this.#files++;
    this.#bytes = size === null || this.#bytes === null ? null : this.#bytes + size;
    if (this.#bytes !== null && !Number.isSafeInteger(this.#bytes)) {
      throw lie('the sizes add up to more than can be counted');
    }
  }

  /** The list is complete: { entries, files, bytes }; bytes is null when nobody knows. */
  complete({ files, bytes = null }) {
    if (files !== this.#files || bytes !== this.#bytes) {
      throw lie('the list has other totals than the offer');
    }
    if (this.#entries.length === 0) throw lie('the list is empty');
    if (bytes === null && this.#entries.length > 1) throw lie('a stream comes alone');
    const top = new Set([...this.#kinds.keys()].filter((path) => !path.includes('/')));
    for (const { path, target } of this.#entries) {
      const refusal = target === undefined ? null : linkRefusal(path, target, top);
      if (refusal) throw new TransferFailure('name', `refused: a link ${refusal}`);
    }
    return { entries: this.#entries, files, bytes };
  }
}

/** Only what an entry may have, with the types that it may have. */
function readEntry(offered) {
  const { path, kind, size = null, modified = 0, executable = false, target } = offered ?? {};
  if (typeof path !== 'string') throw lie('an entry without a path');
  if (!Number.isSafeInteger(modified) || Math.abs(modified) > MAX_TIME_MS) {
    throw lie('a time that is none');
  }
  if (kind === 'directory') return { path, kind, modified };
  if (kind === 'link' && typeof target === 'string') return { path, kind, target };
  const isSize = size === null || (Number.isSafeInteger(size) && size >= 0);
  if (kind !== 'file' || !isSize) throw lie('an entry that is none');
  return { path, kind, size, modified, executable: executable === true };
}

/** What a sender offers: { entries, files, bytes }. */
export async function hearManifest(inbox) {
  const offered = new OfferedManifest();
  for (;;) {
    const message = await inbox.next();
    if (message.type === 'offer') return offered.complete(message);
    if (message.type !== 'entries' || !Array.isArray(message.entries)) throw outOfTurn(message);
    for (const entry of message.entries) offered.add(entry);
  }
}

/** How a browser keeps it: one file as it is, everything else in a zip; and under which name. */
export function keptAs({ entries }) {
  const top = entries.filter(({ path }) => !path.includes('/'));
  const single = entries.length === 1 && entries[0].kind === 'file';
  if (single) return { single, name: top[0].path };
  return { single, name: top.length === 1 ? `${top[0].path}.zip` : 'files.zip' };
}
