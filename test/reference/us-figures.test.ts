import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  contributionTableFor,
  distributionPeriod,
  giftLimit529,
  requiredDistributionAge,
} from '../../domain/us-tax/retirement-accounts/index.ts'
import {
  bendPoints,
  contributionBase,
  costOfLivingAdjustment,
  earningsTestExemptions,
  fullRetirementAgeMonths,
  primaryInsuranceAmount,
  retirementFactor,
  spouseFactor,
} from '../../domain/longevity/social-security/index.ts'
import { type FilingStatus, type TaxTable, taxTableFor } from '../../domain/us-tax/tax/index.ts'

const file = `${process.env.NESTEGG_REFERENCE ?? fileURLToPath(new URL('../../../shared/reference', import.meta.url))}/expected/us_figures_2025_2026.json`
const missing = !existsSync(file)
if (missing) console.log(`skipped: no US figures at ${file} (set NESTEGG_REFERENCE)`)

/** Our statuses by their names in the published tables; a qualifying surviving spouse is not modelled. */
const names = {
  single: 'single',
  mjoint: 'marriedFilingJointly',
  mseparate: 'marriedFilingSeparately',
  headhh: 'headOfHousehold',
} as const satisfies Record<string, FilingStatus>

const amount = z.number()
const amounts = z.array(amount)
const byStatus = <T extends z.ZodType>(figure: T) => z.object({ single: figure, mjoint: figure, mseparate: figure, headhh: figure })
const all = z.object({ all: amount })
const year = z.object({
  brackets: byStatus(z.array(z.object({ rate: amount, from: amount, to: amount.nullable() }))),
  ltcg: byStatus(z.object({ '0%_up_to': amount, '15%_up_to': amount, '20%_above': amount })),
  standard_deduction: byStatus(amount),
  additional_65_or_blind: byStatus(amount),
  niit_threshold: byStatus(amount),
  niit_rate: all,
  ss_wage_base: all,
  additional_medicare_threshold: byStatus(amount),
  additional_medicare_rate: all,
  salt_cap: byStatus(amount),
  ss_taxation_thd1: byStatus(amount),
  ss_taxation_thd2: byStatus(amount),
  ss_taxable_share1: all,
  ss_taxable_share2: all,
})
const pair = z.tuple([amount, amount])
const contributions = z.object({
  '401k_403b_457b_elective': amount,
  catch_up_50: amount,
  catch_up_60_63: amount,
  '415c_total': amount,
  ira: amount,
  ira_catch_up_50: amount,
  simple: amount,
  roth_ira_phaseout: z.object({ single_hoh: pair, mfj: pair }),
})
const irmaa = z.object({
  part_b_standard: amount,
  tiers_single_upper: z.array(amount.nullable()),
  tiers_joint_upper: z.array(amount.nullable()),
  part_b_surcharge: amounts,
  part_d_surcharge: amounts,
  part_b_total: amounts,
})
const hsa = z.object({ hsa_self: amount, hsa_family: amount, hsa_catch_up_55: amount })
const schema = z.object({
  federal_income_tax: z.object({ '2025': year, '2026': year, senior_deduction_OBBBA: z.object({ amount_per_person_65plus: amount }) }),
  retirement_contributions: z.object({
    '2025': contributions,
    '2026': contributions.extend({
      comp_limit_401a17: amount,
      simple_catch_up_50: amount,
      simple_catch_up_60_63: amount,
      sep: amount,
      roth_catch_up_mandatory_if_prior_year_FICA_wages_over: amount,
      roth_ira_phaseout: z.object({ single_hoh: pair, mfj: pair, mfs: pair }),
      trad_ira_deduct_phaseout_active: z.object({ single_hoh: pair, mfj: pair, mfj_spouse_covered_only: pair }),
    }),
  }),
  hsa_fsa: z.object({ '2025': hsa, '2026': hsa }),
  gift_estate_529: z.object({
    annual_exclusion: z.object({ '2025': amount, '2026': amount }),
    '529_five_year_election': z.object({ '2025': amount, '2026': amount }),
  }),
  social_security: z.object({
    pia_bend_points: z.record(z.string(), pair),
    taxable_max: z.record(z.string(), amount),
    cola_2026: amount,
    earnings_test_2026: z.object({ under_fra: amount, year_of_fra: amount }),
    fra_by_birth_year: z.record(z.string(), z.string()),
    taxation_thresholds: z.object({ single: pair, mfj: pair }),
  }),
  rmd_uniform_lifetime_table: z.object({
    factors: z.record(z.string(), amount),
    start_age: z.object({ born_1951_1959: amount, born_1960_or_later: amount }),
  }),
  niit: z.object({ rate: amount, thresholds: z.object({ single: amount, hoh: amount, mfj: amount, mfs: amount }) }),
  irmaa: z.object({ '2025': irmaa, '2026': irmaa }),
})

const years = ['2025', '2026'] as const

