import { describe, expect, it } from 'vitest'
import { retentionOverdue } from '../../../lambdas/runtime/metrics.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import type { Synthesized } from '../synthesized.ts'
import { hoursAlarms } from './hours-alarm.ts'

export const retentionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('the retention', () => {
    it('raises an alarm if a policy is overdue for more than a day, if the environment watches its functions', () => {
      const { alarms, expected } = hoursAlarms(name, synthesized(), {
        metric: retentionOverdue.hours,
        hours: 24,
        missingData: 'ignore',
        runbook: 'a-retention-policy-is-overdue',
      })
      expect(alarms).toEqual(expected)
    })
  })
}
