import { useState } from 'react'
import { ButtonLink } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { SelectField } from '../../components/field.tsx'
import { filterField } from '../../components/filters.tsx'
import { EntryDialog } from './entry-dialog.tsx'
import { useLedgers } from './use-ledgers.ts'
import { register as m } from '#messages/register'

/** Asks for the account of a new transaction, then for the transaction. */
export const AddTransaction = ({ accountId, onClose }: { readonly accountId: string; readonly onClose: () => void }) => {
  const [chosen, setChosen] = useState(accountId)
  const open = useLedgers().filter(({ closedOn }) => closedOn === null)
  const account = open.find(({ id }) => id === chosen)
  if (account)
    return <EntryDialog account={{ accountId: account.id, accountType: account.type, currency: account.currency }} onClose={onClose} />
  return (
    <Dialog title={m.add} onClose={onClose}>
      {open.length === 0 ? (
        <>
          <p>{m.noLedger}</p>
          <p>
            <ButtonLink href="/accounts/new">{m.addAccount}</ButtonLink>
          </p>
        </>
      ) : (
        <SelectField
          {...filterField('account-of-new', chosen, setChosen)}
          label={m.account}
          options={[['', m.chooseAccount], ...open.map(({ id, name }) => [id, name] as const)]}
        />
      )}
    </Dialog>
  )
}
