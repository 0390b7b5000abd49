/** Sends a file over a data channel; the messages are described in docs/transfer.md. */
import {
  HIGH_WATER_BYTES,
  Inbox,
  TransferFailure,
  VERSION,
  elapsed,
  guarded,
  outOfTurn,
} from './inbox.js';
import { Hash } from './hash.js';

const CHUNK_BYTES = 32 * 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/**
 * Sends a File to a side that asks for no proof. Resolves with { sha256, remoteSha256, bytes } when
 * the receiver has verified it. `onprogress(bytes)` tells what the receiver has. `signal`, an
 * AbortSignal, takes the file back.
 */
export async function sendFile(channel, file, onprogress, signal = null) {
  const hash = new Hash();
  const inbox = new Inbox(channel);
  const takeBack = () => inbox.lose('the sender took the file back', 'left');
  signal?.addEventListener('abort', takeBack, { once: true });
  if (signal?.aborted) takeBack();
  try {
    return await guarded(inbox, async () => {
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
  const theirs = await inbox.expect('hello');
  // An echo is no receiver.
  if (theirs.role !== 'receiver') throw new TransferFailure('protocol', 'the other side takes no files');
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
    const block = await read(file, at);
    for (let from = 0; from < block.byteLength; from += CHUNK_BYTES) {
      const bytes = Math.min(CHUNK_BYTES, block.byteLength - from);
      await room(channel, inbox, flow, onprogress);
      inbox.send(new Uint8Array(block, from, bytes));
      flow.sent += bytes;
    }
    await hash.update(block, true);
  }
  const { hex } = await hash.end();
  inbox.say({ type: 'end', file: 0, sha256: hex });
  return hex;
}

async function read(file, at) {
  try {
    return await file.slice(at, at + BLOCK_BYTES).arrayBuffer();
  } catch (error) {
    throw new TransferFailure('source', `the file cannot be read: ${error.message}`);
  }
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
    await elapsed(10);
  }
}
