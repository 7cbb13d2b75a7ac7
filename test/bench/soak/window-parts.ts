import { join } from 'node:path';
import { state, subscribe, type WritableStore } from 'callbag-recharge';
import type { CloudGate } from '../../../src/editor/requests';
import { createLedger, type Ledger } from '../../../src/ledger';
import { createBudget, type Budget, type Caps } from '../../../src/ledger/budget';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { ModelRef } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { PRICES_AS_OF } from '../../../src/models/price-table';
import { cacheSavedUsd, costUsd, priceOf } from '../../../src/models/prices';
import { diskAccess } from '../../../src/privacy/files/file-access';
import { createFileRules } from '../../../src/privacy/files/file-rules';
import { createGate } from '../../../src/privacy/gate';
import { createPlaceholders } from '../../../src/privacy/placeholders';
import { hardBlock } from '../../../src/routing/cloud-gate';
import { createYard } from '../../../src/routing/create-yard';
import { createHealth, type Health } from '../../../src/routing/health/health';
import type { Policy } from '../../../src/routing/policy';
import type { Yard } from '../../../src/routing/yard';
import { aPolicy } from '../../unit/routing/a-world';
import { FaultyDisk } from './faulty-disk';
import { JumpingClock } from './jumping-clock';
import type { WindowOptions } from './options';

const SONNET: ModelRef = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' };
const MODELS: Policy['models'] = {
  complete: { provider: 'ollama', id: 'qwen2.5-coder:1.5b', place: 'local' },
  explain: { provider: 'ollama', id: 'llama3.2:3b', place: 'local' },
  cloudSmall: { provider: 'claude', id: 'claude-haiku-5-5', place: 'cloud' },
  cloudRefactor: SONNET,
  cloudAsk: SONNET,
};

/** A cap far away: every cloud request reserves, none is stopped. In USD. */
const CAPS: Caps = { dayUsd: 1_000_000, warnAt: 0.8 };
/** A track that came back is noticed within a moment, as its deadlines are short too. In ms. */
const PROBE_MS = 300;
/** Few, so that a short run too rolls up, closes and reads anew what other windows rolled up. */
const KEEP_OPEN = 300;

/** All that one window of the extension is made of, but for the editor. */
export interface WindowParts {
  readonly yard: Yard;
  readonly ledger: Ledger;
  readonly budget: Budget;
  readonly health: Health;
  readonly gate: CloudGate;
  readonly policy: WritableStore<Policy>;
  readonly clock: JumpingClock;
  readonly disks: readonly FaultyDisk[];
}

export function openWindow(options: WindowOptions, caps = CAPS): WindowParts {
  const clock = new JumpingClock();
  const policy = state(
    aPolicy({ models: MODELS, thresholds: { explain: 0.5 }, completionsMayUseCloud: true }),
  );
  const local = new OllamaProvider({ host: options.ollamaUrl }, clock);
  const apiKey = (): Promise<string> => Promise.resolve('sk-ant-soak');
  const cloud = new ClaudeProvider({ baseURL: options.claudeUrl, apiKey }, clock);
  const disks = [new FaultyDisk(), new FaultyDisk()] as const;
  const common = { windowId: `w${options.window}`, clock };
  const ledger = createLedger({
    ...common,
    folder: join(options.folder, 'ledger'),
    fs: disks[0].fs,
    price: (model, _at, usage) => {
      const price = knownPrice(model);
      if (price === undefined) return undefined;
      const usd = costUsd(usage, price);
      return { usd, usdWithoutCache: usd + cacheSavedUsd(usage, price) };
    },
    limits: { keepOpen: KEEP_OPEN },
  });
  const budgetFolder = join(options.folder, 'budget');
  const budget = createBudget({
    ...common,
    folder: budgetFolder,
    ledger,
    caps: state(caps),
    fs: disks[1].fs,
  });
  const health = createHealth({
    clock,
    probe: ({ place }) => (place === 'local' ? local.probe() : cloud.probe()),
    mayProbe: ({ place }) => place === 'local' || hardBlock(policy.get()) === undefined,
    probeIntervalMs: PROBE_MS,
  });
  const yard = createYard({
    clock,
    policy,
    directory: { local: ({ id }) => local.local(id), cloud: ({ id }) => cloud.cloud(id) },
    health,
    budget,
    price: (model, usage) => {
      const price = knownPrice(model);
      return price === undefined ? undefined : costUsd(usage, price);
    },
  });
  subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) ledger.append(outcome);
  });
  subscribe(yard.feedbacks, (feedback) => {
    if (feedback !== undefined) ledger.amend(feedback);
  });
  return { yard, ledger, budget, health, gate: gateOf(options, policy, clock), policy, clock, disks };
}

/** Whatever the clock is set to, prices are those of the day the table was made. */
const knownPrice = (model: ModelRef): ReturnType<typeof priceOf> => priceOf(model, PRICED_AT);
const PRICED_AT = Date.parse(PRICES_AS_OF);

function gateOf({ folder }: WindowOptions, policy: WritableStore<Policy>, clock: JumpingClock): CloudGate {
  const gate = createGate({
    files: createFileRules({
      access: diskAccess,
      clock,
      roots: () => [join(folder, 'workspace')],
      excluded: () => [],
      ignoreCase: false,
    }),
    placeholders: createPlaceholders(),
    mayLeave: () => hardBlock(policy.get()),
  });
  return {
    prepare: async (draft) => ({ ...(await gate.prepare(draft)), restore: (text) => ({ text, left: 0 }) }),
  };
}

/** In the order of the extension's own end. */
export async function closeWindow({ yard, health, budget, ledger }: WindowParts): Promise<void> {
  yard.dispose();
  health.dispose();
  await budget.dispose();
  await ledger.dispose();
}
