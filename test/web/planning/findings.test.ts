import { describe, expect, test } from 'vitest'
import type { Look } from '../../../web/shell/preferences.ts'
import { reportWords } from '../../../web/planning/show/actual-result.tsx'
import { bestOf } from '../../../web/planning/show/best-of.ts'
import { inputDifferences } from '../../../web/planning/show/input-differences.ts'
import { changesOf, leversOf, move, type PortfolioModel, yearlyAmount } from '../../../web/planning/show/levers.ts'
import { checkOwn, ownStress } from '../../../web/planning/show/own-stress.ts'
import type { Plan } from '../../../web/planning/plan-header.tsx'
import {
  failuresByYear,
  type HouseholdYear,
  meanRealReturn,
  middleFailure,
  placeOf,
  type Result,
  type RunSummary,
  shortfallsOf,
  sortRuns,
} from '../../../web/planning/show/results.ts'
import { sealStateOf } from '../../../web/planning/show/run-seal.tsx'
import { solutionSentence } from '../../../web/planning/show/solution-words.tsx'
import { isHouseholdPlan, readInputs, scaleMoney, type StoredInput, sumMoney } from '../../../web/planning/show/stored-input.ts'
import { ageOn, assetsOf, likelySeries, readyStresses } from '../../../web/planning/show/stresses.ts'
import { differenceWords } from '../../../web/planning/show/success-difference.tsx'

const look: Look = { locale: 'en-US', currency: 'USD', timezone: 'UTC', hidesAmounts: false }
const stored = (inputType: string, inputName: string, inputValue: object): StoredInput => ({
  id: `id-of-${inputName}`,
  planId: 'plan',
  inputType,
  inputName,
  inputValue: inputValue as StoredInput['inputValue'],
  dataSource: 'user_input',
  confidenceScore: null,
  isValid: true,
  validationErrors: null,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
})
const ada = stored('person', 'Ada', { birthDate: '1964-07-01', retirementAge: 65, socialSecurity: { claimingAgeMonths: 800, benefit: {} } })
const living = stored('expense', 'Living', { annualAmount: '65000.10' })
const deferral = stored('contribution', 'Deferral', { shareOfIncome: { income: 'Work', share: 0.1 } })

describe('amounts', () => {
  test.each([
    ['65000.10', 110, '71500.11'],
    ['0.01', 50, '0.01'],
    ['9007199254740993.99', 100, '9007199254740993.99'],
    ['100', 133, '133.00'],
    ['0.1234', 50, '0.0617'],
  ])('%s times %i percent is %s, exactly', (text, percent, expected) => expect(scaleMoney(text, percent)).toBe(expected))

  test('a sum has no rounding', () => expect(sumMoney(['0.10', '0.20', '9007199254740993.00'])).toBe('9007199254740993.30'))
})

describe('runs', () => {
  const run = (id: string, status: RunSummary['status'], verifiesRunId: string | null = null) =>
    ({ id, status, verifiesRunId }) as RunSummary

  test('the newest result is shown although newer ones are running, failed or verify', () => {
    const sorted = sortRuns([
      run('e', 'succeeded', 'b'),
      run('d', 'queued'),
      run('c', 'cancelled'),
      run('b', 'succeeded'),
      run('a', 'failed'),
    ])
    expect([sorted.newest?.id, sorted.active.map(({ id }) => id), sorted.failed]).toEqual(['b', ['d'], undefined])
  })

  test('a failure counts only while nothing newer has run', () => {
    expect(sortRuns([run('b', 'cancelled'), run('a', 'failed')]).failed?.id).toBe('a')
    expect(sortRuns([run('b', 'succeeded'), run('a', 'failed')]).failed).toBeUndefined()
  })

  test.each([
    [true, null, null, 'unverified'],
    [true, '2026-01-02T00:00:00Z', true, 'verified'],
    [true, '2026-01-02T00:00:00Z', false, 'mismatch'],
    [false, null, null, 'engineChanged'],
    [false, '2026-01-02T00:00:00Z', false, 'engineChanged'],
    [false, '2026-01-02T00:00:00Z', true, 'verified'],
  ])('current engine %s, verified at %s with %s: %s', (isCurrentEngine, lastVerifiedAt, lastVerificationMatched, kind) =>
    expect(sealStateOf({ isCurrentEngine, lastVerifiedAt, lastVerificationMatched }).kind).toBe(kind),
  )
})

