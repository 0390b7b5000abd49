/** The questions that the doctor page asks: each makes a peer connection, and closes it. */
import { JavaPeer, selectedPair } from './peer.js';

const GATHER_LIMIT_MS = 5000;
const MESSAGE_BYTES = 16 << 10;
const WINDOW_MESSAGES = 64;
const PINGS = 5;
const ECHO_LIMIT_MS = 30_000;
const SERVER_BOUNDS = { warmUpMs: 500, measureMs: 2000, maxBytes: Infinity };
/** A relay's traffic costs its owner: from the start, not for long and not much. */
const RELAY_BOUNDS = { warmUpMs: 0, measureMs: 2000, maxBytes: 16 << 20 };
const RELAY_OPEN_LIMIT_MS = 15_000;

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
  const result = new Promise((resolve, reject) => {
    peer.onfail = (reason) => reject(new Error(reason));
    channel.onopen = () => measureOn(peer.connection, channel, SERVER_BOUNDS).then(resolve, reject);
  });
  peer.open(path);
  return within(ECHO_LIMIT_MS, result).finally(() => peer.close());
}

/** Sends messages from one relay address of a TURN server to another one, and back. */
export async function carry(server) {
  const configuration = { iceServers: [server], iceTransportPolicy: 'relay' };
  const here = new RTCPeerConnection(configuration);
  const there = new RTCPeerConnection(configuration);
  there.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(data);
  };
  try {
    const channel = here.createDataChannel('relay');
    await within(RELAY_OPEN_LIMIT_MS, Promise.all([opened(here, channel), connect(here, there)]));
    return await within(ECHO_LIMIT_MS, measureOn(here, channel, RELAY_BOUNDS));
  } finally {
    here.close();
    there.close();
  }
}

function opened(connection, channel) {
  return new Promise((resolve, reject) => {
    channel.onopen = resolve;
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === 'failed') reject(new Error('no path'));
    };
  });
}

/** Candidates wait until the descriptions are exchanged. */
async function connect(here, there) {
  const early = [];
  let isDescribed = false;
  const from = (connection, other) => {
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      if (isDescribed) other.addIceCandidate(candidate);
      else early.push([other, candidate]);
    };
  };
  from(here, there);
  from(there, here);
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
  isDescribed = true;
  await Promise.all(early.map(([other, candidate]) => other.addIceCandidate(candidate)));
}

function within(limitMs, promise) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no message came back in time')), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** On an open channel whose other side sends back what it gets. */
async function measureOn(connection, channel, bounds) {
  channel.binaryType = 'arraybuffer';
  const roundTripMs = await shortestRoundTrip(channel);
  const bitsPerSecond = await echoedRate(channel, bounds);
  return { roundTripMs, bitsPerSecond, pair: await selectedPair(connection) };
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
function echoedRate(channel, { warmUpMs, measureMs, maxBytes }) {
  const message = new Uint8Array(MESSAGE_BYTES);
  const startMs = performance.now() + warmUpMs;
  let bytes = 0;
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      const passedMs = performance.now() - startMs;
      if (passedMs > 0) bytes += data.byteLength;
      if (passedMs < measureMs && bytes < maxBytes) channel.send(message);
      else resolve((8000 * bytes) / passedMs);
    };
    for (let i = 0; i < WINDOW_MESSAGES; i++) channel.send(message);
  });
}
