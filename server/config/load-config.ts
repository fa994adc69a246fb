import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { fail, ok, type Result } from '../../lib/shared/result.ts';
import { ConfigFile } from './config-schema.ts';
import { parseJsonc } from './jsonc.ts';

export type ConfigFailure = 'unreadable' | 'not-json' | 'invalid';

/** Reads a configuration file. `detail` is for the operator: file, key and reason, a line for each mistake. */
export function loadConfig(path: string): Result<ConfigFile, ConfigFailure> {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail('unreadable', `${path}: can't be read (${error instanceof Error ? error.message : 'unknown reason'})`);
  }
  const parsed = parseJsonc(text);
  if (!parsed.ok) return fail('not-json', `${path}: not valid JSON: ${parsed.detail ?? ''}`);
  // For valibot a list is an object, too, and one without any of the keys.
  if (Array.isArray(parsed.value)) return fail('invalid', `${path}: the file: must be an object`);
  const checked = v.safeParse(ConfigFile, parsed.value);
  if (checked.success) return ok(checked.output);
  return fail('invalid', checked.issues.map((issue) => `${path}: ${keyOf(issue)}: ${reasonOf(issue)}`).join('\n'));
}

const keyOf = (issue: v.BaseIssue<unknown>): string => v.getDotPath(issue) ?? 'the file';

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  if (issue.expected === 'never') return 'is no known key';
  return issue.received === 'undefined' ? 'is missing' : 'must be an object';
}
