import { hostName } from '../wire/hosts';

/**
 * Ollama runs some models not here but at ollama.com: by name, or because the installed model is only a pointer.
 * Their prompts leave the machine, so they are cloud models whoever's program they pass through.
 */
export function runsInCloud(
  name: string,
  remote: { readonly remote_host?: unknown; readonly remote_model?: unknown } = {},
): boolean {
  if (isSet(remote.remote_host) || isSet(remote.remote_model)) return true;
  // The tag is behind the last colon: a registry in front of the name may bring a port of its own.
  const tag = /:([^:/]*)$/.exec(name.toLowerCase())?.[1] ?? '';
  return tag === 'cloud' || tag.endsWith('-cloud');
}

const isSet = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** A server that is itself the cloud: everything asked of it leaves the machine. */
export function isCloudHost(host: string): boolean {
  const name = hostName(host);
  return name === 'ollama.com' || name.endsWith('.ollama.com');
}
