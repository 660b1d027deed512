import { CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib'
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import type { Job } from '../../lambdas/runtime/job.ts'
import type { EnvironmentSettings } from '../environments.ts'
import type { AlarmTopics } from './alarm-topics.ts'
import { BackendFunction, domainCode } from './backend-function.ts'
import type { Backends } from './backends.ts'
import { eventBridgeCron, longestGapHours } from './cron.ts'
import { failureQueue } from './failure-queue.ts'
import { functionErrorAlarms } from './function-alarms.ts'

/** The job that the smoke test starts. At any time it does little, and the same. */
const triedJob = 'operations/make-partitions'
/** The job that signs what an operator declares of the audit trail: see `audit declare-loss`. */
const sealingJob = 'operations/seal-audit-trail'
/** Marks the function that whoever runs the smoke test may start: see the roles in `docs/deploying.md`. */
const triedTag = 'nestegg:smoke-test'

export interface ScheduledJobsProps {
  readonly jobs: readonly Job[]
  readonly backends: Backends
  readonly alarms: AlarmTopics
}

/**
 * A function and a schedule for each job. A job that fails is tried three times. Then its event goes to a queue that raises an alarm.
 */
export class ScheduledJobs extends Construct {
  constructor(scope: Construct, id: string, { jobs, backends, alarms }: ScheduledJobsProps) {
    super(scope, id)
    const failures = failureQueue(this, {
      settings: backends.settings,
      alarms,
      alarmName: 'JobsFailedForGood',
      summary: 'A scheduled job failed three times, or could not be started. Its event is in the queue.',
      runbook: 'a-scheduled-job-failed',
      source: 'the schedules',
    })
    const group = new ScheduleGroup(this, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY })
    const starter = new Role(this, 'Starter', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    failures.grant(starter, 'sqs:SendMessage')
    const codes = new Map([...new Set(jobs.map(job => job.domain))].map(domain => [domain, domainCode(backends.buildFolder, domain)]))
    const functions = jobs.map(job => {
      const handler = new BackendFunction(this, `${job.domain}-${job.name}`, {
        unit: job,
        description: job.summary,
        role: 'nestegg_operator',
        backends,
        code: codes.get(job.domain)!,
        ...(job.scope === 'household' ? { environment: { DATABASE_POOL_SIZE: String(job.concurrency) } } : {}),
        failures,
      })
      for (const role of job.alsoAs ?? []) backends.database.grantConnect(handler, role)
      starter.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.function.functionArn] }))
      new Schedule(handler, 'Schedule', {
        description: job.summary,
        scheduleGroup: group,
        schedule: ScheduleExpression.expression(eventBridgeCron(scheduleOf(job, backends.settings))),
        timeWindow: TimeWindow.flexible(Duration.minutes(5)),
        target: new LambdaInvoke(handler.function, {
          role: starter.withoutPolicyUpdates(),
          // The event of the scheduler itself has no scheduled time.
          input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
          deadLetterQueue: failures,
          retryAttempts: 3,
          maxEventAge: Duration.hours(6),
        }),
      })
      return handler.function
    })
    const tried = functions[jobs.findIndex(({ id }) => id === triedJob)]
    if (tried) {
      Tags.of(tried).add(triedTag, 'allowed')
      new CfnOutput(Stack.of(this), 'TriedJobFunction', { value: tried.functionName })
    }
    const sealing = functions[jobs.findIndex(({ id }) => id === sealingJob)]
    if (sealing) new CfnOutput(Stack.of(this), 'SealingFunction', { value: sealing.functionName })
    if (!backends.settings.functionAlarms) return
    for (const [index, job] of jobs.entries()) absenceAlarm(this, { alarms, job, lambda: functions[index]!, settings: backends.settings })
    functionErrorAlarms(this, {
      topic: alarms,
      functions,
      summary: 'A scheduled job crashed or timed out. It is tried again.',
      severity: 'ticket',
      runbook: 'a-scheduled-job-failed',
      threshold: 1,
    })
  }
}

/** The schedule of a job in an environment. */
const scheduleOf = ({ id, schedule }: Job, { schedules }: EnvironmentSettings): string => schedules?.[id] ?? schedule

/** CloudWatch looks back seven days at most. */
const longestWatchHours = 7 * 24

/**
 * Raised if the job was not started for two hours longer than the longest time between two firings. A weekly job fires too seldom for an
 * alarm of CloudWatch.
 */
const absenceAlarm = (
  scope: Construct,
  {
    alarms,
    job,
    lambda,
    settings,
  }: { readonly alarms: AlarmTopics; readonly job: Job; readonly lambda: IFunction; readonly settings: EnvironmentSettings },
): void => {
  const watchHours = longestGapHours(scheduleOf(job, settings)) + 2
  if (watchHours > longestWatchHours) return
  alarms.add(scope, `${job.domain}-${job.name}-Missed`, {
    summary: `The job ${job.id} was not started when it was due.`,
    severity: 'ticket',
    runbook: 'a-scheduled-job-was-not-started',
    metric: lambda.metricInvocations({ period: Duration.hours(1), statistic: 'Sum' }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: watchHours,
    missingData: { treatment: TreatMissingData.BREACHING, because: 'a function that is not started reports no data' },
  })
}
