import { Link } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { CalendarDate, Moment, Percent } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Badge, EmptyState, Notice, Page } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useHouseholds } from '../shell/household.ts'
import { useLook } from '../shell/preferences.ts'
import styles from './accounts.module.css'
import { HouseholdGate } from './household-gate.tsx'
import { usePeople } from './use-household-data.ts'
import { kycStatuses, people as m, relationships, titles } from '#messages/people'

const Add = () => (
  <ButtonLink kind="primary" href="/people/new" icon="plus">
    {m.add}
  </ButtonLink>
)

const kinds = { not_started: 'plain', pending: 'info', verified: 'good', rejected: 'bad', expired: 'warn' } as const

const People = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const look = useLook()
  const { error, isKnown, people, retry } = usePeople(householdId)
  return (
    <>
      {!canEdit && <Notice>{m.viewer}</Notice>}
      <List
        list={{ items: isKnown ? people : undefined, error, retry }}
        empty={
          <EmptyState title={m.empty} action={canEdit ? <Add /> : undefined}>
            {m.emptyLead}
          </EmptyState>
        }
      >
        {items => (
          <Table
            caption={m.caption}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: m.columns.name,
                cell: ({ id, name, userId }) => (
                  <>
                    {canEdit ? (
                      <Link href={`/people/${id}`}>
                        <bdi>{name}</bdi>
                      </Link>
                    ) : (
                      <bdi>{name}</bdi>
                    )}{' '}
                    {userId !== null && <Badge kind="info">{m.signsIn}</Badge>}
                  </>
                ),
              },
              { key: 'relationship', header: m.columns.relationship, cell: ({ relationship }) => relationships[relationship] },
              {
                key: 'birth',
                header: m.columns.birth,
                wide: true,
                cell: ({ birthDate }) => birthDate !== null && <CalendarDate date={birthDate} />,
              },
              {
                key: 'risk',
                header: m.columns.risk,
                wide: true,
                align: 'end',
                cell: ({ riskTolerance }) => riskTolerance !== null && <Percent value={riskTolerance} digits={0} />,
              },
              {
                key: 'horizon',
                header: m.columns.horizon,
                wide: true,
                align: 'end',
                cell: ({ investmentHorizon }) => investmentHorizon !== null && m.years(formatNumber(investmentHorizon, look)),
              },
              {
                key: 'kyc',
                header: m.columns.kyc,
                cell: ({ kycStatus, kycVerifiedAt }) => (
                  <>
                    <Badge kind={kinds[kycStatus]}>{kycStatuses[kycStatus]}</Badge>{' '}
                    {kycVerifiedAt !== null && (
                      <span className={styles['quiet']}>
                        <Moment instant={kycVerifiedAt} />
                      </span>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </List>
    </>
  )
}

/** The people of the household, with their tolerance of risk and the state of their identity check. */
const PeoplePage = () => {
  const { canEdit, household } = useHouseholds()
  return (
    <Page title={titles.people} lead={household && m.lead(household.name)} actions={canEdit ? <Add /> : undefined}>
      <HouseholdGate>{(each, editable) => <People key={each.id} householdId={each.id} canEdit={editable} />}</HouseholdGate>
    </Page>
  )
}

export default PeoplePage
