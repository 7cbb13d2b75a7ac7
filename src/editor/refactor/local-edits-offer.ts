import type { Memento } from 'vscode';
import type { Clock } from '../../base/clock';
import type { Decision } from '../../routing/decision';
import { icon, pick, type Row } from '../window/pick';
import { offerWays, type OfferAnswer, type OfferWay } from './offer-words';
import { isLastTime, mayAsk, readTurnedAway, turnAway } from './when-to-offer';

const TURNED_AWAY = 'switchyard.localEditsOffer';

/** The setting that lets simple edits start on this machine. */
export interface LocalEditsSetting {
  /** The user, or whoever set up their workspace, has already said yes or no. */
  isSet(): boolean;
  /** Resolves once decisions follow it. @throws where it could not be written */
  write(allowed: boolean): Promise<void>;
}

const ICONS: Readonly<Record<OfferAnswer, string>> = {
  allow: 'device-desktop',
  forbid: 'cloud',
  later: 'clock',
};

interface WayRow extends Row {
  readonly way: OfferWay;
}

/**
 * Offers that simple edits start on this machine, when the user has asked for one that would. Yes and no are kept as
 * their setting; who wants to decide later is asked once more another day.
 */
export class LocalEditsOffer {
  constructor(
    private readonly memory: Memento,
    private readonly setting: LocalEditsSetting,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * `decision`: where the edit would go now. Resolves with whether it may be sent, and then with the answer in force.
   * No answer sends nothing: Escape means that anywhere in VS Code, and a list that gives way to another one looks the
   * same to an extension.
   */
  async make(decision: Decision): Promise<'send' | 'unanswered'> {
    if (decision.kind !== 'run' || decision.localIfAllowed === undefined || this.setting.isSet())
      return 'send';
    const before = readTurnedAway(this.memory.get(TURNED_AWAY));
    if (!mayAsk(before, this.clock.now())) return 'send';
    const rows = offerWays(decision, isLastTime(before)).map((way): WayRow => {
      const { answer, ...texts } = way;
      return { ...texts, ...icon(ICONS[answer]), way };
    });
    const chosen = await pick(rows, {
      title: 'This edit could run on this machine',
      placeHolder: 'Where should simple edits like this one run? Kept in your settings.',
      // Looking something up elsewhere is no answer.
      ignoreFocusOut: true,
    });
    if (chosen === undefined) return 'unanswered';
    const { answer } = chosen.way;
    if (answer === 'later') await this.memory.update(TURNED_AWAY, turnAway(before, this.clock.now()));
    else await this.setting.write(answer === 'allow');
    return 'send';
  }
}
