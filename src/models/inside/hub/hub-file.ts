import { DownloadError } from './download-error';

/** What the hub says of a file before it is downloaded. */
export interface HubFile {
  /** Where the hub gives it out; redirects to wherever it is stored. */
  readonly url: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface HubAddress {
  readonly repository: string;
  readonly file: string;
  /** `https://huggingface.co`, or a mirror of it. */
  readonly hub?: string;
}

/** In ms. */
const ANSWER_MS = 15_000;
/** A repository may have been renamed, and its new place too. */
const MOST_HOPS = 3;

/** `HF_ENDPOINT` names a mirror, as for the hub's own tools. */
const hubOf = ({ hub }: HubAddress): string =>
  (hub ?? process.env['HF_ENDPOINT']?.trim() ?? '').replace(/\/+$/, '') || 'https://huggingface.co';

/**
 * Asks the hub for size and checksum of a file, which are in the headers of its redirect to the storage
 * (`x-linked-size`, `x-linked-etag`: huggingface_hub's `get_hf_file_metadata`). Throws `DownloadError`.
 */
export async function askHub(address: HubAddress, signal?: AbortSignal): Promise<HubFile> {
  const url = `${hubOf(address)}/${address.repository}/resolve/main/${encodeURIComponent(address.file)}`;
  let at = url;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const response = await head(at, signal);
    const described = describe(url, response.headers);
    if (described !== undefined) return described;
    const next = response.headers.get('location');
    if (next !== null && response.status >= 300 && response.status < 400) at = new URL(next, at).href;
    else throw refusal(response.status, address);
  }
  throw new DownloadError('not-found', 'The hub sends from one address to the next without an end.');
}

async function head(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(ANSWER_MS);
  try {
    return await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      headers: { 'accept-encoding': 'identity' },
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
  } catch (error) {
    if (signal?.aborted === true) throw new DownloadError('cancelled', 'Cancelled.');
    throw noNetwork(url, error);
  }
}

function describe(url: string, headers: Headers): HubFile | undefined {
  const sha256 = sha256Of(headers.get('x-linked-etag')) ?? sha256Of(headers.get('etag'));
  const size = Number(headers.get('x-linked-size') ?? headers.get('content-length'));
  if (sha256 === undefined || !Number.isSafeInteger(size) || size <= 0) return undefined;
  return { url, sha256, sizeBytes: size };
}

/** The etag of a small file is a git hash, of 40 digits; that is no checksum of its content. */
const sha256Of = (etag: string | null): string | undefined =>
  /^(?:W\/)?"?([0-9a-f]{64})"?$/i.exec(etag ?? '')?.[1]?.toLowerCase();

function refusal(status: number, { repository, file }: HubAddress): DownloadError {
  if (status === 404) return new DownloadError('not-found', `The hub has no file ${file} in ${repository}.`);
  if (status === 401 || status === 403)
    return new DownloadError(
      'refused',
      `The hub gives ${repository} only to those who sign in (${String(status)}).`,
    );
  if (status === 429)
    return new DownloadError('refused', 'The hub limits the rate; try again in a while (429).');
  if (status >= 200 && status < 300)
    return new DownloadError(
      'wrong-content',
      `The hub gives no checksum for ${file}, so it is not downloaded.`,
    );
  return new DownloadError('refused', `The hub answered with status ${String(status)}.`);
}

export const noNetwork = (url: string, cause: unknown): DownloadError =>
  new DownloadError(
    'no-network',
    `${new URL(url).host} cannot be reached. Is there a network, or a proxy to be set?`,
    cause,
  );
