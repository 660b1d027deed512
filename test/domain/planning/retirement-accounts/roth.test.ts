import { describe, expect, test } from 'vitest'
import {
  contributeToRoth,
  convertToRoth,
  copyRothLayers,
  createRothLayers,
  createRothWithdrawal,
  openRothYear,
  type RothLayers,
  withdrawFromRoth,
} from '../../../../domain/planning/retirement-accounts/index.ts'

const withdraw = (layers: RothLayers, amount: number, freeOfPenalty: boolean) => {
  const out = createRothWithdrawal()
  withdrawFromRoth(layers, amount, freeOfPenalty, out)
  return out
}

/** 10,000 contributed in 2020; 20,000 converted in 2023, of which 5,000 after tax; 30,000 converted in 2025. */
const layersIn = (year: number): RothLayers => {
  const layers = createRothLayers(2020)
  contributeToRoth(layers, 10_000)
  openRothYear(layers, 2023)
  convertToRoth(layers, 15_000, 5000)
  openRothYear(layers, 2025)
  convertToRoth(layers, 30_000, 0)
  openRothYear(layers, year)
  return layers
}

describe('withdrawals before 59 1/2', () => {
  test('take contributions first, free of everything', () => {
    expect(withdraw(layersIn(2026), 10_000, false)).toEqual({ basis: 10_000, earnings: 0, taxable: 0, penalized: 0 })
  })

  test('then the oldest conversion, its taxable part first, penalized within five years', () => {
    expect(withdraw(layersIn(2026), 22_000, false).penalized).toBe(12_000)
    expect(withdraw(layersIn(2026), 30_000, false).penalized).toBe(15_000)
    expect(withdraw(layersIn(2026), 40_000, false).penalized).toBe(25_000)
  })

  test.each([
    [2027, 45_000],
    [2028, 30_000],
    [2029, 30_000],
    [2030, 0],
  ])('in %i find %d of conversions under their clock', (year, penalized) => {
    expect(withdraw(layersIn(year), 60_000, false)).toEqual({ basis: 60_000, earnings: 0, taxable: 0, penalized })
  })

  test('then earnings, taxed and penalized', () => {
    expect(withdraw(layersIn(2030), 70_000, false)).toEqual({ basis: 60_000, earnings: 10_000, taxable: 10_000, penalized: 10_000 })
  })

  test('use up the layers they take', () => {
    const layers = layersIn(2030)
    withdraw(layers, 45_000, false)
    expect(withdraw(layers, 20_000, false)).toEqual({ basis: 15_000, earnings: 5000, taxable: 5000, penalized: 5000 })
  })
})

describe('withdrawals from 59 1/2 on', () => {
  test('are wholly free once five years have passed since the first contribution', () => {
    expect(withdraw(layersIn(2026), 90_000, true)).toEqual({ basis: 60_000, earnings: 30_000, taxable: 0, penalized: 0 })
  })

  test('have earnings taxed, not penalized, before that; conversions are free', () => {
    const layers = createRothLayers(2024)
    convertToRoth(layers, 50_000, 0)
    openRothYear(layers, 2028)
    expect(withdraw(layers, 60_000, true)).toEqual({ basis: 50_000, earnings: 10_000, taxable: 10_000, penalized: 0 })
  })

  test('start the earnings clock with the first dollar, not with each', () => {
    const layers = createRothLayers(2024)
    contributeToRoth(layers, 0)
    convertToRoth(layers, 0, 0)
    expect(layers.firstYear).toBe(Number.POSITIVE_INFINITY)
    contributeToRoth(layers, 1)
    openRothYear(layers, 2029)
    convertToRoth(layers, 50_000, 0)
    expect(withdraw(layers, 60_000, true).taxable).toBe(0)
  })
})

test('layers are copied for each path, not shared', () => {
  const opening = layersIn(2026)
  const path = createRothLayers(2026)
  copyRothLayers(opening, path)
  expect(path).toEqual(opening)
  withdraw(path, 50_000, false)
  expect(opening).toEqual(layersIn(2026))
})
