/** Why a file, or a whole request, may not go to a cloud. */
export type BlockRule =
  | 'denied-file' // .env, keys, certificates, credentials
  | 'git-ignored'
  | 'switchyard-ignored'
  | 'settings-excluded'
  | 'outside-workspace'
  | 'symlink-leads-out'
  | 'offline'
  | 'restricted-mode'
  | 'organisation-policy'
  | 'declined-at-preview';

/** What the privacy filter did to one prompt: counts and names, never the text itself. */
export interface PrivacyReport {
  /** Secrets replaced by placeholders, by kind (`github-token`, `private-key`, …). */
  readonly redactions: Readonly<Record<string, number>>;
  /** Context files left out, by rule; paths relative to the workspace. */
  readonly blocked: readonly { readonly path: string; readonly rule: BlockRule }[];
}

export const NOTHING_TO_REPORT: PrivacyReport = { redactions: {}, blocked: [] };
