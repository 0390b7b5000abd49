import { JavaPeer, describe, selectedPair } from './peer.js';
import { PROTOCOL } from './inbox.js';
import { FileReceiver } from './receive.js';
import { MemoryOutput, SingleStore } from './output.js';
import { sendFile } from './send.js';
import { Plot } from './plot.js';
import * as format from './format.js';

const PING_INTERVAL_MS = 500;

const $ = (id) => document.getElementById(id);
const plot = new Plot($('rtt-plot'), $('rtt-top'));

let peer;
let chat;
let ping;
let pingTimer;
let lastPingMs = null;
let savedUrl = null;

function connect() {
  $('error-line').textContent = '';
  $('reconnect-row').hidden = true;
  plot.clear();
  peer = new JavaPeer();
  peer.onstate = showState;
  peer.onfail = failed;
  openChat();
  openPing();
  showState('connecting');
  peer.open('/ws');
}

function showState(state) {
  const line = $('connection-state');
  if (line.textContent !== state) line.textContent = state;
  const good = state === 'connected';
  line.dataset.kind = good ? 'good' : ['failed', 'closed'].includes(state) ? 'bad' : 'wait';
}

function failed(reason) {
  showState('failed');
  enable(false);
  clearInterval(pingTimer);
  $('error-line').textContent = reason;
  $('reconnect-row').hidden = false;
}

function enable(on) {
  for (const id of ['chat-input', 'chat-send', 'send-input', 'fetch-size', 'fetch-button']) {
    $(id).disabled = !on;
  }
}

/* Chat */

function openChat() {
  chat = peer.connection.createDataChannel('chat');
  chat.onopen = () => enable(true);
  chat.onmessage = ({ data }) => say('java', 'Java', data);
}

function say(from, name, text) {
  const item = document.createElement('p');
  item.dataset.from = from;
  const who = document.createElement('b');
  who.textContent = `${name}: `;
  item.append(who, text);
  const log = $('chat-log');
  log.append(item);
  while (log.children.length > 200) log.firstChild.remove();
  log.scrollTop = log.scrollHeight;
}

$('chat-form').onsubmit = (event) => {
  event.preventDefault();
  const text = $('chat-input').value;
  if (text === '' || chat.readyState !== 'open') return;
  chat.send(text);
  say('me', 'You', text);
  $('chat-input').value = '';
};

/* Round-trip time */

function openPing() {
  // A ping that is late is of no use any more: not repeated, not held back.
  ping = peer.connection.createDataChannel('ping', { ordered: false, maxRetransmits: 0 });
  ping.onmessage = ({ data }) => {
    lastPingMs = performance.now() - Number(data);
  };
  ping.onopen = () => {
    clearInterval(pingTimer);
    pingTimer = setInterval(measure, PING_INTERVAL_MS);
  };
}

async function measure() {
  if (ping.readyState !== 'open') return;
  ping.send(String(performance.now()));
  const pair = await selectedPair(peer.connection);
  if (pair) {
    setText('pair-local', describe(pair.local));
    setText('pair-remote', describe(pair.remote));
    setText('selected-pair', kinds(pair));
  }
  plot.add({ ping: lastPingMs, ice: pair?.roundTripMs ?? null });
  $('rtt-ping').textContent = format.milliseconds(lastPingMs);
  $('rtt-ice').textContent = format.milliseconds(pair?.roundTripMs);
}

function setText(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function kinds({ local, remote }) {
  return `${local?.candidateType ?? '?'} here, ${remote?.candidateType ?? '?'} there, over ${local?.protocol ?? '?'}`;
}

/* Files */

function fileChannel() {
  return peer.connection.createDataChannel('file', { protocol: PROTOCOL });
}

/** Shows a running transfer under the elements that begin with `id`. */
function show(id, name) {
  const start = performance.now();
  $(`${id}-hash-local`).textContent = '–';
  $(`${id}-hash-remote`).textContent = '–';
  $(`${id}-verdict`).textContent = '';
  $(`${id}-verdict`).className = '';
  return (bytes, totalBytes) => {
    $(`${id}-progress`).value = totalBytes > 0 ? bytes / totalBytes : 1;
    const seconds = (performance.now() - start) / 1000;
    $(`${id}-rate`).textContent = name + format.rate(bytes, totalBytes, seconds);
  };
}

function verdict(id, { sha256, remoteSha256 }) {
  const equal = sha256 === remoteSha256;
  $(`${id}-hash-local`).textContent = sha256;
  $(`${id}-hash-remote`).textContent = remoteSha256;
  $(`${id}-verdict`).textContent = equal ? 'Both hashes are equal.' : 'The hashes differ.';
  $(`${id}-verdict`).className = equal ? 'good' : 'bad';
}

function broken(id, error) {
  $(`${id}-verdict`).textContent = `Failed: ${error.message}`;
  $(`${id}-verdict`).className = 'bad';
}

function reenable(id) {
  $(id).disabled = chat.readyState !== 'open';
}

$('send-input').onchange = async () => {
  const file = $('send-input').files[0];
  if (!file) return;
  const progress = show('send', `${file.name}: `);
  $('send-input').disabled = true;
  try {
    progress(0, file.size);
    const done = await sendFile(fileChannel(), file, (bytes) => progress(bytes, file.size));
    progress(file.size, file.size);
    verdict('send', done);
  } catch (error) {
    broken('send', error);
  }
  $('send-input').value = '';
  reenable('send-input');
};

$('fetch-button').onclick = async () => {
  const progress = show('fetch', '');
  const output = new MemoryOutput();
  const wish = Number($('fetch-size').value);
  $('fetch-button').disabled = true;
  $('fetch-save').hidden = true;
  if (savedUrl) URL.revokeObjectURL(savedUrl);
  const receiver = new FileReceiver({
    choose: async () => new SingleStore(output),
    onprogress: (bytes) => progress(bytes, wish),
  });
  try {
    progress(0, wish);
    const done = await receiver.run(fileChannel(), { wish });
    verdict('fetch', done);
    savedUrl = URL.createObjectURL(output.blob);
    $('fetch-save').href = savedUrl;
    $('fetch-save').download = done.manifest.entries[0].path;
    $('fetch-save').hidden = false;
  } catch (error) {
    broken('fetch', error);
  }
  receiver.close();
  reenable('fetch-button');
};

$('reconnect').onclick = () => {
  connect();
  $('connection-title').scrollIntoView({ block: 'nearest' });
};
addEventListener('pagehide', () => peer.close());

connect();
