import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { DOORS, forbiddenFor, MODEL_TYPES, PURE_FOLDERS, RANKS } from '../../scripts/build/ranks.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT = /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Sources in a folder; none when it is not there, as Git keeps no empty one. */
function filesIn(folder: string): string[] {
  const path = join(ROOT, folder);
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
}

/** Import specifiers of a file: relative ones as paths from the root, packages as they are. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => {
    const target = match[1] ?? match[2] ?? '';
    return target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target;
  });
}

const folderOf = (path: string): string | undefined => {
  const [top, second] = path.split('/');
  return top === 'lib' ? second : top;
};

/** Every file that `start` reaches by imports. */
function reachedFrom(start: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    if (/^(lib|components|entrypoints|server)\/.*\.tsx?$/.test(file)) open.push(...importsOf(file));
  }
  return reached;
}

const isBehind = (library: string, specifier: string): boolean => {
  const name = library.replace(/\/\*$/, '');
  return specifier === name || specifier.startsWith(`${name}/`);
};

test('every folder of lib has a rank', () => {
  const folders = readdirSync(join(ROOT, 'lib'));
  expect(folders.filter((folder) => !RANKS.flat().includes(folder))).toEqual([]);
});

test.each(RANKS.flat())('lib/%s imports from lower ranks only', (folder) => {
  const forbidden = forbiddenFor(folder);
  const wrong = filesIn(`lib/${folder}`).flatMap((file) =>
    importsOf(file)
      .filter((target) => !matchesGlob(target, `lib/${MODEL_TYPES}`) && forbidden.includes(folderOf(target) ?? ''))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('each library has one door', () => {
  const wrong = ['lib', 'components', 'entrypoints', 'server'].flatMap(filesIn).flatMap((file) =>
    Object.entries(DOORS)
      .filter(([door]) => folderOf(file) !== door)
      .flatMap(([door, libraries]) =>
        importsOf(file)
          .filter((specifier) => libraries.some((library) => isBehind(library, specifier)))
          .map((specifier) => `${file} imports ${specifier}, which only lib/${door} may`),
      ),
  );
  expect(wrong).toEqual([]);
});

test('the guest page reaches no extension API', () => {
  const reached = [...reachedFrom(filesIn('entrypoints/guest'))];
  expect(reached.filter((file) => folderOf(file) === 'platform' || file.startsWith('wxt'))).toEqual([]);
});

test('the desk reaches nothing that needs a browser', () => {
  const reached = [...reachedFrom(filesIn('server'))].map(folderOf);
  const allowed = ['server', 'shared', 'protocol', 'desk', 'cobrowse'];
  expect(
    [...new Set(reached)].filter((folder) => RANKS.flat().includes(folder ?? '') && !allowed.includes(folder ?? '')),
  ).toEqual([]);
});

test.each(PURE_FOLDERS)('lib/%s has no browser, clock, network or chance in it', (folder) => {
  const impure =
    /\b(?:window|document|navigator|localStorage)\.|\b(?:fetch|setTimeout|setInterval)\(|\bnew WebSocket|\bDate\.now|\bMath\.random/;
  const wrong = filesIn(`lib/${folder}`).filter((file) => {
    const code = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"/g, '');
    return impure.test(code);
  });
  expect(wrong).toEqual([]);
});
