/** What the server asks for, if it asks: the pages take it from their address, /page#token=…. */
export const pageToken = () =>
  new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;

/** A path of the server, with the token in its query. */
export function withToken(path, token) {
  if (!token) return path;
  return `${path}${path.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
}
