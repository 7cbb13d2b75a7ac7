import { beforeEach, describe, expect, it } from 'vitest';
import { Frames, type Piece } from '../../../../src/models/inside/child/frames';
import { HandClock } from '../../routing/a-clock';

let clock: HandClock;
let sent: Piece[];
let frames: Frames;
beforeEach(() => {
  clock = new HandClock();
  sent = [];
  frames = new Frames((piece) => sent.push(piece), 16, clock);
});

const token = (text: string): Piece => ({ text, logprobs: [{ token: text, logprob: -1 }] });
const texts = (): string[] => sent.map(({ text }) => text);

describe('the pieces of an answer', () => {
  it('begin to go out with the first token', () => {
    frames.take(token('It'));

    expect(texts()).toEqual(['It']);
  });

  it('go out one by one where they come slower than frames', async () => {
    for (const text of ['It', ' adds', ' numbers']) {
      frames.take(token(text));
      await clock.turn(20);
    }

    expect(texts()).toEqual(['It', ' adds', ' numbers']);
  });

  it('are joined within a frame, with all their probabilities in order', async () => {
    for (const text of ['It', ' adds', ' two', ' numbers']) {
      frames.take(token(text));
      await clock.turn(5);
    }
    await clock.turn(16);

    expect(texts()).toEqual(['It', ' adds two numbers']);
    expect(sent[1]?.logprobs?.map((logprob) => logprob.token)).toEqual([' adds', ' two', ' numbers']);
  });

  it('go out one by one where each token is wanted by itself', () => {
    const each = new Frames((piece) => sent.push(piece), 0, clock);

    each.take(token('It'));
    each.take(token(' adds'));

    expect(texts()).toEqual(['It', ' adds']);
  });

  it('wait no longer than a frame', async () => {
    frames.take(token('It'));
    frames.take(token(' adds'));

    await clock.turn(15);
    expect(texts()).toEqual(['It']);
    await clock.turn(1);
    expect(texts()).toEqual(['It', ' adds']);
  });

  it('go out whole before the answer ends, and leave no timer', () => {
    frames.take(token('It'));
    frames.take(token(' adds'));

    frames.flush();
    frames.flush();

    expect(texts()).toEqual(['It', ' adds']);
    expect(clock.pending).toBe(0);
  });

  it('bring no probabilities where none were asked for', () => {
    frames.take({ text: 'It' });
    frames.take({ text: ' adds' });
    frames.flush();

    expect(sent).toEqual([{ text: 'It' }, { text: ' adds' }]);
  });
});
