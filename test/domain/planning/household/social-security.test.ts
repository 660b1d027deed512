import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explainPath, type HouseholdSpec } from '../../../../domain/planning/household/index.ts'
import { account, expense, household, income, NO_VOLATILITY, person } from './households.ts'

/** What each person is paid per year, rounded to cents, by plan year. Without inflation, so amounts are those of the as-of date. */
const paid = (spec: HouseholdSpec): Record<string, number>[] =>
  explainPath(spec, 0).map(({ people }) =>
    Object.fromEntries(people.map(({ key, socialSecurity }) => [key, Math.round(socialSecurity * 100) / 100])),
  )

const pia = (monthlyAmount: number, claimingAgeMonths: number) => ({
  benefit: { kind: 'pia', monthlyAmount } as const,
  claimingAgeMonths,
})

const WITHOUT_INFLATION = { ...NO_VOLATILITY, inflation: { mean: 0, volatility: 0 } } as HouseholdSpec['returns']

const couple = (
  first: Partial<HouseholdSpec['people'][0]>,
  second: Partial<HouseholdSpec['people'][0]>,
  changes: Partial<HouseholdSpec> = {},
) =>
  household({
    years: 12,
    paths: 1,
    filingStatus: 'married_joint',
    people: [person({ key: 'H', ...first }), person({ key: 'W', ...second })],
    expenses: [expense({ annualAmount: 1000 })],
    accounts: [account({ owner: 'H', openingBalance: 2_000_000, openingBasis: 2_000_000 })],
    returns: WITHOUT_INFLATION,
    ...changes,
  })

describe('a person without an own record', () => {
  const worker = { birthDate: '1955-06-15', lifespan: { kind: 'fixed', age: 80 }, socialSecurity: pia(3000, 792) } as const
  const spouse = { birthDate: '1956-06-15' }

  test('is paid half of the other’s primary insurance amount, and all of the other’s benefit as a survivor', () => {
    // W was 66 and 4 months, the full retirement age, in October 2022: half of 3,000 a month (42 USC 402(b)). H claimed at 66, two months
    // early: 3,000 x (1 - 2 x 5/900) = 2,966.67 a month, which the survivor gets whole from 2036 on (42 USC 402(e)).
    const years = paid(couple(worker, spouse))
    expect(years[0]).toEqual({ H: 35_600, W: 18_000 })
    expect(years[9]).toEqual({ H: 35_600, W: 18_000 })
    expect(years.at(-1)).toEqual({ W: 35_600 })
  })

  test('is paid the same as with a record of nothing that is claimed at full retirement age', () => {
    const nothing = couple(worker, { ...spouse, socialSecurity: pia(0, 66 * 12 + 4) })
    expect(paid(couple(worker, spouse))).toEqual(paid(nothing))
  })

  test('is paid nothing where nobody has a record', () => {
    expect(paid(couple({}, {}))[0]).toEqual({ H: 0, W: 0 })
  })
})

