/**
 * The echo page: camera and microphone go to Java and come back.
 *
 * What it expects of the server:
 * - this page's files under /assets/ and a WebSocket at /ws that speaks the messages of signalling:
 *   {type: 'description', sdpType, sdp}, {type: 'candidate', candidate, sdpMid, sdpMLineIndex},
 *   {type: 'error', reason}. The page makes the one offer: its tracks (sendrecv) and the data
 *   channel; Java answers and sends each track back on the transceiver that it came by.
 * - on the data channel "stats", which the page creates, one JSON text each second:
 *   {tNs, bitrateIn, bitrateOut, lossIn, lossOut, rttMs, jitterMs}
 *   tNs: Java's monotonic clock; bitrates: bits of RTP payload a second; losses: shares from 0 to 1,
 *   In what Java missed of this browser's packets, Out what this browser's reports say that it
 *   missed of Java's; jitterMs: of what arrives in Java. A number that is not known is null or left out.
 */
import { JavaPeer, describe, selectedPair } from './peer.js';
import { MediaSampler } from './media-stats.js';
import { NO_DEVICES_HERE, chosenConstraints, explain, fillDevices } from './devices.js';
import { Plot } from './plot.js';
import { running } from './controls.js';
import * as format from './format.js';

const SAMPLE_MS = 1000;
/** A picture needs a key frame, which takes a round trip and an encoder. */
const PICTURE_LIMIT_MS = 5000;
/** They hold as long as media flow. */
const SETTINGS = ['camera', 'microphone', 'codec'];
const CARRIERS = /\/(rtx|red|ulpfec|flexfec-03)$/i;

const $ = (id) => document.getElementById(id);
const plots = {
  bitrate: new Plot($('bitrate-plot'), $('bitrate-top'), 1000, format.bitrate),
  loss: new Plot($('loss-plot'), $('loss-top'), 0.01, format.percent),
  rtt: new Plot($('rtt-plot'), $('rtt-top')),
  jitter: new Plot($('jitter-plot'), $('jitter-top')),
};

/** What runs: { stream, peer, sampler, java, timer, connectedMs }, or null. */
let echo = null;
/** Counts starts, so that a start that was stopped while the user was asked ends there. */
let attempt = 0;

async function start() {
  const own = ++attempt;
  $('error-line').textContent = '';
  running(true, SETTINGS);
  showState('asking for camera and microphone');
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(chosenConstraints($('camera'), $('microphone')));
  } catch (error) {
    if (own === attempt) fail(explain(error));
    return;
  }
  if (own !== attempt) {
    stream.getTracks().forEach((track) => track.stop());
    return;
  }
  // Names of devices are known only from here on.
  await refreshDevices();
  if (own === attempt) connect(stream);
  else stream.getTracks().forEach((track) => track.stop());
}

function connect(stream) {
  const peer = new JavaPeer();
  echo = { stream, peer, sampler: new MediaSampler(peer.connection), java: null, connectedMs: null };
  peer.onstate = showState;
  peer.onfail = fail;
  showOwn(stream);
  send(peer.connection, stream);
  receive(peer.connection);
  listen(peer.connection.createDataChannel('stats'), echo);
  showState('connecting');
  peer.open('/ws');
  echo.timer = setInterval(sample, SAMPLE_MS);
}

function send(connection, stream) {
  for (const track of stream.getTracks()) {
    const sender = connection.addTrack(track, stream);
    track.onended = () => fail(`The ${track.kind === 'video' ? 'camera' : 'microphone'} is gone.`);
    const codec = $('codec').value;
    if (track.kind === 'video' && codec !== '') {
      const transceiver = connection.getTransceivers().find((it) => it.sender === sender);
      const all = RTCRtpReceiver.getCapabilities('video').codecs;
      transceiver.setCodecPreferences(
        all.filter(({ mimeType }) => mimeType === codec || CARRIERS.test(mimeType)),
      );
    }
  }
}

/** Picture and sound of one element play in step. */
function receive(connection) {
  const returned = new MediaStream();
  $('returned').srcObject = returned;
  connection.ontrack = ({ track }) => returned.addTrack(track);
}

