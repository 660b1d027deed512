import { describe, expect, test } from 'vitest'
import {
  adjustedPrimaryInsuranceAmount,
  annualBenefits,
  averageIndexedMonthlyEarnings,
  type BenefitsYear,
  bendPoints,
  type Claimant,
  createBenefitsResult,
  createBenefitsYear,
  prepareBenefits,
  primaryInsuranceAmount,
  primaryInsuranceAmountOf,
  retirementFactor,
  spouseFactor,
  survivorFactor,
  survivorFullRetirementAgeMonths,
} from '../../../../domain/longevity/social-security/index.ts'

/** A worker who retires in January of a year after earnings at the maximum since age 22. */
const atTheMaximum = (retires: number, age: number, months = 0, birthYear = retires - age) => {
  const earnings = Array.from({ length: retires - birthYear - 22 }, (_, i) => ({ year: birthYear + 22 + i, amount: 1e6 }))
  const amount = adjustedPrimaryInsuranceAmount(primaryInsuranceAmountOf(birthYear, earnings), birthYear, retires)
  return {
    aime: averageIndexedMonthlyEarnings(birthYear, earnings),
    monthly: Math.floor(amount * retirementFactor(birthYear, 12 * age + months) + 1e-9),
  }
}

describe('SSA, "Workers with maximum-taxable earnings": average earnings and first benefit', () => {
  test.each([
    // At 62 (and a month), 65, 66, 67 and 70; born in 1929 or later.
    [1991, [2792, 815], undefined, undefined, undefined, undefined],
    [1994, [3384, 954], [3024, 1147], undefined, undefined, undefined],
    [1996, [3657, 1006], [3402, 1248], [3306, 1300], [3201, 1352], undefined],
    [1999, [4463, 1191], [3926, 1373], [3847, 1451], [3822, 1544], [3496, 1684]],
    [2000, [4775, 1248], [4161, 1435], [4031, 1502], [3954, 1585], [3707, 1752]],
    [2001, [5126, 1314], [4440, 1538], [4272, 1593], [4144, 1657], [3912, 1879]],
    [2002, [5499, 1382], [4770, 1660], [4555, 1692], [4390, 1750], [4165, 1988]],
  ])('retirement in %i', (year, ...columns) => {
    for (const [place, column] of columns.entries()) {
      if (column === undefined) continue
      const { aime, monthly } = atTheMaximum(year, [62, 65, 66, 67, 70][place]!, place === 0 ? 1 : 0)
      expect([aime, monthly], `column ${place}`).toEqual(column)
    }
  })

  test.each([
    [62, 1, 2969],
    [65, 0, 3467],
    [66, 0, 3752],
    [67, 0, 4207],
    [70, 0, 5181],
  ])('retirement in 2026 at %i and %i months gives %d', (age, months, monthly) => {
    expect(atTheMaximum(2026, age, months).monthly).toBe(monthly)
  })

  test('retirement in 2026 at full retirement age, 66 and 10 months, gives 4,152', () => {
    expect(atTheMaximum(2026, 66, 10, 1959).monthly).toBe(4152)
  })
})

describe('the formula, by hand', () => {
  test.each([
    // 90 % of 1,226; and 32 % of 6,165; and 15 % of the rest - down to the dime.
    [2025, 1226, 1103.4],
    [2025, 7391, 3076.2],
    [2025, 13_689, 4020.9],
    [2026, 1286, 1157.4],
    [2026, 7749, 3225.5],
    [2026, 14_358, 4216.9],
  ])('of %i turns %d into %d', (year, aime, amount) => {
    expect(primaryInsuranceAmount(aime, year)).toBeCloseTo(amount, 8)
  })

  test.each([
    [1979, 180, 1085],
    [2000, 531, 3202],
    [2020, 960, 5785],
    [2023, 1115, 6721],
    [2026, 1286, 7749],
  ])('of %i bends at %d and %d', (year, first, second) => {
    expect(bendPoints(year)).toEqual([first, second])
  })
})

/** SSA, "Retirement age and benefit reduction": of a primary insurance amount of 1,000, worker and spouse at 62. */
test.each([
  [1937, 800, 375],
  [1938, 791, 370],
  [1939, 783, 366],
  [1940, 775, 362],
  [1941, 766, 358],
  [1942, 758, 354],
  [1943, 750, 350],
  [1954, 750, 350],
  [1955, 741, 345],
  [1956, 733, 341],
  [1957, 725, 337],
  [1958, 716, 333],
  [1959, 708, 329],
  [1960, 700, 325],
])('born in %i, a worker has %d and a spouse %d at 62', (birthYear, worker, spouse) => {
  expect(Math.floor(1000 * retirementFactor(birthYear, 744) + 1e-9)).toBe(worker)
  expect(Math.floor(500 * spouseFactor(birthYear, 744) + 1e-9)).toBe(spouse)
})

test('a month earlier or later moves a benefit by 5/12, 5/9 or 2/3 % of the primary insurance amount', () => {
  const step = (months: number): number => retirementFactor(1960, months + 1) - retirementFactor(1960, months)
  expect(step(744)).toBeCloseTo(5 / 1200, 12)
  expect(step(767)).toBeCloseTo(5 / 1200, 12)
  expect(step(768)).toBeCloseTo(5 / 900, 12)
  expect(step(803)).toBeCloseTo(5 / 900, 12)
  expect(step(804)).toBeCloseTo(2 / 300, 12)
  expect(step(839)).toBeCloseTo(2 / 300, 12)
})