describe.skipIf(missing)('published figures of the United States', () => {
  const figures = missing ? undefined! : schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const statuses = Object.entries(names) as [keyof typeof names, FilingStatus][]
  /** One of our figures, by the published names of filing statuses. */
  const published = <T>(figure: Readonly<Record<FilingStatus, T>>) =>
    Object.fromEntries(statuses.map(([theirs, ours]) => [theirs, figure[ours]]))

  describe.each(years)('federal tax of %s', name => {
    const table: TaxTable = taxTableFor(Number(name))

    test('brackets', () => {
      const found = statuses.map(([, status]) =>
        table.ordinary.rates.map((rate, i) => ({
          rate,
          from: table.ordinary.from[status][i],
          to: table.ordinary.from[status][i + 1] ?? null,
        })),
      )
      expect(found).toEqual(statuses.map(([theirs]) => figures.federal_income_tax[name].brackets[theirs]))
    })

    test('long-term gains', () => {
      expect(table.longTermGains.rates).toEqual([0, 0.15, 0.2])
      const expected = figures.federal_income_tax[name].ltcg
      for (const [theirs, status] of statuses) {
        const { '0%_up_to': zero, '15%_up_to': fifteen, '20%_above': twenty } = expected[theirs]
        expect(table.longTermGains.from[status]).toEqual([0, zero, twenty])
        expect(fifteen).toBe(twenty)
      }
    })

    test('deductions, thresholds, rates', () => {
      const expected = figures.federal_income_tax[name]
      const { payrollRates, socialSecurityTaxation } = table
      expect(published(table.standardDeduction.amount)).toEqual(expected.standard_deduction)
      expect(published(table.standardDeduction.agedOrBlind)).toEqual(expected.additional_65_or_blind)
      expect(published(table.netInvestmentIncome.threshold)).toEqual(expected.niit_threshold)
      expect(published(payrollRates.additionalMedicareThreshold)).toEqual(expected.additional_medicare_threshold)
      expect(published(socialSecurityTaxation.base)).toEqual(expected.ss_taxation_thd1)
      expect(published(socialSecurityTaxation.adjustedBase)).toEqual(expected.ss_taxation_thd2)
      expect({
        niit: table.netInvestmentIncome.rate,
        wageBase: table.socialSecurityWageBase.amount,
        additionalMedicare: payrollRates.additionalMedicare,
        lower: socialSecurityTaxation.lowerShare,
        upper: socialSecurityTaxation.upperShare,
      }).toEqual({
        niit: expected.niit_rate.all,
        wageBase: expected.ss_wage_base.all,
        additionalMedicare: expected.additional_medicare_rate.all,
        lower: expected.ss_taxable_share1.all,
        upper: expected.ss_taxable_share2.all,
      })
      const cap = table.stateAndLocalTaxes.schedule.find(row => row.year === table.year)!.cap
      expect(expected.salt_cap).toEqual({ single: cap, mjoint: cap, mseparate: cap / 2, headhh: cap })
    })

    test('Medicare premiums and tiers', () => {
      const expected = figures.irmaa[name]
      const { medicare } = table
      expect(medicare.partBMonthly).toBe(expected.part_b_standard)
      expect([...medicare.tierFrom.single, null]).toEqual(expected.tiers_single_upper)
      expect([...medicare.tierFrom.headOfHousehold, null]).toEqual(expected.tiers_single_upper)
      expect([...medicare.tierFrom.marriedFilingJointly, null]).toEqual(expected.tiers_joint_upper)
      expect([0, ...medicare.partBSurcharge]).toEqual(expected.part_b_surcharge)
      expect([0, ...medicare.partDSurcharge]).toEqual(expected.part_d_surcharge)
      for (const [tier, total] of expected.part_b_total.entries()) {
        expect(medicare.partBMonthly + [0, ...medicare.partBSurcharge][tier]!).toBeCloseTo(total, 8)
      }
    })

    test('contribution limits', () => {
      const table = contributionTableFor(Number(name))
      const expected = figures.retirement_contributions[name]
      expect([table.electiveDeferral.limit, table.electiveDeferral.catchUp, table.electiveDeferral.catchUp60To63]).toEqual([
        expected['401k_403b_457b_elective'],
        expected.catch_up_50,
        expected.catch_up_60_63,
      ])
      expect([table.electiveDeferral.annualAdditions, table.ira.limit, table.ira.catchUp, table.simple.limit]).toEqual([
        expected['415c_total'],
        expected.ira,
        expected.ira_catch_up_50,
        expected.simple,
      ])
      expect(table.ira.rothPhaseOut.single).toEqual(expected.roth_ira_phaseout.single_hoh)
      expect(table.ira.rothPhaseOut.headOfHousehold).toEqual(expected.roth_ira_phaseout.single_hoh)
      expect(table.ira.rothPhaseOut.marriedFilingJointly).toEqual(expected.roth_ira_phaseout.mfj)
      const { hsa_catch_up_55, hsa_family, hsa_self } = figures.hsa_fsa[name]
      expect([table.hsa.self, table.hsa.family, table.hsa.catchUp55]).toEqual([hsa_self, hsa_family, hsa_catch_up_55])
      expect(table.gift.annualExclusion).toBe(figures.gift_estate_529.annual_exclusion[name])
      expect(giftLimit529(table, 1, true)).toBe(figures.gift_estate_529['529_five_year_election'][name])
    })
  })

  test('contribution limits published for 2026 only', () => {
    const expected = figures.retirement_contributions['2026']
    const { electiveDeferral, ira, simple } = contributionTableFor(2026)
    const phaseOuts = expected.trad_ira_deduct_phaseout_active
    expect(electiveDeferral.compensation).toBe(expected.comp_limit_401a17)
    expect(electiveDeferral.annualAdditions).toBe(expected.sep)
    expect(electiveDeferral.rothCatchUpWages).toBe(expected.roth_catch_up_mandatory_if_prior_year_FICA_wages_over)
    expect([simple.catchUp, simple.catchUp60To63]).toEqual([expected.simple_catch_up_50, expected.simple_catch_up_60_63])
    expect(ira.rothPhaseOut.marriedFilingSeparately).toEqual(expected.roth_ira_phaseout.mfs)
    expect(ira.coveredPhaseOut.single).toEqual(phaseOuts.single_hoh)
    expect(ira.coveredPhaseOut.marriedFilingJointly).toEqual(phaseOuts.mfj)
    expect(ira.spouseCoveredPhaseOut).toEqual(phaseOuts.mfj_spouse_covered_only)
  })

  test('the senior deduction: 6,000 for each person, 2025-2028, 6 % above 75,000 or 150,000', () => {
    const { amount, firstYear, lastYear, phaseOutFrom, phaseOutRate } = taxTableFor(2026).seniorDeduction
    expect(amount.single).toBe(figures.federal_income_tax.senior_deduction_OBBBA.amount_per_person_65plus)
    expect([firstYear, lastYear, phaseOutRate, phaseOutFrom.single, phaseOutFrom.marriedFilingJointly]).toEqual([
      2025, 2028, 0.06, 75_000, 150_000,
    ])
  })

  test('net investment income tax and the taxation of benefits, each from its second publication', () => {
    const { netInvestmentIncome, socialSecurityTaxation } = taxTableFor(2026)
    const { threshold } = netInvestmentIncome
    expect(netInvestmentIncome.rate).toBe(figures.niit.rate)
    expect({
      single: threshold.single,
      hoh: threshold.headOfHousehold,
      mfj: threshold.marriedFilingJointly,
      mfs: threshold.marriedFilingSeparately,
    }).toEqual(figures.niit.thresholds)
    const { base, adjustedBase } = socialSecurityTaxation
    expect([base.single, adjustedBase.single]).toEqual(figures.social_security.taxation_thresholds.single)
    expect([base.marriedFilingJointly, adjustedBase.marriedFilingJointly]).toEqual(figures.social_security.taxation_thresholds.mfj)
  })

  test('Social Security: bend points, bases, adjustment, earnings test', () => {
    const { cola_2026, earnings_test_2026, pia_bend_points, taxable_max } = figures.social_security
    for (const [year, points] of Object.entries(pia_bend_points)) expect(bendPoints(Number(year)), year).toEqual(points)
    for (const [year, base] of Object.entries(taxable_max)) expect(contributionBase(Number(year), 0), year).toBe(base)
    expect(costOfLivingAdjustment(2025)).toBeCloseTo(cola_2026, 12)
    const { before, inYear } = earningsTestExemptions.find(row => row.year === 2026)!
    expect({ under_fra: before, year_of_fra: inYear }).toEqual(earnings_test_2026)
  })

  test('Social Security: full retirement ages', () => {
    for (const [born, text] of Object.entries(figures.social_security.fra_by_birth_year)) {
      const [from, until = from] = born.replace('+', '').split('-').map(Number)
      const [, ageYears, ageMonths = '0'] = /^(\d+)(?:y(\d+)m)?$/.exec(text)!
      for (const birthYear of [from!, until!])
        expect(fullRetirementAgeMonths(birthYear), born).toBe(12 * Number(ageYears) + Number(ageMonths))
    }
  })

  test('Social Security: reductions, credits and the published check amounts', () => {
    expect(2000 * retirementFactor(1960, 744)).toBeCloseTo(1400, 8)
    expect(2000 * retirementFactor(1960, 804)).toBe(2000)
    expect(2000 * retirementFactor(1960, 840)).toBeCloseTo(2480, 8)
    expect(1 - spouseFactor(1960, 804 - 36)).toBeCloseTo((36 * 25) / 3600, 12)
    expect(primaryInsuranceAmount(6000, 2026)).toBeCloseTo(2665.8, 8)
  })

  test('required distributions', () => {
    const { factors, start_age } = figures.rmd_uniform_lifetime_table
    expect(Object.keys(factors)).toHaveLength(49)
    for (const [age, factor] of Object.entries(factors)) expect(distributionPeriod(Number(age), Number.NaN), age).toBe(factor)
    expect([requiredDistributionAge(1951), requiredDistributionAge(1959)]).toEqual([start_age.born_1951_1959, start_age.born_1951_1959])
    expect(requiredDistributionAge(1960)).toBe(start_age.born_1960_or_later)
  })
})
