import { Decimal, type Money } from '../../shared/index.ts'
import type { TaxType } from '../account-types.ts'
import { type Figure, figureOf, inCents, type Part } from './figures.ts'
import { countedRows, isSheltered, type ReportLine, reportLines, type TaxAccount, type TaxLedgerRow } from './tax-ledger.ts'

/** The forms that report contributions. `plan`: a plan of an employer, whose contributions are on Form W-2. `none`: no federal form. */
export const contributionForms = ['5498', '5498-SA', 'plan', 'none'] as const
/** The forms that report distributions. */
export const distributionForms = ['1099-R', '1099-SA', '1099-Q'] as const
export type ContributionForm = (typeof contributionForms)[number]
export type DistributionForm = (typeof distributionForms)[number]

/** A figure in a box of a form. */
export interface BoxFigure extends Figure {
  readonly form: ContributionForm | DistributionForm
  /** The number of the box; empty where the form is none. */
  readonly box: string
  readonly title: string
}

/** What the custodian of one account would report. */
export interface AccountRetirement {
  readonly accountId: string
  readonly taxType: TaxType | null
  readonly currency: string
  /** Boxes with an amount. */
  readonly contributions: readonly BoxFigure[]
  readonly distributions: readonly BoxFigure[]
  /** Units and money that moved between accounts of this kind: in no box of a contribution or distribution. */
  readonly transfersIn: Figure
  readonly transfersOut: Figure
}

export interface RetirementReport {
  readonly year: number
  /** Accounts with a movement, in the order in which they were given. */
  readonly accounts: readonly AccountRetirement[]
  /** The transactions of all figures. */
  readonly transactions: readonly ReportLine[]
}

interface Box {
  readonly form: ContributionForm | DistributionForm
  readonly box: string
  readonly title: string
}

const ira = (box: string, title: string): Box => ({ form: '5498', box, title })
const plan: Box = { form: 'plan', box: '', title: 'Contributions to the plan' }

/** Source: Instructions for Forms 1099-R and 5498; Instructions for Forms 1099-SA and 5498-SA. */
const contributionBoxes: Readonly<Record<TaxType, Box>> = {
  traditional_ira: ira('1', 'IRA contributions'),
  rollover_ira: ira('1', 'IRA contributions'),
  sep_ira: ira('8', 'SEP contributions'),
  simple_ira: ira('9', 'SIMPLE contributions'),
  roth_ira: ira('10', 'Roth IRA contributions'),
  hsa: { form: '5498-SA', box: '2', title: 'Contributions made in the year' },
  '401k': plan,
  '403b': plan,
  '457b': plan,
  '529': { form: 'none', box: '', title: 'Contributions to the education account' },
  taxable_brokerage: plan,
  trust: plan,
  custodial: plan,
}
const hsaNextYear: Box = { form: '5498-SA', box: '3', title: 'Contributions made in the next year for this one' }
const rollover = ira('2', 'Rollover contributions')
const conversion = ira('3', 'Roth IRA conversion amount')
const hsaRollover: Box = { form: '5498-SA', box: '4', title: 'Rollover contributions' }
const planRollover: Box = { form: 'plan', box: '', title: 'Rollovers into the plan' }

const distributionForm = (taxType: TaxType | null): DistributionForm =>
  taxType === 'hsa' ? '1099-SA' : taxType === '529' ? '1099-Q' : '1099-R'

const traditional: ReadonlySet<TaxType> = new Set(['traditional_ira', 'rollover_ira', 'sep_ira', 'simple_ira', '401k', '403b', '457b'])

/** The box of what came from another account of this kind as a contribution: a rollover or a conversion. */
const rolloverBox = (into: TaxType | null, from: TaxType | null): Box => {
  if (into === 'hsa') return hsaRollover
  if (into === 'roth_ira' && from !== null && traditional.has(from)) return conversion
  return into === null || contributionBoxes[into].form !== '5498' ? planRollover : rollover
}

const magnitude = (amount: Money): Money => inCents(new Decimal(amount).abs())
/** Money that moved, or the worth of the units that did. */
const movedBy = (row: TaxLedgerRow): Money => {
  if (!new Decimal(row.amount).isZero()) return magnitude(row.amount)
  return inCents(new Decimal(row.value ?? new Decimal(row.quantity ?? 0).times(row.price ?? 0)))
}

