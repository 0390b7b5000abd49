/** Both ends of a link prove that they know its secret; see docs/transfer.md. */
import { Sha256 } from './sha256.js';

const BLOCK_BYTES = 64;
const SECRET_BYTES = 16;

/** The secret behind `#`, or null when it is not one. */
export function secretOf(fragment) {
  const text = fragment.replace(/^#/, '').replace(/-/g, '+').replace(/_/g, '/');
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return bytes.length === SECRET_BYTES ? bytes : null;
  } catch {
    return null;
  }
}

/** The proof of `role` for this connection, whose sender is the other side. */
export function proof(secret, role, connection) {
  const sender = fingerprints(connection.remoteDescription.sdp);
  const receiver = fingerprints(connection.localDescription.sdp);
  return hmac(secret, `purertc-file 2\n${role}\n${sender}\n${receiver}\n`);
}

/** All of them: one that was added would be noticed, too. */
function fingerprints(sdp) {
  const values = [...sdp.matchAll(/^a=fingerprint:(.*?)\s*$/gm)].map((it) => it[1].toLowerCase());
  return [...new Set(values)].sort().join(',');
}

/** HMAC-SHA-256 (RFC 2104) in lower-case hexadecimal. crypto.subtle exists only on https. */
export function hmac(key, text) {
  const pad = (byte) => {
    const block = new Uint8Array(BLOCK_BYTES).fill(byte);
    key.forEach((value, i) => (block[i] ^= value));
    return block;
  };
  const inner = new Sha256().update(pad(0x36)).update(new TextEncoder().encode(text)).hex();
  const digest = Uint8Array.from(inner.match(/../g), (pair) => parseInt(pair, 16));
  return new Sha256().update(pad(0x5c)).update(digest).hex();
}
