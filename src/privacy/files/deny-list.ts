import { foldName } from './paths';

/**
 * Files that never go to a cloud, whatever the settings say and however they were chosen. By name alone, so that
 * the check needs no disk. Case never matters. Sources: the ignore lists of git's and GitHub's own templates, the
 * default paths in each tool's documentation.
 *
 * `.env.example` and its like are denied with the rest of `.env*`: people do put real values in them, and one
 * that holds none loses little by staying here.
 */
const NAMES = new Set(
  `
  .netrc _netrc .pgpass .my.cnf .mylogin.cnf .npmrc .yarnrc .yarnrc.yml .pypirc .gem/credentials .git-credentials
  .htpasswd .htdigest .dockercfg .dockerconfigjson .vault-token .vault_pass .vault-pass .vaultpass .s3cfg .boto
  .passwd .pass .password .passwords .secret .secrets .token .authinfo .authinfo.gpg .flaskenv .ftpconfig .sftpconfig
  .remote-sync.json .esmtprc .msmtprc .fetchmailrc .mailrc .rhosts .terraformrc terraform.rc .curlrc .wgetrc .databrickscfg
  .snowsql .bash_history .zsh_history .python_history .node_repl_history .psql_history .mysql_history .sqlite_history
  .rediscli_history .irb_history .lesshst
  credentials credentials.json credentials.csv credentials.tfrc.json credentials.yml credentials.yaml credentials.toml
  credentials.yml.enc master.key kubeconfig secring.gpg pubring.kbx accesskeys.csv rootkey.csv
  client_secret.json client_secrets.json google-credentials.json gcloud-credentials.json
  application_default_credentials.json access_tokens.db accesstokens.json azureprofile.json msal_token_cache.json
  servicestore.json passwords.txt passwords.csv secrets.txt
  dockerconfig.json wp-config.php local_settings.py settings.local.php localsettings.php database.yml
  local.settings.json appsettings.secrets.json secrets.json sa.json vault.yml vault.yaml
  logins.json key3.db key4.db cookies.sqlite login.keychain login.keychain-db authorized_keys known_hosts
  id_rsa id_dsa id_ecdsa id_ecdsa_sk id_ed25519 id_ed25519_sk id_xmss ssh_host_key identity
  wallet.dat hub hosts.yml
  `
    .trim()
    .split(/\s+/),
);
// Names above that are only telling in a certain folder; elsewhere they are ordinary words.
const ORDINARY_ELSEWHERE = new Map([
  ['hub', /\/\.config\/hub$/],
  ['hosts.yml', /\/(?:\.config\/)?gh\/hosts\.yml$/],
  ['identity', /\/\.ssh\/identity$/],
]);

const EXTENSIONS = new Set(
  `
  pem key p8 p12 pfx pkcs12 p7b p7c p7s crt cer cert der csr crl jks jceks bks keystore truststore ks ppk asc gpg pgp
  kdb kdbx kwallet keychain keychain-db agilekeychain opvault 1pux tfstate tfvars ovpn mobileprovision provisionprofile
  age rdp jwk jwks sops snk keytab
  `
    .trim()
    .split(/\s+/),
);

const PATTERNS: readonly RegExp[] = [
  /^\.env/, // .env, .env.local, .envrc, .env.example
  /\.env$/, // production.env
  /^env\.(?:local|production|prod|staging|development|dev)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)/, // id_rsa.bak, id_ed25519_work
  /^ssh_host_.*_key$/,
  /(?:^|[._-])secrets?\.(?:ya?ml|json|toml|ini|properties|xml|conf|cfg|enc|txt)$/,
  /^secrets?[._-].*\.(?:ya?ml|json|toml|ini|properties|xml|conf|cfg|enc|txt)$/,
  /(?:^|[._-])service[._-]?account.*\.(?:json|ya?ml)$/,
  /^(?:client_secret|google-services-credentials|gcp-key|firebase-adminsdk).*\.json$/,
  /-firebase-adminsdk-.*\.json$/,
  /(?:^|[._-])credentials?\.(?:ya?ml|json|toml|ini|properties|xml|conf|cfg|csv|txt)$/,
  /(?:^|[._-])kubeconfig(?:[._-].*)?$/,
  /\.tfstate(?:\..*)?$/, // terraform.tfstate.backup, .1700000000.backup
  /\.tfvars(?:\.json)?$/,
  /^\.?htpasswd/,
  /^\.?(?:netrc|git-credentials|pgpass|npmrc|pypirc|env)(?:[._-](?:bak|backup|old|orig|save|swp|local)|~)$/,
  /^appsettings\..*secret.*\.json$/,
  /\.(?:pem|key|p12|pfx|jks|kdbx|keystore)(?:\.(?:bak|backup|old|orig|enc)|~)$/,
];

/** Anything inside these. */
const FOLDERS =
  /\/(?:\.env(?:[._-][^/]*)?|\.ssh|\.aws|\.azure|\.gnupg|\.kube|\.secrets|\.gcloud|\.oci|\.aliyun|\.vault|\.password-store|\.terraform\.d|\.config\/(?:gcloud|gh|hub|op|rclone|doctl|configstore|azure)|gcloud\/(?:credentials|legacy_credentials)|\.gem\/credentials|\.cargo\/credentials(?:\.toml)?|\.composer\/auth\.json|\.m2\/settings(?:-security)?\.xml|\.gradle\/gradle\.properties|\.docker\/config\.json|\.git|library\/keychains)(?:\/|$)/;

/** Code whose name merely sounds like a store of keys. */
const CODE =
  /\.(?:c|cc|cpp|cs|css|dart|ex|exs|fs|go|h|hpp|html|java|js|jsx|kt|lua|m|md|mjs|cjs|php|pl|py|r|rb|rs|scala|scss|sh|sql|svelte|swift|ts|tsx|mts|cts|vue|zig)$/;
const CODE_STAYS_DENIED = new Set([
  'wp-config.php',
  'local_settings.py',
  'settings.local.php',
  'localsettings.php',
]);

/** True for files that hold keys, certificates or credentials by their name. `path` is absolute. */
export function isDeniedFile(path: string): boolean {
  const names = path.split('/').map(foldName);
  // Where the file system has no streams, what follows the colon is part of the name.
  return (
    isDenied(names) ||
    (path.includes(':') && isDenied(path.split('/').map((n) => foldName(n.replaceAll(':', '_')))))
  );
}

function isDenied(names: readonly string[]): boolean {
  const folded = names.join('/');
  if (FOLDERS.test(folded)) return true;
  const name = names.at(-1) ?? '';
  if (CODE_STAYS_DENIED.has(name) || /^\.env/.test(name)) return true;
  if (CODE.test(name)) return false;
  const only = ORDINARY_ELSEWHERE.get(name);
  if (only !== undefined) return only.test(folded);
  if (NAMES.has(name)) return true;
  const dot = name.lastIndexOf('.');
  if (dot >= 0 && EXTENSIONS.has(name.slice(dot + 1))) return true;
  return PATTERNS.some((pattern) => pattern.test(name));
}
