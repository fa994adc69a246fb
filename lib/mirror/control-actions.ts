import type { ControlScope, ControlVerb, ProposalKind, RefusalReason } from '../protocol/cobrowse-control-messages.ts';
import type { ControlLogEntry } from '../protocol/cobrowse-port.ts';
import type { Result } from '../shared/result.ts';
import { chooseOptions, isList, isPicked, pickValue } from './control-choose.ts';
import { judgePress } from './control-judge.ts';
import { pressKey } from './control-keys.ts';
import { createRemotePointer, type Modifiers, NO_MODIFIERS } from './control-press.ts';
import { scrollFrom } from './control-scroll.ts';
import { findSpot, findTarget, refuseByPage, type TargetDeps } from './control-target.ts';
import { applyEdits, canType, isTextField } from './control-type.ts';

/** What became of a verb in the page. */
export type Deed =
  | {
      readonly kind: 'done';
      readonly what: ControlLogEntry['what'];
      readonly element: Element | null;
      readonly isMasked: boolean;
      readonly detail?: string;
    }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly element: Element | null;
      readonly isMasked: boolean;
    }
  | { readonly kind: 'hand'; readonly element: Element; readonly isMasked: boolean }
  | {
      readonly kind: 'propose';
      readonly proposal: ProposalKind;
      readonly element: Element;
      readonly isMasked: boolean;
      /** Does it after all; everything is checked once more. */
      readonly run: () => Deed;
    };

export interface ActionDeps extends TargetDeps {
  readonly view: Window;
}

export interface Actions {
  perform(verb: ControlVerb, scopes: ReadonlySet<ControlScope>): Deed;
  /** Takes the remote pointer off the page. */
  leave(): void;
}

type Press = Extract<ControlVerb, { readonly type: 'click' | 'hover' }>;

export function createActions(deps: ActionDeps): Actions {
  const pointer = createRemotePointer();

  const press = (element: Element, verb: Press, scopes: ReadonlySet<ControlScope>, isAgreed: boolean): Deed => {
    const spot = findSpot(element, verb.fx, verb.fy);
    if (!spot.ok) return refused(spot.reason, element);
    // The press lands on what is hit, which may be marked where the target is not.
    const refusal = refuseByPage(spot.value.hit);
    if (refusal !== null) return refused(refusal.reason, element);
    if (verb.type === 'hover') {
      pointer.hover(spot.value);
      return done('hovered', element);
    }
    const judged = judgePress(spot.value.hit, scopes);
    if (judged.kind === 'refuse') return refused(judged.reason, element);
    if (judged.kind === 'hand') return { kind: 'hand', element, isMasked: false };
    if (judged.kind === 'propose' && !isAgreed) {
      const run = () => again(verb, (target) => press(target, verb, scopes, true));
      return { kind: 'propose', proposal: judged.proposal, element, isMasked: false, run };
    }
    pointer.press(spot.value, verb.count, modifiersOf(verb.modifiers));
    return done(verb.count === 2 ? 'double-clicked' : 'clicked', element);
  };

  const again = (verb: { readonly nodeId: number }, run: (element: Element) => Deed): Deed => {
    const target = findTarget(verb.nodeId, deps);
    return target.ok ? run(target.value) : refused(target.reason, null);
  };

  /** Presses without a place: by a key. What such a press may not do, it does not do. */
  const pressByKey = (element: Element, scopes: ReadonlySet<ControlScope>): Deed => {
    const refusal = refuseByPage(element);
    if (refusal !== null) return refused(refusal.reason, element);
    const judged = judgePress(element, scopes);
    if (judged.kind === 'refuse') return refused(judged.reason, element);
    if (judged.kind === 'hand') return { kind: 'hand', element, isMasked: false };
    const click = (): Deed => {
      if (!element.isConnected) return refused('stale', null);
      if ('click' in element && typeof element.click === 'function') element.click();
      return done('clicked', element);
    };
    if (judged.kind === 'propose')
      return { kind: 'propose', proposal: judged.proposal, element, isMasked: false, run: click };
    return click();
  };

  return {
    leave: () => pointer.leave(),
    perform(verb, scopes) {
      if (verb.type === 'go') return go(deps.view, verb.to);
      return again(verb, (element) => {
        switch (verb.type) {
          case 'click':
          case 'hover':
            return press(element, verb, scopes, false);
          case 'point':
            return done('pointed', element);
          case 'scroll':
            scrollFrom(element, verb.dx, verb.dy);
            return done('scrolled', element);
          case 'edit':
            return edit(element, verb);
          case 'pick':
            if (!isPicked(element)) return refused('not-editable', element);
            return pickValue(element, verb.value) ? done('picked', element) : refused('failed', element);
          case 'choose':
            return choose(element, verb.optionIds, deps);
          case 'key': {
            let pressed: Deed | null = null;
            pressKey(element, verb.key, modifiersOf(verb.modifiers), {
              press(target) {
                pressed = pressByKey(target, scopes);
              },
            });
            return pressed ?? done('key', element, verb.key);
          }
        }
      });
    },
  };
}

const done = (what: ControlLogEntry['what'], element: Element | null, detail?: string): Deed => ({
  kind: 'done',
  what,
  element,
  isMasked: false,
  ...(detail !== undefined && { detail }),
});

const refused = (reason: RefusalReason, element: Element | null): Deed => ({
  kind: 'refused',
  reason,
  element,
  isMasked: reason === 'masked' || reason === 'hidden',
});

const modifiersOf = (modifiers: Modifiers | undefined): Modifiers => modifiers ?? NO_MODIFIERS;

function go(view: Window, to: 'back' | 'forward' | 'reload'): Deed {
  if (to === 'reload') view.location.reload();
  else view.history.go(to === 'back' ? -1 : 1);
  return done('navigated', null, to);
}

function edit(element: Element, { edits }: Extract<ControlVerb, { readonly type: 'edit' }>): Deed {
  if (isTextField(element) && element.disabled) return refused('disabled', element);
  if (!canType(element)) return refused('not-editable', element);
  if (!applyEdits(element, edits)) return refused('failed', element);
  const isDeletion = edits.every(({ kind }) => kind !== 'insert');
  const count = edits.reduce((sum, each) => sum + (each.kind === 'insert' ? each.text.length : 0), 0);
  return done(isDeletion ? 'deleted' : 'typed', element, isDeletion ? undefined : `${count}`);
}

function choose(element: Element, optionIds: readonly number[], deps: TargetDeps): Deed {
  if (!isList(element)) return refused('not-editable', element);
  if (element.disabled) return refused('disabled', element);
  const options = optionIds.map((id): Result<Element, RefusalReason> => findTarget(id, deps));
  const chosen = new Set(options.flatMap((option) => (option.ok ? [option.value] : [])));
  return chooseOptions(element, chosen) ? done('chose', element) : refused('stale', element);
}
