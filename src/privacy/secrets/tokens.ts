import { denseRuns } from './dense-runs';
import type { Finding, Search } from './finding';
import { findInView } from './view';

/** A token that its issuer made recognisable. */
interface TokenShape {
  readonly kind: string;
  /** A literal part of every one, looked for first. */
  readonly sign: string;
  /** The token begins with its sign. */
  readonly opens: boolean;
  readonly shape: RegExp;
}

const token = (kind: string, sign: string, body: string): TokenShape => {
  const opens = body.replaceAll('\\', '').startsWith(sign);
  return {
    kind,
    sign,
    opens,
    shape: new RegExp(opens ? body : `(?<![A-Za-z0-9])${body}`, opens ? 'y' : 'g'),
  };
};

/**
 * Lengths are lower bounds well under the issuer's, so that a token somebody cut short is found as well: what is
 * left of it is still most of the secret. Sources: the issuers' own documentation and GitHub's list of
 * secret-scanning patterns.
 */
const TOKENS: readonly TokenShape[] = [
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA', 'AROA', 'AIDA'].map((sign) =>
    token('aws-key-id', sign, `${sign}[A-Z0-9]{12,20}(?![A-Za-z0-9])`),
  ),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((sign) =>
    token('github-token', sign, `${sign}[A-Za-z0-9_.-]{16,}`),
  ),
  token('github-token', 'github_pat_', 'github_pat_[A-Za-z0-9_]{16,}'),
  token(
    'gitlab-token',
    'gl',
    'gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt)-[A-Za-z0-9_.-]{16,}',
  ),
  token('gitlab-token', 'GR1348941', 'GR1348941[A-Za-z0-9_-]{16,}'),
  token('slack-token', 'xox', 'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}'),
  token('slack-token', 'xapp-', 'xapp-[0-9]-[A-Za-z0-9-]{10,}'),
  token(
    'slack-webhook',
    'hooks.slack.com/',
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{16,}',
  ),
  token('anthropic-key', 'sk-ant-', 'sk-ant-[A-Za-z0-9_-]{16,}'),
  token('openai-key', 'sk-', 'sk-(?:proj|svcacct|admin|None|or-v1)-[A-Za-z0-9_-]{16,}'),
  token('openai-key', 'sk-', 'sk-(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{32,}'),
  token('google-key', 'AIza', 'AIza[A-Za-z0-9_-]{30,}'),
  token('google-key', 'GOCSPX-', 'GOCSPX-[A-Za-z0-9_-]{16,}'),
  token('google-key', 'ya29.', 'ya29\\.[A-Za-z0-9_-]{20,}'),
  token('google-key', 'AQ.Ab', 'AQ\\.Ab[A-Za-z0-9_-]{30,}'),
  token('google-key', '1//0', '1//0[A-Za-z0-9_-]{30,}'),
  token('hugging-face-token', 'hf_', 'hf_(?=[a-z]{0,40}[A-Z0-9])[A-Za-z0-9]{24,}'),
  token('hugging-face-token', 'api_org_', 'api_org_[A-Za-z0-9]{24,}'),
  token('stripe-key', '_live_', '(?:sk|rk)_live_[A-Za-z0-9]{10,}'),
  token('stripe-key', '_test_', '(?:sk|rk)_test_[A-Za-z0-9]{16,}'),
  token('stripe-key', 'whsec_', 'whsec_[A-Za-z0-9+/=]{20,}'),
  token('npm-token', 'npm_', 'npm_(?=[a-z]{0,40}[A-Z0-9])[A-Za-z0-9]{24,}'),
  token('pypi-token', 'pypi-', 'pypi-[A-Za-z0-9_-]{32,}'),
  token('sendgrid-key', 'SG.', 'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'),
  token('twilio-key', 'SK', 'SK[0-9a-f]{32}(?![0-9a-f])'),
  token('mailgun-key', 'key-', 'key-[0-9a-f]{32}(?![0-9a-f])'),
  token('digitalocean-token', '_v1_', 'do[opr]_v1_[a-f0-9]{32,}'),
  token('telegram-token', ':AA', '(?:bot)?[0-9]{8,10}:AA[A-Za-z0-9_-]{32,}'),
  token('telegram-token', '/bot', 'bot[0-9]{8,10}:[A-Za-z0-9_-]{32,}'),
  token('shopify-token', 'shp', 'shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{24,}'),
  token('databricks-token', 'dapi', 'dapi[a-f0-9]{32}'),
  token('vault-token', 'hv', 'hv[sbr]\\.[A-Za-z0-9_-]{20,}'),
  token('age-key', 'AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-1[0-9A-Za-z]{20,}'),
  token('groq-key', 'gsk_', 'gsk_[A-Za-z0-9]{30,}'),
  token('xai-key', 'xai-', 'xai-[A-Za-z0-9]{30,}'),
  token('perplexity-key', 'pplx-', 'pplx-[A-Za-z0-9]{30,}'),
  token('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}'),
  token('docker-token', 'dckr_', 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,}'),
  token('atlassian-token', 'ATATT3', 'ATATT3[A-Za-z0-9_=-]{30,}'),
  token('grafana-token', 'gl', 'gl(?:c|sa)_[A-Za-z0-9+/_=]{24,}'),
  token('sentry-token', 'sntry', 'sntry[su]_[A-Za-z0-9+/_=]{24,}'),
  token('linear-key', 'lin_', 'lin_(?:api|oauth)_[A-Za-z0-9]{24,}'),
  token('notion-token', 'ntn_', 'ntn_[A-Za-z0-9]{32,}'),
  token('doppler-token', 'dp.', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9._-]{24,}'),
  token('supabase-token', 'sbp_', 'sbp_[a-f0-9]{32,}'),
  token('planetscale-token', 'pscale_', 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{24,}'),
  token('new-relic-key', 'NRAK-', 'NRAK-[A-Z0-9]{20,}'),
  token('postman-key', 'PMAK-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{20,}'),
  token('pulumi-token', 'pul-', 'pul-[a-f0-9]{40}(?![a-f0-9])'),
  token('terraform-token', '.atlasv1.', '[A-Za-z0-9]{10,20}\\.atlasv1\\.[A-Za-z0-9_=-]{40,}'),
  token('fly-token', 'fm2_', 'fm2_[A-Za-z0-9+/=]{40,}'),
  token('airtable-token', 'pat', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{40,}'),
  token('figma-token', 'fig', 'fig[dur]_[A-Za-z0-9_-]{32,}'),
  token('flutterwave-key', 'FLWSECK', 'FLWSECK(?:_TEST)?-[a-f0-9]{30,}-X'),
  token('mailchimp-key', '-us', '[a-f0-9]{32}-us[0-9]{1,2}(?![A-Za-z0-9])'),
  token('brevo-key', 'xkeysib-', 'xkeysib-[a-f0-9]{40,}-[A-Za-z0-9]{10,}'),
  token('dropbox-token', 'sl.', 'sl\\.(?:u\\.)?[A-Za-z0-9_-]{100,}'),
  token('azure-devops-token', 'AZDO', '[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}'),
  token('buildkite-token', 'bk', 'bk(?:ua|ia|aj|pt|ct)_[a-f0-9]{36,}'),
  token('tailscale-key', 'tskey-', 'tskey-[a-z]{2,12}-[A-Za-z0-9]{8,}-[A-Za-z0-9]{16,}'),
  token('netlify-token', 'nfp_', 'nfp_[A-Za-z0-9]{30,}'),
  token('contentful-token', 'CFPAT-', 'CFPAT-[A-Za-z0-9_-]{36,}'),
  token('rubygems-key', 'rubygems_', 'rubygems_[a-f0-9]{40,}'),
  token('nuget-key', 'oy2', 'oy2[a-z0-9]{43}(?![A-Za-z0-9])'),
  token('crates-token', 'cio', 'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])'),
  token('artifactory-key', 'AKCp', 'AKCp[A-Za-z0-9]{60,}'),
  token('mapbox-token', 'sk.ey', 'sk\\.ey[A-Za-z0-9_-]{40,}\\.[A-Za-z0-9_-]{16,}'),
  token('langsmith-key', 'lsv2_', 'lsv2_(?:pt|sk)_[a-f0-9]{30,}_[a-f0-9]{8,}'),
  token('cerebras-key', 'csk-', 'csk-[a-z0-9]{40,}'),
  token('tavily-key', 'tvly-', 'tvly-(?=[A-Za-z-]{0,24}[0-9])[A-Za-z0-9-]{28,}'),
  token('yandex-key', 'AQVN', 'AQVN[A-Za-z0-9_-]{35,}'),
  token('asana-token', ':', '[012]/[0-9]{15,17}:[a-f0-9]{32}'),
  token('square-token', 'sq0', 'sq0(?:atp|csp)-[A-Za-z0-9_-]{20,}'),
  token('facebook-token', 'EAA', 'EAA[A-Za-z0-9]{40,}'),
  token('firebase-token', ':APA91b', '[A-Za-z0-9_-]{8,}:APA91b[A-Za-z0-9_-]{80,}'),
  token(
    'discord-webhook',
    '/api/webhooks/',
    'discord(?:app)?\\.com/api/webhooks/[0-9]{15,22}/[A-Za-z0-9_-]{40,}',
  ),
  // The account's id as digits in base64, a date, a signature.
  token('discord-token', '.', '[MNO][A-Za-z0-9_-]{22,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}'),
  token('azure-secret', '8Q~', '[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,}'),
  // Three parts of a signed token, or the five of an encrypted one; the first two begin with `{"` in base64url.
  token(
    'jwt',
    'eyJ',
    'eyJ[A-Za-z0-9_-]{8,}\\.(?:eyJ[A-Za-z0-9_-]{8,}|[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]{8,}){2})\\.[A-Za-z0-9_-]{8,}',
  ),
];

/** With blanks in them. */
const SPACED: readonly TokenShape[] = [
  token('npm-token', '_auth', '_auth(?:Token)?\\s*=\\s*["\']?[A-Za-z0-9_.+/=-]{12,}'),
  token('npm-token', '_password', '_password\\s*=\\s*["\']?[A-Za-z0-9+/=]{12,}'),
  token('okta-token', 'SSWS ', 'SSWS 00[A-Za-z0-9_-]{36,}'),
];

export const findTokens: Search = (text) => [
  ...findInView(denseRuns(text), [(runs) => findShapes(runs, TOKENS)]),
  ...findShapes(text, SPACED),
];

function findShapes(text: string, shapes: readonly TokenShape[]): Finding[] {
  const found: Finding[] = [];
  for (const { kind, sign, opens, shape } of shapes) {
    // A literal search is some fifty times faster than the pattern, and most texts hold no sign at all.
    let at = text.indexOf(sign);
    if (at < 0) continue;
    if (opens) {
      while (at >= 0) {
        const end = ALPHANUMERIC.test(text.charAt(at - 1)) ? at : endOf(shape, text, at);
        if (end > at) found.push({ start: at, end, kind });
        // On behind a token: signs inside it would each be read to its end again.
        at = text.indexOf(sign, Math.max(at + 1, end));
      }
    } else {
      for (const match of text.matchAll(shape)) {
        found.push({ start: match.index, end: match.index + match[0].length, kind });
      }
    }
  }
  return found;
}

const ALPHANUMERIC = /[A-Za-z0-9]/;

function endOf(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return shape.test(text) ? shape.lastIndex : at;
}
