import { expect, test } from 'vitest'
import { className, partName } from '../../../web/wealth/portfolios/class-names.ts'
import { classValues } from '../../../web/wealth/portfolios/class-values.ts'
import { percentText, percentWords, rowsFault, rowsText, sumOfRows, sumWords, weightsOf } from '../../../web/wealth/portfolios/weights.ts'

const look = { locale: 'en-US', currency: 'USD', timezone: 'UTC', hidesAmounts: false } as Parameters<typeof percentText>[1]
const german = { ...look, locale: 'de-DE' }
const rows = (...weights: readonly string[]): string =>
  JSON.stringify(weights.map((weight, index) => ({ key: `class_${index}`, isOwn: false, weight })))

test('keys of asset classes are readable, and words and symbols stay as they are', () => {
  expect(['us_large_cap', 'cash', 'tips', 'developed_equity', 'unclassified', 'My own class', 'VTI'].map(className)).toEqual([
    'US large cap',
    'Cash',
    'TIPS',
    'Developed equity',
    'Not classified',
    'My own class',
    'VTI',
  ])
  expect([partName('cash', true), partName('gold', true), partName('gold', false)]).toEqual(['Cash', 'gold', 'Gold'])
})

test('weights are fractions in the API and per cent in the page, without a loss of a digit', () => {
  const weights = [
    { key: 'a', weight: '0.333333' },
    { key: 'b', weight: '0.666667' },
  ]
  expect(weightsOf(rowsText(weights, look), look)).toEqual(weights)
  expect(weightsOf(rowsText(weights, german), german)).toEqual(weights)
  expect([percentText('0.333333', german), percentText('1', look), percentText('0.05', look)]).toEqual(['33,3333', '100', '5'])
  expect([percentWords('0.05', look), percentWords('0.125', look), percentWords('0.333333', look)]).toEqual(['5%', '12.5%', '33.3333%'])
})

test('the running sum is exact, and says what is missing or too much', () => {
  // 33.3333 + 33.3333 + 33.3334 = 100, where floating-point numbers of the fractions can miss 1.
  expect(sumOfRows(rows('33.3333', '33.3333', '33.3334'), look).sum).toBe('1.000000')
  expect(sumWords(rows('33.3333', '33.3333', '33.3334'), look)).toBe('The sum is 100%.')
  expect(sumWords(rows('60', '41'), look)).toBe('The sum is 101%: 1% is too much.')
  expect(sumWords(rows('60', '', 'x', '-5', '27.5'), look)).toBe('The sum is 87.5%: 12.5% is missing.')
  expect(sumWords(rows('0,1', '0,2'), german)).toBe('The sum is 0,3\u00A0%: 99,7\u00A0% is missing.')
})

test('rows that are not a whole target have a fault', () => {
  const fault = (text: string) => rowsFault(text, look, className)
  expect(fault(rows('60', '40'))).toBeUndefined()
  expect(fault(rows('60', '41'))).toBe('The weights must sum to exactly 100%.')
  expect(fault(rows('100', '0'))).toBe('Write a percentage above zero in every row.')
  expect(fault(rows('100', '-1'))).toBe('Write a percentage above zero in every row.')
  expect(fault(JSON.stringify([{ key: '', isOwn: false, weight: '100' }]))).toBe('Choose what each row is about.')
  const twice = ['50', '50'].map(weight => ({ key: 'us_large_cap', isOwn: false, weight }))
  expect(fault(JSON.stringify(twice))).toBe('US large cap is given twice.')
})

test('the values of classes are exact, also of funds and of what is sold short', () => {
  const half = [
    { key: 'a', weight: '0.5' },
    { key: 'b', weight: '0.5' },
  ]
  const values = classValues([
    { currentValue: '0.30', classes: half },
    { currentValue: '100.10', classes: [{ key: 'a', weight: '1' }] },
    { currentValue: '-0.50', classes: [{ key: 'b', weight: '1' }] },
    { currentValue: null, classes: [{ key: 'a', weight: '1' }] },
  ])
  // a: 0.15 + 100.10; b: 0.15 - 0.50.
  expect([...values]).toEqual([
    ['a', '100.25'],
    ['b', '-0.35'],
  ])
})