describe('a survivor', () => {
  // H had claimed 3,000 at 62, with 70 %: 2,100 a month. H dies at the end of 2027.
  const deceased = { birthDate: '1960-06-15', lifespan: { kind: 'fixed', age: 66 }, socialSecurity: pia(3000, 744) } as const
  const widow = { birthDate: '1965-06-15', socialSecurity: pia(0, 744) }

  test('is paid from the death on where it is after 60, reduced by the age then', () => {
    // 62 years and 7 months in January 2028, 53 of 84 months before 67: 1 - 0.285 x 53/84 = 82.0179 % of 3,000, which is below the
    // limit of 82.5 % (42 USC 402(q)(1), 402(k)(3)): 2,460.54 a month. As a spouse before, W has half of 3,000 at 62: 65 % of 1,500.
    const years = paid(couple(deceased, widow))
    expect(years[1]).toEqual({ H: 25_200, W: 7 * 975 })
    expect(years[2]).toEqual({ W: 29_526.43 })
    expect(years.at(-1)).toEqual({ W: 29_526.43 })
    expect(paid(couple(deceased, { birthDate: '1965-06-15' }))[2]).toEqual({ W: 29_526.43 })
  })

  test('is paid from 60 on where the death is before', () => {
    // W is 60 in June 2030: 71.5 % of 3,000 is 2,145 a month, for 7 months of that year.
    const years = paid(couple(deceased, { ...widow, birthDate: '1970-06-15' }))
    expect(years[3]).toEqual({ W: 0 })
    expect(years[4]).toEqual({ W: 7 * 2145 })
    expect(years[5]).toEqual({ W: 12 * 2145 })
  })

  test('can claim at a later age, for at most 82.5 % after an early claim of the other', () => {
    // At 65, in June 2030: 1 - 0.285 x 24/84 = 91.86 % of 3,000, limited to 2,475 a month.
    const years = paid(couple(deceased, { ...widow, survivorClaimingAgeMonths: 780 }))
    expect([years[3], years[4], years[5]]).toEqual([{ W: 0 }, { W: 7 * 2475 }, { W: 12 * 2475 }])
  })

  test('can have the survivor’s benefit first and the own one, with its credits, later', () => {
    // The own 2,500 at 70 has credits of 24 % (42 USC 402(w)): 3,100 a month from June 2035 on.
    const years = paid(couple(deceased, { ...widow, socialSecurity: pia(2500, 840) }))
    expect(years[2]).toEqual({ W: 29_526.43 })
    expect(years[9]).toEqual({ W: Math.round((5 * 2460.535714 + 7 * 3100) * 100) / 100 })
    expect(years[10]).toEqual({ W: 12 * 3100 })
  })

  test('loses nothing for good by work: months that the earnings test withheld no longer reduce the benefit at full retirement age', () => {
    // W is 61 in January 2027 and earns too much for any benefit until 67, in January 2033: 72 of 72 months are withheld, so none reduces
    // the 3,000 (42 USC 402(q)(7)).
    const worker = { birthDate: '1958-06-15', lifespan: { kind: 'fixed', age: 67 }, socialSecurity: pia(3000, 800) } as const
    const spec = couple(
      worker,
      { birthDate: '1966-01-02', retirementAge: 67 },
      {
        incomes: [income({ person: 'W', annualAmount: 200_000 })],
      },
    )
    const years = paid(spec)
    expect(years.slice(1, 7)).toEqual(Array.from({ length: 6 }, () => ({ W: 0 })))
    expect(years[7]).toEqual({ W: 36_000 })
  })

  test('is never paid less than the own benefit', () => {
    fc.assert(
      fc.property(
        fc.record({
          born: fc.integer({ min: 1945, max: 1975 }),
          month: fc.integer({ min: 1, max: 12 }),
          own: fc.integer({ min: 0, max: 3500 }),
          others: fc.integer({ min: 0, max: 3500 }),
          claims: fc.integer({ min: 744, max: 840 }),
          survivorClaims: fc.option(fc.integer({ min: 720, max: 840 }), { nil: undefined }),
        }),
        ({ born, claims, month, others, own, survivorClaims }) => {
          const survivor = {
            birthDate: `${born}-${String(month).padStart(2, '0')}-15`,
            socialSecurity: pia(own, claims),
          }
          const claim = survivorClaims === undefined ? {} : { survivorClaimingAgeMonths: survivorClaims }
          const both = couple({ ...deceased, socialSecurity: pia(others, 744) }, { ...survivor, ...claim }, { years: 30 })
          const alone = { people: [person({ key: 'W', ...survivor })], filingStatus: 'single' as const }
          const withoutOther = paid({ ...both, ...alone, accounts: [account({ owner: 'W', openingBalance: 2_000_000 })] })
          for (const [year, { W }] of paid(both).entries()) expect(W! + 0.011).toBeGreaterThan(withoutOther[year]!.W!)
        },
      ),
      { numRuns: 100 },
    )
  })
})
