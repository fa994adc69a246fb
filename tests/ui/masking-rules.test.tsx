import { fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { OptionsApp } from '../../components/options-app.tsx';
import type { PrivacyRule } from '../../lib/cobrowse/privacy-rules.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { showView } from './render-view.tsx';

async function showOptions(masking: readonly PrivacyRule[] = [], ofDesk: readonly PrivacyRule[] = []) {
  const engine = createFakeEngine();
  engine.settings.current.value = { ...engine.settings.current.value, masking };
  engine.desk.masking.value = ofDesk;
  await showView(() => <OptionsApp engine={engine} welcomeHref="#" />, { engine });
  return engine;
}

const card = () => within(screen.getByRole('region', { name: 'What is seen of your pages' }));
const press = (name: string) => fireEvent.click(card().getByRole('button', { name }));
const write = (name: string, value: string) =>
  fireEvent.input(card().getByRole('textbox', { name }), { target: { value } });

describe('rules about what is seen', () => {
  it('are written, stored and read again', async () => {
    const engine = await showOptions();
    press('Add rule');
    write('Pages', 'https://*.bank.example');
    fireEvent.change(card().getByRole('combobox', { name: 'What stands in fields' }), { target: { value: 'strict' } });
    write('Hide', '.balance\n#transfers > li');
    press('Save rule');
    const rule = { pages: 'https://*.bank.example/', mode: 'strict', hide: ['.balance', '#transfers > li'] };
    expect(engine.settings.current.value.masking).toEqual([rule]);
    const list = within(card().getByRole('list', { name: 'Your rules' }));
    expect(list.getByText('https://*.bank.example/')).toBeTruthy();
    expect(list.getByText('Hides .balance, #transfers > li')).toBeTruthy();
    press('Edit rule for https://*.bank.example/');
    expect(card().getByRole<HTMLTextAreaElement>('textbox', { name: 'Hide' }).value).toBe('.balance\n#transfers > li');
    write('Show in strict mode, too', 'input.city');
    press('Save rule');
    expect(engine.settings.current.value.masking).toEqual([{ ...rule, allow: ['input.city'] }]);
    press('Remove rule for https://*.bank.example/');
    expect(engine.settings.current.value.masking).toEqual([]);
    expect(card().getByText('No rules of your own.')).toBeTruthy();
  });

  it('that can’t be read are not stored, and say what is wrong at its place', async () => {
    const engine = await showOptions();
    press('Add rule');
    write('Pages', 'bank.example');
    write('Mask', '.a:hover');
    press('Save rule');
    expect(engine.settings.current.value.masking).toEqual([]);
    const alerts = card()
      .getAllByRole('alert')
      .map(({ textContent }) => textContent);
    expect(alerts).toEqual([
      'Begin with https://, http:// or *://.',
      'Can’t read “.a:hover”. Use tags, #ids, .classes and [attributes].',
    ]);
    expect(card().getByRole('textbox', { name: 'Pages' }).getAttribute('aria-invalid')).toBe('true');
    press('Cancel');
    expect(card().queryByRole('form')).toBeNull();
  });

  it('must do something', async () => {
    await showOptions();
    press('Add rule');
    write('Pages', 'https://bank.example/');
    press('Save rule');
    expect(card().getByRole('alert').textContent).toBe('Say what to hide, mask or show, or choose a mode.');
  });

  it('of the desk can be read and not changed', async () => {
    await showOptions([], [{ pages: 'https://*.example/staff/', mode: 'strict', mask: ['.salary'] }]);
    const list = within(card().getByRole('list', { name: 'Rules of your desk' }));
    expect(list.getByText('https://*.example/staff/')).toBeTruthy();
    expect(list.getByText('Masks .salary')).toBeTruthy();
    expect(list.queryAllByRole('button')).toEqual([]);
  });
});
