import { READY_INSTRUCTIONS } from '../../tasks/ready-instructions';
import { pickOrType } from '../window/pick-or-type';

/**
 * Lets the user choose a ready instruction or type one. `forecast` says where an instruction would go and what it would
 * cost; it is shown while the user decides.
 */
export async function pickInstruction(
  title: string,
  forecast: (instruction: string) => string,
): Promise<string | undefined> {
  const picked = await pickOrType({
    title,
    placeholder: 'What should change? Choose one, or type what you want.',
    rows: READY_INSTRUCTIONS.map(({ title: label, instruction }) => ({
      label,
      instruction,
      detail: forecast(instruction),
    })),
    typed: (text) => ({ label: text, instruction: text }),
    typedDetail: ({ instruction }) => forecast(instruction),
  });
  return picked?.instruction;
}
