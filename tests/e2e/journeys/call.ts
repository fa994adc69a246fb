import { hasAttribute, hasText, byRole, fill, gone, press } from '../harness/queries.ts';
import { hears, hearsNothing, receivesNothing, sees } from '../harness/media.ts';
import type { Seat } from '../harness/seat.ts';

/** Runs one step of a journey: `npm start -- --headless` prints it with its time, a test just runs it. */
export type Tell = <T>(step: string, run: () => Promise<T>) => Promise<T>;

/** Runs steps without a word. */
export const untold: Tell = (_, run) => run();

export interface Call {
  readonly expert: Seat;
  readonly customer: Seat;
  readonly tell: Tell;
}

/** The expert finds the customer in the directory and calls; the customer answers. */
export async function callFromDirectory({ expert, customer, tell }: Call): Promise<void> {
  await tell(`${expert.person.name} calls ${customer.person.name}`, () =>
    press(expert.page, 'button', `Call ${customer.person.name}`),
  );
  await tell(`it rings at ${customer.person.name}`, () => isRung(customer, expert.person.name));
  await tell(`${customer.person.name} answers`, () => press(customer.page, 'button', 'Answer'));
  await tell('both are in the call', () => areInCall(expert, customer));
}

export const isRung = async (seat: Seat, caller: string): Promise<void> => {
  await byRole(seat.page, 'alertdialog', `Incoming call from ${caller}`);
};

export async function areInCall(...seats: readonly Seat[]): Promise<void> {
  await Promise.all(seats.map((seat) => byRole(seat.page, 'toolbar', 'Call')));
}

/** Everything that two people do in an ordinary call, once it is open. */
export async function talk({ expert, customer, tell }: Call): Promise<void> {
  const names = { expert: expert.person.name, customer: customer.person.name };
  await tell('they hear each other', async () => {
    await Promise.all([hears(expert), hears(customer)]);
  });
  await tell(`${names.customer} turns the camera on`, () => press(customer.page, 'button', 'Video'));
  await tell(`${names.expert} sees ${names.customer}`, () => sees(expert, `${names.customer} camera`));
  await tell(`${names.expert} turns the camera on`, () => press(expert.page, 'button', 'Video'));
  await tell(`${names.customer} sees ${names.expert}`, () => sees(customer, `${names.expert} camera`));
  await tell('messages arrive', () => exchangeMessages({ expert, customer, tell }));
  await tell(`${names.expert} mutes, and nothing is heard`, async () => {
    await press(expert.page, 'button', 'Mute');
    await hasAttribute(expert.page, { role: 'button', name: 'Mute', attribute: 'aria-pressed', value: 'true' });
    await hearsNothing(customer);
  });
  await tell(`${names.expert} is heard again`, async () => {
    await press(expert.page, 'button', 'Mute');
    await hears(customer);
  });
  await tell(`${names.expert} pauses, and nothing is sent either way`, async () => {
    await press(expert.page, 'button', 'Pause');
    await hasText(customer.page, 'status', `Paused by ${names.expert}`);
    await Promise.all([receivesNothing(expert), receivesNothing(customer)]);
  });
  await tell('they go on', async () => {
    await press(expert.page, 'button', 'Pause');
    await Promise.all([hears(expert), hears(customer), sees(expert, `${names.customer} camera`)]);
  });
}

async function exchangeMessages({ expert, customer }: Call): Promise<void> {
  const toCustomer = 'Which part is it?';
  const toExpert = 'P-204, see https://example.com/p-204';
  await press(expert.page, 'button', /^Message/);
  await fill(expert.page, 'Message', toCustomer);
  await press(expert.page, 'button', 'Send');
  await press(customer.page, 'button', /^Message/);
  await hasText(customer.page, 'log', toCustomer);
  await fill(customer.page, 'Message', toExpert);
  await press(customer.page, 'button', 'Send');
  await hasText(expert.page, 'log', toExpert);
  await byRole(expert.page, 'link', /example\.com/);
  await press(expert.page, 'button', 'Close messages');
  await press(customer.page, 'button', 'Close messages');
}

/** The expert ends the call for all and writes the wrap-up. */
export async function exitAndWrapUp({ expert, customer, tell }: Call): Promise<void> {
  await tell(`${expert.person.name} ends the call`, async () => {
    await press(expert.page, 'button', 'Exit');
    await gone(expert.page, 'toolbar', 'Call');
    await hasText(customer.page, 'status', `${expert.person.name} ended the call`);
  });
  await tell(`${expert.person.name} wraps up`, async () => {
    await fill(expert.page, 'Note', 'Part P-204 replaced.');
    await press(expert.page, 'button', 'Save and finish');
    await hasText(expert.page, 'list', customer.person.name);
  });
}
