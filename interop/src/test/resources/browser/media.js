// Media of the test peer (peer.js): what its RTCPeerConnection `pc` sends, what it gets, and what
// is changed on the way. A transceiver is named by its place in pc.getTransceivers().
"use strict";

const videoWatches = new Map();

// Codecs to offer, one only: {codec: "VP8", fmtp: "packetization-mode=1"}; with retransmission
// unless rtx is false, with telephone-event when dtmf is true.
function only(kind, { codec, fmtp = "", rtx = true, dtmf = false }) {
  const all = RTCRtpReceiver.getCapabilities(kind).codecs;
  const type = (kind + "/" + codec).toLowerCase();
  const chosen = all.filter(
    (it) => it.mimeType.toLowerCase() === type && (it.sdpFmtpLine || "").includes(fmtp),
  );
  if (chosen.length === 0) throw new Error("this browser has no " + type + " " + fmtp);
  const beside = all.filter((it) =>
    (rtx ? /\/rtx$/i : /^$/).test(it.mimeType)
    || (dtmf && /telephone-event$/i.test(it.mimeType)),
  );
  return [...chosen, ...beside];
}

// The names of the codecs that this browser offers, without those that only carry others.
function codecNames(kind) {
  const carriers = /\/(rtx|red|ulpfec|flexfec-03|telephone-event|CN)$/i;
  const { codecs } = RTCRtpReceiver.getCapabilities(kind);
  const media = codecs.filter(({ mimeType }) => !carriers.test(mimeType));
  return [...new Set(media.map(({ mimeType }) => mimeType.split("/")[1]))];
}

// from: "pattern" or "tone" (of this page) or "device" (the browser's fake or real one).
async function newTrack(kind, { from, ...options } = {}) {
  if (from === "device") {
    const constraints = { [kind]: options.constraints || true };
    return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks()[0];
  }
  return kind === "video" ? patternTrack(options) : toneTrack(options);
}

function indexOf(transceiver) {
  return pc.getTransceivers().indexOf(transceiver);
}

// addTransceiver with a track of its own (none with direction recvonly); gives its index.
async function addMedia(kind, options = {}) {
  const { direction = "sendrecv", encodings, codec } = options;
  const sends = direction.startsWith("send");
  const track = sends ? await newTrack(kind, options) : null;
  const init = { direction, streams: track ? [new MediaStream([track])] : [] };
  if (encodings) init.sendEncodings = encodings;
  const transceiver = pc.addTransceiver(track ?? kind, init);
  if (codec) transceiver.setCodecPreferences(only(kind, options));
  return indexOf(transceiver);
}

// addTrack, which takes the transceiver of a remote offer when there is one; gives its index.
async function addTrack(kind, options = {}) {
  const track = await newTrack(kind, options);
  const sender = pc.addTrack(track, new MediaStream([track]));
  return pc.getTransceivers().findIndex((it) => it.sender === sender);
}

function removeMedia(index) {
  const { sender } = pc.getTransceivers()[index];
  if (sender.track) sender.track.stop();
  pc.removeTrack(sender);
}

// With options null it sends nothing from now on, and needs no negotiation for it.
async function replaceMedia(index, options = {}) {
  const { sender, receiver } = pc.getTransceivers()[index];
  const before = sender.track;
  await sender.replaceTrack(options === null ? null : await newTrack(receiver.track.kind, options));
  if (before) before.stop();
}

function setDirection(index, direction) {
  pc.getTransceivers()[index].direction = direction;
}

function setCodec(index, options) {
  const transceiver = pc.getTransceivers()[index];
  transceiver.setCodecPreferences(only(transceiver.receiver.track.kind, options));
}

function stopMedia(index) {
  const transceiver = pc.getTransceivers()[index];
  if (transceiver.sender.track) transceiver.sender.track.stop();
  transceiver.stop();
}

async function setMaxBitrate(index, bitsPerSecond) {
  const { sender } = pc.getTransceivers()[index];
  const parameters = sender.getParameters();
  parameters.encodings.forEach((encoding) => (encoding.maxBitrate = bitsPerSecond));
  await sender.setParameters(parameters);
}

function sendDigits(index, digits, durationMs = 100, gapMs = 70) {
  pc.getTransceivers()[index].sender.dtmf.insertDTMF(digits, durationMs, gapMs);
}

