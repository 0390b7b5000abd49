// Media of the page's side of a glare round: what a moment of its plan changes, and what there is
// at the end. All rounds send the same few tracks.
"use strict";

const GLARE_DIRECTIONS = ["sendrecv", "sendonly", "recvonly", "inactive"];
const GLARE_MAX_TRANSCEIVERS = 4;
let glareTracks = null;

async function prepareTracks() {
  const small = { width: 160, height: 90, framesPerSecond: 15 };
  glareTracks ??= {
    audio: [await toneTrack({ hertz: 440 }), await toneTrack({ hertz: 660 })],
    video: [patternTrack(small), patternTrack(small)],
  };
}

// A track that no sender has, if any.
function unsentTrack(pc, kind) {
  const sent = pc.getSenders().map(({ track }) => track);
  return glareTracks[kind].find((track) => !sent.includes(track)) ?? null;
}

async function actMedia({ pc, polite }, action, choice) {
  const all = pc.getTransceivers();
  if (action === "ADD_MEDIA") {
    if (all.length < GLARE_MAX_TRANSCEIVERS) addGlareMedia(pc, choice, firstKind(pc, polite));
    return;
  }
  if (all.length === 0) return;
  const transceiver = all[(choice >> 4) % all.length];
  const { sender, receiver } = transceiver;
  if (action === "REMOVE_TRACK") pc.removeTrack(sender);
  if (action === "CHANGE_DIRECTION") transceiver.direction = GLARE_DIRECTIONS[choice & 3];
  if (action === "REPLACE_TRACK") {
    await sender.replaceTrack((choice & 3) === 0 ? null : unsentTrack(pc, receiver.track.kind));
  }
}

// When Chromium's first offer is rolled back, it keeps the ids that it gave header extensions there,
// also where they now mean another one: an offer of video gives 1 to toffset, the remote side's
// offer of audio gives it to ssrc-audio-level, and Chromium refuses its own next offer (also between
// two Chromiums). With audio in its first offer, it numbers them as Java does.
function firstKind(pc, polite) {
  return isChromium() && polite && pc.getTransceivers().length === 0 ? "audio" : null;
}

function addGlareMedia(pc, choice, onlyKind) {
  const kind = onlyKind ?? (choice & 1 ? "audio" : "video");
  const track = unsentTrack(pc, kind);
  if (track && choice & 2) {
    pc.addTrack(track, new MediaStream([track]));
  } else {
    pc.addTransceiver(track ?? kind, { direction: GLARE_DIRECTIONS[(choice >> 2) & 3] });
  }
}

// What was agreed on, and how much came in by now: video frames decoded, audio packets.
function glareTransceivers() {
  const { pc } = side;
  return Promise.all(
    pc.getTransceivers().map(async ({ mid, direction, currentDirection, sender, receiver }) => {
      const { kind } = receiver.track;
      const counter = kind === "video" ? "framesDecoded" : "packetsReceived";
      const inbound = [...(await receiver.getStats()).values()].filter(
        ({ type }) => type === "inbound-rtp",
      );
      const received = inbound.reduce((sum, stream) => sum + (stream[counter] ?? 0), 0);
      return { mid, kind, direction, currentDirection, sends: sender.track !== null, received };
    }),
  );
}

function glareMids() {
  return side.pc.currentLocalDescription.sdp.match(/^a=mid:.*$/gm);
}
