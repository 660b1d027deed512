import type { ApiAnswer, ApiRequest } from '../../../lambdas/api-types.ts'
import { formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { Table } from '../../components/table.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
import show from './show.module.css'
import { SuccessDifference } from './success-difference.tsx'
import { solve as m, whatIf } from '#messages/plan-analyses'

export type Question = ApiRequest<'POST /v1/planning/plans/{planId}/solutions'>['body']
export type Solution = ApiAnswer<'POST /v1/planning/plans/{planId}/solutions'>
type Conversion = Extract<Solution, { solve: 'roth_conversions' }>['found']['best']['conversion']
type Ages = Extract<Solution, { solve: 'claiming_ages' }>['found']['best']['ages']

const rateOf = (question: Question): number => ('successRate' in question ? (question.successRate ?? 0.9) : 0.9)

const ageWords = (months: number, look: Look): string =>
  months % 12 === 0
    ? formatNumber(months / 12, look)
    : whatIf.ageMonths(formatNumber(Math.floor(months / 12), look), formatNumber(months % 12, look))

const claimWords = (ages: Ages, look: Look): string =>
  new Intl.ListFormat(look.locale).format(ages.map(({ claimingAgeMonths, key }) => m.personAt(key, ageWords(claimingAgeMonths, look))))

const conversionWords = (conversion: Conversion, look: Look): string => {
  if (conversion === null) return m.conversions.none
  const { amount } = conversion
  if (amount.kind === 'fixed') return m.conversions.fixed(formatMoney(amount.annualAmount, look))
  if (amount.kind === 'fill_bracket') return m.conversions.fill_bracket(formatPercent(amount.ordinaryRate, look, 0))
  return m.conversions.fill_irmaa_tier(String(amount.tier))
}

/** The sentence that says what a solver has found. */
export const solutionSentence = (solution: Solution, question: Question, asOfYear: number, look: Look): string => {
  const wanted = formatPercent(rateOf(question), look, 0)
  const reached = (success: number) => formatPercent(success, look)
  switch (solution.solve) {
    case 'sustainable_spending': {
      const { found } = solution
      if (!found) return m.spendingNever(wanted)
      return m.spending(formatMoney(found.annualAmount, look), reached(found.success), formatPercent(found.multiplier, look, 0))
    }
    case 'earliest_retirement': {
      const { found } = solution
      if (!found) return m.retirementNever(wanted)
      const people = found.ages.map(({ age, key }) => m.personAt(key, formatNumber(age, look)))
      return m.retirement(new Intl.ListFormat(look.locale).format(people), String(asOfYear + found.year), reached(found.success))
    }
    case 'required_saving': {
      const { found } = solution
      if (!found) return m.savingNever(wanted)
      return found.annualAmount === 0
        ? m.savingNone(reached(found.success))
        : m.saving(formatMoney(found.annualAmount, look), reached(found.success))
    }
    case 'claiming_ages':
      return m.claiming(claimWords(solution.found.best.ages, look))
    case 'roth_conversions':
      return solution.found.best.conversion === null
        ? m.conversionNone
        : m.conversion(conversionWords(solution.found.best.conversion, look))
  }
}

const Tried = ({ solution }: { readonly solution: Extract<Solution, { solve: 'claiming_ages' | 'roth_conversions' }> }) => {
  const look = useLook()
  const rows =
    solution.solve === 'claiming_ages'
      ? solution.found.grid.map(each => ({ ...each, choice: claimWords(each.ages, look), taxes: undefined }))
      : solution.found.grid.map(each => ({ ...each, choice: conversionWords(each.conversion, look), taxes: each.meanTaxesReal }))
  const sorted = rows.toSorted((a, b) => b.success - a.success || b.medianEndingReal - a.medianEndingReal)
  return (
    <Table
      caption={m.tried}
      rows={sorted}
      rowKey={({ choice }) => choice}
      columns={[
        { key: 'choice', header: m.choice, cell: ({ choice }) => choice },
        { key: 'success', header: m.success, align: 'end', cell: ({ success }) => formatPercent(success, look) },
        {
          key: 'ending',
          header: solution.solve === 'claiming_ages' ? m.ending : m.endingAfterTax,
          align: 'end',
          cell: ({ medianEndingReal }) => formatMoney(medianEndingReal, look),
        },
        ...(solution.solve === 'claiming_ages'
          ? []
          : [
              {
                key: 'taxes',
                header: m.lifetimeTaxes,
                align: 'end' as const,
                cell: ({ taxes }: (typeof rows)[number]) => (taxes === undefined ? '' : formatMoney(taxes, look)),
              },
            ]),
      ]}
    />
  )
}

/** What a solver has found: the sentence, the difference from the plan, and what was tried. */
export const SolutionWords = ({
  asOfYear,
  question,
  solution,
}: {
  readonly solution: Solution
  readonly question: Question
  readonly asOfYear: number
}) => {
  const look = useLook()
  return (
    <>
      <p role="status" className={show['sentence']}>
        {solutionSentence(solution, question, asOfYear, look)}
      </p>
      {'found' in solution && solution.found && 'evaluations' in solution.found && (
        <p className={show['quiet']}>{m.explored(formatNumber(solution.found.evaluations, look))}</p>
      )}
      {(solution.solve === 'claiming_ages' || solution.solve === 'roth_conversions') && (
        <>
          <div className={show['prose']}>
            <p>{m.compared}</p>
            <SuccessDifference comparison={solution.found.againstPlan} />
          </div>
          <Tried solution={solution} />
        </>
      )}
    </>
  )
}
