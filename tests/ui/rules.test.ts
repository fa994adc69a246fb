import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../components/avatar.tsx';
import { CORNERS } from '../../components/create-call-view.ts';
import { toDeskUrl } from '../../components/desk-url.ts';
import { matchesQuery, sortDirectory } from '../../components/directory.tsx';
import { groupDigits } from '../../components/group-digits.ts';
import { toGuestRoute } from '../../components/guest-route.ts';
import { arrangePictures, listPictures } from '../../components/pictures.ts';
import { nextCorner } from '../../components/self-view.tsx';
import { splitLinks } from '../../components/split-links.ts';
import { DIRECTORY, REMOTE_MARTA } from '../fakes/fake-people.ts';

describe('links in a message', () => {
  it.each([
    ['see https://docs.example/p?x=1#y.', ['https://docs.example/p?x=1#y']],
    ['go to example.com/help', ['https://example.com/help']],
    ['http://192.168.1.20:8080/status', ['http://192.168.1.20:8080/status']],
    ['javascript:alert(1)', []],
    ['data:text/html,<b>x</b>', []],
    ['write to me@example.com', []],
    ['https://bank.example@evil.example/', []],
    ['no link at all', []],
  ])('%s', (text, hrefs) => {
    expect(splitLinks(text).flatMap(({ href }) => href ?? [])).toEqual(hrefs);
  });

  it('loses no character, and offers nothing but web addresses', () => {
    const pieces = fc.constantFrom(
      'https://a.example',
      'javascript:x',
      'www.b.example/ä',
      ' ',
      '\n',
      '<i>',
      'x@y.example',
      '@',
      '.',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (words) => {
        const text = words.join('');
        const parts = splitLinks(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//);
      }),
    );
  });
});

describe("a desk's address as people type it", () => {
  it.each([
    ['desk.example.com', 'https://desk.example.com'],
    [' https://desk.example.com/invite#secret ', 'https://desk.example.com'],
    ['desk.example.com:8443/x', 'https://desk.example.com:8443'],
    ['localhost:9000', 'http://localhost:9000'],
    ['127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://localhost:9000', 'http://localhost:9000'],
  ])('%s', (text, url) => {
    expect(toDeskUrl(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    ['', 'bad-address'],
    ['help', 'bad-address'],
    ['two words.example', 'bad-address'],
    ['http://desk.example.com', 'insecure'],
    ['http://localhost.evil.example', 'insecure'],
  ])('%s is refused', (text, reason) => {
    expect(toDeskUrl(text)).toMatchObject({ ok: false, reason });
  });
});

describe('the guest page by its address', () => {
  it.each([
    ['/', '', { kind: 'help' }],
    ['/j/123456789', '', { kind: 'join', code: '123456789' }],
    ['/j/123%20456%20789', '', { kind: 'join', code: '123456789' }],
    ['/j/', '', { kind: 'join', code: '' }],
    ['/ready', '#d-secret', { kind: 'ready', invite: 'd-secret' }],
    ['/nowhere', '', { kind: 'help' }],
  ])('%s%s', (pathname, hash, route) => {
    expect(toGuestRoute({ pathname, hash })).toEqual(route);
  });
});

describe('pictures of the other side', () => {
  const media = (camera: 'on' | 'off', screen: 'off' | 'tab') => ({
    ...REMOTE_MARTA,
    media: { mic: 'on' as const, camera, screen },
  });

  it.each([
    ['off', 'off', ['camera']],
    ['on', 'off', ['camera']],
    ['off', 'tab', ['screen']],
    ['on', 'tab', ['screen', 'camera']],
  ] as const)('camera %s, screen %s', (camera, screen, kinds) => {
    expect(listPictures([media(camera, screen)]).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('shows a screen large, unless another picture was chosen', () => {
    const mainPicture = (chosen: string | null) =>
      arrangePictures([media('on', 'tab')], { own: [], chosen, wanted: null, isRear: false }).main;
    expect(mainPicture(null)?.kind).toBe('screen');
    expect(mainPicture(`camera:${REMOTE_MARTA.person.personId}`)?.kind).toBe('camera');
    expect(mainPicture('camera:gone')?.kind).toBe('screen');
    expect(arrangePictures([], { own: [], chosen: null, wanted: null, isRear: false }).main).toBeUndefined();
  });
});

describe('small rules', () => {
  it('moves the self view by arrows, and stays inside', () => {
    expect(nextCorner('bottom-end', 'ArrowUp', 'ltr')).toBe('top-end');
    expect(nextCorner('bottom-end', 'ArrowLeft', 'ltr')).toBe('bottom-start');
    expect(nextCorner('bottom-end', 'ArrowLeft', 'rtl')).toBe('bottom-end');
    expect(nextCorner('bottom-end', 'Enter', 'ltr')).toBe('bottom-end');
    fc.assert(
      fc.property(fc.constantFrom(...CORNERS), fc.string(), (corner, key) => {
        expect(CORNERS).toContain(nextCorner(corner, key, 'ltr'));
      }),
    );
  });

  it.each([
    ['123456789', '123 456 789'],
    ['12 3a4', '123 4'],
    ['', ''],
  ])('groups %s', (code, text) => {
    expect(groupDigits(code)).toBe(text);
  });

  it.each([
    ['Marta Ortega', 'MO'],
    ['Headset 7, hall B', 'H7'],
    ['Noor', 'N'],
    ['', ''],
    ['Émile von Zóla', 'ÉZ'],
  ])('writes %s short', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('lists whom one can reach first, and finds by name and team', () => {
    const sorted = sortDirectory(DIRECTORY, 'en').map(({ name }) => name);
    expect(sorted.slice(0, 3)).toEqual(['Headset 7, hall B', 'Ravi Shah', 'Anna Lind']);
    const found = (query: string) => DIRECTORY.filter((entry) => matchesQuery(entry, query)).map(({ name }) => name);
    expect(found('hydra')).toEqual(['Anna Lind']);
    expect(found('ravi controls')).toEqual(['Ravi Shah']);
    expect(found('')).toHaveLength(DIRECTORY.length);
  });
});
