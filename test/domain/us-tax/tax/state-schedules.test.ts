import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coveredStates, filingStatuses, stateTableFor } from '../../../../domain/us-tax/tax/index.ts'
import { taxOf } from './household.ts'

/**
 * Wages of 100,000 of a single person, and of 200,000 of one earner of a couple, both under 65, by each state's published schedule: tax at
 * the start of the bracket, and its rate on the rest. Federal income tax of 2025 is 13,449 and 26,898 on them.
 */
const schedules: readonly (readonly [state: string, year: number, source: string, single: number, joint: number])[] = [
  ['AL', 2025, 'Form 40', 110 + 0.05 * (100_000 - 2500 - 1500 - 13_449 - 3000), 220 + 0.05 * (200_000 - 5000 - 3000 - 26_898 - 6000)],
  ['AZ', 2025, 'Form 140', 0.025 * (100_000 - 15_750), 0.025 * (200_000 - 31_500)],
  ['AR', 2025, 'AR1000F, indexed brackets', 0.039 * 97_530 - 420 + 304 - 29, 0.039 * 195_060 - 89 - 58],
  ['AR', 2026, 'Act 1 of 2026', 0.037 * 97_530 - 367.2 + (0.1 - 0.000_965_19) * 2830 - 29, 0.037 * 195_060 - 79.9 - 58],
  ['CA', 2025, 'Schedules X and Y', 3201.97 + 0.093 * (94_294 - 72_724) - 153, 6403.94 + 0.093 * (188_588 - 145_448) - 306],
  ['CO', 2025, 'DR 0104', 0.044 * (100_000 - 15_750), 0.044 * (200_000 - 31_500)],
  ['CT', 2025, 'tables B to D', 2000 + 0.055 * 50_000 + 225, 4000 + 0.055 * 100_000 + 500],
  ['DE', 2025, 'PIT-RES', 2943.5 + 0.066 * (96_750 - 60_000) - 110, 2943.5 + 0.066 * (193_500 - 60_000) - 220],
  ['DC', 2025, 'D-40', 3500 + 0.085 * (85_000 - 60_000), 3500 + 0.085 * (170_000 - 60_000)],
  ['GA', 2025, 'IT-511', 0.0519 * 88_000, 0.0519 * 176_000],
  ['GA', 2026, 'HB 463', 0.0499 * 85_000, 0.0499 * 170_000],
  ['HI', 2025, 'Form N-11', 2539.2 + 0.076 * (94_456 - 48_000), 5078.4 + 0.076 * (188_912 - 96_000)],
  ['HI', 2026, 'Act 46 of 2024', 2539.2 + 0.076 * (90_856 - 48_000), 5078.4 + 0.076 * (181_712 - 96_000)],
  ['ID', 2025, 'Form 40', 0.053 * (84_250 - 4811) - 155, 0.053 * (168_500 - 9622) - 310],
  ['IL', 2025, 'IL-1040', 0.0495 * 97_150, 0.0495 * 194_300],
  ['IN', 2026, 'IC 6-3-2-1', 0.0295 * 99_000, 0.0295 * 198_000],
  ['IA', 2025, 'IA 1040', 0.038 * 84_250, 0.038 * 168_500],
  ['KS', 2025, 'K-40', 1196 + 0.0558 * (87_235 - 23_000), 2392 + 0.0558 * (173_440 - 46_000)],
  ['KY', 2025, 'Form 740', 0.04 * 96_730, 0.04 * 193_460],
  ['KY', 2026, 'withholding formula of 2026', 0.035 * 96_640, 0.035 * 193_280],
  ['LA', 2025, 'IT-540', 0.03 * 87_500, 0.03 * 175_000],
  ['LA', 2026, 'R.S. 47:294', 0.03 * 87_165, 0.03 * 174_330],
  ['ME', 2025, 'Form 1040ME', 4028.28 + 0.0715 * (79_850 - 63_450), 8056.55 + 0.0715 * (159_700 - 126_900)],
  ['MD', 2025, 'Form 502', 90 + 0.0475 * (93_450 - 3000), 8322.5 + 0.0525 * (200_000 - 6700 - 1600 - 175_000)],
  ['MA', 2025, 'Form 1', 0.05 * 95_600, 0.05 * 191_200],
  ['MI', 2025, 'MI-1040', 0.0425 * 94_200, 0.0425 * 188_400],
  ['MN', 2025, 'Form M1', 1742.5 + 0.068 * (85_050 - 32_570), 2547.67 + 0.068 * (170_100 - 47_620)],
  ['MN', 2026, 'brackets of 2026', 1782.09 + 0.068 * (84_700 - 33_310), 2605.45 + 0.068 * (169_400 - 48_700)],
  ['MS', 2025, 'Form 80-105', 0.044 * (91_700 - 10_000), 0.044 * (183_400 - 10_000)],
  ['MS', 2026, 'Miss. Code 27-7-5', 0.04 * (91_700 - 10_000), 0.04 * (183_400 - 10_000)],
  // 15 % of 13,449 up to incomes of 100,000, nothing from 125,000 on.
  ['MO', 2025, 'MO-1040 tax chart', 256.04 + 0.047 * (84_250 - 2017.35 - 9191), 256.04 + 0.047 * (168_500 - 9191)],
  ['MT', 2025, 'Form 2', 991.7 + 0.059 * (84_250 - 21_100), 1983.4 + 0.059 * (168_500 - 42_200)],
  ['MT', 2026, 'HB 337 of 2025', 2232.5 + 0.0565 * (83_900 - 47_500), 4465 + 0.0565 * (167_800 - 95_000)],
  ['NE', 2025, 'Form 1040N', 1543.27 + 0.052 * (91_400 - 38_870) - 171, 3086.1 + 0.052 * (182_800 - 77_730) - 342],
  ['NE', 2026, '1040N-ES', 825.71 + 0.0455 * (91_400 - 24_760) - 171, 1651.88 + 0.0455 * (182_800 - 49_530) - 342],
  ['NJ', 2025, 'NJ-1040', 2651.25 + 0.0637 * (99_000 - 75_000), 5512.5 + 0.0637 * (198_000 - 150_000)],
  ['NM', 2025, 'PIT-1', 2716.5 + 0.049 * (84_250 - 66_500), 4089 + 0.049 * (168_500 - 100_000)],
  ['NY', 2026, 'chapter 59 of 2025', 4190.1 + 0.059 * (92_000 - 80_650), 8391.2 + 0.059 * (183_950 - 161_550)],
  ['NC', 2025, 'D-400', 0.0425 * 87_250, 0.0425 * 174_500],
  ['ND', 2025, 'Form ND-1', 0.0195 * (84_250 - 48_475), 0.0195 * (168_500 - 80_975)],
  ['OH', 2025, 'IT 1040', 342 + 0.0275 * (98_100 - 26_050), 342 + 2033.63 + 0.031_25 * (196_200 - 100_000)],
  ['OK', 2025, 'Form 511', 153.5 + 0.0475 * (92_650 - 7200), 307 + 0.0475 * (185_300 - 14_400)],
  ['OK', 2026, 'HB 2764', 109.25 + 0.045 * (92_650 - 7200), 218.5 + 0.045 * (185_300 - 14_400)],
  ['OR', 2025, 'OR-40', 661.25 + 0.0875 * (88_665 - 11_100) - 256, 1322.5 + 0.0875 * (185_830 - 22_200) - 512],
  ['PA', 2025, 'PA-40', 3070, 6140],
  ['RI', 2025, 'RI-1040', 2996.25 + 0.0475 * (84_000 - 79_900), 2996.25 + 0.0475 * (168_000 - 79_900)],
  ['RI', 2026, 'ADV 2025-22', 3076.88 + 0.0475 * (83_550 - 82_050), 3076.88 + 0.0475 * (167_100 - 82_050)],
  ['SC', 2025, 'SC1040', 428.1 + 0.06 * (85_000 - 17_830), 428.1 + 0.06 * (170_000 - 17_830)],
  ['SC', 2026, 'H. 4216', 597 + 0.0521 * (100_000 - 30_000), 597 + 0.0521 * (200_000 - 30_000)],
  ['UT', 2025, 'TC-40', 4500, 9000],
  ['UT', 2026, 'SB 60', 4450, 8900],
  ['VT', 2025, 'IN-111', 1654.9 + 0.066 * (87_050 - 49_400), 2763.75 + 0.066 * (174_100 - 82_500)],
  ['VA', 2025, 'Form 760', 720 + 0.0575 * (90_320 - 17_000), 720 + 0.0575 * (180_640 - 17_000)],
  ['WV', 2025, 'IT-140', 2053.5 + 0.0482 * (98_000 - 60_000), 2053.5 + 0.0482 * (196_000 - 60_000)],
  ['WV', 2026, 'SB 392', 1950.5 + 0.0458 * (98_000 - 60_000), 1950.5 + 0.0458 * (196_000 - 60_000)],
  // The sliding standard deduction is 3,906 of 13,560, and zero of 25,110.
  ['WI', 2025, 'Form 1', 2089 + 0.053 * (95_394 - 50_480), 2784.98 + 0.053 * (198_600 - 67_300)],
]

