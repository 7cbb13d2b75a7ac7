export type DownloadFailure =
  | 'no-network'
  | 'not-found'
  | 'refused' // the hub wants a sign-in, or limits the rate
  | 'disk-full'
  | 'wrong-content' // size or checksum differ from what the hub promised
  | 'busy' // another window downloads it
  | 'paused' // by the user, in the middle of it
  | 'cancelled' // before it began
  | 'file-system';

/** A download that did not end with a whole, verified file. The message is for the user. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(
    readonly kind: DownloadFailure,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