function listen(channel, own) {
  channel.onmessage = ({ data }) => {
    try {
      own.java = JSON.parse(data);
    } catch {
      // Whatever it was, the next one comes in a second.
    }
  };
}

function stop() {
  end();
  showState('stopped');
}

function fail(reason) {
  end();
  showState('failed');
  $('error-line').textContent = reason;
}

function end() {
  attempt++;
  running(false, SETTINGS);
  if (!echo) return;
  clearInterval(echo.timer);
  echo.peer.close();
  for (const track of echo.stream.getTracks()) {
    track.onended = null;
    track.stop();
  }
  echo = null;
  for (const id of ['own', 'returned']) $(id).srcObject = null;
  $('own-size').textContent = '';
  $('returned-size').textContent = '';
  $('hint').textContent = '';
}

function showOwn(stream) {
  for (const plot of Object.values(plots)) plot.clear();
  $('own').srcObject = stream;
}

function showState(state) {
  const line = $('connection-state');
  if (line.textContent !== state) line.textContent = state;
  const bad = ['failed', 'closed'].includes(state);
  line.dataset.kind = state === 'connected' ? 'good' : bad ? 'bad' : 'wait';
  if (state === 'connected' && echo) echo.connectedMs ??= performance.now();
}

/* Statistics */

async function sample() {
  const own = echo;
  const here = await own.sampler.sample();
  const pair = await selectedPair(own.peer.connection);
  if (own !== echo) return;
  const java = own.java ?? {};
  show('bitrate', format.bitrate, here.bitrateIn, java.bitrateIn);
  show('sent', format.bitrate, here.bitrateOut, java.bitrateOut);
  show('loss', format.percent, here.lossIn, java.lossIn);
  show('lost', format.percent, here.lossOut, java.lossOut);
  // Before the first report of the other side, the pair's own checks tell.
  show('rtt', format.milliseconds, here.rttMs ?? pair?.roundTripMs, java.rttMs);
  show('jitter', format.milliseconds, here.jitterMs, java.jitterMs);
  setText('codecs', here.codecs || '–');
  if (pair) setText('selected-pair', `${describe(pair.local)} – ${describe(pair.remote)}`);
  setText('own-size', pictureSize($('own'), here.framesPerSecondOut));
  setText('returned-size', pictureSize($('returned'), here.framesPerSecondIn));
  setText('hint', hint(own));
}

function show(name, write, here, java) {
  setText(`${name}-here`, write(here));
  setText(`${name}-java`, write(java));
  plots[name]?.add({ here, java });
}

function setText(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function pictureSize({ videoWidth, videoHeight }, framesPerSecond) {
  if (videoWidth === 0) return '';
  const rate = framesPerSecond === null ? '' : `, ${framesPerSecond.toFixed(0)} frames a second`;
  return `${videoWidth} × ${videoHeight}${rate}`;
}

function hint({ stream, connectedMs }) {
  const waits = connectedMs !== null && performance.now() - connectedMs > PICTURE_LIMIT_MS;
  if (!waits) return '';
  if (stream.getVideoTracks().length > 0 && $('returned').videoWidth === 0) {
    return 'Connected, but no picture comes back.';
  }
  return $('returned').paused ? 'The browser plays no sound unasked: press Start once more.' : '';
}

/* Devices */

async function refreshDevices() {
  await fillDevices($('camera'), $('microphone'), true);
}

function offerCodecs() {
  const { codecs } = RTCRtpReceiver.getCapabilities('video');
  const types = new Set(codecs.map(({ mimeType }) => mimeType));
  for (const type of types) {
    if (!CARRIERS.test(type)) $('codec').add(new Option(type.split('/')[1], type));
  }
}

$('echo-form').onsubmit = (event) => {
  event.preventDefault();
  start();
};
$('stop').onclick = stop;
$('audible').onchange = () => {
  $('returned').muted = !$('audible').checked;
};
addEventListener('pagehide', end);

if (navigator.mediaDevices) {
  offerCodecs();
  $('returned').muted = !$('audible').checked;
  navigator.mediaDevices.addEventListener('devicechange', refreshDevices);
  refreshDevices();
} else {
  $('start').disabled = true;
  $('error-line').textContent = NO_DEVICES_HERE;
}
