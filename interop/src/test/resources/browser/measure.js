// What arrives of a pattern (pattern.js) and of a tone, seen in the picture and heard in the sound.
"use strict";

function quantile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

// Looks at each frame that a <video> presents of a track.
class VideoWatch {
  constructor(track) {
    this.reader = new PatternReader();
    this.video = document.createElement("video");
    this.video.muted = true;
    this.video.autoplay = true;
    this.video.playsInline = true;
    this.video.srcObject = new MediaStream([track]);
    document.body.append(this.video);
    this.reset();
    this.look();
  }

  // What comes from now on counts.
  reset() {
    this.startMs = performance.now();
    this.newestMs = this.startMs;
    this.newest = null;
    this.seen = { presented: 0, unreadable: 0, fresh: 0, repeated: 0, backward: 0, skipped: 0 };
    this.coloursAreRight = true;
    this.longestGapMs = 0;
    this.latenciesMs = [];
  }

  look() {
    this.video.requestVideoFrameCallback(() => {
      if (this.video === null) return;
      this.onFrame(this.reader.read(this.video), performance.now());
      this.look();
    });
  }

  onFrame(frame, nowMs) {
    this.seen.presented++;
    if (frame === null) {
      this.seen.unreadable++;
      return;
    }
    this.coloursAreRight &&= frame.coloursAreRight;
    if (this.newest !== null) {
      const laterTenths = (frame.drawnTenths - this.newest.drawnTenths) & (PATTERN_TIMES - 1);
      if (laterTenths === 0) {
        this.seen.repeated++;
        return;
      }
      if (laterTenths >= PATTERN_TIMES / 2) {
        this.seen.backward++;
        return;
      }
      const step = (frame.counter - this.newest.counter) & 0xffff;
      // Another track, which replaced the one before, counts from zero.
      if (step > 0 && step < 0x8000) this.seen.skipped += step - 1;
      this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.newestMs);
    }
    this.seen.fresh++;
    this.newest = frame;
    this.newestMs = nowMs;
    // A long run needs no more than this many.
    if (this.latenciesMs.length < 20000) this.latenciesMs.push(frame.latencyMs);
  }

  // Since the last reset. fresh: frames drawn after all before; skipped: numbers that never came;
  // longestGapMs: the longest time between two fresh frames; latencyMs: from drawing to this page.
  report() {
    const nowMs = performance.now();
    return {
      width: this.video.videoWidth,
      height: this.video.videoHeight,
      ...this.seen,
      newest: this.newest?.counter ?? null,
      newestAgoMs: nowMs - this.newestMs,
      framesPerSecond: (1000 * this.seen.fresh) / (nowMs - this.startMs),
      longestGapMs: this.longestGapMs,
      coloursAreRight: this.coloursAreRight,
      latencyMs: {
        least: quantile(this.latenciesMs, 0),
        median: quantile(this.latenciesMs, 0.5),
        p95: quantile(this.latenciesMs, 0.95),
        most: quantile(this.latenciesMs, 1),
      },
    };
  }

  // Waits for that many fresh frames; false when they do not come in time.
  async sees(frames, limitMs = 20000) {
    const endMs = performance.now() + limitMs;
    while (this.seen.fresh < frames && performance.now() < endMs) await pause(20);
    return this.seen.fresh >= frames;
  }

  stop() {
    this.video.srcObject = null;
    this.video.remove();
    this.video = null;
  }
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

// One for all: a page may have few. Pages must be allowed to play sound unasked (Chromium:
// --autoplay-policy=no-user-gesture-required; Firefox: media.autoplay.default 0), and Firefox needs
// an audio device, be it PulseAudio's null sink.
let sound = null;

async function soundContext() {
  sound ??= new AudioContext({ sampleRate: 48000 });
  await Promise.race([sound.resume(), pause(5000)]);
  if (sound.state !== "running") {
    throw new Error("no sound here: not allowed unasked, or there is no audio device");
  }
  return sound;
}

// An audio track of one tone, with a stop() that ends its oscillator too.
async function toneTrack({ hertz = 440, gain = 0.5 } = {}) {
  const context = await soundContext();
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const level = new GainNode(context, { gain });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(level).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  const stop = track.stop.bind(track);
  track.stop = () => {
    oscillator.stop();
    stop();
  };
  return track;
}

// The strongest frequency of one spectrum, between its bins by a parabola through three of them.
function peak(decibels, hertzPerBin) {
  let best = 2;
  for (let i = 2; i < decibels.length - 1; i++) if (decibels[i] > decibels[best]) best = i;
  const [left, middle, right] = decibels.subarray(best - 1, best + 2);
  const shift = (left - right) / (2 * (left - 2 * middle + right));
  let all = 0;
  let near = 0;
  decibels.forEach((value, i) => {
    const power = 10 ** (value / 10);
    all += power;
    if (Math.abs(i - best) <= 4) near += power;
  });
  return {
    hertz: (best + (Number.isFinite(shift) ? shift : 0)) * hertzPerBin,
    decibels: middle,
    share: all > 0 ? near / all : 0,
  };
}

const analysers = new WeakMap();

// The ear at a track. It stays there: Chromium gives a remote track's sound to WebAudio only while
// an element plays it too, and after a pause it gives what came before the pause first.
async function analyserOf(track) {
  if (!analysers.has(track)) {
    const context = await soundContext();
    const stream = new MediaStream([track]);
    const player = new Audio();
    player.muted = true;
    player.srcObject = stream;
    player.play().catch(() => {});
    const source = context.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    source.connect(analyser);
    analysers.set(track, { analyser, source, player });
  }
  return analysers.get(track).analyser;
}

// Listens to a track. hertz: the strongest tone; share: how much of the power lies around it;
// levelDb: its strength, about -20 for a tone of gain 0.5; silent: share of looks without sound.
async function measureTone(track, ms = 1000) {
  const analyser = await analyserOf(track);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const peaks = [];
  // A window is 171 ms; the first one should hold nothing that was before.
  await pause(200);
  for (const endMs = performance.now() + ms; performance.now() < endMs; await pause(40)) {
    analyser.getFloatFrequencyData(spectrum);
    peaks.push(peak(spectrum, analyser.context.sampleRate / analyser.fftSize));
  }
  const loud = peaks.filter(({ decibels }) => decibels > -60);
  return {
    hertz: quantile(loud.map(({ hertz }) => hertz), 0.5),
    share: quantile(loud.map(({ share }) => share), 0.5),
    levelDb: quantile(loud.map(({ decibels }) => decibels), 0.5),
    silent: peaks.length === 0 ? 1 : 1 - loud.length / peaks.length,
    looks: peaks.length,
  };
}
