import { Link } from 'wouter'
import { ButtonLink } from '../../../components/button.tsx'
import { SelectField } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Loading, Notice, Section } from '../../../components/page.tsx'
import { Failure } from '../../../components/problem.tsx'
import { useLook } from '../../../shell/preferences.ts'
import { useAddress } from '../../../shell/use-address.ts'
import styles from '../../accounts.module.css'
import { SaveReport } from '../save-report.tsx'
import { amountWords } from './amount.tsx'
import { BoxTable } from './box-table.tsx'
import own from './gains.module.css'
import { addressOf, type Form8949, type FormStyle, linesPath, useForm8949, useFormStyle } from './gains-data.ts'
import { filledLines, ScheduleTable } from './schedule-table.tsx'
import { gains as m } from '#messages/gains'

/** What is assumed because the household has not stated it. */
const assumptionsOf = ({ filingStatus, longTermLossCarryover, shortTermLossCarryover }: Form8949['facts']): string[] => {
  const [noShort, noLong] = [shortTermLossCarryover === null, longTermLossCarryover === null]
  return [
    ...(filingStatus === null ? [m.noStatus] : []),
    ...(noShort && noLong ? [m.noLosses] : noShort ? [m.noShortLoss] : noLong ? [m.noLongLoss] : []),
  ]
}

const Notes = ({ form, style }: { readonly form: Form8949; readonly style: FormStyle }) => {
  const look = useLook()
  const { facts, incomplete, rounding, year } = form
  const assumptions = assumptionsOf(facts)
  return (
    <>
      {incomplete.lineCount > 0 && (
        <Notice kind="warn">
          {m.incomplete(incomplete.lineCount, formatNumber(incomplete.lineCount, look), amountWords(incomplete.proceeds, rounding, look))}{' '}
          <Link href={linesPath(year, 'incomplete', style)}>{m.showIncomplete}</Link>
        </Notice>
      )}
      {assumptions.length > 0 && (
        <Notice>
          {assumptions.join(' ')} <Link href={`/taxes/years/${year}`}>{m.state(year)}</Link>
        </Notice>
      )}
    </>
  )
}

/** How the form is written. The address keeps it. */
const StyleFields = ({ style }: { readonly style: FormStyle }) => {
  const { write } = useAddress()
  const change = (changes: Partial<FormStyle>) => write(addressOf({ ...style, ...changes }))
  const field = { error: undefined }
  return (
    <div className={`${own['style']} no-print`}>
      <SelectField
        {...field}
        id="gains-rounding"
        name="rounding"
        label={m.rounding}
        value={style.rounding}
        options={Object.entries(m.roundings)}
        onChange={rounding => change({ rounding: rounding as FormStyle['rounding'] })}
      />
      <SelectField
        {...field}
        id="gains-plain-sales"
        name="plainSales"
        label={m.plainSales}
        help={m.plainSalesHelp}
        value={style.plainSales}
        options={Object.entries(m.plainSalesChoices)}
        onChange={plainSales => change({ plainSales: plainSales as FormStyle['plainSales'] })}
      />
    </div>
  )
}

const isEmpty = ({ incomplete, parts, schedule }: Form8949): boolean =>
  parts.length === 0 && incomplete.lineCount === 0 && filledLines(schedule).length === 0

/** Form 8949 and Schedule D of a year. */
export const GainsSection = ({ householdId, year }: { readonly householdId: string; readonly year: number }) => {
  const style = useFormStyle()
  const { data: form, error, refetch } = useForm8949(householdId, String(year), style)
  const isShown = form !== undefined && !isEmpty(form)
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={isShown && <SaveReport householdId={householdId} report="form-8949" style={style} title={m.title} year={year} />}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!form && !error && <Loading />}
      {form?.isCurrent === false && <Notice>{m.calculating}</Notice>}
      {form && !isShown && <p>{m.empty}</p>}
      {isShown && (
        <>
          <Notes form={form} style={style} />
          <StyleFields style={style} />
          {form.parts.length > 0 && (
            <div className={styles['stack']}>
              <h3>{m.form}</h3>
              <BoxTable form={form} style={style} />
            </div>
          )}
          <ScheduleTable form={form} />
        </>
      )}
      <p>
        <ButtonLink href={`/taxes/broker-form?year=${year}`}>{m.toComparison}</ButtonLink>
      </p>
    </Section>
  )
}
