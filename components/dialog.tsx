import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';
import { useModal } from './use-modal.ts';
import { useI18n } from './view-context.ts';

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  onClose(): void;
}

/** A modal dialog that closes by Escape, by its cross, and gives the focus back to where it was. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const { t } = useI18n();
  const titleId = useId();
  return (
    <Modal role="dialog" labelledBy={titleId} onEscape={onClose}>
      <header class={styles.header}>
        <h2 id={titleId} tabIndex={-1} data-first-focus="" class={styles.title}>
          {title}
        </h2>
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </header>
      {children}
    </Modal>
  );
}

export interface ModalProps {
  readonly role: 'dialog' | 'alertdialog';
  readonly labelledBy: string;
  readonly describedBy?: string;
  readonly children: ComponentChildren;
  onEscape(): void;
}

/** The bare native modal: the browser keeps the focus inside and the rest of the page inert. */
export function Modal({ role, labelledBy, describedBy, children, onEscape }: ModalProps) {
  const element = useModal();
  return (
    <dialog
      ref={element}
      role={role}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      class={styles.dialog}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onEscape();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onEscape();
      }}
    >
      {children}
    </dialog>
  );
}
