/** The host of an address that may lack its scheme; empty where it is none. */
export function hostName(address: string): string {
  const url = address.includes('://') ? address : `http://${address}`;
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

/**
 * This machine itself. Not `*.localhost`: browsers keep those names here, but elsewhere a resolver may be asked for
 * them and answer as it likes.
 */
export function isLoopback(address: string): boolean {
  const name = hostName(address);
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
