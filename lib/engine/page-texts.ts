import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { chooseLocale } from '../i18n/choose-locale.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { createI18n } from '../i18n/create-i18n.ts';
import { loadCatalogue } from '../i18n/load-catalogue.ts';
import type { PageWords } from '../state/page-words.ts';
import type { Settings } from './api.ts';

/** The words that stand over a shared page, in the customer's language. English until their catalogue is here. */
export function createPageTexts(settings: ReadonlySignal<Settings>): PageWords {
  const texts = signal(createI18n('en', {}));
  effect(() => {
    const locale = chooseLocale(settings.value.language, navigator.languages);
    void loadCatalogue(locale).then((catalogue: Catalogue) => {
      texts.value = createI18n(locale, catalogue);
    });
  });
  const t = () => texts.value;
  return {
    start: () => ({
      language: t().locale,
      direction: t().dir,
      clickHere: t().t('pageClickHere'),
      pickPart: t().t('pagePickPart'),
    }),
    proposal: (name, label) => ({
      text: t().t('pageProposal', { name, label }),
      yes: t().t('pageProposalYes'),
      no: t().t('pageProposalNo'),
    }),
    status({ name, isControlled, isPaused }) {
      const button = (id: 'stop-sharing' | 'stop-control' | 'hide-part', text: string, label: string) => ({
        id,
        text,
        label,
        isMain: id === (isControlled ? 'stop-control' : 'stop-sharing'),
      });
      const { t: say, dir, locale } = t();
      const hide = button('hide-part', say('pageHidePartShort'), say('pageHidePart'));
      const stopControl = button('stop-control', say('pageStopControl'), say('pageStopControl'));
      const stopSharing = button('stop-sharing', say('pageStopSharing'), say('pageStopSharing'));
      return {
        label: say('extensionName'),
        direction: dir,
        language: locale,
        tone: isControlled ? 'controlled' : 'seen',
        text: say(isPaused ? 'pagePaused' : isControlled ? 'pageControlled' : 'pageSeen', { name }),
        buttons: isControlled ? [stopControl, stopSharing, hide] : [stopSharing, hide],
      };
    },
  };
}
