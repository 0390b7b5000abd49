// A peer that a Java test drives: it runs the commands of /next and reports results and events.
"use strict";

const channels = {};
let pc = null;
let reports = Promise.resolve();

function reportNow(event) {
  // One after the other, so that the test sees events in their order.
  reports = reports.then(() =>
    fetch("/event", { method: "POST", body: JSON.stringify(event) }),
  );
  return reports;
}

function newPeer(trickle, configuration) {
  if (pc) pc.close();
  for (const label of Object.keys(channels)) delete channels[label];
  pc = new RTCPeerConnection(configuration);
  const own = pc;
  pc.onicecandidate = (e) => {
    if (trickle && own === pc) reportNow({ name: "icecandidate", candidate: e.candidate });
  };
  pc.onconnectionstatechange = () => {
    if (own === pc) reportNow({ name: "connectionstatechange", state: pc.connectionState });
  };
  pc.oniceconnectionstatechange = () => {
    if (own === pc) reportNow({ name: "iceconnectionstatechange", state: pc.iceConnectionState });
  };
  pc.onicegatheringstatechange = () => {
    if (own === pc) reportNow({ name: "icegatheringstatechange", state: pc.iceGatheringState });
  };
  pc.onicecandidateerror = (e) => {
    const { url, errorCode, errorText } = e;
    if (own === pc) reportNow({ name: "icecandidateerror", url, errorCode, errorText });
  };
  pc.ondatachannel = (e) => {
    watch(e.channel);
    reportNow({
      name: "datachannel",
      label: e.channel.label,
      protocol: e.channel.protocol,
      ordered: e.channel.ordered,
      maxRetransmits: e.channel.maxRetransmits,
      maxPacketLifeTime: e.channel.maxPacketLifeTime,
      id: e.channel.id,
    });
  };
}

function create(label, options) {
  watch(pc.createDataChannel(label, options));
}

function watch(channel) {
  channels[channel.label] = channel;
  channel.binaryType = "arraybuffer";
  // What a peer of an earlier test still does is nobody's business.
  const report = (event) => channels[channel.label] === channel && reportNow(event);
  channel.onopen = () => report({ name: "open", label: channel.label, id: channel.id });
  channel.onclosing = () => report({ name: "closing", label: channel.label });
  channel.onclose = () => report({ name: "close", label: channel.label });
  channel.onerror = (e) =>
    report({ name: "error", label: channel.label, message: String(e.error && e.error.message) });
  channel.onmessage = (e) => {
    if (channel.quiet) {
      channel.quiet(e.data);
    } else if (typeof e.data === "string") {
      report({ name: "message", label: channel.label, text: e.data });
    } else {
      report({ name: "message", label: channel.label, bytes: e.data.byteLength, sum: sum(e.data) });
    }
  };
}

// FNV-1a over all bytes: enough to see that they arrived as they were sent.
function sum(buffer) {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(buffer)) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

function bytes(length, seed) {
  const out = new Uint8Array(length);
  let x = seed >>> 0;
  for (let i = 0; i < length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    out[i] = x >>> 24;
  }
  return out;
}

function gathered() {
  return new Promise((done) => {
    const look = () => pc.iceGatheringState === "complete" && done();
    pc.addEventListener("icegatheringstatechange", look);
    look();
  });
}

// Both candidates of the pair that carries the first transport.
async function selectedPair() {
  const stats = await pc.getStats();
  let pair = null;
  for (const entry of stats.values()) {
    // Firefox has no statistics of transports, but says which pair is selected.
    if (entry.type === "transport") pair = stats.get(entry.selectedCandidatePairId);
    if (entry.type === "candidate-pair" && entry.selected) pair = entry;
  }
  return (
    pair && { local: stats.get(pair.localCandidateId), remote: stats.get(pair.remoteCandidateId) }
  );
}

async function awaitStatistics(what, fits) {
  for (let i = 0; i < 600; i++) {
    const stats = await pc.getStats();
    const entry = [...stats.values()].find((it) => fits(it, stats));
    if (entry) return { entry, stats };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seen = [...(await pc.getStats()).values()].filter((it) => it.type.includes("candidate"));
  throw new Error(`no ${what} in 30 seconds: ${JSON.stringify(seen)}`);
}

function isNominated(entry) {
  return entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded";
}

// Both candidates of the nominated pair: data flow over a valid one before one is nominated.
async function nominatedPair() {
  const { entry, stats } = await awaitStatistics("nominated pair", isNominated);
  return { local: stats.get(entry.localCandidateId), remote: stats.get(entry.remoteCandidateId) };
}

// The page's side of a restart has ended when a pair with its new fragment is nominated.
function awaitNewPair() {
  const ufrag = /a=ice-ufrag:(\S+)/.exec(pc.localDescription.sdp)[1];
  return awaitStatistics(
    "nominated pair of the restart",
    (entry, stats) =>
      isNominated(entry) && stats.get(entry.localCandidateId)?.usernameFragment === ufrag,
  );
}

function awaitRemoteCandidate(address) {
  return awaitStatistics(
    `remote candidate with ${address}`,
    (entry) => entry.type === "remote-candidate" && entry.address === address,
  );
}

// Who nominates the pair of the data channels.
async function iceRole() {
  const { role } = pc.sctp.transport.iceTransport;
  if (role) return role;
  for (const entry of (await pc.getStats()).values()) {
    if (entry.type === "transport") return entry.iceRole;
  }
}

async function localDescription(trickle) {
  await pc.setLocalDescription();
  if (!trickle) await gathered();
  return { type: pc.localDescription.type, sdp: pc.localDescription.sdp };
}

// Sends a total of bytes in pieces, minding bufferedAmount; gives the hash of all of them.
async function sendBulk(label, total, piece) {
  const channel = channels[label];
  channel.bufferedAmountLowThreshold = 1 << 20;
  let hash = 0x811c9dc5;
  for (let at = 0; at < total; at += piece) {
    const part = bytes(Math.min(piece, total - at), at + 1);
    for (const byte of part) {
      hash ^= byte;
      hash = Math.imul(hash, 0x01000193) >>> 0;
    }
    if (channel.bufferedAmount > 4 << 20) {
      await new Promise((low) => (channel.onbufferedamountlow = low));
    }
    channel.send(part);
  }
  return hash;
}

// Receives a total of bytes without reporting each message; gives the hash of all of them.
function receiveBulk(label, total) {
  return new Promise((done) => {
    let hash = 0x811c9dc5;
    let got = 0;
    channels[label].quiet = (data) => {
      for (const byte of new Uint8Array(data)) {
        hash ^= byte;
        hash = Math.imul(hash, 0x01000193) >>> 0;
      }
      got += data.byteLength;
      if (got >= total) done({ bytes: got, sum: hash });
    };
  });
}

const AsyncFunction = (async () => {}).constructor;

async function run(command) {
  try {
    const value = await new AsyncFunction(command.js)();
    return { id: command.id, value: value === undefined ? null : value };
  } catch (e) {
    return { id: command.id, error: String(e) };
  }
}

async function main() {
  for (;;) {
    const response = await fetch("/next", { cache: "no-store" });
    if (response.status === 204) continue;
    if (!response.ok) return;
    const command = await response.json();
    run(command).then((result) =>
      fetch("/result", { method: "POST", body: JSON.stringify(result) }),
    );
  }
}

main();
