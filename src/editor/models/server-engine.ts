import type { OpenAIProvider } from '../../models/openai/provider';
import type { ModelInfo } from '../../models/provider';
import { SERVER_NAME } from './openai-server';
import type { EngineLook, LocalEngine } from './local-engine';

const SERVER = { provider: 'openai', name: SERVER_NAME } as const;

/** A server that speaks OpenAI's API, on this machine or declared local. `model`: the one the user named, or empty. */
export const serverEngine = (server: OpenAIProvider, model: string): LocalEngine => ({
  ...SERVER,
  look: () => look(server, model),
  local: (id) => server.local(id),
});

async function look(server: OpenAIProvider, model: string): Promise<EngineLook> {
  const state = await server.probe();
  if (state.kind !== 'ready') return { ...SERVER, state, installed: [] };
  const installed = await server.list().catch((): readonly ModelInfo[] => []);
  const named = installed.filter(({ ref }) => ref.id === model);
  return { ...SERVER, state, installed: named.length > 0 ? named : installed };
}
