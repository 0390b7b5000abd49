import { JavaPeer } from './peer.js';
import { DiskSink, MemorySink, PROTOCOL, receiveFile } from './transfer.js';
import * as format from './format.js';

/** What a page may hold in memory where it cannot write to disk as the bytes come. */
const MEMORY_LIMIT_BYTES = 1024 ** 3;

const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/$/, '');
const command = `purertc receive ${location.origin}${base}`;
let info;

function fail(reason) {
  $('error-line').textContent = reason;
}

function showState(state) {
  $('connection-state').textContent = state;
  const good = state === 'connected' || state === 'done';
  $('connection-state').dataset.kind = good ? 'good' : state === 'failed' ? 'bad' : 'wait';
}

function canStream() {
  return typeof window.showSaveFilePicker === 'function';
}

async function load() {
  $('download-command').textContent = command;
  try {
    const answer = await fetch(`${base}/info`);
    if (!answer.ok) throw new Error(await answer.text());
    info = await answer.json();
  } catch (error) {
    fail(`The sender is gone: ${error.message}`);
    return;
  }
  document.title = info.name;
  $('file-name').textContent = info.name;
  $('file-size').textContent = format.size(info.size);
  if (!canStream() && info.size > MEMORY_LIMIT_BYTES) {
    fail(
      `This browser can only hold a file in memory here, and more than ${format.size(MEMORY_LIMIT_BYTES)} is too much. Use the command: ${command}`,
    );
    return;
  }
  $('download-button').disabled = false;
}

/** To disk where the browser can; null when the user closed the dialog. */
async function chooseSink() {
  if (!canStream()) return new MemorySink();
  try {
    const file = await window.showSaveFilePicker({ suggestedName: info.name });
    return new DiskSink(await file.createWritable());
  } catch (error) {
    if (error.name === 'AbortError') return null;
    // A name or a place that the browser refuses, or a browser without a screen.
    if (info.size <= MEMORY_LIMIT_BYTES) return new MemorySink();
    throw error;
  }
}

function save(blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = info.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function download() {
  fail('');
  $('download-verdict').textContent = '';
  $('download-button').disabled = true;
  const peer = new JavaPeer();
  try {
    const sink = await chooseSink();
    if (!sink) {
      $('download-button').disabled = false;
      return;
    }
    const channel = peer.connection.createDataChannel('file', { protocol: PROTOCOL });
    peer.onstate = showState;
    const done = await new Promise((resolve, reject) => {
      // The sender ends when it hears that the file is complete: that is no failure.
      peer.onfail = (reason) => sink.complete || reject(new Error(reason));
      receive(channel, sink).then(resolve, reject);
      peer.open(`${base}/ws`);
    });
    if (sink.blob) save(sink.blob);
    showState('done');
    $('download-hash').textContent = done.sha256;
    $('download-verdict').textContent = 'Complete: the SHA-256 is the sender’s.';
    $('download-verdict').className = 'good';
  } catch (error) {
    showState('failed');
    fail(`${error.message}`);
    $('download-button').disabled = false;
  } finally {
    peer.close();
  }
}

function receive(channel, sink) {
  let start = performance.now();
  return receiveFile(
    channel,
    0,
    () => {
      start = performance.now();
      return sink;
    },
    (bytes) => {
      const seconds = (performance.now() - start) / 1000;
      $('download-progress').value = info.size > 0 ? bytes / info.size : 1;
      $('download-rate').textContent = format.rate(bytes, info.size, seconds);
    },
  );
}

$('download-button').onclick = download;
load();
