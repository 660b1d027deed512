import { filesApart } from './filing.ts'
import type { HouseholdSpec } from './spec.ts'

const RULES: Record<HouseholdSpec['spending']['rule']['kind'], string> = {
  constant_real: 'Planned expenses are spent as they are.',
  fixed_percent: 'A share of the accounts is drawn each year and spent beside other income.',
  floor_ceiling:
    "A share of the accounts is drawn each year, within a band around the first year's real draw (or last year's, where the rule says so), and spent beside other income.",
  guyton_klinger:
    "Planned expenses and debts that other income leaves are drawn from the accounts; the rule sets a multiple of that draw, one at first. It rises with prices, and is cut or raised when the draws still to come (a year's mean of them, undiscounted) at that multiple, as a share of the accounts, leave the guardrails around the first year's share. With level expenses and income that is the year's draw over the accounts.",
  vpw: 'The payment that would use the accounts up with the one at the last age, at the assumed real growth, is drawn each year and spent beside other income; the age is that of the younger person alive.',
  rmd: 'The accounts over the divisor of the Uniform Lifetime Table are drawn each year and spent beside other income; the age is that of the younger person alive.',
  ratchet:
    'Planned expenses and debts that other income leaves are drawn from the accounts, at a multiple, one at first, that is raised when the accounts are far enough above those of the first year of retirement.',
  ninety_five_percent:
    "A share of the accounts, or 95 % of last year's draw if that is more, is drawn each year and spent beside other income.",
  one_over_n:
    'The accounts over the years left, to the last age where the rule names one (of the younger person alive) and else to the end of the plan, are drawn each year and spent beside other income.',
  hebeler_autopilot:
    "A blend is drawn each year and spent beside other income: a share of last year's draw, raised with prices, and for the rest the accounts over the divisor of the Uniform Lifetime Table, which is drawn alone in the first year; the age is that of the younger person alive.",
  cape_based:
    'A base rate plus a share of the earnings yield of stocks (1 / CAPE), of the accounts, is drawn each year and spent beside other income. The CAPE is that of the as-of date moved, on each path, by the real return of the named asset beyond its steady one; the return models know no valuations, so a high CAPE foretells no low returns here.',
}

const CHARITY =
  "Gifts to charity are given from the IRAs of those who are 70 1/2 at the start of the year, up to the law's limit for each, which follows prices: towards required distributions, and untaxed. Other gifts are spent like anything else, and not deducted."

const EARLY_RETIREMENT =
  "Work ends at the retirement age, or with the first year, from the milestone's age on, at whose start the accounts (those for education apart) hold the multiple of that year's planned expenses; debts and other income do not count. The path then goes on as if work had been planned to end on that day."

const TWO_RETURNS =
  'Each person files a return. It has their own income, the income of their own accounts, and half of the gain on a property. Separate returns of spouses are those of spouses who live together, and community property is not divided. The survivor takes over the other’s accounts as a spouse does, whether married or not.'

/** What the words of a household result mean, kept with it. */
export function householdDefinitionsOf(spec: HouseholdSpec) {
  return {
    success:
      spec.successCriterion === 'all_spending'
        ? 'A path succeeds when, in every year with somebody alive, spending as the rule decides it, debts and taxes are paid in full. Goals are told apart.'
        : 'A path succeeds when, in every year with somebody alive, essential spending, debts and taxes are paid in full. Goals are told apart.',
    depletion: 'The year in which a path first fails to pay what success asks for. It goes on with the income it has.',
    causes:
      'The most essential payment that a failed path misses in the year of its first failure. What cannot be paid reduces goals first, then discretionary spending, essential spending, debts and, last, taxes. A missed goal alone is no failure.',
    year: 'Cash moves on the first day of a plan year at the prices of that day; returns, fees and rebalancing follow. A plan year is taxed as the calendar year that is as many years after that of the as-of date. Social Security is paid for twelve months, from the month in which the plan year begins. Work ends on the birthday of the retirement age: the year of retirement has the income and the contributions of the days before.',
    lifetimes:
      'Who dies at an age dies on the last day of the plan year begun at it. Ages drawn are by the SSA period life table of 2022, without improvement, the two of a couple independently, on a random stream that markets do not share. The survivor goes on with the other’s accounts, the taxable ones at a basis of their value of that day.',
    socialSecurity:
      'A person without an own record has a spouse’s benefit. It begins at full retirement age, or when the spouse claims, if that is later. A survivor’s benefit begins at the given age, else as early as it is paid, at 60 or at the death; it is reduced before full retirement age. The earnings test applies before full retirement age, in the year of retirement to the months before it.',
    ending: 'A path ends with its last death, or with the horizon.',
    spendingRule: `${RULES[spec.spending.rule.kind]} It begins once everybody alive has retired, and never goes below essential expenses. Taxes come on top.`,
    wealth: 'Balances of all accounts at the end of a year, before tax; property and debts are not counted.',
    endingWealth: 'What is left when a path ends: accounts, before tax, and unsold property, less debts; never below zero.',
    bands: 'Quantiles, each year by itself, across the paths with somebody alive at the start of that year; year 0 is the start.',
    nominal: 'In money of each year.',
    real: "In money of the as-of date: nominal divided by the path's own price index, of the year's start for spending and taxes, of its end for wealth.",
    quantiles: 'Sample quantiles of Hyndman and Fan type 7: linear between the two nearest order statistics.',
    probability: 'Successful paths over all paths; the interval is for the sampling of paths alone, not for the choice of model.',
    goals:
      "Of the paths with somebody alive at the start of the goal's year: the share that pays it in full, and the mean share of it that is paid.",
    taxes:
      "Federal and state income tax, payroll and self-employment tax, net investment income tax, additional tax of early withdrawals, and Medicare's income-related surcharges (none in the first two years, as earlier incomes are not known). What the law indexes follows the path's prices from the year of the tables, taken as the as-of date's; Medicare's standard premium is an expense for the plan to list.",
    yearly:
      "Means, each year by itself, across the paths with somebody alive at the start of that year. All flows are on the year's first day, at its prices. Amounts are rounded to 1/65536 of a dollar on each path, so every total is the sum of its parts.",
    yearlyFlows:
      'Income, sold property and withdrawals pay for spending, debts, goals, contributions, taxes and surplus. Withdrawals are by tax kind of account; those required by law (on the opening balances) and gifts from IRAs are among them. The employer’s part of contributions is no income. Planned spending is that of the spending rule, before retirement that of the plan.',
    dividends: 'Paid on opening balances of taxable accounts, qualified, taxed that year and reinvested at their full basis.',
    rebalancing: 'Without tax: gains are realised by withdrawals alone.',
    contributions:
      'Cut to the legal limits where asked, then to what income and required distributions leave after tax, spending and debts, before any Roth conversion, whose tax comes out of the accounts. Contributions to a traditional IRA that cannot be deducted are taxed like the rest when withdrawn.',
    returns:
      spec.openingReturns === undefined
        ? 'Each year is drawn from the model, the same for all accounts of a path.'
        : 'The first years are as given, the same on every path; later years are drawn from the model as without them.',
    samplePaths: 'For each percentile, the path whose real ending wealth stands there.',
    standardDeviation: 'Sample standard deviation across paths, divisor n - 1; zero for one path.',
    ...(filesApart(spec) ? { twoReturns: TWO_RETURNS } : {}),
    ...(spec.expenses.some(expense => expense.charitable) ? { charity: CHARITY } : {}),
    ...(spec.people.some(person => person.earlyRetirement !== undefined) ? { earlyRetirement: EARLY_RETIREMENT } : {}),
  }
}
