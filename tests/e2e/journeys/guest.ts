import { byRole, fill, press } from '../harness/queries.ts';
import { waitFor } from '../harness/deadline.ts';
import { areInCall, type Call, isRung } from './call.ts';

/** The expert makes a code, the guest opens its link, and the expert answers. */
export async function joinByCode({ expert, customer, tell }: Call): Promise<void> {
  const code = await tell(`${expert.person.name} makes a session code`, async () => {
    await press(expert.page, 'button', 'New session');
    const status = await byRole(expert.page, 'status', /^Session code \d{3} \d{3} \d{3}$/);
    return waitFor('the digits', () => status.evaluate((element) => element.textContent));
  });
  await tell(`${customer.person.name} opens its link and joins`, async () => {
    const { origin } = new URL(customer.page.url());
    await customer.page.goto(`${origin}/j/${code.replaceAll(/\D/g, '')}`);
    await fill(customer.page, 'Your name', customer.person.name);
    await press(customer.page, 'button', 'Join');
  });
  await tell(`it rings at ${expert.person.name}`, () => isRung(expert, customer.person.name));
  await tell(`${expert.person.name} answers`, () => press(expert.page, 'button', 'Answer'));
  await tell('both are in the call', () => areInCall(expert, customer));
}