// Sends each track that comes back to where it came from; called after setRemoteDescription(offer).
async function echoAll(peer = pc) {
  for (const transceiver of peer.getTransceivers()) {
    if (transceiver.stopped || transceiver.sender.track) continue;
    transceiver.direction = "sendrecv";
    await transceiver.sender.replaceTrack(transceiver.receiver.track);
  }
}

function transceivers() {
  return pc.getTransceivers().map((it) => ({
    mid: it.mid,
    kind: it.receiver.track.kind,
    direction: it.direction,
    currentDirection: it.currentDirection,
    muted: it.receiver.track.muted,
    readyState: it.receiver.track.readyState,
    sends: it.sender.track !== null,
  }));
}

// Starts to look at the video that comes in on a transceiver; what it saw before is forgotten.
function watchVideo(index) {
  stopWatching(index);
  videoWatches.set(index, new VideoWatch(pc.getTransceivers()[index].receiver.track));
}

function stopWatching(index) {
  videoWatches.get(index)?.stop();
  videoWatches.delete(index);
}

// Watches the video of a transceiver, from the first frame on for that long; see VideoWatch.report.
async function measureVideo(index, ms = 2000) {
  if (!videoWatches.has(index)) watchVideo(index);
  const watch = videoWatches.get(index);
  await watch.sees(watch.seen.fresh + 1);
  watch.reset();
  await pause(ms);
  return watch.report();
}

// The tone that comes in on a transceiver; see measureTone.
function measureAudio(index, ms = 1000) {
  return measureTone(pc.getTransceivers()[index].receiver.track, ms);
}

// Waits for a tone, give or take one part in a hundred; gives what it heard last.
async function awaitTone(index, hertz, limitMs = 20000) {
  for (const endMs = performance.now() + limitMs; ; ) {
    const heard = await measureAudio(index, 200);
    const isIt = heard.silent === 0 && Math.abs(heard.hertz - hertz) <= hertz / 100;
    if (isIt || performance.now() > endMs) return heard;
  }
}

const STATISTICS = ["inbound-rtp", "outbound-rtp", "remote-inbound-rtp", "remote-outbound-rtp"];

// RTP statistics with their codec's name, and what the transport and its pair say.
async function mediaStats(peer = pc) {
  const report = await peer.getStats();
  const all = [...report.values()];
  const transport = all.find(({ type }) => type === "transport");
  const named = (it) => ({ ...it, codec: report.get(it.codecId)?.mimeType.split("/")[1] });
  const rtp = STATISTICS.map((type) => [type, all.filter((it) => it.type === type).map(named)]);
  const pair = report.get(transport?.selectedCandidatePairId) ?? all.find(isNominated);
  return { ...Object.fromEntries(rtp), transport: transport ?? null, pair: pair ?? null };
}

// The browser's own loop, for comparison: one connection sends to another of the same page.
async function ownLoop({ kind = "video", ms = 3000, ...options } = {}) {
  const from = new RTCPeerConnection();
  const to = new RTCPeerConnection();
  const track = await newTrack(kind, options);
  try {
    from.onicecandidate = ({ candidate }) => to.addIceCandidate(candidate);
    to.onicecandidate = ({ candidate }) => from.addIceCandidate(candidate);
    const sending = from.addTransceiver(track, { direction: "sendonly" });
    if (options.codec) sending.setCodecPreferences(only(kind, options));
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription);
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription);
    const arriving = to.getTransceivers()[0].receiver.track;
    const measured = await (kind === "video"
      ? watchOnce(arriving, ms)
      : hearOnce(to, arriving, ms));
    const [{ codec }] = (await mediaStats(to))["inbound-rtp"];
    return { codec, ...measured };
  } finally {
    track.stop();
    from.close();
    to.close();
  }
}

async function watchOnce(track, ms) {
  const watch = new VideoWatch(track);
  try {
    await watch.sees(10);
    watch.reset();
    await pause(ms);
    return watch.report();
  } finally {
    watch.stop();
  }
}

async function hearOnce(peer, track, ms) {
  while (peer.connectionState !== "connected") await pause(20);
  await pause(500);
  return measureTone(track, ms);
}
