import { describe, expect, it } from 'vitest';
import { localHealth } from '../../../src/editor/core/status-input';

const reason = 'Ollama is not running.';

describe('the health of the local track', () => {
  it('is down where the engine was seen to be down, before any call failed', () => {
    const seen = { provider: 'ollama', state: { kind: 'down', reason } } as const;
    expect(localHealth(seen, new Map())).toEqual({ kind: 'down', reason });
  });

  it('is not set up where no engine is there', () => {
    const seen = { provider: 'ollama', state: { kind: 'unconfigured', reason } } as const;
    const refused = { kind: 'down', since: 1, reason, nextProbeAt: 2 } as const;
    expect(localHealth(seen, new Map())).toEqual({ kind: 'unconfigured', reason });
    expect(localHealth(seen, new Map([['local:ollama', refused]]))).toEqual({ kind: 'unconfigured', reason });
  });

  it('is what calls have shown since, if that is worse', () => {
    const seen = { provider: 'ollama', state: { kind: 'ready' } } as const;
    const down = { kind: 'down', since: 1, reason: 'it does not answer', nextProbeAt: 2 } as const;
    expect(localHealth(seen, new Map([['local:ollama', down]]))).toEqual(down);
    expect(localHealth(seen, new Map())).toEqual({ kind: 'up' });
  });
});
