import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { todayIn } from '../../../lambdas/runtime/today.ts'
import { runProgram } from '../../support/run-program.ts'

describe('today', () => {
  const instant = '2026-03-08T10:30:00Z'
  const days = { 'Pacific/Kiritimati': '2026-03-09', 'America/New_York': '2026-03-08', UTC: '2026-03-08' }
  const night = '2026-01-01T03:00:00Z'
  const nights = { 'America/Los_Angeles': '2025-12-31', 'Asia/Tokyo': '2026-01-01', 'Asia/Kathmandu': '2026-01-01' }

  test.each([...Object.entries(days).map(day => [instant, ...day]), ...Object.entries(nights).map(day => [night, ...day])] as [
    string,
    string,
    string,
  ][])('%s in %s is %s', (at, zone, day) => {
    expect(todayIn(zone, new Date(at))).toBe(day)
  })

  test.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati'])('is the household’s day in a process of %s', async TZ => {
    const module = join(import.meta.dirname, '../../../lambdas/runtime/today.ts')
    const script = `import { todayIn } from ${JSON.stringify(module)}
      const zones = ${JSON.stringify([...Object.keys(days), ...Object.keys(nights)])}
      const datesAt = at => zones.map(zone => todayIn(zone, new Date(at)))
      console.log(JSON.stringify([new Date(${JSON.stringify(night)}).getHours(), datesAt(${JSON.stringify(instant)}), datesAt(${JSON.stringify(night)})]))`
    const { stdout } = await runProgram(process.execPath, ['--input-type=module', '--eval', script], { env: { ...process.env, TZ } })
    const [hour, ...dates] = JSON.parse(stdout) as [number, string[], string[]]
    expect(hour).toBe({ UTC: 3, 'Asia/Tokyo': 12, 'America/Los_Angeles': 19, 'Pacific/Kiritimati': 17 }[TZ])
    expect(dates).toEqual([
      ['2026-03-09', '2026-03-08', '2026-03-08', '2026-03-08', '2026-03-08', '2026-03-08'],
      ['2026-01-01', '2025-12-31', '2026-01-01', '2025-12-31', '2026-01-01', '2026-01-01'],
    ])
  })
})
