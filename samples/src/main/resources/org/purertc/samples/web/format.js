/** Numbers as people read them. MB are 10^6 bytes, as on the command line. */

export function size(bytes) {
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** How far it is; nobody may know the total, which is null then. */
export function progress(bytes, totalBytes, bytesPerSecond) {
  const of = totalBytes === null ? '' : ` of ${size(totalBytes)}`;
  const done = `${size(bytes)}${of}, ${speed(bytesPerSecond)}`;
  if (totalBytes === null || bytes >= totalBytes || bytesPerSecond === 0) return done;
  return `${done}, ${duration((totalBytes - bytes) / bytesPerSecond)} left`;
}

export function rate(bytes, totalBytes, seconds) {
  return progress(bytes, totalBytes, seconds > 0 ? bytes / seconds : 0);
}

export function speed(bytesPerSecond) {
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
}

/** Rounded up to whole seconds. */
export function duration(seconds) {
  const all = Math.ceil(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3600)} h ${Math.floor((all % 3600) / 60)} min`;
}

export function milliseconds(value) {
  if (value === null || value === undefined) return '–';
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
}

export function bitrate(bitsPerSecond) {
  if (bitsPerSecond === null || bitsPerSecond === undefined) return '–';
  if (bitsPerSecond < 1e6) return `${(bitsPerSecond / 1e3).toFixed(0)} kbit/s`;
  return `${(bitsPerSecond / 1e6).toFixed(2)} Mbit/s`;
}

/** A share from 0 to 1. */
export function percent(share) {
  if (share === null || share === undefined) return '–';
  return `${(share * 100).toFixed(1)} %`;
}
