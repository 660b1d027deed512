import { describe, expect, it } from 'vitest'
import { jobs } from '../../lambdas/jobs.ts'
import { eventBridgeCron, longestGapHours } from '../../lib/constructs/cron.ts'

describe('a crontab text as EventBridge cron', () => {
  it.each([
    ['15 3 * * *', 'cron(15 3 * * ? *)'],
    ['0 4 * * SUN', 'cron(0 4 ? * SUN *)'],
    ['30 22 * * MON-FRI', 'cron(30 22 ? * MON-FRI *)'],
    ['0 0 1 JAN,APR,JUL,OCT *', 'cron(0 0 1 JAN,APR,JUL,OCT ? *)'],
    ['*/15 9-17 * * *', 'cron(0/15 9-17 * * ? *)'],
    ['5/20 */6 */2 */3 *', 'cron(5/20 0/6 1/2 1/3 ? *)'],
    ['0 6 1,15 * *', 'cron(0 6 1,15 * ? *)'],
    ['  0   6 31 12 * ', 'cron(0 6 31 12 ? *)'],
  ])('%s becomes %s', (text, expected) => {
    expect(eventBridgeCron(text)).toBe(expected)
  })

  it.each([
    ['0 4 * *', /has 4 fields; five are needed/],
    ['0 4 * * * *', /has 6 fields/],
    ['', /fields; five are needed/],
    ['0 4 * * 0', /day of the week "0"/],
    ['0 4 * * 1-5', /day of the week "1-5"/],
    ['0 4 * * */2', /day of the week "\*\/2"/],
    ['0 4 1 * SUN', /restricts both/],
    ['60 4 * * *', /minute "60"/],
    ['0 24 * * *', /hour "24"/],
    ['0 4 0 * *', /day of the month "0"/],
    ['0 4 32 * *', /day of the month "32"/],
    ['0 4 * 13 *', /month "13"/],
    ['0 4 * JANUARY *', /month "JANUARY"/],
    ['0 4 * * sun', /day of the week "sun"/],
    ['*/0 4 * * *', /minute "\*\/0"/],
    ['1-2-3 4 * * *', /minute "1-2-3"/],
    ['1,,2 4 * * *', /minute "1,,2"/],
    ['-5 4 * * *', /minute "-5"/],
    ['0 4 ? * *', /day of the month "\?"/],
    ['@daily', /has 1 fields/],
  ])('refuses %s', (text, message) => {
    expect(() => eventBridgeCron(text)).toThrow(message)
  })

  it('is valid for every job of the platform', () => {
    const written = jobs.map(job => eventBridgeCron(job.schedule))
    expect(written).toEqual(jobs.map(() => expect.stringMatching(/^cron\(\S+ \S+ \S+ \S+ \S+ \*\)$/)))
  })
})

describe('the longest time between two firings', () => {
  it.each([
    ['15 3 * * *', 24],
    ['*/15 9-17 * * *', 16],
    ['5 * * * *', 1],
    ['30 22 * * MON-FRI', 72],
    ['0 4 * * SUN,WED', 96],
    ['0 4 * * SUN', 168],
    ['0 0 1 * *', 744],
    ['0 0 29 2 *', Number.POSITIVE_INFINITY],
  ])('of %s is %d hours', (text, hours) => {
    expect(longestGapHours(text)).toBe(hours)
  })
})
