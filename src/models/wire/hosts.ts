/** The host of an address that may lack its scheme; empty where it is none. */
export function hostName(address: string): string {
  const url = address.includes('://') ? address : `http://${address}`;
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

/** This machine itself. */
export function isLoopback(address: string): boolean {
  const name = hostName(address);
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(name)
  );
}
