import { expect, it } from 'vitest';
import { folderLabels } from '../../../src/editor/folder-labels';
import { guardPath } from '../../../src/tasks/edits/path-guard';

it('tells folders of one name apart, also where letter case does not count', () =>
  expect(folderLabels(['app', 'App', 'app-2', 'app'])).toEqual(['app', 'App-2', 'app-2-2', 'app-3']));

it.each(['web: client', '../up', 'a/b', 'c:\\d', ' dots. ', '..', ':', '名前'])(
  'makes %j the beginning of a path that an answer may hold',
  (name) => {
    const [label = ''] = folderLabels([name]);
    expect(guardPath(`${label}/src/a.ts`)).toEqual({ ok: true, path: `${label}/src/a.ts` });
  },
);

it('leaves ordinary names as they are', () =>
  expect(folderLabels(['client', 'Server 2.0'])).toEqual(['client', 'Server 2.0']));
