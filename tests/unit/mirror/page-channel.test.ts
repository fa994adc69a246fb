import { expect, test } from 'vitest';
import { hasRecorder, openAgentChannel, openRecorderChannel } from '../../../lib/mirror/page-channel.ts';

/** Only its events are used. */
const createDocument = () => new EventTarget() as Document;
const forever = new AbortController().signal;

test('each hears the other, whichever comes first', () => {
  for (const isRecorderFirst of [true, false]) {
    const document = createDocument();
    const heard: string[] = [];
    const said: string[] = [];
    const openRecorder = () => openRecorderChannel(document, (text) => heard.push(text));
    const early = isRecorderFirst ? openRecorder() : null;
    const agent = openAgentChannel(document, 'agent0001', (text) => said.push(text), forever);
    agent.whenThere(() => agent.send('begin'));
    const recorder = early ?? openRecorder();
    recorder.send('here');
    expect({ heard, said }).toEqual({ heard: ['begin'], said: ['here'] });
  }
});

test('a document knows whether it has a recorder', () => {
  const document = createDocument();
  expect(hasRecorder(document)).toBe(false);
  openRecorderChannel(document, () => {});
  expect(hasRecorder(document)).toBe(true);
});

test('a page can be shared again and again; one that plays agents is not listened to for ever', () => {
  const document = createDocument();
  const heard: string[] = [];
  openRecorderChannel(document, (text, leave) => {
    heard.push(text);
    if (text.startsWith('stop')) leave();
  });
  for (let round = 0; round < 10; round += 1) {
    const over = new AbortController();
    const agent = openAgentChannel(document, `agent000${round}`, () => {}, over.signal);
    agent.whenThere(() => agent.send(`start ${round}`));
    agent.send(`stop ${round}`);
    agent.send('after the end');
    over.abort();
  }
  expect(heard).toEqual(Array.from({ length: 10 }, (_, round) => [`start ${round}`, `stop ${round}`]).flat());
  heard.length = 0;
  for (let forged = 0; forged < 10; forged += 1) {
    openAgentChannel(document, `forged00${forged}`, () => {}, forever).send(`forged ${forged}`);
  }
  expect(heard).toHaveLength(4);
});
