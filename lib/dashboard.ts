import { ArnFormat, CfnOutput, Duration } from 'aws-cdk-lib'
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch'
import { Function } from 'aws-cdk-lib/aws-lambda'
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds'
import type { Construct } from 'constructs'
import type { SimulationBackend } from './constructs/backends.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'
import type { OperationsStack } from './operations.ts'

export interface DashboardStackProps {
  readonly settings: EnvironmentSettings
  readonly cluster: IDatabaseCluster
  readonly httpApi: HttpApi
  readonly operations: OperationsStack
  readonly largeRuns: SimulationBackend
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const alarmsPerWidget = 100
const alarmsPerLine = 12
const period = Duration.minutes(5)

const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = [], width = 8): IWidget =>
  new GraphWidget({ title, left: [...left], right: [...right], width, height: 6 })

/**
 * One page about the environment: the state of all alarms, and the graphs that an operator looks at first. It takes from other stacks only
 * what stays as long as the environment: functions come and go, so it finds those of jobs by a search.
 */
export class DashboardStack extends NesteggStack {
  constructor(scope: Construct, id: string, { settings, cluster, httpApi, operations, largeRuns }: DashboardStackProps) {
    super(scope, id, { settings, description: 'The dashboard of the environment' })
    const { metrics } = operations
    const ofCluster = (name: string, statistic: string) => cluster.metric(name, { period, statistic })
    const ofJobs = (name: string) =>
      new MathExpression({
        expression: `SEARCH('{AWS/Lambda,FunctionName} MetricName="${name}" FunctionName="${operations.stackName}"', 'Sum', ${period.toSeconds()})`,
        usingMetrics: {},
        label: '',
        period,
      })
    const ofLargeRuns = (metricName: string) =>
      new Metric({
        namespace: 'AWS/States',
        metricName,
        dimensionsMap: { StateMachineArn: largeRuns.startVariables.SIMULATION_STATE_MACHINE_ARN },
        statistic: 'Sum',
        period,
      })
    const name = `nestegg-${settings.name}`
    new Dashboard(this, 'Dashboard', {
      dashboardName: name,
      defaultInterval: Duration.hours(12),
      widgets: [
        ...this.alarmWidgets(operations.alarms.names).map(widget => [widget]),
        [
          graph('Requests', [httpApi.metricCount({ period })], [httpApi.metricClientError({ period }), metrics.apiServerErrors], 12),
          graph('Latency in milliseconds', [metrics.apiLatency('p50'), metrics.apiLatency('p95'), metrics.apiLatency('p99')], [], 12),
        ],
        [
          graph('Functions: crashes and throttles', [Function.metricAllErrors({ period, statistic: 'Sum' }), metrics.functionThrottles]),
          graph('Functions: concurrent executions', [metrics.functionConcurrency]),
          graph('Refused by other services', [metrics.signInThrottles, metrics.dataApiThrottles]),
        ],
        [
          graph(
            'Database: capacity units, and percent of the largest',
            [ofCluster('ServerlessDatabaseCapacity', 'Average')],
            [metrics.databaseCapacity],
          ),
          graph('Database: connections', [metrics.databaseConnections]),
          graph('Database: processor in percent', [ofCluster('CPUUtilization', 'Average')]),
        ],
        [
          graph('Database: free local storage in bytes', [metrics.databaseLocalStorage]),
          ...(settings.database.instanceCount > 1 ? [graph('Database: lag of the readers in milliseconds', [metrics.replicaLag])] : []),
          graph('Database: slow statements of requests', [metrics.slowStatements]),
          graph('Large runs', ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut'].map(ofLargeRuns)),
        ],
        [
          graph('Jobs and operator commands: runs', [ofJobs('Invocations')], [], 12),
          graph('Jobs and operator commands: crashes', [ofJobs('Errors')], [], 12),
        ],
      ],
    })
    new CfnOutput(this, 'DashboardUrl', {
      value: `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${name}`,
    })
  }

  private alarmWidgets(names: readonly string[]): AlarmStatusWidget[] {
    const groups = Array.from({ length: Math.ceil(names.length / alarmsPerWidget) }, (_, index) =>
      names.slice(index * alarmsPerWidget, (index + 1) * alarmsPerWidget),
    )
    return groups.map(
      group =>
        new AlarmStatusWidget({
          title: 'Alarms',
          alarms: group.map(resourceName =>
            Alarm.fromAlarmArn(
              this,
              resourceName,
              this.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
            ),
          ),
          width: 24,
          height: 2 + Math.ceil(group.length / alarmsPerLine),
        }),
    )
  }
}
