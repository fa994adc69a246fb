import type { I18n } from '../lib/i18n/create-i18n.ts';
import type { Picture } from './pictures.ts';

/** The accessible name of a picture. */
export function pictureLabel({ kind, name, mine }: Picture, t: I18n['t']): string {
  if (mine) return kind === 'camera' ? t('yourCamera') : t('yourScreen');
  return kind === 'camera' ? t('cameraOf', { name }) : t('screenOf', { name });
}
