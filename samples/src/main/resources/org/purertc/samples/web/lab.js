/** The data-channel lab: channels of several kinds over the bad network at /lab (docs/pages.md). */
import { JavaPeer } from './peer.js';
import { Plot } from './plot.js';
import { Traffic } from './lab-traffic.js';
import { running, tellState } from './controls.js';
import { pageToken, withToken } from './token.js';
import * as format from './format.js';

const SEND_MS = 50;
const SAMPLE_MS = 1000;

const KINDS = {
  ordered: {},
  unordered: { ordered: false },
  lifetime: { ordered: false, maxPacketLifeTime: 150 },
  once: { ordered: false, maxRetransmits: 0 },
};

const $ = (id) => document.getElementById(id);
const plots = {
  latency: new Plot($('latency-plot'), $('latency-top'), 10, (value) => `${value} ms`),
  missing: new Plot($('missing-plot'), $('missing-top'), 0.01, format.percent),
};

/** What runs: { peer, traffic, timers }, or null. */
let lab = null;

function start() {
  $('error-line').textContent = '';
  for (const plot of Object.values(plots)) plot.clear();
  const peer = new JavaPeer();
  const traffic = {};
  lab = { peer, traffic, timers: [] };
  for (const [kind, options] of Object.entries(KINDS)) {
    traffic[kind] = new Traffic(peer.connection.createDataChannel(kind, options));
  }
  peer.onstate = (state) => show(state, state === 'connected' ? 'good' : 'wait');
  peer.onfail = (reason) => {
    end();
    show('failed', 'bad');
    $('error-line').textContent = reason;
  };
  // Told before the offer: the relay begins with it.
  peer.onopen = tellConditions;
  peer.open(withToken('/lab', pageToken()));
  lab.timers.push(setInterval(() => all((it) => it.send(performance.now())), SEND_MS));
  lab.timers.push(setInterval(sample, SAMPLE_MS));
  show('connecting', 'wait');
  running(true);
}

function all(action) {
  Object.values(lab.traffic).forEach(action);
}

function sample() {
  const latency = {};
  const missing = {};
  for (const [kind, traffic] of Object.entries(lab.traffic)) {
    const seen = traffic.sample(performance.now());
    latency[kind] = seen.slowestMs;
    missing[kind] = seen.missing;
    $(`latency-${kind}`).textContent = format.milliseconds(seen.slowestMs);
    $(`missing-${kind}`).textContent = format.percent(seen.missing);
    const { sent, back, overtaken } = traffic;
    $(`count-${kind}`).textContent = `${sent} sent, ${back} came back, ${overtaken} overtaken by a later one.`;
  }
  plots.latency.add(latency);
  plots.missing.add(missing);
}

function tellConditions() {
  const [loss, rttMs] = [Number($('loss').value), Number($('rtt').value)];
  $('loss-value').textContent = `${loss} %`;
  $('rtt-value').textContent = `${rttMs} ms`;
  lab?.peer.tell({ type: 'conditions', loss: loss / 100, rttMs });
}

function end() {
  if (!lab) return;
  lab.timers.forEach(clearInterval);
  lab.peer.close();
  lab = null;
  running(false);
}

function show(text, kind) {
  tellState($('connection-state'), text, kind);
}

$('start').onclick = start;
$('stop').onclick = () => {
  end();
  show('stopped', 'wait');
};
$('loss').oninput = $('rtt').oninput = tellConditions;
tellConditions();
addEventListener('pagehide', end);
