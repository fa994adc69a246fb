import { ArrowUpRight, Circle, Eraser, type IconNode, Laser, Pencil, Pin, Redo2, Square, Type, Undo2, X } from 'lucide';
import { INK_COLOURS, INK_WIDTHS, TOOL_KEYS } from '../lib/annotation/tools.ts';
import type { MessageKey } from '../lib/i18n/catalogue.ts';
import { type Tool, TOOLS } from '../lib/protocol/ink-messages.ts';
import type { InkModel } from '../lib/state/ink-types.ts';
import styles from './drawing-toolbar.module.css';
import { IconButton } from './icon-button.tsx';
import { MenuButton } from './menu-button.tsx';
import { Toolbar } from './toolbar.tsx';
import { useI18n } from './view-context.ts';

const ArrowNumber: IconNode = [
  ['circle', { cx: 7, cy: 17, r: 5 }],
  ['path', { d: 'M6 16l1.2-1v4.5' }],
  ['path', { d: 'M12 12 21 3m-7 0h7v7' }],
];

const TOOL_FACES: Readonly<Record<Tool, { readonly icon: IconNode; readonly name: MessageKey }>> = {
  pen: { icon: Pencil, name: 'toolPen' },
  laser: { icon: Laser, name: 'toolLaser' },
  arrow: { icon: ArrowUpRight, name: 'toolArrow' },
  'numbered-arrow': { icon: ArrowNumber, name: 'toolNumberedArrow' },
  rectangle: { icon: Square, name: 'toolRectangle' },
  ellipse: { icon: Circle, name: 'toolEllipse' },
  text: { icon: Type, name: 'toolText' },
};

const swatch = (colour: string): IconNode => [
  ['circle', { cx: 12, cy: 12, r: 8.5, fill: colour, stroke: 'white', 'stroke-width': 2.5 }],
];
const stripe = (width: number): IconNode => [['path', { d: 'M4 12h16', 'stroke-width': Math.max(1.5, width / 2.2) }]];

export interface DrawingToolbarProps {
  readonly ink: InkModel;
  readonly surface: string;
  /** Ends drawing; left out where the surroundings do (a still's dialog). */
  readonly onDone?: () => void;
  /** Ink on a still always stays, so there is nothing to choose. */
  readonly hasFading?: boolean;
}

/** Everything that draws and takes back. */
export function DrawingToolbar({ ink, surface, onDone, hasFading = true }: DrawingToolbarProps) {
  const { t } = useI18n();
  const { tool, stay } = ink.choice.value;
  return (
    <Toolbar label={t('drawing')} class={styles.toolbar}>
      <div role="radiogroup" aria-label={t('tool')} class={styles.group}>
        {TOOLS.map((each) => (
          <IconButton
            key={each}
            small
            role="radio"
            aria-checked={each === tool}
            aria-keyshortcuts={TOOL_KEYS[each]}
            icon={TOOL_FACES[each].icon}
            label={t(TOOL_FACES[each].name)}
            tip={t('toolTip', { tool: t(TOOL_FACES[each].name), key: TOOL_KEYS[each].toUpperCase() })}
            tone={each === tool ? 'on' : 'plain'}
            onClick={() => ink.choose({ tool: each })}
          />
        ))}
      </div>
      <ColourAndWidth ink={ink} />
      {hasFading && (
        <IconButton
          small
          icon={Pin}
          label={t('keepInk')}
          tip={t(stay ? 'keepInkOnTip' : 'keepInkOffTip')}
          tone={stay ? 'on' : 'plain'}
          aria-pressed={stay}
          onClick={() => ink.choose({ stay: !stay })}
        />
      )}
      <TakingBack ink={ink} surface={surface} />
      {onDone && <IconButton small icon={X} label={t('stopDrawing')} tip={t('stopDrawingTip')} onClick={onDone} />}
    </Toolbar>
  );
}

function ColourAndWidth({ ink }: { readonly ink: InkModel }) {
  const { t } = useI18n();
  const { colour, width } = ink.choice.value;
  return (
    <>
      <MenuButton
        label={t('colour')}
        placement="above"
        entries={INK_COLOURS.map(({ name, value }) => ({
          id: value,
          label: t(name),
          icon: swatch(value),
          checked: value === colour,
          run: () => ink.choose({ colour: value }),
        }))}
        trigger={(props) => <IconButton {...props} small icon={swatch(colour)} label={t('colour')} />}
      />
      <MenuButton
        label={t('lineWidth')}
        placement="above"
        entries={INK_WIDTHS.map(({ name, value }) => ({
          id: String(value),
          label: t(name),
          icon: stripe(value),
          checked: value === width,
          run: () => ink.choose({ width: value }),
        }))}
        trigger={(props) => <IconButton {...props} small icon={stripe(width)} label={t('lineWidth')} />}
      />
    </>
  );
}

function TakingBack({ ink, surface }: { readonly ink: InkModel; readonly surface: string }) {
  const { t } = useI18n();
  const possible = ink.possible.value.get(surface) ?? { undo: false, redo: false, clear: false };
  const steps = [
    { id: 'undo', icon: Undo2, label: t('undo'), isPossible: possible.undo, run: () => ink.undo(surface) },
    { id: 'redo', icon: Redo2, label: t('redo'), isPossible: possible.redo, run: () => ink.redo(surface) },
    { id: 'clear', icon: Eraser, label: t('clearMine'), isPossible: possible.clear, run: () => ink.clearMine(surface) },
  ] as const;
  return (
    <>
      {steps.map(({ id, icon, label, isPossible, run }) => (
        <IconButton
          key={id}
          small
          icon={icon}
          label={label}
          // Not `disabled`: the focus stays where it is when the last step has been taken back.
          aria-disabled={isPossible ? undefined : 'true'}
          tip={isPossible ? label : t('nothingToTakeBack', { step: label })}
          onClick={() => isPossible && run()}
        />
      ))}
    </>
  );
}
