/** What a press on an element would amount to, and whether it is the expert's to make. */
import { linkKind, proposalFor } from '../cobrowse/control-proposals.ts';
import type { ControlScope, ProposalKind, RefusalReason } from '../protocol/cobrowse-control-messages.ts';
import { closest } from './composed.ts';
import { nameOf } from './control-label.ts';
import { pressableOf } from './control-target.ts';

export type Judgement =
  | { readonly kind: 'press' }
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  | { readonly kind: 'propose'; readonly proposal: ProposalKind }
  /** The browser asks for a real hand: new windows, other programs, pickers. */
  | { readonly kind: 'hand' };

const PRESS: Judgement = { kind: 'press' };
const refuse = (reason: RefusalReason): Judgement => ({ kind: 'refuse', reason });
const propose = (proposal: ProposalKind): Judgement => ({ kind: 'propose', proposal });

export function judgePress(element: Element, scopes: ReadonlySet<ControlScope>): Judgement {
  const target = pressableOf(element) ?? element;
  if (target.matches(':disabled') || target.getAttribute('aria-disabled') === 'true') return refuse('disabled');
  const field = labelledField(target);
  if (field !== null) {
    const type = 'type' in field ? String(field.type) : '';
    if (type === 'file' || type === 'password') return refuse(type);
  }
  const link = linkOf(target);
  const byLink = link === null ? PRESS : judgeLink(link, scopes);
  if (byLink.kind !== 'press') return byLink;
  // Words count on what one presses, not on a region around it.
  const isButton = target.matches('a,button,summary,input,[role=button],[role=menuitem],[role=link],[role=option]');
  const proposal = isButton ? proposalFor(nameOf(target)) : null;
  return proposal === null ? PRESS : propose(proposal);
}

/** A label presses its field. */
function labelledField(target: Element): Element | null {
  if (target.localName === 'input') return target;
  const label = closest(target, (at) => at.localName === 'label');
  return label !== null && 'control' in label ? (label.control as Element | null) : null; // HTMLLabelElement.control
}

function linkOf(target: Element): Element | null {
  return closest(target, (at) => (at.localName === 'a' || at.localName === 'area') && hrefOf(at) !== null);
}

const hrefOf = (link: Element): string | null =>
  link.getAttribute('href') ?? link.getAttributeNS('http://www.w3.org/1999/xlink', 'href');

function judgeLink(link: Element, scopes: ReadonlySet<ControlScope>): Judgement {
  const target = (link.getAttribute('target') ?? '').toLowerCase();
  switch (linkKind(hrefOf(link) ?? '', link.baseURI, link.hasAttribute('download'))) {
    case 'download':
      return refuse('download');
    case 'other-program':
      return { kind: 'hand' };
    case 'other-origin':
      return target === '' || target === '_self' || target === '_top' ? propose('other-origin') : { kind: 'hand' };
    case 'same-origin':
      if (target === '_blank') return { kind: 'hand' };
      return scopes.has('navigate') ? PRESS : refuse('scope');
    default:
      return PRESS;
  }
}
