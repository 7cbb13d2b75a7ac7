import { describe, expect, it } from 'vitest';
import { isDeniedFile } from '../../../../src/privacy/files/deny-list';

const DENIED = `
.env .env.local .env.production .env.example .envrc .ENV .Env.Local production.env config/.env.d/a
server.pem server.key id.p12 id.pfx store.jks store.JKS app.keystore vault.kdbx cert.crt ca.cer chain.der sign.asc
.netrc _netrc .npmrc .yarnrc.yml .pypirc .git-credentials .htpasswd .pgpass .my.cnf .s3cfg .dockercfg .vault-token
.aws/credentials .aws/config .docker/config.json .kube/config kubeconfig dev.kubeconfig kubeconfig.yaml .ssh/config
.ssh/anything .gnupg/x .azure/accessTokens.json .config/gcloud/credentials.db .config/gh/hosts.yml .git/config
.cargo/credentials.toml .gradle/gradle.properties .m2/settings.xml .composer/auth.json .password-store/a/b.txt
id_rsa id_rsa.bak id_ed25519 id_ed25519_work id_ecdsa.old ssh_host_rsa_key authorized_keys
terraform.tfstate terraform.tfstate.backup prod.tfvars prod.auto.tfvars.json .terraformrc
secrets.yml secrets.yaml secrets.json secret.toml app-secrets.yml config/secrets.production.yml my.secrets.ini
service-account.json service_account.json my-service-account-prod.json serviceAccount.json client_secret.json
client_secret_123.apps.googleusercontent.com.json shop-firebase-adminsdk-x1.json application_default_credentials.json
credentials credentials.json db.credentials.yml credentials.csv rootkey.csv accessKeys.csv
master.key database.yml local.settings.json appsettings.secrets.json wp-config.php local_settings.py
logins.json key4.db .bash_history .pem.bak key.pem~ .npmrc.bak
`
  .trim()
  .split(/\s+/);

const FREE = `
src/main.ts README.md package.json environment.ts env.ts src/env/index.ts .envoy/readme.md.ts dotenv.js
keyboard.ts keys.ts src/secrets/find.ts secrets.ts secret.go credentials.ts credentials.py service-account.ts
service_account.py password.ts passwords.go token.rs identity docs/identity.md hub hosts.yml tokens.json auth.json
certificate.ts pem.ts private-keys.ts monkey.txt turkey.json .gitignore .gitattributes .github/workflows/ci.yml
.docker/Dockerfile docker-compose.yml terraform/main.tf settings.json tsconfig.json Makefile test_credentials.py
`
  .trim()
  .split(/\s+/);

describe('files whose name says that they hold keys or credentials', () => {
  for (const name of DENIED) {
    it(`stay here: ${name}`, () => {
      expect(isDeniedFile(`/w/${name}`)).toBe(true);
      expect(isDeniedFile(`/w/${name.toUpperCase()}`)).toBe(true);
      expect(isDeniedFile(`/c:/Users/me/${name}`)).toBe(true);
    });
  }
});

describe('ordinary files', () => {
  for (const name of FREE) {
    it(`may leave: ${name}`, () => {
      expect(isDeniedFile(`/w/${name}`)).toBe(false);
    });
  }
});

describe('tricks with names', () => {
  const tricks = [
    '.env.',
    '.env ',
    '.env::$DATA',
    '.e\u200bnv',
    '\ufeff.env',
    '．env',
    'id_rsa:stream',
    'x:id.pem',
  ];
  for (const name of tricks) {
    it(`do not help: ${JSON.stringify(name)}`, () => {
      expect(isDeniedFile(`/w/${name}`)).toBe(true);
    });
  }
});
