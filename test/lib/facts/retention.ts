import { describe, expect, it } from 'vitest'
import { retentionOverdue } from '../../../lambdas/runtime/metrics.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import type { Synthesized } from '../synthesized.ts'

export const retentionFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('the retention', () => {
    it('raises an alarm if a policy is overdue for more than a day, if the environment watches its functions', () => {
      const alarms = synthesized()
        .resources('AWS::CloudWatch::Alarm', 'operations')
        .filter(({ properties }) => properties['MetricName'] === retentionOverdue.hours)
        .map(({ properties }) => properties)
      const expected = {
        Namespace: 'Nestegg',
        Dimensions: [
          { Name: 'environment', Value: name },
          { Name: 'service', Value: 'operations' },
        ],
        Statistic: 'Maximum',
        Period: 3600,
        EvaluationPeriods: 2,
        Threshold: 24,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'ignore',
        AlarmDescription: expect.stringMatching(/^\[ticket\] .*#a-retention-policy-is-overdue/),
      }
      expect(alarms).toEqual(name === 'dev' ? [] : [expect.objectContaining(expected)])
    })
  })
}
