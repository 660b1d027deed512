import { useState } from 'react'
import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { Card, Notice, Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { hasPasskeys, makePasskey, NoPasskey } from './passkeys.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { security as m } from '#messages/identity'

type Passkey = ApiItem<'GET /v1/identity/passkeys'>

const add = async (password: string): Promise<void> => {
  const { options } = await api('POST /v1/identity/passkeys', { body: { password } })
  await api('POST /v1/identity/passkeys/verifications', { body: { credential: await makePasskey(options) } })
}

/** The passkeys of the person: add one, remove one. */
export const PasskeyList = () => {
  const { data, error, refetch } = useApi('GET /v1/identity/passkeys')
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey>()
  const [refused, setRefused] = useState(false)
  const done = async (text: string) => {
    await refreshQueries('GET /v1/identity/passkeys')
    showToast({ kind: 'good', text })
    setAdding(false)
    setRemoving(undefined)
  }
  const addOne = async (password: string) => {
    setRefused(false)
    try {
      await add(password)
      await done(m.passkeyAdded)
    } catch (failure) {
      if (!(failure instanceof NoPasskey)) throw failure
      setAdding(false)
      setRefused(true)
    }
  }
  return (
    <Section title={m.passkeys} lead={m.passkeysLead}>
      <Card>
        <List list={{ items: data?.items, error, retry: refetch }} empty={<p>{m.noPasskeys}</p>}>
          {items => (
            <Table
              caption={m.passkeys}
              rows={items}
              rowKey={passkey => passkey.passkeyId}
              columns={[
                { key: 'name', header: m.passkeys, cell: passkey => passkey.name },
                { key: 'created', header: m.created, cell: passkey => <Moment instant={passkey.createdAt} /> },
                {
                  key: 'remove',
                  header: m.removePasskey,
                  cell: passkey => <Button onClick={() => setRemoving(passkey)}>{m.removePasskey}</Button>,
                },
              ]}
            />
          )}
        </List>
        {refused && <Notice kind="warn">{m.passkeyRefused}</Notice>}
        {hasPasskeys() ? (
          <p>
            <Button onClick={() => setAdding(true)}>{m.addPasskey}</Button>
          </p>
        ) : (
          <Notice kind="warn">{m.notSupported}</Notice>
        )}
      </Card>
      {adding && <PasswordDialog title={m.addPasskey} submitWords={m.addPasskey} onClose={() => setAdding(false)} submit={addOne} />}
      {removing && (
        <PasswordDialog
          title={m.removePasskey}
          submitWords={m.removePasskey}
          onClose={() => setRemoving(undefined)}
          submit={async password => {
            await api('POST /v1/identity/passkeys/removals', { body: { password, passkeyId: removing.passkeyId } })
            await done(m.passkeyRemoved)
          }}
        />
      )}
    </Section>
  )
}
