import { useId } from 'react'
import { Link } from 'wouter'
import { Button, IconButton } from '../components/button.tsx'
import styles from './account-menu.module.css'
import { useApi } from './api.ts'
import { chooseHousehold, useHouseholds } from './household.ts'
import { signOutHere } from './sign-out.ts'
import { account as m } from '#messages/shell'

/** The household that the pages show, the settings, and the way out. A popover of the browser: Escape and a click beside it close it. */
export const AccountMenu = () => {
  const id = useId()
  const { data: me } = useApi('GET /v1/identity/me')
  const { household, households } = useHouseholds()
  return (
    <>
      <IconButton icon="user" label={m.menu} popoverTarget={id} />
      <div id={id} popover="auto" className={styles['menu']}>
        <p className={styles['who']}>{me?.email}</p>
        {households.length > 0 && (
          <label>
            {m.household}
            <select value={household?.id} onChange={event => chooseHousehold(event.currentTarget.value)}>
              {households.map(each => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <Link href="/settings" onClick={() => document.getElementById(id)?.hidePopover()}>
          {m.settings}
        </Link>
        <Button onClick={() => void signOutHere()}>{m.signOut}</Button>
      </div>
    </>
  )
}
