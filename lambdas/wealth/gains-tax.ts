import { peopleOfHousehold } from '../../db/queries/identity/index.ts'
import type { TaxYear } from '../../db/queries/wealth/index.ts'
import type { Transaction } from '../../db/database.ts'
import { Decimal } from '../../domain/shared/index.ts'
import { gainsTax, missingForGainsTax, type StatedPerson, type TermGains } from '../../domain/us-tax/index.ts'
import { form8949Summary, sumGroups } from '../../domain/wealth/index.ts'
import { readGroups, readReturn } from './form-8949.ts'

const numberOf = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text))

/** 26 CFR 1.151-1(c)(2): an age is reached on the day before the birthday, so who is born on 1 January is a year older on 31 December. */
const ageAtEnd = (birthDate: string, year: number): number => year - Number(birthDate.slice(0, 4)) + Number(birthDate.endsWith('-01-01'))

/** The person and the spouse of a household, with what is stated about them. */
const readPeople = async (
  transaction: Transaction,
  householdId: string,
  year: number,
  stated: TaxYear | undefined,
): Promise<StatedPerson[]> => {
  const people = await peopleOfHousehold(transaction, householdId)
  return (['self', 'spouse'] as const).flatMap(relationship => {
    const person = people.find(each => each.relationship === relationship)
    if (!person) return []
    const own = stated?.people.find(({ personId }) => personId === person.id)
    const age = person.birthDate === null ? null : ageAtEnd(person.birthDate, year)
    return [{ age, wages: numberOf(own?.wages), selfEmployment: numberOf(own?.selfEmployment) }]
  })
}

/**
 * The tax of more gains in a year of a household, by its own brackets, on top of the gains that it has realised in the year. `taxOf` is null while
 * something is missing.
 */
export const readGainsTax = async (transaction: Transaction, householdId: string, year: number) => {
  const { distributed, stated } = await readReturn(transaction, householdId, year)
  const { totals } = form8949Summary(sumGroups(await readGroups(transaction, householdId, year, 'cents')))
  const realised: TermGains = {
    shortTerm: Number(totals.short.gain),
    longTerm: new Decimal(totals.long.gain).plus(distributed.gains).toNumber(),
  }
  const facts = {
    year,
    filingStatus: stated?.filingStatus ?? null,
    livedApart: stated?.livedApart ?? null,
    state: stated?.state ?? null,
    ordinaryIncome: numberOf(stated?.ordinaryIncome),
    itemizedDeductions: numberOf(stated?.itemizedDeductions),
    shortTermLossCarryover: Number(stated?.shortTermLossCarryover ?? 0),
    longTermLossCarryover: Number(stated?.longTermLossCarryover ?? 0),
    qualifiedDividends: Number(distributed.qualified),
    people: await readPeople(transaction, householdId, year, stated),
  }
  const missing = missingForGainsTax(facts)
  const tax = missing.length === 0 ? gainsTax(facts) : undefined
  const before = tax?.taxOf(realised)
  return {
    /** The tax of more gains, and what is then carried to the next year, in dollars. */
    taxOf: (more: TermGains) => {
      if (!tax || !before) return null
      const after = tax.taxOf({ shortTerm: realised.shortTerm + more.shortTerm, longTerm: realised.longTerm + more.longTerm })
      return { tax: after.tax - before.tax, carriedLoss: after.carriedLoss - before.carriedLoss }
    },
    presented: {
      year,
      missing,
      filingStatus: facts.filingStatus,
      state: facts.state,
      tableYear: tax?.tableYear ?? null,
      realisedShortTerm: totals.short.gain,
      realisedLongTerm: new Decimal(totals.long.gain).plus(distributed.gains).toFixed(2),
      factsVersion: stated?.version ?? 0,
    },
  }
}

/** An amount of dollars as text. */
export const dollarsText = (amount: number): string => new Decimal(amount).toFixed(2)
