/** The questions that the doctor page asks: each makes a peer connection, and closes it. */
import { JavaPeer, selectedPair } from './peer.js';

const GATHER_LIMIT_MS = 5000;
const MESSAGE_BYTES = 16 << 10;
const WINDOW_MESSAGES = 64;
const PINGS = 5;
const WARM_UP_MS = 500;
const MEASURE_MS = 2000;
const ECHO_LIMIT_MS = 30_000;

/**
 * Gathers candidates with these servers.
 *
 * @returns {Promise<{candidates: RTCIceCandidate[], code: number, error: string, ms: number}>} `ms`
 *     until the first candidate that a server gave; `code` and `error` of icecandidateerror
 */
export async function gather(iceServers, iceTransportPolicy = 'all') {
  const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy });
  const seen = { candidates: [], code: 0, error: 'no answer', ms: 0 };
  const startMs = performance.now();
  const done = new Promise((resolve) => {
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return resolve();
      if (candidate.candidate === '') return;
      seen.candidates.push(candidate);
      const isServers = ['srflx', 'relay'].includes(candidate.type);
      if (isServers && seen.ms === 0) seen.ms = Math.round(performance.now() - startMs);
      // One relay is all that is asked for.
      if (iceTransportPolicy === 'relay') resolve();
    };
    connection.onicecandidateerror = ({ errorCode, errorText }) => {
      if (seen.code === 0 || seen.code === 701) {
        seen.code = errorCode;
        seen.error = errorText || `error ${errorCode}`;
      }
    };
    setTimeout(resolve, GATHER_LIMIT_MS);
  });
  try {
    connection.createDataChannel('doctor');
    await connection.setLocalDescription();
    await done;
  } finally {
    connection.close();
  }
  return seen;
}

/** A candidate's address and port; Chromium writes the brackets of IPv6 itself. */
export function place({ address, port }) {
  const needsBrackets = address.includes(':') && !address.startsWith('[');
  return `${needsBrackets ? `[${address}]` : address}:${port}`;
}

/** Sends messages to this server's own peer, which sends them back. */
export function measure(path) {
  const peer = new JavaPeer();
  const channel = peer.connection.createDataChannel('echo');
  channel.binaryType = 'arraybuffer';
  const result = new Promise((resolve, reject) => {
    peer.onfail = (reason) => reject(new Error(reason));
    setTimeout(() => reject(new Error('no message came back in time')), ECHO_LIMIT_MS);
    channel.onopen = async () => {
      try {
        const roundTripMs = await shortestRoundTrip(channel);
        const bitsPerSecond = await echoedRate(channel);
        resolve({ roundTripMs, bitsPerSecond, pair: await selectedPair(peer.connection) });
      } catch (error) {
        reject(error);
      }
    };
  });
  peer.open(path);
  return result.finally(() => peer.close());
}

async function shortestRoundTrip(channel) {
  let least = Infinity;
  for (let i = 0; i < PINGS; i++) {
    const startMs = performance.now();
    await new Promise((resolve) => {
      channel.onmessage = resolve;
      channel.send(`ping ${i}`);
    });
    least = Math.min(least, performance.now() - startMs);
  }
  return least;
}

/** Each message that comes back lets the next one out. */
function echoedRate(channel) {
  const message = new Uint8Array(MESSAGE_BYTES);
  const startMs = performance.now() + WARM_UP_MS;
  let bytes = 0;
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      const passedMs = performance.now() - startMs;
      if (passedMs > 0) bytes += data.byteLength;
      if (passedMs < MEASURE_MS) channel.send(message);
      else resolve((8000 * bytes) / passedMs);
    };
    for (let i = 0; i < WINDOW_MESSAGES; i++) channel.send(message);
  });
}