describe('results', () => {
  test('failures of both engines have one form, with the years between', () => {
    const portfolio = failuresByYear({ depletion: [0, 0, 3, 0, 5] } as unknown as Result)
    expect(portfolio).toEqual([
      { year: 2, paths: 3 },
      { year: 3, paths: 0 },
      { year: 4, paths: 5 },
    ])
    const household = failuresByYear({
      depletion: [
        { year: 4, age: 66, paths: 1 },
        { year: 6, age: 68, paths: 1 },
      ],
    } as unknown as Result)
    expect(household.map(({ age, paths }) => [age, paths])).toEqual([
      [66, 1],
      [67, 0],
      [68, 1],
    ])
    expect([middleFailure(portfolio)?.year, middleFailure(household)?.age, middleFailure([])]).toEqual([4, 66, undefined])
    expect(failuresByYear({ depletion: [0, 0] } as unknown as Result)).toEqual([])
  })

  test('the nearest percentile is taken', () => expect([placeOf([0.05, 0.5, 0.95], 0.5), placeOf([0.05, 0.5, 0.95], 0.9)]).toEqual([1, 2]))

  test('the mean real return leaves out flows, fees and inflation', () => {
    // 100 invested grow by 10 %, less a fee of 1, while prices rise by 4 %; then an empty year.
    const year = { closing: 109, growth: 10, fees: 1, priceIndex: 1, closingPriceIndex: 1.04 } as HouseholdYear
    const empty = { closing: 0, growth: 0, fees: 0, priceIndex: 1, closingPriceIndex: 1.1 } as HouseholdYear
    expect(meanRealReturn([year, empty], 10)).toBeCloseTo(1.09 / 1.04 - 1, 12)
    expect(meanRealReturn([empty], 10)).toBeUndefined()
  })

  test('shortfalls are what was wanted and not paid', () => {
    const year = {
      spending: 50,
      spendingPaid: 40,
      debtPayment: 5,
      debtPaid: 5,
      tax: 3,
      taxPaid: 1,
      goalsWanted: 0,
      goalsPaid: 0,
    } as HouseholdYear
    expect(shortfallsOf(year)).toEqual({ spending: 10, debts: 0, taxes: 2, goals: 0 })
  })
})

describe('sliders', () => {
  const plan = { planningHorizonYears: 30, portfolioModelId: 'b' } as Plan
  const models = ['a', 'b', 'c'].map(id => ({ id, name: id })) as PortfolioModel[]
  const inputs = readInputs([ada, living, deferral, { ...living, inputName: 'Unreadable', isValid: false }])

  test('are those that change something in the plan', () => {
    const keys = (given: StoredInput[]) => leversOf(plan, readInputs(given), models).map(({ key }) => key)
    expect(keys([ada, living, deferral])).toEqual(['retirementAge:Ada', 'claimingAge:Ada', 'spending', 'saving', 'allocation', 'horizon'])
    expect(keys([stored('account', 'Savings', { balance: '1.00' })])).toEqual(['allocation', 'horizon'])
    expect(leversOf(plan, inputs, models.slice(0, 1)).map(({ kind }) => kind)).not.toContain('allocation')
  })

  test('change only what is moved, and nothing when they are moved back', () => {
    const retirement = leversOf(plan, inputs, models).find(({ key }) => key === 'retirementAge:Ada')
    if (!retirement) throw new Error('There is no slider for the retirement age.')
    const moved = { ...move({}, retirement, 67), spending: 90, saving: 200, horizon: 31, allocation: 2 }
    const changes = changesOf(inputs, models, moved)
    expect(changes.terms).toEqual({ planningHorizonYears: 31, portfolioModelId: 'c' })
    expect(changes.replace.map(({ input, inputId }) => [inputId, input.inputValue])).toEqual([
      ['id-of-Ada', { ...(ada.inputValue as object), retirementAge: 67 }],
      ['id-of-Living', { annualAmount: '58500.09' }],
      ['id-of-Deferral', { shareOfIncome: { income: 'Work', share: 0.2 } }],
    ])
    expect(move({ 'retirementAge:Ada': 67 }, retirement, 65)).toEqual({})
    expect(changesOf(inputs, models, {})).toEqual({ terms: {}, replace: [] })
    expect(yearlyAmount(inputs, 'spending', 200)).toBe('130000.20')
  })
})

