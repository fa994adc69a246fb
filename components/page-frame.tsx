import type { ComponentChildren } from 'preact';
import { Logo } from './logo.tsx';
import styles from './page-frame.module.css';

export interface PageFrameProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ComponentChildren;
}

/** A full page of the extension: a title and a column of cards. */
export function PageFrame({ title, about, children }: PageFrameProps) {
  return (
    <main class={styles.page}>
      <header class={styles.header}>
        <Logo size={40} />
        <div>
          <h1 class={styles.title}>{title}</h1>
          {about !== undefined && <p class={styles.about}>{about}</p>}
        </div>
      </header>
      {children}
    </main>
  );
}
