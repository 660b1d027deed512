import { describe, expect, test } from 'vitest'
import { type AccountCoverage, usualSettlement, washSaleCoverage, washSaleWindow } from '../../../../domain/wealth/index.ts'

const byHand: AccountCoverage = {
  accountId: 'by hand',
  openedOn: '2020-01-01',
  closedOn: null,
  firstOn: '2020-01-02',
  source: 'person',
  throughOn: null,
}
const fromFiles: AccountCoverage = { ...byHand, accountId: 'files', openedOn: null, source: 'import', throughOn: '2025-06-20' }
const soldOn = '2025-06-10'
const later = '2026-01-01'

describe('whether all purchases around a loss are known', () => {
  test('the window has 61 days', () => {
    expect(washSaleWindow(soldOn)).toEqual({ from: '2025-05-11', to: '2025-07-10' })
  })

  test.each([
    ['the last day of the window', '2025-07-10', 'watching'],
    ['the day after it', '2025-07-11', 'certain'],
  ])('on %s', (_, today, state) => {
    expect(washSaleCoverage(soldOn, [byHand], today)).toEqual({ state, gaps: [] })
  })

  test.each<[string, Partial<AccountCoverage>, object | undefined]>([
    ['files that end within it', {}, { from: '2025-06-21', to: '2025-07-10', reason: 'The records end on 2025-06-20.' }],
    ['files that end after it', { throughOn: '2025-07-10' }, undefined],
    ['files that end before it', { throughOn: '2025-03-01' }, { from: '2025-05-11', to: '2025-07-10' }],
    ['records that begin within it', { firstOn: '2025-05-20', throughOn: later }, { from: '2025-05-11', to: '2025-05-19' }],
    ['an account that was opened within it', { openedOn: '2025-05-20', throughOn: later }, undefined],
    ['an account that was opened after it', { openedOn: '2025-08-01', throughOn: null }, undefined],
    ['an account that was closed before it', { openedOn: '2020-01-01', closedOn: '2025-05-10', throughOn: null }, undefined],
    ['an account that was closed within it', { closedOn: '2025-06-30' }, undefined],
    ['a connection', { source: 'plaid', throughOn: '2025-06-20' }, { from: '2025-06-21', to: '2025-07-10' }],
    [
      'an account without records',
      { firstOn: null },
      { from: '2025-05-11', to: '2025-07-10', reason: 'Nothing of the account is recorded.' },
    ],
  ])('with %s', (_, change, gap) => {
    const { gaps, state } = washSaleCoverage(soldOn, [byHand, { ...fromFiles, ...change }], later)
    expect(state).toBe(gap ? 'incomplete' : 'certain')
    expect(gaps).toMatchObject(gap ? [{ accountId: 'files', ...gap }] : [])
  })

  test('days to come are not missing yet', () => {
    expect(washSaleCoverage(soldOn, [{ ...fromFiles, throughOn: '2025-06-25' }], '2025-06-25')).toEqual({ state: 'watching', gaps: [] })
  })
})

describe('the usual settlement of a trade', () => {
  test.each([
    ['one business day since 28 May 2024', '2024-05-28', '2024-05-29'],
    ['a Friday settles on Monday', '2025-12-05', '2025-12-08'],
    ['two business days before', '2024-05-24', '2024-05-28'],
    ['three business days before September 2017', '2017-09-01', '2017-09-06'],
  ])('%s', (_, traded, settled) => {
    expect(usualSettlement(traded)).toBe(settled)
  })
})
