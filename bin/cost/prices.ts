import { Decimal } from '../../domain/shared/index.ts'

/** The Region that the prices are of. Prices of CloudFront, of web ACLs and of traces are the same in every Region of the US. */
export const pricedRegion = 'us-east-2'

/** The day on which the prices were looked up. */
export const pricesOf = '2026-11-26'

export interface Price {
  /** The service that the bill names. */
  readonly service: string
  /** Dollars of one unit, before free tiers. The first tier, where more becomes cheaper. */
  readonly dollars: Decimal
  /** What one unit is. */
  readonly unit: string
  /** The page on which AWS states the price. */
  readonly page: string
  /** Where the figure was read, and the date of that source. */
  readonly read: string
}

const aws = 'https://aws.amazon.com'
const rds = `${aws}/rds/aurora/pricing/`
const cloudWatch = `${aws}/cloudwatch/pricing/`
const vpc = `${aws}/vpc/pricing/`
const lambda = `${aws}/lambda/pricing/`
const cloudFront = `${aws}/cloudfront/pricing/`
const waf = `${aws}/waf/pricing/`
const s3 = `${aws}/s3/pricing/`
const cognito = `${aws}/cognito/pricing/`
const secrets = `${aws}/secrets-manager/pricing/`
const kms = `${aws}/kms/pricing/`

/** A public document that quotes the price list of AWS with the number of each product (SKU). */
const model = 'the “Quartermaster AWS cost model”'

/** A product of AWS's price list. */
const priceList = (sku: string, date = '2026-09-07') => `price list of ${date}, SKU ${sku}, quoted by ${model}`
const costModel = (date = '2026-08-19') => `price page for US East of ${date}, quoted by ${model}`
const guide = (site: string, date: string) => `price page for US East, quoted by ${site}, ${date}`
const storedPage = 'stored copy of the price page, without a date'

const price = (service: string, dollars: string, unit: string, page: string, read: string): Price => ({
  service,
  dollars: new Decimal(dollars),
  unit,
  page,
  read,
})

/**
 * What AWS charges in us-east-2, on demand. Few figures were read on the pages of AWS themselves: `read` says which public text each is from.
 * Read a price again on its `page` before you rely on it.
 */
export const prices = {
  capacity: price('Aurora', '0.12', 'ACU-hour', rds, priceList('F68JYQJBHCXKZMJX')),
  databaseStorage: price('Aurora', '0.10', 'GB-month', rds, priceList('6URTSSU2UNPPNGCY')),
  databaseIo: price('Aurora', '0.0000002', 'I/O', rds, priceList('BY4H8DC28FBCKJSH')),
  databaseBackup: price('Aurora', '0.021', 'GB-month', rds, priceList('PYNU7WJBSCTWR8XF', '2026-09-24')),
  dataApi: price('Aurora', '0.00000035', 'call of 32 KB', rds, priceList('3C6FAF2HBNTY26YF')),
  backupCopy: price('Aurora', '0.021', 'GB-month', `${aws}/backup/pricing/`, priceList('JZGHDWS5VTC87BRN, us-west-2')),
  secret: price('Secrets Manager', '0.40', 'secret-month', secrets, priceList('HHK3AZN6HN5CFDJM')),
  secretRead: price('Secrets Manager', '0.000005', 'call', secrets, priceList('DYZUZWKV5HMGF5A9')),
  key: price('KMS', '1', 'key-month', kms, storedPage),
  keyUse: price('KMS', '0.000003', 'call', kms, guide('factualminds.com', '2026-06')),
  functionRequest: price('Lambda', '0.0000002', 'request', lambda, costModel()),
  functionArm: price('Lambda', '0.0000133334', 'GB-second (arm64)', lambda, costModel()),
  functionX86: price('Lambda', '0.0000166667', 'GB-second (x86)', lambda, guide('cloudchipr.com', '2024')),
  apiRequest: price('API Gateway', '0.000001', 'request', `${aws}/api-gateway/pricing/`, guide('awsforengineers.com', '2025-05-19')),
  internet: price('Data transfer', '0.09', 'GB', `${aws}/ec2/pricing/on-demand/`, guide('usage.ai', '2026-06-02')),
  otherRegion: price('Data transfer', '0.02', 'GB', `${aws}/ec2/pricing/on-demand/`, priceList('H6CM7XJ9ZZ2JD2NZ, to us-west-2')),
  transition: price('Step Functions', '0.000025', 'state transition', `${aws}/step-functions/pricing/`, storedPage),
  schedule: price('EventBridge', '0.000001', 'invocation', `${aws}/eventbridge/pricing/`, guide('cloudburn.io', '2026-03-13')),
  activeUser: price('Cognito', '0.015', 'active user (Essentials)', cognito, costModel()),
  mail: price('SES', '0.0001', 'mail', `${aws}/ses/pricing/`, guide('acecloudinterviews.com', 'without a date')),
  notification: price('SNS', '0.00002', 'mail', `${aws}/sns/pricing/`, guide('factualminds.com', '2026-06-13')),
  logs: price('CloudWatch', '0.50', 'GB', cloudWatch, costModel()),
  storedLogs: price('CloudWatch', '0.03', 'GB-month', cloudWatch, costModel()),
  alarm: price('CloudWatch', '0.10', 'alarm metric-month', cloudWatch, costModel()),
  metric: price('CloudWatch', '0.30', 'metric-month', cloudWatch, guide('signoz.io', '2026-02-15')),
  dashboard: price('CloudWatch', '3', 'dashboard-month beyond 3', cloudWatch, guide('factualminds.com', '2026-06-13')),
  canaryRun: price('CloudWatch', '0.0012', 'run', cloudWatch, 'several public cost estimates, without a date'),
  trace: price('X-Ray', '0.000005', 'trace', `${aws}/xray/pricing/`, storedPage),
  files: price('S3', '0.023', 'GB-month', s3, costModel()),
  filePut: price('S3', '0.000005', 'PUT', s3, costModel()),
  fileGet: price('S3', '0.0000004', 'GET', s3, costModel()),
  interfaceEndpoint: price('VPC', '0.01', 'hour and zone', vpc, guide('zacfukuda.com', '2026-06-01')),
  edgeRequest: price('CloudFront', '0.000001', 'request', cloudFront, guide('wring.co', '2026-03-08')),
  edgeTransfer: price('CloudFront', '0.085', 'GB', cloudFront, storedPage),
  edgeFunction: price('CloudFront', '0.0000001', 'invocation', cloudFront, guide('cur.vantage.sh', 'without a date')),
  webAcl: price('WAF', '5', 'web ACL-month', waf, costModel('2026-09-24')),
  webAclRule: price('WAF', '1', 'rule-month', waf, costModel('2026-09-24')),
  inspectedRequest: price('WAF', '0.0000006', 'request', waf, costModel('2026-09-24')),
} as const satisfies Record<string, Price>

export type PriceName = keyof typeof prices
export type Prices = Readonly<Record<PriceName, Price>>