const inBoxes = (parts: readonly { readonly box: Box; readonly part: Part }[]): BoxFigure[] =>
  [...Map.groupBy(parts, ({ box }) => `${box.form} ${box.box.padStart(2, '0')} ${box.title}`)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, group]) => ({ ...group[0]!.box, ...figureOf(group.map(({ part }) => part)) }))

/**
 * Contributions and distributions of retirement, health and education accounts in the boxes of the forms of their custodians. A contribution
 * counts for the tax year that it names, else for that of its date; in box 2 of Form 5498-SA by its date. Movements between two such
 * accounts are apart: a contribution that comes from one is a rollover or conversion, a transfer of units is in no box. What of a
 * distribution is taxable is not known.
 * @param rows of the year, and of the next one with this tax year; others are left out
 */
export const retirementReport = (accounts: readonly TaxAccount[], rows: readonly TaxLedgerRow[], year: number): RetirementReport => {
  const counted = countedRows(rows)
  const otherOf = ({ otherAccountId }: TaxLedgerRow): TaxAccount | undefined => {
    const other = otherAccountId === null ? undefined : accounts.find(({ id }) => id === otherAccountId)
    return other !== undefined && isSheltered(other) ? other : undefined
  }
  const reportOf = (account: TaxAccount): AccountRetirement => {
    const own = counted.filter(({ accountId }) => accountId === account.id)
    const isOfYear = ({ date }: TaxLedgerRow) => Number(date.slice(0, 4)) === year
    const partOf = ({ transactionId }: TaxLedgerRow, amount: Money): Part => ({ transactionId, amount })
    const contributions = own
      .filter(({ type }) => type === 'contribution')
      .flatMap(row => {
        const [part, other] = [partOf(row, magnitude(row.amount)), otherOf(row)]
        const counts = (row.taxYear ?? Number(row.date.slice(0, 4))) === year
        if (other !== undefined) return isOfYear(row) ? [{ box: rolloverBox(account.taxType, other.taxType), part }] : []
        if (account.taxType === 'hsa') {
          const made = isOfYear(row) ? [{ box: contributionBoxes.hsa, part }] : []
          return counts && !isOfYear(row) ? [...made, { box: hsaNextYear, part }] : made
        }
        return counts ? [{ box: account.taxType === null ? plan : contributionBoxes[account.taxType], part }] : []
      })
    const withdrawals = own.filter(row => row.type === 'withdrawal' && isOfYear(row))
    const form = distributionForm(account.taxType)
    const distributions = withdrawals.flatMap(row => {
      const box = (number: string, title: string, amount: Money) =>
        new Decimal(amount).isZero() ? [] : [{ box: { form, box: number, title }, part: partOf(row, amount) }]
      const gross = box('1', otherOf(row) === undefined ? 'Gross distribution' : 'Gross distribution, rolled over', magnitude(row.amount))
      if (form !== '1099-R') return gross
      return [
        ...gross,
        ...box('4', 'Federal income tax withheld', row.taxWithheld),
        ...box('14', 'State tax withheld', row.stateTaxWithheld),
      ]
    })
    const moved = (type: TaxLedgerRow['type']) =>
      figureOf(own.filter(row => row.type === type && isOfYear(row)).map(row => partOf(row, movedBy(row))))
    return {
      accountId: account.id,
      taxType: account.taxType,
      currency: account.currency,
      contributions: inBoxes(contributions),
      distributions: inBoxes(distributions),
      transfersIn: moved('transfer_in'),
      transfersOut: moved('transfer_out'),
    }
  }
  const hasMovement = ({ contributions, distributions, transfersIn, transfersOut }: AccountRetirement): boolean =>
    contributions.length + distributions.length + transfersIn.transactionIds.length + transfersOut.transactionIds.length > 0
  const reported = accounts.filter(isSheltered).map(reportOf).filter(hasMovement)
  const ids = reported.flatMap(({ contributions, distributions, transfersIn, transfersOut }) =>
    [...contributions, ...distributions, transfersIn, transfersOut].flatMap(({ transactionIds }) => transactionIds),
  )
  return { year, accounts: reported, transactions: reportLines(counted, new Set(ids)) }
}
