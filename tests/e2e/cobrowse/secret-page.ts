/** A page with a secret in every place that a page has for one. */

/** Every secret of the page is one of these: marked words, and the numbers that are known by their check digits. */
export const SECRET = /SECRET[-_ ]?[\w-]*|4111[^"]{0,3}1111|DE89[^"]{0,3}3704|078-05-1120|s3cr3t/gi;
/** What must arrive all the same. */
export const VISIBLE = [
  'Hello there',
  'Account',
  'First name',
  'stirred-1',
  'visible-shadow',
  'closed-visible',
  'frame-visible',
];

const JWT = 'eyJhbGciOiJTRUNSRVQifQ.eyJzdWIiOiJTRUNSRVQtand0In0.c2VjcmV0c2VjcmV0';

export const secretPage = (otherOrigin: string): string => `<!doctype html>
<html lang="en" data-session="SECRET-html">
<head>
<meta charset="utf-8">
<title>Account</title>
<meta name="csrf-token" content="SECRET-csrf">
<meta name="description" content="SECRET-description">
<link rel="canonical" href="https://a.example/?SECRET-canonical">
<!-- SECRET-comment-head -->
<script type="application/ld+json">{"email": "SECRET-jsonld"}</script>
<script>window.state = {"token": "SECRET-state"};</script>
<style>
/* SECRET-css-comment */
body { font: 16px sans-serif; background: url("/pixel.png?SECRET-css-url"); --key: "SECRET-css-property"; }
.tip::after { content: "SECRET-css-content"; }
.esc::after { content: "\\53 ECRET-css-escaped"; }
</style>
<base href="/?SECRET-base">
</head>
<body data-user="SECRET-data" onload="void 'SECRET-handler'">
<h1>Hello there</h1>
<!-- SECRET-comment -->
<noscript>SECRET-noscript</noscript>
<template><p>SECRET-template</p></template>
<p id="stir">start</p>
<p title="SECRET-title" aria-label="SECRET-aria" aria-description="SECRET-aria-description">Text</p>
<p>Card 4111 1111 1111 1111, account DE89 3704 0044 0532 0130 00, number 078-05-1120, key ${JWT}</p>
<p><span>4111</span> <span>1111</span> <span>1111</span> <span>1111</span></p>
<img src="/pixel.png?SECRET-img" alt="SECRET-alt" srcset="/pixel.png?SECRET-srcset 2x" longdesc="/SECRET-longdesc">
<a href="https://SECRET-user:SECRET-pw@a.example/p?SECRET-link#SECRET-anchor" ping="/SECRET-ping" download="SECRET-file">link</a>
<a href="mailto:SECRET-mail@a.example">mail</a><a href="/reset/s3cr3t0123456789abcdef01/now">reset</a>
<svg width="10" height="10"><title>SECRET-svg-title</title><desc>SECRET-svg-desc</desc>
<metadata>SECRET-svg-metadata</metadata><a href="/?SECRET-svg-link"><rect width="5" height="5" data-x="SECRET-svg-data"/></a></svg>
<form action="/save?SECRET-action" name="SECRET-form">
<label for="first">First name</label><input id="first" autocomplete="given-name">
<input type="password" id="password" value="SECRET-password" placeholder="SECRET-placeholder" name="SECRET-name">
<input type="hidden" name="csrf" value="SECRET-hidden">
<input type="text" id="card" autocomplete="section-x billing cc-number" value="SECRET-card">
<input type="text" id="otp" autocomplete="one-time-code" value="SECRET-otp">
<label>Security code <input id="cvc" value="SECRET-cvc"></label>
<label>IBAN <textarea id="iban">SECRET-iban</textarea></label>
<input type="checkbox" value="SECRET-checkbox" checked><input type="radio" name="r" value="SECRET-radio" checked>
<select id="choice"><option value="SECRET-option-value" label="Plain" data-x="SECRET-option-data">Plain</option></select>
<select autocomplete="cc-type"><optgroup label="SECRET-group"><option selected>SECRET-option</option></optgroup></select>
<button value="SECRET-button-value" name="SECRET-button" formaction="/?SECRET-formaction">Go</button>
<input list="list"><datalist id="list"><option value="SECRET-datalist"></datalist>
<input type="file">
</form>
<div class="ph-no-capture">SECRET-vendor-hidden <input value="SECRET-vendor-input"></div>
<div class="rr-mask" title="SECRET-x">SECRET-vendor-masked <img src="/pixel.png" alt="SECRET-masked-alt"></div>
<div data-cobrowse="hide"><p>SECRET-own-hidden</p></div>
<div data-cobrowse="mask">SECRET-own-masked</div>
<div class="tip esc">styled</div>
<div id="late-hide">open</div><div id="late-mask">open</div>
<object data="/?SECRET-object"><p>SECRET-object-fallback</p></object>
<embed src="/?SECRET-embed">
<video poster="/pixel.png?SECRET-poster" src="/?SECRET-video"><track src="/?SECRET-track" label="SECRET-track-label"></video>
<iframe name="SECRET-frame-name" src="${otherOrigin}/frame?SECRET-frame-query"></iframe>
<iframe src="/frame?SECRET-own-frame-query" title="SECRET-frame-title"></iframe>
<iframe srcdoc="<p>Inner</p><!-- SECRET-srcdoc-comment --><input type=password value=SECRET-srcdoc>"></iframe>
<div id="host"></div>
<div id="grown"></div>
<script>
const root = document.getElementById('host').attachShadow({ mode: 'open' });
root.innerHTML = '<p>visible-shadow</p><input type="password" value="SECRET-shadow"><!-- SECRET-shadow-comment -->';
const sheet = new CSSStyleSheet();
sheet.replaceSync('p::before { content: "SECRET-adopted"; background: url(/?SECRET-adopted-url) }');
root.adoptedStyleSheets = [sheet];
document.getElementById('first').value = '4111111111111111';
</script>
</body></html>`;

