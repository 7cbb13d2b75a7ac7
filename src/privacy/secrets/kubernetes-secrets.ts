import type { Finding } from './finding';
import { isStandIn } from './likely-secret';

const KIND = /^[ \t]*-?[ \t]*kind:[ \t]*["']?Secret["']?[ \t]*\r?$|"kind"\s{0,3}:\s{0,3}"Secret"/m;
/** The fields under `data:` or `stringData:`: whatever they are called, their values are what the manifest hides. */
const YAML_DATA = /^([ \t]*)(?:data|stringData):[ \t]*\r?\n((?:\1[ \t]+[^\n]*\n?|[ \t]*\r?\n)+)/gm;
const YAML_FIELD = /^[ \t]+["']?[\w.-]{1,253}["']?:[ \t]+["']?([^\s"'#|>][^\s"']{3,})["']?[ \t]*\r?$/gm;
const YAML_BLOCK_LINE = /^[ \t]+([A-Za-z0-9+/=]{16,})[ \t]*\r?$/gm;
const JSON_DATA = /"(?:data|stringData)"\s{0,3}:\s{0,3}\{([^{}]{1,100000})\}/g;
const JSON_FIELD = /"[\w.-]{1,253}"\s{0,3}:\s{0,3}"([^"\n]{4,})"/g;

/** Values of Kubernetes' `Secret` manifests, in YAML and in JSON. */
export function findKubernetesSecrets(text: string): Finding[] {
  if (!text.includes('Secret') || !KIND.test(text)) return [];
  const found: Finding[] = [];
  const collect = (area: string, from: number, fields: RegExp): void => {
    for (const match of area.matchAll(fields)) {
      const value = match[1] ?? '';
      if (isStandIn(value)) continue;
      const start = from + match.index + match[0].lastIndexOf(value);
      found.push({ start, end: start + value.length, kind: 'kubernetes-secret' });
    }
  };
  for (const match of text.matchAll(YAML_DATA)) {
    const area = match[2] ?? '';
    const from = match.index + match[0].length - area.length;
    collect(area, from, YAML_FIELD);
    collect(area, from, YAML_BLOCK_LINE);
  }
  for (const match of text.matchAll(JSON_DATA)) {
    const area = match[1] ?? '';
    collect(area, match.index + match[0].lastIndexOf(area), JSON_FIELD);
  }
  return found;
}