describe('sentences', () => {
  const comparison = (estimate: number, lower: number, upper: number, onlyFirst: number, onlySecond: number) => ({
    paths: 1000,
    success: { first: 0.5, second: 0.5 + estimate, difference: { estimate, lower, upper }, onlyFirst, onlySecond },
    endingWealthReal: { meanDifference: { estimate: 0, lower: 0, upper: 0 }, medianDifference: { estimate: 0, lower: 0, upper: 0 } },
  })

  test('a difference says its direction, its interval and whether it can be chance', () => {
    expect(differenceWords(comparison(0, 0, 0, 0, 0), look)).toEqual(['This makes no difference: the same futures succeed and fail.'])
    const fall = differenceWords(comparison(-0.05, -0.06, -0.04, 50, 0), look)
    expect(fall[0]).toBe('Success falls by 5.0 percentage points (between 4.0 and 6.0).')
    expect(fall.join(' ')).toContain('so this is not chance. 50 futures that succeed now would fail.')
    const open = differenceWords(comparison(0.001, -0.002, 0.004, 1, 2), look)
    expect(open[0]).toBe('Success rises by 0.1 percentage points (between -0.2 and 0.4).')
    expect(open[1]).toContain('can be chance')
  })

  test('the best scenario is the one with the largest rise, if there is one', () => {
    const better = { estimate: 0.02, lower: -0.01, upper: 0.05 }
    expect(bestOf([{ estimate: -0.1, lower: -0.2, upper: 0 }, better])).toEqual({ place: 1, difference: better, mayBeChance: true })
    expect(bestOf([{ estimate: 0, lower: 0, upper: 0 }])).toBeUndefined()
  })

  test('solutions are sentences, also when there is none', () => {
    const say = (solution: Parameters<typeof solutionSentence>[0], successRate = 0.9) =>
      solutionSentence(solution, { solve: 'required_saving', successRate }, 2026, look)
    expect(say({ solve: 'required_saving', found: { annualAmount: 0, success: 0.95, evaluations: 1 }, definitions: {} })).toContain(
      'No further saving is needed: it works in 95.0% of futures already.',
    )
    expect(say({ solve: 'required_saving', found: null, definitions: {} })).toContain('No further saving reaches 90%')
    const found = { year: 3, ages: [{ key: 'Ada', age: 64 }], success: 0.91, evaluations: 4 }
    expect(say({ solve: 'earliest_retirement', found })).toBe('Ada at 64 can retire in 2029. It works in 91.0% of futures.')
    expect(say({ solve: 'sustainable_spending', found: null })).toContain('No amount of spending reaches exactly 90%')
  })

  test('a report says where the balance is, also beyond the outermost percentiles', () => {
    const expected = [0.05, 0.5, 0.95].map((percentile, index) => ({ percentile, balance: (index + 1) * 100 }))
    const report = (actual: number, rank: number) => ({
      date: '2028-01-01',
      elapsedYears: 2,
      actual,
      expected,
      rank,
      aboveMedian: actual - 200,
    })
    expect(reportWords(report(50, 0.05), look)[0]).toContain('among the poorest 5%')
    expect(reportWords(report(400, 0.95), look)[0]).toContain('among the richest 5%')
    expect(reportWords(report(200, 0.5), look)).toEqual([
      'You are above 50% of all futures on that day.',
      'You have what the middle future has.',
      'That is within what is usual: half of all futures are between 25 % and 75 %.',
    ])
    expect(reportWords({ ...report(200, 0.5), aboveMedian: 9 }, { ...look, hidesAmounts: true })[1]).toBe(
      'You have ••• more than the middle future.',
    )
  })
})

describe('questions', () => {
  test('a plan is a household when it has any input beyond those of a portfolio', () => {
    expect([isHouseholdPlan([ada, deferral]), isHouseholdPlan([ada, living])]).toEqual([false, true])
  })

  test('ages are completed years', () => {
    expect([ageOn('1964-07-01', '2026-06-30'), ageOn('1964-07-01', '2026-07-01')]).toEqual([61, 62])
  })

  test('ready-made stresses name the people, and leave out what cannot happen', () => {
    const names = (age: number) => readyStresses([{ name: 'Ada', age }]).map(({ name }) => name)
    expect(names(61).slice(2)).toEqual(['Everybody lives to 100', 'Ada dies at 70'])
    expect(names(101).slice(2)).toEqual(['Ada dies at 106'])
  })

  test('an asset class gets the series that has most of its words', () => {
    expect(likelySeries('us_core_bond', ['us_stocks', 'us_bond', 'gold'])).toBe('us_bond')
    const account = stored('account', 'IRA', { allocation: [{ year: 0, weights: { tips: 0.3, gold: 0.7 } }] })
    expect(assetsOf(readInputs([account]), { us_bond: 0.5, cash: 0 })).toEqual(['gold', 'tips', 'us_bond'])
  })

  test('an own stress is read from its fields, and its missing figures are named', () => {
    const fields = { kind: 'inflation_shock', rate: '6.5', years: '10', person: 'Ada', age: '', fromYear: '' }
    const given = { assets: [], datasets: [], look }
    expect(ownStress(fields, given)).toEqual({ kind: 'inflation_shock', name: '6.5% inflation for 10 years', rate: 0.065, years: 10 })
    expect(checkOwn({ ...fields, kind: 'early_death' }, 'en-US')).toEqual({ age: 'Write a number.' })
    expect(checkOwn({ ...fields, rate: 'much' }, 'en-US')).toEqual({ rate: 'Write a percentage, such as 4.5.' })
    expect(ownStress({ ...fields, kind: 'none' }, given)).toBeUndefined()
  })

  test('inputs of two plans differ by name and by field', () => {
    const changed = { ...ada, inputValue: { ...(ada.inputValue as object), retirementAge: 67 } } as StoredInput
    expect(inputDifferences([ada, living], [changed, deferral])).toEqual([
      { kind: 'changed', name: 'Ada', field: 'retirementAge', before: '65', after: '67' },
      { kind: 'removed', name: 'Living' },
      { kind: 'added', name: 'Deferral' },
    ])
    expect(inputDifferences([ada], [ada])).toEqual([])
  })
})
