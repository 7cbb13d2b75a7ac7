import type { Frame } from '../stream';
import { digestOf } from './models';

const STEPS = 20;

/** The lines of a download; `have` bytes are there from an earlier one that was broken off. */
export function* pullFrames(
  name: string,
  totalBytes: number,
  have: number,
  stepMs: number,
  got: (bytes: number) => void,
): Generator<Frame> {
  const line = (body: Record<string, unknown>, kind: Frame['kind'] = 'text', afterMs = 0): Frame => ({
    bytes: `${JSON.stringify(body)}\n`,
    kind,
    afterMs,
  });
  yield line({ status: 'pulling manifest' }, 'start');
  const digest = `sha256:${digestOf(name)}`;
  const status = `pulling ${digest.slice(7, 19)}`;
  for (let step = Math.floor((have / totalBytes) * STEPS); step <= STEPS; step += 1) {
    const completed = Math.round((totalBytes * step) / STEPS);
    const frame = line({ status, digest, total: totalBytes, completed }, 'text', stepMs);
    yield { ...frame, sent: () => got(completed) };
  }
  yield line({ status: 'verifying sha256 digest' });
  yield line({ status: 'writing manifest' });
  yield line({ status: 'success' }, 'end');
}
