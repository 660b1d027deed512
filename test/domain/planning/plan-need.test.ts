import { describe, expect, test } from 'vitest'
import { needOfPlan, type SimulatedPlan } from '../../../domain/planning/index.ts'
import { ENGINE_VERSION } from '../../../domain/simulation/index.ts'

const run = { planVersion: 3, engineVersion: ENGINE_VERSION, verificationMatched: true }
const state = (more: Partial<SimulatedPlan>): SimulatedPlan => ({
  version: 3,
  isBeingSimulated: false,
  hasFailed: false,
  latestRun: run,
  ...more,
})

describe('a plan needs', () => {
  test.each([
    ['nothing after a verified run of its version', null, {}],
    ['its first run', 'never-run', { latestRun: null }],
    ['a run after a change', 'changed', { version: 4 }],
    ['a look at a failure, before a run after a change', 'failed', { version: 4, hasFailed: true }],
    ['a look at a failed first run', 'failed', { latestRun: null, hasFailed: true }],
    ['a verification', 'unverified', { latestRun: { ...run, verificationMatched: null } }],
    ['a run after a change, before a verification', 'changed', { version: 4, latestRun: { ...run, verificationMatched: null } }],
    ['a look at a mismatch first', 'mismatch', { version: 4, hasFailed: true, latestRun: { ...run, verificationMatched: false } }],
    ['nothing while it is simulated', null, { version: 4, isBeingSimulated: true }],
    ['no verification of an engine that is gone', null, { latestRun: { ...run, engineVersion: 'old-0', verificationMatched: null } }],
    [
      'no look at a mismatch of an engine that is gone',
      null,
      { latestRun: { ...run, engineVersion: 'old-0', verificationMatched: false } },
    ],
  ] as const)('%s', (_, need, more) => {
    expect(needOfPlan(state(more))).toBe(need)
  })
})
