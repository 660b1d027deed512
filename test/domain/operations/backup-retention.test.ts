import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expiredBackups, type KeptBackup } from '../../../domain/operations/index.ts'

/** One backup a day at 03:00, for so many days up to 2026-11-26. */
const daily = (days: number, isGood: (day: number) => boolean = () => true): KeptBackup[] =>
  Array.from({ length: days }, (_, index) => {
    const snapshotAt = new Date(Date.UTC(2026, 10, 26, 3) - index * 86_400_000).toISOString()
    return { id: snapshotAt.slice(0, 10), snapshotAt, isGood: isGood(index) }
  })
const today = '2026-11-26'
const keptOf = (backups: readonly KeptBackup[]): string[] => {
  const expired = new Set(expiredBackups(backups, today))
  return backups.filter(({ id }) => !expired.has(id)).map(({ id }) => id)
}

describe('the retention of backups', () => {
  it('keeps every one of thirty days, and the first one of each of twelve months', () => {
    const kept = keptOf(daily(800))
    expect(kept.slice(0, 30)).toEqual(daily(30).map(({ id }) => id))
    expect(kept.slice(30)).toEqual([
      '2026-10-01',
      '2026-09-01',
      '2026-08-01',
      '2026-07-01',
      '2026-06-01',
      '2026-05-01',
      '2026-04-01',
      '2026-03-01',
      '2026-02-01',
      '2026-01-01',
      '2025-12-01',
    ])
  })

  it('takes the first good one of a month, and removes bad ones after thirty days', () => {
    const isFirstOfOctober = (day: number) => daily(800)[day]!.id === '2026-10-01'
    const kept = keptOf(daily(100, day => !isFirstOfOctober(day)))
    expect(kept).toContain('2026-10-02')
    expect(kept).not.toContain('2026-10-01')
  })

  it('keeps the newest good one, however old it is', () => {
    const old = daily(900).slice(-2)
    expect(expiredBackups(old, today)).toEqual([old[1]!.id])
    expect(
      expiredBackups(
        daily(900, day => day === 899),
        today,
      ),
    ).not.toContain(daily(900)[899]!.id)
  })

  it('removes nothing more when it is applied again', () => {
    const backup = fc.record({ days: fc.integer({ min: 0, max: 1200 }), isGood: fc.boolean() })
    fc.assert(
      fc.property(fc.array(backup, { maxLength: 60 }), chosen => {
        const backups = chosen.map(({ days, isGood }, index): KeptBackup => ({ ...daily(days + 1)[days]!, id: String(index), isGood }))
        const expired = new Set(expiredBackups(backups, today))
        const left = backups.filter(({ id }) => !expired.has(id))
        expect(expiredBackups(left, today)).toEqual([])
        if (backups.some(({ isGood }) => isGood)) expect(left.some(({ isGood }) => isGood)).toBe(true)
      }),
    )
  })
})