const stateTaxOf = (state: string, year: number, given: Parameters<typeof taxOf>[1]): number => taxOf(year, given, state).stateTax

describe('wages by the published schedule', () => {
  test.each(schedules)('of %s in %i: %s', (state, year, _, single, joint) => {
    expect(stateTableFor(state, year).year).toBe(year)
    expect(stateTaxOf(state, year, { first: { wages: 100_000 } })).toBeCloseTo(single, 1)
    expect(stateTaxOf(state, year, { status: 'marriedFilingJointly', first: { wages: 200_000 }, second: {} })).toBeCloseTo(joint, 1)
  })

  test('cover every state that taxes them', () => {
    const untaxed = coveredStates.filter(state => stateTaxOf(state, 2026, { first: { wages: 1e6 } }) === 0)
    expect(untaxed.toSorted()).toEqual(['AK', 'FL', 'NH', 'NV', 'SD', 'TN', 'TX', 'WA', 'WY'])
    expect(new Set([...schedules.map(([state]) => state), ...untaxed])).toEqual(new Set(coveredStates))
  })
})

const money = (max: number) => fc.integer({ min: 0, max })

describe('in every state and year the tax', () => {
  const anyone = fc.record({
    state: fc.constantFrom(...coveredStates),
    year: fc.constantFrom(2025, 2026),
    status: fc.constantFrom(...filingStatuses),
    age: fc.integer({ min: 30, max: 95 }),
    wages: fc.oneof(fc.constant(0), money(1_500_000)),
    pension: money(150_000),
    socialSecurity: money(60_000),
    longTermGains: fc.integer({ min: -10_000, max: 1_500_000 }),
    priceIndex: fc.integer({ min: 80, max: 400 }).map(percent => percent / 100),
  })

  test('is neither negative nor much above a tenth of income', () => {
    fc.assert(
      fc.property(anyone, ({ age, longTermGains, pension, priceIndex, socialSecurity, state, status, wages, year }) => {
        const tax = stateTaxOf(state, year, { status, priceIndex, first: { age, wages, pension, socialSecurity }, longTermGains })
        expect(tax).toBeGreaterThanOrEqual(0)
        expect(tax).toBeLessThanOrEqual(0.14 * (wages + pension + socialSecurity + Math.max(0, longTermGains)))
      }),
      { numRuns: 500 },
    )
  })

  test('never falls as wages, pensions, benefits or gains rise', () => {
    // Income that a state excludes raises the federal tax, which some states deduct.
    const deductingFederalTax = new Set(['AL', 'MO', 'OR'])
    const kinds = ['wages', 'pension', 'socialSecurity'] as const
    fc.assert(
      fc.property(
        anyone,
        fc.constantFrom(...kinds),
        money(50_000),
        ({ state, year, status, priceIndex, longTermGains, ...first }, kind, more) => {
          fc.pre(kind === 'wages' || !deductingFederalTax.has(state))
          const given = { status, priceIndex, longTermGains }
          const before = stateTaxOf(state, year, { ...given, first })
          const raised = stateTaxOf(state, year, { ...given, first: { ...first, [kind]: first[kind] + more } })
          expect(raised, kind).toBeGreaterThanOrEqual(before - 1e-6)
          if (deductingFederalTax.has(state)) return
          const gained = stateTaxOf(state, year, { ...given, first, longTermGains: longTermGains + more })
          expect(gained, 'gains').toBeGreaterThanOrEqual(before - 1e-6)
        },
      ),
      { numRuns: 500 },
    )
  })
})
