import { Duration } from 'aws-cdk-lib'
import { type Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { AlarmDeclaration, AlarmTopics } from './alarm-topics.ts'
import { sumOf } from './sum-of.ts'

/** CloudWatch's limit for the number of metrics that one alarm adds up. */
const metricsPerAlarm = 10
const period = Duration.minutes(5)

export interface FunctionErrorAlarms extends Pick<AlarmDeclaration, 'summary' | 'severity' | 'runbook' | 'threshold'> {
  readonly topic: AlarmTopics
  readonly functions: readonly IFunction[]
}

/**
 * Alarms on crashes and timeouts, summed over ten functions per alarm and five minutes. An error that a handler turns into an answer is not
 * counted.
 */
export const functionErrorAlarms = (scope: Construct, { topic, functions, ...declaration }: FunctionErrorAlarms): readonly Alarm[] => {
  const alarms: Alarm[] = []
  for (let start = 0; start < functions.length; start += metricsPerAlarm) {
    const group = functions.slice(start, start + metricsPerAlarm)
    const alarm = topic.add(scope, `FunctionErrors${start / metricsPerAlarm + 1}`, {
      ...declaration,
      metric: sumOf(
        'errors',
        group.map(each => each.metricErrors({ period })),
        { label: 'Errors', period },
      ),
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'a function that is not called reports no data' },
    })
    alarms.push(alarm)
  }
  return alarms
}
