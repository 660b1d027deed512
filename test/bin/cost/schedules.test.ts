import { describe, expect, it } from 'vitest'
import { busySeconds, firings, UnreadableSchedule } from '../../../bin/cost/schedules.ts'

// 730 hours from 2026-01-01 on end at 10:00 on the 31st.
describe('firings of a month', () => {
  it.each([
    ['rate(1 minute)', 730 * 60],
    ['rate(5 minutes)', 730 * 12],
    ['rate(1 hour)', 730],
    ['rate(7 days)', 5],
    ['cron(15 3 * * ? *)', 31],
    ['cron(0 12 * * ? *)', 30],
    ['cron(0/15 9-17 * * ? *)', 30 * 9 * 4 + 4],
    ['cron(0 4 ? * SUN *)', 4],
    ['cron(0 4 ? * 1 *)', 4],
    ['cron(0 4 ? * MON-FRI *)', 22],
    ['cron(0 4 ? * 2-6 *)', 22],
    ['cron(0 0 1 JAN,APR,JUL,OCT ? *)', 1],
    ['cron(0 0 1 FEB ? *)', 0],
  ])('%s fires %i times', (expression, times) => {
    expect(firings(expression)).toHaveLength(times)
  })

  it('are counted over other times too', () => {
    expect(firings('cron(0 5 * * ? *)', 35 * 24)).toHaveLength(35)
    expect(firings('cron(0 5 * * ? *)', 24).map(time => new Date(time).toISOString())).toEqual(['2026-01-01T05:00:00.000Z'])
  })

  it.each([
    'at(2026-01-01T00:00:00)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'cron(15 3 *)',
    'cron(15 3 * * ? 2027)',
    'cron(99 3 * * ? *)',
    '',
  ])('"%s" is refused', expression => {
    expect(() => firings(expression)).toThrow(UnreadableSchedule)
  })
})

it('counts the seconds with work once', () => {
  // 0-300, 100-400 and 1,000-1,300: 400 + 300.
  expect(busySeconds([1_000_000, 0, 100_000], 300)).toBe(700)
  expect(busySeconds([], 300)).toBe(0)
})
