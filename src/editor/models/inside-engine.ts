import type { InsideProvider } from '../../models/inside/provider';
import type { EngineLook, LocalEngine } from './local-engine';

const INSIDE = { provider: 'inside', name: 'the engine inside' } as const;

export const insideEngine = (inside: InsideProvider): LocalEngine => ({
  ...INSIDE,
  look: () => look(inside),
  local: (id) => inside.local(id),
  warm: (id) => inside.warm(id),
});

async function look(inside: InsideProvider): Promise<EngineLook> {
  const state = await inside.probe();
  return { ...INSIDE, state, installed: state.kind === 'ready' ? await inside.list() : [] };
}
