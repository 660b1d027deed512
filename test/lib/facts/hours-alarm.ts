import { expect } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import type { Synthesized } from '../synthesized.ts'

export interface HoursAlarm {
  readonly metric: string
  readonly hours: number
  readonly missingData: 'breaching' | 'ignore'
  /** The heading in the runbook. */
  readonly runbook: string
}

/** The alarms on a metric in hours of the operations domain, and what they must be: one, and none in dev. */
export const hoursAlarms = (
  name: EnvironmentName,
  synthesized: Synthesized,
  { hours, metric, missingData, runbook }: HoursAlarm,
): { readonly alarms: unknown; readonly expected: unknown } => {
  const alarms = synthesized
    .resources('AWS::CloudWatch::Alarm', 'operations')
    .filter(({ properties }) => properties['MetricName'] === metric)
    .map(({ properties }) => properties)
  const alarm = {
    Namespace: 'Nestegg',
    Dimensions: [
      { Name: 'environment', Value: name },
      { Name: 'service', Value: 'operations' },
    ],
    Statistic: 'Maximum',
    Period: 3600,
    EvaluationPeriods: 2,
    Threshold: hours,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: missingData,
    AlarmDescription: expect.stringMatching(new RegExp(`^\\[ticket\\] .*#${runbook}`)) as unknown,
  }
  return { alarms, expected: name === 'dev' ? [] : [expect.objectContaining(alarm)] }
}
