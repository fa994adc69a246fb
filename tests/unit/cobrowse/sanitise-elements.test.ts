import { describe, expect, it, test } from 'vitest';
import { attributesOf, AWAY, element, EVIL, HERE, PIXEL } from './sanitised.ts';

describe('elements', () => {
  test.each(['script', 'SCRIPT', 'noscript', 'base', 'object', 'embed', 'frameset', 'template', 'portal'])(
    '%s is there, and inert',
    (tagName) => {
      expect(element(tagName, { src: EVIL, data: EVIL, href: EVIL, class: 'x' })).toMatchObject({
        tagName: 'alongside-inert',
        attributes: {},
      });
    },
  );
  test.each(['div', 'x-card', 'svg', 'h1', 'annotation-xml'])('%s passes', (tagName) => {
    expect(element(tagName).tagName).toBe(tagName);
  });
  test.each(['a b', 'a>b', '<img', '1x', 'é', 'a\u0000'])('%j is an element nobody knows', (tagName) => {
    expect(element(tagName).tagName).toBe('alongside-unknown');
  });
  it('takes a custom element for one only by a name that can be one', () => {
    expect(element('x-a', {}, { isCustom: true }).isCustom).toBe(true);
    expect(element('div', {}, { isCustom: true }).isCustom).toBeUndefined();
    expect(element('font-face', {}, { isCustom: true }).isCustom).toBeUndefined();
  });
});

describe('attributes', () => {
  test.each([
    ['div', { onclick: 'x', ONLOAD: 'x', onanything: 'x' }, {}],
    [
      'div',
      { class: 'a', title: 't', 'data-x': 'y', 'aria-label': 'l', hidden: true },
      { class: 'a', title: 't', 'data-x': 'y', 'aria-label': 'l', hidden: '' },
    ],
    ['div', { srcdoc: 'x', nonce: 'x', ping: EVIL, autofocus: true, tabindex: '1', accesskey: 's' }, {}],
    [
      'div',
      { theme: 'dark', variant: 'a,b 1.5', odd: EVIL, host: '//evil.example/x', back: 'a\\b' },
      { theme: 'dark', variant: 'a,b 1.5' },
    ],
    ['img', { src: EVIL, srcset: EVIL, alt: 'x', loading: 'lazy' }, { alt: 'x' }],
    ['img', { src: `asset:${HERE}` }, { src: 'blob:here' }],
    ['img', { src: PIXEL }, { src: PIXEL }],
    ['img', { src: 'data:text/html,x' }, {}],
    ['img', { src: 'blob:other' }, {}],
    ['img', { rr_dataURL: `asset:${HERE}` }, { src: 'blob:here' }],
    ['iframe', { src: EVIL, rr_src: EVIL, srcdoc: 'x', name: 'top', class: 'f' }, { class: 'f' }],
    ['video', { src: EVIL, poster: `asset:${HERE}`, rr_mediaState: 'played', autoplay: '' }, { poster: 'blob:here' }],
    ['canvas', { rr_dataURL: `asset:${HERE}`, width: '9' }, { 'data-alongside-picture': 'blob:here', width: '9' }],
    ['a', { href: `javascript:1`, target: '_blank' }, { href: 'about:invalid' }],
    ['link', { rel: 'preconnect', href: EVIL, media: 'print' }, { media: 'print' }],
    ['link', { _cssText: `a{b:url(${EVIL})}` }, { _cssText: 'a{b: none }' }],
    ['div', { _cssText: 'a{}' }, {}],
    ['style', { _cssText: 'a{b:c}', media: 'print' }, { _cssText: 'a{b:c}', media: 'print' }],
    ['meta', { name: 'viewport', content: 'width=device-width' }, { name: 'viewport', content: 'width=device-width' }],
    ['meta', { 'http-equiv': 'refresh', content: `0;url=${EVIL}` }, {}],
    ['meta', { name: 'referrer', content: 'unsafe-url' }, { content: 'unsafe-url' }],
    ['input', { type: 'password', name: 'pin', value: '•' }, { type: 'x-password', name: 'x-pin', value: '•' }],
    ['input', { id: 'appendChild', name: 'body' }, { id: 'x-appendChild', name: 'x-body' }],
    ['h1', { id: 'appendChild', name: 'body' }, { id: 'appendChild' }],
    ['slot', { name: 'title' }, { name: 'title' }],
    ['form', { name: 'appendChild', action: EVIL }, {}],
    ['td', { background: EVIL, colspan: '2' }, { colspan: '2' }],
    ['td', { background: `asset:${HERE}` }, { background: 'blob:here' }],
    ['div', { background: `asset:${HERE}` }, {}],
    ['div', { style: `color:red;background:url(${EVIL})` }, { style: 'color:red;background: none' }],
    ['div', { 'data-alongside-picture': EVIL }, {}],
    ['iframe', { rr_file: '1', src: EVIL, frameborder: '0' }, { 'data-alongside-file': '', frameborder: '0' }],
    ['div', { rr_file: '1' }, {}],
    ['dialog', { rr_open_mode: 'modal', open: '' }, { rr_open_mode: 'modal', open: '' }],
    [
      'div',
      { rr_width: '10px', rr_height: 'calc(1px)', rr_scrollTop: 5, rr_x: 9 },
      { rr_width: '10px', rr_scrollTop: 5 },
    ],
    ['div', { __proto__: 'x', constructor: 'y', toString: 'z' }, { constructor: 'y', toString: 'z' }],
  ])('%s %j', (tagName, attributes, expected) => {
    expect(attributesOf(tagName, attributes)).toEqual(expected);
  });

  test.each([
    ['image', { href: EVIL }, {}],
    ['image', { 'xlink:href': `asset:${HERE}` }, { href: 'blob:here' }],
    ['use', { href: '#icon' }, { href: '#icon' }],
    ['use', { href: `${EVIL}#icon` }, {}],
    ['use', { href: `asset:${HERE}#icon` }, { href: 'blob:here#icon' }],
    ['use', { 'xlink:href': `asset:${HERE}#icon` }, { href: 'blob:here#icon' }],
    ['use', { href: `asset:${HERE}` }, {}],
    ['use', { href: `asset:${AWAY}#icon` }, {}],
    ['use', { href: `asset:${HERE}#"><script>` }, {}],
    ['rect', { href: `asset:${HERE}#icon` }, {}],
    [
      'path',
      { d: 'M0,0 L1 1', fill: 'url(#g)', stroke: `url(${EVIL}#g)`, transform: 'rotate(1)' },
      { d: 'M0,0 L1 1', fill: 'url(#g)', stroke: 'none', transform: 'rotate(1)' },
    ],
    ['set', { attributeName: 'href', to: EVIL }, {}],
    [
      'animate',
      { attributeName: 'fill', values: `red;url(${EVIL})`, dur: '1s' },
      { attributeName: 'fill', values: 'red; none', dur: '1s' },
    ],
    ['animate', { attributeName: 'onclick', to: 'x' }, { to: 'x' }],
  ])('svg %s %j', (tagName, attributes, expected) => {
    expect(attributesOf(tagName, attributes, { isSVG: true })).toEqual(expected);
  });

  it('remembers a picture that has not come yet', () => {
    const { attributes, deferred } = element('img', { src: `asset:${AWAY}` });
    expect(attributes).toEqual({});
    expect(deferred).toEqual(['b 3 src']);
  });
});
