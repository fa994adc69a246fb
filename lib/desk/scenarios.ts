import type { ScenarioCard } from '../protocol/desk-messages.ts';

/** What a desk offers until its configuration says otherwise. */
export const DEFAULT_SCENARIOS: readonly ScenarioCard[] = [
  { id: 'remote-support', name: 'Remote support' },
  { id: 'product-advice', name: 'Product advice' },
  { id: 'maintenance', name: 'Maintenance' },
];

/** The scenario that was asked for; the first one when none was. */
export const findScenario = (scenarios: readonly ScenarioCard[], id?: string): ScenarioCard | undefined =>
  id === undefined ? scenarios[0] : scenarios.find((scenario) => scenario.id === id);
