import { Duration } from 'aws-cdk-lib'
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { AlarmTopics } from './alarm-topics.ts'

const renewalDays = 45

interface Watched {
  readonly distribution: IDistribution
  readonly clientCertificateArn: string
}

/** The alarms on the front. Its failures never reach the API, so the alarms of the API do not see them. */
export const frontAlarms = (scope: Construct, topic: AlarmTopics, { distribution, clientCertificateArn }: Watched): void => {
  topic.add(scope, 'FrontServerErrors', {
    summary: 'The front answers more than one request in twenty with a server error.',
    severity: 'page',
    runbook: 'the-front-answers-with-server-errors',
    metric: new Metric({
      namespace: 'AWS/CloudFront',
      metricName: '5xxErrorRate',
      dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
      period: Duration.minutes(5),
      statistic: 'Average',
    }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 5,
    evaluationPeriods: 2,
    missingData: { treatment: TreatMissingData.NOT_BREACHING, because: 'a front that nobody uses reports no data' },
  })
  topic.add(scope, 'ClientCertificate', {
    summary: `The certificate that the front shows to the API expires within ${renewalDays} days. Then nobody reaches the API.`,
    severity: 'ticket',
    runbook: 'the-certificate-of-the-front-expires',
    metric: new Metric({
      namespace: 'AWS/CertificateManager',
      metricName: 'DaysToExpiry',
      dimensionsMap: { CertificateArn: clientCertificateArn },
      period: Duration.days(1),
      statistic: 'Minimum',
    }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: renewalDays,
    evaluationPeriods: 1,
    missingData: { treatment: TreatMissingData.IGNORE, because: 'ACM reports twice a day, and stops when the certificate has expired' },
  })
}
