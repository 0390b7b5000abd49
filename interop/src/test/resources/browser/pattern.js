// A picture that says which frame it is and when it was drawn, in blocks that survive compression.
//
// Six rows of eight black or white blocks hold 48 bits, the highest first: the frame's number (16),
// the time of drawing in tenths of a millisecond (24), and a CRC-8 of those. A seventh row is red,
// green and blue. Numbers wrap: frames after 65,536, times after 1,677 s.
"use strict";

const PATTERN_COLUMNS = 8;
const PATTERN_BIT_ROWS = 6;
const PATTERN_ROWS = PATTERN_BIT_ROWS + 1;
const PATTERN_TIMES = 1 << 24;
const PATTERN_COLOURS = ["#d02020", "#20b020", "#2020d0"];
const PATTERN_CELL = 8; // pixels of a block when it is read

// The same clock in all pages of a machine.
function tenthsNow() {
  return Math.round((performance.timeOrigin + performance.now()) * 10) % PATTERN_TIMES;
}

function crc8(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

function patternBytes(counter, tenths) {
  const bytes = [counter >> 8, counter & 0xff, tenths >> 16, (tenths >> 8) & 0xff, tenths & 0xff];
  return [...bytes, crc8(bytes)];
}

function drawPattern(canvas, counter) {
  const context = canvas.getContext("2d", { alpha: false });
  const width = canvas.width / PATTERN_COLUMNS;
  const height = canvas.height / PATTERN_ROWS;
  patternBytes(counter & 0xffff, tenthsNow()).forEach((byte, row) => {
    for (let column = 0; column < PATTERN_COLUMNS; column++) {
      context.fillStyle = (byte >> (7 - column)) & 1 ? "#e0e0e0" : "#202020";
      context.fillRect(column * width, row * height, width + 1, height + 1);
    }
  });
  PATTERN_COLOURS.forEach((colour, i) => {
    context.fillStyle = colour;
    const third = canvas.width / PATTERN_COLOURS.length;
    context.fillRect(i * third, PATTERN_BIT_ROWS * height, third + 1, height + 1);
  });
}

// A video track of the pattern, with a stop() that ends its clock too.
function patternTrack({ width = 320, height = 180, framesPerSecond = 30 } = {}) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  document.body.append(canvas);
  let counter = 0;
  drawPattern(canvas, counter);
  const [track] = canvas.captureStream().getVideoTracks();
  const clock = setInterval(() => drawPattern(canvas, ++counter), 1000 / framesPerSecond);
  const stop = track.stop.bind(track);
  track.stop = () => {
    clearInterval(clock);
    canvas.remove();
    stop();
  };
  return track;
}

// Reads frames of a <video>.
class PatternReader {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = PATTERN_COLUMNS * PATTERN_CELL;
    this.canvas.height = PATTERN_ROWS * PATTERN_CELL;
    this.context = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  }

  // The mean of the inner part of a block, as [red, green, blue].
  mean(pixels, centreX, centreY) {
    const sum = [0, 0, 0];
    const reach = PATTERN_CELL / 4;
    for (let y = centreY - reach; y < centreY + reach; y++) {
      for (let x = centreX - reach; x < centreX + reach; x++) {
        for (let i = 0; i < 3; i++) sum[i] += pixels[(y * this.canvas.width + x) * 4 + i];
      }
    }
    return sum.map((value) => value / (4 * reach * reach));
  }

  // {counter, drawnTenths, latencyMs, coloursAreRight}, or null when this is no frame of it.
  read(video) {
    const { width, height } = this.canvas;
    this.context.drawImage(video, 0, 0, width, height);
    const now = tenthsNow();
    const pixels = this.context.getImageData(0, 0, width, height).data;
    const half = PATTERN_CELL / 2;
    const bytes = [];
    for (let row = 0; row < PATTERN_BIT_ROWS; row++) {
      let byte = 0;
      for (let column = 0; column < PATTERN_COLUMNS; column++) {
        const x = column * PATTERN_CELL + half;
        const [, green] = this.mean(pixels, x, row * PATTERN_CELL + half);
        byte = (byte << 1) | (green > 128 ? 1 : 0);
      }
      bytes.push(byte);
    }
    // All bits zero is a black picture, and its CRC is zero too.
    if (crc8(bytes.slice(0, 5)) !== bytes[5] || bytes.every((byte) => byte === 0)) return null;
    const drawnTenths = (bytes[2] << 16) | (bytes[3] << 8) | bytes[4];
    const y = PATTERN_BIT_ROWS * PATTERN_CELL + half;
    const coloursAreRight = PATTERN_COLOURS.every((_, i) => {
      const x = Math.round(((i + 0.5) * width) / PATTERN_COLOURS.length);
      const mean = this.mean(pixels, x, y);
      return mean.every((value, j) => j === i || mean[i] > value + 60);
    });
    return {
      counter: (bytes[0] << 8) | bytes[1],
      drawnTenths,
      latencyMs: ((now - drawnTenths) & (PATTERN_TIMES - 1)) / 10,
      coloursAreRight,
    };
  }
}
