import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Badge, Loading, Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { Facts } from '../components/facts.tsx'
import { useApi } from '../shell/api.ts'
import type { Account } from './account-kinds.ts'
import styles from './accounts.module.css'
import { HeirForm } from './heir-form.tsx'
import { type Heirs, type Rank, ranks } from './heir-ranks.ts'
import { Share } from './share.tsx'
import { heirs as m } from '#messages/accounts'

const Names = ({ heirs }: { readonly heirs: Heirs[Rank] }) =>
  heirs.length === 0 ? (
    <span className={styles['quiet']}>{m.none}</span>
  ) : (
    <ul className={styles['sides']}>
      {heirs.map(({ kind, name, share }) => (
        <li key={`${name} ${share}`}>
          <span>
            <bdi>{name}</bdi> {kind !== 'person' && <Badge>{m.kinds[kind]}</Badge>}
          </span>
          <Share value={share} />
        </li>
      ))}
    </ul>
  )

/** Who gets the account after the death of its owner. */
export const Beneficiaries = ({ account, canEdit }: { readonly account: Account; readonly canEdit: boolean }) => {
  const [isOpen, setIsOpen] = useState(false)
  const { data, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}/beneficiaries', { params: { accountId: account.id } })
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={canEdit && data ? <Button onClick={() => setIsOpen(true)}>{m.edit}</Button> : undefined}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && <Facts facts={ranks.map(rank => [m[rank], <Names key={rank} heirs={data[rank]} />] as const)} />}
      {isOpen && data && (
        <Dialog title={m.title} onClose={() => setIsOpen(false)}>
          <HeirForm householdId={account.householdId} heirs={data} onClose={() => setIsOpen(false)} />
        </Dialog>
      )}
    </Section>
  )
}
