import { describe, expect, it } from 'vitest';
import { ProjectLearner } from '../../../src/editor/ghost-text/project-learner';

/** A project of files by path, what the rules keep out of it, and what the engine knows. */
class Project {
  readonly texts = new Map<string, string>();
  readonly blocked = new Set<string>();
  readonly known = new Map<string, string>();
  /** Runs while a file is being read. */
  whileReading: () => void = () => undefined;
  failures = 0;

  readonly learner = new ProjectLearner<string>(
    {
      learnFile: (path, text) => this.known.set(path, text),
      forgetFile: (path) => this.known.delete(path),
    },
    {
      list: () => Promise.resolve([...this.texts.keys()]),
      pathOf: (file) => file,
      mayLearn: (file) => Promise.resolve(!this.blocked.has(file)),
      read: (file) => {
        this.whileReading();
        return Promise.resolve(this.texts.get(file));
      },
      pause: () => Promise.resolve(),
    },
    () => (this.failures += 1),
  );

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.texts.set(path, text);
  }
}

describe('what ghost text learns from the project', () => {
  it('learns from every file that the rules let it', async () => {
    const project = new Project({ 'a.ts': 'const a', 'b.ts': 'const b' });
    project.blocked.add('b.ts');
    await project.learner.learnAll();
    expect([...project.known]).toEqual([['a.ts', 'const a']]);
  });

  it('forgets files that become ignored, and learns from those that no longer are', async () => {
    const project = new Project({ 'a.ts': 'const a', 'b.ts': 'const b' });
    project.blocked.add('b.ts');
    await project.learner.learnAll();

    project.blocked.clear();
    project.blocked.add('a.ts');
    await project.learner.followRules();

    expect([...project.known]).toEqual([['b.ts', 'const b']]);
  });

  it('learns nothing from a file that becomes ignored while it is read', async () => {
    const project = new Project({ 'a.ts': 'const a' });
    project.whileReading = () => project.blocked.add('a.ts');
    await project.learner.learnAll();
    expect(project.known.size).toBe(0);
  });

  it('goes on with the others when one file cannot be read', async () => {
    const project = new Project({ 'a.ts': 'const a', 'b.ts': 'const b' });
    let reads = 0;
    project.whileReading = () => {
      if (++reads === 1) throw new Error('gone');
    };
    await project.learner.learnAll();
    expect([...project.known.keys()]).toEqual(['b.ts']);
    expect(project.failures).toBe(1);
  });

  it('keeps to its size, and has room again for what takes the place of something forgotten', async () => {
    const large = 'x'.repeat(6_000_000);
    const project = new Project({ 'a.ts': large, 'b.ts': large });
    await project.learner.learnAll();
    expect([...project.known.keys()]).toEqual(['a.ts']);

    project.texts.delete('a.ts');
    project.learner.forget('a.ts');
    await project.learner.learnAll();
    expect([...project.known.keys()]).toEqual(['b.ts']);
  });
});
