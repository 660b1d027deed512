import { describe, expect, it } from 'vitest'
import { jobs } from '../../../lambdas/jobs.ts'
import type { Job } from '../../../lambdas/runtime/job.ts'
import { eventBridgeCron } from '../../../lib/constructs/cron.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { connectsAs, rightsOf, statements } from '../policies.ts'
import { handlerOf, only, type Resource, type Synthesized } from '../synthesized.ts'

const isHourly = ({ id }: Job): boolean =>
  [
    'identity/finish-erasures',
    'operations/seal-audit-trail',
    'operations/run-retention',
    'operations/measure-backups',
    'planning/follow-accounts',
    'wealth/take-balance-snapshots',
    'wealth/recalculate-lots',
    'wealth/refresh-values',
  ].includes(id)

export const jobFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('jobs', () => {
    const functionOfJob = (job: Job): Resource => handlerOf(synthesized(), job, 'operations')
    const arnOf = ({ id }: Resource) => ({ 'Fn::GetAtt': [id, 'Arn'] })

    it('are scheduled as declared, with retries and a dead-letter queue', () => {
      const queue = only(synthesized().resources('AWS::SQS::Queue', 'operations'))
      const schedules = synthesized()
        .resources('AWS::Scheduler::Schedule')
        .map(({ properties }) => properties)
      const expected = jobs.map(job => ({
        ScheduleExpression: eventBridgeCron(environmentSettings(name).schedules?.[job.id] ?? job.schedule),
        ScheduleExpressionTimezone: 'Etc/UTC',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE' },
        Target: {
          Arn: arnOf(functionOfJob(job)),
          DeadLetterConfig: { Arn: arnOf(queue) },
          RetryPolicy: { MaximumRetryAttempts: 3 },
        },
      }))
      expect(schedules).toMatchObject(expected)
      const destinations = synthesized()
        .resources('AWS::Lambda::EventInvokeConfig', 'operations')
        .map(({ properties }) => properties)
      expect(destinations).toMatchObject(
        jobs.map(() => ({ DestinationConfig: { OnFailure: { Destination: arnOf(queue) } }, MaximumRetryAttempts: 2 })),
      )
    })

    it('are marked as open to the smoke test only if it may start them at any time', () => {
      const { Outputs } = synthesized().templates.get('operations')!
      const marked = synthesized()
        .resources('AWS::Lambda::Function')
        .filter(({ properties }) => JSON.stringify(properties['Tags'] ?? []).includes('nestegg:smoke-test'))
      const tried = functionOfJob(jobs.find(({ id }) => id === 'operations/make-partitions')!)
      expect(marked.map(({ id }) => id)).toEqual([tried.id])
      expect(Outputs['TriedJobFunction']).toMatchObject({ Value: { Ref: tried.id } })
    })

    it('raise an alarm if they are not started, if the environment watches its functions', () => {
      const { functionAlarms } = environmentSettings(name)
      const missed = synthesized()
        .resources('AWS::CloudWatch::Alarm', 'operations')
        .filter(({ properties }) => properties['TreatMissingData'] === 'breaching' && properties['MetricName'] === 'Invocations')
        .map(({ properties }) => properties)
      const expected = jobs.map(job => ({
        MetricName: 'Invocations',
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: functionOfJob(job).id } }],
        Period: 3600,
        EvaluationPeriods: isHourly(job) ? 3 : 26,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
      }))
      expect(missed).toMatchObject(functionAlarms ? expected : [])
    })

    it('may be started by the scheduler, which may start no other function', () => {
      const started = statements(synthesized()).filter(
        ({ actions, role, stack }) => stack === 'operations' && role.startsWith('JobsStarter') && actions.includes('lambda:InvokeFunction'),
      )
      const functions = jobs.map(job => JSON.stringify(arnOf(functionOfJob(job))))
      expect(started.flatMap(({ resources }) => resources).toSorted()).toEqual(functions.toSorted())
    })

    it('connect as nestegg_operator and the roles that they name, and may report their failure', () => {
      const facts = jobs.map(job => ({
        id: job.id,
        roles: connectsAs(synthesized(), functionOfJob(job)).toSorted(),
        reports: rightsOf(synthesized(), functionOfJob(job)).some(({ actions }) => actions.includes('sqs:SendMessage')),
      }))
      expect(facts).toEqual(
        jobs.map(({ alsoAs = [], backends, id }) => ({
          id,
          roles: backends.includes('database') ? ['nestegg_operator', ...alsoAs].toSorted() : [],
          reports: true,
        })),
      )
    })
  })
}
