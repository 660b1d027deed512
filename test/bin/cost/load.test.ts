import { describe, expect, it } from 'vitest'
import { type LoadName, loadNames, loadOf } from '../../../bin/cost/load.ts'
import { bill, everything, linesOf } from './trial-environment.ts'

const perRequest = [
  'API Gateway: requests',
  'Aurora: calls of the Data API',
  'Aurora: reads and writes of the storage',
  'CloudWatch: logs',
  'CloudWatch: logs of the front',
  'CloudWatch: logs of the front, kept',
  'CloudWatch: logs of the network',
  'CloudWatch: logs of the network, kept',
  'CloudWatch: logs, kept',
  'Data transfer: responses',
  'KMS: uses of keys',
  'Lambda: invocations of functions',
  'Lambda: requests',
  'Lambda: requests that simulate',
  'Secrets Manager: reads of secrets',
  'WAF: inspected requests',
  'X-Ray: traces',
]
const dataApi = ['Aurora: calls of the Data API', 'KMS: uses of keys', 'Secrets Manager: reads of secrets']
const perPart = [
  ...dataApi,
  'CloudWatch: logs',
  'CloudWatch: logs, kept',
  'Lambda: invocations of functions',
  'Lambda: parts of large runs',
  'S3: results of parts',
  'Step Functions: large runs',
  'X-Ray: traces',
]
const capacity = ['Aurora: one instance']

/** The lines that each number of the load changes. */
const changed: Readonly<Record<LoadName, readonly string[]>> = {
  users: ['Cognito: users who sign in', ...perRequest],
  requestsPerUserAndDay: perRequest,
  requestsPerMonth: perRequest,
  simulatingShare: ['Lambda: requests', 'Lambda: requests that simulate'],
  plainMilliseconds: ['Lambda: requests'],
  simulatingMilliseconds: ['Lambda: requests that simulate'],
  responseKilobytes: ['Data transfer: responses'],
  dataApiCallsPerRequest: dataApi,
  databaseIoPerRequest: ['Aurora: reads and writes of the storage'],
  awakeHoursPerDay: capacity,
  capacityUnitsWhileAwake: capacity,
  storageGigabytes: ['Aurora: continuous backup', 'Aurora: data', 'Aurora: snapshots before migrations'],
  changedSharePerDay: ['Aurora: continuous backup'],
  jobSeconds: [...capacity, 'Lambda: jobs'],
  largeRunsPerMonth: [...perPart, 'Lambda: merges of large runs'],
  partsPerLargeRun: perPart,
  secondsPerPart: ['Lambda: merges of large runs', 'Lambda: parts of large runs'],
  fileGigabytes: ['S3: files'],
  mailsPerMonth: ['SES: codes and invitations'],
  alarmMailsPerMonth: ['SNS: mails of alarms'],
  logKilobytesPerRequest: ['CloudWatch: logs', 'CloudWatch: logs, kept'],
  flowLogKilobytesPerRequest: ['CloudWatch: logs of the network', 'CloudWatch: logs of the network, kept'],
  frontLogKilobytesPerRequest: ['CloudWatch: logs of the front', 'CloudWatch: logs of the front, kept'],
  storedLogShare: ['CloudWatch: logs of the front, kept', 'CloudWatch: logs of the network, kept', 'CloudWatch: logs, kept'],
  canarySeconds: ['Lambda: canary Canary'],
}

describe('a number of the load', () => {
  const before = linesOf(bill(everything))
  it.each(loadNames)('%s changes its lines, and no others', name => {
    const value = loadOf('prod', { idle: false })[name]
    const after = linesOf(bill(everything, { [name]: value.times(2).toFixed() }))
    const different = after.filter(line => !before.includes(line)).map(line => line.slice(0, line.lastIndexOf(':')))
    expect([...new Set(different)].toSorted()).toEqual(changed[name].toSorted())
  })
})

it('multiplies people, requests and days, unless the requests of the month are given', () => {
  // 1,000 x 30 x 730/24 = 912,500; 7 x 30 x 730/24 = 6,387.5
  expect(loadOf('prod', { idle: false }).requestsPerMonth.toFixed()).toBe('912500')
  expect(loadOf('prod', { idle: false, changes: { users: '7' } }).requestsPerMonth.toFixed()).toBe('6388')
  expect(loadOf('prod', { idle: false, changes: { users: '7', requestsPerMonth: '5' } }).requestsPerMonth.toFixed()).toBe('5')
})

it('keeps the data and the jobs in a month without users', () => {
  const idle = loadOf('prod', { idle: true })
  const zeros = loadNames.filter(name => idle[name].isZero())
  expect(zeros).toEqual([
    'users',
    'requestsPerUserAndDay',
    'requestsPerMonth',
    'awakeHoursPerDay',
    'largeRunsPerMonth',
    'mailsPerMonth',
    'alarmMailsPerMonth',
  ])
  expect(idle.storageGigabytes).toEqual(loadOf('prod', { idle: false }).storageGigabytes)
})
