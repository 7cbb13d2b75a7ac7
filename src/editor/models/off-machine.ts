import type { LocalModel } from '../../models/model';

/**
 * Calls to local servers that are not on this machine. The offline switch promises that nothing leaves it, so it ends
 * them as it ends those to a cloud.
 */
export class OffMachineCalls {
  #online = new AbortController();

  /** The model with every call ended by `endAll` as well as by its own signal. */
  watched(model: LocalModel): LocalModel {
    const joined = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, this.#online.signal]);
    const { chat, infill } = model;
    return {
      ...model,
      chat: (prompt, options, signal) => chat(prompt, options, joined(signal)),
      ...(infill !== undefined && {
        infill: (prompt, options, signal) => infill(prompt, options, joined(signal)),
      }),
    };
  }

  endAll(): void {
    this.#online.abort();
    this.#online = new AbortController();
  }
}
