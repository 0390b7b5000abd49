/** Numbers as people read them. MB are 10^6 bytes, as on the command line. */

export function size(bytes) {
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

export function rate(bytes, totalBytes, seconds) {
  const speed = seconds > 0 ? bytes / seconds : 0;
  const done = `${size(bytes)} of ${size(totalBytes)}, ${(speed / 1e6).toFixed(1)} MB/s`;
  if (bytes >= totalBytes || speed === 0) return done;
  return `${done}, ${Math.ceil((totalBytes - bytes) / speed)} s left`;
}

export function milliseconds(value) {
  if (value === null || value === undefined) return '–';
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
}
