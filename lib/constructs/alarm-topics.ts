import { Stack } from 'aws-cdk-lib'
import { Alarm, type ComparisonOperator, type IMetric, type TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { EnvironmentSettings } from '../environments.ts'

const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com')

export interface AlarmDeclaration {
  /** The problem that it reports, in one sentence. */
  readonly summary: string
  /** `page`: users are affected now. `ticket`: they will be, unless an operator acts within days. */
  readonly severity: 'page' | 'ticket'
  /** The anchor of the heading in `docs/runbook.md` that says what to do. */
  readonly runbook: string
  readonly metric: IMetric
  readonly comparison: ComparisonOperator
  readonly threshold: number
  readonly evaluationPeriods: number
  /** How many of the evaluated periods raise the alarm. Default: all. */
  readonly datapointsToAlarm?: number
  readonly missingData: { readonly treatment: TreatMissingData; readonly because: string }
}

type Severity = AlarmDeclaration['severity']

/**
 * The encrypted topics that alarms are sent to, one for each severity, and the only way to declare an alarm. The address of each severity
 * receives its alarms once it has confirmed the subscription.
 */
export class AlarmTopics extends Construct {
  readonly topics: Readonly<Record<Severity, Topic>>
  /** The names of all alarms that were declared, in all stacks. */
  readonly names: string[] = []

  constructor(scope: Construct, id: string, { alarms, name, removalPolicy }: EnvironmentSettings) {
    super(scope, id)
    const key = new Key(this, 'Key', { description: 'Alarm messages in the topics', enableKeyRotation: true, removalPolicy })
    // CloudWatch alarms cannot use the key that AWS manages for SNS.
    // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
    key.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudWatch], actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] }),
    )
    this.topics = {
      page: alarmTopic(this, 'Pages', { displayName: `Nestegg ${name}: page`, key, address: alarms?.pages }),
      ticket: alarmTopic(this, 'Tickets', { displayName: `Nestegg ${name}: ticket`, key, address: alarms?.tickets }),
    }
  }

  add(scope: Construct, id: string, declaration: AlarmDeclaration): Alarm {
    const { summary, severity, runbook, missingData } = declaration
    // A name that is known before the deployment: the dashboard shows alarms that come and go without importing anything of their stacks.
    const alarmName = [...scope.node.path.split('/'), id].join('-')
    this.names.push(alarmName)
    const alarm = new Alarm(scope, id, {
      alarmName,
      alarmDescription: `[${severity}] ${summary} What to do: docs/runbook.md#${runbook}. Without data: ${missingData.treatment}, because ${missingData.because}.`,
      metric: declaration.metric,
      comparisonOperator: declaration.comparison,
      threshold: declaration.threshold,
      evaluationPeriods: declaration.evaluationPeriods,
      datapointsToAlarm: declaration.datapointsToAlarm,
      treatMissingData: missingData.treatment,
    })
    alarm.addAlarmAction(new SnsAction(this.topics[severity]))
    return alarm
  }
}

interface AlarmTopicProps {
  readonly displayName: string
  readonly key: Key
  readonly address: string | undefined
}

const alarmTopic = (scope: Construct, id: string, { address, displayName, key }: AlarmTopicProps): Topic => {
  const topic = new Topic(scope, id, { displayName, masterKey: key, enforceSSL: true })
  // The statement of `enforceSSL` takes the place of SNS's default policy, which lets the alarms of the account publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudWatch],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  )
  if (address !== undefined) topic.addSubscription(new EmailSubscription(address))
  return topic
}
