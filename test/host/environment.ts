/** Variables by which a developer's shell would steer the extension, or lend it a key. */
const STEERING = /^(ANTHROPIC|OLLAMA|CLAUDE|OPENAI|VSCODE|ELECTRON|SWITCHYARD_DEMO)_/;

/** This process's environment without what could steer a test or reach out, and with `extra`. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !STEERING.test(name));
  // No gallery: code-server would ask open-vsx.org.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}', ...extra };
}
