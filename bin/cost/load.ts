import { Decimal } from '../../domain/shared/index.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import { hoursOfMonth } from './schedules.ts'

interface LoadField {
  /** `whole`: a whole number. `decimal`: with up to six decimals. Both are not negative. */
  readonly kind: 'whole' | 'decimal'
  readonly atMost: number
  readonly meaning: string
}

const whole = (meaning: string): LoadField => ({ kind: 'whole', atMost: 1e12, meaning })
const decimal = (meaning: string, atMost = 1e9): LoadField => ({ kind: 'decimal', atMost, meaning })

/** The numbers of a load, with their meaning. Each is a flag of the command: `requestsPerMonth` is `--requests-per-month`. */
export const loadFields = {
  users: whole('people who sign in at least once in the month'),
  requestsPerUserAndDay: whole('requests of each person on each day'),
  requestsPerMonth: whole('requests to the API in the month; if not given, the product of the two numbers above'),
  simulatingShare: decimal('share of requests that simulate, from 0 to 1', 1),
  plainMilliseconds: whole('mean milliseconds of other requests, with cold starts'),
  simulatingMilliseconds: whole('mean milliseconds of requests that simulate'),
  responseKilobytes: decimal('mean kilobytes of a response'),
  dataApiCallsPerRequest: decimal('mean calls of the Data API by a request, each of which also reads a secret'),
  databaseIoPerRequest: decimal('mean reads and writes of the storage of the database by a request'),
  awakeHoursPerDay: decimal('hours of a day in which the database works, besides the jobs', 24),
  capacityUnitsWhileAwake: decimal('mean Aurora capacity units of an instance in these hours and during jobs', 256),
  storageGigabytes: decimal('gigabytes of data in the database'),
  changedSharePerDay: decimal('share of the database that changes in a day, which backups keep', 1),
  jobSeconds: whole('mean seconds of a scheduled job'),
  largeRunsPerMonth: whole('large runs, which are simulated in parts'),
  partsPerLargeRun: whole('parts of a large run'),
  secondsPerPart: whole('mean seconds of a part, and of the merge of all parts'),
  fileGigabytes: decimal('gigabytes of files in all buckets'),
  mailsPerMonth: whole('mails with codes and invitations'),
  alarmMailsPerMonth: whole('mails about alarms'),
  logKilobytesPerRequest: decimal('kilobytes in the logs of the API and of its function, also of a job and of a part'),
  flowLogKilobytesPerRequest: decimal('kilobytes in the log of the network'),
  frontLogKilobytesPerRequest: decimal('kilobytes in the log of the front, if it has one'),
  storedLogShare: decimal('size of stored logs after compression, as a share', 1),
  canarySeconds: whole('mean seconds of a run of a canary, if there is one'),
} as const satisfies Record<string, LoadField>

export type LoadName = keyof typeof loadFields
export type Load = Readonly<Record<LoadName, Decimal>>
export const loadNames = Object.keys(loadFields) as LoadName[]

type StatedLoad = Readonly<Record<Exclude<LoadName, 'requestsPerMonth'>, string>>

/** What is the same in every environment. The sizes and durations are assumptions until an environment is measured. */
const common = {
  simulatingShare: '0.05',
  plainMilliseconds: '80',
  simulatingMilliseconds: '800',
  responseKilobytes: '8',
  dataApiCallsPerRequest: '0.2',
  databaseIoPerRequest: '20',
  changedSharePerDay: '0.02',
  jobSeconds: '20',
  partsPerLargeRun: '8',
  secondsPerPart: '20',
  logKilobytesPerRequest: '2',
  flowLogKilobytesPerRequest: '0.5',
  frontLogKilobytesPerRequest: '0.5',
  // The ratio that AWS assumes in the examples of its price page.
  storedLogShare: '0.15',
  canarySeconds: '10',
}

const statedLoads: Readonly<Record<EnvironmentName, StatedLoad>> = {
  // One team that develops.
  dev: {
    ...common,
    users: '3',
    requestsPerUserAndDay: '200',
    awakeHoursPerDay: '4',
    capacityUnitsWhileAwake: '1',
    storageGigabytes: '1',
    largeRunsPerMonth: '20',
    fileGigabytes: '1',
    mailsPerMonth: '20',
    alarmMailsPerMonth: '0',
  },
  // Rehearsals of releases, and tests of load now and then.
  staging: {
    ...common,
    users: '5',
    requestsPerUserAndDay: '500',
    awakeHoursPerDay: '6',
    capacityUnitsWhileAwake: '1',
    storageGigabytes: '5',
    largeRunsPerMonth: '50',
    fileGigabytes: '1',
    mailsPerMonth: '100',
    alarmMailsPerMonth: '20',
  },
  // A thousand people who look at their plans every day.
  prod: {
    ...common,
    users: '1000',
    requestsPerUserAndDay: '30',
    awakeHoursPerDay: '12',
    capacityUnitsWhileAwake: '3',
    storageGigabytes: '20',
    largeRunsPerMonth: '500',
    fileGigabytes: '5',
    mailsPerMonth: '2000',
    alarmMailsPerMonth: '50',
  },
}

const nobody: Partial<StatedLoad> = {
  users: '0',
  requestsPerUserAndDay: '0',
  awakeHoursPerDay: '0',
  largeRunsPerMonth: '0',
  mailsPerMonth: '0',
  alarmMailsPerMonth: '0',
}

/** Numbers that replace stated ones, as decimal text. */
export type LoadChanges = Readonly<Partial<Record<LoadName, string>>>

/**
 * The load of an environment for a month.
 * @param idle A month without users: the data, the files and the jobs stay.
 */
export const loadOf = (
  environment: EnvironmentName,
  { idle, changes = {} }: { readonly idle: boolean; readonly changes?: LoadChanges },
): Load => {
  const texts = { ...statedLoads[environment], ...(idle ? nobody : {}), ...changes }
  const daily = new Decimal(texts.users).times(texts.requestsPerUserAndDay)
  const requestsPerMonth = texts.requestsPerMonth ?? daily.times(hoursOfMonth).dividedBy(24).ceil()
  const complete = { ...texts, requestsPerMonth }
  return Object.fromEntries(loadNames.map(name => [name, new Decimal(complete[name])])) as Load
}