test('a widow born in June 1940 who claims 37 of 62 months early gets 819.60 of 987.60 (SSA POMS RS 00615.301)', () => {
  const claims = survivorFullRetirementAgeMonths(1940) - 37
  expect(claims).toBe(12 * 62 + 1)
  // The reduction of 167.97 is rounded up to the dime.
  expect(987.6 - Math.ceil(10 * 987.6 * (1 - survivorFactor(1940, claims))) / 10).toBeCloseTo(819.6, 8)
})

const born = (birthYear: number, pia: number, claimAgeMonths: number, survivorClaimAgeMonths?: number): Claimant => ({
  birthYear,
  birthMonth: 1,
  primaryInsuranceAmount: pia,
  claimAgeMonths,
  survivorClaimAgeMonths,
})
const paid = (year: number, people: [Claimant, Claimant?], given: Partial<BenefitsYear> = {}) => {
  const out = createBenefitsResult()
  annualBenefits(prepareBenefits(2026, ...people), { ...createBenefitsYear(year), ...given }, out)
  return out
}

describe('the limit of a widow’s benefit, the larger of 82.5 % and the worker’s benefit (20 CFR 404.338(c); SSA POMS RS 00615.320)', () => {
  /** Monthly in 2045, of a worker of 2,000 born in 1960; the widow, without a record, is born in 1962. */
  const widows = (workerClaims: number, widowClaims: number): number =>
    paid(2045, [born(1960, 2000, workerClaims), born(1962, 0, 744, widowClaims)], {
      deathMonth: [12 * 2022 + 5, Number.POSITIVE_INFINITY],
    }).paid[1] / 12

  test.each([
    // Claimed at 62: 1,400. The widow's own reduction decides until it is above 82.5 %: 71.5 % at 60, 0.285/84 a month.
    [744, 726, 2000 * (1 - (0.285 * 78) / 84)],
    [744, 751, 2000 * (1 - (0.285 * 53) / 84)],
    [744, 753, 1650],
    [744, 756, 1650],
    [744, 804, 1650],
  ])('for a worker who claimed at %i months and a widow who claims at %i is %d', (worker, widow, monthly) => {
    expect(widows(worker, widow)).toBeCloseTo(monthly, 6)
  })

  test('is the worker’s benefit if that is more: 13/15 at 65, 14/15 at 66', () => {
    const widowed = (workerClaims: number, widowClaims: number): number =>
      paid(2045, [born(1960, 2000, workerClaims), born(1962, 0, 744, widowClaims)], {
        deathMonth: [12 * 2030, Number.POSITIVE_INFINITY],
      }).paid[1] / 12
    expect(widowed(780, 804)).toBeCloseTo((2000 * 13) / 15, 6)
    expect(widowed(792, 804)).toBeCloseTo((2000 * 14) / 15, 6)
  })

  test('does not limit credits: a worker who waited until 68 and a half leaves 112 %', () => {
    const year = { deathMonth: [12 * 2035, Number.POSITIVE_INFINITY] as [number, number] }
    expect(paid(2045, [born(1960, 2000, 822), born(1962, 0, 744)], year).paid[1] / 12).toBeCloseTo(2240, 6)
  })
})

describe('a spouse files for both at once (deemed filing), each part with its own reduction', () => {
  test('at 62: 70 % of the own 800, plus 65 % of the 700 by which half of 3,000 exceeds it', () => {
    expect(paid(2040, [born(1960, 3000, 744), born(1960, 800, 744)]).paid[1] / 12).toBeCloseTo(560 + 455, 6)
  })

  test('but the second part starts only when the worker claims, reduced by the age at that time', () => {
    // The spouse of 62 has 560; at 65, when the worker claims at 67, 5/6 of 700 more (24 months at 25/36 %).
    const couple: [Claimant, Claimant] = [born(1958, 3000, 804), born(1960, 800, 744)]
    expect(paid(2024, couple).paid[1] / 12).toBeCloseTo(560, 6)
    expect(paid(2025, couple).paid[1] / 12).toBeCloseTo(560 + (700 * 5) / 6, 6)
  })

  test('and gains nothing from the worker’s delayed credits', () => {
    expect(paid(2045, [born(1960, 3000, 840), born(1960, 0, 804)]).paid[1] / 12).toBeCloseTo(1500, 6)
  })
})

describe('the earnings test of 2025, by the examples in SSA’s "How Work Affects Your Benefits"', () => {
  const test2025 = (worker: Claimant, earnings: number) => {
    const out = createBenefitsResult()
    annualBenefits(prepareBenefits(2025, worker), { ...createBenefitsYear(2025), earnings: [earnings, 0] }, out)
    return out
  }

  test('withholds 760 of 7,200 for earnings 1,520 above 23,400', () => {
    // 600 a month at 62.
    const { paid: after, withheld } = test2025(born(1963, 600 / 0.7, 744), 24_920)
    expect(withheld[0]).toBeCloseTo(760, 6)
    expect(after[0]).toBeCloseTo(6440, 6)
  })

  test('withholds a third of ten months’ earnings above 62,160 if full retirement age is reached in November', () => {
    // Born in January 1959: 66 and 10 months in November 2025. 63,460 in ten months are 76,152 a year: 1,300 above, a third of it.
    expect(test2025(born(1959, 1000, 744), (63_460 * 12) / 10).withheld[0]).toBeCloseTo(1300 / 3, 6)
  })

  test('withholds nothing from then on', () => {
    expect(test2025(born(1957, 1000, 744), 500_000).withheld[0]).toBe(0)
  })
})
