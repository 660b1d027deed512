import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { EmptyState, Loading, Notice, Page, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { useAddress } from '../../shell/use-address.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { useAccounts, usePeople } from '../use-household-data.ts'
import { type Check, LimitCheck, type Limits } from './limit-check.tsx'
import styles from './taxes.module.css'
import { limits as m, titles } from '#messages/taxes'

const Checks = ({ householdId, limits: { checks, year } }: { readonly householdId: string; readonly limits: Limits }) => {
  const { people } = usePeople(householdId)
  const { data: accounts } = useAccounts(householdId)
  const nameOf = (personId: string | null) => people.find(({ id }) => id === personId)?.name ?? ''
  const accountName = (accountId: string | null) => accounts?.items.find(({ id }) => id === accountId)?.name
  return [...Map.groupBy<string, Check>(checks, ({ personId }) => personId)].map(([personId, own]) => (
    <Section key={personId} title={nameOf(personId)}>
      <div className={styles['checks']}>
        {own.map(check => (
          <LimitCheck
            key={`${check.kind} ${check.accountId} ${check.beneficiaryId}`}
            check={check}
            year={year}
            nameOf={nameOf}
            accountName={accountName(check.accountId)}
          />
        ))}
      </div>
    </Section>
  ))
}

const Shown = ({ household }: { readonly household: Household }) => {
  const { read, write } = useAddress()
  const asked = read('year')
  const { data, error, refetch } = useApi('GET /v1/wealth/contribution-limits', {
    query: { householdId: household.id, ...(asked === '' ? {} : { year: Number(asked) }) },
  })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const exceeded = data.checks.filter(({ kind, status }) => status === 'over' && kind !== 'ira_deduction').length
  return (
    <>
      <SelectField
        id="year"
        name="year"
        error={undefined}
        label={m.year}
        value={String(data.year)}
        onChange={year => write({ year })}
        options={data.years.toReversed().map(year => [String(year), String(year)] as const)}
      />
      {exceeded > 0 && <Notice kind="warn">{m.attention(exceeded)}</Notice>}
      {data.uncounted.map(({ accountId, accountName, reason }) => (
        <Notice key={accountId} kind="warn">
          {m.uncounted[reason](accountName)}
        </Notice>
      ))}
      {data.checks.length === 0 ? (
        <EmptyState title={m.empty} action={<ButtonLink href="/accounts">{m.accounts}</ButtonLink>}>
          {m.emptyLead}
        </EmptyState>
      ) : (
        <Checks householdId={household.id} limits={data} />
      )}
      <p>
        <ButtonLink href={`/taxes/years/${data.year}`}>{m.facts}</ButtonLink>
      </p>
      <p className={styles['quiet']}>{m.sources(data.sources.join('; '))}</p>
    </>
  )
}

/** The deposits of a tax year against the limits of each person. */
const LimitsPage = () => {
  const { household } = useHouseholds()
  return (
    <Page title={titles.limits} lead={household && m.lead(household.name)}>
      <HouseholdGate>{each => <Shown key={each.id} household={each} />}</HouseholdGate>
    </Page>
  )
}

export default LimitsPage
