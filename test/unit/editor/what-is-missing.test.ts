import { describe, expect, it } from 'vitest';
import { whatIsMissing, type Seen } from '../../../src/editor/core/what-is-missing';

const DOWN = { kind: 'down', reason: 'Ollama is not running.' } as const;
const LOOK = { provider: 'ollama', name: 'Ollama', state: DOWN, installed: [] };

const missing = (seen: Partial<Seen>): string[] =>
  whatIsMissing({
    local: { state: DOWN, looks: [LOOK] },
    ollamaEndpoint: 'http://127.0.0.1:11434',
    engineInside: false,
    hasKey: true,
    ...seen,
  }).map(({ action }) => action);

describe('what is missing', () => {
  it('is nothing known before the engines were looked at', () => {
    expect(missing({ local: { state: DOWN, looks: [] } })).toEqual([]);
  });

  it('is Ollama, to be started where it would run on this machine', () => {
    expect(missing({})).toEqual(['startLocal']);
  });

  it('is an Ollama elsewhere, which cannot be started from here', () => {
    expect(missing({ ollamaEndpoint: 'http://gpu.example:11434' })).toEqual(['diagnose']);
  });

  it('may be had without Ollama where the package brings an engine', () => {
    expect(missing({ engineInside: true })).toEqual(['startLocal', 'downloadModel']);
  });

  it('is a model for completions where the engine has none', () => {
    expect(missing({ local: { state: { kind: 'ready' }, looks: [LOOK] } })).toEqual(['pullModel']);
  });

  it('is a real model where a stand-in answers', () => {
    const ref = { provider: 'inside', id: 'tiny', place: 'local', standIn: true } as const;
    const abilities = { chat: true, infill: true, thinking: false };
    const complete = { model: { ref, displayName: 'tiny', abilities }, because: '' };
    expect(missing({ local: { state: { kind: 'ready' }, looks: [LOOK], complete } })).toEqual([
      'downloadModel',
    ]);
  });

  it('is a key', () => {
    expect(missing({ hasKey: false })).toEqual(['startLocal', 'enterKey']);
  });
});
