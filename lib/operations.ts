import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch'
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Job } from '../lambdas/runtime/job.ts'
import type { Domain } from '../lambdas/runtime/route.ts'
import type { ApiStack } from './api.ts'
import { budget } from './constructs/budget.ts'
import { platformAlarms } from './constructs/platform-alarms.ts'
import { platformMetrics, type PlatformMetrics, slowStatements } from './constructs/platform-metrics.ts'
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

/**
 * Counts the lines of the database's log about statements of more than a second (`log_min_duration_statement`). Jobs, commands and migrations
 * may take that long: their lines have their role in front (`log_line_prefix` of RDS: %t:%r:%u@%d:[%p]:).
 */
const countSlowStatements = (scope: Construct, { database, settings }: Backends): MetricFilter =>
  new MetricFilter(scope, 'SlowStatementsFilter', {
    logGroup: LogGroup.fromLogGroupName(scope, 'DatabaseLog', `/aws/rds/cluster/${database.cluster.clusterIdentifier}/postgresql`),
    filterPattern: FilterPattern.literal('"duration:" -"nestegg_owner@" -"nestegg_operator@"'),
    metricNamespace: slowStatements(settings.name).namespace,
    metricName: slowStatements(settings.name).metricName,
    metricValue: '1',
  })

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
    countSlowStatements(this, backends)
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
