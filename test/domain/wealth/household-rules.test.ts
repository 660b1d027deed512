import { describe, expect, it, test } from 'vitest'
import { balanceFault, goalProgress, isStaleBalance, minorUnitFault, sharesFault, trendDates } from '../../../domain/wealth/index.ts'

describe('the dates of a trend', () => {
  test.each([
    ['day', '2026-02-27', '2026-03-01', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['week', '2026-11-20', '2026-12-01', ['2026-11-22', '2026-11-29', '2026-12-01']],
    ['month', '2024-01-31', '2024-03-31', ['2024-01-31', '2024-02-29', '2024-03-31']],
    ['quarter', '2026-02-10', '2026-11-27', ['2026-03-31', '2026-06-30', '2026-09-30', '2026-11-27']],
    ['year', '2024-05-01', '2026-12-31', ['2024-12-31', '2025-12-31', '2026-12-31']],
    ['month', '2026-02-01', '2026-01-31', []],
  ] as const)('by %s from %s to %s', (interval, from, to, expected) => {
    expect(trendDates(from, to, interval, 100)).toEqual(expected)
  })
  it('are refused when there are too many', () => {
    expect(trendDates('2020-01-01', '2026-01-01', 'day', 1000)).toBeUndefined()
  })
})

describe('what a goal needs', () => {
  const goal = { targetAmount: '1000.00', currency: 'USD', targetDate: '2027-02-28' }
  it('is rounded up to the smallest unit, so that it suffices', () => {
    expect(goalProgress(goal, '0', '2026-11-28')).toEqual({ progress: 0, remaining: '1000.00', neededPerMonth: '333.34' })
    expect(goalProgress({ ...goal, currency: 'JPY', targetAmount: '1000' }, '0', '2026-11-28').neededPerMonth).toBe('334')
  })
  it('counts a month that has begun, and at least one', () => {
    expect(goalProgress(goal, '0', '2026-11-27').neededPerMonth).toBe('250.00')
    expect(goalProgress(goal, '0', '2027-02-27').neededPerMonth).toBe('1000.00')
    expect(goalProgress(goal, '0', '2027-02-28').neededPerMonth).toBeNull()
  })
  it('is nothing when the goal is reached, and debts are no progress', () => {
    expect(goalProgress(goal, '1200.00', '2026-11-28')).toEqual({ progress: 1, remaining: '0.00', neededPerMonth: null })
    expect(goalProgress(goal, '-50.00', '2026-11-28')).toMatchObject({ progress: 0, remaining: '1050.00' })
    expect(goalProgress(goal, '999.99', '2026-11-28').progress).toBe(0.9999)
  })
})

describe('the rules of balances', () => {
  it('know signs, limits and minor units', () => {
    expect(balanceFault('checking', '-500.00', '500.00')).toBeUndefined()
    expect(balanceFault('checking', '-500.01', '500.00')).toContain('-500.00')
    expect(balanceFault('loan', '0.00')).toBeUndefined()
    expect(minorUnitFault('1.00', 'JPY')).toBeUndefined()
    expect(minorUnitFault('1.01', 'JPY')).toContain('JPY')
  })
  it('know when a balance is old', () => {
    expect(isStaleBalance('checking', 'ledger', '2026-01-01', '2026-02-15')).toBe(false)
    expect(isStaleBalance('checking', 'ledger', '2026-01-01', '2026-02-16')).toBe(true)
    expect(isStaleBalance('property', 'stated', '2026-01-01', '2026-12-31')).toBe(false)
    expect(isStaleBalance('retirement', 'stated', null, '2026-12-31')).toBe(false)
  })
  it('know exact shares', () => {
    expect(sharesFault(['33.333', '33.333', '33.334'])).toBeUndefined()
    expect(sharesFault(['33.333', '33.333', '33.333'])).toContain('99.999')
    expect(sharesFault([])).toBeUndefined()
  })
})
