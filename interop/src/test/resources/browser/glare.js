// The page's side of a glare round: W3C's perfect negotiation (WebRTC 10.7), and a plan of moments
// at which it creates channels, changes its media (glare-media.js) or negotiates again.
"use strict";

let side = null;

async function newSide(round, polite, plan) {
  await prepareTracks();
  if (side) side.pc.close();
  const own = {
    pc: new RTCPeerConnection(),
    round,
    polite,
    makingOffer: false,
    ignoreOffer: false,
    isSettingRemoteAnswerPending: false,
    created: 0,
    collisions: 0,
    opened: [],
    echoed: [],
    received: [],
    failures: [],
  };
  side = own;
  own.pc.onnegotiationneeded = () => negotiate(own);
  own.pc.onicecandidate = ({ candidate }) => candidate && signal(own, { candidate });
  own.pc.ondatachannel = ({ channel }) => echo(own, channel);
  own.pc.onconnectionstatechange = () => {
    if (own.pc.connectionState === "failed") own.failures.push("connection failed");
  };
  own.planIsDone = Promise.all(
    plan.map(async ({ atMs, action, choice }) => {
      await new Promise((now) => setTimeout(now, atMs));
      if (action === "CREATE") {
        await rolesAreKnown(own);
        createSpeaking(own);
      } else if (action !== "NEGOTIATE") {
        await actMedia(own, action, choice).catch((e) => own.failures.push(action + ": " + e));
      } else if (own.pc.signalingState === "stable" && !own.makingOffer) negotiate(own);
    }),
  );
}

function signal(own, message) {
  if (own === side) reportNow({ name: "signal", round: own.round, message });
}

async function negotiate(own) {
  try {
    own.makingOffer = true;
    await own.pc.setLocalDescription();
    signal(own, { description: own.pc.localDescription });
  } catch (e) {
    own.failures.push("offering: " + e);
  } finally {
    own.makingOffer = false;
  }
}

// What the remote side signals; its promise ends with all that follows from it.
async function onSignal(round, { description, candidate }) {
  const own = side;
  if (own.round !== round) return; // it was on its way when that round failed
  const pc = own.pc;
  try {
    if (description) {
      const isOffer = description.type === "offer";
      // While an answer is being applied, the state is stable before an offer's turn comes.
      const isReady =
        !own.makingOffer &&
        (pc.signalingState === "stable" || own.isSettingRemoteAnswerPending);
      const collides = isOffer && !isReady;
      own.collisions += collides;
      own.ignoreOffer = !own.polite && collides;
      if (own.ignoreOffer) return;
      own.isSettingRemoteAnswerPending = description.type === "answer";
      await pc.setRemoteDescription(description); // rolls back as needed
      own.isSettingRemoteAnswerPending = false;
      if (isOffer) {
        await pc.setLocalDescription();
        signal(own, { description: pc.localDescription });
      }
    } else {
      try {
        await pc.addIceCandidate(candidate);
      } catch (e) {
        if (!own.ignoreOffer) throw e; // else it belongs to the offer that was ignored
      }
    }
  } catch (e) {
    own.failures.push(JSON.stringify({ description, candidate }) + ": " + e);
  }
}

// Chromium numbers a channel that is created while its first offer is open at once, as a DTLS
// server does, and keeps the number when that offer is rolled back and it becomes the client. Then
// both sides give the same numbers, and one channel is closed (also between two Chromiums). So
// there only the first channel, which brings the offer about, is created before the roles are known.
async function rolesAreKnown({ pc, polite, created }) {
  while (isChromium() && polite && created > 0 && !pc.currentRemoteDescription) {
    await new Promise((changed) =>
      pc.addEventListener("signalingstatechange", changed, { once: true }),
    );
  }
}

function isChromium() {
  return navigator.userAgent.includes("Chrome/");
}

// Its channel says its label when it opens, and expects to hear it again.
function createSpeaking(own) {
  const label = "page " + own.created++;
  const channel = own.pc.createDataChannel(label);
  guard(own, channel);
  channel.onopen = () => {
    own.opened.push(label);
    channel.send(label);
  };
  channel.onmessage = (e) => own.echoed.push(e.data);
}

function echo(own, channel) {
  guard(own, channel);
  channel.onmessage = (e) => {
    own.received.push(e.data);
    channel.send(e.data);
  };
}

function guard(own, channel) {
  channel.onclose = () => own === side && own.failures.push(channel.label + " closed");
  channel.onerror = (e) => own === side && own.failures.push(channel.label + ": " + e.error);
}

// What this side is, after all that it began has ended and was told.
async function glareState() {
  const own = side;
  await own.planIsDone;
  await own.pc.createOffer().catch(() => {}); // whatever comes of it, it ends after those before
  await reports;
  const { created, collisions, opened, echoed, received, failures } = own;
  const signalingState = own.pc.signalingState;
  return { signalingState, created, collisions, opened, echoed, received, failures };
}
