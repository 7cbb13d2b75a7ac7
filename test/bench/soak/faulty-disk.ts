import { nodeLedgerFs, type AppendFile, type LedgerFs } from '../../../src/ledger/storage/ledger-fs';

/** The real disk, which can be filled up or made read-only for a while. Counts files and watchers that are open. */
export class FaultyDisk {
  trouble: 'full' | 'read-only' | undefined;
  open = 0;
  watchers = 0;

  readonly fs: LedgerFs = {
    ...nodeLedgerFs,
    makeFolder: (path) => this.#unlessReadOnly(() => nodeLedgerFs.makeFolder(path)),
    openAppend: (path) => this.#unlessReadOnly(() => this.#openAppend(path)),
    truncate: (path, size) => this.#unlessReadOnly(() => nodeLedgerFs.truncate(path, size)),
    replace: (path, text, backup) => this.#unlessTroubled(() => nodeLedgerFs.replace(path, text, backup)),
    createExclusive: (path, text) => this.#unlessTroubled(() => nodeLedgerFs.createExclusive(path, text)),
    rename: (from, to) => this.#unlessReadOnly(() => nodeLedgerFs.rename(from, to)),
    remove: (path) => this.#unlessReadOnly(() => nodeLedgerFs.remove(path)),
    watch: (folder, changed) => {
      this.watchers += 1;
      const stop = nodeLedgerFs.watch(folder, changed);
      return () => {
        this.watchers -= 1;
        stop();
      };
    },
  };

  async #openAppend(path: string): Promise<AppendFile> {
    const file = await nodeLedgerFs.openAppend(path);
    this.open += 1;
    return {
      write: async (bytes) => {
        if (this.trouble === undefined) return file.write(bytes);
        // A full disk takes what still fits.
        if (this.trouble === 'full') await file.write(bytes.subarray(0, bytes.length / 2));
        throw this.#error();
      },
      truncate: (size) => file.truncate(size),
      sync: () => file.sync(),
      close: async () => {
        this.open -= 1;
        await file.close();
      },
    };
  }

  #unlessReadOnly<T>(work: () => Promise<T>): Promise<T> {
    return this.trouble === 'read-only' ? Promise.reject(this.#error()) : work();
  }

  #unlessTroubled<T>(work: () => Promise<T>): Promise<T> {
    return this.trouble === undefined ? work() : Promise.reject(this.#error());
  }

  #error(): Error {
    const code = this.trouble === 'full' ? 'ENOSPC' : 'EROFS';
    return Object.assign(new Error(code), { code });
  }
}
