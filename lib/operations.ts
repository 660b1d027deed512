import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { Job } from '../lambdas/runtime/job.ts'
import type { Domain } from '../lambdas/runtime/route.ts'
import type { ApiStack } from './api.ts'
import { budget } from './constructs/budget.ts'
import { platformAlarms } from './constructs/platform-alarms.ts'
import { platformMetrics, type PlatformMetrics } from './constructs/platform-metrics.ts'
import { AlarmTopics } from './constructs/alarm-topics.ts'
import type { Backends } from './constructs/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { OperatorCommands } from './constructs/operator-commands.ts'
import { ScheduledJobs } from './constructs/scheduled-jobs.ts'

export interface OperationsStackProps {
  readonly jobs: readonly Job[]
  readonly backends: Backends
  readonly api: ApiStack
  /** The domains of the functions that call the Data API. */
  readonly dataApiDomains: readonly Domain[]
}

/** Operation: scheduled jobs, alarms for problems that need an operator, and the operator's commands. */
export class OperationsStack extends NesteggStack {
  readonly alarms: AlarmTopics
  /** The alarms of the API as a whole that take a release back. */
  readonly releaseAlarms: readonly Alarm[]
  readonly metrics: PlatformMetrics

  constructor(scope: Construct, id: string, { jobs, backends, api, dataApiDomains }: OperationsStackProps) {
    super(scope, id, { settings: backends.settings, description: 'Scheduled jobs, alarms, and the commands of the operator' })
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    this.alarms = new AlarmTopics(this, 'Alarms', backends.settings)
    this.metrics = platformMetrics({
      settings: backends.settings,
      cluster: backends.database.cluster,
      httpApi: api.httpApi,
      identity: backends.identity,
      dataApiDomains,
    })
    const { release } = platformAlarms(this, this.alarms, { settings: backends.settings, metrics: this.metrics })
    this.releaseAlarms = release
    const { alarms, monthlyBudgetDollars } = backends.settings
    if (alarms && monthlyBudgetDollars !== undefined) {
      budget(this, 'Budget', { monthlyDollars: monthlyBudgetDollars, address: alarms.tickets })
    }
    new ScheduledJobs(this, 'Jobs', { jobs, backends, alarms: this.alarms })
    new OperatorCommands(this, 'Operator', { backends })
    this.exportValues(...Object.values(this.alarms.topics).map(({ topicArn }) => topicArn), ...release.map(({ alarmName }) => alarmName))
  }
}