export const secretFrame = `<!doctype html><title>SECRET-frame-document-title 4111111111111111</title>
<script type="application/json">{"a":"SECRET-frame-json"}</script>
<p>frame-visible</p><input type="password" value="SECRET-frame-password"><!-- SECRET-frame-comment -->
<input autocomplete="cc-csc" value="SECRET-frame-csc">`.replace('SECRET-frame-document-title ', '');

/** Runs in the page: every secret comes again as a change. */
export async function stirSecrets(): Promise<void> {
  const by = (id: string) => document.getElementById(id) as HTMLInputElement; // the page has them
  const grown = by('grown');
  const say = async (text: string) => {
    by('stir').textContent = text;
    await new Promise((done) => setTimeout(done, 60));
  };
  grown.innerHTML = `<!-- SECRET-late-comment --><p title="SECRET-late-title" data-a="SECRET-late-data">late</p>
    <input type="password" id="late" value="SECRET-late-password"><input type="hidden" value="SECRET-late-hidden">
    <label>Password <input id="soon" value=""></label><iframe srcdoc="SECRET-late-frame"></iframe>
    <noscript>SECRET-late-noscript</noscript><div class="sentry-block">SECRET-late-block</div>`;
  grown.querySelector('iframe')?.remove();
  await say('stirred-1');
  const late = by('late');
  // The race of every "show password" button: value and type in one task, in either order.
  late.type = 'text';
  late.value = 'SECRET-shown-password';
  late.setAttribute('value', 'SECRET-shown-attribute');
  by('soon').value = 'SECRET-labelled';
  const password = by('password');
  password.value = 'SECRET-typed';
  password.type = 'text';
  password.dispatchEvent(new Event('input', { bubbles: true }));
  await say('stirred-2');
  password.value = 'SECRET-typed-later';
  password.dispatchEvent(new Event('input', { bubbles: true }));
  by('card').value = 'SECRET-typed-card';
  by('card').dispatchEvent(new Event('change', { bubbles: true }));
  by('iban').value = 'SECRET-typed-iban';
  by('choice').dispatchEvent(new Event('change', { bubbles: true }));
  document.body.setAttribute('data-user', 'SECRET-data-changed');
  document.querySelector('h1')?.setAttribute('title', 'SECRET-title-changed');
  document.querySelector('a')?.setAttribute('href', '/?SECRET-href-changed');
  history.pushState(null, '', '/page?SECRET-pushed#SECRET-pushed');
  await say('stirred-3');
  const clone = password.cloneNode(true) as HTMLInputElement; // an input
  clone.value = 'SECRET-cloned';
  grown.append(clone);
  const form = document.querySelector('form');
  form?.remove();
  document.body.append(form ?? '');
  const style = document.createElement('style');
  style.textContent = 'p::after{content:"SECRET-late-css"}/* SECRET-late-css-comment */';
  document.head.append(style);
  style.sheet?.insertRule('h1::after{content:"SECRET-inserted-rule"}');
  const rule = style.sheet?.cssRules[0];
  if (rule instanceof CSSStyleRule) rule.style.setProperty('content', '"SECRET-declaration"');
  document.title = 'Account 4111111111111111';
  await say('stirred-5');
  stirLate(grown);
  await say('stirred-6');
  grown.style.setProperty('--token', '"SECRET-style-property"');
  getSelection()?.selectAllChildren(document.querySelector('.rr-mask') ?? document.body);
  await say('stirred-4');

  /** What scripts put into a page later, in places that the page did not have before. */
  function stirLate(home: HTMLElement) {
    const host = document.createElement('x-closed');
    const closed = host.attachShadow({ mode: 'closed' });
    closed.innerHTML = `<p title="SECRET-closed-title">closed-visible</p><!-- SECRET-closed-comment -->
      <input type="password" value="SECRET-closed"><input id="inner">`;
    home.append(host);
    const inner = closed.querySelector<HTMLInputElement>('#inner');
    if (inner) {
      inner.type = 'password';
      inner.value = 'SECRET-closed-typed';
      inner.dispatchEvent(new Event('input', { bubbles: true }));
    }
    home.insertAdjacentHTML(
      'beforeend',
      `<script type="application/json">{"a":"SECRET-late-json"}</script><iframe src="/frame?SECRET-late-address"></iframe>
      <svg><title>SECRET-late-svg</title><text>4111 1111 1111 1111</text></svg><template>SECRET-late-template</template>
      <object data="/?SECRET-late-object"></object><meta name="a" content="SECRET-late-meta">`,
    );
    home.style.backgroundImage = 'url("/?SECRET-late-url")';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('p::before{content:"SECRET-late-adopted"}');
    document.adoptedStyleSheets = [sheet];
    sheet.insertRule('p::after{content:"SECRET-late-adopted-rule"}');
    sheet.replaceSync('p::before{content:"SECRET-replaced";background:url(/?SECRET-replaced-url)}');
    // Hidden and masked from now on, and written to in the same breath.
    const hidden = document.getElementById('late-hide');
    hidden?.classList.add('ph-no-capture');
    hidden?.append('SECRET-after-hiding');
    const masked = document.getElementById('late-mask');
    masked?.setAttribute('data-cobrowse', 'mask');
    if (masked) masked.textContent = 'SECRET-after-masking';
    const card = document.getElementById('card');
    for (const name of ['placeholder', 'aria-label', 'data-raw', 'title'])
      card?.setAttribute(name, `SECRET-late-${name}`);
    document
      .querySelector('select[autocomplete]')
      ?.append(new Option('SECRET-late-option', 'SECRET-late-option-value'));
    document.querySelector('iframe')?.setAttribute('title', 'SECRET-late-frame-title');
  }
}
