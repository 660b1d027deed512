import { useParams } from 'wouter'
import { ButtonLink } from '../../../components/button.tsx'
import { Facts } from '../../../components/facts.tsx'
import { Count } from '../../../components/figures.tsx'
import { List } from '../../../components/list.tsx'
import { EmptyState, Loading, Notice, Page } from '../../../components/page.tsx'
import { Failure } from '../../../components/problem.tsx'
import { useApiPages } from '../../../shell/api-pages.ts'
import { HouseholdGate } from '../../household-gate.tsx'
import { useAccountNames } from '../../lots/lot-data.ts'
import { Amount } from './amount.tsx'
import { type Box, isBox, taxesPath, useForm8949, useFormStyle } from './gains-data.ts'
import { LineTable } from './line-table.tsx'
import { boxes, gains, lines as m } from '#messages/gains'

type Part = Box | 'incomplete'

/** Lines that are read and shown at a time. */
const pageSize = 200

/** The sums of the part. */
const Sums = ({ householdId, part, year }: { readonly householdId: string; readonly year: string; readonly part: Part }) => {
  const style = useFormStyle()
  const { data, error, refetch } = useForm8949(householdId, year, style)
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const own = data.parts.find(({ box }) => box === part)
  const amount = (value: string) => <Amount value={value} rounding={data.rounding} />
  return (
    <>
      {!data.isCurrent && <Notice>{gains.calculating}</Notice>}
      {part === 'incomplete' ? (
        <Facts
          facts={[
            [m.count, <Count key="count" value={data.incomplete.lineCount} />],
            [gains.columns.proceeds, amount(data.incomplete.proceeds)],
          ]}
        />
      ) : (
        own && (
          <Facts
            facts={[
              [m.count, <Count key="count" value={own.lineCount} />],
              [gains.columns.proceeds, amount(own.totals.proceeds)],
              [gains.columns.basis, amount(own.totals.basis)],
              [gains.columns.adjustment, amount(own.totals.adjustment)],
              [gains.columns.gain, amount(own.totals.gain)],
            ]}
          />
        )
      )}
    </>
  )
}

const Lines = ({ householdId, part, year }: { readonly householdId: string; readonly year: string; readonly part: Part }) => {
  const { rounding } = useFormStyle()
  const { error, nameOf, retry } = useAccountNames(householdId)
  const isIncomplete = part === 'incomplete'
  const list = useApiPages('GET /v1/wealth/tax-reports/{year}/form-8949/lines', {
    params: { year },
    query: { householdId, rounding, limit: pageSize, isIncomplete, ...(isIncomplete ? {} : { box: part }) },
  })
  if (error) return <Failure error={error} retry={retry} />
  if (!nameOf) return <Loading />
  return (
    <List list={list} empty={<p>{m.empty}</p>}>
      {items => <LineTable caption={m.title} lines={items} nameOf={nameOf} rounding={rounding} isIncomplete={isIncomplete} />}
    </List>
  )
}

/** The lines of a box of Form 8949, or those of which the gain is not known. */
const LinesPage = () => {
  const { part = '', year = '' } = useParams()
  const style = useFormStyle()
  const known: Part | undefined = part === 'incomplete' || isBox(part) ? part : undefined
  return (
    <Page
      title={known === undefined ? m.title : known === 'incomplete' ? m.incomplete : m.box(known, boxes[known])}
      lead={known === 'incomplete' ? `${m.lead(year)} ${m.incompleteLead}` : m.lead(year)}
      actions={<ButtonLink href={taxesPath(year, style)}>{m.toTaxes}</ButtonLink>}
    >
      {known === undefined ? (
        <EmptyState title={m.unknownPart}>{m.unknownPartLead}</EmptyState>
      ) : (
        <HouseholdGate>
          {({ id }) => (
            <>
              <Sums key={`${id} sums`} householdId={id} year={year} part={known} />
              <Lines key={id} householdId={id} year={year} part={known} />
            </>
          )}
        </HouseholdGate>
      )}
    </Page>
  )
}

export default LinesPage
