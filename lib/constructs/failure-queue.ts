import { Duration, Validations } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'
import type { AlarmTopics } from './alarm-topics.ts'

export interface FailureQueueProps {
  readonly settings: EnvironmentSettings
  readonly alarms: AlarmTopics
  readonly alarmName: string
  /** The meaning of an event in the queue, in one sentence. */
  readonly summary: string
  readonly runbook: string
  /** The sender of the events, in words. */
  readonly source: string
}

/** Keeps events that failed after all retries for two weeks. One event raises an alarm. */
export const failureQueue = (scope: Construct, { alarmName, alarms, source, runbook, settings, summary }: FailureQueueProps): Queue => {
  const failures = new Queue(scope, 'Failures', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: settings.removalPolicy,
  })
  Validations.of(failures).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: `This is itself the dead-letter queue of ${source} and of the asynchronous invocations made there.`,
  })
  alarms.add(scope, alarmName, {
    summary,
    severity: 'ticket',
    runbook,
    metric: failures.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'an unused queue reports no data' },
  })
  return failures
}

/** A function as the target of a rule. An event that cannot be delivered in four attempts goes to the queue. */
export const ruleTarget = (lambda: IFunction, failures: IQueue): LambdaFunction =>
  new LambdaFunction(lambda, { deadLetterQueue: failures, retryAttempts: 3, maxEventAge: Duration.hours(6) })
